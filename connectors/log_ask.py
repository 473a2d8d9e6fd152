"""Questions to logs: oldest and newest entry, entries before a day, counts by a field.

A set of moderate size is read through, and the answer is exact. Of a larger one the first and last
lines of each file give its oldest and newest time; counting would mean reading all of it, and is
left as not measured.
"""

import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from connectors.log_files import LogFile
from connectors.log_formats import LOGFMT
from connectors.log_json import values_at
from connectors.log_lines import split_lines
from connectors.log_open import CHUNK, open_raw, plain
from connectors.log_streams import Bounded, file_entries
from connectors.log_table import parse
from connectors.log_types import entry_time, object_time
from scanner.errors import StoreError
from scanner.model import Ask, Asset, Measure, Question

WHOLE_BYTES = 64 * 1024 * 1024  # plain bytes that a question may read
SECONDS = 30.0
_LINE = 64 * 1024
_KEYS = 1000  # of a grouping
_EDGE = 100  # lines at either end of a file
_TEMPLATE_FIELD = re.compile(r"t[0-9a-f]{1,8}\.\w+")


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a question needs of one entry."""

    values: tuple[str, ...]
    time: datetime | None
    counts: bool  # one of the fields that must hold something does


def answer(asset: Asset, files: Sequence[LogFile], question: Question) -> Measure:
    """Answer a question, or raise StoreError (not_measured) with the reason."""
    if asset.type != "log":
        return _by_file_time(asset, question)
    wanted = (question.field, *question.not_null)
    if any(_TEMPLATE_FIELD.fullmatch(name) for name in wanted):
        raise _not_measured("places of log templates are known only after reading, not in a count")
    try:
        return _through(asset, files, question)
    except _TooMuchError as error:
        if question.ask is Ask.EXTREMES and not question.field:
            return _from_edges(asset, files, question)
        raise _not_measured(str(error)) from None


class _TooMuchError(Exception):
    """Reading it all would cost more than a question may."""


def _not_measured(sentence: str) -> StoreError:
    return StoreError(sentence, "not_measured")


def _by_file_time(asset: Asset, question: Question) -> Measure:
    if question.field or question.ask is Ask.GROUPS or asset.modified is None:
        raise _not_measured("a file that is no log has no fields; only its time of change is known")
    if question.ask is Ask.EXTREMES:
        return Measure(asset.path, question, oldest=asset.modified, newest=asset.modified)
    before = question.cutoff is not None and asset.modified < question.cutoff
    return Measure(
        asset.path, question, count=int(before), oldest=asset.modified if before else None
    )


def _through(asset: Asset, files: Sequence[LogFile], question: Question) -> Measure:
    if question.ask is Ask.GROUPS:
        return _groups(asset, files, question)
    oldest = newest = None
    count = 0
    for seen in _entries(files, question):
        if seen.time is None or not seen.counts:
            continue
        if question.ask is Ask.COUNT_BEFORE:
            if question.cutoff is None or seen.time >= question.cutoff:
                continue
            count += 1
        oldest = seen.time if oldest is None else min(oldest, seen.time)
        newest = seen.time if newest is None else max(newest, seen.time)
    if question.ask is Ask.EXTREMES:
        return _extremes(asset, files, question, oldest, newest)
    return Measure(asset.path, question, count=count, oldest=oldest)


def _extremes(
    asset: Asset,
    files: Sequence[LogFile],
    question: Question,
    oldest: datetime | None,
    newest: datetime | None,
    *,
    exact: bool = True,
) -> Measure:
    if oldest is None and not question.field:
        # No entry tells its time: the files' times of change are the nearest there is.
        times = [file.place.modified for file in files]
        return Measure(asset.path, question, oldest=min(times), newest=max(times), exact=False)
    if oldest is None:
        raise _not_measured("no entry holds a time in this field")
    return Measure(asset.path, question, oldest=oldest, newest=newest, exact=exact)


def _groups(asset: Asset, files: Sequence[LogFile], question: Question) -> Measure:
    counts: Counter[str] = Counter()
    for seen in _entries(files, question):
        if seen.counts:
            counts.update(set(seen.values))
        if len(counts) > _KEYS:
            raise _not_measured(f"the field holds more than {_KEYS} different values")
    if not counts:
        raise _not_measured("no entry holds a value in this field")
    groups = tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return Measure(asset.path, question, groups=groups)


def _entries(files: Sequence[LogFile], question: Question) -> Iterator[_Seen]:
    """Yield every entry of a set that is small enough; an entry without time has the one before."""
    if sum(file.place.size for file in files) > WHOLE_BYTES:
        raise _TooMuchError("counting would read the whole log, and it is large")
    until, left, told = time.monotonic() + SECONDS, WHOLE_BYTES, False
    for file in files:
        with open_raw(file.place.path, file.place.label) as raw:
            stream = plain(raw, file.head.packed, file.head.encoding, file.place.label)
            bounded = Bounded(stream, left, until)
            before: datetime | None = None
            for data, _ in file_entries(file, bounded, _LINE):
                seen = _look(file, file.decode(data), question, before)
                before = seen.time
                told = told or seen.time is not None
                yield seen
            left -= bounded.used
            if bounded.ended_early:
                raise _TooMuchError("counting would read the whole log, and it is large")
    if not told and question.ask is Ask.COUNT_BEFORE:
        raise _not_measured("no entry of this log tells its time")


def _look(file: LogFile, entry: str, question: Question, before: datetime | None) -> _Seen:
    simple = not question.field and not question.not_null and question.ask is not Ask.GROUPS
    if simple and file.format.joined and not entry.startswith("{") and file.format is not LOGFMT:
        return _Seen((), file.clock.first(entry) or before, counts=True)  # no need of the cells
    cells, found = parse(entry, file.format, file.clock)

    def values(name: str) -> tuple[str, ...]:
        if found is not None:
            return tuple(values_at(found, name))
        return tuple(cell.value for cell in cells if cell.name == name and cell.value is not None)

    counts = not question.not_null or any(
        value.strip() for name in question.not_null for value in values(name)
    )
    if question.field and question.ask is not Ask.GROUPS:
        moments = [file.clock.read(value) for value in values(question.field)]
        return _Seen((), next((moment for moment in moments if moment), None), counts)
    if question.ask is Ask.GROUPS:
        return _Seen(values(question.field), None, counts)
    if found is not None:
        return _Seen((), object_time(found, file.clock) or before, counts)
    return _Seen((), entry_time(cells, file.format, file.clock) or before, counts)


def _from_edges(asset: Asset, files: Sequence[LogFile], question: Question) -> Measure:
    """Take the times at either end of each file; a packed file's end is not reached cheaply."""
    times: list[datetime] = []
    for file in files:
        for data in _edges(file):
            seen = _look(file, file.decode(data), question, None)
            if seen.time is not None:
                times.append(seen.time)
    oldest, newest = (min(times), max(times)) if times else (None, None)
    return _extremes(asset, files, question, oldest, newest, exact=False)


def _edges(file: LogFile) -> Iterator[bytes]:
    lines = file.head.data.split(b"\n")
    yield from (line.rstrip(b"\r") for line in lines[:_EDGE] if line.strip())
    if not file.seekable or file.place.size <= len(file.head.raw):
        return
    with open_raw(file.place.path, file.place.label) as raw:
        raw.seek(max(file.place.size - CHUNK, 0))
        tail = [line for line, _ in split_lines(raw, _LINE) if line.strip()]
    yield from tail[1:][-_EDGE:]
