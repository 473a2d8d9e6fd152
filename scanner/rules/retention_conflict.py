"""R08: retention rules that give the same data different limits."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from scanner.model import Finding, Severity
from scanner.ropa.limits import Limit
from scanner.ropa.periods import add
from scanner.ropa.types import Store
from scanner.rules.comparison import Comparison
from scanner.rules.declaration import stores
from scanner.rules.drafting import listed
from scanner.rules.entries import Said, about, first

_SETTLED = ("earliest", "latest")


class RetentionConflict:
    """Rules give the same data different limits, and nothing says which applies.

    ## What it checks
    Rules that bind the same categories of the same store with different periods or different
    starts, of which none says `combine = "earliest"` or `"latest"`; and a minimum that is longer
    than a maximum from the same start. A minimum and a longer maximum go together. Rules that
    conflict in several stores are one finding.

    ## Why it matters
    Nobody can say when the data has to go, and people are told two things.

    ## Example
    Account data is kept 90 days in one section of the policy and 60 days in another.

    ## How to resolve
    Decide which rule applies, or write `combine = "earliest"` or `"latest"` in both.
    """

    code = "R08"
    name = "retention-conflict"
    articles: tuple[str, ...] = ("5(1)(e)", "30(1)(f)")
    record_only = True

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each set of rules that conflict."""
        limits = comparison.limits
        found: dict[tuple[str, ...], list[Store]] = defaultdict(list)
        rules: dict[str, Limit] = {}
        for store in stores(comparison.declared):
            for group in _groups(limits.of(store), comparison):
                found[tuple(sorted(limit.rule.id for limit in group))].append(store)
                rules |= {limit.rule.id: limit for limit in group}
        for ids, where in sorted(found.items()):
            chosen = [rules[id_] for id_ in ids]
            said = Said(
                f"{listed(store.id for store in where)}: the same data has different limits, "
                f"and nothing says which applies ("
                + "; ".join(f"{limit.rule.id}: {limit.words}" for limit in chosen)
                + ")",
                'Decide which applies, or write combine = "earliest" or "latest" in these rules.',
                first(a.id for s in where for a in comparison.declared.activities(s.id)),
                qualifier="+".join(ids),
            )
            yield about(
                comparison, self, chosen[0].rule.origin, Severity.MEDIUM, said, records=len(where)
            )


def _groups(limits: tuple[Limit, ...], comparison: Comparison) -> list[list[Limit]]:
    """Return the sets of rules that conflict with each other, directly or by a third."""
    sets: list[list[Limit]] = []
    for one, other in combinations(limits, 2):
        if not _conflict(one, other, comparison):
            continue
        touched = [s for s in sets if one in s or other in s]
        merged = list(dict.fromkeys(id(x) for s in touched for x in s))
        known = {id(x): x for s in touched for x in s} | {id(one): one, id(other): other}
        sets = [s for s in sets if s not in touched]
        sets.append([known[key] for key in dict.fromkeys((*merged, id(one), id(other)))])
    return sets


def _conflict(one: Limit, other: Limit, comparison: Comparison) -> bool:
    if not one.rule.period or not other.rule.period:
        return False
    if {one.rule.combine, other.rule.combine} & set(_SETTLED):
        return False
    if not set(one.categories) & set(other.categories):
        return False
    same_start = one.rule.starts == other.rule.starts
    day = comparison.as_of
    ends = add(day, one.period), add(day, other.period)
    if one.at_most and other.at_most:
        return not same_start or ends[0] != ends[1]
    floors = [(one, ends[0], ends[1]), (other, ends[1], ends[0])]
    return same_start and any(
        limit.rule.bound == "at_least" and mine > theirs for limit, mine, theirs in floors
    )
