"""The values of a chunk as RE2 may read them: every character in one byte."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from scanner.detect.engine.found import Found
from scanner.detect.screen.alphabet import ENGINES
from scanner.detect.screen.chunks import (
    WHOLE,
    Chunk,
    Indices,
    Mask,
    arrow,
    matches,
    offsets,
    some,
)

# Stand for a character beyond ASCII that is, or is no, part of a word.
WORD, OTHER = "_", "\x03"
_MOST = 400  # characters beyond ASCII; with more, as in Chinese, asking about each costs too much
_SIGNS, _LAST_SIGN = "[\x01\x02]", 2  # what marks matches; see found.py


@dataclass(frozen=True, slots=True)
class View:
    """A chunk, its values as Python's texts, and a twin of them in which RE2 can count.

    In the twin, each character beyond ASCII has a stand-in. What an expression finds there, it
    finds in the value at the same places, as long as it cannot tell a stand-in from what it stands
    for; each expression is asked that for ``beyond``, the characters that have one.
    """

    chunk: Chunk
    texts: Sequence[str] = field(repr=False)  # of all values; those of the chunk from its start on
    twin: Any = field(repr=False)
    fast: Mask  # may be read in the twin
    beyond: tuple[str, ...] = field(repr=False)

    @classmethod
    def of(cls, chunk: Chunk, texts: Sequence[str]) -> "View":
        """Look at a chunk."""
        fast = chunk.there & ~chunk.always & (chunk.sizes <= WHOLE)
        twin, beyond = chunk.values, ""
        if not chunk.ascii.all():
            rows = np.flatnonzero(fast & ~chunk.ascii)
            odd = some(chunk.values, rows)
            beyond = _beyond(odd)
            if len(beyond) > _MOST:
                fast, beyond = fast & chunk.ascii, ""
            else:
                twin = _with(chunk.values, rows, _stand_in(odd, beyond))
        if chunk.low <= _LAST_SIGN:
            rows = np.flatnonzero(fast)
            fast[rows] = ~matches(twin, rows, _SIGNS)
        return cls(chunk, texts, twin, fast, tuple(beyond))

    def text(self, row: int) -> str:
        """Return a value of the chunk."""
        return self.texts[self.chunk.start + row]

    def matched(self, found: Found) -> Any:
        """Return the matched texts, as an Arrow array."""
        if self.beyond or not self.fast[found.rows].all():
            spans = zip(*(part.tolist() for part in found.columns), strict=True)
            return arrow([self.text(row)[start:end] for row, start, end in spans])
        bounds = offsets(self.twin)
        sizes = found.ends - found.starts
        ends = np.cumsum(sizes)
        begins = bounds[found.rows] + found.starts
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(begins - (ends - sizes), sizes)
        data = np.frombuffer(self.twin.buffers()[2] or b"", np.uint8)[places]
        edges = np.concatenate((np.zeros(1, np.int64), ends))
        return pa.LargeStringArray.from_buffers(len(found), pa.py_buffer(edges), pa.py_buffer(data))

    def holding(self, characters: str) -> Mask:
        """Tell which values hold one of some characters."""
        return matches(self.chunk.values, np.arange(len(self.fast)), _class(characters))

    def longest(self, rows: Indices, mask: int) -> Indices:
        """Return for some values how long the longest run of some ASCII characters is."""
        values = some(self.twin, rows)
        bounds = offsets(values)
        data = np.frombuffer(values.buffers()[2] or b"", np.uint8)[bounds[0] : bounds[-1]]
        bounds = bounds - bounds[0]
        stops = np.flatnonzero(~_table(mask)[data])
        # Between two stops, or a stop and an edge of its value, lies a run: at least no longer one.
        edges = np.sort(np.concatenate((bounds, stops)), kind="stable")
        runs = np.diff(edges, append=edges[-1])
        return np.maximum.reduceat(runs, np.searchsorted(edges, bounds[:-1], "left"))


@functools.lru_cache(maxsize=256)
def _table(mask: int) -> npt.NDArray[np.bool_]:
    out = np.zeros(256, np.bool_)
    out[[code for code in range(128) if mask >> code & 1]] = True
    return out


def _beyond(values: Any) -> str:
    """Return the characters beyond ASCII of some values, sorted."""
    bounds = offsets(values)
    data = memoryview(values.buffers()[2] or b"")[bounds[0] : bounds[-1]]
    codes = np.frombuffer(str(data, "utf-8").encode("utf-32-le"), np.uint32)
    return "".join(map(chr, np.unique(codes[codes > 127]).tolist()))


def _stand_in(values: Any, beyond: str) -> Any:
    """Return values with a stand-in for each character beyond ASCII."""
    words = "".join(filter(is_word, beyond))
    others = "".join(char for char in beyond if not is_word(char))
    for characters, sign in ((words, WORD), (others, OTHER)):
        if characters:
            values = pc.replace_substring_regex(values, _class(characters), sign)
    return values


def _with(values: Any, rows: Indices, new: Any) -> Any:
    """Return the values with others in some places."""
    order = np.arange(len(values))
    order[rows] = len(values) + np.arange(len(rows))
    return pa.concat_arrays([values, new]).take(pa.array(order))


def _class(characters: str) -> str:
    return "[" + "".join(f"\\x{{{ord(char):X}}}" for char in characters) + "]"


@functools.lru_cache(maxsize=65_536)
def is_word(char: str) -> bool:
    """Tell whether a character is part of a word to both engines."""
    return all(bool(library.match(r"\w", char)) for library in ENGINES.values())


@functools.lru_cache(maxsize=65_536)
def alike(source: str, flags: int, engine: str, char: str) -> bool:
    """Tell whether an atom takes a character beyond ASCII and its stand-in alike.

    The same is asked of what word boundaries rest on, which engines with older tables may see
    otherwise.
    """
    library = ENGINES[engine]
    sign = WORD if is_word(char) else OTHER
    if bool(library.match(r"\w", char)) is not (sign == WORD):
        return False
    match = library.compile(source, flags).match
    return bool(match(char)) is bool(match(sign))
