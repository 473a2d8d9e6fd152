"""One read-only, time-limited connection to an SQL store."""

import math
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from connectors.sql_errors import FOREIGN, connection_lost, store_error
from connectors.sql_file import open_file
from connectors.sql_url import SILENT_SECONDS, Target
from scanner.errors import StoreError

Row = Sequence[Any]

LOCK_SECONDS = 5
IDLE_SECONDS = 600  # detection between two batches; a session forgotten for longer is ended
_STEPS = 20_000  # virtual machine steps of SQLite between two looks at the clock

_POSTGRESQL = (
    "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
    "SET TIME ZONE 'UTC'",
    "SET datestyle = 'ISO'",
    "SET intervalstyle = 'iso_8601'",
    "SET bytea_output = 'hex'",
    f"SET lock_timeout = {LOCK_SECONDS * 1000}",
    f"SET idle_in_transaction_session_timeout = {IDLE_SECONDS * 1000}",
    "SET synchronize_seqscans = off",  # every read of all rows starts where the table does
)
_MYSQL = (
    "SET SESSION TRANSACTION READ ONLY",
    "SET SESSION time_zone = '+00:00'",
    f"SET SESSION lock_wait_timeout = {LOCK_SECONDS}",
    f"SET SESSION innodb_lock_wait_timeout = {LOCK_SECONDS}",
    f"SET SESSION net_write_timeout = {IDLE_SECONDS}",  # while a batch is looked at
)
_SQLITE = ("PRAGMA query_only = ON",)

SETUP = {"postgresql": _POSTGRESQL, "mysql": _MYSQL, "sqlite": _SQLITE}
"""What every session is told first, by kind."""


class Session:
    """A connection that is opened at the first use and after a loss; one statement at a time.

    All errors are StoreError. Nothing is ever written; a commit only keeps a session's settings.
    """

    def __init__(self, target: Target) -> None:
        self.kind = target.kind
        self._target = target
        self._deadline = float("inf")
        self._connection: sa.Connection | None = None
        self._result: sa.CursorResult[Any] | None = None
        self._driver: Any = None  # the driver's own connection
        self._engine = _engine(target, self._open_file)
        sa.event.listen(self._engine, "connect", self._set_up)

    @property
    def dialect(self) -> sa.Dialect:
        """The dialect that statements are compiled for."""
        return self._engine.dialect

    @property
    def address(self) -> Target:
        """How the store is reached, password included: for a second connection to it."""
        return self._target

    def begin(self, seconds: float) -> None:
        """End what was going on and allow this many seconds to what follows."""
        self.end()
        self._deadline = time.monotonic() + seconds
        kept = self._connection is not None
        try:
            self._limit(seconds)
        except StoreError:
            if not kept or self._connection is not None:
                raise
            self._limit(seconds)  # what was kept open since the last use was lost meanwhile

    def _limit(self, seconds: float) -> None:
        connection = self._connect()
        try:
            for statement, parameters in self._limits(seconds):
                connection.execute(sa.text(statement), parameters)
            if self.kind == "postgresql":
                connection.commit()  # else a rollback would undo the limit
        except FOREIGN as error:
            raise self._failed(error) from None

    def _limits(self, seconds: float) -> list[tuple[str, dict[str, Any]]]:
        limit = milliseconds(seconds)
        if self.kind == "postgresql":
            statement = "SELECT set_config('statement_timeout', :limit, false)"
            return [(statement, {"limit": str(limit)})]
        if self.kind == "mysql" and getattr(self.dialect, "is_mariadb", False):
            return [("SET SESSION max_statement_time = :limit", {"limit": limit / 1000})]
        if self.kind == "mysql":
            return [("SET SESSION max_execution_time = :limit", {"limit": limit})]
        # SQLite looks at the clock itself; the driver begins no transaction for reading.
        return [("BEGIN", {})]

    @property
    def left(self) -> float:
        """Seconds until the limit of :meth:`begin`."""
        return self._deadline - time.monotonic()

    def all(
        self,
        statement: sa.Executable,
        parameters: Mapping[str, Any] | None = None,
    ) -> list[Row]:
        """Return all rows of a statement whose answer is small."""
        self._finish()
        try:
            return list(self._connect().execute(statement, dict(parameters or {})).all())
        except FOREIGN as error:
            raise self._failed(error) from None

    def chunks(
        self, statement: sa.Executable, size: int | Callable[[], int]
    ) -> Iterator[list[Row]]:
        """Yield the rows of a statement, ``size`` at a time, without holding them all."""
        self._finish()
        result = None
        try:
            if self.kind != "sqlite":
                statement = statement.execution_options(stream_results=True)
            result = self._result = self._connect().execute(statement)
            while chunk := result.fetchmany(size if isinstance(size, int) else size()):
                yield list(chunk)
        except FOREIGN as error:
            raise self._failed(error) from None
        finally:
            if self._result is result:  # else another statement took over
                self._finish()

    def end(self) -> None:
        """End the transaction."""
        self._finish()
        if self._connection is not None:
            try:
                self._connection.rollback()
            except FOREIGN:
                self._drop()

    def close(self) -> None:
        """Close the connection. Never raises."""
        self.end()
        self._drop()
        self._engine.dispose()

    def raw(self) -> Any:
        """Return the driver's own connection: for tests that try to write through it."""
        return self._connect().connection.dbapi_connection

    def _connect(self) -> sa.Connection:
        if self._connection is None or self._connection.closed or self._connection.invalidated:
            self._drop()
            try:
                self._connection = self._engine.connect()
            except FOREIGN as error:
                raise store_error(error, connecting=True) from None
        return self._connection

    def _failed(self, error: Exception) -> StoreError:
        lost = connection_lost(error)
        self._unread()
        self._finish()
        if lost:
            self._drop()
        elif self._connection is not None:
            # A failed transaction of PostgreSQL accepts nothing until it is rolled back.
            try:
                self._connection.rollback()
            except FOREIGN:
                self._drop()
        return store_error(error)

    def _finish(self) -> None:
        result, self._result = self._result, None
        if result is not None:
            if self._unread():
                self._drop()
            try:
                result.close()
            except FOREIGN:
                self._drop()

    def _unread(self) -> bool:
        """Make PyMySQL forget rows that were not fetched; tell whether there were any.

        Else it reads all of them when the cursor is closed, or in a destructor from a connection
        that is gone.
        """
        rows = vars(self._driver).get("_result") if self.kind == "mysql" and self._driver else None
        if rows is None or not getattr(rows, "unbuffered_active", False):
            return False
        rows.unbuffered_active = False
        return True

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.invalidate()
                connection.close()
            except FOREIGN:
                pass

    def _set_up(self, connection: Any, _record: object) -> None:
        """Tell a new session to be read-only before anything else is sent."""
        if self._target.verified and self.kind == "mysql" and not vars(connection).get("_secure"):
            # Older drivers go on in clear text when the server offers no TLS.
            connection.close()
            raise StoreError(
                "the server offers no TLS; set verify_tls = false if you accept the risk",
                "refused",
            )
        self._driver = connection
        if self.kind == "mysql":
            # Until here a server of another kind, which waits for us to speak, cost little time.
            connection._read_timeout = SILENT_SECONDS  # noqa: SLF001 - PyMySQL has no other way
        cursor = connection.cursor()
        try:
            for statement in SETUP[self.kind]:
                cursor.execute(statement)
        finally:
            cursor.close()
        if self.kind != "sqlite":
            connection.commit()

    def _open_file(self) -> sqlite3.Connection:
        if self._target.file is None:
            raise StoreError("no SQLite file", "unreadable")
        connection = open_file(self._target.file, LOCK_SECONDS)
        connection.set_progress_handler(self._over, _STEPS)
        return connection

    def _over(self) -> int:
        return int(time.monotonic() > self._deadline)


def milliseconds(seconds: float) -> int:
    """A time limit as stores take it: 0 is none."""
    return max(int(seconds * 1000), 1) if math.isfinite(seconds) else 0


def _engine(target: Target, open_file: Any) -> sa.Engine:
    options: dict[str, Any] = {"poolclass": NullPool, "hide_parameters": True}
    if target.kind == "sqlite":
        # The default style takes a field named %(x)s for a parameter (before SQLAlchemy 2.1).
        return sa.create_engine(target.url, creator=open_file, paramstyle="named", **options)
    if target.kind == "postgresql":
        # One snapshot for a read: what is counted first is what is read after.
        options["isolation_level"] = "REPEATABLE READ"
        options["execution_options"] = {"postgresql_readonly": True}
    return sa.create_engine(target.url, connect_args=target.arguments, **options)
