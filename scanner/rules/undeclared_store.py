"""I02: a place with personal data that no declared store matches."""

from collections.abc import Iterator

from scanner.model import Finding
from scanner.rules.comparison import Comparison, Shadow
from scanner.rules.drafting import Where, Words, called, from_spots, listed
from scanner.rules.remedies import CHECK_STORE, declare_shadow
from scanner.rules.weights import category, heaviest, strong


class UndeclaredStore:
    """A place with personal data that nothing in the record matches.

    ## What it checks
    Assets with personal data that no store's globs match, reported once for the highest part of
    their path that holds nothing declared: the source, a database, a schema, a folder. Numbered
    tenants and partitions, and copies of the same shape, are one finding. A draft matches nothing.
    The severity is that of the heaviest category, one step up in logs, non-production and shared
    places.

    ## Why it matters
    What nobody declared, nobody protects, erases or finds when a person asks for their data.

    ## Example
    A copy of the customers stands in a database called `marketing_leads`.

    ## How to resolve
    Find who runs it and for what. Declare it as a store, or remove it.
    """

    code = "I02"
    name = "undeclared-store"
    articles: tuple[str, ...] = ("30(1)", "5(2)", "24", "32")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each shadow."""
        for shadow in comparison.shadows:
            sure = strong(shadow.spots)
            held = sorted(
                {spot.category for spot in sure},
                key=lambda id_: (-category(id_).weight.rank, id_),
            )
            drafts = sorted({asset.draft for asset in shadow.assets if asset.draft})
            words = Words(
                title=f"{listed(map(called, held))}: found in {shadow.prefix}, "
                f"which no declared store matches{_drafted(drafts)}",
                advice=_advice(drafts),
                fix="" if drafts else declare_shadow(comparison, shadow),
                children=_children(shadow),
            )
            where = Where(prefix=shadow.prefix, key=shadow.key)
            weight = heaviest(comparison, shadow.spots)
            yield from_spots(comparison, self, where, shadow.spots, weight, words)


def _children(shadow: Shadow) -> tuple[str, ...]:
    """Name the assets with something at least probable; if there is none, all of them."""
    return tuple(sorted({spot.holding.asset for spot in strong(shadow.spots)}))


def _drafted(drafts: list[str]) -> str:
    return f" (only the draft {listed(drafts)} would)" if drafts else ""


def _advice(drafts: list[str]) -> str:
    if drafts:
        return f"Check and approve the draft of {listed(drafts)}, or remove the data."
    return CHECK_STORE
