"""Which declared stores were not looked at, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scanner.model import Depth, Inventory, Method, glob_match
from scanner.ropa.types import Ropa, Store
from scanner.rules.comparison import Comparison, Matched
from scanner.rules.declaration import stores


class Why(StrEnum):
    """Why nothing was read of a store."""

    BY_DESIGN = "by_design"
    NOT_GIVEN = "not_given"  # the configuration gives its source to no scan of this record
    NOT_CONFIGURED = "not_configured"
    SOURCE_DOWN = "source_down"
    NO_MATCH = "no_match"
    DECLARED = "declared"  # the record keeps the scan from its content
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Unreached:
    """A declared store of which no content was read, with the reason as a sentence."""

    why: Why
    text: str


def source_pattern(glob: str) -> str:
    """Return the part of a path glob that names the source, itself a glob."""
    _, sep, rest = glob.partition("://")
    source = rest.partition("/")[0].partition("#")[0]
    return source if sep and "**" not in source else "*"


def out_of_reach(comparison: Comparison) -> Mapping[str, Unreached]:
    """Return the declared stores of which no content was read, by id."""
    out = {}
    for store in stores(comparison.declared):
        found = _unreached(store, comparison, comparison.by_store[store.id])
        if found is not None:
            out[store.id] = found
    return out


def was_read(asset: Matched) -> bool:
    """Tell whether content of an asset was read, be it in part."""
    coverage = asset.result.coverage
    return coverage.depth is Depth.CONTENT and coverage.method is not Method.NONE


def _unreached(store: Store, comparison: Comparison, assets: Sequence[Matched]) -> Unreached | None:
    if any(was_read(asset) for asset in assets):
        return None
    if assets:
        if all(asset.result.coverage.depth is not Depth.CONTENT for asset in assets):
            return Unreached(Why.DECLARED, "its content was left out on purpose")
        return Unreached(Why.FAILED, "none of its assets could be read")
    if store.reach == "none":
        return Unreached(Why.BY_DESIGN, "declared as out of reach by design")
    return _missing(store, comparison.ropa, comparison.inventory)


def _missing(store: Store, ropa: Ropa, inventory: Inventory) -> Unreached:
    """Say why no asset of a store was met."""
    patterns = sorted({source_pattern(glob) for site in store.sites for glob in site.match})
    given = [
        pattern
        for pattern in patterns
        if not ropa.sources or "*" in pattern or any(glob_match(g, pattern) for g in ropa.sources)
    ]
    if patterns and not given:
        return Unreached(Why.NOT_GIVEN, "the configuration gives its source to no scan of it")
    statuses = [s for s in inventory.sources if any(glob_match(p, s.name) for p in given)]
    if not statuses:
        return Unreached(Why.NOT_CONFIGURED, "no source of the configuration matches its globs")
    if not any(status.reached for status in statuses):
        names = ", ".join(sorted(status.name for status in statuses))
        return Unreached(Why.SOURCE_DOWN, f"not reached: {names}")
    return Unreached(Why.NO_MATCH, "no asset matches its globs")
