"""Writing invented log lines to rotated and compressed files."""

import bz2
import gzip
import io
import lzma
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

Line = tuple[datetime, str]


@dataclass(frozen=True, slots=True)
class LogSet:
    """One log with its rotated files, oldest lines in the last of them.

    ``path`` is relative to the folder of the source; ``rotated`` names the suffixes, youngest
    first (``.1``, ``.2.gz``). ``cut`` is a suffix whose file is to end in the middle.
    """

    path: str
    lines: tuple[Line, ...]
    rotated: tuple[str, ...] = ()
    cut: str = ""


def write(log: LogSet, folder: Path) -> None:
    """Write a log and its rotated files; each bears the time of its youngest line."""
    ordered = sorted(log.lines, key=lambda line: line[0], reverse=True)
    suffixes = ("", *log.rotated)
    share = -(-len(ordered) // len(suffixes))
    for at, suffix in enumerate(suffixes):
        part = ordered[at * share : (at + 1) * share]
        text = "".join(f"{line}\n" for _, line in reversed(part)).encode()
        data = _compressor(suffix)(text)
        if suffix and suffix == log.cut:
            data = data[: len(data) * 2 // 3]
        target = folder / (log.path + suffix)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        _set_time(target, part[0][0])


def _compressor(suffix: str) -> Callable[[bytes], bytes]:
    kind = suffix.rpartition(".")[2]
    return {"gz": _gzip, "bz2": bz2.compress, "xz": lzma.compress, "zst": _zstd}.get(kind, bytes)


def _gzip(data: bytes) -> bytes:
    # gzip.compress writes an operating system byte that differs between Python versions.
    out = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as file:
        file.write(data)
    return out.getvalue()


def _zstd(data: bytes) -> bytes:
    try:
        from compression import zstd  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        import zstandard

        return zstandard.ZstdCompressor().compress(data)
    compressed: bytes = zstd.compress(data)
    return compressed


def _set_time(path: Path, at: datetime) -> None:
    seconds = at.replace(tzinfo=at.tzinfo or UTC).timestamp()
    os.utime(path, (seconds, seconds))
