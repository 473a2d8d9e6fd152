"""The words that the parsers of log lines share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from connectors.log_time import Clock
from scanner.model import Field, Kind

MESSAGE_KEYS = frozenset({"message", "msg", "text", "log", "@message", "_message"})
TIME_KEYS = (
    "timestamp",
    "@timestamp",
    "time",
    "ts",
    "datetime",
    "date",
    "eventtime",
    "event_time",
    "logged_at",
    "created_at",
    "t",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of one entry: the field's name as in a path, its kind, its canonical text."""

    name: str
    kind: Kind
    value: str | None = field(repr=False)


Parse = Callable[[str, Clock], list[Cell] | None]


@dataclass(frozen=True, slots=True)
class Format:
    """How the lines of a file are read."""

    name: str  # for people
    parse: Parse
    fields: tuple[Field, ...] = ()  # where the format itself fixes them
    time: tuple[str, ...] = ()  # names that may hold the time of an entry, in lower case
    joined: bool = False  # an indented line continues the entry before it
    media: str = "text/plain"
    header: bool = False  # lines that begin with "#" are no entries
    together: bool = False  # the time stands in all of ``time``, not in one of them


def cell(name: str, value: str | None, kind: Kind = Kind.TEXT) -> Cell:
    """Make a cell; ``-`` is how most formats write that there is nothing."""
    return Cell(name, kind, None if value == "-" else value)


def message(text: str) -> Cell:
    """Make the cell of free text."""
    return Cell("message", Kind.MESSAGE, text)


def timed(name: str, text: str, clock: Clock) -> Cell:
    """Make the cell of a time, in ISO 8601 where it can be read."""
    return cell(name, clock.canonical(text), Kind.TIMESTAMP)


def entry_time(cells: list[Cell], format_: Format, clock: Clock) -> datetime | None:
    """Return the time of an entry, from the cells of its line."""
    found = {c.name.lower(): c.value for c in cells if c.value and c.name.lower() in format_.time}
    if format_.together:
        return clock.read(" ".join(found.get(name, "") for name in format_.time))
    for name in format_.time:
        moment = clock.read(found[name]) if name in found else None
        if moment:
            return moment
    return None


def object_time(found: dict[str, Any], clock: Clock) -> datetime | None:
    """Return the time of an entry that is a JSON object, from its own keys."""
    texts = {key.lower(): value for key, value in found.items() if isinstance(value, str)}
    for name in TIME_KEYS:
        moment = clock.read(texts[name]) if name in texts else None
        if moment:
            return moment
    return None
