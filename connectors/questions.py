"""Questions to SQL stores: one statement each; only counts, dates and group keys come back.

Times are compared as UTC. Where a pass over all rows is allowed, the statement also tells how many
rows there are and how many have no time; where an index must do, it tells only what was asked.
"""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from connectors import questions_groups as grouped
from connectors.questions_scope import Find, Scope, scope_of
from connectors.questions_time import Condition, Expression, Moment, instant, unasked
from connectors.sql_session import Row, Session
from connectors.sql_target import Target
from scanner.model import Ask, Kind, Measure, Question

_TIMED = (Ask.COUNT_BEFORE, Ask.COUNT_FROM, Ask.EXTREMES)
_NUMBERS = (Kind.INTEGER, Kind.NUMBER)


class Asking:
    """Asks the questions of one session.

    The oldest and newest come with a count where that read all rows, and are not asked again when
    they are the next question about the same rows.
    """

    def __init__(self, session: Session, *, full_scan: bool) -> None:
        self._session = session
        self._full_scan = full_scan
        self._told: tuple[str, Question, Row] | None = None

    def forget(self) -> None:
        """Forget what came with the last count."""
        self._told = None

    def ask(self, target: Target, question: Question, find: Find) -> Measure:
        """Answer a question. Raise StoreError(not_measured) when it cannot be asked."""
        told, self._told = self._told, None
        path, about = target.asset.path, _about(question)
        if told and question.ask is Ask.EXTREMES and told[:2] == (path, about):
            self._told = told
            return _timed(target, question, told[2])
        scope = scope_of(target, question, find, full_scan=self._full_scan)
        rows = self._session.all(_statement(scope, question))
        if question.ask in _TIMED:
            if scope.small and question.ask is not Ask.EXTREMES:
                self._told = path, about, rows[0]
            return _timed(target, question, rows[0])
        if question.ask is Ask.COUNT_BELOW:
            count, every, odd = rows[0]
            return Measure(path, question, int(count), exact=not odd, rows=_whole(every))
        return grouped.answer(scope, question, rows)


def statement_of(
    target: Target, question: Question, find: Find, *, full_scan: bool
) -> sa.Select[Any]:
    """The one statement that answers a question. Raise StoreError(not_measured)."""
    return _statement(scope_of(target, question, find, full_scan=full_scan), question)


def comes_with(
    target: Target, before: Question | None, question: Question, find: Find, *, full_scan: bool
) -> bool:
    """Tell whether the answer comes with that of the question before; see :class:`Asking`."""
    if before is None or question.ask is not Ask.EXTREMES or before.ask not in _TIMED:
        return False
    same = _about(before) == _about(question)
    return same and scope_of(target, before, find, full_scan=full_scan).small


def _about(question: Question) -> Question:
    """The rows and the field that a question is about, whatever it asks of them."""
    return replace(question, ask=Ask.EXTREMES, cutoff=None, because="", filled_of=(), field_of=())


def _statement(scope: Scope, question: Question) -> sa.Select[Any]:
    if question.ask in _TIMED:
        return _times(scope, question)
    if question.ask is Ask.COUNT_BELOW:
        return _below(scope, question)
    return grouped.statement(scope, question)


def _times(scope: Scope, question: Question) -> sa.Select[Any]:
    """Rows, dated, meeting, their oldest and newest, oldest and newest of all, odd ones."""
    when = scope.moment(question.field)
    meets = _meets(when, question)
    if not scope.small:
        low, high = when.ends()
        narrow = [when.dated] if meets is None else [when.dated, meets]
        number = sa.func.count() if meets is not None else sa.null()
        unknown = sa.null()
        found = [unknown, unknown, number, low, high, low, high, _odd(scope, None)]
        return _select(scope, found, narrow)
    side, when = scope.each(when)
    meets = _meets(when, question)
    meeting = sa.and_(when.dated, meets) if meets is not None else when.dated
    chosen = [
        sa.func.count(),
        _count(when.dated),
        _count(meeting),
        when.least(meeting),
        when.most(meeting),
        when.least(when.dated),
        when.most(when.dated),
        _odd(scope, when.odd),
    ]
    return sa.select(*_labelled(chosen)).select_from(side)


def _meets(when: Moment, question: Question) -> Condition | None:
    if question.ask is Ask.EXTREMES:
        return None
    if question.cutoff is None:
        raise unasked("no cutoff was given")
    before = question.ask is Ask.COUNT_BEFORE
    return when.before(question.cutoff) if before else when.reached(question.cutoff)


def _below(scope: Scope, question: Question) -> sa.Select[Any]:
    """Rows with a number from 0 on and below the bound, all with something, odd ones."""
    if question.below is None:
        raise unasked("no bound was given")
    field, column = scope.pick(question.field)
    number, odd = column, None
    if scope.target.dialect == "sqlite":
        text = sa.func.trim(column)
        digits = sa.and_(text != sa.literal(""), sa.not_(text.op("GLOB")(sa.literal("*[^0-9]*"))))
        kind = sa.func.typeof(column)
        number = sa.case(
            (kind.in_([sa.literal("integer"), sa.literal("real")]), column),
            (sa.and_(kind == sa.literal("text"), digits), sa.cast(text, sa.BigInteger)),
            else_=sa.null(),
        )
        odd = sa.and_(column.is_not(None), text != sa.literal(""), number.is_(None))
    elif field.kind not in _NUMBERS or field.declared == "money" or field.declared.endswith("[]"):
        raise unasked("the field holds no numbers")
    meets = sa.and_(number >= sa.literal(0), number < sa.literal(question.below))
    if scope.small:
        counted = [_count(meets), _count(number.is_not(None)), _odd(scope, odd)]
        return _select(scope, counted, [])
    return _select(scope, [sa.func.count(), sa.null(), _odd(scope, odd)], [meets])


def _select(scope: Scope, chosen: list[Any], more: list[Condition]) -> sa.Select[Any]:
    return sa.select(*_labelled(chosen)).select_from(scope.start).where(*scope.where, *more)


def _labelled(chosen: list[Any]) -> list[sa.Label[Any]]:
    return [part.label(f"a{number}") for number, part in enumerate(chosen)]


def _count(condition: Condition) -> Expression:
    return sa.func.count(sa.case((condition, sa.literal_column("1"))))


def _odd(scope: Scope, odd: Condition | None) -> Expression:
    """How many rows could not be compared, or that one key leads to several customers."""
    count = sa.literal(0) if odd is None or not scope.small else _count(odd)
    if scope.doubled is None:
        return count
    return sa.case((scope.doubled, sa.literal(1)), else_=count)


def _timed(target: Target, question: Question, row: Row) -> Measure:
    rows, dated, meeting, low, high, first, last, odd = row
    ask = question.ask
    if ask is Ask.EXTREMES:
        count, low, high = _whole(dated), first, last
    else:
        count = _whole(meeting)
    return Measure(
        target.asset.path,
        question,
        count,
        None if ask is Ask.COUNT_FROM else instant(low),
        None if ask is Ask.COUNT_BEFORE else instant(high),
        exact=not odd,
        rows=_whole(rows),
        undated=None if rows is None else int(rows) - int(dated),
    )


def _whole(number: Any) -> int | None:
    return None if number is None else int(number)
