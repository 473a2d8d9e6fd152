"""Draws of every row: one statement without limit or order, streamed in bounded fetches.

ADBC reads where it is installed and can start; SQLAlchemy otherwise, with the same result.
"""

from collections.abc import Iterator

from connectors import adbc
from connectors.sampling import Chunk, Draw, Pace
from connectors.sql_census import take_census
from connectors.sql_session import Session
from connectors.sql_target import Target
from scanner.errors import StoreError
from scanner.model import Budget, GapReason, Method


def everything(session: Session, target: Target, budget: Budget) -> Draw:
    """Every row of a table or view, in the order in which the store has them.

    Raise StoreError when it cannot be read within the time allowed.
    """
    if target.dialect == "sqlite":
        return _sqlite(session, target, budget)
    if target.dialect == "postgresql" and adbc.installed("postgresql"):
        from connectors import adbc_postgresql

        try:
            drawn = _draw(target, adbc_postgresql.rows(session, target, budget))
            drawn.start()
        except StoreError:
            if session.left <= 0:
                raise
        else:
            session.end()  # waiting in a transaction would end it as forgotten
            return drawn
    return _by_session(session, target, budget)


def _sqlite(session: Session, target: Target, budget: Budget) -> Draw:
    """The session stays in its transaction, so that the file cannot change under the census."""
    if adbc.installed("sqlite") and target.asset.type == "table":
        from connectors import adbc_sqlite

        try:
            rows, census = adbc_sqlite.rows(session, target, budget)
            drawn = _draw(target, rows)
            drawn.mixed = census.mixed
            drawn.start()
        except StoreError:
            if session.left <= 0:
                raise
        else:
            return drawn
    drawn = _by_session(session, target, budget)
    try:
        drawn.mixed = take_census(session, target, types=False).mixed
    except StoreError as error:
        # A collation that is not here: reading needs none, and tells the kinds as they come.
        if error.reason == GapReason.BUDGET.value:
            raise
    return drawn


def _by_session(session: Session, target: Target, budget: Budget) -> Draw:
    pace = Pace()
    drawn = _draw(target, session.chunks(target.reading(budget), pace))
    drawn.pace = pace
    return drawn


def _draw(target: Target, rows: Iterator[Chunk]) -> Draw:
    asset = target.asset
    return Draw(Method.WHOLE, rows, asset.population, asset.counted, complete=True)
