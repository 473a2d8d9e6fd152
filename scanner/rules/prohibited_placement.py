"""P01: what a prohibition of the record keeps out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scanner.model import Finding, Severity
from scanner.ropa.declared import members
from scanner.ropa.types import Prohibit
from scanner.rules.comparison import Comparison, Spot
from scanner.rules.drafting import Where, Words, called, from_spots
from scanner.rules.remedies import REMOVE
from scanner.rules.weights import category, heaviest, strong

# Declared measures that make what only a field's name shows count as protected.
_MEASURES = {
    "hashed": frozenset({"hashing"}),
    "encrypted": frozenset({"field_encryption", "key_encryption"}),
    "masked": frozenset({"masking"}),
}
_HASHES = frozenset({"password_hash"})


@dataclass(frozen=True, slots=True)
class _Ban:
    """One prohibition, wherever it is written. ``all`` tells that it names every category."""

    id: str
    categories: frozenset[str]
    all: bool
    severity: Severity | None
    unless: str
    reason: str
    line: str
    block: Prohibit | None = None


class ProhibitedPlacement:
    """Personal data where the record itself says that it must not be.

    ## What it checks
    Categories found in a place that a `prohibit` block or the `not_allowed` list of a store
    names. `unless` lets through what is masked, hashed, encrypted (by the shape of the values or
    by a declared measure of the field) or synthetic (values reserved for tests). The severity is
    the prohibition's own, else one step above the category's weight. A prohibition of every
    category (`"*"`) gives one finding for each store.

    ## Why it matters
    The organisation wrote this rule for itself; breaking it is either a leak or a wrong rule.

    ## Example
    `no_cards_in_logs` keeps card numbers out of logs, and a log holds one.

    ## How to resolve
    Remove the data and what writes it; or change the prohibition if it no longer holds.
    """

    code = "P01"
    name = "prohibited-placement"
    articles: tuple[str, ...] = ("5(1)(f)", "25", "32")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store, prohibition and category."""
        for block in comparison.ropa.prohibits:
            ban = _Ban(
                block.id,
                members(block.categories),
                "*" in block.categories,
                Severity(block.severity) if block.severity else None,
                block.unless,
                block.reason,
                str(block.origin),
                block,
            )
            spots = [spot for spot in _within(comparison, ban) if _covers(comparison, ban, spot)]
            yield from self._banned(comparison, ban, spots)
        yield from self._not_allowed(comparison)

    def _not_allowed(self, comparison: Comparison) -> Iterator[Finding]:
        for id_, assets in comparison.by_store.items():
            forbidden = comparison.declared.forbidden(id_)
            if forbidden and assets:
                store = comparison.declared.store(id_)
                ban = _Ban(
                    "not_allowed",
                    forbidden,
                    "*" in store.not_allowed,
                    None,
                    "",
                    "",
                    f"{store.origin}, not_allowed",
                )
                held = (comparison.held.get((id_, category), ()) for category in sorted(forbidden))
                spots = [spot for found in held for spot in found if spot.store.id == id_]
                yield from self._banned(comparison, ban, spots)

    def _banned(
        self, comparison: Comparison, ban: _Ban, spots: Iterable[Spot]
    ) -> Iterator[Finding]:
        found = [(spot.store, spot.category, spot) for spot in spots]
        keys = sorted({(store.id, "" if ban.all else id_) for store, id_, _ in found})
        for store_id, id_ in keys:
            mine = [s for store, c, s in found if store.id == store_id and id_ in ("", c)]
            where = Where(mine[0].store)
            what = called(id_) if id_ else "Personal data"
            reason = f" ({ban.reason})" if ban.reason else ""
            words = Words(
                title=f"{what}: found in {where.words}, where {ban.id} keeps it out{reason}",
                advice=f"{REMOVE} If the prohibition no longer holds, change it in the record.",
                declared=ban.line,
                category=id_,
                qualifier=ban.id,
            )
            severity = ban.severity or _one_step_up(comparison, mine)
            yield from_spots(comparison, self, where, mine, severity, words)


def _one_step_up(comparison: Comparison, spots: Iterable[Spot]) -> Severity:
    """Weigh a breach whose prohibition states no severity: one step above the category.

    An exposed place gives that step already; there is no second one.
    """
    found = strong(spots)
    weight = max((category(spot.category).weight for spot in found), key=lambda s: s.rank)
    base = heaviest(comparison, found)
    return base if base.rank > weight.rank else weight.up()


def _within(comparison: Comparison, ban: _Ban) -> Iterable[Spot]:
    """Return the spots of the categories and stores that a prohibition names, each once."""
    named = ban.block.where.stores if ban.block is not None else ()
    places = named or tuple(comparison.by_store)
    keys = ((store, id_) for store in places for id_ in sorted(ban.categories))
    found = (spot for key in keys for spot in comparison.held.get(key, ()))
    return {id(spot): spot for spot in found}.values()


def _covers(comparison: Comparison, ban: _Ban, spot: Spot) -> bool:
    """Tell whether a prohibition holds at a spot."""
    if spot.category not in ban.categories or _lets_through(ban.unless, spot):
        return False
    if ban.all and category(spot.category).weight is Severity.INFO:
        return False  # a country or a setting is not what "all personal data" is about
    return ban.block is not None and any(
        _in_place(comparison, ban.block, spot, number) for number in range(len(spot.at.stores))
    )


def _in_place(comparison: Comparison, block: Prohibit, spot: Spot, number: int) -> bool:
    """Tell whether a store lies where a prohibition holds; its parts are joined by *and*."""
    store, where = spot.at.stores[number], block.where
    status = comparison.status(spot.holding.asset)
    environments = {store.environment, status.environment if status else ""}
    return (
        (not where.stores or store.id in where.stores)
        and (not where.store_kinds or store.kind in where.store_kinds)
        and (not where.systems or store.system in where.systems)
        and (not where.environments or bool(environments & set(where.environments)))
        and (not where.regions or _region(comparison, spot) in where.regions)
    )


def _region(comparison: Comparison, spot: Spot) -> str:
    site = spot.at.site
    if site is None:
        return ""
    return site.region or comparison.tables.region_of(site.country, comparison.as_of)


def _lets_through(unless: str, spot: Spot) -> bool:
    """Tell whether the values are what the prohibition excepts, by their shape.

    Where no value was seen, a declared measure of the field is believed.
    """
    if unless == "synthetic":
        return spot.harmless
    if unless == "hashed" and spot.category in _HASHES:
        return True
    if spot.readable:
        return bool(unless) and spot.holding.marked(unless) >= spot.holding.matched
    declared = {rule.protected_by for rule in spot.rules}
    return bool(_MEASURES.get(unless, frozenset()) & declared)
