"""Which retention rules bind a store, and for which categories."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scanner.ropa.declared import Declared, in_force, members
from scanner.ropa.periods import Period, add, cutoff, parse_period
from scanner.ropa.types import DataGroup, Hold, Retention, Selector, Store
from scanner.taxonomy import taxonomy

_NO_TIME = Period()


@dataclass(frozen=True, slots=True)
class Limit:
    """One retention rule as it binds one store.

    ``categories`` are those that it limits there. ``excluded`` are those that it leaves out and
    that no other rule of the store covers. Both are sorted.
    """

    rule: Retention
    categories: tuple[str, ...]
    excluded: tuple[str, ...] = ()

    @property
    def at_most(self) -> bool:
        """Tell whether data older than the period is past a limit; so it is without a bound."""
        return bool(self.rule.period) and self.rule.bound != "at_least"

    @property
    def at_least(self) -> bool:
        """Tell whether data must be kept until the period is over."""
        if not self.rule.period or self.rule.bound in ("", "at_most"):
            return False
        return self.rule.bound == "exactly" or bool(self.rule.legal_reason)

    @property
    def period(self) -> Period:
        """The period; nothing where the rule has none."""
        return parse_period(self.rule.period) if self.rule.period else _NO_TIME

    @property
    def grace(self) -> Period:
        """The time that is tolerated after the limit."""
        return parse_period(self.rule.grace) if self.rule.grace else _NO_TIME

    @property
    def words(self) -> str:
        """The limit for people: ``at most 90 days after account termination``."""
        if not self.rule.period:
            return self.rule.criteria or "no period"
        bound = (self.rule.bound or "at_most").replace("_", " ")
        start = f" after {self.rule.starts.replace('_', ' ')}" if self.rule.starts else ""
        grace = f", {self.grace.words} of grace" if self.rule.grace else ""
        return f"{bound} {self.period.words}{start}{grace}"

    def first_allowed(self, as_of: date) -> date:
        """Return the first start that is not past limit and grace on a day."""
        return cutoff(cutoff(as_of, self.grace), self.period)

    def first_kept(self, as_of: date) -> date:
        """Return the first start whose limit has not passed on a day; grace is no duty to keep."""
        return cutoff(as_of, self.period)

    def ends(self, start: date) -> date:
        """Return the last day on which data of this start may be kept, without grace."""
        return add(start, self.period)


class Limits:
    """Answers about the stores of one record. Drafts are bound by nothing."""

    def __init__(self, declared: Declared) -> None:
        self._declared = declared
        self._known: dict[str, tuple[Limit, ...]] = {}
        self._reach: dict[tuple[str, ...], tuple[str, ...]] = {}
        # Where to look for the rules about a store: by its id, by its groups, or everywhere.
        self._by_store: dict[str, list[int]] = defaultdict(list)
        self._by_group: dict[str, list[int]] = defaultdict(list)
        self._anywhere: list[int] = []
        for number, rule in enumerate(declared.ropa.retentions):
            chosen = rule.selector
            for id_ in chosen.stores:
                self._by_store[id_].append(number)
            for id_ in () if chosen.stores else chosen.groups:
                self._by_group[id_].append(number)
            if not chosen.stores and not chosen.groups:
                self._anywhere.append(number)

    def of(self, store: Store) -> tuple[Limit, ...]:
        """Return the retention rules that bind a store, in the order of the record."""
        if store.id not in self._known:
            self._known[store.id] = self._made(store) if in_force(store) else ()
        return self._known[store.id]

    def held(self, store: Store) -> tuple[tuple[Hold, frozenset[str]], ...]:
        """Return the holds on data of a store, with the categories that they keep."""
        pairs = ((hold, self._chosen(hold.selector, store)) for hold in self._declared.ropa.holds)
        return tuple((hold, kept) for hold, kept in pairs if kept)

    def _made(self, store: Store) -> tuple[Limit, ...]:
        rules = self._rules(store)
        out = []
        for rule, chosen in rules:
            left_out = members(rule.excludes)
            for other, covered in rules:
                if other is not rule and (other.period or other.criteria):
                    left_out -= covered - members(other.excludes)
            kept = tuple(sorted(chosen - members(rule.excludes)))
            if kept or left_out:
                out.append(Limit(rule, kept, tuple(sorted(left_out))))
        return tuple(out)

    def _rules(self, store: Store) -> list[tuple[Retention, frozenset[str]]]:
        """Return the rules about a store with what they choose there.

        What a backup only inherits is bound by the rules of the backup, where it has any: its
        copies end with the backup, whatever becomes of the original.
        """
        every = self._declared.ropa.retentions
        numbers = {*self._by_store.get(store.id, ()), *self._anywhere}
        for group in self._declared.groups(store.id):
            numbers.update(self._by_group.get(group.id, ()))
        candidates = (every[number] for number in sorted(numbers))
        found = [(rule, self._chosen(rule.selector, store)) for rule in candidates]
        mine = [item for item in found if item[1]]
        own = [item for item in mine if store.id in item[0].selector.stores]
        return own if own and store.backup_of else mine

    def _chosen(self, selector: Selector, store: Store) -> frozenset[str]:
        """Return the categories of a store that a selector means."""
        if selector.stores and store.id not in selector.stores:
            return frozenset()
        groups = self._declared.groups(store.id)
        if selector.groups:
            groups = tuple(group for group in groups if group.id in selector.groups)
            if not groups:
                return frozenset()
        reached = frozenset(self._reached(groups))
        if not selector.categories:
            return reached
        named = members(selector.categories)
        # Named for this very store, a category is meant whether or not a group declares it.
        return named if selector.stores and not selector.groups else named & reached

    def _reached(self, groups: Iterable[DataGroup]) -> tuple[str, ...]:
        """Return the categories of groups, with those that open ones may hold besides."""
        groups = tuple(groups)
        key = tuple(group.id for group in groups)
        if key not in self._reach:
            out: set[str] = set()
            for group in groups:
                out |= _content(group)
            self._reach[key] = tuple(sorted(out))
        return self._reach[key]


def _content(group: DataGroup) -> frozenset[str]:
    """Return what a group may hold: anything where it is unbounded, kin where its list is open."""
    known = taxonomy().categories
    if group.unbounded or (group.open_ended and not group.categories):
        return frozenset(known)
    leaves = taxonomy().leaves(group.categories)
    if not group.open_ended:
        return leaves
    kin = {known[id_].group for id_ in leaves}
    return leaves | {c.id for c in known.values() if c.group in kin and not c.untouchable}
