"""Cut an array of texts into chunks, with what every screen asks of their values."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from scanner.detect.screen.alphabet import doubles
from scanner.detect.screen.counts import LONGEST, count

Indices = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
WHOLE = 4000  # bytes; longer values may be read in windows, where edges say nothing
_BYTES, _VALUES = 1 << 21, 1 << 16  # one chunk; bounds memory whatever the array's size
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some values with what every plan asks of them; masks have one entry a value."""

    start: int
    values: Any = field(repr=False)
    counts: npt.NDArray[np.uint8]
    sizes: Indices  # bytes
    counted: Mask  # short enough for counters
    always: Mask  # holds a character that can stand for an ASCII one
    ascii: Mask
    whole: Mask  # ASCII, and read in one piece
    there: Mask  # not null
    # The largest count of each kind; nothing when a value was not counted.
    top: npt.NDArray[np.uint8] | None
    low: int  # the lowest byte


def chunks(values: Any) -> Iterator[Chunk]:
    """Yield the chunks of an Arrow array, or chunked array, of strings."""
    arrays = values.chunks if isinstance(values, pa.ChunkedArray) else [values]
    at = 0
    for array in arrays:
        array = array.cast(pa.large_string())
        for start, end in _stretches(offsets(array)):
            yield _chunk(array.slice(start, end - start), at + start)
        at += len(array)


def _chunk(values: Any, start: int) -> Chunk:
    bounds = offsets(values)
    data = np.frombuffer(values.buffers()[2] or b"", np.uint8)[bounds[0] : bounds[-1]]
    sizes = np.diff(bounds)
    there = mask(values.is_valid())
    ascii_only = _ascii(values, data)
    always = np.zeros(len(values), np.bool_)
    other = np.flatnonzero(there & ~ascii_only)
    if len(other):
        always[other] = matches(values, other, doubles())
    counts, counted = count(data, bounds - bounds[0]), sizes <= LONGEST
    top = counts.max(axis=1) if counted.all() else None
    whole = ascii_only & (sizes <= WHOLE)
    low = int(data.min()) if len(data) else 255
    return Chunk(start, values, counts, sizes, counted, always, ascii_only, whole, there, top, low)


def _ascii(values: Any, data: npt.NDArray[np.uint8]) -> Mask:
    """Tell which values are ASCII; all at once where all are."""
    if not len(data) or data.max() < 128:
        return np.ones(len(values), np.bool_)
    return mask(pc.string_is_ascii(values))


def arrow(values: Sequence[str]) -> Any:
    """Return texts as an Arrow array of large strings, one by one in order.

    Half a surrogate pair is no text to Arrow: in its place stands a digit that makes the value a
    candidate of all recognizers.
    """
    try:
        return pa.array(values, pa.large_string())
    except UnicodeEncodeError:
        return pa.array([_SURROGATE.sub("\u0663", value) for value in values], pa.large_string())


def offsets(values: Any) -> npt.NDArray[np.int64]:
    """Return where the bytes of each value begin, and where those of the last one end."""
    buffer = values.buffers()[1]
    if buffer is None or not buffer.size:
        return np.zeros(1, np.int64)
    whole = np.frombuffer(buffer, np.int64)
    return whole[values.offset : values.offset + len(values) + 1]


def _stretches(bounds: npt.NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield bounds of chunks: so many values and bytes, and at least one value."""
    start, size = 0, len(bounds) - 1
    while start < size:
        end = int(np.searchsorted(bounds, bounds[start] + _BYTES, "right")) - 1
        end = max(start + 1, min(end, start + _VALUES, size))
        yield start, end
        start = end


def mask(array: Any) -> Mask:
    """Return an Arrow array of truth values, null as false."""
    return np.asarray(array.fill_null(False).to_numpy(zero_copy_only=False), np.bool_)


def some(values: Any, indices: Indices) -> Any:
    """Return some values of an array, in order."""
    return values if len(indices) == len(values) else values.take(pa.array(indices))


def matches(values: Any, indices: Indices, expression: str) -> Mask:
    """Tell for some values whether an RE2 expression matches somewhere in them."""
    if not len(indices):
        return np.empty(0, np.bool_)
    return mask(pc.match_substring_regex(some(values, indices), expression))
