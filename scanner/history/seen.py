"""What a scan saw of each asset, remembered for the next one: counts and days, never a value."""

from collections.abc import Iterable, Mapping
from typing import Any

from scanner.model import Ask, AssetResult, Depth, Past, PastAsset, ScanResult

_KEPT = "kept:"


def past_of(result: ScanResult, before: Past | None = None) -> Past:
    """Return what the next scan compares with; ``before`` is what this one compared with."""
    known = before.assets if before and dict(before.detectors) == dict(result.detectors) else {}
    return Past(
        when=result.started,
        as_of=result.as_of,
        detectors=dict(result.detectors),
        rules=result.rules,
        assets={
            item.asset.path: _asset(item, known.get(item.asset.path))
            for item in result.inventory.results
        },
    )


def _asset(result: AssetResult, before: PastAsset | None) -> PastAsset:
    coverage, asset = result.coverage, result.asset
    read = coverage.depth is Depth.CONTENT
    told = coverage.population is not None
    return PastAsset(
        population=coverage.population if told else asset.population,
        counted=coverage.counted if told else asset.counted,
        method=str(coverage.method) if read else "",
        looked_for=coverage.looked_for,
        held=_held(result),
        first=_first(result, before, read=read),
        months=_months(result),
    )


def _held(result: AssetResult) -> Mapping[str, tuple[int, int]]:
    out: dict[str, tuple[int, int]] = {}
    for holding in result.holdings:
        if holding.matched > out.get(holding.category, (0, 0))[0]:
            out[holding.category] = (holding.matched, holding.examined)
    return out


def _first(result: AssetResult, before: PastAsset | None, *, read: bool) -> tuple[str, ...] | None:
    if not read or (before is not None and before.first is not None):
        return before.first if before else None
    return tuple(sorted({holding.category for holding in result.holdings}))


def _months(result: AssetResult) -> Mapping[str, Mapping[str, int]]:
    return {
        f"retention:{measure.question.because.removeprefix(_KEPT)}": dict(measure.groups)
        for measure in result.measures
        if measure.question.ask is Ask.MONTHS and measure.question.because.startswith(_KEPT)
    }


def past_to_json(past: Past | None) -> dict[str, Any] | None:
    """Return what is written of a scan; assets sorted by path."""
    if past is None:
        return None
    return {
        "when": past.when.isoformat(),
        "as_of": past.as_of.isoformat(),
        "detectors": dict(past.detectors),
        "rules": list(past.rules),
        "assets": {path: _raw(past.assets[path]) for path in sorted(past.assets)},
    }


def _raw(asset: PastAsset) -> dict[str, Any]:
    out: dict[str, Any] = {
        "population": asset.population,
        "counted": asset.counted,
        "method": asset.method,
        "looked_for": list(asset.looked_for),
        "held": {id_: list(pair) for id_, pair in sorted(asset.held.items())},
        "months": {key: dict(sorted(rows.items())) for key, rows in sorted(asset.months.items())},
    }
    written = {key: value for key, value in out.items() if value}
    return written if asset.first is None else {**written, "first": list(asset.first)}


def counts(raw: Any) -> Mapping[str, int]:
    """Read a table of counts. Raise ValueError for anything else."""
    if not isinstance(raw, dict) or not all(_count(value) for value in raw.values()):
        raise ValueError("counts expected")
    return {str(key): int(value) for key, value in raw.items()}


def pair(raw: Any) -> tuple[int, int]:
    """Read two counts. Raise ValueError for anything else."""
    if not isinstance(raw, list) or len(raw) != 2 or not all(map(_count, raw)):
        raise ValueError("two counts expected")
    return raw[0], raw[1]


def _count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def texts(raw: Any) -> tuple[str, ...]:
    """Read a list of texts. Raise ValueError for anything else."""
    if not isinstance(raw, Iterable) or not all(isinstance(item, str) for item in raw):
        raise ValueError("texts expected")
    return tuple(raw)
