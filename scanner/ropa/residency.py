"""Residency rules: their small language, the version of a day, and the region of a customer."""

import functools
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from scanner.ropa.declared import in_force
from scanner.ropa.tables import Tables
from scanner.ropa.types import Residency, ResidencyVersion, Ropa, Site, Store

_CONDITION = re.compile(r"(country)\s+in\s+(.+)|(order_entity)\s*==\s*(\S+)")
UNKNOWN = ("", "?")  # nothing there; something that is no known code

Inside = Callable[[str, str], bool | None]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a branch: ``subject`` is ``country`` or ``order_entity``."""

    subject: str
    values: tuple[str, ...]  # country and region codes, or one id of a party or organisation


@dataclass(frozen=True, slots=True)
class Decision:
    """The region of a customer, or what keeps it from being known.

    ``open`` is then ``country``, ``order_entity``, ``agreement`` or ``branch`` (none applies).
    """

    region: str = ""
    open: str = ""


@functools.lru_cache(maxsize=1024)
def conditions(when: str) -> tuple[Condition, ...]:
    """Read the conditions of a branch, all of which must hold.

    Raise ValueError, with a sentence for a person, for anything else.
    """
    out = []
    for part in re.split(r"\s+and\s+", when.strip()):
        match = _CONDITION.fullmatch(part.strip())
        values = _values((match[2] or match[4]) if match else "")
        if match is None or not values:
            raise ValueError(
                'a condition is written "country in EU", "country in US, MX" or '
                '"order_entity == id", joined by "and"'
            )
        out.append(Condition(match[1] or match[3], values))
    return tuple(out)


def _values(text: str) -> tuple[str, ...]:
    inner = text.strip().strip("[](){}")
    return tuple(part for raw in inner.split(",") if (part := raw.strip().strip("\"'")))


def version_on(rule: Residency, day: date) -> ResidencyVersion | None:
    """Return the version in force on a day."""
    found = (v for v in rule.versions if v.effective <= day <= (v.until or date.max))
    return next(found, None)


def turns(rule: Residency) -> tuple[date, ...]:
    """Return the days on which a version begins, or ends without another, sorted."""
    days = {version.effective for version in rule.versions}
    ends = (v.until for v in rule.versions if v.until is not None and v.until < date.max)
    return tuple(sorted(days | {end + timedelta(days=1) for end in ends}))


def needs(rule: Residency) -> frozenset[str]:
    """Return what the branches of any version look at: ``country``, ``order_entity``."""
    texts = (branch.when for version in rule.versions for branch in version.branches)
    return frozenset(part.subject for text in texts if text for part in conditions(text))


def region_for(
    version: ResidencyVersion, country: str, entity: str, agreement: str, inside: Inside
) -> Decision:
    """Return the region that a version gives a customer: the agreement's, else the first branch's.

    What is not known (:data:`UNKNOWN`) leaves the region open only where it makes a difference.
    """
    if agreement:
        return Decision(open="agreement") if agreement == "?" else Decision(agreement)
    known = {"country": country, "order_entity": entity}
    regions: set[str] = set()
    unknown = ""
    for branch in version.branches:
        parts = conditions(branch.when) if branch.when else ()
        holds = {part.subject: _holds(part, known[part.subject], inside) for part in parts}
        if False in holds.values():
            continue
        regions.add(branch.region)
        open_ = next((subject for subject, state in holds.items() if state is None), "")
        unknown = unknown or open_
        if not open_:
            break
    else:
        return Decision(open=unknown or "branch")
    return Decision(regions.pop()) if len(regions) == 1 else Decision(open=unknown)


def _holds(part: Condition, value: str, inside: Inside) -> bool | None:
    """Tell whether a condition holds for a value; None when that cannot be known."""
    if value in UNKNOWN:
        return None
    if part.subject == "order_entity":
        return value in part.values
    states = {inside(value, place) for place in part.values}
    return True if True in states else None if None in states else False


def inside_on(tables: Tables, day: date, *, us_territories: bool) -> Inside:
    """Return how to tell, for a day, whether a place lies in another.

    The answer is None for a place that is wider than the other (``CA`` and ``CA-QC``).
    """

    def inside(place: str, other: str) -> bool | None:
        if tables.inside(place, other, day, us_territories=us_territories):
            return True
        return None if tables.inside(other, place, day, us_territories=us_territories) else False

    return inside


def place_of(site: Site | None, inside: Inside) -> str:
    """Return where a site lies, as closely as the record says; empty when it does not."""
    if site is None:
        return ""
    if site.country and site.region and inside(site.country, site.region) is not True:
        return site.region
    return site.country or site.region


def in_scope(ropa: Ropa, store: Store) -> bool:
    """Tell whether a residency rule can mean a store: its system lies in more than one place."""
    return bool(store.residency) and store.system in scattered(ropa)


def scattered(ropa: Ropa) -> frozenset[str]:
    """Return the systems whose stores lie in more than one place, by id. Drafts do not count."""
    places: dict[str, set[str]] = defaultdict(set)
    for store in ropa.stores:
        if in_force(store):
            stated = (site.country or site.region for site in store.sites)
            places[store.system].update(place for place in stated if place)
    return frozenset(system for system, found in places.items() if len(found) > 1)
