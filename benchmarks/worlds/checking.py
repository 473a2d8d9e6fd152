"""Read a world from TOML and say, all at once, what is wrong with it."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import vocabulary
from .base import WorldError, hand
from .makers import drawing, near
from .model import SUBJECTS, Column, Table, World
from .rowwise import faults as row_faults
from .simple import borrowed

_WORLD = {"name", "about", "locale", "tags", "table"}
_TABLE = {"name", "rows", "subject", "fields"}
_FIELD = {"name", "type", "make", "of", "label", "null", "empty", "unique", "refers", "comment"} | {
    "note",
    "subject",
}
_OPTIONS = {"weights", "format", "unit"}
_MOST = 2000


def read(file: Path) -> World:
    """Read one world and check it wholly.

    Raises:
        WorldError: One line for each thing to mend, each with table and field.
    """
    try:
        data = tomllib.loads(file.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise WorldError(f"{file.name}: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise WorldError(f"{file.name}: cannot be read as UTF-8 text") from error
    faults = list(_shape(data, file.stem))
    if not faults:
        world = _world(data)
        faults = [*_references(world), *_values(world)]
    if faults:
        raise WorldError("\n".join(f"{file.name}: {fault}" for fault in faults))
    return world


def _unknown(data: dict[str, Any], known: set[str]) -> Iterator[str]:
    for key in data.keys() - known:
        yield f"unknown key {key!r}{near(key, known)}"


def _shape(data: dict[str, Any], stem: str) -> Iterator[str]:
    """Check keys and types, before anything is made of them."""
    yield from _unknown(data, _WORLD)
    if data.get("name") != stem:
        yield f"name is {data.get('name')!r}, the file is called {stem!r}"
    for key in ("about", "locale"):
        if not isinstance(data.get(key), str):
            yield f"{key} is missing"
    tables = data.get("table", [])
    if not isinstance(tables, list) or not tables:
        yield "no [[table]]"
        return
    for number, table in enumerate(tables, 1):
        where = f"table {table.get('name', number)}"
        yield from (f"{where}: {fault}" for fault in _table_shape(table))
    yield from _twice("table", [table.get("name") for table in tables])


def _table_shape(table: dict[str, Any]) -> Iterator[str]:
    yield from _unknown(table, _TABLE)
    if not isinstance(table.get("name"), str):
        yield "name is missing"
    rows = table.get("rows")
    if not isinstance(rows, int) or not 1 <= rows <= _MOST:
        yield f"rows = {rows!r}: it is a number from 1 to {_MOST}"
    if table.get("subject") not in SUBJECTS:
        yield f"subject = {table.get('subject')!r}: it is {', '.join(sorted(SUBJECTS))}"
    fields = table.get("fields", [])
    if not fields:
        yield "no fields"
    for number, field in enumerate(fields, 1):
        where = f"field {field.get('name', number)}"
        yield from (f"{where}: {fault}" for fault in _field_shape(field))
    yield from _twice("field", [field.get("name") for field in fields])


def _field_shape(field: dict[str, Any]) -> Iterator[str]:
    yield from _unknown(field, _FIELD | _OPTIONS)
    for key in ("name", "label"):
        if not isinstance(field.get(key), str):
            yield f"{key} is missing"
    if isinstance(field.get("label"), str):
        yield from vocabulary.faults(field["label"])
    if not isinstance(field.get("make", ""), str) or not field.keys() & {"make", "refers"}:
        yield "make is missing (or refers = 'table.field')"
    for key in ("null", "empty"):
        share = field.get(key, 0)
        if not isinstance(share, int | float) or not 0 <= share <= 1:
            yield f"{key} = {share!r}: it is a share from 0 to 1"
    if field.get("subject", "person") not in SUBJECTS:
        yield f"subject = {field['subject']!r}: it is {', '.join(sorted(SUBJECTS))}"
    refers = field.get("refers")
    if refers is not None and (not isinstance(refers, str) or "." not in refers):
        yield f"refers = {refers!r}: it is 'table.field'"


def _twice(what: str, names: list[Any]) -> Iterator[str]:
    """SQLite takes names for the same whatever their case."""
    folded = [str(name).casefold() for name in names]
    for name in sorted({name for name in folded if folded.count(name) > 1}):
        yield f"{what} {name} stands twice"


def _world(data: dict[str, Any]) -> World:
    tables = tuple(
        Table(t["name"], t["rows"], t["subject"], tuple(_column(f) for f in t["fields"]))
        for t in data["table"]
    )
    return World(data["name"], data["about"], data["locale"], tuple(data.get("tags", ())), tables)


def _column(data: dict[str, Any]) -> Column:
    known = {key: value for key, value in data.items() if key in _FIELD - {"refers", "make"}}
    options = {key: value for key, value in data.items() if key in _OPTIONS}
    refers = data.get("refers")
    table, _, field = refers.rpartition(".") if refers else ("", "", "")
    return Column(
        **known,
        make=data.get("make", "refers"),
        options=options,
        refers=(table, field) if refers else None,
    )


def _references(world: World) -> Iterator[str]:
    """A field refers to one that stands before it, so that its values are there to draw from."""
    before: set[tuple[str, str]] = set()
    every = {(table.name, field.name) for table in world.tables for field in table.fields}
    for table in world.tables:
        for field in table.fields:
            if field.refers and field.refers not in before:
                target = ".".join(field.refers)
                names = [".".join(pair) for pair in every]
                why = "stands later: move its table up" if field.refers in every else "is not there"
                hint = "" if field.refers in every else near(target, names)
                yield f"table {table.name}: field {field.name}: {target} {why}{hint}"
            before.add((table.name, field.name))


def _values(world: World) -> Iterator[str]:
    """Every maker makes one value."""
    try:
        one = hand(world.locale)
    except WorldError as error:
        yield str(error)
        return
    for table in world.tables:
        yield from (f"table {table.name}: {fault}" for fault in row_faults(table))
        for field in table.fields:
            if field.refers is not None or field.make == "row":
                continue
            one.seed("check")
            try:
                drawing(field, one)(0)
            except (WorldError, TypeError, ValueError, AttributeError) as error:
                yield f"table {table.name}: field {field.name}: {error}"


def notes(world: World) -> Iterator[str]:
    """Yield what is not wrong, but may not be meant: values of another country than the world's."""
    one = hand(world.locale)
    names = {field.make for table in world.tables for field in table.fields}
    for name in sorted(names):
        if lang := borrowed(one, name):
            yield f"{name} is made as for {lang}: Faker has none of its own for {world.locale}"
