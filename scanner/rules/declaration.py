"""What rules ask of a record beyond :class:`scanner.ropa.declared.Declared`."""

from collections.abc import Iterable

from scanner.ropa.declared import Declared, in_force
from scanner.ropa.types import FieldRule, Site, Store
from scanner.taxonomy import taxonomy


def stores(declared: Declared) -> tuple[Store, ...]:
    """Return the stores that somebody stands by, in the order of the record."""
    return tuple(store for store in declared.ropa.stores if in_force(store))


def named(declared: Declared, store: Store) -> frozenset[str]:
    """Return the categories that a store itself names one by one, optional groups left out.

    Inherited ones (of what a backup backs up) and those meant by a whole group of the taxonomy
    are not expected in every store.
    """
    known = taxonomy().categories
    return frozenset(
        category
        for group in declared.groups(store.id)
        if group.id in store.data_groups and not group.optional
        for category in group.categories
        if category in known
    )


def owner(declared: Declared, store: Store) -> str:
    """Return who answers for a store: its system's owner, else that of an activity behind it."""
    owners = [declared.system(store.id).owner]
    owners += [activity.owner for activity in declared.activities(store.id)]
    return next((name for name in owners if name), "")


def measures(
    declared: Declared, store: Store, site: Site | None, rules: Iterable[FieldRule] = ()
) -> frozenset[str]:
    """Return the protection declared for a store, its system, a site and a field."""
    return (
        frozenset(store.measures)
        | frozenset(declared.system(store.id).measures)
        | frozenset(site.measures if site else ())
        | frozenset(rule.protected_by for rule in rules if rule.protected_by)
    )
