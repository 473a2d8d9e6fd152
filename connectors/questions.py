"""Questions to a store in its own language: only counts, dates and group keys come back.

Times are compared as UTC. A question that could mean a long scan is not asked: an index, a small
population or consent (``full_scan``) is needed.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from connectors.sql_session import Session
from connectors.sql_target import Target
from connectors.sql_types import canonical
from scanner.errors import StoreError
from scanner.model import Ask, Asset, Field, GapReason, Kind, Measure, Question

ROWS = 1_000_000  # population up to which a count without an index is asked for
SIZE = 100_000_000  # bytes, where the store gives no number of rows
GROUPS = 1000

_TIMES = (Kind.DATE, Kind.TIMESTAMP)
_FIRST = datetime(1000, 1, 1)  # below it MySQL keeps zero dates


def ask(session: Session, target: Target, question: Question, *, full_scan: bool) -> Measure:
    """Answer a question. Raise StoreError(not_measured) when it cannot be asked."""
    statement = statement_of(target, question, full_scan=full_scan)
    rows = session.all(statement)
    path = target.asset.path
    if question.ask is Ask.GROUPS:
        field = _field(target, question)
        groups = tuple((_key(row[0], field, target.dialect), int(row[1])) for row in rows[:GROUPS])
        exact = len(rows) <= GROUPS
        count = sum(number for _, number in groups) if exact else None
        return Measure(path, question, count, groups=groups, exact=exact)
    count, oldest, newest, odd = rows[0]
    return Measure(
        path,
        question,
        int(count),
        _instant(oldest, target.dialect),
        _instant(newest, target.dialect) if question.ask is Ask.EXTREMES else None,
        exact=not odd,
    )


def statement_of(target: Target, question: Question, *, full_scan: bool) -> sa.Select[Any]:
    """The one statement that answers a question. Raise StoreError(not_measured)."""
    field = _field(target, question)
    _affordable(target.asset, field, full_scan)
    filled = _filled(target, question.not_null)
    column = target.column(field)
    if question.ask is Ask.GROUPS:
        number = sa.func.count().label("n")
        statement = sa.select(column.label("g"), number).select_from(target.table)
        statement = statement.where(column.is_not(None), *filled).group_by(column)
        return statement.order_by(number.desc(), column).limit(sa.literal(GROUPS + 1))
    when, bounds = _time(target, field)
    if question.ask is Ask.COUNT_BEFORE:
        if question.cutoff is None:
            raise _unasked("no cutoff was given")
        bounds.append(when < _cutoff(target, field, question.cutoff))
    odd: Any = sa.literal(0)
    if target.dialect == "sqlite":
        # Texts that are no time are not compared; the answer is then not exact.
        unread: Any = sa.select(sa.literal_column("1")).select_from(target.table)
        odd = sa.exists(unread.where(column.is_not(None), when.is_(None)))
    low: Any = sa.func.min(when)
    high: Any = sa.func.max(when)
    if target.dialect == "postgresql":  # Python knows neither infinity nor years before 1
        low, high = sa.cast(low, sa.Text), sa.cast(high, sa.Text)
    asked: Any = sa.select(sa.func.count(), low, high, odd).select_from(target.table)
    answer: sa.Select[Any] = asked.where(when.is_not(None), *bounds, *filled)
    return answer


def _unasked(reason: str) -> StoreError:
    return StoreError(reason, GapReason.NOT_MEASURED.value)


def _field(target: Target, question: Question) -> Field:
    if not question.field:
        raise _unasked("a table has no time of its own; name a field")
    for field in target.fields:
        if field.name == question.field:
            return field
    raise _unasked("there is no such field that can be asked about")


def _affordable(asset: Asset, field: Field, full_scan: bool) -> None:
    known, size = asset.population, asset.size
    small = known <= ROWS if known is not None else size is not None and size <= SIZE
    if full_scan or field.indexed or small:
        return
    number = "unknown" if known is None else f"about {known}"
    raise _unasked(
        f"counting would read the whole table (rows: {number}) and the field has no index; "
        "index it, or set full_scan = true for this source"
    )


def _filled(target: Target, names: Sequence[str]) -> list[sa.ColumnElement[bool]]:
    """Rows in which one of these fields holds something; an emptied text holds nothing."""
    fields = {field.name: field for field in target.fields}
    found = dict.fromkeys(name if name in fields else name.split(".")[0] for name in names)
    conditions: list[sa.ColumnElement[bool]] = []
    for name in found:
        if name not in fields:
            raise _unasked("a field that must not be empty is not there")
        column = target.column(fields[name])
        if fields[name].kind is Kind.TEXT and not fields[name].declared.endswith("[]"):
            text = sa.cast(column, sa.Text) if target.dialect == "postgresql" else column
            conditions.append(sa.and_(column.is_not(None), text != sa.literal("")))
        else:
            conditions.append(column.is_not(None))
    return [sa.or_(*conditions)] if conditions else []


def _time(
    target: Target, field: Field
) -> tuple[sa.ColumnElement[Any], list[sa.ColumnElement[bool]]]:
    """The field as something that can be compared, and what must hold for it."""
    column = target.column(field)
    if target.dialect == "sqlite":
        if field.kind not in (*_TIMES, Kind.TEXT, Kind.INTEGER, Kind.NUMBER):
            raise _unasked("the field holds no times")
        return _seconds(column), []
    if field.kind not in _TIMES or field.declared.endswith("[]"):
        raise _unasked("the field is not of a date or time type")
    if target.dialect == "mysql":
        return column, [column >= sa.literal(_FIRST.strftime("%Y-%m-%d"))]
    return column, []


def _seconds(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """SQLite: ISO texts and epochs (seconds or milliseconds) as seconds since 1970, UTC."""
    text = sa.cast(sa.func.strftime("%s", column), sa.BigInteger)
    # strftime takes a short number for a Julian day.
    dated = column.like(sa.literal("____-__-__%"))
    whole = sa.cast(column, sa.BigInteger)
    milliseconds = sa.func.abs(column) > sa.literal(100_000_000_000)
    kind = sa.func.typeof(column)
    return sa.case(
        (sa.and_(kind == sa.literal("text"), dated), text),
        (
            kind.in_([sa.literal("integer"), sa.literal("real")]),
            sa.case((milliseconds, whole.op("/")(sa.literal(1000))), else_=whole),
        ),
        else_=sa.null(),
    )


def _cutoff(target: Target, field: Field, cutoff: datetime) -> sa.ColumnElement[Any]:
    utc = cutoff.astimezone(UTC) if cutoff.tzinfo else cutoff.replace(tzinfo=UTC)
    if target.dialect == "sqlite":
        return sa.literal(int(utc.timestamp()))
    if field.kind is Kind.DATE:
        midnight = utc.replace(hour=0, minute=0, second=0, microsecond=0)
        day = utc.date() if utc == midnight else utc.date() + timedelta(days=1)
        text = sa.literal(day.isoformat())
        return sa.cast(text, sa.Date) if target.dialect == "postgresql" else text
    plain = utc.replace(tzinfo=None).isoformat(" ", "microseconds")
    if target.dialect == "mysql":
        return sa.literal(plain)
    zoned = "with time zone" in field.declared
    return sa.cast(sa.literal(plain + "+00" if zoned else plain), sa.DateTime(timezone=zoned))


_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d):(\d\d))?.*\Z", re.S)


def _instant(value: Any, dialect: str) -> datetime | None:
    """A minimum or maximum as a time in UTC; null where Python knows no such day."""
    if dialect == "sqlite" and isinstance(value, int):
        try:
            return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=value)
        except OverflowError:
            return None
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    match = _ISO.match(value) if isinstance(value, str) and not value.endswith("BC") else None
    if match is None:
        return None
    try:
        year, month, day, *clock = (int(part) for part in match.groups("0"))
        return datetime(year, month, day, clock[0], clock[1], clock[2], tzinfo=UTC)
    except ValueError:
        return None


def _key(value: Any, field: Field, dialect: str) -> str:
    if isinstance(value, bytes | bytearray | memoryview):
        return "(bytes)"
    return canonical(value, field, dialect) or ""
