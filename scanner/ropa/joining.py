"""Blocks that amend others, joined to those: a record can be amended by appending alone.

A data group may name its stores and activities itself, an activity its systems, and an approval
names the drafts that somebody stands by. Nothing that a person wrote has to be rewritten.
"""

from collections.abc import Iterable
from dataclasses import replace

from scanner.ropa.types import Activity, DataGroup, Ropa, Store


def joined(ropa: Ropa) -> Ropa:
    """Return the record with each of these listed where it belongs, and the drafts approved."""
    return _approved(_used(_grouped(ropa)))


def _used(ropa: Ropa) -> Ropa:
    adding = [activity for activity in ropa.activities if activity.systems]
    if not adding:
        return ropa
    systems = tuple(
        replace(s, activities=_with(s.activities, (a for a in adding if s.id in a.systems)))
        for s in ropa.systems
    )
    activities = tuple(replace(activity, systems=()) for activity in ropa.activities)
    return replace(ropa, systems=systems, activities=activities)


def _grouped(ropa: Ropa) -> Ropa:
    adding = [group for group in ropa.data_groups if group.stores or group.activities]
    if not adding:
        return ropa
    stores = tuple(
        replace(s, data_groups=_with(s.data_groups, (g for g in adding if s.id in g.stores)))
        for s in ropa.stores
    )
    activities = tuple(
        replace(a, data_groups=_with(a.data_groups, (g for g in adding if a.id in g.activities)))
        for a in ropa.activities
    )
    groups = tuple(replace(group, stores=(), activities=()) for group in ropa.data_groups)
    return replace(ropa, stores=stores, activities=activities, data_groups=groups)


def _with(own: tuple[str, ...], more: Iterable[DataGroup | Activity]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*own, *(item.id for item in more))))


def _approved(ropa: Ropa) -> Ropa:
    if not ropa.approvals:
        return ropa
    stores = tuple(_stood_by(ropa, store) for store in ropa.stores)
    activities = tuple(_stood_by_activity(ropa, activity) for activity in ropa.activities)
    return replace(ropa, stores=stores, activities=activities, approvals=())


def _stood_by(ropa: Ropa, store: Store) -> Store:
    for approval in ropa.approvals:
        if store.id in approval.stores and store.status == "draft":
            by, on = approval.by, approval.on
            store = replace(store, status="active", approved_by=by, approved_on=on)
    return store


def _stood_by_activity(ropa: Ropa, activity: Activity) -> Activity:
    for approval in ropa.approvals:
        if activity.id in approval.activities and activity.status == "draft":
            by, on = approval.by, approval.on
            activity = replace(activity, status="active", approved_by=by, approved_on=on)
    return activity
