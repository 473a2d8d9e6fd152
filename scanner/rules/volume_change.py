"""H03: stores that hold much more or less than at the scan before."""

import math
from collections.abc import Iterator

from scanner.model import Evidence, Finding, Holding, PastAsset, Severity
from scanner.rules.comparison import Comparison, Matched
from scanner.rules.declaration import stores
from scanner.rules.drafting import Where, Words, called, finding

_FACTOR = 2
_FEW = 100  # rows below which a doubling says nothing
_FAIR = ("whole", "random", "spread")  # samples that stand for the asset


class VolumeChange:
    """A store holds much more, or much less, than at the scan before.

    ## What it checks
    Assets of declared stores that both scans saw: counted rows that moved by more than a factor
    of two, and shares of a category whose 95 % intervals do not meet. Shares are compared only
    when both scans detected alike, read a fair sample, and looked for the same.

    ## Why it matters
    New data in old places is how a purpose creeps; an assessment may have to be repeated.

    ## Example
    The share of rows with a telephone number went from 3 % to 60 %.

    ## How to resolve
    Ask the owner what changed, and whether the record and the assessment still hold.
    """

    code = "H03"
    name = "volume-change"
    articles: tuple[str, ...] = ("35(11)",)
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store."""
        past = comparison.past
        if past is None:
            return
        alike = bool(past.detectors) and dict(past.detectors) == dict(comparison.detectors)
        for store in stores(comparison.declared):
            found = []
            for at in comparison.by_store[store.id]:
                then = past.assets.get(at.path)
                why = tuple(_moves(at, then, alike=alike)) if then is not None else ()
                if why:
                    found.append(Evidence(at.path, why=why))
            if found:
                shown = f"{found[0].place}: {found[0].why[0]}"
                rest = f" and {len(found) - 1} more" if len(found) > 1 else ""
                words = Words(
                    title=f"{store.id} changed since {past.as_of}: {shown}{rest}",
                    advice="Ask the owner what changed, and whether the record still holds.",
                    children=tuple(item.place for item in found),
                )
                where = Where(store)
                yield finding(
                    comparison,
                    self,
                    where,
                    Severity.INFO,
                    words,
                    evidence=tuple(found),
                    records=len(found),
                )


def _moves(at: Matched, then: PastAsset, *, alike: bool) -> Iterator[str]:
    """Say what moved in one asset."""
    coverage, asset = at.result.coverage, at.result.asset
    told = coverage.population is not None
    rows = coverage.population if told else asset.population
    counted = coverage.counted if told else asset.counted
    if counted and then.counted and rows is not None and then.population is not None:
        low, high = sorted((rows, then.population))
        if high >= _FEW and high > low * _FACTOR:
            yield f"{then.population:,} rows before, {rows:,} now"
    if not alike or then.method not in _FAIR or str(coverage.method) not in _FAIR:
        return
    for id_, holding in sorted(_best(at).items()):
        before = then.held.get(id_)
        both = {holding.entity} <= {*then.looked_for, None} and holding.entity
        if before is None or not both or not before[1]:
            continue
        was, is_ = _interval(*before), _interval(holding.matched, holding.examined)
        if was[1] < is_[0] or is_[1] < was[0]:
            shares = before[0] / before[1], holding.matched / holding.examined
            yield f"{called(id_)} in {shares[0]:.0%} of the values before, {shares[1]:.0%} now"


def _best(at: Matched) -> dict[str, Holding]:
    """Return the field of each category that holds most of it, as the scan before remembers."""
    out: dict[str, Holding] = {}
    for holding in at.result.holdings:
        old = out.get(holding.category)
        if holding.matched and holding.examined and (old is None or holding.matched > old.matched):
            out[holding.category] = holding
    return out


def _interval(matched: int, examined: int) -> tuple[float, float]:
    """Return the Wilson 95 % interval of a share."""
    z, share = 1.96, min(matched / examined, 1.0)
    centre = share + z * z / (2 * examined)
    spread = z * math.sqrt(share * (1 - share) / examined + z * z / (4 * examined * examined))
    whole = 1 + z * z / examined
    return (centre - spread) / whole, (centre + spread) / whole
