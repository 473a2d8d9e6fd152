"""Expressions of the ``regex`` library that are compiled when they are first run.

Compiling all expressions of Presidio takes a quarter of a second, and most are never run: RE2
locates their matches.
"""

import functools
from collections.abc import Iterator
from typing import Any

Span = tuple[int, int, float]  # start, end, score


class Expression:
    """An expression and its flags."""

    def __init__(self, source: str, flags: int) -> None:
        # A number: the library asks an enumeration of flags a thousand times while compiling.
        self.source, self.flags = source, int(flags)

    @functools.cached_property
    def _compiled(self) -> Any:
        import regex  # type: ignore[import-untyped]

        return regex.compile(self.source, self.flags)

    def prepare(self) -> None:
        """Compile now. Raises what the library raises for an expression that it cannot read."""
        _ = self._compiled

    def finditer(self, text: str, timeout: float | None = None) -> Iterator[Any]:
        """Return the matches in a text; raise TimeoutError after so many seconds."""
        found: Iterator[Any] = self._compiled.finditer(text, timeout=timeout)
        return found

    def match(self, text: str, at: int, timeout: float | None = None) -> Any:
        """Return the match that begins at a place of a text, or None."""
        return self._compiled.match(text, at, timeout=timeout)

    def search(self, text: str) -> Any:
        """Return the first match in a text, or None."""
        return self._compiled.search(text)
