"""Every row of a PostgreSQL table through ADBC: one ``COPY`` in binary, cast to text in the store.

libpq is another copy than psycopg's, and is given the same address, certificates and settings.
"""

from typing import Any

import pyarrow as pa

from connectors import sql_text
from connectors.adbc import ArrowRows, Columns, close_quietly, errors, told_postgresql
from connectors.sampling import FETCH
from connectors.sql_errors import arrow_error, encoding_error
from connectors.sql_session import Session
from connectors.sql_target import FLOATS, Target, written
from scanner.model import Budget


def connect(session: Session) -> Any:
    """Return a connection that can only read, with the time that is left as its limit.

    Raise StoreError.
    """
    from adbc_driver_postgresql import dbapi
    from psycopg.conninfo import make_conninfo

    address = session.address
    _, parameters = session.dialect.create_connect_args(address.url)
    parameters = {
        name: value
        for name, value in {**parameters, **address.arguments}.items()
        if isinstance(value, str | int)  # the others are for the other driver, not for libpq
    }
    connection = None
    try:
        connection = dbapi.connect(make_conninfo(**parameters))
        cursor = connection.cursor()
        for statement in told_postgresql(session.left):
            cursor.execute(statement)
        cursor.close()
        connection.commit()
    except errors() as error:
        if connection is not None:
            close_quietly(connection.close)
        raise arrow_error(error, "postgresql", connecting=connection is None) from None
    return connection


def rows(session: Session, target: Target, budget: Budget) -> ArrowRows:
    """Return the rows of a table. Raise StoreError when they cannot be had this way."""
    statement = target.reading(budget, as_text=True)
    options = {"adbc.postgresql.batch_size_hint_bytes": str(FETCH)}

    def convert(batch: pa.RecordBatch) -> Columns:
        return tuple(
            _column(array, of.declared in FLOATS, of, session.kind)
            for array, of in zip(batch.columns, target.fields, strict=True)
        )

    return ArrowRows(
        connect(session),
        written(session.dialect, statement),
        options,
        convert,
        "postgresql",
        session.left,
    )


def _column(array: pa.Array, inexact: bool, of: Any, dialect: str) -> pa.Array:
    if not pa.types.is_string(array.type):
        return array
    try:
        array.validate(full=True)
    except pa.ArrowInvalid:
        raise encoding_error() from None
    return sql_text.floats_of(array, of, dialect) if inexact else array
