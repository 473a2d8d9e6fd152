"""P02: data of production in a store that is not production."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from scanner.model import Confidence, Finding, Severity
from scanner.ropa.environments import is_production
from scanner.rules.comparison import Comparison, Matched, Spot
from scanner.rules.drafting import Where, Words, called, from_spots, listed

_LEAST = 20  # values in common; fewer may be those of the people who test
_Digests = Mapping[str, frozenset[int]]


class ProductionDataInTest:
    """The same people in production and in a store for tests.

    ## What it checks
    E-mail addresses, telephone, bank and national numbers that were found both in production and
    in a store whose environment is another (in the record, or in the configuration of its
    source): at least 20 different ones of a kind. Test domains (`settings.test_domains`), reserved
    values and mailboxes of roles do not count. Values are compared by digests with a key that is
    made for the scan; key and digests are kept in memory only, and never written. Of very many
    values a part is compared.

    ## Why it matters
    Test systems are open to more people and less guarded, and nobody expects to be in one.

    ## Example
    A staging copy of the user directory has the real e-mail addresses.

    ## How to resolve
    Delete the copy, or replace its data by invented or masked data; then mend what makes copies.
    """

    code = "P02"
    name = "production-data-in-test"
    articles: tuple[str, ...] = ("5(1)(b)", "5(1)(c)", "25", "32")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store or unmatched prefix that is not production."""
        origin = _by_place(at for at in comparison.assets if _produces(comparison, at))
        if not origin:
            return
        for where, assets, spots in _tests(comparison):
            mine = _joined(at.result.digests for at in assets)
            common = {
                id_: shared
                for id_, digests in mine.items()
                if len(shared := digests & _all(origin, id_)) >= _LEAST
            }
            if not common:
                continue
            copies = {at.path for at in assets if _holds(at.result.digests, common)}
            found = [spot for spot in spots if spot.holding.asset in copies]
            if found:
                yield self._finding(comparison, where, found, common, origin)

    def _finding(
        self,
        comparison: Comparison,
        where: Where,
        found: Sequence[Spot],
        common: _Digests,
        origin: Mapping[str, _Digests],
    ) -> Finding:
        same = [name for name, held in sorted(origin.items()) if _holds(held, common)]
        counts = ", ".join(
            f"{called(id_)} {len(shared):,}" for id_, shared in sorted(common.items())
        )
        words = Words(
            title=f"Data of production found in {where.words}: values in common with "
            f"{listed(same)}: {counts}",
            advice="Delete the copy or replace its data by invented or masked data, and mend what "
            "makes the copies.",
        )
        made = from_spots(comparison, self, where, found, Severity.HIGH, words)
        records = max(made.records, *(len(shared) for shared in common.values()))
        return replace(made, confidence=Confidence.CONFIRMED, records=records)


def _produces(comparison: Comparison, at: Matched) -> bool:
    status = comparison.status(at.path)
    environment = status.environment if status else ""
    return all(is_production(store, environment) for store in at.stores or (None,))


def _tests(
    comparison: Comparison,
) -> Iterator[tuple[Where, tuple[Matched, ...], tuple[Spot, ...]]]:
    """Yield what is not production: declared stores, and prefixes that nothing declares."""
    for id_, assets in comparison.by_store.items():
        mine = tuple(at for at in assets if at.result.digests and not _produces(comparison, at))
        if mine:
            spots = tuple(s for s in comparison.spots if s.store.id == id_)
            yield Where(comparison.declared.store(id_)), mine, spots
    for shadow in comparison.shadows:
        mine = tuple(
            at for at in shadow.assets if at.result.digests and not _produces(comparison, at)
        )
        if mine:
            yield Where(prefix=shadow.prefix, key=shadow.key), mine, shadow.spots


def _by_place(assets: Iterable[Matched]) -> dict[str, _Digests]:
    """Join the digests of production by store, or by source where nothing declares it."""
    out: dict[str, list[_Digests]] = defaultdict(list)
    for at in assets:
        if at.result.digests:
            name = at.stores[0].id if at.stores else at.result.asset.source
            out[name].append(at.result.digests)
    return {name: _joined(found) for name, found in out.items()}


def _joined(found: Iterable[_Digests]) -> dict[str, frozenset[int]]:
    out: dict[str, set[int]] = defaultdict(set)
    for digests in found:
        for id_, values in digests.items():
            out[id_] |= values
    return {id_: frozenset(values) for id_, values in out.items()}


def _all(origin: Mapping[str, _Digests], id_: str) -> frozenset[int]:
    return frozenset().union(*(digests.get(id_, frozenset()) for digests in origin.values()))


def _holds(digests: _Digests, common: _Digests) -> bool:
    return any(shared & digests.get(id_, frozenset()) for id_, shared in common.items())
