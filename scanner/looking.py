"""Detection in every part of every field of one sampled asset."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from scanner.classify import FieldEvidence, Profiler, Tally, alone, bound, hashes
from scanner.gather import Gatherer
from scanner.messages import MessageField
from scanner.model import Asset, Detected, Detector, Field, Gap, Kind, Values, Verified

Watch = Callable[[Values, Detected], None]
"""Is told each part of each field, with what was detected in it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What detection made of one sampled asset."""

    evidence: tuple[FieldEvidence, ...]
    looked_for: frozenset[str]
    gaps: tuple[Gap, ...]
    templates: tuple[tuple[str, str], ...]
    # Cells of the field that was looked at least, by entity, where fewer than all.
    partly: Mapping[str, int] = field(default_factory=dict)
    verified: Verified = field(default_factory=Verified)


@dataclass(slots=True)
class _Looking:
    """What was made of the parts of one field so far."""

    of: Field
    messages: MessageField | None
    tally: Tally = field(default_factory=Tally)
    profiler: Profiler = field(default_factory=Profiler)
    settled: frozenset[str] = frozenset()
    parts: int = 0
    done: bool = False

    def add(self, values: Values, detected: Detected, *, last: bool) -> None:
        """Add what was detected in a part; values of an only part need no hashes."""
        self.of = values.field  # its kind may have become wider
        self.settled |= detected.settled
        if self.messages is not None:
            self.messages.add(values, detected)
            self.tally.add(values, replace(detected, hits=()))  # in how many cells, not what
        else:
            only = last and not self.parts
            keys = alone(values.values) if only else hashes(values.values)
            self.tally.add(values, detected, keys)
            self.profiler.add(values, keys)
        self.parts += 1

    @classmethod
    def at(cls, of: Field) -> "_Looking":
        """Begin with a field."""
        return cls(of, MessageField(of) if of.kind is Kind.MESSAGE else None)

    @property
    def holds(self) -> bool:
        """Whether more parts may come, so that memory is needed for them."""
        return self.messages is None and not self.done

    @property
    def counted(self) -> tuple[Profiler, Tally]:
        """What takes memory."""
        return self.profiler, self.tally

    def evidence(self) -> FieldEvidence:
        """Return what is known of a field that holds no messages, and forget how."""
        found = FieldEvidence(self.of, self.profiler.profile(), self.tally.detections())
        self.profiler, self.done = Profiler(), True
        self.tally.forget()
        return found


def look(gatherer: Gatherer, asset: Asset, detector: Detector, watch: Watch | None = None) -> Seen:
    """Detect in every part of every field; messages are grouped by template."""
    fields: dict[str, _Looking] = {}
    evidence: dict[str, tuple[FieldEvidence, ...]] = {}
    looked_for: set[str] = set()
    gaps: dict[Gap, None] = {}
    verified = Verified()
    for values, last in gatherer.parts():
        name = values.field.name
        item = fields.get(name)
        if item is None:
            item = fields[name] = _Looking.at(values.field)
        detected = detector.detect(replace(values, settled=item.settled), asset)
        item.add(values, detected, last=last)
        if watch is not None:
            watch(values, detected)
        looked_for |= detected.looked_for
        gaps.update(dict.fromkeys(detected.gaps))
        verified = verified.plus(detected.verified)
        if last and item.messages is None:
            evidence[name] = (item.evidence(),)
        elif not last:
            bound(item.counted for item in fields.values() if item.holds)
        del values, detected  # before the next part is put together
    templates = _messages(fields, evidence)
    return Seen(
        tuple(one for name in gatherer.order for one in evidence.get(name, ())),
        frozenset(looked_for),
        tuple(gaps),
        templates,
        _partly(fields.values()),
        verified,
    )


def _messages(
    fields: Mapping[str, _Looking], evidence: dict[str, tuple[FieldEvidence, ...]]
) -> tuple[tuple[str, str], ...]:
    """Add the evidence of the fields of messages; return their templates."""
    found = {name: item for name, item in fields.items() if item.messages is not None}
    templates: set[tuple[str, str]] = set()
    for name, item in found.items():
        assert item.messages is not None  # noqa: S101 - chosen above
        made = item.messages.finish(item.tally, f"{name}." if len(found) > 1 else "")
        evidence[name] = made.evidence
        templates.update(made.templates)
    return tuple(sorted(templates))


def _partly(fields: Iterable[_Looking]) -> dict[str, int]:
    """Return, by entity, the cells of the field that was looked at least, where fewer than all."""
    out: dict[str, int] = {}
    for item in fields:
        for entity, cells in item.tally.partly().items():
            out[entity] = min(out.get(entity, cells), cells)
    return out
