"""Draws of rows: what they share, and those that need no chance (whole, first).

A draw is seeded by the budget's seed and the asset's path, so that the same data give the same
rows. No draw reads a large table as a whole without consent.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from connectors.sql_session import Row, Session
from connectors.sql_target import Target
from scanner.model import Budget, Gap, Method

SMALL = 100_000  # rows: up to here a scan of the table is cheap
CELLS = 20_000  # of one chunk
CHUNK = 500  # rows at a time


@dataclass(slots=True)
class Draw:
    """Rows in chunks, and how they are taken. They may be one more than were asked for."""

    method: Method
    rows: Iterator[list[Row]] = field(repr=False)
    population: int | None = None
    counted: bool = False
    complete: bool = False  # when the rows end before the budget does, they are all there are
    gaps: tuple[Gap, ...] = ()

    def start(self) -> None:
        """Fetch the first chunk, so that what cannot be read fails before anything is delivered."""
        rows = self.rows
        ahead = next(rows, None)
        if ahead is not None:
            self.rows = _after(ahead, rows)

    def close(self) -> None:
        """Free the cursor."""
        close = getattr(self.rows, "close", None)
        if close is not None:
            close()


def _after(ahead: list[Row], rows: Iterator[list[Row]]) -> Iterator[list[Row]]:
    try:
        yield ahead
        yield from rows
    finally:
        close = getattr(rows, "close", None)
        if close is not None:
            close()


def seeded(target: Target, budget: Budget) -> random.Random:
    """The source of chance for one asset."""
    return random.Random(f"{budget.seed}:{target.asset.path}")  # noqa: S311 - repeatable, no secret


def chunk_size(target: Target) -> int:
    """Rows to fetch at a time: fewer of a wide table."""
    return max(20, min(CHUNK, CELLS // max(len(target.fields), 1)))


def bounded(target: Target, limit: int) -> Any:
    """Count the rows, but not further than ``limit``."""
    some: Any = sa.select(sa.literal_column("1").label("one")).select_from(target.table)
    return sa.select(sa.func.count()).select_from(some.limit(sa.literal(limit)).subquery("some"))


def count(session: Session, statement: Any) -> int:
    """Run a statement that counts."""
    return int(session.all(statement)[0][0])


def ordered(target: Target, budget: Budget, *, places: bool = True) -> sa.Select[Any]:
    """All rows in a stable order, one more than the budget has.

    ``places`` lets PostgreSQL order a table without key by where its rows lie.
    """
    statement = target.reading(budget).limit(sa.literal(budget.rows + 1))
    if target.asset.type == "view":
        return statement
    keys = target.keys()
    if not keys and places and target.dialect == "postgresql":
        keys = [sa.literal_column("tableoid"), sa.literal_column("ctid")]
    return statement.order_by(*keys)


def whole(session: Session, target: Target, budget: Budget, population: int) -> Draw:
    """Everything there is: it was counted, and fits the budget."""
    rows = session.chunks(ordered(target, budget), chunk_size(target))
    return Draw(Method.WHOLE, rows, population, counted=True, complete=True)


def first(session: Session, target: Target, budget: Budget, *, places: bool = True) -> Draw:
    """Only the first rows; whole after all when they are not more than the budget has."""
    asset = target.asset
    rows = session.chunks(ordered(target, budget, places=places), chunk_size(target))
    return Draw(Method.FIRST, rows, asset.population, asset.counted, complete=True)


def is_small(target: Target, limit: int) -> bool:
    """Tell whether the catalogue gives no reason to think that a table is larger."""
    population = target.asset.population
    return population is None or population <= limit
