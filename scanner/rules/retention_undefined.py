"""R02: stores whose data no retention rule covers."""

from collections.abc import Iterator

from scanner.model import Finding, Severity
from scanner.ropa.limits import Limits
from scanner.ropa.types import Store
from scanner.rules.comparison import Comparison
from scanner.rules.declaration import stores
from scanner.rules.drafting import Where, Words, called, finding, listed
from scanner.rules.remedies import quoted
from scanner.rules.vagueness import endless
from scanner.spelling import quoted as spelled
from scanner.taxonomy import taxonomy


class RetentionUndefined:
    """Data of a store for which the record gives no time limit.

    ## What it checks
    Data groups of declared stores that no `retention` covers. Criteria count as a limit unless
    they name none ("as long as necessary"). What a rule excludes is another question. Places that
    cannot be reached by design are left out. One finding for each store; low for stores that
    serve a processor's activities only, for which Art. 30 asks no time limit.

    ## Why it matters
    Without a limit nothing is ever too old, and people cannot be told how long data is kept.

    ## Example
    The logs of the voice service stand in no rule.

    ## How to resolve
    Agree on a period and on what starts it, and declare it (proposal below).
    """

    code = "R02"
    name = "retention-undefined"
    articles: tuple[str, ...] = ("30(1)(f)", "13(2)(a)")
    record_only = True

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store."""
        limits = comparison.limits
        for store in stores(comparison.declared):
            if store.reach == "none" or store.status == "ended":
                continue
            bare = _uncovered(comparison, limits, store)
            if bare:
                yield self._finding(comparison, store, bare)

    def _finding(
        self, comparison: Comparison, store: Store, bare: dict[str, tuple[str, ...]]
    ) -> Finding:
        names = {g.id: g.name or g.id for g in comparison.declared.groups(store.id)}
        parts = [
            f"{names[id_]} ({listed(map(called, left))})" if left else names[id_]
            for id_, left in bare.items()
        ]
        processor = comparison.declared.processor_only(store.id)
        behind = comparison.declared.activities(store.id)
        words = Words(
            title=f"No time limit is declared for data of {Where(store).words}: {listed(parts, 8)}"
            f"{_why(comparison, store)}",
            advice="Agree with the owner on a period and on what starts it, and declare it "
            "(proposal below); where none can be given, on criteria that name an event.",
            fix=_proposal(store, bare),
            articles=("28(3)(g)",) if processor else None,
            activity=behind[0].id if behind else "",
        )
        severity = Severity.LOW if processor else Severity.MEDIUM
        return finding(comparison, self, Where(store), severity, words, records=len(bare))


def _uncovered(comparison: Comparison, limits: Limits, store: Store) -> dict[str, tuple[str, ...]]:
    """Return the groups without a limit; with categories where only those of a group have none."""
    rules = [limit for limit in limits.of(store) if limit.rule.period or _limits(limit.words)]
    settled = {id_ for limit in rules for id_ in (*limit.categories, *limit.excluded)}
    out: dict[str, tuple[str, ...]] = {}
    for group in comparison.declared.groups(store.id):
        leaves = taxonomy().leaves(group.categories)
        if leaves:
            left = leaves - settled
            if left:
                out[group.id] = () if left == leaves else tuple(sorted(left))
        elif not settled:  # it lists nothing: any rule of the store may mean it
            out[group.id] = ()
    return out


def _why(comparison: Comparison, store: Store) -> str:
    """Say which criteria are there that give no limit."""
    vague = [
        f"{limit.rule.id}: {spelled(words)}"
        for limit in comparison.limits.of(store)
        if not limit.rule.period and (words := endless(limit.rule.criteria))
    ]
    return f" ({listed(vague)} gives none)" if vague else ""


def _limits(criteria: str) -> bool:
    return bool(criteria.strip()) and not endless(criteria)


def _proposal(store: Store, bare: dict[str, tuple[str, ...]]) -> str:
    groups = ", ".join(quoted(id_) for id_ in bare)
    return (
        "[[retention]]\n"
        f"id = {quoted(f'{store.id}_limit')}\n"
        f"stores = [{quoted(store.id)}]\n"
        f"groups = [{groups}]\n"
        'criteria = "to be decided"  # better: period = "P1Y" and the lines below\n'
        '# bound = "at_most"\n'
        '# starts = "record_creation"\n'
        '# then = "delete"\n'
    )
