"""Calendar periods (``P90D``, ``P1Y6M``) and their arithmetic."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

_SHAPE = re.compile(r"P(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?")
_LONGEST_YEARS = 1000


@dataclass(frozen=True, slots=True)
class Period:
    """Years, months and days; weeks are days. Kept apart, as a month has no fixed length."""

    years: int = 0
    months: int = 0
    days: int = 0

    def __str__(self) -> str:
        parts = ((self.years, "Y"), (self.months, "M"), (self.days, "D"))
        return "P" + ("".join(f"{count}{sign}" for count, sign in parts if count) or "0D")

    @property
    def words(self) -> str:
        """The period for people: ``1 year 6 months``."""
        parts = ((self.years, "year"), (self.months, "month"), (self.days, "day"))
        said = [f"{count} {word}{'s' if count != 1 else ''}" for count, word in parts if count]
        return " ".join(said) or "0 days"


def parse_period(text: str) -> Period:
    """Read an ISO 8601 duration of whole years, months, weeks and days.

    Raise ValueError, with a sentence for a person, for anything else.
    """
    match = _SHAPE.fullmatch(text)
    if not match or not any(match.groups()):
        raise ValueError("a period is written as in P90D, P6M, P1Y or P1Y6M, in whole days or more")
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    if years + months / 12 + (weeks * 7 + days) / 365 > _LONGEST_YEARS:
        raise ValueError(f"a period cannot be longer than {_LONGEST_YEARS} years")
    return Period(years, months, weeks * 7 + days)


def add(day: date, period: Period) -> date:
    """Return the day a period later: months first, clamped to the month's end, then days.

    2024-02-29 and one year give 2025-02-28. Never later than the last day a date can hold.
    """
    return _moved(day, period, 1)


def subtract(day: date, period: Period) -> date:
    """Return the day a period earlier, clamped alike; never before the first day a date can hold.

    Not the exact inverse of :func:`add`: use :func:`cutoff` to turn a limit round.
    """
    return _moved(day, period, -1)


def cutoff(day: date, period: Period) -> date:
    """Return the first start whose limit has not passed on a day: earlier starts are overdue.

    For every start, ``start < cutoff(day, period)`` exactly when ``add(start, period) < day``.
    """
    start = subtract(day, period)
    # Clamped month ends make several starts share a limit: step to the exact border.
    while start > date.min and add(date.fromordinal(start.toordinal() - 1), period) >= day:
        start = date.fromordinal(start.toordinal() - 1)
    while start < date.max and add(start, period) < day:
        start = date.fromordinal(start.toordinal() + 1)
    return start


def _moved(day: date, period: Period, sign: int) -> date:
    month = day.year * 12 + day.month - 1 + sign * (period.years * 12 + period.months)
    year, month = divmod(month, 12)
    if year < date.min.year:
        return date.min
    if year > date.max.year:
        return date.max
    last = calendar.monthrange(year, month + 1)[1]
    moved = date(year, month + 1, min(day.day, last)).toordinal() + sign * period.days
    return date.fromordinal(min(max(moved, date.min.toordinal()), date.max.toordinal()))
