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
FETCH = 4 * 1024 * 1024  # bytes of one fetch, about
FIRST_ROWS = 64  # of the first fetch
MOST_ROWS = 1_000  # of any: what follows short rows may be long


@dataclass(slots=True)
class Pace:
    """How many rows to fetch next, so that a fetch stays near :data:`FETCH` bytes.

    It starts low, because nothing is known of the first rows.
    """

    most: int = MOST_ROWS
    rows: int = FIRST_ROWS

    def __call__(self) -> int:
        """Return the rows of the next fetch."""
        return self.rows

    def measured(self, rows: int, size: int) -> None:
        """Learn from a fetch; grow by no more than eight times."""
        fitting = FETCH * rows // max(size, 1)
        self.rows = max(min(fitting, self.rows * 8, self.most), 1)


Chunk = list[Row] | tuple[Any, ...]
"""Some rows; or, as a tuple, some cells of each column (values, or an Arrow array)."""


@dataclass(slots=True)
class Draw:
    """Rows in chunks, and how they are taken. They may be one more than were asked for."""

    method: Method
    rows: Iterator[Chunk] = field(repr=False)
    population: int | None = None
    counted: bool = False
    complete: bool = False  # when the rows end before the budget does, they are all there are
    gaps: tuple[Gap, ...] = ()
    mixed: frozenset[str] = frozenset()  # fields of SQLite known to hold texts of another kind
    pace: Pace | None = None  # told what each fetch weighed
    given_up: bool = False  # before its end, for another read

    def start(self) -> None:
        """Fetch the first chunk, so that what cannot be read fails before anything is delivered."""
        rows = self.rows
        ahead = next(rows, None)
        if ahead is not None:
            self.rows = _after(ahead, rows)

    def give_up(self) -> None:
        """Free the cursor for another read; what was not read yet stays unread."""
        self.given_up = True
        self.close()

    def close(self) -> None:
        """Free the cursor."""
        close = getattr(self.rows, "close", None)
        if close is not None:
            close()


def _after(ahead: Chunk, rows: Iterator[Chunk]) -> Iterator[Chunk]:
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
    statement = target.reading(budget).limit(sa.literal(budget.most + 1))
    if target.asset.type == "view":
        return statement
    keys = target.keys()
    if not keys and places and target.dialect == "postgresql":
        keys = [sa.literal_column("tableoid"), sa.literal_column("ctid")]
    return statement.order_by(*keys)


def whole(session: Session, target: Target, budget: Budget, population: int) -> Draw:
    """Everything there is: it was counted, and fits the budget."""
    pace = Pace()
    rows = session.chunks(ordered(target, budget), pace)
    return Draw(Method.WHOLE, rows, population, counted=True, complete=True, pace=pace)


def first(session: Session, target: Target, budget: Budget, *, places: bool = True) -> Draw:
    """Only the first rows; whole after all when they are not more than the budget has."""
    asset = target.asset
    pace = Pace()
    rows = session.chunks(ordered(target, budget, places=places), pace)
    return Draw(Method.FIRST, rows, asset.population, asset.counted, complete=True, pace=pace)


def is_small(target: Target, limit: int) -> bool:
    """Tell whether the catalogue gives no reason to think that a table is larger."""
    population = target.asset.population
    return population is None or population <= limit
