"""Entries of one file: all of them as a bounded stream, or a few at one place of a large one."""

import time
from collections.abc import Iterator
from typing import BinaryIO

from connectors.log_files import LogFile
from connectors.log_lines import continues, entries, split_lines
from connectors.log_open import CHUNK, Stream

SPOT = 8 * 1024  # bytes read at one place, at first
_SPOT_MOST = 1024 * 1024  # a place inside a longer line is given up


class Bounded:
    """A stream that ends when the bytes given to it, or the time, are used up.

    ``ended_early`` is then ``"bytes"`` or ``"seconds"``; it stays empty when the file ended first.
    """

    def __init__(self, stream: Stream, most: int, until: float) -> None:
        self._stream, self._left, self._until = stream, most, until
        self.used, self.ended_early = 0, ""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes; none at the end or when a bound is met."""
        late = time.monotonic() > self._until
        if self._left <= 0 or late:
            # One more byte tells a file that ended just here from one that goes on.
            if self._stream.read(1):
                self.ended_early = "seconds" if late else "bytes"
            return b""
        data = self._stream.read(min(size, self._left))
        self._left -= len(data)
        self.used += len(data)
        return data


def file_entries(file: LogFile, stream: Stream, limit: int) -> Iterator[tuple[bytes, bool]]:
    """Yield the entries of a file, and whether each was cut at ``limit`` bytes."""
    found = entries(split_lines(stream, limit), limit, joined=file.format.joined)
    if not file.format.header:
        return found
    return (pair for pair in found if not pair[0].startswith(b"#"))


def spot_lines(raw: BinaryIO, at: int, lines: int) -> tuple[list[tuple[int, bytes]], int]:
    """Read up to ``lines`` whole lines after a place of a plain file.

    Return where each starts with its bytes, and how many bytes were read.
    """
    raw.seek(at)
    data = raw.read(SPOT)
    while data.count(b"\n") <= lines and len(data) < _SPOT_MOST:
        more = raw.read(CHUNK)
        if not more:
            data += b"\n"  # the last line of a file needs no end
            break
        data += more
    # The place lies within a line, most likely: that line is left out.
    start = data.find(b"\n") + 1 if at else 0
    out: list[tuple[int, bytes]] = []
    while (start or not at) and len(out) < lines:
        end = data.find(b"\n", start)
        if end < 0:
            break
        out.append((at + start, data[start:end].rstrip(b"\r")))
        start = end + 1
    return out, len(data)


def spot_entries(
    file: LogFile, lines: list[tuple[int, bytes]], limit: int
) -> Iterator[tuple[int, bytes, bool]]:
    """Join the lines of a spot to entries: where each starts, its bytes, whether it was cut.

    Lines that continue an entry which began before the spot are left out.
    """
    begun: tuple[int, bytes] | None = None
    for at, line in lines:
        line = line.replace(b"\0", b"")
        if not line.strip() or (file.format.header and line.startswith(b"#")):
            continue
        if file.format.joined and continues(line):
            if begun is not None and len(begun[1]) <= limit:
                begun = begun[0], begun[1] + b"\n" + line
            continue
        if begun is not None:
            yield begun[0], begun[1][:limit], len(begun[1]) > limit
        begun = at, line
    if begun is not None:
        yield begun[0], begun[1][:limit], len(begun[1]) > limit
