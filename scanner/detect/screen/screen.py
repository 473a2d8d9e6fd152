"""Turn away, in bulk, the values in which a recognizer can find nothing."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from scanner.detect.screen.alphabet import UnscreenableError, doubles
from scanner.detect.screen.counts import LONGEST, Vector, count, least, met
from scanner.detect.screen.relax import forms
from scanner.detect.screen.sources import Source, source_of

Indices = npt.NDArray[np.int64]
_Mask = npt.NDArray[np.bool_]
_BYTES, _VALUES = 1 << 21, 1 << 16  # one chunk; bounds memory whatever the array's size
_SURROGATE = re.compile("[\ud800-\udfff]")
_WHOLE = 4000  # bytes; longer values may be read in windows, where edges say nothing


@dataclass(frozen=True, slots=True)
class _Plan:
    """How the values for some recognizers with equal expressions are chosen.

    ``tight`` and ``loose`` are RE2 expressions for ASCII and for other text; None: counts only.
    """

    vectors: tuple[Vector, ...]
    tight: str | None
    loose: str | None


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Some values with what every plan asks of them; masks have one entry a value."""

    start: int
    values: Any
    counts: npt.NDArray[np.uint8]
    counted: _Mask  # short enough for counters
    always: _Mask  # holds a character that can stand for an ASCII one
    whole: _Mask  # ASCII, and read in one piece
    there: _Mask  # not null
    top: tuple[int, ...]  # the largest count of each kind; nothing when a value was not counted

    def beneath(self, plan: _Plan) -> bool:
        """Tell whether no value can have what the plan asks for: on a small field saves most."""
        return bool(self.top) and not any(
            all(map(int.__le__, vector, self.top)) for vector in plan.vectors
        )


class Screen:
    """For each recognizer, the values that it must be run on: in all others it finds nothing.

    The screen is derived from the recognizers' own expressions; ``unscreened`` names those that
    cannot be converted, with ``reasons``, and every value is a candidate for them.
    """

    def __init__(self, plans: Mapping[str, _Plan], reasons: Mapping[str, str]) -> None:
        self._plans, self.reasons = dict(plans), dict(reasons)
        self._doubles = doubles()

    @classmethod
    def of(cls, recognizers: Mapping[str, object]) -> "Screen":
        """Derive the screen of recognizers, by keys that the candidates will bear."""
        plans: dict[str, _Plan] = {}
        reasons: dict[str, str] = {}
        for key, recognizer in recognizers.items():
            try:
                plans[key] = _plan(source_of(recognizer))
            except UnscreenableError as error:
                reasons[key] = str(error)
        return cls(plans, reasons)

    @property
    def unscreened(self) -> tuple[str, ...]:
        """The keys of the recognizers that are run on every value."""
        return tuple(sorted(self.reasons))

    def candidates(self, values: Any, keys: Iterable[str] | None = None) -> Mapping[str, Indices]:
        """Return by key the sorted indices of the values on which a recognizer must be run.

        ``values`` is an Arrow array or chunked array of strings, best of distinct ones; null is
        never a candidate. ``keys`` are the recognizers to ask for, in order; all without it.
        """
        wanted = tuple((*self._plans, *self.reasons) if keys is None else keys)
        found: dict[str, list[Indices]] = {key: [np.empty(0, np.int64)] for key in wanted}
        for chunk in self._chunks(values):
            made: dict[_Plan | None, Indices] = {}
            always = np.flatnonzero(chunk.always) + chunk.start
            for key in wanted:
                plan = self._plans.get(key)
                if plan is not None and chunk.beneath(plan):
                    found[key].append(always)
                    continue
                if plan not in made:
                    chosen = chunk.there if plan is None else _chosen(plan, chunk)
                    made[plan] = np.flatnonzero(chosen) + chunk.start
                found[key].append(made[plan])
        return {key: np.concatenate(parts) for key, parts in found.items()}

    def work(
        self, values: Sequence[str], keys: Sequence[str]
    ) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Yield each value that is somebody's candidate: its index, and positions in ``keys``.

        Both in rising order. A value that no recognizer can match costs nothing here.
        """
        found = self.candidates(arrow(values), keys)
        sizes = [len(found[key]) for key in keys]
        indices = np.concatenate([np.empty(0, np.int64), *(found[key] for key in keys)])
        order = np.argsort(indices, kind="stable")
        indices, owners = indices[order], np.repeat(np.arange(len(sizes)), sizes)[order]
        bounds = [*np.flatnonzero(np.diff(indices, prepend=-1)).tolist(), len(indices)]
        every = owners.tolist()
        for first, last in itertools.pairwise(bounds):
            yield int(indices[first]), tuple(every[first:last])

    def _chunks(self, values: Any) -> Iterator[_Chunk]:
        arrays = values.chunks if isinstance(values, pa.ChunkedArray) else [values]
        at = 0
        for array in arrays:
            array = array.cast(pa.large_string())
            for start, end in _stretches(_offsets(array)):
                yield self._chunk(array.slice(start, end - start), at + start)
            at += len(array)

    def _chunk(self, values: Any, start: int) -> _Chunk:
        offsets = _offsets(values)
        data = np.frombuffer(values.buffers()[2] or b"", np.uint8)[offsets[0] : offsets[-1]]
        sizes = np.diff(offsets)
        there = _mask(values.is_valid())
        ascii_only = _mask(pc.string_is_ascii(values))
        always = np.zeros(len(values), np.bool_)
        other = np.flatnonzero(there & ~ascii_only)
        always[other] = _matches(values, other, self._doubles)
        counts, counted = count(data, offsets - offsets[0]), sizes <= LONGEST
        top = tuple(counts.max(axis=1).tolist()) if counted.all() else ()
        whole = ascii_only & (sizes <= _WHOLE)
        return _Chunk(start, values, counts, counted, always, whole, there, top)


def arrow(values: Sequence[str]) -> Any:
    """Return texts as an Arrow array of large strings, one by one in order.

    Half a surrogate pair is no text to Arrow: in its place stands a digit that makes the value a
    candidate of all recognizers.
    """
    try:
        return pa.array(values, pa.large_string())
    except UnicodeEncodeError:
        return pa.array([_SURROGATE.sub("\u0663", value) for value in values], pa.large_string())


def _plan(source: Source) -> _Plan:
    tight = None if source.parts else _first(forms(source.trees, tight=True))
    loose = _first(forms(source.trees, tight=False))
    vectors = {vector for tree in source.trees for vector in least(tree)}
    return _Plan(tuple(sorted(vectors)), loose if source.parts else tight, loose)


def _first(expressions: Iterator[str]) -> str | None:
    """Return the first expression that RE2 accepts; None when it refuses all for their size."""
    probe = pa.array([""])
    for expression in expressions:
        try:
            pc.match_substring_regex(probe, expression)
        except pa.ArrowInvalid:
            continue
        return expression
    return None


def _offsets(values: Any) -> npt.NDArray[np.int64]:
    buffer = values.buffers()[1]
    if buffer is None or not buffer.size:
        return np.zeros(1, np.int64)
    whole = np.frombuffer(buffer, np.int64)
    return whole[values.offset : values.offset + len(values) + 1]


def _stretches(offsets: npt.NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield bounds of chunks: so many values and bytes, and at least one value."""
    start, size = 0, len(offsets) - 1
    while start < size:
        end = int(np.searchsorted(offsets, offsets[start] + _BYTES, "right")) - 1
        end = max(start + 1, min(end, start + _VALUES, size))
        yield start, end
        start = end


def _mask(array: Any) -> _Mask:
    """Return an Arrow array of truth values, null as false."""
    return np.asarray(array.fill_null(False).to_numpy(zero_copy_only=False), np.bool_)


def _matches(values: Any, indices: Indices, expression: str) -> _Mask:
    """Tell for some values whether an expression matches somewhere in them."""
    if not len(indices):
        return np.empty(0, np.bool_)
    some = values if len(indices) == len(values) else values.take(pa.array(indices))
    return _mask(pc.match_substring_regex(some, expression))


def _chosen(plan: _Plan, chunk: _Chunk) -> _Mask:
    """Tell for each value of a chunk whether it is a candidate."""
    possible = chunk.there & (met(chunk.counts, plan.vectors) | ~chunk.counted)
    out = chunk.there & chunk.always
    possible &= ~out
    for expression, here in ((plan.tight, chunk.whole), (plan.loose, ~chunk.whole)):
        indices = np.flatnonzero(possible & here)
        out[indices] = True if expression is None else _matches(chunk.values, indices, expression)
    return out
