"""C04: national identification numbers without a legal basis in the record."""

from collections.abc import Iterator

from scanner.model import Finding, Severity
from scanner.rules.aside import capped
from scanner.rules.comparison import Comparison
from scanner.rules.conditions import answerable, flagged, how_sure
from scanner.rules.drafting import Where, Words, called, from_spots, grouped, listed


class NationalIdUse:
    """National identification numbers that are declared without a legal basis.

    ## What it checks
    National, social security, tax and passport numbers found in a store that declares them,
    while an activity behind the store that declares them names no `legal_basis`. Where they are
    not declared, other rules say so. Activities as a processor are left out.

    ## Why it matters
    Many countries allow the use of such numbers only for purposes that a law names.

    ## Example
    The payroll store holds social security numbers; its activity names no legal basis.

    ## How to resolve
    Name the basis in the activity, and check the law of the country on the use of its numbers.
    """

    code = "C04"
    name = "national-id-use"
    articles: tuple[str, ...] = ("87", "6")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store and category."""
        numbers = flagged("Art. 87")
        spots = (s for s in comparison.spots if s.category in numbers and comparison.permits(s))
        for store, id_, found in grouped(spots):
            behind = answerable(comparison.declared.activities(store.id, id_))
            bare = [activity for activity in behind if not activity.legal_basis]
            if not bare:
                continue
            where = Where(store)
            words = Words(
                title=f"{called(id_)}: found in {where.words}, and no legal basis is declared "
                f"by: {listed(activity.id for activity in bare)}",
                advice="Name the legal basis in the activity, and check the national law on the "
                "use of such numbers; if there is none, remove them.",
                declared=str(bare[0].origin),
                category=id_,
                activity=bare[0].id if len(bare) == 1 else "",
            )
            made = from_spots(comparison, self, where, found, Severity.HIGH, words)
            yield capped(made, how_sure(comparison, found))
