"""Find all matches of an expression of our own in bulk, by an RE2 expression that is wider."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from scanner.detect.engine.found import Found, joined, locate
from scanner.detect.engine.view import View
from scanner.detect.engine.windows import WINDOW
from scanner.detect.screen.chunks import chunks, matches, some


@dataclass(frozen=True, slots=True)
class Shape:
    """An expression, and an RE2 expression whose leftmost matches begin where its matches may.

    ``alone``: no match begins within a match of ``wide`` but at its start. Where that is not so,
    a value with a match of ``wide`` that is none of ``exact`` is searched by ``exact`` itself.
    """

    exact: re.Pattern[str]
    wide: str
    alone: bool = field(default=False)

    def find(self, array: Any, texts: Sequence[str]) -> Found:
        """Return the matches in the first WINDOW characters of each value; scores are 0."""
        parts = [self._chunk(View.of(chunk, texts)).shifted(chunk.start) for chunk in chunks(array)]
        return joined(parts)

    def _chunk(self, view: View) -> Found:
        fast = view.fast & (view.chunk.sizes <= WINDOW)
        rows = np.flatnonzero(fast)
        rows = rows[matches(view.twin, rows, self.wide)]
        wide = locate(some(view.twin, rows), self.wide, 0.0)
        spans: list[tuple[int, int, int, float]] = []
        again = set(np.flatnonzero(view.chunk.there & ~fast).tolist())
        match = self.exact.match
        for place, start, end, _ in wide:
            row = int(rows[place])
            found = match(view.text(row), start)
            if found is not None:
                spans.append((row, *found.span(), 0.0))
            if not self.alone and (found is None or found.end() != end):
                again.add(row)
        kept = [span for span in spans if span[0] not in again] if again else spans
        more = [
            (row, *found.span(), 0.0)
            for row in sorted(again)
            for found in self.exact.finditer(view.text(row)[:WINDOW])
        ]
        return joined((Found.of(kept), Found.of(more)))
