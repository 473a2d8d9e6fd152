"""The matches of one recognizer in many values, as columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from scanner.detect.screen.chunks import Indices, offsets

Scores = npt.NDArray[np.float64]
# Signs that stand around a match while it is looked for; a value that has one is done elsewhere.
OPEN, CLOSE = b"\x01", b"\x02"
_MARKED = f"{OPEN.decode()}\\0{CLOSE.decode()}"


@dataclass(frozen=True, slots=True)
class Found:
    """Matches: the value's index, start and end in characters, score; sorted by value."""

    rows: Indices
    starts: Indices
    ends: Indices
    scores: Scores

    @classmethod
    def of(cls, spans: Sequence[tuple[int, int, int, float]]) -> "Found":
        """Make columns of (row, start, end, score)."""
        if not spans:
            return NOTHING
        rows, starts, ends, scores = zip(*spans, strict=True)
        return cls(
            np.array(rows, np.int64),
            np.array(starts, np.int64),
            np.array(ends, np.int64),
            np.array(scores, np.float64),
        )

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[int, int, int, float]]:
        return zip(
            self.rows.tolist(),
            self.starts.tolist(),
            self.ends.tolist(),
            self.scores.tolist(),
            strict=True,
        )

    @property
    def columns(self) -> tuple[Indices, Indices, Indices]:
        """Rows, starts and ends."""
        return self.rows, self.starts, self.ends

    def where(self, kept: npt.NDArray[np.bool_] | Indices) -> "Found":
        """Return some of the matches."""
        return Found(self.rows[kept], self.starts[kept], self.ends[kept], self.scores[kept])

    def shifted(self, by: int) -> "Found":
        """Return the matches with other indices of their values."""
        return Found(self.rows + by, self.starts, self.ends, self.scores) if by else self


NOTHING = Found(
    np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float64)
)


def joined(parts: Sequence[Found]) -> Found:
    """Return all matches of several, sorted by value; within a value in the order given."""
    filled = [part for part in parts if len(part)]
    if len(filled) < 2:
        return filled[0] if filled else NOTHING
    rows = np.concatenate([part.rows for part in filled])
    order = np.argsort(rows, kind="stable")
    return Found(
        rows[order],
        np.concatenate([part.starts for part in filled])[order],
        np.concatenate([part.ends for part in filled])[order],
        np.concatenate([part.scores for part in filled])[order],
    )


def locate(values: Any, expression: str, score: float) -> Found:
    """Find all matches of an RE2 expression in ASCII texts without the two marking signs.

    RE2 puts the signs around each match, left to right as ``finditer`` goes; their places in the
    result tell the spans. That needs no captures, so it runs at the speed of RE2's automaton.
    """
    marked = pc.replace_substring_regex(values, expression, _MARKED)
    bounds = offsets(marked)
    data = np.frombuffer(marked.buffers()[2] or b"", np.uint8)[bounds[0] : bounds[-1]]
    opened = np.flatnonzero(data == OPEN[0])
    if not len(opened):
        return NOTHING
    closed = np.flatnonzero(data == CLOSE[0])
    begins = bounds - bounds[0]
    rows = np.searchsorted(begins, opened, "right") - 1
    # Each earlier match of the same value has put two signs before this one.
    first = np.searchsorted(rows, rows, "left")
    before = begins[rows] + 2 * (np.arange(len(rows)) - first)
    scores = np.full(len(rows), score)
    return Found(rows, opened - before, closed - before - 1, scores)


def settled(found: Found) -> Found:
    """Drop, as Presidio does, what lies within another match of the same value that scores as much.

    Of equal matches one stays. ``found`` is sorted by value.
    """
    if not (found.rows[1:] == found.rows[:-1]).any():
        return found
    order = np.lexsort((-found.scores, -found.ends, found.starts, found.rows))
    found = found.where(order)
    # A match is within an earlier one of this order when it ends no later. What is within a dropped
    # match is also within the one that it was dropped for, so all earlier ones count.
    places = found.rows * (found.ends.max() + 1) + found.ends
    dropped = np.zeros(len(found), np.bool_)
    for score in np.unique(found.scores):
        reached = np.maximum.accumulate(np.where(found.scores >= score, places, -1))
        dropped[1:] |= (found.scores[1:] == score) & (reached[:-1] >= places[1:])
    return found.where(~dropped)
