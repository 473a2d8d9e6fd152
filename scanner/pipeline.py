"""One unit of work: sample an asset, detect, classify, ask; raw values end here.

Everything that touches the outside comes as an argument: the connector that reads and the detector
that finds. What is returned holds names, counts, shapes and dates only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scanner.classify import FieldEvidence, by_name, classify, profile, tally
from scanner.errors import StoreError
from scanner.gather import Gathered, gather
from scanner.messages import message_evidence
from scanner.model import (
    Answers,
    Asset,
    AssetPlan,
    AssetResult,
    Budget,
    Connector,
    Coverage,
    Depth,
    Detection,
    Detector,
    Gap,
    GapReason,
    Kind,
    Measure,
    Method,
    Omission,
    Question,
    Values,
)
from scanner.planning import COVERAGE, unanswered


@dataclass(frozen=True, slots=True)
class Seen:
    """What detection made of one sampled asset."""

    evidence: tuple[FieldEvidence, ...]
    looked_for: frozenset[str]
    gaps: tuple[Gap, ...]
    templates: tuple[tuple[str, str], ...]


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
    gathered = gather(sample, asset, detector)
    seen = look(gathered, asset, detector)
    # What ended half-way is no whole, however the sample began.
    method = sample.method
    if sample.gaps and method is Method.WHOLE:
        method = Method.FIRST
    found = classify(asset, seen.evidence, method, sample.population)
    coverage = replace(
        base.coverage,
        method=method,
        rows=sample.rows,
        population=sample.population,
        counted=sample.counted,
        bytes=sample.bytes,
        looked_for=tuple(sorted(seen.looked_for)),
        text_fields=tuple(sorted(found.text_fields)),
    )
    return replace(
        base,
        asset=replace(asset, fields=gathered.fields(asset)),
        coverage=coverage,
        holdings=found.holdings,
        gaps=tuple(sample.gaps) + seen.gaps,
        templates=seen.templates,
    )


def look(gathered: Gathered, asset: Asset, detector: Detector) -> Seen:
    """Detect in every gathered field; messages are grouped by template."""
    evidence: list[FieldEvidence] = []
    looked_for: set[str] = set()
    gaps: list[Gap] = []
    templates: list[tuple[str, str]] = []
    several = sum(values.field.kind is Kind.MESSAGE for values in gathered.columns) > 1
    for values in gathered.columns:
        detected = detector.detect(values, asset)
        looked_for |= detected.looked_for
        gaps += detected.gaps
        if values.field.kind is Kind.MESSAGE:
            messages = message_evidence(
                values, detected, f"{values.field.name}." if several else ""
            )
            evidence += messages.evidence
            templates += messages.templates
        else:
            evidence.append(_evidence(values, tally(values, detected)))
    return Seen(tuple(evidence), frozenset(looked_for), tuple(gaps), tuple(sorted(set(templates))))


def _evidence(values: Values, detections: tuple[Detection, ...]) -> FieldEvidence:
    return FieldEvidence(values.field, profile(values), detections)
