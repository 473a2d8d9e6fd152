"""What can be said of one category in one store: found, not found, unseen, not reached."""

import functools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from scanner.model import Confidence, Method
from scanner.ropa.types import Store
from scanner.rules.comparison import Comparison, Matched, Spot
from scanner.rules.reach import was_read
from scanner.rules.weights import category, surest

_RULE_OF_THREE = 3  # no hit in n rows: at most 3/n of all rows, 95 times in 100


@dataclass(frozen=True, slots=True)
class Sight:
    """The state of a pair, in the words of :class:`scanner.model.Pair`."""

    state: str
    examined: int = 0  # values where found, rows where looked for
    bound: float | None = None
    matched: int = 0
    confidence: Confidence | None = None
    assets: tuple[Matched, ...] = ()  # where it was looked for


@dataclass(frozen=True)
class Sights:
    """Answers about the stores of one comparison; indexes are made once, hence not slotted."""

    comparison: Comparison

    @functools.cached_property
    def held(self) -> Mapping[tuple[str, str], tuple[Spot, ...]]:
        """Spots by store id and category, those with masked values only included."""
        out: dict[tuple[str, str], list[Spot]] = defaultdict(list)
        for spot in (*self.comparison.spots, *self.comparison.masked):
            for store in spot.at.stores:
                out[(store.id, spot.category)].append(spot)
        return {key: tuple(found) for key, found in out.items()}

    @functools.cached_property
    def _entities(self) -> Mapping[str, frozenset[str]]:
        """Entities with a hit in each store."""
        out: dict[str, set[str]] = defaultdict(set)
        for (store, _), spots in self.held.items():
            out[store] |= {spot.holding.entity for spot in spots if spot.holding.entity}
        return {store: frozenset(found) for store, found in out.items()}

    def categories(self, store: Store) -> tuple[str, ...]:
        """Return the categories declared for a store or found in it, sorted."""
        found = self._clear.get(store.id, frozenset())
        return tuple(sorted(found | self.comparison.declared.allowed(store.id)))

    @functools.cached_property
    def _clear(self) -> Mapping[str, frozenset[str]]:
        """Categories of which more than masked values were seen in each store."""
        out: dict[str, set[str]] = defaultdict(set)
        for (store, id_), spots in self.held.items():
            if not all(spot.masked for spot in spots):
                out[store].add(id_)
        return {store: frozenset(found) for store, found in out.items()}

    def of(self, store: Store, id_: str) -> Sight:
        """Say what is known of a category in a store."""
        spots = self.held.get((store.id, id_), ())
        if spots:
            return Sight(
                "found",
                examined=sum(spot.holding.examined for spot in spots),
                matched=sum(spot.holding.matched for spot in spots),
                confidence=surest(spots),
            )
        read = [a for a in self.comparison.by_store[store.id] if was_read(a)]
        if not read:
            return Sight("not_reached")
        return self._missing(store, id_, read)

    def _missing(self, store: Store, id_: str, read: list[Matched]) -> Sight:
        """Tell whether a category that was not found could have been."""
        meant = category(id_)
        entities = set(meant.entities)
        if meant.seen in ("N", "D") or not entities:
            return Sight("cannot_see")
        # The hits of a shared recognizer may be this category under a name that says nothing.
        if meant.seen != "C" and entities & self._entities.get(store.id, frozenset()):
            return Sight("cannot_see")
        looked = [a for a in read if entities & set(a.result.coverage.looked_for)]
        rows = sum(_rows(asset, entities) for asset in looked)
        if not rows:
            return Sight("cannot_see")
        every = len(looked) == len(self.comparison.by_store[store.id])
        exact = every and all(_whole(asset, entities) for asset in looked)
        bound = 0.0 if exact else min(1.0, _RULE_OF_THREE / rows)
        return Sight("looked_for", examined=rows, bound=bound, assets=tuple(looked))


def _rows(asset: Matched, entities: set[str]) -> int:
    """Return the rows in which all of these entities were looked for."""
    coverage = asset.result.coverage
    return min([coverage.rows, *(cells for name, cells in coverage.partly if name in entities)])


def _whole(asset: Matched, entities: set[str]) -> bool:
    coverage = asset.result.coverage
    partly = any(name in entities for name, _ in coverage.partly)
    return coverage.method is Method.WHOLE and not partly and not asset.result.gaps
