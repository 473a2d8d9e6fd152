"""Which words a log template may show: known words of messages, never an unknown one.

Counting cannot tell the only user of a log from a word of its events: both stand in every line. So
a constant is shown only when it is in the shipped list, which holds no given name and no surname.
An unknown word costs a reader a ``<*>``; a login in a report costs more.
"""

import functools
import re
from collections.abc import Iterable
from pathlib import Path

_FILE = Path(__file__).with_name("vocabulary.txt")
_PARTS = re.compile(r"[^\W\d_]+")
_HUMP = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@functools.cache
def _vocabulary() -> frozenset[str]:
    lines = _FILE.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def said(words: Iterable[str]) -> frozenset[str]:
    """Return those of some lower-case words that the list holds."""
    return _vocabulary().intersection(words)


@functools.lru_cache(maxsize=16384)
def sayable(word: str) -> bool:
    """Tell whether each part of a word (``user-agent``, ``sessionId``, ``ssh2``) is known."""
    parts = _PARTS.findall(word)
    if all(part.lower() in _vocabulary() for part in parts):
        return True
    return all(
        len(piece) == 1 or piece.lower() in _vocabulary()
        for part in parts
        for piece in _HUMP.split(part)
    )
