"""Reads every entry of a rotated set, file after file, as a stream of bounded batches.

Nothing is held but one batch and what the batches before have shown: keys that are data, and the
kinds of fields, which only ever widen.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from connectors.log_files import LogFile
from connectors.log_open import open_raw, plain
from connectors.log_sample import entry_limit
from connectors.log_streams import Bounded, file_entries
from connectors.log_table import Seen, Table
from scanner.errors import StoreError
from scanner.model import Batch, Budget, Gap, GapReason, Method, Sample

BATCH_ROWS = 10_000
BATCH_BYTES = 8 * 1024 * 1024
_UNBOUNDED = 2**62


@dataclass(slots=True)
class _Part:
    """The entries of one batch, each with its file."""

    entries: list[tuple[LogFile, bytes, bool]] = field(default_factory=list, repr=False)
    size: int = 0

    @property
    def full(self) -> bool:
        return len(self.entries) >= BATCH_ROWS or self.size >= BATCH_BYTES


class EveryEntry:
    """One read of all entries; fills the counters and gaps of its sample while it goes on."""

    def __init__(self, files: Sequence[LogFile], budget: Budget, sample: Sample) -> None:
        self._files, self._budget, self._sample = files, budget, sample
        self._limit = entry_limit(budget)
        self._until = time.monotonic() + budget.seconds
        self._left = _UNBOUNDED if budget.bytes is None else budget.bytes
        self._seen = Seen()
        self._part = _Part()

    def batches(self, source: str, asset: str) -> Iterator[Batch]:
        """Yield the batches; what could not be read is among the sample's gaps."""
        sample, short = self._sample, dict[str, list[str]]()
        for file in self._files:
            try:
                for _ in self._entries(file, short):
                    yield from self._table()
            except StoreError as error:
                sample.gaps.append(Gap(source, GapReason(error.reason), str(error), asset))
        yield from self._table()
        for bound, labels in sorted(short.items()):
            which = labels[0] if len(labels) == 1 else f"{labels[0]} and {len(labels) - 1} more"
            detail = (
                f"not read to the end: {which}; raise asset_{bound} under [sampling] to read more"
            )
            sample.gaps.append(Gap(source, GapReason.BUDGET, detail, asset))
        if sample.gaps:
            sample.method, sample.counted = Method.FIRST, False
        else:
            sample.population, sample.counted = sample.rows, True

    def _entries(self, file: LogFile, short: dict[str, list[str]]) -> Iterator[None]:
        """Take the entries of a file; yield whenever the batch is full."""
        place = file.place
        with open_raw(place.path, place.label) as raw:
            stream = plain(raw, file.head.packed, file.head.encoding, place.label)
            bounded = Bounded(stream, self._left, self._until)
            begun = self._sample.rows + len(self._part.entries)
            counted = 0
            try:
                for data, cut in file_entries(file, bounded, self._limit):
                    # Emptied before and not after, so that half a line can still be taken back.
                    if self._part.full:
                        yield
                    self._part.entries.append((file, data, cut))
                    self._part.size += len(data)
                    self._sample.bytes += bounded.used - counted
                    counted = bounded.used
            finally:
                self._left -= bounded.used
                self._sample.bytes += bounded.used - counted
        if bounded.ended_early:
            short.setdefault(bounded.ended_early, []).append(place.label)
            if self._sample.rows + len(self._part.entries) - begun > 1:
                self._part.entries.pop()  # its last line was cut by the bound

    def _table(self) -> Iterator[Batch]:
        part, self._part = self._part, _Part()
        if not part.entries:
            return
        table = Table(len(part.entries), self._budget.cell, self._seen)
        for file, data, short in part.entries:
            table.add(file.decode(data), file.format, file.clock, short=short)
        self._sample.rows += len(part.entries)
        yield from table.batches(part.entries[-1][0].clock)
        for name, cells in table.cut.items():
            self._sample.cut[name] = self._sample.cut.get(name, 0) + cells
