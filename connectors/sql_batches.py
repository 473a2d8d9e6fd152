"""From rows of a store to batches of a sample: counted, and bounded in rows, bytes and time."""

import time
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from connectors.sampling import Draw
from connectors.sql_cells import Limits, Taken, cells_of
from connectors.sql_target import cut_limits
from scanner.errors import StoreError
from scanner.model import Batch, Budget, Column, Field, Gap, GapReason, Method, Sample

BATCH_ROWS = 10_000
BATCH_BYTES = 8 * 1024 * 1024
_ROWS, _BYTES, _SECONDS = "rows", "bytes", "seconds"  # bounds that end a read
_SETTINGS = {_BYTES: "asset_bytes", _SECONDS: "asset_seconds"}  # those that leave a gap


class Reader:
    """Reads a draw into batches; fills the counters and gaps of its sample.

    A batch ends at the row that fills it: :data:`BATCH_ROWS` rows or :data:`BATCH_BYTES` bytes. So
    what one batch tells of the next does not depend on how the rows were fetched.
    """

    def __init__(
        self, sample: Sample, draw: Draw, fields: Sequence[Field], dialect: str, budget: Budget
    ) -> None:
        self._sample = sample
        self._draw = draw
        self._budget = budget
        self._until = time.monotonic() + budget.seconds
        self._rows = self._bytes = 0  # of the batch that is being filled
        _, head = cut_limits(budget)
        limits = Limits(budget.cell, head, streaming=budget.rows is None)
        self._cells = [
            cells_of(of, dialect, limits, sample, mixed=of.name in draw.mixed) for of in fields
        ]

    def batches(self, source: str, asset: str) -> Iterator[Batch]:
        """Yield the batches; all columns of one batch have the same length."""
        sample, ended = self._sample, ""
        try:
            for chunk in self._draw.rows:
                for ended in self._take(chunk):
                    if not ended:
                        yield from _batches(self._flush(last=False))
                if ended:
                    break
            if self._draw.given_up:
                raise StoreError("reading it was given up for another read", "unreadable")
        except StoreError as error:
            ended = str(error)
            sample.gaps.append(Gap(source, GapReason(error.reason), ended, asset))
        finally:
            self._draw.close()
        if ended in _SETTINGS:
            sample.gaps.append(Gap(source, GapReason.BUDGET, self._over(ended), asset))
        yield from _batches(self._flush(last=True))
        if self._draw.complete:
            sample.method = Method.FIRST if ended else Method.WHOLE
            if not ended:
                sample.population, sample.counted = sample.rows, True

    def _flush(self, *, last: bool) -> list[Column]:
        self._rows = self._bytes = 0
        return [ready for cells in self._cells for ready in cells.flush(last=last)]

    def _take(self, chunk: Any) -> Iterator[str]:
        """Take rows; yield an empty text when a batch is full, and the bound when one is met."""
        columns = chunk if isinstance(chunk, tuple) else list(zip(*chunk, strict=True))
        count = len(columns[0]) if columns else 0
        taken = [cells.read(column) for cells, column in zip(self._cells, columns, strict=True)]
        sums = np.cumsum(sum((part.weights for part in taken), np.zeros(count, np.int64)))
        if self._draw.pace is not None:
            self._draw.pace.measured(count, int(sums[-1]) if count else 0)
        wanted, ended = self._allowed(sums, count)
        start = 0
        while start < wanted:
            stop = min(wanted, start + BATCH_ROWS - self._rows)
            before = int(sums[start - 1]) if start else 0
            full = np.searchsorted(sums[start:stop], before + BATCH_BYTES - self._bytes)
            stop = min(stop, start + int(full) + 1)
            self._keep(taken, start, stop, int(sums[stop - 1]) - before)
            start = stop
            if self._rows >= BATCH_ROWS or self._bytes >= BATCH_BYTES:
                yield ""
        if ended:
            yield ended
        elif time.monotonic() > self._until:
            yield _SECONDS

    def _keep(self, taken: Sequence[Taken], start: int, stop: int, weight: int) -> None:
        for cells, part in zip(self._cells, taken, strict=True):
            cells.keep(part, start, stop)
        self._rows += stop - start
        self._bytes += weight
        self._sample.rows += stop - start
        self._sample.bytes += weight

    def _allowed(self, sums: "np.ndarray", count: int) -> tuple[int, str]:
        """How many rows may be taken, and the bound that lets no more be."""
        sample, budget = self._sample, self._budget
        wanted = min(count, budget.most - sample.rows)
        ended = _ROWS if wanted < count else ""
        if budget.bytes is not None:
            place = int(np.searchsorted(sums[:wanted], budget.bytes - sample.bytes))
            if place < wanted:
                return place + 1, _BYTES
        return wanted, ended

    def _over(self, bound: str) -> str:
        budget, setting = self._budget, _SETTINGS[bound]
        what = f"{budget.bytes} bytes" if bound == _BYTES else f"{budget.seconds:g} seconds"
        return (
            f"reading stopped after {self._sample.rows} rows: the {what} allowed were used up; "
            f"raise {setting} under [sampling] to read more"
        )


def _batches(columns: list[Column]) -> Iterator[Batch]:
    """Group columns of the same length; elements of arrays are often more than the rows."""
    by_length: dict[int, list[Column]] = {}
    for ready in columns:
        by_length.setdefault(len(ready.values), []).append(ready)
    for group in by_length.values():
        names = [ready.field.name for ready in group]
        if len(set(names)) == len(names):
            yield tuple(group)
        else:
            yield from ((ready,) for ready in group)
