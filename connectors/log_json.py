"""JSON lines: each line an object. Nested keys are flattened as documents of a database are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from connectors.flatten import NOT_JSON, Flat, Shapes, flatten, parse
from connectors.log_time import Clock
from connectors.log_types import MESSAGE_KEYS, TIME_KEYS, Cell, timed
from scanner.model import Kind, decode, field_name

_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d")
_WHOLE_LINE = ""  # the name of the field that the documents are: none, they are the entry

Object = dict[str, Any]


def load(line: str) -> Object | None:
    """Return the object that a line is, or None."""
    text = line.strip()
    if not text.startswith("{"):
        return None
    found = parse(text)
    return found if isinstance(found, dict) and found is not NOT_JSON else None


def top_cells(line: str, clock: Clock) -> list[Cell] | None:
    """Return the cells of an object that are its own texts and numbers: enough for its time."""
    found = load(line)
    if found is None:
        return None
    return [_cell(key, str(value), clock) for key, value in found.items() if isinstance(value, str)]


def _cell(key: str, text: str, clock: Clock) -> Cell:
    if key.lower() in TIME_KEYS and clock.read(text):
        return timed(field_name(key), text, clock)
    return Cell(field_name(key), Kind.TEXT, text)


def values_at(found: Object, name: str) -> list[str]:
    """Return the texts that an object holds in a field (an array may hold several)."""
    nodes: list[Any] = [found]
    for part in name.split("."):
        below: list[Any] = []
        for node in _spread(nodes):
            if isinstance(node, dict):
                below += node.values() if part == "{}" else _named(node, part)
        nodes = below
    # Numbers are texts that keep their digits.
    return [_text(node) for node in _spread(nodes) if isinstance(node, str | bool)]


def _named(node: Object, part: str) -> list[Any]:
    return [value for key, value in node.items() if field_name(key) == part or key == decode(part)]


def _spread(nodes: Sequence[Any]) -> list[Any]:
    out: list[Any] = []
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += reversed(node)
        else:
            out.append(node)
    return out


def _text(value: str | bool) -> str:
    return str(value) if isinstance(value, str) else ("true" if value else "false")


@dataclass(frozen=True, slots=True)
class Flattened:
    """One field of the sampled objects: a value or null a row, then further array elements."""

    name: str
    kind: Kind
    rows: list[str | None] = field(repr=False)
    more: list[str] = field(repr=False)


@dataclass(slots=True)
class SeenObjects:
    """What earlier objects of the same asset have shown."""

    shapes: dict[str, Shapes] = field(default_factory=dict)  # of the objects and of shippers' keys
    texts: set[str] = field(default_factory=set)  # fields that are no times


def fields_of(
    documents: Sequence[Object | None], clock: Clock, seen: SeenObjects | None = None
) -> list[Flattened]:
    """Flatten the objects of a sample; None is a row without one."""
    seen = seen or SeenObjects()
    # Log shippers name their own keys so ("@timestamp"): names, though they look like addresses.
    shipper = sorted({key for found in documents if found for key in found if _is_shipper(key)})
    rest = [
        found and {key: value for key, value in found.items() if key not in shipper}
        for found in documents
    ]
    shapes = seen.shapes.setdefault(_WHOLE_LINE, Shapes())
    flats = [flat for flat in flatten(_WHOLE_LINE, rest, shapes) if flat.name]
    for key in shipper:
        shapes = seen.shapes.setdefault(key, Shapes())
        nested = [found and found.get(key) for found in documents]
        flats += flatten(field_name(key), nested, shapes)
    return [_kinded(flat, clock, seen.texts) for flat in flats]


def _is_shipper(key: str) -> bool:
    return key.startswith("@") and key[1:].isidentifier()


def _kinded(flat: Flat, clock: Clock, texts: set[str]) -> Flattened:
    name = flat.name.removeprefix(".")
    last = name.rpartition(".")[2].lower()
    if flat.kind is Kind.TEXT and last in MESSAGE_KEYS:
        return Flattened(name, Kind.MESSAGE, flat.rows, flat.more)
    said = [text for text in (*flat.rows, *flat.more) if text]
    named = last in TIME_KEYS and flat.kind in (Kind.TEXT, Kind.INTEGER, Kind.NUMBER)
    may = (
        bool(said)
        and name not in texts
        and (named or (flat.kind is Kind.TEXT and _ISO.match(said[0])))
    )
    if may and all(clock.read(text) for text in said):
        rows = [clock.canonical(text) if text else text for text in flat.rows]
        return Flattened(name, Kind.TIMESTAMP, rows, [clock.canonical(text) for text in flat.more])
    if said:
        texts.add(name)
    numbers = len(flat.kinds) > 1 and flat.kinds <= {Kind.INTEGER, Kind.NUMBER}
    return Flattened(name, Kind.NUMBER if numbers else flat.kind, flat.rows, flat.more)
