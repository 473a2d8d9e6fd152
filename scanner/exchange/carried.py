"""What a foreign format cannot carry: counted from the record itself, never assumed away.

Each format names the fields that it carries. Every other field that an entry of the record fills
in is a loss, and every export lists its losses.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from scanner.exchange import toml
from scanner.ropa.types import Ropa


def _fields(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ACTIVITY: Final = _fields(
    """activity.purposes activity.processing activity.on_behalf_of activity.legal_basis
    activity.data_subjects activity.data_groups activity.recipients activity.transfers
    activity.role"""
)
_COMMON: Final = _ACTIVITY | _fields(
    """organisation.name organisation.address organisation.email organisation.phone
    organisation.dpo organisation.representative organisation.joint_controllers
    party.name party.kind party.country party.contract data_group.name data_group.categories
    system.measures retention.groups retention.categories retention.period retention.bound
    retention.starts retention.criteria retention.then retention.excludes
    transfer.to transfer.mechanism transfer.reference"""
)
CARRIED: Final[Mapping[str, frozenset[str]]] = {
    "ico": _COMMON
    | _fields(
        """activity.name activity.department activity.special_condition activity.legitimate_interest
        activity.lia activity.rights activity.automated_decisions activity.source activity.dpia
        activity.consent_record activity.breach_log activity.schedule1_condition activity.contract
        """
    ),
    "cnil": _COMMON
    | _fields(
        """activity.name activity.created activity.reviewed organisation.country system.name
        system.activities transfer.importer"""
    ),
    "fides": _ACTIVITY
    | _fields(
        """organisation.name organisation.address organisation.email organisation.phone
        organisation.dpo organisation.representative organisation.joint_controllers party.name
        party.kind data_group.categories activity.name activity.department activity.lia
        activity.special_condition activity.dpia activity.automated_decisions system.name
        system.activities system.measures store.system store.kind store.name store.data_groups
        retention.groups retention.period retention.bound retention.starts retention.criteria
        retention.then"""
    ),
    "dpv": _COMMON
    | _fields(
        """activity.name activity.department activity.special_condition activity.legitimate_interest
        activity.rights activity.automated_decisions activity.source activity.dpia activity.created
        activity.reviewed activity.status organisation.country party.contact system.name
        system.hosting system.countries system.activities store.name store.system store.data_groups
        store.measures store.site retention.name transfer.from transfer.name transfer.exporter
        transfer.importer transfer.data_groups"""
    ),
    "flows": _fields(
        """party.name party.country party.receives data_group.categories store.name
        store.data_groups store.site store.system system.name system.activities system.operator
        activity.recipients
        transfer.to transfer.from transfer.data_groups"""
    ),
}
"""Format -> fields of the record that it carries, at least in words."""

# Entries that hold what is no part of a register; they are named by their table alone.
_OWN: Final = ("settings", "prohibit", "notice", "hold", "approval", "accept", "residency")
_NEVER: Final = frozenset({"id", "note"})
_SPECIAL: Final[Mapping[str, str]] = {
    "ico": "The template has no column for systems: measures stand with the activity. Its sheet "
    "for processors has none for categories, individuals, recipients, limits and legal bases.",
    "fides": "A system that serves as controller and as processor is read back as controller; "
    "data_use is chosen by the words of the purposes, which stay in the name only.",
    "dpv": "Contracts are not written; residency stands as a remark on the storage.",
}


def losses(ropa: Ropa, name: str) -> tuple[str, ...]:
    """Return one sentence for each field of the record that a format does not carry."""
    carried = CARRIED.get(name)
    if carried is None:
        return ()
    out = [_SPECIAL[name]] if name in _SPECIAL else []
    for field, ids in _filled(ropa).items():
        if field not in carried:
            shown = ", ".join(ids[:5]) + (f" and {len(ids) - 5} more" if len(ids) > 5 else "")
            out.append(f"{field} ({len(ids)}): {shown}")
    return tuple(out)


def _filled(ropa: Ropa) -> Mapping[str, list[str]]:
    """Return the fields that entries fill in, with the ids of these entries."""
    out: dict[str, list[str]] = {}
    for table, entries in _entries(ropa):
        for entry in entries:
            content = toml.mapping(entry)
            id_ = str(content.get("id", content.get("finding", table)))
            if table in _OWN:
                out.setdefault(table, []).append(id_)
                continue
            for key in content:
                if key not in _NEVER:
                    out.setdefault(f"{table}.{key}", []).append(id_)
    return out


def _entries(ropa: Ropa) -> Iterable[tuple[str, tuple[Any, ...]]]:
    yield "organisation", (ropa.organisation,)
    if toml.mapping(ropa.settings):
        yield "settings", (ropa.settings,)
    for table, attribute in toml.TABLES.items():
        yield table, getattr(ropa, attribute)
