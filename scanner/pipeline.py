"""One unit of work: sample an asset, detect, classify, ask; raw values end here.

A sample is read in parts of bounded size and what was found in them is added up, so that an asset
of any size can be read whole.

Everything that touches the outside comes as an argument: the connector that reads and the detector
that finds. What is returned holds names, counts, shapes and dates only.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from scanner.classify import (
    FieldEvidence,
    Profiler,
    Tally,
    alone,
    bound,
    by_name,
    classify,
    hashes,
    meant,
)
from scanner.errors import StoreError
from scanner.gather import Gatherer
from scanner.messages import MessageField
from scanner.model import (
    Answers,
    Asset,
    AssetPlan,
    AssetResult,
    Budget,
    Connector,
    Coverage,
    Depth,
    Detected,
    Detector,
    Field,
    Gap,
    GapReason,
    Kind,
    Measure,
    Method,
    Omission,
    Question,
    Values,
    Verified,
)
from scanner.planning import COVERAGE, unanswered


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


def inspect(
    connector: Connector, asset: Asset, unit: AssetPlan, detector: Detector, budget: Budget
) -> AssetResult:
    """Do what the plan says with one asset. Failures of the store become gaps."""
    base = AssetResult(asset, Coverage(unit.depth, unit.why, unit.by))
    if unit.depth is Depth.NOTHING:
        return replace(base, omissions=(_left_out(asset, unit),))
    measures, gaps = _ask(connector, asset, unit.questions)
    if unit.depth is Depth.METADATA:
        return replace(
            base,
            coverage=replace(base.coverage, population=asset.population, counted=asset.counted),
            holdings=by_name(asset),
            omissions=(_left_out(asset, unit),),
            measures=measures,
            gaps=gaps,
        )
    try:
        result = _read(connector, asset, base, detector, budget)
    except StoreError as error:
        gap = Gap(asset.source, GapReason(error.reason), str(error), asset.path)
        result = replace(base, gaps=(gap,))
    return replace(result, measures=measures, gaps=_joined(result.gaps, gaps, unit.questions))


def _joined(
    read: tuple[Gap, ...], asked: tuple[Gap, ...], questions: Sequence[Question]
) -> tuple[Gap, ...]:
    """Join the gaps of reading and asking.

    What could not be read has no oldest entry either: where only the coverage asked, that is said
    once.
    """
    if read and all(question.because == COVERAGE for question in questions):
        return read
    return read + asked


def _left_out(asset: Asset, unit: AssetPlan) -> Omission:
    return Omission(asset.source, asset.path, unit.why, unit.by)


def _ask(
    connector: Connector, asset: Asset, questions: Sequence[Question]
) -> tuple[tuple[Measure, ...], tuple[Gap, ...]]:
    measures, gaps = [], []
    for question in questions:
        try:
            if not isinstance(connector, Answers):
                raise StoreError("this kind of store answers no questions", "not_measured")
            measures.append(connector.ask(asset, question))
        except StoreError as error:
            gaps.append(
                Gap(
                    asset.source,
                    GapReason(error.reason),
                    unanswered(question, error),
                    asset.path,
                    question.field,
                )
            )
    return tuple(measures), tuple(gaps)


def _read(
    connector: Connector, asset: Asset, base: AssetResult, detector: Detector, budget: Budget
) -> AssetResult:
    sample = connector.read(asset, budget)
    gatherer = Gatherer(sample, asset, detector)
    seen = look(gatherer, asset, detector)
    # What ended half-way is no whole, however the sample began.
    method = sample.method
    if sample.gaps and method is Method.WHOLE:
        method = Method.FIRST
    # A detector that runs recognizers of the user's own says what their entities stand for.
    evidence = meant(seen.evidence, getattr(detector, "categories", {}))
    found = classify(asset, evidence, method, sample.population)
    coverage = replace(
        base.coverage,
        method=method,
        rows=sample.rows,
        population=sample.population,
        counted=sample.counted,
        bytes=sample.bytes,
        looked_for=tuple(sorted(seen.looked_for)),
        partly=tuple(sorted(seen.partly.items())),
        verified=seen.verified,
        text_fields=tuple(sorted(found.text_fields)),
    )
    return replace(
        base,
        asset=replace(asset, fields=gatherer.fields()),
        coverage=coverage,
        holdings=found.holdings,
        gaps=tuple(sample.gaps) + seen.gaps,
        templates=seen.templates,
    )


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


def look(gatherer: Gatherer, asset: Asset, detector: Detector) -> Seen:
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
