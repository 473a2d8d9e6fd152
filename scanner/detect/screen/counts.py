"""How many digits, letters and signs every match must contain, and how many a value has.

Compared with running an expression, counting is nearly free: one table look-up for each byte.
"""

import functools
import sys
from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt

from scanner.detect.screen.tree import Alt, Chars, Edge, Look, Node, Repeat, Seq

LONGEST = 255  # bytes; a counter has eight bits, longer values are not counted
Counts = npt.NDArray[np.uint8]
Vector = tuple[int, ...]  # the least of each of KINDS, then characters in all


def _mask(chars: Iterable[str]) -> int:
    return sum(1 << ord(char) for char in chars)


_DIGITS, _SMALL = "0123456789", "abcdefghijklmnopqrstuvwxyz"
# Eight counted kinds fit a 64-bit word; digits and letters together are added up afterwards.
_COUNTED = (_mask(_DIGITS), _mask(_SMALL + _SMALL.upper()), *map(_mask, "@.:-/ "))
KINDS = (*_COUNTED, _COUNTED[0] | _COUNTED[1])
_BLOCK = 1 << 16  # bytes counted at a time: eight times as much stays in the processor's cache
_COMPARED = 300  # vectors that are compared with each other
_MOST = 12  # vectors of one expression; more are merged to their minimum


@functools.cache
def _table() -> npt.NDArray[np.uint64]:
    """Return for each byte the word with a one in the counter of its kind."""
    table = np.zeros(256, np.uint64)
    for place, mask in enumerate(_COUNTED):
        for code in range(128):
            if mask >> code & 1:
                table[code] |= np.uint64(1 << 8 * place)
    return table


def count(data: npt.NDArray[np.uint8], starts: npt.NDArray[np.int64]) -> Counts:
    """Return the counts of values: one row for each of KINDS, then the bytes; a column a value.

    ``data`` holds the values' bytes one after the other, value n from ``starts[n]`` to
    ``starts[n + 1]``. Columns of values longer than LONGEST hold nothing of use.
    """
    sizes = np.diff(starts)
    out = np.zeros((len(KINDS) + 1, len(sizes)), np.uint8)
    first = 0
    while first < len(sizes):
        last = int(np.searchsorted(starts, starts[first] + _BLOCK, "right")) - 1
        last = max(first + 1, min(last, len(sizes)))
        filled = np.flatnonzero(sizes[first:last]) + first
        if len(filled):
            out[: len(_COUNTED), filled] = _lanes(data, starts, filled)
        first = last
    out[len(_COUNTED)] = out[0] + out[1]
    out[-1] = np.minimum(sizes, LONGEST)
    return out


def _lanes(
    data: npt.NDArray[np.uint8], starts: npt.NDArray[np.int64], filled: npt.NDArray[np.int64]
) -> Counts:
    """Add up the words of neighbouring values, none of them empty: a row for each kind."""
    begin, end = starts[filled[0]], starts[filled[-1] + 1]
    words = np.add.reduceat(_table()[data[begin:end]], starts[filled] - begin)
    lanes = words.view(np.uint8).reshape(-1, len(_COUNTED))
    return lanes.T if sys.byteorder == "little" else lanes.T[::-1]


def least(node: Node) -> tuple[Vector, ...]:
    """Return what a match contains at least: one of the vectors holds."""
    if isinstance(node, Chars):
        return (_NOTHING_BUT if node.beyond or not node.mask else _kinds(node.mask),)
    if isinstance(node, Seq):
        return _sequence(node)
    if isinstance(node, Alt):
        return _prune({vector for part in node.parts for vector in least(part)})
    if isinstance(node, Repeat):
        return _times(least(node.node), node.least)
    return (_NOTHING,)


_NOTHING: Vector = (0,) * (len(KINDS) + 1)
_NOTHING_BUT: Vector = (0,) * len(KINDS) + (1,)  # a character, of any kind


@functools.lru_cache(maxsize=4096)
def _kinds(mask: int) -> Vector:
    """Return what one character of a set counts as: of each kind that has all of them."""
    return (*(int(not mask & ~kind) for kind in KINDS), 1)


def _sequence(node: Seq) -> tuple[Vector, ...]:
    """Add up the parts; what is looked at may be the same text, so there the larger counts."""
    total: tuple[Vector, ...] = (_NOTHING,)
    for part in node.parts:
        if not isinstance(part, (Look, Edge)):
            total = _each(total, least(part), lambda one, two: one + two)
    for part in node.parts:
        if isinstance(part, Look) and part.positive:
            total = _each(total, least(part.node), max)
    return total


def _times(vectors: tuple[Vector, ...], times: int) -> tuple[Vector, ...]:
    """Repeat; each round may take another vector."""
    if not times:
        return (_NOTHING,)
    if times > 1 and len(vectors) > 1:
        vectors = (_minimum(vectors),)
    return tuple(tuple(number * times for number in vector) for vector in vectors)


def _each(
    one: tuple[Vector, ...], two: tuple[Vector, ...], join: Callable[[int, int], int]
) -> tuple[Vector, ...]:
    return _prune({tuple(map(join, first, second)) for first in one for second in two})


def _minimum(vectors: Iterable[Vector]) -> Vector:
    return tuple(map(min, zip(*vectors, strict=True)))


def _prune(vectors: set[Vector]) -> tuple[Vector, ...]:
    """Drop what another vector allows as well; too many become their minimum."""
    if len(vectors) > _COMPARED:
        return (_minimum(vectors),)
    kept = [
        vector
        for vector in vectors
        if not any(other != vector and all(map(int.__le__, other, vector)) for other in vectors)
    ]
    return tuple(sorted(kept)) if len(kept) <= _MOST else (_minimum(kept),)


def met(counts: Counts, vectors: Iterable[Vector]) -> npt.NDArray[np.bool_]:
    """Tell for each value whether one of the vectors is reached."""
    out = np.zeros(counts.shape[1], np.bool_)
    for vector in vectors:
        row = np.ones(counts.shape[1], np.bool_)
        for place, number in enumerate(vector):
            if number:
                row &= counts[place] >= min(number, LONGEST)
        out |= row
    return out
