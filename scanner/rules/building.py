"""From a record and the inventory to a :class:`Comparison`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from scanner.model import AssetResult, Holding, Inventory, Past, place
from scanner.ropa.declared import Declared
from scanner.ropa.matching import Matcher, answers_for
from scanner.ropa.tables import tables
from scanner.ropa.types import Ropa
from scanner.rules.comparison import Comparison, Matched, Spot
from scanner.rules.corrections import correct
from scanner.rules.shadows import shadows

_PASSWORDS = frozenset({"password_plaintext", "password_hash"})


def comparisons(
    inventory: Inventory,
    ropas: Sequence[Ropa],
    as_of: date,
    past: Past | None = None,
    detectors: Mapping[str, str] | None = None,
) -> tuple[Comparison, ...]:
    """Build one comparison for each record, each knowing what the others declare."""
    sides = [_Side(ropa, Declared(ropa), Matcher(ropa)) for ropa in ropas]
    built = (_build(number, sides, inventory, as_of) for number in range(len(sides)))
    return tuple(replace(one, past=past, detectors=detectors or {}) for one in built)


@dataclass(frozen=True, slots=True)
class _Side:
    """A record ready to be matched."""

    ropa: Ropa
    declared: Declared
    matcher: Matcher

    def declares(self, path: str, source: str) -> bool:
        """Tell whether this record knows of an asset, be it to leave it out."""
        if not answers_for(self.ropa, source):
            return False
        match = self.matcher.match(path)
        return bool(match.store or match.ambiguous or match.excluded_by)


def _build(number: int, sides: Sequence[_Side], inventory: Inventory, as_of: date) -> Comparison:
    side = sides[number]
    restricted = _restricted(inventory, side.ropa, first=number == 0)
    corrected = correct(restricted, side.ropa, side.matcher)
    mine = corrected.inventory
    assets = tuple(_matched(result, number, sides) for result in mine.results)
    spots, masked = _spots(assets, side)
    return Comparison(
        ropa=side.ropa,
        as_of=as_of,
        inventory=mine,
        declared=side.declared,
        matcher=side.matcher,
        tables=tables(),
        assets=assets,
        spots=tuple(spot for spot in spots if spot.at.stores),
        shadows=shadows(assets, tuple(spot for spot in spots if spot.at.unknown)),
        masked=masked,
        corrections=corrected.corrections,
    )


def _restricted(inventory: Inventory, ropa: Ropa, *, first: bool) -> Inventory:
    """Keep the sources that a record answers for; what no source has alone goes to the first."""
    return Inventory(
        tuple(s for s in inventory.sources if answers_for(ropa, s.name)),
        tuple(r for r in inventory.results if answers_for(ropa, r.asset.source)),
        tuple(g for g in inventory.gaps if _about(g.source, ropa, first=first)),
        tuple(o for o in inventory.omissions if answers_for(ropa, o.source)),
    )


def _about(source: str, ropa: Ropa, *, first: bool) -> bool:
    return answers_for(ropa, source) if source else first


def _matched(result: AssetResult, number: int, sides: Sequence[_Side]) -> Matched:
    path, source = result.asset.path, result.asset.source
    match = sides[number].matcher.match(path)
    if match.ambiguous:
        return Matched(result, match.ambiguous)
    if match.store is not None:
        return Matched(result, (match.store,), match.site)
    if match.excluded_by:
        return Matched(result, excluded_by=match.excluded_by)
    return Matched(
        result,
        other=_told_elsewhere(path, source, number, sides),
        draft=match.draft.id if match.draft else "",
    )


def _told_elsewhere(path: str, source: str, number: int, sides: Sequence[_Side]) -> bool:
    """Tell whether another record declares an asset, or an earlier one reports it unmatched."""
    if any(answers_for(side.ropa, source) for side in sides[:number]):
        return True
    return any(side.declares(path, source) for side in sides[number + 1 :])


def _spots(assets: Sequence[Matched], side: _Side) -> tuple[tuple[Spot, ...], tuple[Spot, ...]]:
    """Return the spots that count, and those with masked values only."""
    kept: list[Spot] = []
    masked: list[Spot] = []
    for at in assets:
        if not at.stores and not at.unknown:
            continue
        for holding in at.result.holdings:
            spot = _spot(holding, at, side)
            (masked if spot.masked else kept).append(spot)
    return tuple(kept), tuple(masked)


def _spot(holding: Holding, at: Matched, side: _Side) -> Spot:
    path = place(holding.asset, holding.field)
    rules = tuple(rule for store in at.stores for rule in side.matcher.field_rules(store, path))
    settled = any(rule.must_be == holding.category for rule in rules)
    if at.stores and not settled:
        holding = _known_password(holding, at, side.declared)
    return Spot(holding, at, rules)


def _known_password(holding: Holding, at: Matched, declared: Declared) -> Holding:
    """Read a password field known by name only as the kind of password the store declares."""
    if holding.category not in _PASSWORDS or holding.matched:
        return holding
    meant = _PASSWORDS.intersection(*(declared.allowed(store.id) for store in at.stores))
    if meant and holding.category not in meant:
        return replace(holding, category=min(meant))
    return holding
