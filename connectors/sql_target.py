"""An asset as SQLAlchemy sees it: its table, and how each field is read.

Names reach the statement as quoted identifiers of SQLAlchemy, never as text put into SQL. Long
cells are cut in the store, so that a large object does not cross the network.
"""

from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql import quoted_name

from scanner.model import Asset, Budget, Field, Kind, Path, decode

FLOATS = ("real", "double precision")  # of PostgreSQL
BLOB_HEAD = 16_384  # bytes read of a binary cell: enough for its media type or a document


@dataclass(frozen=True, slots=True)
class Target:
    """A table with its readable fields, in the order of the catalogue."""

    asset: Asset
    dialect: str
    table: sa.TableClause
    fields: tuple[Field, ...]
    key: sa.ColumnElement[int] | None = None  # single integer key without nulls

    def column(self, field: Field) -> sa.ColumnElement[Any]:
        """The column of a field of the catalogue."""
        name = decode(field.name)
        return next(column for column in self.table.c if column.name == name)

    def reading(
        self, budget: Budget, source: sa.FromClause | None = None, *, as_text: bool = False
    ) -> sa.Select[Any]:
        """Return a select of all fields from the table, or from an alias of it.

        ``as_text`` has PostgreSQL cast all but bytes. The columns are labelled ``c0``, ``c1``,
        ...: any name is safe, however long or doubled.
        """
        start = self.table if source is None else source
        columns = {column.name: column for column in start.c}
        chosen = [
            _expression(self.dialect, columns[decode(field.name)], field, budget, as_text)
            for field in self.fields
        ]
        labelled = [part.label(f"c{number}") for number, part in enumerate(chosen)]
        return sa.select(*labelled).select_from(start)

    def keys(self) -> list[sa.ColumnElement[Any]]:
        """The columns of the primary key; empty without one."""
        return [self.column(field) for field in self.fields if field.key == "primary"]


def target_of(asset: Asset, dialect: str) -> Target:
    """Build the table of an asset from its path and fields alone."""
    *_, schema, name = (decode(segment) for segment in Path.parse(asset.path).segments)
    fields = tuple(field for field in asset.fields if "." not in field.name)
    table = sa.table(
        quoted_name(name, quote=True),
        *(sa.column(quoted_name(decode(field.name), quote=True)) for field in fields),
        schema=quoted_name(schema, quote=True),
    )
    target = Target(asset, dialect, table, fields)
    whole = [field for field in fields if field.kind is Kind.INTEGER]
    primary = [field for field in whole if field.key == "primary"]
    if sum(field.key == "primary" for field in fields) != 1:
        primary = []
    unique = [field for field in whole if field.key == "unique" and not field.nullable]
    for field in (*primary, *unique):
        return replace(target, key=sa.type_coerce(target.column(field), sa.BigInteger))
    return target


def written(dialect: sa.Dialect, statement: Any) -> str:
    """Compile a statement with its values in it, as it is understood by the store."""
    # The drivers' own paramstyles double every per cent sign in names.
    make: Any = type(dialect)
    plain = make(paramstyle="named")
    return str(statement.compile(dialect=plain, compile_kwargs={"literal_binds": True}))


def cut_limits(budget: Budget) -> tuple[int, int]:
    """Signs of text and bytes of binary cells that are asked for: one more than are kept."""
    return budget.cell + 1, min(budget.cell, BLOB_HEAD) + 1


def _expression(
    dialect: str, column: sa.ColumnElement[Any], field: Field, budget: Budget, as_text: bool
) -> sa.ColumnElement[Any]:
    text, head = cut_limits(budget)
    if dialect == "sqlite":
        # The type is the cell's own; substr() would turn numbers into text.
        long = sa.func.typeof(column).in_([sa.literal("text"), sa.literal("blob")])
        return sa.case((long, sa.func.substr(column, 1, sa.literal(text))), else_=column)
    if field.kind is Kind.BYTES and not field.declared.endswith("[]"):
        return sa.func.substr(column, 1, sa.literal(head))
    if dialect == "mysql":
        return _mysql(column, field, text)
    return _postgresql(column, field, text, as_text)


_SPATIAL = frozenset(
    {
        "geometry",
        "geometrycollection",
        "geomcollection",
        "linestring",
        "multilinestring",
        "multipoint",
        "multipolygon",
        "point",
        "polygon",
    }
)


def _mysql(column: sa.ColumnElement[Any], field: Field, text: int) -> sa.ColumnElement[Any]:
    if field.declared in _SPATIAL:
        return sa.func.left(sa.func.ST_AsText(column), sa.literal(text))
    if field.declared.startswith("bit"):
        return column + 0
    if field.kind is Kind.JSON:
        return sa.func.left(sa.cast(column, sa.CHAR), sa.literal(text))
    if field.kind in (Kind.TEXT, Kind.OTHER, Kind.UUID, Kind.INET):
        return sa.func.left(column, sa.literal(text))
    return column


def _postgresql(
    column: sa.ColumnElement[Any], field: Field, text: int, as_text: bool
) -> sa.ColumnElement[Any]:
    if field.declared.endswith("[]"):
        column = sa.func.array_to_json(column)
    elif field.kind in (Kind.INTEGER, Kind.BOOLEAN) or field.declared in FLOATS:
        return sa.cast(column, sa.Text) if as_text else column
    # As text for all others: Python knows no date before year 1, no infinity, no range.
    return sa.func.left(sa.cast(column, sa.Text), sa.literal(text))
