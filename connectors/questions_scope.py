"""Which rows an SQL question is about: the asset, the way to its customers, what must be filled.

A question that could mean a long scan is not asked: an index, a small population or consent
(``full_scan``) is needed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from connectors.questions_time import TIMES, Condition, Expression, Moment, moment, unasked
from connectors.sql_target import Target
from scanner.model import Ask, Asset, Field, Kind, Question

ROWS = 1_000_000  # population up to which a count without an index is asked for
SIZE = 100_000_000  # bytes, where the store gives no number of rows

Find = Callable[[str], Target]
"""Gives the asset of a path in the same source; raises StoreError(not_measured)."""

_YES = ("1", "t", "true", "y", "yes", "oui")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a statement is made of.

    ``spoken`` are the fields that the question speaks of, those of the looked-up asset where the
    question goes through one; ``own`` those of the asset that is asked. ``doubled`` tells whether
    one key leads to several customers, where no constraint of the store rules it out.
    """

    target: Target
    start: sa.FromClause
    where: tuple[Condition, ...]
    spoken: Mapping[str, tuple[Field, Expression]]
    own: Mapping[str, tuple[Field, Expression]]
    small: bool  # a pass over all rows is allowed
    doubled: Expression | None = None

    def moment(self, name: str, *, own: bool = False) -> Moment:
        """Return one of the fields as times. Raise StoreError(not_measured)."""
        field, column = self.pick(name, own=own)
        found = moment(self.target.dialect, field, column)
        if found.epoch and not self.small:
            raise unasked(
                "its times are numbers, which an index does not help to compare; "
                "set full_scan = true for this source"
            )
        return found

    def each(self, when: Moment) -> tuple[sa.Subquery, Moment]:
        """Return the rows with their time worked out once, and that time."""
        at = when.at if when.dialect == "sqlite" else sa.case((when.dated, when.at))
        odd = when.odd if when.odd is not None else sa.false()
        written: Expression = sa.case((odd, sa.literal(1)), else_=sa.literal(0))
        inner: sa.Select[Any] = sa.select(at.label("at"), written.label("odd"))
        inner = inner.select_from(self.start).where(*self.where)
        if when.dialect == "sqlite":
            # Without a limit SQLite puts the expression in every place that uses it.
            inner = inner.limit(sa.literal(-1))
        side = inner.subquery("each")
        known = replace(when, at=side.c.at, dated=side.c.at.is_not(None))
        return side, replace(known, odd=None if when.odd is None else side.c.odd == sa.literal(1))

    def pick(self, name: str, *, own: bool = False) -> tuple[Field, Expression]:
        """Return one of the fields. Raise StoreError(not_measured)."""
        if not name:
            raise unasked("a table has no time of its own; name a field")
        found = (self.own if own else self.spoken).get(name)
        if found is None:
            raise unasked("there is no such field that can be asked about")
        return found


def scope_of(target: Target, question: Question, find: Find, *, full_scan: bool) -> Scope:
    """Return the rows of a question. Raise StoreError(not_measured) when it cannot be asked."""
    own = _columns(target)
    through = question.through
    if through is None:
        small = _affordable(target.asset, _indexes(question, own), full_scan)
        flag = _says_yes(target.dialect, own, question.flag)
        where = (*_filled(target, question.not_null), *flag)
        return Scope(target, target.table, where, own, own, small)
    other = find(through.asset)
    looked = _columns(other)
    key, match = own.get(through.key), looked.get(through.match)
    if key is None or match is None:
        raise unasked("the field that leads to the customer is not there; check store.subject")
    _affordable(other.asset, _indexes(question, looked), full_scan)
    small = _affordable(target.asset, [key[0]], full_scan)
    unique = match[0].key == "unique" or _sole_key(other, match[0])
    unlike = key[0].kind is not match[0].kind  # else stores compare them, or refuse to
    ours = as_text(target.dialect, key[1]) if unlike else key[1]
    theirs = as_text(target.dialect, match[1]) if unlike else match[1]
    side, spoken = _looked_up(other, theirs, question, looked, unique=unique)
    outer = small and not question.flag
    joined = target.table.join(side, ours == side.c.k, isouter=outer)
    doubled = None if unique else _doubled(other, match[1])
    where = _filled(target, question.not_null)
    return Scope(target, joined, where, spoken, own, small, doubled)


def _columns(target: Target) -> dict[str, tuple[Field, Expression]]:
    return {field.name: (field, target.column(field)) for field in target.fields}


def _indexes(question: Question, fields: Mapping[str, tuple[Field, Expression]]) -> list[Field]:
    """The fields of which an index spares a pass over all rows."""
    if question.ask is Ask.CUSTOMERS:
        return []
    names = [question.field, question.when if question.since else ""]
    return [fields[name][0] for name in names if name in fields]


def _affordable(asset: Asset, fields: Sequence[Field], full_scan: bool) -> bool:
    """Tell whether a pass over all rows is allowed. Raise StoreError when an index lacks too."""
    known, size = asset.population, asset.size
    small = known <= ROWS if known is not None else size is not None and size <= SIZE
    if full_scan or small:
        return True
    if any(field.indexed for field in fields):
        return asset.kind == "sqlite"  # its times are worked out row by row, index or not
    number = "unknown" if known is None else f"about {known}"
    raise unasked(
        f"counting would read the whole asset (rows: {number}) and the field has no index; "
        "index it, or set full_scan = true for this source"
    )


def _sole_key(target: Target, field: Field) -> bool:
    keys = [other.name for other in target.fields if other.key == "primary"]
    return keys == [field.name]


def _looked_up(
    other: Target,
    match: Expression,
    question: Question,
    looked: Mapping[str, tuple[Field, Expression]],
    *,
    unique: bool,
) -> tuple[sa.Subquery, dict[str, tuple[Field, Expression]]]:
    """The customers with what is asked of them, one row for each key.

    Where the store does not say that the key is unique, the latest of several counts.
    """
    names = [name for name in dict.fromkeys((question.field, *question.by)) if name]
    if missing := [name for name in names if name not in looked]:
        raise unasked(f"the asset that lists the customers has no field {missing[0]!r}")
    chosen: list[Any] = [match.label("k")]
    for number, name in enumerate(names):
        field, column = looked[name]
        shown = column if unique or field.kind in TIMES else as_text(other.dialect, column)
        if other.dialect == "sqlite":
            shown = column
        chosen.append((shown if unique else sa.func.max(shown)).label(f"c{number}"))
    flag = _says_yes(other.dialect, looked, question.flag)
    inner: sa.Select[Any] = sa.select(*chosen).select_from(other.table).where(*flag)
    if not unique:
        inner = inner.group_by(match)
    side = inner.subquery("customer")
    return side, {name: (looked[name][0], side.c[f"c{n}"]) for n, name in enumerate(names)}


def _doubled(other: Target, match: Expression) -> Expression:
    twice: sa.Select[Any] = (
        sa.select(sa.literal_column("1")).select_from(other.table).where(match.is_not(None))
    )
    return sa.exists(twice.group_by(match).having(sa.func.count() > sa.literal(1)))


def as_text(dialect: str, column: Expression) -> Expression:
    """Return a field as text, so that any type can be compared and fetched."""
    return sa.cast(column, sa.CHAR if dialect == "mysql" else sa.Text)


def _filled(target: Target, names: Sequence[str]) -> tuple[Condition, ...]:
    """Rows in which one of these fields holds something; an emptied text holds nothing."""
    fields = {field.name: field for field in target.fields}
    found = dict.fromkeys(name if name in fields else name.split(".")[0] for name in names)
    conditions: list[Condition] = []
    for name in found:
        if name not in fields:
            raise unasked("a field that must not be empty is not there")
        field, column = fields[name], target.column(fields[name])
        text = field.kind is Kind.TEXT and not field.declared.endswith("[]")
        if target.dialect == "sqlite":
            conditions.append(sa.and_(column.is_not(None), column != sa.literal("")))
        elif text:
            shown = sa.cast(column, sa.Text) if target.dialect == "postgresql" else column
            conditions.append(sa.and_(column.is_not(None), shown != sa.literal("")))
        else:
            conditions.append(column.is_not(None))
    return (sa.or_(*conditions),) if conditions else ()


def _says_yes(
    dialect: str, fields: Mapping[str, tuple[Field, Expression]], name: str
) -> tuple[Condition, ...]:
    """Rows in which a field says yes: true, 1, a word for it, or any date."""
    if not name:
        return ()
    if name not in fields:
        raise unasked("the field that tells whether it has happened is not there")
    field, column = fields[name]
    if field.kind in TIMES:
        return (moment(dialect, field, column).dated,)
    if field.kind is Kind.BOOLEAN and dialect == "postgresql":
        return (column.is_(sa.true()),)
    if field.kind in (Kind.INTEGER, Kind.NUMBER) and dialect != "sqlite":
        said = column == sa.literal(1)
        if field.kind is Kind.NUMBER or field.declared == "bit":
            return (said,)
        return (sa.or_(said, moment(dialect, field, column).at > sa.literal(0)),)
    text = sa.func.lower(sa.func.trim(as_text(dialect, column)))
    said = text.in_([sa.literal(word) for word in _YES])
    if dialect != "sqlite" or field.kind is Kind.BOOLEAN:
        return (said,)
    if field.kind in (Kind.TEXT, Kind.INTEGER, Kind.NUMBER):
        return (sa.or_(said, moment(dialect, field, column).at > sa.literal(0)),)
    return (said,)
