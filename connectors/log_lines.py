"""From bytes to lines and entries in bounded memory, and the first look at a file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from connectors.log_open import CHUNK, Stream, compression, open_raw, plain
from scanner.errors import StoreError

HEAD = 64 * 1024  # plain bytes looked at to tell what a file is
_JOINED = 200  # lines of one entry; a file of indented lines only is no single entry
_CONTROL = bytes(set(range(32)) - {7, 8, 9, 10, 12, 13, 27}) + b"\x7f"
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file."""

    raw: bytes = field(repr=False)  # as on disk, for the media type
    data: bytes = field(repr=False)  # plain bytes, UTF-16 already recoded
    packed: str = ""  # its compression
    encoding: str = "utf-8"  # how to decode plain bytes
    text: bool = False
    damaged: bool = False  # could not be decompressed up to here
    whole: bool = False  # nothing comes after it


def look(path: str, label: str) -> Head:
    """Read the beginning of a file. Raise StoreError when it cannot be opened at all."""
    with open_raw(path, label) as raw:
        try:
            first = raw.read(HEAD)
        except OSError:
            raise StoreError(f"{label} cannot be read", "unreadable") from None
        packed = compression(first)
        raw.seek(0)
        if packed and _reads_as_text(first, packed):
            packed = ""
        data, damaged, ended = _fill(plain(raw, packed, "", label))
        encoding = _wide(data)
        if encoding:
            raw.seek(0)
            data, damaged, ended = _fill(plain(raw, packed, encoding, label))
    bare = data.lstrip(b"\0")  # truncating a log under its writer leaves a hole before the rest
    text = bool(bare) and is_text(bare)
    return Head(first, data, packed, encoding or _narrow(bare), text, damaged, ended)


def _reads_as_text(first: bytes, packed: str) -> bool:
    """``BZh`` is the only sign made of letters: a line may begin with it."""
    return packed == "bzip2" and not first.startswith(tuple(b"BZh%d1AY" % n for n in range(1, 10)))


def _fill(stream: Stream) -> tuple[bytes, bool, bool]:
    parts: list[bytes] = []
    size = 0
    try:
        while size < HEAD:
            data = stream.read(HEAD - size)
            if not data:
                return b"".join(parts), False, True
            parts.append(data)
            size += len(data)
    except StoreError as error:
        if error.reason != "truncated":
            raise
        return b"".join(parts), True, True
    return b"".join(parts), False, False


def _wide(data: bytes) -> str:
    return "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ""


def _narrow(data: bytes) -> str:
    """UTF-8, unless there are accents and none of them is UTF-8: then Windows' Latin letters."""
    high = sum(data.count(bytes([byte])) for byte in set(data) if byte >= 0x80)
    if not high or _MULTIBYTE.search(data):
        return "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
    return "cp1252"


def is_text(data: bytes) -> bool:
    """Tell whether bytes look like text: next to no control signs, few bytes outside any text."""
    control = len(data) - len(data.translate(None, _CONTROL))
    if control * 200 > len(data):
        return False
    rest = _MULTIBYTE.sub(b"", data)
    high = len(rest) - len(rest.translate(None, bytes(range(0x80, 0x100))))
    return high * 5 <= len(data)


def split_lines(stream: Stream, limit: int) -> Iterator[tuple[bytes, bool]]:
    """Yield each line without its end, and whether it was cut at ``limit`` bytes.

    Memory stays near ``limit`` and one chunk, however long a line is. NUL bytes are dropped: they
    are the holes that truncating a log under a writer leaves.
    """
    held: list[bytes] = []
    size, cut = 0, False
    while chunk := stream.read(CHUNK):
        if b"\0" in chunk:
            chunk = chunk.replace(b"\0", b"")
        *ended, tail = chunk.split(b"\n")
        for line in ended:
            if held:
                held.append(line)
                line = b"".join(held)
                held, size = [], 0
            yield line[:limit].rstrip(b"\r"), cut or len(line) > limit
            cut = False
        if tail and size < limit:
            held.append(tail)
            size += len(tail)
        elif tail:
            cut = True
    if held:
        line = b"".join(held)
        yield line[:limit].rstrip(b"\r"), cut or len(line) > limit


def continues(line: bytes) -> bool:
    """Tell whether a line goes on with the entry before it, as in a stack trace."""
    return line.startswith((b" ", b"\t", b"Caused by: "))


def entries(
    lines: Iterator[tuple[bytes, bool]], limit: int, *, joined: bool
) -> Iterator[tuple[bytes, bool]]:
    """Yield entries: lines that are not blank, with those joined that continue one."""
    held: list[bytes] = []
    size, cut = 0, False
    for line, short in lines:
        if not line or line.isspace():
            continue
        if joined and held and continues(line) and len(held) < _JOINED:
            if size + len(line) <= limit:
                held.append(line)
                size += len(line)
            else:
                cut = True
            cut = cut or short
            continue
        if held:
            yield b"\n".join(held), cut
        held, size, cut = [line], len(line), short
    if held:
        yield b"\n".join(held), cut
