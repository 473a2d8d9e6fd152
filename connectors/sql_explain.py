"""The statements that reading and asking would send, as text for a person to check.

What depends on an answer of the store (its keys, the exact share of rows) stands as ``:name``.
"""

import functools
import math
from typing import Any

import sqlalchemy as sa

from connectors import adbc
from connectors.questions import comes_with, statement_of
from connectors.questions_scope import Find
from connectors.sampling import SMALL, bounded, is_small, ordered, seeded
from connectors.sampling_keys import (
    KEYS,
    POINTS,
    ends_of,
    from_key,
    row_key,
    scrambled,
    spread_size,
    with_keys,
)
from connectors.sampling_postgresql import (
    DRAWN_PAGES,
    RELATION,
    SMALL_PAGES,
    percent_of_rows,
    picked,
    sampled,
)
from connectors.sql_census import census
from connectors.sql_session import SETUP
from connectors.sql_target import Target
from connectors.sql_target import written as show
from scanner.errors import StoreError
from scanner.model import Budget, Question


def statements(
    dialect: sa.Dialect,
    target: Target,
    budget: Budget,
    questions: tuple[Question, ...],
    *,
    find: Find,
    full_scan: bool = False,
) -> tuple[str, ...]:
    """Return every statement, in order; a question that would not be asked is a comment.

    ``find`` gives the asset of a path that a question goes through.
    """
    out: list[str] = []
    if budget.most and target.fields:
        every = budget.rows is None
        reading = _every_row if every else functools.partial(_reading, full_scan=full_scan)
        out += reading(dialect, target, budget)
    before: Question | None = None
    for question in questions:
        try:
            out += _asked(dialect, target, before, question, find, full_scan)
        except StoreError as error:
            out.append(f"-- not asked: {error}")
        before = question
    return (*SETUP[target.dialect], *_said_once(out)) if out else ()


def _said_once(lines: list[str]) -> list[str]:
    """Leave out a comment that says what the one before it said: several cutoffs of one field."""
    return [
        line
        for number, line in enumerate(lines)
        if not (number and line == lines[number - 1] and line.startswith("-- after reading"))
    ]


def _asked(
    dialect: sa.Dialect,
    target: Target,
    before: Question | None,
    question: Question,
    find: Find,
    full_scan: bool,
) -> list[str]:
    """What one question sends; what only reading tells is said in a comment."""
    said: list[str] = []
    if question.filled_of and not question.not_null:
        named = ", ".join(question.filled_of)
        said.append(f"-- after reading: only rows in which a field holding {named} is filled")
    if question.field_of and not question.field:
        return [*said, f"-- after reading: asked of fields holding {', '.join(question.field_of)}"]
    if comes_with(target, before, question, find, full_scan=full_scan):
        return [*said, f"-- the oldest and newest {question.field} come with that"]
    return [*said, show(dialect, statement_of(target, question, find, full_scan=full_scan))]


def _every_row(dialect: sa.Dialect, target: Target, budget: Budget) -> list[str]:
    out = [f"-- every row{_bounds(budget)}"]
    plain = show(dialect, target.reading(budget))
    if target.dialect == "postgresql":
        out.append(show(dialect, _named(target)))
        if adbc.installed("postgresql"):
            out.append("-- through ADBC, on a connection of its own that is told first:")
            out += adbc.told_postgresql(budget.seconds)
            statement = show(dialect, target.reading(budget, as_text=True))
            out.append(f"COPY ({statement}) TO STDOUT (FORMAT binary)")
            out.append("-- where ADBC cannot connect:")
    if target.dialect == "sqlite":
        through = adbc.installed("sqlite") and target.asset.type == "table"
        asked = census(target, types=through)
        out += [show(dialect, asked)] if asked is not None else []
        if through:
            out.append(
                "-- through ADBC, on a connection of its own that is told "
                f"{'; '.join(adbc.TOLD_SQLITE)}; or, where the types found do not allow it:"
            )
    return [*out, plain]


def _bounds(budget: Budget) -> str:
    bounds = [] if budget.bytes is None else [f"{budget.bytes} bytes (asset_bytes)"]
    if math.isfinite(budget.seconds):
        bounds.append(f"{budget.seconds:g} seconds (asset_seconds, source_seconds)")
    return f", up to {' or '.join(bounds)}" if bounds else ", without a bound on bytes or seconds"


def _reading(dialect: sa.Dialect, target: Target, budget: Budget, *, full_scan: bool) -> list[str]:
    if target.asset.type == "view":
        return [show(dialect, ordered(target, budget))]
    out: list[str] = []
    if target.dialect == "postgresql":
        out.append(show(dialect, _named(target)))
    if is_small(target, SMALL + 10 * budget.most):
        out.append(show(dialect, bounded(target, budget.most + 1)))
        out.append(f"-- when there are at most {budget.most} rows:")
        out.append(show(dialect, ordered(target, budget)))
        if target.asset.counted and (target.asset.population or 0) <= budget.most:
            return out
        out.append("-- else:")
    if target.dialect == "postgresql":
        return out + _pages(dialect, target, budget, full_scan)
    return out + _keys(dialect, target, budget)


def _named(target: Target) -> sa.TextClause:
    schema, name = str(target.table.schema), str(target.table.name)
    return RELATION.bindparams(schema=schema, name=name)


def _pages(dialect: sa.Dialect, target: Target, budget: Budget, full_scan: bool) -> list[str]:
    asset, seed = target.asset, seeded(target, budget).getrandbits(31)
    pages = max((asset.size or 0) // 8192, 1)
    if full_scan or (pages <= SMALL_PAGES and is_small(target, SMALL)):
        count = sa.select(sa.func.count()).select_from(target.table)
        percent = percent_of_rows(budget.most, asset.population or budget.most)
        how = "bernoulli"
    else:
        percent = min(100.0, 100.0 * max(min(budget.most, DRAWN_PAGES), 100) / pages)
        how = "system"
        count = sa.select(sa.func.count()).select_from(sampled(target, how, percent, seed))
    sample = sampled(target, how, percent, seed)
    note = "-- the share follows from the count"
    return [show(dialect, count), note, show(dialect, picked(target, budget, sample, seed))]


def _keys(dialect: sa.Dialect, target: Target, budget: Budget) -> list[str]:
    key = row_key(target)
    scan: sa.Select[Any] = (
        scrambled(target, budget) if target.dialect == "mysql" else target.reading(budget)
    )
    if key is None:
        limit = show(dialect, bounded(target, SMALL + 1))
        first = show(dialect, ordered(target, budget))
        return [limit, f"-- up to {SMALL} rows:", show(dialect, scan), "-- else:", first]
    random = with_keys(target, budget, key, [sa.literal_column(":keys")])
    spread = from_key(target, budget, key, sa.literal_column(":key"), spread_size(budget))
    return [
        show(dialect, ends_of(target, key)),
        f"-- :keys are seeded random numbers between the two, {KEYS} at a time:",
        show(dialect, random),
        f"-- when most keys are not there, from {POINTS} or more random places:",
        show(dialect, spread),
    ]
