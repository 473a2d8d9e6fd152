"""Which characters an atom of an expression matches, asked of the engine that will run it."""

import functools
import re
from types import ModuleType

import regex  # type: ignore[import-untyped]

ENGINES: dict[str, ModuleType] = {"re": re, "regex": regex}
_ASCII = tuple(map(chr, range(128)))


class UnscreenableError(Exception):
    """An expression with something that the screen does not know; the message says what."""


@functools.lru_cache(maxsize=4096)
def ascii_mask(source: str, flags: int, engine: str) -> int:
    """Return the ASCII characters that an atom matches: bit n for character n.

    The engine itself is asked, for each of the 128: so its tables and its notion of case decide.
    Raise UnscreenableError when the source is no single character to the engine.
    """
    library = ENGINES[engine]
    try:
        match = library.compile(source, flags).match
    except library.error:
        raise UnscreenableError("a set that the engine refuses on its own") from None
    mask = 0
    for code, char in enumerate(_ASCII):
        found = match(char)
        if found is not None:
            if found.end() != 1:
                raise UnscreenableError("a set that can match nothing")
            mask |= 1 << code
    return mask


@functools.cache
def doubles() -> str:
    """Return an RE2 set of the characters beyond ASCII that can match an ASCII one or a digit.

    By case folding (the Kelvin sign is a k) and as decimal digits of other scripts; both engines
    are asked, as their Unicode tables differ in age. A value with one of them is always a
    candidate; in any other value an ASCII atom matches ASCII only.

    Only planes 0 and 1 are asked: the others are for ideographs, tags and private use, which have
    neither case nor decimal digits (a test asks all).
    """
    every = "".join(map(chr, (*range(0x80, 0xD800), *range(0xE000, 0x20000))))
    found: set[int] = set()
    for library in ENGINES.values():
        for source in (r"\d", r"(?i)[\x00-\x7f]"):
            found.update(map(ord, library.findall(source, every)))
    return "[" + "".join(f"\\x{{{code:X}}}" for code in sorted(found)) + "]"
