"""The entries of a log as a question needs them: when, and whether what it asks about is there."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from connectors.log_files import LogFile
from connectors.log_formats import LOGFMT
from connectors.log_json import values_at
from connectors.log_lines import split_lines
from connectors.log_open import CHUNK, open_raw, plain
from connectors.log_streams import Bounded, file_entries
from connectors.log_table import parse
from connectors.log_types import entry_time, object_time
from scanner.model import Ask, Question

WHOLE_BYTES = 64 * 1024 * 1024  # plain bytes that a question may read
SECONDS = 30.0
ENTRY_TIME = ("", "@timestamp")
_LINE = 64 * 1024
_EDGE = 100  # lines at either end of a file
_TEMPLATE_FIELD = re.compile(r"(?:.+\.)?t(?:0|[0-9a-f]{8})\.\d+")


class TooMuchError(Exception):
    """Reading it all would cost more than a question may."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a question needs of one entry."""

    time: datetime | None  # of the field or of the entry
    counts: bool  # one of the fields that must hold something does
    values: tuple[str, ...] = field(default=(), repr=False)  # of a grouping


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question looks at in each entry."""

    time: str  # the field of times; empty for the entry's own
    group: str
    filled: tuple[str, ...]

    @property
    def simple(self) -> bool:
        """The entry's own time is all that is needed."""
        return not (self.time or self.group or self.filled)


def wanted(question: Question) -> Wanted:
    """Return what a question looks at.

    Places of templates are known only after reading: where one of them must hold something, every
    entry counts.
    """
    group = question.field if question.ask is Ask.GROUPS else ""
    when = question.when if question.ask is Ask.GROUPS else question.field
    placed = any(_TEMPLATE_FIELD.fullmatch(name) for name in question.not_null)
    filled = () if placed else question.not_null
    return Wanted("" if when in ENTRY_TIME else when, group, filled)


def entries(files: Sequence[LogFile], wanted: Wanted) -> Iterator[Entry]:
    """Yield every entry of a set that is small enough; an entry without time has the one before.

    Raise TooMuchError for a larger one.
    """
    if sum(file.place.size for file in files) > WHOLE_BYTES:
        raise TooMuchError
    until, left = time.monotonic() + SECONDS, WHOLE_BYTES
    for file in files:
        with open_raw(file.place.path, file.place.label) as raw:
            stream = plain(raw, file.head.packed, file.head.encoding, file.place.label)
            bounded = Bounded(stream, left, until)
            before: datetime | None = None
            for data, _ in file_entries(file, bounded, _LINE):
                entry, before = _look(file, file.decode(data), wanted, before)
                yield entry
            left -= bounded.used
            if bounded.ended_early:
                raise TooMuchError


def edge_entries(files: Sequence[LogFile], wanted: Wanted) -> Iterator[Entry]:
    """Yield entries at either end of each file; a packed file's end is not reached cheaply."""
    for file in files:
        for data in _edges(file):
            yield _look(file, file.decode(data), wanted, None)[0]


def _look(
    file: LogFile, entry: str, wanted: Wanted, before: datetime | None
) -> tuple[Entry, datetime | None]:
    """Return an entry, and its own time for the entries after it that have none."""
    bare = file.format.joined and not entry.startswith("{") and file.format is not LOGFMT
    if wanted.simple and bare:  # no need of the cells
        own = file.clock.first(entry) or before
        return Entry(own, counts=True), own
    cells, found = parse(entry, file.format, file.clock)

    def values(name: str) -> tuple[str, ...]:
        if found is not None:
            return tuple(values_at(found, name))
        return tuple(cell.value for cell in cells if cell.name == name and cell.value is not None)

    counts = not wanted.filled or any(
        value.strip() for name in wanted.filled for value in values(name)
    )
    group = values(wanted.group) if wanted.group else ()
    if wanted.time:
        moments = [file.clock.read(value) for value in values(wanted.time)]
        return Entry(next((moment for moment in moments if moment), None), counts, group), None
    if found is not None:
        own = object_time(found, file.clock) or before
    else:
        own = entry_time(cells, file.format, file.clock) or before
    return Entry(own, counts, group), own


def _edges(file: LogFile) -> Iterator[bytes]:
    lines = file.head.data.split(b"\n")
    yield from (line.rstrip(b"\r") for line in lines[:_EDGE] if line.strip())
    if not file.seekable or file.place.size <= len(file.head.raw):
        return
    with open_raw(file.place.path, file.place.label) as raw:
        raw.seek(max(file.place.size - CHUNK, 0))
        tail = [line for line, _ in split_lines(raw, _LINE) if line.strip()]
    yield from tail[1:][-_EDGE:]
