"""Privacy notices, and the lines of the record that their claims point to."""

from dataclasses import fields
from datetime import date

from scanner.ropa.entry import Entry
from scanner.ropa.types import (
    Activity,
    Claim,
    DataGroup,
    Hold,
    Notice,
    Organisation,
    Party,
    Prohibit,
    Residency,
    Retention,
    Store,
    System,
    Transfer,
)
from scanner.spelling import hint, quoted

_CLAIMED = {
    "organisation": Organisation,
    "party": Party,
    "activity": Activity,
    "data_group": DataGroup,
    "system": System,
    "store": Store,
    "retention": Retention,
    "residency": Residency,
    "transfer": Transfer,
    "prohibit": Prohibit,
    "hold": Hold,
}


def notice(entry: Entry) -> Notice:
    """Read one ``[[notice]]`` with its claims."""
    id_ = entry.id("notice")
    out = Notice(
        id=id_,
        title=entry.text("title"),
        version=entry.day("version"),
        url=entry.text("url"),
        activities=entry.links_to("activities", "activity"),
        claims=tuple(_claim(block) for block in entry.tables("claim", "")),
        origin=entry.origin("notice", id_),
    )
    entry.finish()
    return out


def _claim(entry: Entry) -> Claim:
    out = Claim(
        says=entry.text("says", required=True),
        field=entry.text("field", required=True),
        value=_scalar(entry, "value"),
    )
    if out.field.strip():
        _check_claimed(entry, out.field)
    entry.finish()
    return out


def _scalar(entry: Entry, key: str) -> str:
    value = entry.raw(key)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float | date):
        return str(value)
    return entry.text(key, required=True)


def _check_claimed(entry: Entry, text: str) -> None:
    line, _, key = text.rpartition(".")
    table, _, id_ = line.partition(":")
    kind = _CLAIMED.get(table)
    if kind is None or not id_:
        entry.problem(
            f"field: {quoted(text)} names no line of the record; write table:id.key, "
            "as in retention:logs.period.",
            "field",
        )
        return
    names = [part.name.rstrip("_") for part in fields(kind) if part.name not in ("id", "origin")]
    if key not in names:
        entry.problem(f"field: {table} has no key {quoted(key)}; {hint(key, names)}", "field")
    entry.later("field", id_, table)
