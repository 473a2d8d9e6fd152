"""What the record allows where: categories of stores, and the activities behind them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from scanner.ropa.types import Activity, DataGroup, Ropa, Store, System
from scanner.taxonomy import taxonomy


def in_force(block: Store | Activity) -> bool:
    """Tell whether a block counts: a draft never does, whoever approved it."""
    return block.status != "draft"


def members(ids: Iterable[str]) -> frozenset[str]:
    """Return the categories that a prohibition or exclusion of these ids means.

    Unlike a declaration, naming any group here means all of its categories, and ``*`` means all.
    """
    wanted, known = set(ids), taxonomy().categories
    if "*" in wanted:
        return frozenset(known)
    return frozenset(c.id for c in known.values() if c.id in wanted or c.group in wanted)


@dataclass(frozen=True, slots=True)
class Declared:
    """Answers about one record. Drafts are left out everywhere.

    Raises KeyError for the id of a store that does not exist.
    """

    ropa: Ropa
    _stores: Mapping[str, Store] = field(init=False, repr=False)
    _groups: Mapping[str, DataGroup] = field(init=False, repr=False)
    _systems: Mapping[str, System] = field(init=False, repr=False)
    _activities: Mapping[str, Activity] = field(init=False, repr=False)
    _leaves: Mapping[str, frozenset[str]] = field(init=False, repr=False)
    _allowed: dict[str, frozenset[str]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        ropa, set_ = self.ropa, object.__setattr__
        set_(self, "_stores", {store.id: store for store in ropa.stores})
        set_(self, "_groups", {group.id: group for group in ropa.data_groups})
        set_(self, "_systems", {system.id: system for system in ropa.systems})
        set_(self, "_activities", {a.id: a for a in ropa.activities if in_force(a)})
        leaves = {g.id: taxonomy().leaves(g.categories) for g in ropa.data_groups}
        set_(self, "_leaves", leaves)
        set_(self, "_allowed", {})

    def groups(self, store_id: str) -> tuple[DataGroup, ...]:
        """Return the data groups of a store, with those of the stores that it is a backup of."""
        found: dict[str, DataGroup] = {}
        self._collect(store_id, found, set())
        return tuple(found.values())

    def _collect(self, store_id: str, found: dict[str, DataGroup], seen: set[str]) -> None:
        store = self._stores[store_id]
        if store_id in seen or not in_force(store):
            return
        seen.add(store_id)
        for id_ in store.data_groups:
            found.setdefault(id_, self._groups[id_])
        for original in store.backup_of:
            self._collect(original, found, seen)

    def allowed(self, store_id: str) -> frozenset[str]:
        """Return the categories that are declared for a store."""
        if store_id not in self._allowed:
            leaves = [self._leaves[group.id] for group in self.groups(store_id)]
            self._allowed[store_id] = frozenset().union(*leaves)
        return self._allowed[store_id]

    def forbidden(self, store_id: str) -> frozenset[str]:
        """Return the categories that ``not_allowed`` of a store names."""
        return members(self._stores[store_id].not_allowed)

    def unbounded(self, store_id: str) -> tuple[DataGroup, ...]:
        """Return the groups of a store whose content may hold anything."""
        return tuple(group for group in self.groups(store_id) if group.unbounded)

    def open_to(self, store_id: str, category: str) -> DataGroup | None:
        """Return the open-ended group of a store ("etc.") that lists kin of a category.

        Kin are the categories of the same group of the taxonomy; a group that itemises nothing
        ("any information") is open to every category. Weight and the categories that
        are never absorbed are the caller's to check.
        """
        known = taxonomy().categories
        if category not in known:
            return None
        for group in self.groups(store_id):
            kin = {known[leaf].group for leaf in self._leaves[group.id]}
            named = kin | {id_ for id_ in group.categories if id_ in taxonomy().groups}
            if group.open_ended and (not group.categories or known[category].group in named):
                return group
        return None

    def stores(self, category: str) -> tuple[Store, ...]:
        """Return the stores for which a category is declared, in the order of the record."""
        return tuple(
            store
            for store in self.ropa.stores
            if in_force(store) and category in self.allowed(store.id)
        )

    def anywhere(self, category: str) -> bool:
        """Tell whether the record declares a category at all.

        A group that only drafts use does not count; one that nothing refers to does, as the
        record names it.
        """
        return any(category in self._leaves[group.id] for group in self._counted())

    def _counted(self) -> tuple[DataGroup, ...]:
        users: dict[str, list[bool]] = {}
        blocks: tuple[Store | Activity, ...] = (*self.ropa.stores, *self.ropa.activities)
        for block in blocks:
            for id_ in block.data_groups:
                users.setdefault(id_, []).append(in_force(block))
        return tuple(g for g in self.ropa.data_groups if any(users.get(g.id, (True,))))

    def declaring(self, category: str) -> tuple[DataGroup, ...]:
        """Return the data groups that declare a category, those of drafts left out."""
        return tuple(g for g in self._counted() if category in self._leaves[g.id])

    def activities(self, store_id: str, category: str = "") -> tuple[Activity, ...]:
        """Return the activities behind a store, or those that cover a category there.

        They are the activities of the store's system whose data groups the store shares. Without
        a category, and with no shared group, all activities of the system are returned.
        """
        system = self._systems.get(self._stores[store_id].system)
        ids = system.activities if system else ()
        behind = [self._activities[id_] for id_ in ids if id_ in self._activities]
        shared = {
            group.id
            for group in self.groups(store_id)
            if not category or category in self._leaves[group.id]
        }
        found = tuple(a for a in behind if shared & set(a.data_groups))
        return found if found or category else tuple(behind)

    def processor_only(self, store_id: str) -> bool:
        """Tell whether a store serves others only: all activities behind it are a processor's."""
        behind = self.activities(store_id)
        return bool(behind) and all(activity.role == "processor" for activity in behind)

    def store(self, store_id: str) -> Store:
        """Return a store by its id."""
        return self._stores[store_id]

    def system(self, store_id: str) -> System:
        """Return the system of a store."""
        return self._systems[self._stores[store_id].system]

    def uncovering(self) -> tuple[tuple[DataGroup, str], ...]:
        """Return the groups of the taxonomy that are declared but cover nothing.

        In some groups (``account``, ``special`` ...) every category must be named; a data group
        that names only such a group declares none of its categories.
        """
        groups = taxonomy().groups
        return tuple(
            (group, id_)
            for group in self.ropa.data_groups
            for id_ in group.categories
            if id_ in groups and not taxonomy().leaves((id_,))
        )
