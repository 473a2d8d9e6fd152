"""Make the SQLite database of a world. The same file and seed give the same cells."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from . import rowwise
from .base import Hand, Made, WorldError, hand
from .checking import read
from .makers import drawing
from .model import Column, Table, World
from .vocabulary import AMBIGUOUS, NONE

_TRIES = 200
_ORGANISATIONS = frozenset({"organisation", "supplier", "none"})
Columns = dict[str, list[Made]]


@dataclass(frozen=True, slots=True)
class Label:
    """One line of labels.csv (subject: person, organisation, none), and whose data it is."""

    db: str
    table: str
    column: str
    type: str
    labels: str
    subject: str
    note: str
    about: str


def build(file: Path | str, folder: Path | str, seed: int | str = 0) -> list[Label]:
    """Build ``folder/NAME.sqlite`` from a world and return the labels of all its fields.

    Raises:
        WorldError: The world is wrong; nothing is written.
    """
    world = read(Path(file))
    drawn = _drawn(world, hand(world.locale), str(seed))
    target = Path(folder) / f"{world.name}.sqlite"
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(target)) as base:
        for table in world.tables:
            _write(base, table, drawn[table.name])
        base.commit()
    return [label for table in world.tables for label in _labels(world, table)]


def _labels(world: World, table: Table) -> list[Label]:
    def whom(column: Column, about: str) -> str:
        if column.label in {NONE, AMBIGUOUS}:
            return "none"
        return "organisation" if about in _ORGANISATIONS else "person"

    return [
        Label(world.name, table.name, c.name, _affinity(c), c.label, whom(c, about), c.note, about)
        for c in table.fields
        for about in [c.subject or table.subject]
    ]


def _affinity(column: Column) -> str:
    return column.type.split()[0].split("(")[0].upper()


def _drawn(world: World, one: Hand, seed: str) -> dict[str, Columns]:
    """Draw all values; each field has its own seed, so that a new field changes no other."""
    done: dict[str, Columns] = {}
    for table in world.tables:
        done[table.name] = columns = {}
        for field in table.fields:
            if field.make != "row":
                one.seed(f"{seed}/{world.name}/{table.name}/{field.name}")
                columns[field.name] = _column(table, field, one, done)
        for field in table.fields:
            if field.make == "row":
                columns[field.name] = _built(table, field, columns)
                one.seed(f"{seed}/{world.name}/{table.name}/{field.name}")
                columns[field.name] = _thinned(field, one, columns[field.name])
    return done


def _column(table: Table, field: Column, one: Hand, done: dict[str, Columns]) -> list[Made]:
    if field.refers is not None:
        pool = [v for v in done[field.refers[0]][field.refers[1]] if v is not None]
        if field.unique and len(set(pool)) < table.rows:
            raise WorldError(f"table {table.name}: {field.name}: too few values to refer to")
        if field.unique:
            return list(one.rng.sample(list(dict.fromkeys(pool)), table.rows))
        return _thinned(field, one, [one.rng.choice(pool) for _ in range(table.rows)])
    draw = drawing(field, one)
    if field.unique or "PRIMARY KEY" in field.type.upper():
        return _thinned(field, one, _distinct(table, field, draw))
    return _thinned(field, one, [draw(row) for row in range(table.rows)])


def _distinct(table: Table, field: Column, draw: Callable[[int], Made]) -> list[Made]:
    seen: dict[Made, None] = {}
    for row in range(table.rows):
        for _ in range(_TRIES):
            value = draw(row)
            if value not in seen:
                seen[value] = None
                break
        else:
            raise WorldError(
                f"table {table.name}: field {field.name}: {table.rows} rows want as many different "
                f"values, the maker gave {len(seen)}"
            )
    return list(seen)


def _built(table: Table, field: Column, columns: Columns) -> list[Made]:
    """Return the values of a ``row`` field; where they are to be unique, a number tells apart."""
    made: list[Made] = []
    for row in range(table.rows):
        text = rowwise.value(field, {name: values[row] for name, values in columns.items()})
        if field.unique and text in made:
            text = _numbered(str(text), made)
        made.append(text)
    return made


def _numbered(text: str, made: list[Made]) -> str:
    start, at, rest = text.partition("@")
    number = 2
    while f"{start}{number}{at}{rest}" in made:
        number += 1
    return f"{start}{number}{at}{rest}"


def _thinned(field: Column, one: Hand, values: list[Made]) -> list[Made]:
    """Put NULLs and empty texts where the field has them."""
    if not field.null and not field.empty:
        return values

    def thin(value: Made) -> Made:
        at = one.rng.random()
        return None if at < field.null else "" if at < field.null + field.empty else value

    return [thin(value) for value in values]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _declared(field: Column) -> str:
    text = f"{_quoted(field.name)} {field.type}"
    if field.unique and "PRIMARY KEY" not in field.type.upper() and not field.empty:
        text += " UNIQUE"
    if field.refers is not None:
        text += f" REFERENCES {_quoted(field.refers[0])}({_quoted(field.refers[1])})"
    return text


def _write(base: sqlite3.Connection, table: Table, columns: Columns) -> None:
    lines = [
        f"  {_declared(field)}{',' if n < len(table.fields) else ''}"
        + (f"  -- {' '.join(field.comment.split())}" if field.comment else "")
        for n, field in enumerate(table.fields, 1)
    ]
    base.execute(f"CREATE TABLE {_quoted(table.name)} (\n" + "\n".join(lines) + "\n)")
    rows = zip(*(columns[field.name] for field in table.fields), strict=True)
    marks = ", ".join("?" for _ in table.fields)
    base.executemany(f"INSERT INTO {_quoted(table.name)} VALUES ({marks})", rows)  # noqa: S608
