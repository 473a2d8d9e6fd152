"""A recognizer taken apart: its expressions, each with the fastest exact way to run it."""

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow.compute as pc

from scanner.detect.engine.checks import Check, check_of
from scanner.detect.engine.found import Found, joined, locate, settled
from scanner.detect.engine.view import OTHER, WORD, View, alike
from scanner.detect.finder import Finder, PatternFinder, PresidioFinder
from scanner.detect.lean import LeanSteps
from scanner.detect.patience import Turn
from scanner.detect.screen.chunks import WHOLE, Indices, Mask, mask, matches, some
from scanner.detect.screen.counts import Vector, least, met
from scanner.detect.screen.exact import Exact, exact_form
from scanner.detect.screen.parse import Reading
from scanner.detect.screen.screen import plan_of
from scanner.detect.screen.sources import Source

_FEW = 24  # values; for fewer, calling RE2 costs more than it saves
_STAND_INS = 1 << ord(WORD) | 1 << ord(OTHER)


class Step:
    """One expression. ``exact`` finds the same matches by RE2; ``loose`` tells where it may.

    ``engine`` is the module that compiled the expression: ``re`` or ``regex``.
    """

    def __init__(self, reading: Reading, engine: str, compiled: Any, score: float) -> None:
        self.reading, self.engine = reading, engine
        self.compiled, self.score = compiled, score
        self.vectors: tuple[Vector, ...] = least(reading.tree)

    @functools.cached_property
    def exact(self) -> Exact | None:
        """The exact form, made when first needed."""
        return exact_form(self.reading, WHOLE)

    @functools.cached_property
    def loose(self) -> str | None:
        """What matches wherever the expression does."""
        return plan_of(Source((self.reading,), parts=True)).loose

    def run(self, view: View, rows: Indices, turn: Turn) -> Found:
        """Find the matches in some values of a chunk."""
        chunk = view.chunk
        possible = met(chunk.counts[:, rows], self.vectors) | ~chunk.counted[rows]
        rows = rows[possible | chunk.always[rows]]
        if len(rows) < _FEW:
            return self._slow(view, rows, turn)
        if self.exact is None:
            if self.loose is None:
                return self._slow(view, rows, turn)
            there = matches(chunk.values, rows, self.loose) | chunk.always[rows]
            return self._slow(view, rows[there], turn)
        here = view.fast[rows] & self._readable(view, rows, self.exact)
        fast = locate(some(view.twin, rows[here]), self.exact.expression, self.score)
        fast = Found(rows[here][fast.rows], fast.starts, fast.ends, fast.scores)
        if not self.exact.sure and len(fast):
            failed = self._failed(view, fast, turn)
            fast, here = fast.where(~failed[fast.rows]), here & ~failed[rows]
        return joined((fast, self._slow(view, rows[~here], turn)))

    def _failed(self, view: View, found: Found, turn: Turn) -> Mask:
        """Tell for each value of the chunk whether the expression does not match just as found.

        What there was no time for counts as failed, too: it is left to the slow way.
        """
        out = np.zeros(len(view.fast), np.bool_)
        limit = {} if self.engine == "re" else {"timeout": turn.limit}
        for row, start, end, _ in found:
            if out[row]:
                continue
            try:
                tried = None if turn.over() else self.compiled.match(view.text(row), start, **limit)
            except TimeoutError:
                tried = None
            out[row] = tried is None or tried.end() != end
        return out

    def _readable(self, view: View, rows: Indices, exact: Exact) -> Any:
        """Tell for some values whether the exact form sees what the expression sees."""
        out = view.chunk.sizes[rows] <= exact.most
        if exact.opened and not out.all():
            far = np.flatnonzero(~out)
            out[far] = view.longest(rows[far], exact.opened) <= exact.most
        odd = "".join(char for char in view.beyond if not self._same(char, exact))
        return out & ~view.holding(odd)[rows] if odd else out

    def _same(self, char: str, exact: Exact) -> bool:
        """Tell whether a character beyond ASCII and its stand-in are one to the expression."""
        if exact.used & _STAND_INS:
            return False
        return all(alike(*atom, self.engine, char) for atom in (("\\w", 0), *self.reading.beyond))

    def _slow(self, view: View, rows: Indices, turn: Turn) -> Found:
        """Run the expression itself, for as long as its turn lasts."""
        spans: list[tuple[int, int, int, float]] = []
        for row in rows.tolist():
            if turn.over():
                break
            try:
                for match in self._matches(view.text(row), turn.limit):
                    start, end = match.span()
                    if end > start:
                        spans.append((row, start, end, self.score))
            except TimeoutError:
                turn.late()  # as in Presidio, what the expression found so far stays
        return Found.of(spans)

    def _matches(self, text: str, limit: float) -> Iterator[Any]:
        if self.engine == "re":
            return iter(self.compiled.finditer(text))  # ours; this module knows no limit
        return iter(self.compiled.finditer(text, timeout=limit))


@dataclass(frozen=True, slots=True)
class Steps:
    """All expressions of a recognizer, and what it makes of a match."""

    steps: tuple[Step, ...]
    check: Check | None  # None: every match is worth its score
    settle: bool  # whether contained matches are dropped, as Presidio does
    most: int = WHOLE  # bytes; on longer texts the recognizer goes another way
    lead: Callable[[str], int] | None = field(default=None, repr=False)

    def run(self, view: View, rows: Indices, turn: Turn) -> Found:
        """Find what the recognizer finds in some values of a chunk."""
        found = joined([step.run(view, rows, turn) for step in self.steps])
        if len(found) and self.check is not None:
            found = _checked(found, view, self.check)
        if self.settle and len(found) > 1:
            found = settled(found)
        return _led(found, view, self.lead) if self.lead is not None and len(found) else found


def _checked(found: Found, view: View, check: Check) -> Found:
    """Ask the recognizer about what is not plainly good or bad; about equal texts once."""
    matched = view.matched(found)
    scores = found.scores.copy()
    asked = np.ones(len(found), np.bool_)
    for expression, factor in ((check.good, 1.0), (check.bad, 0.0)):
        if expression:
            plain = mask(pc.match_substring_regex(matched, expression))
            scores[plain] *= factor
            asked &= ~plain
    places = np.flatnonzero(asked)
    if len(places):
        keys = zip(some(matched, places).to_pylist(), scores[places].tolist(), strict=True)
        known: dict[tuple[str, float], float] = {}
        for place, key in zip(places.tolist(), keys, strict=True):
            if key not in known:
                known[key] = check.worth(*key)
            scores[place] = known[key]
    return Found(found.rows, found.starts, found.ends, scores).where(scores > 0)


def _led(found: Found, view: View, lead: Callable[[str], int]) -> Found:
    """Move the starts behind what stands before the match proper."""
    more = [lead(view.text(row)[start:end]) for row, start, end, _ in found]
    return Found(found.rows, found.starts + np.array(more, np.int64), found.ends, found.scores)


def steps_of(finder: Finder, source: Source) -> Steps | None:
    """Take a finder apart; None when it must be called as a whole."""
    if isinstance(finder, PatternFinder):
        if any("v" in pattern.groupindex for pattern, _ in finder.patterns):
            return None
        passes = finder.check
        own = Check(lambda text, score: score * passes(text))
        return Steps(_steps(source, "re", finder.patterns), own, settle=False)
    if not isinstance(finder, PresidioFinder):
        return None
    # A recognizer with a way of its own may say how it reads short texts: as this one does.
    inner = getattr(finder.recognizer, "within", finder.recognizer)
    lean = LeanSteps.of(inner)
    if lean is None:
        return None
    most, lead = getattr(finder.recognizer, "whole_up_to", WHOLE), getattr(inner, "lead", None)
    check = check_of(inner, lean)
    return Steps(_steps(source, "regex", lean.patterns), check, settle=True, most=most, lead=lead)


def _steps(source: Source, engine: str, rows: Sequence[tuple[Any, float]]) -> tuple[Step, ...]:
    return tuple(
        Step(reading, engine, *row) for reading, row in zip(source.readings, rows, strict=True)
    )
