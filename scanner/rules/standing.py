"""How the record stands to what was found at one place."""

from collections.abc import Iterator
from enum import StrEnum

from scanner.model import Severity
from scanner.rules.comparison import Comparison, Spot
from scanner.rules.weights import category


class Standing(StrEnum):
    """Whether, and where, the category of a spot is declared."""

    HERE = "here"
    ABSORBED = "absorbed"  # by unbounded content or an open list
    ELSEWHERE = "elsewhere"
    NOWHERE = "nowhere"
    LEFT_OUT = "left_out"  # a business contact, to which the regime does not apply


def standing(comparison: Comparison, spot: Spot) -> Standing:
    """Tell how the record stands to a spot in a declared store."""
    if comparison.permits(spot):
        return Standing.HERE
    if _absorbed(comparison, spot):
        return Standing.ABSORBED
    if spot.holding.asset in comparison.business:
        return Standing.LEFT_OUT
    return Standing.ELSEWHERE if spot.category in comparison.categories else Standing.NOWHERE


def undeclared(comparison: Comparison, wanted: Standing) -> Iterator[Spot]:
    """Yield the spots of declared stores to which the record stands so."""
    return (spot for spot in comparison.spots if standing(comparison, spot) is wanted)


def _absorbed(comparison: Comparison, spot: Spot) -> bool:
    """Tell whether open content covers a spot: never an untouchable category that was seen.

    An open list covers its own kin up to weight medium, and what weighs nothing anyway. One without
    items covers what was there at the first look.
    """
    found = category(spot.category)
    if found.untouchable and not _named_only(spot):
        return False
    for store in spot.at.stores:
        if spot.holding.text and comparison.declared.unbounded(store.id):
            return True
        open_list = comparison.declared.open_to(store.id, spot.category)
        if open_list and not open_list.categories and _grown(comparison, spot):
            continue
        if open_list and found.weight.rank <= Severity.MEDIUM.rank:
            return True
        if found.weight is Severity.INFO and _leaves_open(comparison, store.id):
            return True
    return False


def _named_only(spot: Spot) -> bool:
    """Tell whether only the name of a file speaks of a special category: a hint, nothing seen."""
    special = category(spot.category).group == "special"
    return special and spot.holding.text and not (spot.holding.field or spot.holding.matched)


def _grown(comparison: Comparison, spot: Spot) -> bool:
    """Tell whether a category came after the first look at its asset, by the same detectors.

    "Any information" may mean what was there when somebody first looked, not what is added later.
    """
    past = comparison.past
    if past is None or dict(past.detectors) != dict(comparison.detectors):
        return False
    before = past.assets.get(spot.holding.asset)
    first = before.first if before else None
    return first is not None and spot.category not in first


def _leaves_open(comparison: Comparison, store: str) -> bool:
    return any(group.open_ended for group in comparison.declared.groups(store))
