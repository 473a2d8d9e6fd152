"""What planning knows when it decides what to ask of one asset."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from scanner.model import Asset, Field
from scanner.ropa.childhood import expects_children
from scanner.ropa.declared import Declared, in_force
from scanner.ropa.limits import Limits
from scanner.ropa.residency import scattered
from scanner.ropa.types import Ropa, Store


@dataclass(frozen=True)
class Context:
    """One record, the day, and every listed asset by path. Not slotted: indexes are made once."""

    ropa: Ropa
    as_of: date
    assets: Mapping[str, Asset] = field(default_factory=dict)

    @functools.cached_property
    def declared(self) -> Declared:
        """Answers about the record."""
        return Declared(self.ropa)

    @functools.cached_property
    def limits(self) -> Limits:
        """Which retention rules bind a store."""
        return Limits(self.declared)

    @functools.cached_property
    def stores(self) -> Mapping[str, Store]:
        """The stores of the record by id."""
        return {store.id: store for store in self.ropa.stores}

    @functools.cached_property
    def hosts(self) -> tuple[tuple[str, str], ...]:
        """The host suffixes of declared parties, each with the id of its party; sorted."""
        named = ((h.strip().lower(), p.id) for p in self.ropa.parties for h in p.hosts)
        return tuple(sorted({item for item in named if item[0]}))

    @functools.cached_property
    def sorting(self) -> frozenset[str]:
        """The stores whose customers a residency rule sorts, by id."""
        systems = scattered(self.ropa)
        return frozenset(s.id for s in self.ropa.stores if s.residency and s.system in systems)

    @functools.cached_property
    def _reached(self) -> dict[str, tuple[Store, ...]]:
        return {}

    def reached(self, source: str) -> tuple[Store, ...]:
        """The stores whose access log may lie in a source, and which say whence it is expected.

        Drafts are left out.
        """
        if source not in self._reached:
            self._reached[source] = tuple(
                store
                for store in self.ropa.stores
                if store.access is not None
                and in_force(store)
                and self.declared.system(store.id).access_from
                and _may_lie_in(store.access.asset, source)
            )
        return self._reached[source]

    @functools.cached_property
    def childless(self) -> frozenset[str]:
        """The stores behind which no activity names children, by id."""
        mine = self.declared
        return frozenset(s.id for s in self.ropa.stores if not expects_children(mine, s))

    def in_source(self, template: str, source: str) -> Asset | None:
        """Find the asset that a path with ``{source}`` names, in the given source."""
        return self.assets.get(template.replace("{source}", source))


def _may_lie_in(glob: str, source: str) -> bool:
    """Tell whether a glob of assets may point into a source."""
    segment = glob.replace("{source}", source).partition("://")[2].partition("/")[0]
    literal = bool(segment) and not any(sign in segment for sign in "*?{,}")
    return segment == source if literal else True


def field_of(asset: Asset, name: str) -> Field | None:
    """Find a field of an asset by its name."""
    return next((field for field in asset.fields if field.name == name), None)


def midnight(day: date) -> datetime:
    """Return the first instant of a day, UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
