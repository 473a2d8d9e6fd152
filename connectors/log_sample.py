"""Samples the entries of a rotated set, spread over all of it and the same for the same seed.

Small and compressed files are read as streams, with one reservoir over all of them: every entry has
the same chance. Of large plain files a few lines are read at seeded places, one in each of many
equal parts. Memory is bounded by the byte budget: no more than it is read, whatever the lines are.
"""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from connectors.log_files import LogFile
from connectors.log_open import open_raw, plain
from connectors.log_streams import SPOT, Bounded, file_entries, spot_entries, spot_lines
from scanner.errors import StoreError
from scanner.model import Budget, GapReason, Method

SEEK_FROM = 8 * 1024 * 1024  # plain files above may be sampled by seeking
_SIGN = 4  # bytes of the longest sign
_LINE = 64 * 1024  # bytes of a line that are always kept, for its cells to be cut one by one
_SPOT_LINES = 4
_UNBOUNDED = 2**62


@dataclass(frozen=True, slots=True)
class Entry:
    """One sampled entry: the index of its file, its place there, its bytes."""

    file: int
    at: int
    data: bytes = field(repr=False)
    short: bool = False  # its end was cut off


@dataclass(slots=True)
class Taken:
    """What was sampled, and how."""

    entries: list[Entry] = field(default_factory=list, repr=False)
    method: Method = Method.WHOLE
    population: int | None = None
    counted: bool = False
    bytes: int = 0
    gaps: list[tuple[GapReason, str]] = field(default_factory=list)


def entry_limit(budget: Budget) -> int:
    """Bytes of one entry that are kept, for its cells to be cut one by one."""
    return max(budget.cell * _SIGN, _LINE)


class Sampler:
    """One read of a set of files."""

    def __init__(self, files: Sequence[LogFile], budget: Budget) -> None:
        self._files, self._budget = files, budget
        self._random = random.Random(budget.seed)  # noqa: S311 - a sample, not a secret
        self._until = time.monotonic() + budget.seconds
        self._limit = entry_limit(budget)
        self._bytes = _UNBOUNDED if budget.bytes is None else budget.bytes
        self._taken = Taken()
        self._population = 0
        self._offered = 0  # entries that the reservoir has seen
        self._short: dict[str, list[str]] = {}  # bound met -> labels of files cut short

    def take(self) -> Taken:
        """Sample the set; what could not be read is among the gaps."""
        taken, rows = self._taken, self._budget.most
        large = [index for index, file in enumerate(self._files) if self._by_seeking(file)]
        kept = self._stream_all([i for i in range(len(self._files)) if i not in large], len(large))
        if large:
            sought = sum(self._files[index].place.size for index in large)
            quota = max(rows * taken.bytes // max(taken.bytes + sought, 1), min(len(kept), 1))
            kept = self._fewer(kept, quota)
            kept += self._fewer(self._seek_all(large, rows - len(kept)), rows - len(kept))
        taken.entries = sorted(kept, key=lambda entry: (entry.file, entry.at))
        taken.counted = not large and taken.method is Method.WHOLE
        taken.population = self._population
        if taken.method is Method.WHOLE and (large or len(kept) < self._population):
            taken.method = Method.SPREAD
        self._tell_short()
        return taken

    def _by_seeking(self, file: LogFile) -> bool:
        """Large, and reading a few lines at many places costs less than reading it through."""
        size, spots = file.place.size, self._budget.most // _SPOT_LINES
        much = size > self._bytes // 2 or spots * SPOT * 2 < size
        return file.seekable and size > SEEK_FROM and much

    def _fewer(self, kept: list[Entry], most: int) -> list[Entry]:
        return kept if len(kept) <= most else self._random.sample(kept, max(most, 0))

    def _fail(self, error: StoreError) -> None:
        self._taken.gaps.append((GapReason(error.reason), str(error)))
        self._taken.method = Method.FIRST

    def _stream_all(self, which: Sequence[int], others: int) -> list[Entry]:
        """Stream files, the smallest first, so that what they leave goes to the larger ones."""
        kept: list[Entry] = []
        order = sorted(which, key=lambda index: (self._files[index].weight, index))
        for done, index in enumerate(order):
            left = self._bytes - self._taken.bytes
            self._stream(index, left // (len(order) - done + others), kept)
        return kept

    def _stream(self, index: int, share: int, kept: list[Entry]) -> None:
        """Offer the entries of one file to the reservoir, up to its share of bytes."""
        file, place, before = self._files[index], self._files[index].place, self._offered
        if time.monotonic() > self._until:
            self._cut_short(place.label, "seconds")
            return
        try:
            with open_raw(place.path, place.label) as raw:
                stream = plain(raw, file.head.packed, file.head.encoding, place.label)
                bounded = Bounded(stream, share, self._until)
                try:
                    for at, (data, short) in enumerate(file_entries(file, bounded, self._limit)):
                        self._offer(Entry(index, at, data, short), kept)
                finally:
                    self._taken.bytes += bounded.used
                    seen = self._offered - before
                    self._population += seen
                if bounded.ended_early:
                    self._cut_short(place.label, bounded.ended_early)
                    # Its last line was cut by the bound: half a line has no format.
                    if seen > 1:
                        kept[:] = [e for e in kept if (e.file, e.at) != (index, seen - 1)]
                    # What was not read is guessed to be like what was.
                    self._population += int(seen * (max(place.size / max(raw.tell(), 1), 1) - 1))
        except StoreError as error:
            self._fail(error)

    def _offer(self, entry: Entry, kept: list[Entry]) -> None:
        self._offered += 1
        if len(kept) < self._budget.most:
            kept.append(entry)
            return
        at = int(self._random.random() * self._offered)
        if at < self._budget.most:
            kept[at] = entry

    def _seek_all(self, large: Sequence[int], rows: int) -> list[Entry]:
        kept: list[Entry] = []
        size = sum(self._files[index].place.size for index in large)
        for done, index in enumerate(large):
            part = self._files[index].place.size
            quota = max((rows - len(kept)) * part // max(size, 1), 1)
            size -= part
            left = self._bytes - self._taken.bytes
            kept += self._seek(index, quota, left // (len(large) - done))
        return kept

    def _seek(self, index: int, quota: int, share: int) -> list[Entry]:
        """Read a few lines at one seeded place of each of many equal parts of a file."""
        file, size = self._files[index], self._files[index].place.size
        spots = max(min(-(-quota // _SPOT_LINES), share // (SPOT * 4)), 1)
        found: dict[int, Entry] = {}
        used = 0
        try:
            with open_raw(file.place.path, file.place.label) as raw:
                for spot in range(spots):
                    late = time.monotonic() > self._until
                    if late or used > share:
                        self._cut_short(file.place.label, "seconds" if late else "bytes")
                        break
                    place = int((spot + self._random.random()) * size / spots)
                    lines, read = spot_lines(raw, place, -(-quota // spots))
                    used += read
                    for at, data, short in spot_entries(file, lines, self._limit):
                        found[at] = Entry(index, at, data, short)
        except StoreError as error:
            self._fail(error)
        except OSError:
            self._fail(StoreError(f"{file.place.label} cannot be read to its end"))
        self._taken.bytes += used
        if not found:  # lines longer than any spot: read what the budget allows from the start
            kept: list[Entry] = []
            self._stream(index, share, kept)
            return kept
        mean = sum(len(entry.data) + 1 for entry in found.values()) / len(found)
        self._population += max(int(size / mean), len(found))
        return self._fewer(list(found.values()), quota)

    def _cut_short(self, label: str, bound: str) -> None:
        self._taken.method = Method.FIRST
        self._short.setdefault(bound, []).append(label)

    def _tell_short(self) -> None:
        for bound, labels in sorted(self._short.items()):
            first = min(labels)
            which = first if len(labels) == 1 else f"{first} and {len(labels) - 1} more"
            sentence = (
                f"not read to the end: {which}; raise asset_{bound} under [sampling] to read more"
            )
            self._taken.gaps.append((GapReason.BUDGET, sentence))
