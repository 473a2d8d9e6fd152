"""Drawing from SQLite, MariaDB and MySQL, which have no ``TABLESAMPLE``.

Random keys are looked up and those without a row are missed. Where most are missed, a small table
is scanned and a large one is read at many random places. Without a key, a large table gives only
its first rows.
"""

import random
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from connectors.every_row import everything
from connectors.sampling import (
    CHUNK,
    SMALL,
    Draw,
    bounded,
    chunk_size,
    count,
    first,
    is_small,
    seeded,
    whole,
)
from connectors.sql_session import Row, Session
from connectors.sql_target import Target
from scanner.errors import StoreError
from scanner.model import Budget, GapReason, Method, decode

KEYS = 500  # of one statement; old SQLite takes 999
DENSE = 20  # at most so many keys are tried for each row that is wanted
POINTS = 50  # places of a spread


def draw(session: Session, target: Target, budget: Budget, *, full_scan: bool = False) -> Draw:
    """Draw from SQLite, MariaDB or MySQL."""
    if budget.rows is None:
        return everything(session, target, budget)
    if target.asset.type == "view":
        return first(session, target, budget)
    if is_small(target, SMALL + 10 * budget.most):
        found = count(session, bounded(target, budget.most + 1))
        if found <= budget.most:
            return whole(session, target, budget, found)
    key = row_key(target)
    ends = None if key is None else _ends(session, target, key)
    if key is None or ends is None:
        return _by_scan(session, target, budget, full_scan)
    drawn = _by_key(session, target, budget, key, *ends)
    if drawn.method is Method.RANDOM:
        return drawn
    scanned = _by_scan(session, target, budget, full_scan)
    return drawn if scanned.method is Method.FIRST else scanned


def row_key(target: Target) -> sa.ColumnElement[Any] | None:
    """The key to draw by: SQLite's row id under a name that no field hides, else the table's."""
    if target.dialect != "sqlite":
        return target.key
    names = {decode(field.name).lower() for field in target.fields}
    free = next((name for name in ("rowid", "_rowid_", "oid") if name not in names), None)
    return sa.literal_column(free, sa.BigInteger) if free else target.key


def ends_of(target: Target, key: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Lowest and highest key. Two selects: SQLite looks each up, but scans for both at once."""
    low = sa.select(sa.func.min(key)).select_from(target.table).scalar_subquery()
    high = sa.select(sa.func.max(key)).select_from(target.table).scalar_subquery()
    return sa.select(low.label("low"), high.label("high"))


def _ends(session: Session, target: Target, key: sa.ColumnElement[Any]) -> tuple[int, int] | None:
    try:
        low, high = session.all(ends_of(target, key))[0]
    except StoreError as error:
        # A table of SQLite without row ids has no such column.
        if target.dialect == "sqlite" and error.reason == GapReason.UNREADABLE.value:
            return None
        raise
    return (int(low), int(high)) if low is not None else None


def with_keys(
    target: Target, budget: Budget, key: sa.ColumnElement[Any], keys: Any
) -> sa.Select[Any]:
    """The rows that have one of these keys."""
    return target.reading(budget).where(key.in_(keys)).order_by(key)


def from_key(
    target: Target, budget: Budget, key: sa.ColumnElement[Any], start: Any, rows: int
) -> sa.Select[Any]:
    """Some rows from a key on, each with its key as the last column."""
    statement = target.reading(budget).add_columns(key.label("k"))
    return statement.where(key >= start).order_by(key).limit(sa.literal(rows))


def _by_key(
    session: Session,
    target: Target,
    budget: Budget,
    key: sa.ColumnElement[Any],
    low: int,
    high: int,
) -> Draw:
    chance = seeded(target, budget)
    tried = _distinct(chance, low, high, KEYS)
    hits = count(
        session,
        sa.select(sa.func.count()).select_from(target.table).where(key.in_(tried)),
    )
    asset = target.asset
    if hits * DENSE >= len(tried):
        keys = _key_chunks(chance, low, high, budget.most * DENSE * 2)
        rows = _random_rows(session, target, budget, key, keys)
        return Draw(Method.RANDOM, rows, asset.population, asset.counted)
    rows = _spread_rows(session, target, budget, key, (chance, low, high))
    return Draw(Method.SPREAD, rows, asset.population, asset.counted)


def _distinct(chance: random.Random, low: int, high: int, wanted: int) -> list[int]:
    if high - low < wanted:
        return list(range(low, high + 1))
    found: set[int] = set()
    while len(found) < wanted:
        found.add(chance.randint(low, high))
    return sorted(found)


def _key_chunks(chance: random.Random, low: int, high: int, limit: int) -> Iterator[list[int]]:
    """Yield keys that were not tried yet, a chunk at a time and each chunk sorted."""
    if high - low < limit:
        everything = list(range(low, high + 1))
        chance.shuffle(everything)
        for at in range(0, len(everything), KEYS):
            yield sorted(everything[at : at + KEYS])
        return
    seen: set[int] = set()
    while len(seen) < limit:
        fresh = {chance.randint(low, high) for _ in range(KEYS)} - seen
        seen |= fresh
        yield sorted(fresh)


def _random_rows(
    session: Session,
    target: Target,
    budget: Budget,
    key: sa.ColumnElement[Any],
    keys: Iterator[list[int]],
) -> Iterator[list[Row]]:
    """Look keys up; those without a row are missed, so that no row stands for a gap before it."""
    left = budget.most
    for wanted in keys:
        rows: list[Row] = []
        for chunk in session.chunks(with_keys(target, budget, key, wanted), chunk_size(target)):
            rows += chunk
        # The rows of a chunk come by key: the last ones must not be the ones left out.
        if len(rows) > left:
            chance = seeded(target, budget)
            rows = [rows[at] for at in sorted(chance.sample(range(len(rows)), left))]
        left -= len(rows)
        if rows:
            yield rows
        if left <= 0:
            return


def _spread_rows(
    session: Session,
    target: Target,
    budget: Budget,
    key: sa.ColumnElement[Any],
    within: tuple[random.Random, int, int],
) -> Iterator[list[Row]]:
    """Read a few rows from each of many places of a key with wide gaps."""
    chance, low, high = within
    each = spread_size(budget)
    left, seen = budget.most, set[Any]()
    for _ in range(POINTS * 4):
        start = chance.randint(low, high)
        statement = from_key(target, budget, key, start, each)
        found = [row for chunk in session.chunks(statement, each) for row in chunk]
        fresh = [row for row in found if row[-1] not in seen][:left]
        seen.update(row[-1] for row in fresh)
        left -= len(fresh)
        if fresh:
            yield [row[:-1] for row in fresh]
        if left <= 0:
            return


def spread_size(budget: Budget) -> int:
    """Rows to read from each place of a spread."""
    return -(-budget.most // POINTS)


def scrambled(target: Target, budget: Budget) -> sa.Select[Any]:
    """MariaDB and MySQL: all rows in a seeded order, as many as the budget has."""
    seed = seeded(target, budget).getrandbits(31)
    statement = target.reading(budget).order_by(sa.func.rand(sa.literal(seed)))
    return statement.limit(sa.literal(budget.most))


def _by_scan(session: Session, target: Target, budget: Budget, full_scan: bool) -> Draw:
    """Without a usable key: a random draw of a small table, else the first rows."""
    if not full_scan and not is_small(target, SMALL):
        return first(session, target, budget)
    limit = 2**62 if full_scan else SMALL + 1
    found = count(session, bounded(target, limit))
    if found > SMALL and not full_scan:
        return first(session, target, budget)
    if target.dialect == "mysql":
        rows = session.chunks(scrambled(target, budget), chunk_size(target))
        return Draw(Method.RANDOM, rows, found, counted=True)
    chosen = seeded(target, budget).sample(range(found), min(budget.most, found))
    return Draw(Method.RANDOM, _picked(session, target, budget, chosen), found, counted=True)


def _picked(
    session: Session, target: Target, budget: Budget, chosen: Sequence[int]
) -> Iterator[list[Row]]:
    """SQLite: pass over all rows and keep the chosen ones."""
    wanted, at = set(chosen), 0
    for chunk in session.chunks(target.reading(budget), CHUNK):
        rows = [row for number, row in enumerate(chunk, at) if number in wanted]
        at += len(chunk)
        if rows:
            yield rows
