"""Times inside questions to SQL stores: compared as UTC, cut into months, read from an answer."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from scanner.errors import StoreError
from scanner.model import Field, GapReason, Kind

Expression = sa.ColumnElement[Any]
Condition = sa.ColumnElement[bool]

TIMES = (Kind.DATE, Kind.TIMESTAMP)
_FIRST = "1000-01-01"  # below it MySQL keeps zero dates
# Epochs below are of before March 1973; 2019 and 20240131 are a year and a day, no epochs.
_LEAST_EPOCH = 100_000_000
_MILLISECONDS = 100_000_000_000


def unasked(reason: str) -> StoreError:
    """Return the error of a question that cannot be asked."""
    return StoreError(reason, GapReason.NOT_MEASURED.value)


@dataclass(frozen=True, slots=True)
class Moment:
    """A field of times as it can be compared.

    ``odd`` holds for what is neither a time nor nothing: the answer is then not exact.
    """

    field: Field
    dialect: str
    at: Expression
    dated: Condition
    odd: Condition | None = None
    epoch: bool = False  # ``at`` is seconds since 1970

    def before(self, cutoff: datetime) -> Condition:
        """Tell the rows whose time lies before a cutoff."""
        return self.at < self._literal(cutoff)

    def reached(self, cutoff: datetime) -> Condition:
        """Tell the rows whose time lies at or after a cutoff."""
        return self.at >= self._literal(cutoff)

    def month(self) -> Expression:
        """Return the calendar month, UTC, as ``2025-12``; the sessions speak UTC."""
        if self.dialect == "sqlite":
            return sa.func.strftime(sa.literal("%Y-%m"), self.at, sa.literal("unixepoch"))
        if self.dialect == "mysql":
            at = sa.func.from_unixtime(self.at) if self.epoch else self.at
            return sa.func.date_format(at, sa.literal("%Y-%m"))
        at = sa.func.to_timestamp(self.at) if self.epoch else self.at
        return sa.func.to_char(at, sa.literal("YYYY-MM"))

    def least(self, condition: Condition) -> Expression:
        """Return the oldest time of the rows that meet a condition."""
        return self._bound(sa.func.min(sa.case((condition, self.at))))

    def most(self, condition: Condition) -> Expression:
        """Return the newest time of the rows that meet a condition."""
        return self._bound(sa.func.max(sa.case((condition, self.at))))

    def ends(self) -> tuple[Expression, Expression]:
        """Return the oldest and newest time, in the form that an index can tell."""
        return self._bound(sa.func.min(self.at)), self._bound(sa.func.max(self.at))

    def _bound(self, value: Expression) -> Expression:
        # Python knows no years before 1 and none after 9999.
        return value if self.epoch or self.dialect != "postgresql" else sa.cast(value, sa.Text)

    def _literal(self, cutoff: datetime) -> Expression:
        utc = cutoff.astimezone(UTC) if cutoff.tzinfo else cutoff.replace(tzinfo=UTC)
        if self.epoch:
            return sa.literal(int(utc.timestamp()), sa.BigInteger)
        if self.field.kind is Kind.DATE:
            midnight = utc.replace(hour=0, minute=0, second=0, microsecond=0)
            day = utc.date() if utc == midnight else utc.date() + timedelta(days=1)
            text = sa.literal(day.isoformat())
            return sa.cast(text, sa.Date) if self.dialect == "postgresql" else text
        plain = utc.replace(tzinfo=None).isoformat(" ", "microseconds")
        if self.dialect == "mysql":
            return sa.literal(plain)
        zoned = "with time zone" in self.field.declared
        return sa.cast(sa.literal(plain + "+00" if zoned else plain), sa.DateTime(timezone=zoned))


def moment(dialect: str, field: Field, column: Expression) -> Moment:
    """Return a field as times. Raise StoreError(not_measured) when it holds none."""
    if dialect == "sqlite":
        if field.kind not in (*TIMES, Kind.TEXT, Kind.INTEGER, Kind.NUMBER):
            raise unasked("the field holds no times")
        nothing = column.in_([sa.literal(""), sa.literal(0), sa.literal(-1)])
        return _of_seconds(field, dialect, column, _seconds(column), nothing)
    array = field.declared.endswith("[]")
    if field.kind is Kind.INTEGER and not array and field.declared not in ("oid", "bit"):
        nothing = column.in_([sa.literal(0), sa.literal(-1)])
        division = "DIV" if dialect == "mysql" else "/"
        return _of_seconds(field, dialect, column, _epoch(column, column, division), nothing)
    if field.kind not in TIMES or array:
        raise unasked("the field is not of a date or time type")
    if dialect == "mysql":
        return Moment(field, dialect, column, column >= sa.literal(_FIRST))
    return Moment(field, dialect, column, sa.func.isfinite(column))


def _of_seconds(
    field: Field, dialect: str, column: Expression, at: Expression, nothing: Condition
) -> Moment:
    odd = sa.and_(column.is_not(None), sa.not_(nothing), at.is_(None))
    return Moment(field, dialect, at, at.is_not(None), odd, epoch=True)


def _epoch(column: Expression, whole: Expression, division: str = "/") -> Expression:
    """Seconds or milliseconds since 1970 as seconds; null for what is neither."""
    return sa.case(
        (sa.func.abs(column) > sa.literal(_MILLISECONDS), whole.op(division)(sa.literal(1000))),
        (column.between(sa.literal(-1), sa.literal(_LEAST_EPOCH)), sa.null()),
        else_=whole,
    )


def _seconds(column: Expression) -> Expression:
    """SQLite: ISO texts and epochs (seconds or milliseconds) as seconds since 1970, UTC."""
    text = sa.cast(sa.func.strftime("%s", column), sa.BigInteger)
    # strftime takes a short number for a Julian day.
    dated = column.like(sa.literal("____-__-__%"))
    epoch = _epoch(column, sa.cast(column, sa.BigInteger))
    kind = sa.func.typeof(column)
    return sa.case(
        (sa.and_(kind == sa.literal("text"), dated), text),
        (kind.in_([sa.literal("integer"), sa.literal("real")]), epoch),
        else_=sa.null(),
    )


_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d):(\d\d))?.*\Z", re.S)


def instant(value: Any) -> datetime | None:
    """Return an answered time in UTC; null where Python knows no such day."""
    if isinstance(value, int):
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
