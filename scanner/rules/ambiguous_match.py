"""Q09: assets that several stores claim equally."""

from collections import defaultdict
from collections.abc import Iterator

from scanner.model import Evidence, Finding, Severity
from scanner.rules.comparison import Comparison, Matched
from scanner.rules.drafting import Where, Words, finding, listed


class AmbiguousMatch:
    """Two stores of the record claim the same asset equally.

    ## What it checks
    Assets for which the most specific globs of different stores are equally specific. Until it
    is settled, what any of the stores declares counts as declared there.

    ## Why it matters
    Nobody can say which categories, limits and measures hold for it.

    ## Example
    `sqlite://crm/main/log_*` of one store and `sqlite://crm/main/*_2024` of another.

    ## How to resolve
    Make one glob more specific, or name the asset under `exclude` of the other store.
    """

    code = "Q09"
    name = "ambiguous-match"
    articles: tuple[str, ...] = ("30",)
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each set of stores."""
        claimed: dict[tuple[str, ...], list[Matched]] = defaultdict(list)
        for asset in comparison.assets:
            if len(asset.stores) > 1:
                claimed[tuple(sorted(store.id for store in asset.stores))].append(asset)
        for ids, assets in sorted(claimed.items()):
            behind = comparison.declared.activities(ids[0])
            words = Words(
                title=f"{' and '.join(ids)} claim the same: "
                f"{listed(asset.path for asset in assets)}",
                advice="Make one glob more specific, or exclude the asset from the other store.",
                declared="; ".join(str(store.origin) for store in assets[0].stores),
                qualifier="+".join(ids),
                activity=behind[0].id if behind else "",
            )
            yield finding(
                comparison,
                self,
                Where(assets[0].stores[0]),
                Severity.LOW,
                words,
                evidence=tuple(Evidence(place=asset.path) for asset in assets),
                records=len(assets),
            )
