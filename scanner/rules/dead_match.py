"""Q08: globs of the record that match nothing."""

from collections import defaultdict
from collections.abc import Iterator

from scanner.model import Evidence, Finding, Severity, glob_match, place
from scanner.ropa.matching import DeadGlob
from scanner.ropa.types import Origin
from scanner.rules.comparison import Comparison
from scanner.rules.declaration import stores
from scanner.rules.drafting import Where, Words, finding, listed
from scanner.rules.entries import Said, about
from scanner.rules.reach import was_read


class DeadMatch:
    """A glob of the record that matches nothing.

    ## What it checks
    Globs of stores and of their fields that point to a configured source which was listed
    completely, and match no asset or field there. A source that is down or not configured is a
    coverage gap instead. Retention rules and holds that choose no data of any declared store, and
    the path of an accepted finding that nothing matches.

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
        """Yield one finding for each store, rule, hold or acceptance."""
        yield from self._idle(comparison)
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

    def _idle(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield the entries whose selectors choose nothing."""
        advice = "Correct what it names, or take it out of the record."
        for what, origin in (*_idle_selectors(comparison), *_idle_paths(comparison)):
            said = Said(f"{what}: it matches no data of the record's stores", advice)
            yield about(comparison, self, origin, Severity.LOW, said)


def _idle_selectors(comparison: Comparison) -> Iterator[tuple[str, Origin]]:
    ropa, limits = comparison.ropa, comparison.limits
    mine = stores(comparison.declared)
    if not mine:
        return
    used = {limit.rule.id for store in mine for limit in limits.of(store)}
    held = {hold.id for store in mine for hold, _ in limits.held(store)}
    drafts = {store.id for store in ropa.stores} - {store.id for store in mine}
    for rule in ropa.retentions:
        # One that names a draft waits for it, and so does one about data that no store holds yet.
        if rule.id not in used and rule.selector.stores and not drafts & set(rule.selector.stores):
            yield f"Retention {rule.name or rule.id}", rule.origin
    for hold in ropa.holds:
        if hold.id not in held and not drafts & set(hold.selector.stores):
            yield f"Hold {hold.id}", hold.origin


def _idle_paths(comparison: Comparison) -> Iterator[tuple[str, Origin]]:
    if not all(s.reached and s.complete for s in comparison.inventory.sources):
        return
    results = comparison.inventory.results
    paths = {place(r.asset.path, f.name) for r in results for f in r.asset.fields}
    paths |= {r.asset.path for r in results}
    for item in comparison.ropa.accepts:
        if item.path and results and not any(glob_match(item.path, path) for path in paths):
            yield f"Accepted finding {item.finding} at {item.path}", item.origin


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
