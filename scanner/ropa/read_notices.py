"""Privacy notices, and the lines of the record that their claims point to."""

from datetime import date

from scanner.ropa.claimed import TABLES, parts, wrong
from scanner.ropa.entry import Entry
from scanner.ropa.types import Claim, Notice


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
    if why := wrong(text):
        entry.problem(f"field: {why}", "field")
    table, id_, _ = parts(text)
    if table in TABLES and id_:
        entry.later("field", id_, table)
