"""Reading every row as Arrow through ADBC, where its drivers are installed (``ropascan[adbc]``).

A second connection beside the session, told the same before anything is read. What it delivers
becomes the same canonical text as through SQLAlchemy, so which of the two reads is a matter of
speed alone; where ADBC cannot start, SQLAlchemy reads.
"""

import functools
import importlib.util
import time
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from connectors.sql_errors import arrow_error
from connectors.sql_session import LOCK_SECONDS, SETUP, milliseconds
from scanner.errors import StoreError

_DRIVERS = {"sqlite": "adbc_driver_sqlite", "postgresql": "adbc_driver_postgresql"}
_POSTGRESQL = (
    # What a COPY reads on several processes comes in another order each time.
    "SET max_parallel_workers_per_gather = 0",
    "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ",
    "SET default_transaction_read_only = on",
)
TOLD_SQLITE = (*SETUP["sqlite"], f"PRAGMA busy_timeout = {LOCK_SECONDS * 1000}")
"""What a connection to an SQLite file is told before it reads."""

Columns = tuple[Any, ...]


def told_postgresql(seconds: float) -> tuple[str, ...]:
    """What a connection to PostgreSQL is told before it reads for so many seconds at most."""
    limit = f"SET statement_timeout = {milliseconds(seconds)}"
    return (*SETUP["postgresql"], *_POSTGRESQL, limit)


@functools.cache
def installed(kind: str) -> bool:
    """Tell whether a kind of store can be read through ADBC here; nothing is imported."""
    return kind in _DRIVERS and all(
        importlib.util.find_spec(name) is not None
        for name in ("adbc_driver_manager", _DRIVERS[kind])
    )


class _Closes(Protocol):
    def close(self) -> None: ...


def errors() -> tuple[type[Exception], ...]:
    """What ADBC may raise: its own errors, and Arrow's in the midst of a stream."""
    import adbc_driver_manager
    import pyarrow as pa

    return (adbc_driver_manager.Error, pa.ArrowException, OSError)


class ArrowRows:
    """The record batches of one statement, as columns; closes its connection at the end.

    Iterating raises StoreError for whatever the driver reports.
    """

    def __init__(
        self,
        connection: Any,
        statement: str,
        options: dict[str, str],
        convert: Callable[[Any], Columns],
        kind: str,
        seconds: float,
    ) -> None:
        self._convert, self._kind = convert, kind
        self._until = time.monotonic() + seconds
        self._cursor = connection.cursor()
        self._parts: list[_Closes] = [self._cursor, connection]
        self._over = self._closed = False
        try:
            self._cursor.adbc_statement.set_options(**options)
            self._cursor.execute(statement)
            self._reader = self._cursor.fetch_record_batch()
        except errors() as error:
            self.close()
            raise self._failed(error) from None
        self._parts.insert(0, self._reader)

    @property
    def schema(self) -> Any:
        """The Arrow schema of the batches, before they are converted."""
        return self._reader.schema

    def __iter__(self) -> Iterator[Columns]:
        return self

    def __next__(self) -> Columns:
        if self._over or self._closed:
            raise StopIteration
        try:
            batch = self._reader.read_next_batch()
        except StopIteration:
            self._over = True
            self.close()
            raise
        except errors() as error:
            self.close()
            raise self._failed(error) from None
        return self._convert(batch)

    def _failed(self, error: Exception) -> StoreError:
        return arrow_error(error, self._kind, late=time.monotonic() >= self._until)

    def close(self) -> None:
        """End the statement and the connection. Never raises."""
        if self._closed:
            return
        self._closed = True
        if self._kind == "postgresql" and not self._over:
            close_quietly(self._cursor.adbc_cancel)  # else it reads the rest of the table first
        for part in self._parts:
            close_quietly(part.close)


def close_quietly(close: Callable[[], object]) -> None:
    """Close something that may be broken already."""
    try:
        close()
    except errors():
        return
