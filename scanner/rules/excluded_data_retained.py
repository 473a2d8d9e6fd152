"""R04: data that a retention rule leaves out, and that no other rule covers."""

from collections.abc import Iterator, Sequence

from scanner.model import Confidence, Evidence, Finding, Severity, place
from scanner.ropa.starts import Start
from scanner.rules.comparison import Comparison, Spot
from scanner.rules.drafting import Where, Words, called, finding, listed
from scanner.rules.kept import Kept, Part, all_kept, told
from scanner.rules.late_findings import BY, HELD, counted
from scanner.rules.remedies import declarable, quoted
from scanner.rules.weights import category

_SHOWN = 100  # assets with evidence of their own
_ADVICE = (
    "Find out why this is still kept although its rule leaves it out. If a law or a hold asks for "
    "it, declare a rule or a hold of its own with the reason; else erase it, for card data first."
)


class ExcludedDataRetained:
    """Data that a retention rule excludes is kept, and has no rule of its own.

    ## What it checks
    Categories that a rule names under `excludes` and that no other rule with a period or criteria
    covers in the same store. The store counts the rows in which they are filled and whose start,
    by the proof of the rule that leaves them out, has happened: the account has ended, and nothing
    says how long this may stay. Critical for card data. Rows whose start has not happened are
    left alone. Of severity info where a `hold` keeps them.

    ## Why it matters
    An exclusion reads like a promise that this data goes first; without a period of its own it
    stays for ever.

    ## Example
    Billing data is kept for seven years after the account ended, "card information excluded"; the
    cards of ended accounts are still there.

    ## How to resolve
    Erase it at the latest when the start has happened, or declare its own period.
    """

    code = "R04"
    name = "excluded-data-retained"
    articles: tuple[str, ...] = ("5(1)(c)", "5(1)(e)", "32")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store and retention rule."""
        for kept in all_kept(comparison):
            mine = [part for part in kept.parts if _rows(part)]
            if mine:
                yield self._finding(comparison, kept, mine)

    def _finding(self, comparison: Comparison, kept: Kept, mine: Sequence[Part]) -> Finding:
        where = Where(kept.store)
        found = _found(comparison, kept, mine)
        rule = kept.limit.rule
        rows = sum(_rows(part) for part in mine)
        start = rule.starts.replace("_", " ") or "the start of the period"
        named = listed(called(id_) for id_ in found)
        hold = next((hold for hold, cats in kept.holds if cats >= set(found)), None)
        held = f"; held: {hold.reason}" if hold is not None else ""
        words = Words(
            title=f"{counted(rows)} with {named} in {where.words} kept after {start}; the rule "
            f"{rule.id} excludes this, and no other rule is declared for it{held}",
            advice=HELD if hold is not None else _ADVICE,
            fix=_fix(kept, found) if hold is None else "",
            declared=str(rule.origin),
            category=found[0],
            qualifier=rule.id,
            children=tuple(sorted(part.at.path for part in mine)),
        )
        exact = all(p.answers.excluded is not None and p.answers.excluded.exact for p in mine)
        declared = all(not isinstance(p.start, Start) or p.start.declared for p in mine)
        return finding(
            comparison,
            self,
            where,
            _severity(found) if hold is None else Severity.INFO,
            words,
            confidence=Confidence.CONFIRMED if exact and declared else Confidence.PROBABLE,
            evidence=tuple(_evidence(part) for part in mine[:_SHOWN]),
            records=rows,
        )


def _rows(part: Part) -> int:
    answer = part.answers.excluded
    if answer is None:
        return 0
    return answer.count if answer.count is not None else int(answer.oldest is not None)


def _found(comparison: Comparison, kept: Kept, mine: Sequence[Part]) -> tuple[str, ...]:
    """Return the excluded categories that were found there, the heaviest first."""
    paths = {part.at.path for part in mine}
    excluded = frozenset(kept.limit.excluded)

    def counts(spot: Spot) -> bool:
        return spot.at.path in paths and spot.category in excluded and told(spot)

    found = {spot.category for spot in comparison.spots if counts(spot)} or set(excluded)
    return tuple(sorted(found, key=lambda id_: (-category(id_).weight.rank, not _card(id_), id_)))


def _card(id_: str) -> bool:
    return any(flag.startswith("pci") for flag in category(id_).flags)


def _severity(found: Sequence[str]) -> Severity:
    return Severity.CRITICAL if any(_card(id_) for id_ in found) else Severity.HIGH


def _evidence(part: Part) -> Evidence:
    answer = part.answers.excluded
    oldest = answer.oldest if answer is not None else None
    why = [f"{counted(_rows(part))}: has begun, by {part.named}"]
    if oldest is not None:
        why.append(f"oldest: {oldest.date()}")
    own = isinstance(part.start, Start) and part.start.through is None
    field = part.start.field if own and isinstance(part.start, Start) else ""
    return Evidence(place(part.at.path, field), matched=_rows(part), by=BY, why=tuple(why))


def _fix(kept: Kept, found: Sequence[str]) -> str:
    """Propose a rule of its own; none for what is better removed."""
    if not all(declarable(id_) for id_ in found):
        return ""
    rule = kept.limit.rule
    lines = [
        "[[retention]]",
        f"id = {quoted(f'{rule.id}_excluded')}",
        f"stores = [{quoted(kept.store.id)}]",
        f"categories = [{', '.join(quoted(id_) for id_ in sorted(found))}]",
        '# period = "P30D"  # decide how long, and how it is proven',
        'bound = "at_most"',
        *([f"starts = {quoted(rule.starts)}"] if rule.starts else []),
    ]
    return "\n".join(lines) + "\n"
