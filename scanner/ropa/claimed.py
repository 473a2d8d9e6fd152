"""The lines of a record that notices speak of: ``retention:logs.period``, ``store:x.site.country``.

Reading checks that such a line can exist; the rules ask what stands there.
"""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from scanner.ropa.periods import parse_period
from scanner.ropa.types import (
    AccessLog,
    Activity,
    Branch,
    Contact,
    DataGroup,
    Dpia,
    FieldRule,
    Hold,
    JointController,
    Organisation,
    Party,
    Prohibit,
    Proof,
    Residency,
    ResidencyVersion,
    Retention,
    Ropa,
    Selector,
    Site,
    Store,
    Subject,
    System,
    Transfer,
    Where,
)
from scanner.spelling import hint, quoted
from scanner.taxonomy import taxonomy

TABLES: dict[str, tuple[type, str]] = {  # table -> its type, and the list of the record
    "organisation": (Organisation, ""),
    "party": (Party, "parties"),
    "activity": (Activity, "activities"),
    "data_group": (DataGroup, "data_groups"),
    "system": (System, "systems"),
    "store": (Store, "stores"),
    "retention": (Retention, "retentions"),
    "residency": (Residency, "residencies"),
    "transfer": (Transfer, "transfers"),
    "prohibit": (Prohibit, "prohibits"),
    "hold": (Hold, "holds"),
}
# Names in the file that differ from those of the types; a type says that the keys lie inside.
_NAMES = {"from": "from_", "in": "where", "site": "sites", "field": "fields", "version": "versions"}
_INSIDE: dict[str, type] = {
    "sites": Site,
    "fields": FieldRule,
    "versions": ResidencyVersion,
    "branches": Branch,
    "subject": Subject,
    "access": AccessLog,
    "proof": Proof,
    "where": Where,
    "dpo": Contact,
    "representative": Contact,
    "dpia": Dpia,
    "joint_controllers": JointController,
}
_HIDDEN = frozenset({"id", "origin", "selector", "mechanisms", "line"})


def parts(text: str) -> tuple[str, str, tuple[str, ...]]:
    """Split ``table:id.key.key`` into table, id and keys; empty where a part is missing."""
    table, _, line = text.partition(":")
    id_, *keys = line.split(".")
    return table, id_, tuple(keys)


def wrong(text: str) -> str:
    """Say what is wrong with such a line, whether or not the id exists; empty when nothing is."""
    table, id_, keys = parts(text)
    if table not in TABLES or not id_ or not keys or not all(keys):
        return (
            f"{quoted(text)} names no line of the record; write table:id.key, "
            "as in retention:logs.period."
        )
    kind: type | None = TABLES[table][0]
    label = table
    for key in keys:
        if kind is None:
            return f"{label} has no keys inside; write the line as in {quoted(table)}:id.{label}."
        known = _keys(kind)
        if key not in known:
            return f"{label} has no key {quoted(key)}; {hint(key, known)}"
        kind, label = _INSIDE.get(known[key]), key
    if kind is not None:
        return f"{label} is a table; name one of its keys: {', '.join(_keys(kind))}."
    return ""


def _keys(kind: type) -> dict[str, str]:
    """Return the keys of a table as they are written, with the names of the type."""
    back = {name: key for key, name in _NAMES.items()}
    out = {back.get(f.name, f.name): f.name for f in fields(kind) if f.name not in _HIDDEN}
    if kind in (Retention, Hold):
        out |= {f.name: f.name for f in fields(Selector)}
    return out


def stands(ropa: Ropa, text: str) -> tuple[str, ...]:
    """Return what a line of the record says, as text; empty when it says nothing."""
    table, id_, keys = parts(text)
    attribute = TABLES[table][1]
    blocks: Iterable[Any] = getattr(ropa, attribute) if attribute else (ropa.organisation,)
    found: list[Any] = [block for block in blocks if block.id == id_]
    for key in keys:
        found = [value for item in found for value in _inside(item, _NAMES.get(key, key))]
    return tuple(dict.fromkeys(_text(value) for value in found if value not in (None, "")))


def _inside(item: Any, name: str) -> tuple[Any, ...]:
    if isinstance(item, Retention | Hold) and hasattr(item.selector, name):
        item = item.selector
    if not is_dataclass(item):
        return ()
    if isinstance(item, Transfer) and name == "mechanism" and item.mechanisms:
        return tuple(mechanism for _, mechanism in item.mechanisms)
    value = getattr(item, name)
    return value if isinstance(value, tuple) else (value,)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def meets(said: tuple[str, ...], value: str) -> bool:
    """Tell whether a line says a value: a list contains it, a single key equals it.

    A group of the taxonomy contains its categories, and periods are compared as periods.
    """
    if value in said or value in taxonomy().leaves(said):
        return True
    wanted = _period(value)
    return wanted is not None and any(_period(item) == wanted for item in said)


def _period(text: str) -> tuple[int, int] | None:
    try:
        period = parse_period(text)
    except ValueError:
        return None
    return period.years * 12 + period.months, period.days
