"""Q08: globs of the record that match nothing."""

from collections import defaultdict
from collections.abc import Iterator

from scanner.model import Evidence, Finding, Severity, place
from scanner.ropa.matching import DeadGlob
from scanner.rules.comparison import Comparison
from scanner.rules.drafting import Where, Words, finding, listed
from scanner.rules.reach import was_read


class DeadMatch:
    """A glob of the record that matches nothing.

    ## What it checks
    Globs of stores and of their fields that point to a configured source which was listed
    completely, and match no asset or field there. A source that is down or not configured is a
    coverage gap instead.

    ## Why it matters
    The declared place does not exist: the data is elsewhere, or the line is out of date.

    ## Example
    `sqlite://crm/main/clients` after the table was renamed to `customers`.

    ## How to resolve
    Correct the glob, or take it out.
    """

    code = "Q08"
    name = "dead-match"
    articles: tuple[str, ...] = ("30",)
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store."""
        by_store: dict[str, list[DeadGlob]] = defaultdict(list)
        for dead in _dead(comparison):
            by_store[dead.store.id].append(dead)
        for globs in by_store.values():
            store = globs[0].store
            where = Where(store)
            shown = listed(dead.glob for dead in globs)
            behind = comparison.declared.activities(store.id)
            words = Words(
                title=f"Store {store.id}: nothing matches {shown}",
                advice="Correct the glob, or take it out of the record.",
                qualifier=store.id,
                activity=behind[0].id if behind else "",
            )
            found = tuple(Evidence(place=dead.glob, why=(dead.table,)) for dead in globs)
            yield finding(
                comparison,
                self,
                where,
                Severity.LOW,
                words,
                evidence=found,
                records=len(globs),
            )


def _dead(comparison: Comparison) -> Iterator[DeadGlob]:
    inventory = comparison.inventory
    paths = {place(r.asset.path, f.name) for r in inventory.results for f in r.asset.fields}
    paths |= {r.asset.path for r in inventory.results}
    paths |= {omission.asset for omission in inventory.all_omissions if omission.asset}
    paths |= {gap.asset for gap in inventory.all_gaps if gap.asset}
    complete = {s.name for s in inventory.sources if s.reached and s.complete}
    configured = {s.name for s in inventory.sources}
    for dead in comparison.matcher.dead_globs(paths, complete, configured):
        # The fields of files are known only once they were read.
        unread = any(
            not was_read(asset) or asset.result.gaps for asset in comparison.by_store[dead.store.id]
        )
        if dead.table == "store.site" or not unread:
            yield dead
