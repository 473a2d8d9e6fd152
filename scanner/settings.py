"""The settings of a scan, as its result tells them."""

import math
from collections.abc import Sequence

from scanner.config import Config, Detection
from scanner.model import Depth, Inventory, Verified


def of(
    config: Config, countries: Sequence[str], inventory: Inventory, *, names_only: bool
) -> dict[str, str]:
    """Return what a scan ran with, in words: setting -> value, in the order to be shown."""
    sampling = config.sampling
    told = {
        "depth": "names" if names_only else Depth.CONTENT.value,
        "rows per asset": "all" if sampling.rows is None else str(sampling.rows),
        "seed": str(sampling.seed),
        "bytes per asset": _bound(sampling.most_bytes),
        "seconds per asset": _bound(sampling.most_asset_seconds),
        "seconds per source": _bound(sampling.most_source_seconds),
        "characters per cell": str(sampling.cell),
        "languages": ", ".join(config.detection.languages),
        "countries": ", ".join(countries) or "none configured",
        "names": "on" if config.detection.names else "off",
        "early stopping": _stopping(config.detection),
    }
    return told | _verified(config, inventory)


def _verified(config: Config, inventory: Inventory) -> dict[str, str]:
    """Say what plain Presidio read once more, where that was asked for."""
    if not config.detection.verify:
        return {}
    total = Verified()
    for result in inventory.results:
        total = total.plus(result.coverage.verified)
    differing = sum(count for _, count in total.differing)
    return {
        "verified": f"{total.values} values read once more with plain Presidio, {total.pairs} "
        f"answers of recognizers compared, {differing} differ"
    }


def _stopping(detection: Detection) -> str:
    if detection.rare:
        return "off; single values are reported"
    return "off" if detection.thorough else "error below 1 % a field"


def _bound(value: float | None) -> str:
    if value is None or math.isinf(value):
        return "no bound"
    return str(value) if isinstance(value, int) else f"{value:g}"
