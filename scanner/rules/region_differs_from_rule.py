"""T01: customers' rows in a region that the residency rule does not give them."""

from collections.abc import Iterator, Mapping

from scanner.model import Confidence, Finding, Severity
from scanner.rules.comparison import Comparison
from scanner.rules.drafting import Where, Words, finding
from scanner.rules.regions import Regions, Tally, regions

_ADVICE = (
    "Check the main country of these customers and whether another place was agreed in writing "
    "(record it in the field of agreements); if not, plan the move, and check what moved them or "
    "where new customers are created."
)


class RegionDiffersFromRule:
    """Rows of customers lie in another region than the residency rule gives.

    ## What it checks
    The store counts rows and customers by main country, ordering entity, written agreement and
    time of creation; no row leaves it. At the date of the scan the version in force gives each
    customer a region: that of a written agreement, else of the first branch that holds. It is
    compared with the declared site of the rows. Membership of the EU is that of the day, overseas
    places included or not as the treaties say. Rows that lay right under an earlier version, for
    customers who came then, are possible only, and nothing with `grandfather = true`; probable
    when the time of creation is not known. A system that lies in one place only is not asked.

    ## Why it matters
    Customers were promised where their data lies.

    ## Example
    The rule keeps customers in the USA in the USA; 12 rows of one of them lie in the database in
    Ireland.

    ## How to resolve
    Move the rows, or record the agreement that lets them be there.
    """

    code = "T01"
    name = "region-differs-from-rule"
    articles: tuple[str, ...] = ("5(1)(a)", "24", "28(3)(a)", "44")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store, required and actual region."""
        for found in regions(comparison):
            for (required, actual), tallies in sorted(found.wrong.items()):
                yield self._finding(comparison, found, required, actual, tallies)

    def _finding(
        self,
        comparison: Comparison,
        found: Regions,
        required: str,
        actual: str,
        tallies: Mapping[Confidence, Tally],
    ) -> Finding:
        best = max(tallies, key=lambda confidence: confidence.rank)
        where = Where(found.store)
        begun = found.version.effective if found.version else ""
        rest = sum(tally.rows for sure, tally in tallies.items() if sure is not best)
        more = f"; {counted(rest, 'row')} more, less surely" if rest else ""
        earlier = best is Confidence.POSSIBLE
        note = " (right under the rule of the time when the customer came)" if earlier else ""
        words = Words(
            title=f"{told(tallies[best])} in {where.words} lie in {actual}; the residency rule "
            f"{found.rule.id} gives {required}{note}{more}",
            advice=_ADVICE,
            declared=f"{found.rule.origin}, version of {begun}",
            qualifier=f"{required},{actual}",
            children=tuple(sorted({path for tally in tallies.values() for path in tally.assets})),
        )
        return finding(
            comparison,
            self,
            where,
            Severity.HIGH,
            words,
            confidence=best,
            records=tallies[best].rows,
        )


def told(tally: Tally) -> str:
    """Say how much was counted: ``12 rows of 3 customers``."""
    rows = counted(tally.rows, "row")
    return f"{rows} of {counted(tally.customers, 'customer')}" if tally.customers else rows


def counted(number: int, noun: str) -> str:
    """Return ``1 row`` or ``2 rows``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
