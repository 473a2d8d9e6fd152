"""Questions to logs: oldest and newest entry, entries before or from a day, by month, by a field.

A set of moderate size is read through, and the answer is exact. Of a larger one the first and last
lines of each file give its oldest and newest time; counting would mean reading all of it, so that
only whether something lies past a day is told. Other files have their time of change.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from connectors.log_ask_entries import TooMuchError, edge_entries, entries, wanted
from connectors.log_files import LogFile
from connectors.questions_codes import code_of
from scanner.errors import StoreError
from scanner.model import Ask, Asset, Measure, Question

_KEYS = 1000  # of a grouping
_TIMED = (Ask.COUNT_BEFORE, Ask.COUNT_FROM, Ask.EXTREMES)
_LARGE = "counting would read the whole log, and it is large"


@dataclass(slots=True)
class _Tally:
    """What a pass over the entries found."""

    rows: int = 0
    dated: int = 0
    met: int = 0
    low: datetime | None = None  # of those that meet the question
    high: datetime | None = None
    first: datetime | None = None  # of all that are dated
    last: datetime | None = None

    def add(self, time: datetime, *, meets: bool) -> None:
        """Add a dated entry."""
        self.dated += 1
        self.first = time if self.first is None else min(self.first, time)
        self.last = time if self.last is None else max(self.last, time)
        if meets:
            self.met += 1
            self.low = time if self.low is None else min(self.low, time)
            self.high = time if self.high is None else max(self.high, time)


class LogAsking:
    """Asks the questions of one source.

    The oldest and newest come with a count, and are not asked again when they are the next
    question about the same entries.
    """

    def __init__(self) -> None:
        self._told: tuple[str, object, _Tally] | None = None

    def answer(self, asset: Asset, files: Sequence[LogFile], question: Question) -> Measure:
        """Answer a question, or raise StoreError (not_measured) with the reason."""
        if asset.type != "log":
            return _by_file_time(asset, question)
        if question.through or question.flag or question.ask in (Ask.CUSTOMERS, Ask.COUNT_BELOW):
            raise _not_measured("a log cannot be asked that; name fields of an asset with rows")
        told, self._told = self._told, None
        about = (wanted(question), tuple(file.place for file in files))
        if told and question.ask is Ask.EXTREMES and told[:2] == (asset.path, about):
            return _extremes(asset, files, question, told[2])
        try:
            if question.ask not in _TIMED:
                grouped = _months if question.ask is Ask.MONTHS else _groups
                return grouped(asset, files, question)
            tally = _counted(files, question)
        except TooMuchError:
            return _from_edges(asset, files, question)
        self._told = asset.path, about, tally
        return _timed(asset, files, question, tally)


def _not_measured(sentence: str) -> StoreError:
    return StoreError(sentence, "not_measured")


def _by_file_time(asset: Asset, question: Question) -> Measure:
    time = asset.modified
    beyond = question.field or question.not_null or question.through or question.flag
    if beyond or time is None or question.ask not in (*_TIMED, Ask.MONTHS):
        raise _not_measured("a file that is no log has no fields; only its time of change is known")
    path = asset.path
    if question.ask is Ask.EXTREMES:
        return Measure(path, question, oldest=time, newest=time, rows=1, undated=0)
    if question.ask is Ask.MONTHS:
        return Measure(path, question, 1, groups=((_month(time), 1),), rows=1, undated=0)
    meets = int(_meets(question, time))
    measure = Measure(path, question, meets, rows=1, undated=0)
    if not meets:
        return measure
    before = question.ask is Ask.COUNT_BEFORE
    return replace(measure, oldest=time) if before else replace(measure, newest=time)


def _month(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m")


def _meets(question: Question, time: datetime) -> bool:
    if question.ask is Ask.EXTREMES:
        return True
    if question.cutoff is None:
        raise _not_measured("no cutoff was given")
    before = time < question.cutoff
    return before if question.ask is Ask.COUNT_BEFORE else not before


def _counted(files: Sequence[LogFile], question: Question) -> _Tally:
    tally = _Tally()
    for entry in entries(files, wanted(question)):
        if not entry.counts:
            continue
        tally.rows += 1
        if entry.time is not None:
            tally.add(entry.time, meets=_meets(question, entry.time))
    return tally


def _timed(asset: Asset, files: Sequence[LogFile], question: Question, tally: _Tally) -> Measure:
    if question.ask is Ask.EXTREMES:
        return _extremes(asset, files, question, tally)
    if tally.rows and not tally.dated:
        return _before_change(asset, files, question, tally)
    before = question.ask is Ask.COUNT_BEFORE
    return Measure(
        asset.path,
        question,
        tally.met,
        tally.low if before else None,
        None if before else tally.high,
        rows=tally.rows,
        undated=tally.rows - tally.dated,
    )


def _extremes(asset: Asset, files: Sequence[LogFile], question: Question, tally: _Tally) -> Measure:
    if tally.first is None and not wanted(question).simple:
        if tally.rows:
            raise _not_measured("no entry holds a time in this field")
        return Measure(asset.path, question, 0, rows=0, undated=0)
    if tally.first is None:
        # No entry tells its time: the files' times of change are the nearest there is.
        return _of_files(asset, files, question)
    measure = Measure(asset.path, question, tally.dated, tally.first, tally.last)
    return replace(measure, rows=tally.rows, undated=tally.rows - tally.dated)


def _before_change(
    asset: Asset, files: Sequence[LogFile], question: Question, tally: _Tally
) -> Measure:
    """Count entries without a time, where all files were last changed before the cutoff."""
    own = not wanted(question).time
    changed = [file.place.modified for file in files]
    if not (own and question.ask is Ask.COUNT_BEFORE and _meets(question, max(changed))):
        raise _not_measured("no entry tells its time")
    rows = tally.rows
    return Measure(asset.path, question, rows, min(changed), exact=False, rows=rows, undated=rows)


def _of_files(asset: Asset, files: Sequence[LogFile], question: Question) -> Measure:
    times = [file.place.modified for file in files]
    return Measure(asset.path, question, oldest=min(times), newest=max(times), exact=False)


def _from_edges(asset: Asset, files: Sequence[LogFile], question: Question) -> Measure:
    """Answer from either end of each file: what lies there, and that the rest lies between."""
    looked = wanted(question)
    if question.ask not in _TIMED or looked.time:
        raise _not_measured(_LARGE)
    every = _Tally()
    counting = _Tally()
    for entry in edge_entries(files, looked):
        if entry.time is not None:
            meets = _meets(question, entry.time)
            every.add(entry.time, meets=meets)
            if entry.counts:
                counting.add(entry.time, meets=meets)
    if question.ask is Ask.EXTREMES:
        if not every.dated:
            return _of_files(asset, files, question)
        if counting.dated:
            low, high = counting.first, counting.last
            return Measure(asset.path, question, oldest=low, newest=high, exact=False)
    elif counting.met and question.ask is Ask.COUNT_BEFORE:
        return Measure(asset.path, question, oldest=counting.low, exact=False)
    elif counting.met:
        return Measure(asset.path, question, newest=counting.high, exact=False)
    elif every.dated and not every.met:
        return Measure(asset.path, question, 0, exact=False)
    raise _not_measured(_LARGE)


def _months(asset: Asset, files: Sequence[LogFile], question: Question) -> Measure:
    months: Counter[str] = Counter()
    rows = 0
    for entry in entries(files, wanted(question)):
        if entry.counts:
            rows += 1
            if entry.time is not None:
                months[_month(entry.time)] += 1
    dated = sum(months.values())
    if rows and not dated:
        raise _not_measured("no entry tells its time")
    groups = tuple(sorted(months.items()))
    return Measure(
        asset.path,
        question,
        dated,
        groups=groups[-_KEYS:],
        exact=len(groups) <= _KEYS,
        rows=rows,
        undated=rows - dated,
    )


def _groups(asset: Asset, files: Sequence[LogFile], question: Question) -> Measure:
    """Count entries by value; where words are expected, an empty text is nothing."""
    counts: Counter[str] = Counter()
    words = dict(question.words)
    count = later = 0
    for entry in entries(files, wanted(question)):
        keys = {code_of(value, words) if words else value for value in entry.values}
        keys -= {""} if words else set()
        if not entry.counts or not keys or _early(question, entry.time):
            continue
        if question.cutoff is not None and entry.time is not None and entry.time >= question.cutoff:
            later += 1
            continue
        count += 1
        counts.update(keys)
        if len(counts) > _KEYS:
            raise _not_measured(f"the field holds more than {_KEYS} different values")
    if not counts and not later and not words:
        raise _not_measured("no entry holds a value in this field")
    groups = tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return Measure(asset.path, question, count, groups=groups, later=later)


def _early(question: Question, time: datetime | None) -> bool:
    """Tell whether an entry lies before the bounds, or nowhere where there are bounds."""
    if time is None:
        return question.since is not None or question.cutoff is not None
    return question.since is not None and time < question.since
