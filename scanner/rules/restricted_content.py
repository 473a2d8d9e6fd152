"""H07: content that the record keeps the scan from."""

from collections import defaultdict
from collections.abc import Iterator

from scanner.model import Evidence, Finding, Severity
from scanner.ropa.types import Store
from scanner.rules.comparison import Comparison, Matched
from scanner.rules.drafting import Where, Words, finding

# Why the plan kept away, in the words of the plan.
_SAID = {
    "declared_metadata": "the record declares metadata only",
    "declared_none": "the record declares that it is not read",
    "processor": "it is held for others, and no scan_authorised_by is declared",
    "correspondence": "it is correspondence, and the record does not ask for its content",
}


class RestrictedContent:
    """Content was not read because the record keeps the scan from it.

    ## What it checks
    Stores declared with `sample = "metadata"` or `"none"`, stores that are held only for others
    without `scan_authorised_by`, and correspondence.

    ## Why it matters
    The scan must respect what the organisation promised; and its silence about the content must
    not be taken for an answer.

    ## Example
    Files of customers are declared as not monitored: only names, sizes and dates are listed.

    ## How to resolve
    Nothing to do. To have the content read, change `sample`, or name who authorised it.
    """

    code = "H07"
    name = "restricted-content"
    articles: tuple[str, ...] = ("5(1)(b)", "25")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store and reason."""
        skipped: dict[tuple[str, str], list[tuple[Store, Matched]]] = defaultdict(list)
        for asset in comparison.assets:
            why = asset.result.coverage.why
            if why in _SAID and asset.stores:
                skipped[(asset.stores[0].id, why)].append((asset.stores[0], asset))
        for (_, why), found in sorted(skipped.items(), key=lambda item: item[0]):
            where = Where(found[0][0])
            words = Words(
                title=f"Content of {where.words} was not read: {_SAID[why]}",
                advice="Nothing to do; change the record if the content is to be read.",
                declared=found[0][1].result.coverage.by,
                qualifier=why,
            )
            yield finding(
                comparison,
                self,
                where,
                Severity.INFO,
                words,
                evidence=tuple(Evidence(place=asset.path) for _, asset in found),
                records=len(found),
            )
