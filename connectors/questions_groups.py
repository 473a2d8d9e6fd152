"""Grouped questions to SQL stores: by value, by month, and by what decides a customer's region.

Where the question brings the words that may stand there, each value becomes the code of its word
here, and ``?`` when it is none of them, so that no other value leaves the store's process.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from connectors.questions_codes import code_of
from connectors.questions_scope import Scope, as_text
from connectors.questions_time import Condition, Expression, unasked
from connectors.sql_session import Row
from connectors.sql_types import canonical
from scanner.model import Ask, Customers, Field, Kind, Measure, Question

GROUPS = 1000  # keys of an answer
SPELLINGS = 10_000  # values of a store that may become codes
_KEYS = 3  # country, entity, agreement


def statement(scope: Scope, question: Question) -> sa.Select[Any]:
    """Return the statement of a grouped question. Raise StoreError(not_measured)."""
    if question.ask is Ask.MONTHS:
        return _months(scope, question)
    if question.ask is Ask.CUSTOMERS:
        return _customers(scope, question)
    return _groups(scope, question)


def answer(scope: Scope, question: Question, rows: Sequence[Row]) -> Measure:
    """Turn the rows of :func:`statement` into a measure."""
    if question.ask is Ask.MONTHS:
        return _counted_months(scope, question, rows)
    if question.ask is Ask.CUSTOMERS:
        return _counted_customers(scope, question, rows)
    return _counted_groups(scope, question, rows)


def _most(question: Question) -> int:
    return SPELLINGS if question.words else GROUPS


def _groups(scope: Scope, question: Question) -> sa.Select[Any]:
    """Value, rows within the bounds, rows dated later."""
    field, column = scope.pick(question.field)
    if question.words:
        column = _text(scope, field, column)
    within, bounds = _within(scope, question)
    number = _count(within).label("n") if within is not None else sa.func.count().label("n")
    later: Expression = sa.literal(0)
    if question.when and question.cutoff is not None:
        when = scope.moment(question.when, own=True)
        later = _count(sa.and_(when.dated, when.reached(question.cutoff)))
    chosen = sa.select(column.label("g"), number, later.label("later")).select_from(scope.start)
    chosen = chosen.where(column.is_not(None), *scope.where, *bounds).group_by(column)
    return chosen.order_by(number.desc(), column).limit(sa.literal(_most(question) + 1))


def _within(scope: Scope, question: Question) -> tuple[Condition | None, list[Condition]]:
    """What tells the rows within the bounds of time, and what leaves out those before them."""
    if not question.when:
        return None, []
    when = scope.moment(question.when, own=True)
    bounds = [when.dated]
    if question.since is not None:
        bounds.append(when.reached(question.since))
    if question.cutoff is None:
        return None, bounds
    return when.before(question.cutoff), bounds


def _counted_groups(scope: Scope, question: Question, rows: Sequence[Row]) -> Measure:
    field, _ = scope.pick(question.field)
    words, most = dict(question.words), _most(question)
    exact = len(rows) <= most
    counts: Counter[str] = Counter()
    later = 0
    for value, number, after in rows[:most]:
        key = _key(value, field, scope.target.dialect)
        key = code_of(key, words) if words else key
        if key or not words:  # where words are expected, an empty text is nothing
            counts[key] += int(number)
            later += int(after)
    counts = +counts
    groups = tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return Measure(
        scope.target.asset.path,
        question,
        sum(counts.values()) if exact else None,
        groups=groups[:GROUPS],
        exact=exact,
        later=later,
    )


def _months(scope: Scope, question: Question) -> sa.Select[Any]:
    """Month, rows, odd ones; the latest months where there are too many."""
    start, when = scope.each(scope.moment(question.field))
    month = sa.case((when.dated, when.month())).label("g")
    inner = sa.select(month, _flag(when.odd).label("odd")).select_from(start)
    if not scope.small:
        inner = inner.where(when.dated)
    side = inner.subquery("months")
    chosen = sa.select(side.c.g, sa.func.count(), sa.func.max(side.c.odd)).group_by(side.c.g)
    # A null comes first or last by store; it is one row more than the months.
    return chosen.order_by(side.c.g.desc()).limit(sa.literal(GROUPS + 2))


def _counted_months(scope: Scope, question: Question, rows: Sequence[Row]) -> Measure:
    months = [(str(month), int(number)) for month, number, _ in rows if month is not None]
    undated = sum(int(number) for month, number, _ in rows if month is None)
    exact = len(months) <= GROUPS
    count = sum(number for _, number in months) if exact else None
    known = scope.small and count is not None
    return Measure(
        scope.target.asset.path,
        question,
        count,
        groups=tuple(sorted(months[:GROUPS])),
        exact=exact and not any(odd for _, _, odd in rows),
        rows=count + undated if known and count is not None else None,
        undated=undated if known else None,
    )


def _customers(scope: Scope, question: Question) -> sa.Select[Any]:
    """Country, entity, agreement, period, rows, customers, odd ones."""
    if len(question.by) != _KEYS:
        raise unasked("country, entity and agreement are asked together")
    through = question.through
    keys = [_text(scope, *scope.pick(name)) if name else sa.null() for name in question.by]
    period, odd = _period(scope, question)
    who = question.customer or (through.key if through else "")
    customer: Expression = scope.pick(who, own=True)[1] if who else sa.null()
    named = [part.label(f"g{at}") for at, part in enumerate((*keys, period))]
    inner = sa.select(*named, customer.label("who"), _flag(odd).label("odd"))
    inner = inner.select_from(scope.start).where(*scope.where)
    if through is not None:  # a row without a key is nobody's
        inner = inner.where(scope.pick(through.key, own=True)[1].is_not(None))
    side = inner.subquery("region")
    every = sa.func.count()
    number = sa.func.count(sa.distinct(side.c.who)) if who else every
    doubtful: Expression = sa.func.max(side.c.odd)
    if scope.doubled is not None:
        doubtful = sa.case((scope.doubled, sa.literal(1)), else_=doubtful)
    groups = [side.c[part.name] for part in named]
    chosen = sa.select(*groups, every, number, doubtful).group_by(*groups)
    return chosen.order_by(every.desc()).limit(sa.literal(SPELLINGS + 1))


def _period(scope: Scope, question: Question) -> tuple[Expression, Condition | None]:
    """How many steps creation has reached, and what tells that it cannot be read."""
    if not question.field:
        return sa.null(), None
    when = scope.moment(question.field)
    steps = [(when.reached(day), sa.literal(n)) for n, day in _numbered(question)]
    reached = sa.case(*steps, else_=sa.literal(0)) if steps else sa.literal(0)
    return sa.case((when.dated, reached)), when.odd


def _numbered(question: Question) -> list[tuple[int, Any]]:
    """The steps with their numbers, the last first, as a row counts for the last it reached."""
    return list(enumerate(sorted(question.steps), 1))[::-1]


def _counted_customers(scope: Scope, question: Question, rows: Sequence[Row]) -> Measure:
    words = dict(question.words)
    found: dict[tuple[str, str, str, int | None], tuple[int, int]] = {}
    for country, entity, agreement, period, number, customers, _ in rows[:SPELLINGS]:
        if not number:
            continue  # the one row of an answer without groups
        codes = (code_of(country, words), code_of(entity, words), code_of(agreement, words))
        key = (*codes, None if period is None else int(period))
        before = found.get(key, (0, 0))
        found[key] = before[0] + int(number), before[1] + int(customers)
    groups = [Customers(*key, *numbers) for key, numbers in found.items()]
    groups.sort(key=lambda group: (-group.rows, group.country, group.entity, group.period or 0))
    exact = len(rows) <= SPELLINGS
    total = sum(group.rows for group in groups)
    undated = sum(group.rows for group in groups if group.period is None)
    return Measure(
        scope.target.asset.path,
        question,
        total if exact else None,
        exact=exact and not any(row[-1] for row in rows),
        rows=total if exact else None,
        undated=undated if exact and question.field else None,
        customers=tuple(groups),
    )


def _text(scope: Scope, field: Field, column: Expression) -> Expression:
    if scope.target.dialect == "sqlite" or field.kind is Kind.TEXT:
        return column
    return as_text(scope.target.dialect, column)


def _flag(odd: Condition | None) -> Expression:
    return sa.literal(0) if odd is None else sa.case((odd, sa.literal(1)), else_=sa.literal(0))


def _count(condition: Condition) -> Expression:
    return sa.func.count(sa.case((condition, sa.literal_column("1"))))


def _key(value: Any, field: Field, dialect: str) -> str:
    if isinstance(value, bytes | bytearray | memoryview):
        return "(bytes)"
    return canonical(value, field, dialect) or ""
