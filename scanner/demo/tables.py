"""Writing invented rows to SQLite files."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Cell = str | int | float | bytes | None
Row = dict[str, Cell]


@dataclass(slots=True)
class Table:
    """One table under construction: columns with their declared types, and rows.

    ``columns`` maps names to SQL declarations; the first one is the primary key. Planting a
    deviation adds a column or changes cells before the table is written.
    """

    name: str
    columns: dict[str, str]
    rows: list[Row] = field(default_factory=list)
    indexes: tuple[str, ...] = ()

    def column(self, name: str, declaration: str, cells: Sequence[Cell]) -> None:
        """Add a column with one cell for each row."""
        self.columns[name] = declaration
        for row, cell in zip(self.rows, cells, strict=True):
            row[name] = cell

    def append(self, other: "Table", *, renumber: bool = True) -> None:
        """Add the rows of a table of the same shape; ``renumber`` continues the ids."""
        for row in other.rows:
            self.rows.append({**row, "id": len(self.rows) + 1} if renumber else row)


@dataclass(frozen=True, slots=True)
class Database:
    """One SQLite file: the name of its source and its tables."""

    source: str
    tables: tuple[Table, ...]

    def table(self, name: str) -> Table:
        """Return a table by its name."""
        return next(table for table in self.tables if table.name == name)


def simple(name: str, columns: dict[str, str], rows: Iterable[Sequence[Cell]]) -> Table:
    """Build a table from tuples in the order of the columns; a number comes first as id."""
    table = Table(name, {"id": "INTEGER", **columns})
    for number, row in enumerate(rows, 1):
        table.rows.append({"id": number, **dict(zip(columns, row, strict=True))})
    return table


def write(database: Database, path: Path) -> None:
    """Write a database as a new SQLite file."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("BEGIN")
        for table in database.tables:
            _write_table(connection, table)
        connection.execute("COMMIT")
    finally:
        connection.close()


def _write_table(connection: sqlite3.Connection, table: Table) -> None:
    key = next(iter(table.columns))
    declared = ", ".join(
        f'"{name}" {type_}' + (" PRIMARY KEY" if name == key else "")
        for name, type_ in table.columns.items()
    )
    connection.execute(f'CREATE TABLE "{table.name}" ({declared})')
    for name in table.indexes:
        connection.execute(f'CREATE INDEX "ix_{table.name}_{name}" ON "{table.name}" ("{name}")')
    marks = ", ".join("?" for _ in table.columns)
    # Names come from this package, values are bound.
    connection.executemany(
        f'INSERT INTO "{table.name}" VALUES ({marks})',  # noqa: S608
        [tuple(row.get(name) for name in table.columns) for row in table.rows],
    )
