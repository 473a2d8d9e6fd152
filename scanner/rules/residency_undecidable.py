"""T06: rows of which the residency rule cannot say where they belong."""

from collections.abc import Iterator

from scanner.model import Finding, Severity
from scanner.rules.comparison import Comparison
from scanner.rules.drafting import Where, Words, finding, listed
from scanner.rules.region_differs_from_rule import told
from scanner.rules.regions import Regions, regions

# Why a region stays open: what a title says, and what to do.
_WHY = {
    "country": (
        "their main country is empty or no known country",
        "Complete the main country of these customers: a code or a name of the country.",
    ),
    "order_entity": (
        "the ordering entity is empty or not one that the record names",
        "Complete who processed the order, with the id or name that the record has for it.",
    ),
    "agreement": (
        "the field of written agreements holds no known region",
        "Write the agreed region as a code (EU, US, CA), and leave the field empty without one.",
    ),
    "branch": (
        "no branch of the rule applies to them",
        "Add a branch for these customers, or one with otherwise = true.",
    ),
    "version": (
        "no version of the rule is in force on the day",
        "Check effective and until of the versions of the rule.",
    ),
    "place": (
        "the record does not say closely enough where the rows lie",
        "Give the site its country and region.",
    ),
}
_TIE = (
    "Check store.subject: key, lookup and lookup_key must name fields and an asset of the same "
    "source as the rows."
)


class ResidencyUndecidable:
    """A residency rule is declared, and of some rows it cannot be told where they belong.

    ## What it checks
    What a residency rule needs: a way from the row to its customer, the customer's main country
    and ordering entity where a branch looks at them, a version in force on the day, a branch that
    applies, and a site that says where it is. A missing value counts only where it makes a
    difference.

    ## Why it matters
    A promise that cannot be checked cannot be shown to be kept.

    ## Example
    A customer in Brazil without an ordering entity; two branches ask for it.

    ## How to resolve
    Complete the customer's data, or the rule.
    """

    code = "T06"
    name = "residency-undecidable"
    articles: tuple[str, ...] = ("5(2)",)
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store and reason."""
        for found in regions(comparison):
            yield from self._counted(comparison, found)
            yield from self._untied(comparison, found)

    def _counted(self, comparison: Comparison, found: Regions) -> Iterator[Finding]:
        where = Where(found.store)
        for why, tally in sorted(found.open.items()):
            reason, advice = _WHY[why]
            words = Words(
                title=f"{told(tally)} in {where.words}: the residency rule {found.rule.id} gives "
                f"no region, as {reason}",
                advice=advice,
                declared=str(found.rule.origin),
                qualifier=why,
                children=tuple(sorted(tally.assets)),
            )
            yield finding(comparison, self, where, Severity.LOW, words, records=tally.rows)

    def _untied(self, comparison: Comparison, found: Regions) -> Iterator[Finding]:
        if not found.unmeasured:
            return
        where = Where(found.store)
        assets = [at for some in found.unmeasured.values() for at in some]
        names = listed(sorted({at.result.asset.path for at in assets}))
        words = Words(
            title=f"{where.words}: the residency rule {found.rule.id} cannot be checked for "
            f"{names}: {'; '.join(sorted(found.unmeasured))}",
            advice=_TIE,
            qualifier="subject",
            children=tuple(sorted({at.result.asset.path for at in assets})),
        )
        rows = sum(at.result.coverage.population or at.result.coverage.rows for at in assets)
        yield finding(comparison, self, where, Severity.LOW, words, records=rows)
