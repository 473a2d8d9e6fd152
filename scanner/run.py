"""A whole scan: configuration and records in, result out. The one place that joins the parts."""

import functools
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

from scanner import engines, planning, rules, settings
from scanner.config import Config, RecordRef
from scanner.errors import ConfigError, StoreError
from scanner.history import History
from scanner.model import (
    AssetPlan,
    AssetResult,
    Confidence,
    Gap,
    GapReason,
    Inventory,
    Listing,
    Plan,
    ScanResult,
    Severity,
    Source,
    SourceStatus,
)
from scanner.planning import overlap
from scanner.ropa import load_all
from scanner.ropa.types import Ropa
from scanner.worker import Listed, Worker, explain, failed_unit, list_source, read_asset


class Watch(Protocol):
    """Somebody who watches the progress of a scan."""

    def started(self, source: str, total: int) -> None:
        """``total`` assets of a source will be read."""
        ...

    def advanced(self, source: str) -> None:
        """One asset of a source is done."""
        ...


class Unwatched:
    """Nobody watches."""

    def started(self, source: str, total: int) -> None:
        """Do nothing."""

    def advanced(self, source: str) -> None:
        """Do nothing."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line decides for one run."""

    as_of: date
    names_only: bool = False
    fail_on: Severity = Severity.HIGH
    min_confidence: Confidence = Confidence.PROBABLE
    history: Path | None = None  # file with the states of the scan before; written afterwards
    watch: Watch = field(default_factory=Unwatched)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A plan, and what listing the sources told."""

    plan: Plan
    listed: Mapping[str, Listed]
    ropas: tuple[Ropa, ...]


def version() -> str:
    """Return the installed version of ropascan."""
    from importlib import metadata

    try:
        return metadata.version("ropascan")
    except metadata.PackageNotFoundError:
        return "0 (not installed)"


def scan(config: Config, options: Options) -> ScanResult:
    """Scan the configured sources and compare them with the configured records.

    Without records the result is an inventory: holdings and gaps, no findings. Raise ConfigError
    or RecordError before anything is read; failures of stores are gaps in the result.
    """
    refuse_nothing(config)
    started = _now()
    scan_id = secrets.token_hex(6)
    engine = _engine(config, scan_id)
    try:
        prepared = _prepare(engine, config, options)
        inventory = _carry_out(engine, config, prepared, options.watch)
    finally:
        engine.close()
    return _result(config, options, prepared, inventory, scan_id, started)


@dataclass(frozen=True, slots=True)
class Intention:
    """One unit of a plan and everything it would send."""

    unit: AssetPlan
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a scan would do, and what already stands in its way."""

    intentions: tuple[Intention, ...]
    gaps: tuple[Gap, ...]


def dry_run(config: Config, options: Options) -> DryRun:
    """List the sources and return the plan with every statement; no data is read."""
    refuse_nothing(config)
    engine = _engine(replace(config, jobs=1), secrets.token_hex(6))
    try:
        prepared = _prepare(engine, config, options)
        found = engine.run(explain, prepared.plan.units, lambda _unit, text: (f"-- {text}",))
        intentions = tuple(Intention(unit, statements) for unit, statements in found)
    finally:
        engine.close()
    gaps = tuple(gap for name in sorted(prepared.listed) for gap in _gaps(prepared.listed[name]))
    return DryRun(intentions, gaps)


def check_records(refs: Sequence[RecordRef], as_of: date, fail_on: Severity) -> ScanResult:
    """Tell what records say of themselves. Nothing is read but the records.

    Exit code 1 when the record's own gaps reach ``fail_on``. Raise RecordError.
    """
    if not refs:
        raise ConfigError(
            "no record is named; add a [[record]] with a path to config.toml, or name a file"
        )
    started = _now()
    ropas = load_all(refs, as_of)
    compared = rules.check_record(ropas, as_of)
    findings = compared.findings
    failing = any(finding.severity.rank >= fail_on.rank for finding in findings)
    return ScanResult(
        scan_id=secrets.token_hex(6),
        version=version(),
        started=started,
        finished=_now(),
        as_of=as_of,
        records=compared.records,
        inventory=Inventory(),
        findings=findings,
        tables=compared.tables,
        rules=tuple(rule.code for rule in rules.RULES if rule.record_only),
        notes=compared.notes,
        synthetic=any(ropa.synthetic for ropa in ropas),
        exit_code=1 if failing else 0,
        fail_on=fail_on,
    )


def refuse_nothing(config: Config) -> None:
    """Raise ConfigError when the configuration names no source."""
    if not config.sources:
        raise ConfigError(
            f"{config.file or 'the configuration'} names no source; add a [[source]] with a name "
            "and a url or path"
        )


def _engine(config: Config, scan_id: str) -> engines.Engine[Worker]:
    # The key of the digests: in the memory of this run and its workers, and nowhere else.
    key = secrets.token_bytes(32)
    make = functools.partial(Worker, config, f"ropascan {scan_id}", countries(config), key)
    return engines.local(config.jobs, make)


def countries(config: Config) -> tuple[str, ...]:
    """Return the countries whose recognizers run: configured, else those of the sources."""
    if config.detection.countries:
        return config.detection.countries
    return tuple(sorted({source.country[:2] for source in config.sources if source.country}))


def _prepare(engine: engines.Engine[Worker], config: Config, options: Options) -> _Prepared:
    ropas = load_all(config.records, options.as_of)
    names = [source.name for source in config.sources]
    listed = dict(engine.run(list_source, names, _failed_listing))
    assets = [asset for name in sorted(listed) for asset in listed[name].listing.assets]
    plan = planning.plan(assets, ropas, options.as_of, names_only=options.names_only)
    environments = {source.name: source.environment for source in config.sources}
    return _Prepared(overlap.compared(plan, environments, ropas), listed, ropas)


def _failed_listing(name: str, sentence: str) -> Listed:
    gap = Gap(name, GapReason.CRASHED, sentence)
    return Listed(Listing((), (gap,), complete=False), reached=False)


def _carry_out(
    engine: engines.Engine[Worker], config: Config, prepared: _Prepared, watch: Watch
) -> Inventory:
    units = prepared.plan.units
    for name in sorted({unit.asset.source for unit in units}):
        watch.started(name, sum(1 for unit in units if unit.asset.source == name))
    results: list[AssetResult] = []
    for unit, result in engine.run(read_asset, units, failed_unit):
        watch.advanced(unit.asset.source)
        results.append(result)
    listed = prepared.listed
    return Inventory(
        sources=tuple(_status(source, listed[source.name]) for source in _by_name(config.sources)),
        results=tuple(sorted(results, key=lambda result: result.asset.path)),
        gaps=tuple(gap for name in sorted(listed) for gap in _gaps(listed[name]))
        + _model_gaps(listed),
        omissions=tuple(o for name in sorted(listed) for o in listed[name].listing.omissions),
    )


def _by_name(sources: Sequence[Source]) -> list[Source]:
    return sorted(sources, key=lambda source: source.name)


def _gaps(listed: Listed) -> tuple[Gap, ...]:
    return listed.listing.gaps


def _model_gaps(listed: Mapping[str, Listed]) -> tuple[Gap, ...]:
    """What every detector lacks is said once, not once a source."""
    return tuple(dict.fromkeys(gap for name in sorted(listed) for gap in listed[name].notes))


def _status(source: Source, listed: Listed) -> SourceStatus:
    listing = listed.listing
    return SourceStatus(
        source.name,
        _kind(source),
        listed.reached,
        listing.complete and listed.reached,
        listing.country or source.country,
        listing.region or source.region,
        source.environment,
        source.shared,
    )


def _kind(source: Source) -> str:
    import connectors

    try:
        return connectors.kind_of(source)
    except StoreError:  # its URL is not to be had: the listing's gap says why
        return ""


def _result(
    config: Config,
    options: Options,
    prepared: _Prepared,
    inventory: Inventory,
    scan_id: str,
    started: datetime,
) -> ScanResult:
    history = History.load(options.history) if options.history else None
    past, detectors = history.past() if history else None, _detectors(prepared.listed)
    compared = rules.compare(inventory, prepared.ropas, options.as_of, past, detectors)
    findings, inventory = compared.findings, _undigested(inventory)
    if history is not None:
        findings = history.apply(findings, options.as_of, inventory)
    result = ScanResult(
        scan_id=scan_id,
        version=version(),
        started=started,
        finished=_now(),
        as_of=options.as_of,
        records=compared.records,
        inventory=inventory,
        findings=findings,
        settings=settings.of(config, countries(config), inventory, names_only=options.names_only),
        detectors=detectors,
        tables=compared.tables,
        rules=tuple(rule.code for rule in rules.RULES) if prepared.ropas else (),
        notes=compared.notes,
        previous=history.last_scan if history else None,
        synthetic=any(ropa.synthetic for ropa in prepared.ropas),
        exit_code=rules.exit_code(findings, inventory, options.fail_on, options.min_confidence),
        fail_on=options.fail_on,
        min_confidence=options.min_confidence,
        corrections=compared.corrections,
    )
    if history is not None and options.history is not None:
        history.updated(result).save(options.history)
    return result


def _undigested(inventory: Inventory) -> Inventory:
    """Drop the digests: they are personal data, and the rules have had them."""
    return replace(inventory, results=tuple(replace(r, digests={}) for r in inventory.results))


def _detectors(listed: Mapping[str, Listed]) -> Mapping[str, str]:
    return next((listed[name].detectors for name in sorted(listed) if listed[name].detectors), {})


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
