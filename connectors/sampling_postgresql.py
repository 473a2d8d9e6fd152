"""Drawing from PostgreSQL: ``TABLESAMPLE`` of pages or rows, with a seed.

Rows of a page are alike. So more pages are drawn than rows are needed, and a seeded hash of the
row's place picks the rows from them.
"""

import math
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from connectors.every_row import everything
from connectors.sampling import (
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
from connectors.sql_session import Session
from connectors.sql_target import Target
from scanner.errors import StoreError
from scanner.model import Budget, Gap, GapReason, Method

SMALL_PAGES = 8192  # 64 MB: up to here a scan is cheap
DRAWN_PAGES = 4000
MOST_PAGES = 20_000

RELATION = sa.text(
    """SELECT c.relkind, c.reltuples, row_security_active(c.oid) AS secured,
      has_table_privilege(c.oid, 'SELECT') AS readable,
      CASE WHEN c.relkind = 'p' THEN (
        SELECT coalesce(sum(pg_relation_size(t.relid)), 0)
        FROM pg_partition_tree(c.oid) AS t WHERE t.isleaf)
      ELSE pg_relation_size(c.oid) END AS bytes,
      CAST(current_setting('block_size') AS int) AS block
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = :schema AND c.relname = :name"""
)


@dataclass(frozen=True, slots=True)
class _Relation:
    kind: str
    tuples: float
    secured: bool
    readable: bool  # as a whole, not only some fields: else the place of a row may not be read
    pages: int


def draw(session: Session, target: Target, budget: Budget, *, full_scan: bool = False) -> Draw:
    """Draw from PostgreSQL."""
    relation = _relation(session, target)
    drawn = _draw(session, target, budget, relation, full_scan)
    if not relation.secured:
        return drawn
    detail = (
        "row-level security hides rows of it from this account: only what it may see was read; "
        "grant BYPASSRLS to read all"
    )
    gap = Gap(target.asset.source, GapReason.PERMISSION, detail, target.asset.path)
    return replace(drawn, method=Method.FIRST, complete=False, gaps=(gap,))


def _relation(session: Session, target: Target) -> _Relation:
    names = {"schema": str(target.table.schema), "name": str(target.table.name)}
    found = session.all(RELATION, names)
    if not found:
        raise StoreError("it is not there any more; scan again", "unreadable")
    kind, tuples, secured, readable, size, block = found[0]
    kind = kind.decode() if isinstance(kind, bytes) else kind
    return _Relation(kind, float(tuples), bool(secured), bool(readable), int(size) // int(block))


def _draw(
    session: Session, target: Target, budget: Budget, relation: _Relation, full_scan: bool
) -> Draw:
    if budget.rows is None:
        return everything(session, target, budget)
    if relation.kind in ("v", "f") or not relation.readable:
        return first(session, target, budget, places=False)
    if is_small(target, SMALL + 10 * budget.most):
        found = count(session, bounded(target, budget.most + 1))
        if found <= budget.most:
            return whole(session, target, budget, found)
    try:
        if full_scan or (relation.pages <= SMALL_PAGES and is_small(target, SMALL)):
            return _rows(session, target, budget)
        return _pages(session, target, budget, relation)
    except StoreError as error:
        # Some access methods and foreign partitions know no TABLESAMPLE.
        if error.reason != GapReason.UNREADABLE.value:
            raise
        return first(session, target, budget)


def percent_of_rows(rows: int, population: int) -> float:
    """The share to ask for so that the wanted rows come almost surely, in per cent."""
    wanted = rows + 4 * math.sqrt(rows) + 16
    return min(100.0, 100.0 * wanted / max(population, 1))


def sampled(target: Target, method: str, percent: float, seed: int) -> sa.TableSample:
    """The table as a sample of its rows (``bernoulli``) or pages (``system``)."""
    share: Any = sa.literal_column(f"{percent:.6f}")
    how = sa.func.bernoulli(share) if method == "bernoulli" else sa.func.system(share)
    return sa.tablesample(target.table, how, name="s", seed=sa.literal_column(str(seed)))


def picked(target: Target, budget: Budget, sample: sa.TableSample, seed: int) -> sa.Select[Any]:
    """The rows of a sample in a seeded order, as many as the budget has."""
    place = sa.literal_column("CAST(s.ctid AS text)", sa.Text) + sa.literal(f":{seed}")
    statement = target.reading(budget, sample)
    return statement.order_by(
        sa.func.hashtext(place), sa.literal_column("s.ctid"), sa.literal_column("s.tableoid")
    ).limit(sa.literal(budget.most))


def _rows(session: Session, target: Target, budget: Budget) -> Draw:
    found = count(session, sa.select(sa.func.count()).select_from(target.table))
    seed = seeded(target, budget).getrandbits(31)
    sample = sampled(target, "bernoulli", percent_of_rows(budget.most, found), seed)
    rows = session.chunks(picked(target, budget, sample, seed), chunk_size(target))
    return Draw(Method.RANDOM, rows, found, counted=True)


def _pages(session: Session, target: Target, budget: Budget, relation: _Relation) -> Draw:
    seed = seeded(target, budget).getrandbits(31)
    pages = max(min(budget.most, DRAWN_PAGES), 100)
    while True:
        percent = min(100.0, 100.0 * pages / max(relation.pages, 1))
        sample = sampled(target, "system", percent, seed)
        found = count(session, sa.select(sa.func.count()).select_from(sample))
        if found >= budget.most or percent >= 100.0 or pages * 4 > MOST_PAGES:
            break
        pages *= 4
    if not found:
        return first(session, target, budget)
    rows = session.chunks(picked(target, budget, sample, seed), chunk_size(target))
    population = target.asset.population
    if population is None and relation.tuples >= 0:
        population = int(relation.tuples)
    return Draw(Method.RANDOM, rows, population)
