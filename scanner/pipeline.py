"""One unit of work: sample an asset, detect, classify, ask; raw values end here.

A sample is read in parts of bounded size and what was found in them is added up, so that an asset
of any size can be read whole.

Everything that touches the outside comes as an argument: the connector that reads and the detector
that finds. What is returned holds names, counts, shapes and dates only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scanner.asking import ask, resolve
from scanner.classify import FieldEvidence, by_name, classify, meant
from scanner.digests import Digester
from scanner.errors import StoreError
from scanner.gather import Gatherer
from scanner.looking import Seen, Watch, look
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
    Gap,
    GapReason,
    Method,
    Omission,
    Question,
    Sample,
    Values,
)
from scanner.planning import COVERAGE
from scanner.recipients import Destinations


def inspect(
    connector: Connector,
    asset: Asset,
    unit: AssetPlan,
    detector: Detector,
    budget: Budget,
    key: bytes = b"",
) -> AssetResult:
    """Do what the plan says with one asset. Failures of the store become gaps.

    ``key`` is that of the digests of this scan; without one none are made.
    """
    base = AssetResult(asset, Coverage(unit.depth, unit.why, unit.by))
    if unit.depth is Depth.NOTHING:
        return replace(base, omissions=(_left_out(asset, unit),))
    if unit.depth is Depth.METADATA:
        base = replace(
            base,
            coverage=replace(base.coverage, population=asset.population, counted=asset.counted),
            holdings=by_name(asset),
            omissions=(_left_out(asset, unit),),
        )
        return _asked(connector, asset, unit, base)
    try:
        result = _read(connector, asset, base, detector, budget, unit, key)
    except StoreError as error:
        gap = Gap(asset.source, GapReason(error.reason), str(error), asset.path)
        result = replace(base, gaps=(gap,))
    return _asked(connector, asset, unit, result)


def _asked(connector: Connector, asset: Asset, unit: AssetPlan, result: AssetResult) -> AssetResult:
    """Ask what the plan wants to know, now that the fields it is about are known."""
    questions = resolve(unit.questions, asset, result.holdings, unit.depth)
    measures, gaps = ask(connector, asset, questions)
    return replace(result, measures=measures, gaps=_joined(result.gaps, gaps, questions))


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


def _read(
    connector: Connector,
    asset: Asset,
    base: AssetResult,
    detector: Detector,
    budget: Budget,
    unit: AssetPlan,
    key: bytes,
) -> AssetResult:
    to = Destinations(asset, unit.hosts)
    digester = Digester(key, unit.digests if key else (), unit.test_domains)

    def watch(values: Values, detected: Detected) -> None:
        to.add(values)
        digester.add(values, detected)

    result = classified(read(connector, asset, detector, budget, watch), base)
    return replace(result, destinations=to.found(), digests=digester.found(result.holdings))


@dataclass(frozen=True, slots=True)
class Sampled:
    """A sampled asset before it is classified."""

    asset: Asset  # with the fields as sampled
    sample: Sample
    seen: Seen
    method: Method
    evidence: tuple[FieldEvidence, ...]


def read(
    connector: Connector,
    asset: Asset,
    detector: Detector,
    budget: Budget,
    watch: Watch | None = None,
) -> Sampled:
    """Sample an asset and detect in it. Raise StoreError."""
    sample = connector.read(asset, budget)
    gatherer = Gatherer(sample, asset, detector)
    seen = look(gatherer, asset, detector, watch)
    # What ended half-way is no whole, however the sample began.
    method = sample.method
    if sample.gaps and method is Method.WHOLE:
        method = Method.FIRST
    # A detector that runs recognizers of the user's own says what their entities stand for.
    evidence = meant(seen.evidence, getattr(detector, "categories", {}))
    fields = gatherer.fields()
    return Sampled(replace(asset, fields=fields), sample, seen, method, evidence)


def classified(sampled: Sampled, base: AssetResult) -> AssetResult:
    """Classify what was read, and tell how it was."""
    sample, seen, asset = sampled.sample, sampled.seen, base.asset
    found = classify(asset, sampled.evidence, sampled.method, sample.population)
    coverage = replace(
        base.coverage,
        method=sampled.method,
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
        asset=sampled.asset,
        coverage=coverage,
        holdings=found.holdings,
        gaps=tuple(sample.gaps) + seen.gaps,
        templates=seen.templates,
    )
