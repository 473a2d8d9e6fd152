"""S07: tokens that are still there after they expired."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from scanner.model import Confidence, Evidence, Finding, Measure, Severity
from scanner.ropa.starts import Start
from scanner.rules.comparison import Comparison, Spot
from scanner.rules.declaration import stores
from scanner.rules.drafting import Where, Words, evidence, finding
from scanner.rules.kept import all_kept, told
from scanner.rules.late_findings import counted
from scanner.rules.weights import surest

_TOKENS = frozenset({"api_key", "session_token"})
_ADVICE = (
    "Let a job remove tokens when they expire, and check that an expired one is refused. Keep what "
    "investigations need (when, from where) without the token."
)


@dataclass(frozen=True, slots=True)
class _Expired:
    """Expired tokens of one asset, with the spots that say what the fields are."""

    measure: Measure
    spots: tuple[Spot, ...]

    @property
    def rows(self) -> int:
        return self.measure.count or 0


class TokenOutlivesSession:
    """Tokens are kept after their own expiry.

    ## What it checks
    Assets of declared stores in which tokens or keys were found beside a field that is named like
    an expiry (`expires_at`, `valid_until` ...). The store counts rows with a token whose expiry
    lies before the day of the comparison. Where a retention rule is proven by that very field,
    past-declared-limit speaks instead. Tokens without a readable expiry are not judged; nothing
    is tested for being valid.

    ## Why it matters
    An old token is of no use to its owner; to a thief it tells how tokens look, and now and then
    one still works.

    ## Example
    A table of sessions holds 12,000 tokens that expired in earlier months.

    ## How to resolve
    Remove tokens when they expire.
    """

    code = "S07"
    name = "token-outlives-session"
    articles: tuple[str, ...] = ("32",)
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store."""
        spots: dict[str, list[Spot]] = defaultdict(list)
        for spot in comparison.spots:
            if spot.category in _TOKENS and not spot.harmless and told(spot):
                spots[spot.at.path].append(spot)
        ruled = _ruled(comparison)
        for store in stores(comparison.declared):
            found = [
                one
                for at in comparison.by_store[store.id]
                if at.path in spots and len(at.stores) == 1
                for one in _expired(at.result.measures, spots[at.path], ruled)
            ]
            if found:
                yield self._finding(comparison, Where(store), found)

    def _finding(self, comparison: Comparison, where: Where, found: Sequence[_Expired]) -> Finding:
        rows = sum(one.rows for one in found)
        oldest = min((o.measure.oldest for o in found if o.measure.oldest), default=None)
        spots = tuple(spot for one in found for spot in one.spots)
        days = (comparison.as_of - oldest.date()).days if oldest else 0
        since = f"; the oldest expired {counted(days, 'day')} ago" if oldest else ""
        words = Words(
            title=f"{counted(rows)} with tokens in {where.words} kept after the token expired"
            f"{since}",
            advice=_ADVICE,
            category=spots[0].category,
            children=tuple(sorted({spot.at.path for spot in spots})),
        )
        exact = all(one.measure.exact for one in found)
        sure = surest(spots)
        return finding(
            comparison,
            self,
            where,
            Severity.MEDIUM,
            words,
            confidence=sure if exact else min(sure, Confidence.PROBABLE, key=lambda c: c.rank),
            evidence=tuple(_told(found, comparison.as_of)),
            records=rows,
        )


def _told(found: Sequence[_Expired], as_of: date) -> Iterator[Evidence]:
    for one in found:
        field = one.measure.question.field
        for item in evidence(one.spots):
            said = f"{counted(one.rows)} with {field} before {as_of}"
            yield replace(item, why=(*item.why, said))


def _expired(
    measures: Sequence[Measure], spots: Sequence[Spot], ruled: frozenset[tuple[str, str]]
) -> Iterator[_Expired]:
    """Yield what expired by the field that tells of the most; several fields are one row each."""
    mine = [
        m
        for m in measures
        if m.question.because == "token_expiry" and (m.asset, m.question.field) not in ruled
    ]
    best = max(mine, key=lambda m: m.count or 0, default=None)
    if best is not None and best.count:
        named = best.question.not_null
        held = tuple(s for s in spots if not named or s.holding.field in named)
        if held:
            yield _Expired(best, held)


def _ruled(comparison: Comparison) -> frozenset[tuple[str, str]]:
    """Return the fields by which a retention rule for tokens is proven."""
    return frozenset(
        (part.at.path, part.start.field)
        for kept in all_kept(comparison)
        if kept.limit.at_most and _TOKENS & set(kept.limit.categories)
        for part in kept.parts
        if isinstance(part.start, Start) and part.start.through is None
    )
