"""One record against the inventory: what every rule is given."""

import functools
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from scanner.model import (
    AssetResult,
    Correction,
    Holding,
    Inventory,
    Past,
    Path,
    SourceStatus,
    place,
)
from scanner.ropa.declared import Declared, in_force
from scanner.ropa.limits import Limits
from scanner.ropa.matching import Matcher
from scanner.ropa.tables import Tables
from scanner.ropa.types import FieldRule, Ropa, Site, Store, System
from scanner.rules.business_contacts import business_assets
from scanner.taxonomy import taxonomy

T = TypeVar("T")

# When these regimes began to apply; before that day none of their articles is cited.
_BEGAN = {"eu_gdpr": date(2018, 5, 25), "uk_gdpr": date(2021, 1, 1)}
_LAWS = {"eu_gdpr": "GDPR", "uk_gdpr": "UK GDPR"}


@dataclass(frozen=True, slots=True)
class Matched:
    """One asset as the record sees it.

    ``stores`` holds one store; several when they claim the asset equally; none when nothing in the
    record matches. ``other`` tells that another record declares the asset.
    """

    result: AssetResult
    stores: tuple[Store, ...] = ()
    site: Site | None = None
    excluded_by: str = ""
    other: bool = False
    draft: str = ""  # id of the draft store that would match

    @property
    def path(self) -> str:
        """The path of the asset."""
        return self.result.asset.path

    @property
    def unknown(self) -> bool:
        """Tell whether nothing declares the asset, here or in another record."""
        return not (self.stores or self.excluded_by or self.other)


@dataclass(frozen=True, slots=True)
class Spot:
    """One holding as the record sees it: corrected, with what the record says of its field."""

    holding: Holding
    at: Matched
    rules: tuple[FieldRule, ...] = ()  # what the record says of this field

    @property
    def category(self) -> str:
        """The category held."""
        return self.holding.category

    @property
    def path(self) -> str:
        """The path of the asset with the field."""
        return place(self.holding.asset, self.holding.field)

    @property
    def store(self) -> Store:
        """The declared store; of several that claim the asset, the first by id."""
        return self.at.stores[0]

    @property
    def readable(self) -> bool:
        """Tell whether values were seen in clear; a name alone shows none."""
        return self.holding.matched > 0

    @property
    def harmless(self) -> bool:
        """Tell whether every value seen is reserved for tests or names nobody."""
        return self.holding.matched > 0 and self.holding.telling == 0

    @property
    def masked(self) -> bool:
        """Tell whether the values were seen, all of them masked."""
        return self.holding.matched == 0 and self.holding.marked("masked") > 0


@dataclass(frozen=True, slots=True)
class Shadow:
    """The highest prefix that nothing in the record matches, with what was found below it."""

    prefix: str
    key: str  # stable over new partitions and copies: goes into the fingerprint
    globs: tuple[str, ...]
    assets: tuple[Matched, ...]
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class Comparison:
    """A record, what was found in the sources it answers for, and how the two meet.

    Not slotted: what several rules need is computed once, on first use.
    """

    ropa: Ropa
    as_of: date
    inventory: Inventory  # corrected, and only the sources that the record answers for
    declared: Declared
    matcher: Matcher
    tables: Tables
    assets: tuple[Matched, ...] = ()
    spots: tuple[Spot, ...] = ()  # in declared stores
    shadows: tuple[Shadow, ...] = ()
    masked: tuple[Spot, ...] = ()  # masked values only: seen, and left in peace
    corrections: tuple[Correction, ...] = ()  # of the record: applied before the spots were made
    past: Past | None = None  # the scan before, where there is a history
    detectors: Mapping[str, str] = field(default_factory=dict)  # of this scan
    _made: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @functools.cached_property
    def limits(self) -> Limits:
        """The retention rules that bind each store."""
        return Limits(self.declared)

    @functools.cached_property
    def keeping(self) -> Mapping[str, frozenset[str]]:
        """The ids of the stores that list each data group themselves."""
        out: dict[str, set[str]] = defaultdict(set)
        for store in self.ropa.stores:
            for group in store.data_groups:
                out[group].add(store.id)
        return {group: frozenset(found) for group, found in out.items()}

    @functools.cached_property
    def serving(self) -> Mapping[str, tuple[System, ...]]:
        """The systems of each activity."""
        out: dict[str, list[System]] = defaultdict(list)
        for system in self.ropa.systems:
            for activity in system.activities:
                out[activity].append(system)
        return {activity: tuple(found) for activity, found in out.items()}

    @functools.cached_property
    def within(self) -> Mapping[str, tuple[Store, ...]]:
        """The stores of each system, drafts included."""
        out: dict[str, list[Store]] = defaultdict(list)
        for store in self.ropa.stores:
            out[store.system].append(store)
        return {system: tuple(found) for system, found in out.items()}

    @functools.cached_property
    def sources(self) -> Mapping[str, SourceStatus]:
        """How each source was met, by name."""
        return {status.name: status for status in self.inventory.sources}

    @functools.cached_property
    def business(self) -> frozenset[str]:
        """The assets of declared stores that hold only what the regime leaves out: contacts."""
        declared = (asset.result for asset in self.assets if asset.stores)
        return business_assets(declared, self.ropa.organisation.regimes, self.as_of)

    @functools.cached_property
    def by_store(self) -> Mapping[str, tuple[Matched, ...]]:
        """The assets of each declared store."""
        out: dict[str, list[Matched]] = {s.id: [] for s in self.ropa.stores if in_force(s)}
        for asset in self.assets:
            for store in asset.stores:
                out[store.id].append(asset)
        return {id_: tuple(found) for id_, found in out.items()}

    @functools.cached_property
    def held(self) -> Mapping[tuple[str, str], tuple[Spot, ...]]:
        """The spots of declared stores by store and category, under each store that claims one."""
        out: dict[tuple[str, str], list[Spot]] = {}
        for spot in self.spots:
            for store in spot.at.stores:
                out.setdefault((store.id, spot.category), []).append(spot)
        return {key: tuple(found) for key, found in out.items()}

    def once(self, make: "Callable[[Comparison], T]") -> T:
        """Return what a function makes of this comparison; it is made once."""
        if make not in self._made:
            self._made[make] = make(self)
        found: T = self._made[make]
        return found

    @functools.cached_property
    def categories(self) -> frozenset[str]:
        """The categories that the record declares for any store, or in any data group."""
        declares = self.declared
        return frozenset(
            id_ for id_ in taxonomy().categories if declares.anywhere(id_) or declares.stores(id_)
        )

    @functools.cached_property
    def laws(self) -> tuple[str, ...]:
        """The regimes of the organisation whose articles may be cited at the date.

        A record that names none is read as under the regime of its country; without a country as
        under the GDPR.
        """
        regimes = self.ropa.organisation.regimes
        if not regimes:
            country = self.ropa.organisation.country
            regimes = ("uk_gdpr",) if country.startswith("GB") else ("eu_gdpr",)
        if "uk_gdpr" in regimes and self.as_of < _BEGAN["uk_gdpr"]:
            regimes = (*regimes, "eu_gdpr")  # until its own text applied
        return tuple(law for law, day in _BEGAN.items() if law in regimes and self.as_of >= day)

    def cite(self, articles: Sequence[str]) -> tuple[str, ...]:
        """Name articles to read: ``30(1)(c)`` becomes ``GDPR Art. 30(1)(c)``.

        None is named for an organisation outside these regimes, nor before the regime applied.
        """
        if not self.laws:
            return ()
        return tuple(f"{_LAWS[self.laws[0]]} Art. {article}" for article in articles)

    def permits(self, spot: Spot) -> bool:
        """Tell whether the record declares the category at this very place."""
        if any(rule.must_be == spot.category for rule in spot.rules):
            return True
        return any(spot.category in self.declared.allowed(s.id) for s in spot.at.stores)

    def status(self, path: str) -> SourceStatus | None:
        """Return how the source of a path was met."""
        return self.sources.get(Path.parse(path).source)
