"""What the cells of an SQLite table really are, counted in the store before every row is read.

SQLite stores what it is given, whatever the field declares. A sample holds such fields back until
its last row; a stream cannot, and ADBC takes the type of a field from its first rows. So one
statement goes over the table first.
"""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from connectors.sql_session import Session
from connectors.sql_target import Target
from scanner.model import Field, Kind

_BLANK = " "
_TRUTH = ("0", "1", "f", "false", "n", "no", "off", "on", "t", "true", "y", "yes")
_MOST = 1900  # fields of one answer; SQLite gives 2,000
_NUMBER = 8  # bytes of a number, or of a place in an array
_OF_TYPE = 5  # answers about a field's types


@dataclass(frozen=True, slots=True)
class Census:
    """Types of the cells of each field, and the fields whose cells are not of their kind."""

    types: tuple[str, ...] = ()  # SQLite's word; empty: only nulls; "number", "mixed": several
    nulls: tuple[bool, ...] = ()
    mixed: frozenset[str] = frozenset()
    width: int = 0  # bytes of the widest possible row: the sum of the longest cells


def take_census(session: Session, target: Target, *, types: bool, limit: int = 0) -> Census:
    """Go over the table once; not at all when there is nothing to ask. ``types`` asks for them, and
    for the longest cells, of which ``limit`` bytes will be read.

    Raise StoreError when it cannot be read, or within the time allowed.
    """
    statement = census(target, types=types)
    if statement is None:
        return Census()
    answers = list(session.all(statement)[0])
    found: list[str] = []
    nulls: list[bool] = []
    width = 0
    if types and _askable(target):
        rows = answers.pop(0)
        for _ in target.fields:
            low, high, count, real, longest = answers[:_OF_TYPE]
            del answers[:_OF_TYPE]
            found.append(_type(low, high, count, real or 0))
            nulls.append(count < rows)
            width += min(longest or 0, limit) + _NUMBER
    doubtful = [field for field in target.fields if _misfit(target, field) is not None]
    mixed = {field.name for field, wrong in zip(doubtful, answers, strict=True) if wrong}
    return Census(tuple(found), tuple(nulls), frozenset(mixed), width)


def census(target: Target, *, types: bool) -> sa.Select[Any] | None:
    """Return the statement, or null when there is nothing to ask."""
    asked: list[sa.ColumnElement[Any]] = []
    if types and _askable(target):
        asked.append(sa.func.count())
        for field in target.fields:
            column = target.column(field)
            # Numbers come before texts and those before bytes, but integers lie among the others.
            asked += [sa.func.typeof(sa.func.min(column)), sa.func.typeof(sa.func.max(column))]
            asked += [sa.func.count(column), _reals(column, field), _longest(column, field)]
    for field in target.fields:
        wrong = _misfit(target, field)
        if wrong is not None:
            asked.append(sa.func.max(sa.case((wrong, 1), else_=0)))
    if not asked or len(asked) > _MOST:
        return None
    labelled = [part.label(f"n{number}") for number, part in enumerate(asked)]
    return sa.select(*labelled).select_from(target.table)


def _reals(column: Any, field: Field) -> sa.ColumnElement[Any]:
    """How many cells are no integers; not counted where there should be no numbers at all."""
    if field.kind is Kind.TEXT:
        return sa.literal_column("1")
    return sa.func.sum(sa.func.typeof(column) == "real")


def _longest(column: Any, field: Field) -> sa.ColumnElement[Any]:
    if field.kind in (Kind.INTEGER, Kind.NUMBER, Kind.BOOLEAN):
        return sa.literal_column(str(_NUMBER))
    return sa.func.max(sa.func.length(sa.cast(column, sa.LargeBinary)))


def _askable(target: Target) -> bool:
    return len(target.fields) * (_OF_TYPE + 1) < _MOST


def _type(low: str, high: str, count: int, real: int) -> str:
    if not count:
        return ""
    numbers = {low, high} <= {"integer", "real"}
    if numbers and (low != high or 0 < real < count):
        return "number"
    return low if low == high else "mixed"


def _misfit(target: Target, field: Field) -> sa.ColumnElement[bool] | None:
    """When a cell is not of the kind that its field declares, as far as SQL can say.

    Bytes and numbers beyond any date are left to who reads them.
    """
    column: Any = target.column(field)
    text = sa.func.typeof(column) == "text"
    number = sa.func.typeof(column).in_(["integer", "real"])
    if field.kind in (Kind.INTEGER, Kind.NUMBER):
        digits = sa.func.ltrim(sa.func.trim(column, _BLANK), "+-")
        points = sa.func.length(digits) - sa.func.length(sa.func.replace(digits, ".", ""))
        other = _globs(digits, "*[^0-9.]*") | (points > 1) | ~_globs(digits, "*[0-9]*")
        return sa.and_(text, column != "", other)
    if field.kind is Kind.BOOLEAN:
        said = sa.func.lower(sa.func.trim(column, _BLANK))
        wrong = sa.and_(text, column != "", said.not_in(_TRUTH))
        return wrong | sa.and_(number, column.not_in([0, 1]))
    if field.kind in (Kind.DATE, Kind.TIMESTAMP, Kind.TIME):
        rest = sa.func.replace(sa.func.replace(column, "T", ""), "Z", "")
        marks = sa.func.length(column) - sa.func.length(rest)
        marked = (sa.func.instr(column, "T") > 0) | (sa.func.instr(column, "Z") > 0)
        unlike = sa.func.ltrim(column, f"0123456789-:T{_BLANK}.Z+/,") != ""
        return sa.and_(text, unlike | sa.and_(marked, marks > 2))
    if field.kind is Kind.UUID:
        length = sa.func.length(column).not_in([0, 32, 36, 38])
        return sa.and_(text, length | _globs(column, "*[^0-9a-fA-F{}-]*")) | number
    return None


def _globs(column: Any, pattern: str) -> sa.ColumnElement[bool]:
    return sa.type_coerce(column, sa.String).op("GLOB", is_comparison=True)(pattern)
