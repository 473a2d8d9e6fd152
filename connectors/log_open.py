"""Opens a file as a stream of plain bytes: decompressed in bounded memory, UTF-16 made UTF-8.

Damage inside a compressed file, a missing right or a vanished file become a StoreError with the
gap's reason; what was read before it stays read.
"""

import codecs
import contextlib
import gzip
import sys
import zlib
from bz2 import BZ2Decompressor
from collections.abc import Callable, Iterator
from lzma import LZMADecompressor, LZMAError
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from scanner.errors import DriverMissingError, StoreError

if TYPE_CHECKING and sys.version_info < (3, 14):
    from zstandard import ZstdDecompressionObj

CHUNK = 64 * 1024
_STEP = 16 * 1024  # compressed bytes fed at once
_ZSTD_STEP = 1024  # zstandard has no output limit: 1 KiB cannot grow beyond 32 MiB
_MEMORY = 256 * 1024 * 1024  # of an xz dictionary or a zstd window
_MAGIC = (
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
)


class Stream(Protocol):
    """Something to read plain bytes from."""

    def read(self, size: int, /) -> bytes:
        """Return up to about ``size`` bytes; none at the end."""
        ...


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


def compression(head: bytes) -> str:
    """Name the compression that the first bytes show: gzip, bzip2, xz, zstd, or empty."""
    return next((name for sign, name in _MAGIC if head.startswith(sign)), "")


@contextlib.contextmanager
def open_raw(path: str, label: str) -> Iterator[BinaryIO]:
    """Open a file to read. Raise StoreError (permission, unreadable) that names ``label`` only."""
    try:
        file = Path(path).open("rb")  # noqa: SIM115 - closed below, errors of the body pass through
    except PermissionError:
        raise StoreError(
            f"{label} may not be read by this account; give it the right to read", "permission"
        ) from None
    except OSError:
        raise StoreError(
            f"{label} cannot be opened; it may have been moved", "unreadable"
        ) from None
    try:
        yield file
    finally:
        file.close()


def plain(raw: BinaryIO, packed: str, encoding: str, label: str) -> Stream:
    """Return the plain UTF-8 (or single-byte) stream of an open file at its beginning.

    ``packed`` is a name from :func:`compression`; ``encoding`` is that of the text inside.
    """
    stream: Stream = _Guarded(raw, packed, label)
    return _Recoded(stream, encoding) if encoding.startswith("utf-16") else stream


class _Guarded:
    """Decompresses and turns every library's error into ours."""

    def __init__(self, raw: BinaryIO, packed: str, label: str) -> None:
        self._label = label
        self._read = _reader(raw, packed)

    def read(self, size: int, /) -> bytes:
        try:
            return self._read(size)
        except (EOFError, zlib.error, LZMAError, gzip.BadGzipFile, ValueError, MemoryError):
            raise StoreError(
                f"{self._label} is truncated or damaged inside its compression; what comes before "
                "the damage was read",
                "truncated",
            ) from None
        except OSError as error:
            # bz2 reports damage as an OSError without a number; the system's errors have one.
            reason = "truncated" if error.errno is None else "unreadable"
            raise StoreError(f"{self._label} cannot be read to its end", reason) from None


def _reader(raw: BinaryIO, packed: str) -> Callable[[int], bytes]:
    if packed == "gzip":
        return gzip.GzipFile(fileobj=raw, mode="rb").read1
    if packed == "bzip2":
        return _Inflater(raw, BZ2Decompressor, EOFError).read
    if packed == "xz":
        return _Inflater(raw, lambda: LZMADecompressor(memlimit=_MEMORY), LZMAError).read
    if packed == "zstd":
        return _Inflater(raw, *_zstd()).read
    return raw.read


class _Inflater:
    """Reads all frames of a bzip2, xz or zstd file, never more than asked for at once."""

    def __init__(
        self, raw: BinaryIO, new: Callable[[], _Decompressor], error: type[Exception]
    ) -> None:
        self._raw, self._new, self._frame, self._error = raw, new, new(), error

    def read(self, size: int) -> bytes:
        while True:
            data = b""
            if self._frame.eof:
                data = (self._frame.unused_data or self._raw.read(_STEP)).lstrip(b"\0")
                if not data:
                    return b""
                self._frame = self._new()
            elif self._frame.needs_input:
                data = self._raw.read(_STEP)
                if not data:
                    raise EOFError
            try:
                out = self._frame.decompress(data, size)
            except self._error:
                raise EOFError from None
            if out:
                return out


def _zstd() -> tuple[Callable[[], _Decompressor], type[Exception]]:
    if sys.version_info >= (3, 14):
        from compression import zstd

        return zstd.ZstdDecompressor, zstd.ZstdError
    try:
        import zstandard
    except ImportError:
        raise DriverMissingError(
            'files compressed with zstd need a library: pip install "zstandard>=0.22"'
        ) from None
    library = zstandard.ZstdDecompressor(max_window_size=_MEMORY // 2)
    return lambda: _SteppedFrame(library.decompressobj()), zstandard.ZstdError


class _SteppedFrame:
    """Gives zstandard's object the interface of the standard library's decompressors."""

    def __init__(self, inner: "ZstdDecompressionObj") -> None:
        self._inner, self._held = inner, b""

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._held

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data + self._held

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        del max_length  # the step bounds what comes out
        held = self._held + data
        piece, self._held = held[:_ZSTD_STEP], held[_ZSTD_STEP:]
        return self._inner.decompress(piece)


class _Recoded:
    """UTF-16 text as UTF-8 bytes, so that lines can be split in one way."""

    def __init__(self, stream: Stream, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def read(self, size: int, /) -> bytes:
        while data := self._stream.read(size):
            text = self._decoder.decode(data)
            if text:
                return text.encode("utf-8", "replace")
        return self._decoder.decode(b"", final=True).encode("utf-8", "replace")
