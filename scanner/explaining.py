"""One asset read as a scan would, with everything that decided what its fields hold.

What is returned holds names, counts, weights and shapes; raw values end here, as in a scan.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from scanner.classify import FieldEvidence, Verdict, changes, total, weigh, weigh_names
from scanner.model import (
    Asset,
    AssetPlan,
    AssetResult,
    Budget,
    Connector,
    Coverage,
    Depth,
    Detected,
    Detector,
    Explained,
    ExplainedField,
    Hit,
    Kind,
    Method,
    Missed,
    Reading,
    Step,
    Values,
)
from scanner.pipeline import Sampled, classified, inspect, read
from scanner.redact import shapes

_SHAPES = 5  # shown of one field
_RARE = 0.01  # share of cells below which a shape tells nothing
_COUNTED = 2_000  # distinct shapes counted of one field
_RULE_OF_THREE = 3  # no hit in n cells: at most 3/n of all, 95 times in 100
_RUN = re.compile(r"([aA9])\1+")
_ORDER = ("held", "set aside", "below")


def explain(
    connector: Connector, asset: Asset, unit: AssetPlan, detector: Detector, budget: Budget
) -> Explained:
    """Do what the plan says with one asset, and tell why each field is held to be what it is.

    Nothing is asked of the store beside the sample. Raise StoreError when it cannot be read.
    """
    if unit.depth is not Depth.CONTENT:
        result = inspect(connector, asset, replace(unit, questions=()), detector, budget)
        named = weigh_names(asset) if unit.depth is Depth.METADATA else ()
        bare = [ExplainedField(item.name, item.kind) for item in asset.fields]
        return Explained(result, tuple(_with(item, named, {}) for item in bare))
    notes = _Notes()
    sampled = read(connector, asset, _Attentive(detector), budget, notes.take)
    result = classified(sampled, AssetResult(asset, Coverage(unit.depth, unit.why, unit.by)))
    verdicts = weigh(asset, sampled.evidence, sampled.method)
    seen = [_field(item, notes, sampled) for item in sampled.evidence]
    seen += [_messages(name, notes, sampled) for name in notes.messages]
    told = {item.field for item in seen}
    rest = [ExplainedField(f.name, f.kind) for f in result.asset.fields if f.name not in told]
    drawn = {(h.field, h.category): h.examined for h in result.holdings if h.entity}
    return Explained(result, tuple(_with(item, verdicts, drawn) for item in (*seen, *rest)))


class _Attentive:
    """A detector that counts what has the shape of an entity, though nothing in a field is one."""

    def __init__(self, inner: Detector) -> None:
        self._inner = inner
        self.categories: Mapping[str, str] = getattr(inner, "categories", {})

    def detect(self, values: Values, asset: Asset) -> Detected:
        """Detect as in a scan."""
        return self._inner.detect(replace(values, partial=True), asset)

    def names(self, text: str, kind: str) -> tuple[Hit, ...]:
        """Find personal data in a name."""
        return self._inner.names(text, kind)

    def describe(self) -> Mapping[str, str]:
        """Name what makes the result."""
        return self._inner.describe()


@dataclass(slots=True)
class _Note:
    """What was seen of one field while it was read."""

    cells: int = 0  # not empty
    shapes: Counter[str] = field(default_factory=Counter)
    examined: Counter[str] = field(default_factory=Counter)  # cells, by entity looked for
    shaped: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Notes:
    """Takes notes of every field while an asset is read; keeps shapes, never a value."""

    fields: dict[str, _Note] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)

    def take(self, values: Values, detected: Detected) -> None:
        """Note a part of a field, and what was detected in it."""
        name = values.field.name
        note = self.fields.setdefault(name, _Note())
        note.cells += values.examined
        if values.field.kind is Kind.MESSAGE:
            if name not in self.messages:
                self.messages.append(name)
        elif len(note.shapes) < _COUNTED:
            for shape, count in zip(shapes(values.values), values.counts.tolist(), strict=True):
                note.shapes[shape] += count
        for entity in detected.looked_for:
            note.examined[entity] += detected.examined.get(entity, values.examined)
        note.shaped.update(detected.candidates)

    def of(self, name: str) -> _Note:
        """Return the notes of a field, or of the messages that a template's place belongs to."""
        if name in self.fields:
            return self.fields[name]
        owner = max((m for m in self.messages if name.startswith(f"{m}.")), key=len, default="")
        alone = self.messages[0] if len(self.messages) == 1 else ""
        return self.fields.get(owner or alone, _Note())


def _field(item: FieldEvidence, notes: _Notes, sampled: Sampled) -> ExplainedField:
    note, seen = notes.of(item.field.name), item.profile
    counted = () if seen.free_text else _commonest(note.shapes)
    found = {one.entity for one in item.detections}
    if item.template:
        examples = (shape for one in item.detections for shape in one.examples)
        counted = tuple((shape, 0) for shape in tuple(dict.fromkeys(examples))[:_SHAPES])
    return ExplainedField(
        field=item.field.name,
        kind=item.field.kind,
        examined=seen.examined,
        nulls=seen.nulls,
        distinct=seen.distinct,
        shortest=seen.shortest,
        longest=seen.longest,
        text=item.field.kind is Kind.MESSAGE or seen.free_text,
        template=item.template,
        shapes=counted,
        missed=() if item.template else _missed(note, found, whole=_whole(sampled)),
    )


def _messages(name: str, notes: _Notes, sampled: Sampled) -> ExplainedField:
    """Tell of a field of messages; what it holds stands at the places of its templates."""
    note = notes.of(name)
    places = [
        item for item in sampled.evidence if item.template and notes.of(item.field.name) is note
    ]
    found = {one.entity for item in places for one in item.detections}
    return ExplainedField(
        field=name,
        kind=Kind.MESSAGE,
        examined=note.cells,
        text=True,
        missed=_missed(note, found, whole=_whole(sampled)),
        places=tuple(item.field.name for item in places),
    )


def _commonest(found: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Return the commonest shapes; where all differ in length only, ``a+`` is a run of letters."""
    common = found.most_common(_SHAPES)
    if sum(count for _, count in common) * 2 < found.total():
        alike: Counter[str] = Counter()
        for shape, count in found.items():
            alike[_RUN.sub(r"\1+", shape)] += count
        common = alike.most_common(_SHAPES)
    least = found.total() * _RARE
    return tuple((shape, count) for shape, count in common if count >= least)


def _whole(sampled: Sampled) -> bool:
    return sampled.method is Method.WHOLE and not sampled.sample.gaps


def _missed(note: _Note, found: set[str], *, whole: bool) -> tuple[Missed, ...]:
    """Return what was looked for in vain, with the share that may be there all the same."""
    every = max(note.examined.values(), default=0)
    return tuple(
        Missed(
            entity,
            cells,
            0.0 if whole and cells == every else min(1.0, _RULE_OF_THREE / cells),
            note.shaped[entity],
        )
        for entity, cells in sorted(note.examined.items())
        if cells and entity not in found
    )


def _with(
    item: ExplainedField, verdicts: Sequence[Verdict], drawn: Mapping[tuple[str, str], int]
) -> ExplainedField:
    """Add the verdicts on a field: what is held first, surest first."""
    mine = sorted(
        (one for one in verdicts if one.field == item.field),
        key=lambda one: (_ORDER.index(one.outcome), -one.score, one.category),
    )
    readings = (_reading(one, drawn.get((one.field, one.category), 0)) for one in mine)
    return replace(item, readings=tuple(readings))


def _reading(verdict: Verdict, examined: int) -> Reading:
    return Reading(
        category=verdict.category,
        entity=verdict.entity,
        steps=tuple(Step(one.kind, one.points, one.text) for one in verdict.pieces),
        total=total(verdict),
        cap=verdict.cap,
        cap_why=verdict.cap_why,
        score=verdict.score,
        confidence=verdict.confidence,
        outcome=verdict.outcome,
        against=verdict.against,
        reason=verdict.reason,
        subject=verdict.subject,
        subject_why=verdict.subject_why,
        examined=examined,
        changes=changes(verdict),
    )
