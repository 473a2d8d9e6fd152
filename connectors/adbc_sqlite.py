"""Every row of an SQLite table through ADBC, whatever its cells are.

ADBC takes the type of a column from the first rows and fails at a later cell of another. So the
census, taken in the same state of the file, tells how to ask for each field: as it is where all
cells are of one type, else one column for each type, of which one holds the cell.

The two drivers bring an SQLite each, and the system knows the locks of a file by process only: what
one gives back, the other has lost. So the session does not read while ADBC does, and ADBC's
connection is closed before the session ends its transaction.
"""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from connectors import sql_text
from connectors.adbc import TOLD_SQLITE, ArrowRows, Columns, close_quietly, errors
from connectors.sampling import FETCH
from connectors.sql_census import Census, take_census
from connectors.sql_errors import arrow_error
from connectors.sql_session import Session
from connectors.sql_target import Target, cut_limits, written
from scanner.errors import StoreError
from scanner.model import Budget, Field

_MOST_ROWS = 5_000  # of one record batch
_FEWEST_ROWS = 50  # below, SQLAlchemy is as fast and takes more rows where they are short
_SIGN = 4  # bytes of the longest sign
_TYPES = ("integer", "real", "text", "blob")
_EMPTY = {"real": "0.0", "text": "''", "blob": "x''"}  # so that no column begins with nulls


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of one field, and how the answer becomes a column."""

    columns: tuple[sa.ColumnElement[Any], ...]
    types: tuple[pa.DataType, ...]
    convert: Callable[[Sequence[pa.Array]], Any]


def connect(session: Session) -> Any:
    """Return a connection that can only read, outside a transaction. Raise StoreError."""
    from adbc_driver_sqlite import dbapi

    if session.address.file is None:
        raise StoreError("no SQLite file", "unreadable")
    connection = None
    try:
        connection = dbapi.connect(session.address.file.as_uri() + "?mode=ro", autocommit=True)
        cursor = connection.cursor()
        for statement in TOLD_SQLITE:
            cursor.execute(statement)
        cursor.close()
    except errors() as error:
        if connection is not None:
            close_quietly(connection.close)
        raise arrow_error(error, "sqlite", connecting=connection is None) from None
    return connection


def rows(session: Session, target: Target, budget: Budget) -> tuple[ArrowRows, Census]:
    """Return the rows of a table and what the census said.

    Raise StoreError when they cannot be had this way: somebody wrote to the file meanwhile.
    """
    connection = connect(session)
    try:
        before = _version(connection)
        census = take_census(session, target, types=True, limit=cut_limits(budget)[0] * _SIGN)
        connection.adbc_connection.set_autocommit(False)
        if not census.types or _version(connection) != before:
            raise StoreError("the file changed while it was looked at", "unreadable")
        return _rows(session, connection, target, budget, census), census
    except errors() as error:
        close_quietly(connection.close)
        raise arrow_error(error, "sqlite") from None
    except StoreError:
        close_quietly(connection.close)
        raise


def _version(connection: Any) -> int:
    """A number that changes when another connection has written; in a transaction, its state."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])


def _rows(
    session: Session, connection: Any, target: Target, budget: Budget, census: Census
) -> ArrowRows:
    asked = _asked(target, budget, census)
    statement = written(session.dialect, reading(target, budget, census))
    rows = min(FETCH // max(census.width, 1), _MOST_ROWS)
    if rows < _FEWEST_ROWS:
        raise StoreError("some of its rows are long: smaller fetches are better", "unsupported")
    options = {"adbc.sqlite.query.batch_rows": str(rows)}
    convert = functools.partial(_convert, asked)
    found = ArrowRows(connection, statement, options, convert, "sqlite", session.left)
    wanted = [type_ for part in asked for type_ in part.types]
    if found.schema.types != wanted:
        found.close()
        raise StoreError("the file does not hold what was counted", "unreadable")
    return found


def reading(target: Target, budget: Budget, census: Census) -> sa.Select[Any]:
    """The statement that reads all rows."""
    columns = [column for part in _asked(target, budget, census) for column in part.columns]
    labelled = [column.label(f"c{number}") for number, column in enumerate(columns)]
    return sa.select(*labelled).select_from(target.table)


def _asked(target: Target, budget: Budget, census: Census) -> list[_Asked]:
    limit, _ = cut_limits(budget)
    return [
        _ask(field, target.column(field), type_, nulls, limit)
        for field, type_, nulls in zip(target.fields, census.types, census.nulls, strict=True)
    ]


def _ask(of: Field, column: sa.ColumnElement[Any], type_: str, nulls: bool, limit: int) -> _Asked:
    if not type_:
        return _Asked((sa.literal_column("0"),), (pa.int64(),), _nulls)
    if type_ == "number":
        each = tuple(_only(column, name, limit) for name in _TYPES[:2])
        which = sa.case((sa.func.typeof(column) == "integer", 0), (column.is_(None), 2), else_=1)
        types = (pa.int64(), pa.int64(), pa.float64())
        return _Asked((which, *each), types, functools.partial(_numbers, of))
    if type_ == "mixed":
        which = sa.case(
            (column == sa.literal_column("x''"), len(_TYPES)),
            *((sa.func.typeof(column) == name, code) for code, name in enumerate(_TYPES)),
            else_=len(_TYPES),
        )
        each = tuple(_only(column, name, limit) for name in _TYPES)
        types = tuple(_ARROW[name] for name in _TYPES)
        return _Asked((which, *each), (pa.int64(), *types), _mixed)
    plain = column if type_ in ("integer", "real") else sa.func.substr(column, 1, limit)
    # To substr() no bytes at all are null.
    if type_ == "integer" or not (nulls or type_ == "blob"):
        return _Asked((plain,), (_ARROW[type_],), _plain)
    filled = sa.func.coalesce(plain, sa.literal_column(_EMPTY[type_]))
    return _Asked((filled, plain.is_(None)), (_ARROW[type_], pa.int64()), _nullable)


_ARROW = {
    "integer": pa.int64(),
    "real": pa.float64(),
    "text": pa.string(),
    "blob": pa.binary(),
}


def _only(column: sa.ColumnElement[Any], type_: str, limit: int) -> sa.ColumnElement[Any]:
    empty: sa.ColumnElement[Any] = sa.literal_column(_EMPTY.get(type_, "0"))
    plain = column
    if type_ in ("text", "blob"):
        plain = sa.func.coalesce(sa.func.substr(column, 1, limit), empty)
    return sa.case((sa.func.typeof(column) == type_, plain), else_=empty)


def _convert(asked: Sequence[_Asked], batch: pa.RecordBatch) -> Columns:
    columns = iter(batch.columns)
    return tuple(part.convert([next(columns) for _ in part.columns]) for part in asked)


def _nulls(arrays: Sequence[pa.Array]) -> pa.Array:
    return pa.nulls(len(arrays[0]), pa.string())


def _plain(arrays: Sequence[pa.Array]) -> pa.Array:
    array = arrays[0]
    return sql_text.valid(array) if pa.types.is_string(array.type) else array


def _nullable(arrays: Sequence[pa.Array]) -> pa.Array:
    array = _plain(arrays[:1])
    return pc.if_else(pc.equal(arrays[1], 1), pa.scalar(None, array.type), array)


def _numbers(of: Field, arrays: Sequence[pa.Array]) -> pa.StringArray:
    """Integers, reals and nulls as canonical text."""
    which, *each = arrays
    integers, reals = (sql_text.texts(array, of, "sqlite") for array in each)
    return pc.choose(which, integers, reals, pa.scalar(None, pa.string()))


def _mixed(arrays: Sequence[pa.Array]) -> list[Any]:
    """The cells as the other driver gives them, each of its own type."""
    which, *each = ([*_plain([array]).tolist()] for array in arrays)
    each.append([None] * len(which))
    return [each[code][row] for row, code in enumerate(which)]
