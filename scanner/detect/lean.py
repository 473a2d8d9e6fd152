"""The steps of Presidio's pattern recognizers, without the explanation that nobody reads here.

``PatternRecognizer.analyze`` makes three objects and a sentence for each match and takes the time
of each expression. The same expressions, validators and removal of duplicates give the same spans
and scores at a fraction of the cost; a test compares the two on every recognizer.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scanner.detect.expression import Expression, Span

if TYPE_CHECKING:
    from presidio_analyzer import PatternRecognizer

Check = Callable[[str], bool | None]
PER_TEXT = 2.0
"""Seconds after which an expression is cut off on one text; Presidio itself waits for 60."""


@dataclass(frozen=True, slots=True)
class LeanSteps:
    """What a pattern recognizer does to a text, taken apart. ``None``: it has no such check."""

    patterns: tuple[tuple[Expression, float], ...] = field(repr=False)  # with their scores
    validate: Check | None
    invalidate: Check | None
    timeout: float  # seconds for one expression on one text
    forgiving: bool = False  # a check that fails says no: Presidio's own, not those of a plug-in

    @classmethod
    def of(cls, recognizer: object) -> "LeanSteps | None":
        """Take a recognizer apart; None when it analyzes in a way of its own."""
        from presidio_analyzer import PatternRecognizer
        from presidio_analyzer.pattern_recognizer import REGEX_TIMEOUT_SECONDS

        if not isinstance(recognizer, PatternRecognizer) or "analyze" in vars(recognizer):
            return None
        if type(recognizer).analyze is not PatternRecognizer.analyze:
            return None
        flags, known = recognizer.global_regex_flags, vars(recognizer)["patterns"]
        patterns = tuple((Expression(one.regex, flags or 0), one.score) for one in known)
        return cls(
            patterns,
            _own(recognizer, "validate_result"),
            _own(recognizer, "invalidate_result"),
            min(PER_TEXT, REGEX_TIMEOUT_SECONDS),
            type(recognizer).__module__.startswith("presidio_analyzer."),
        )

    def find(self, text: str) -> Iterator[Span]:
        """Yield (start, end, score) as the recognizer's ``analyze`` would."""
        return iter(self.search(text, self.timeout)[0])

    def search(self, text: str, limit: float) -> tuple[Sequence[Span], bool]:
        """Return the spans, and whether no expression was cut off after ``limit`` seconds.

        As in Presidio, what an expression found before it was cut off stays.
        """
        found: set[Span] = set()
        complete = True
        for pattern, score in self.patterns:
            try:
                for match in pattern.finditer(text, timeout=limit):
                    start, end = match.span()
                    worth = self.worth(text[start:end], score) if end > start else 0.0
                    if worth > 0:
                        found.add((start, end, worth))
            except TimeoutError:
                complete = False
        return (tuple(found) if len(found) < 2 else tuple(without_contained(found))), complete

    def worth(self, text: str, score: float) -> float:
        """Return the score of a matched text after the recognizer's checks; 0: no match.

        Some of Presidio's own checks fail on digits of other scripts, which their expressions let
        through. Such a text is no match; plain Presidio would end there.
        """
        if not self.forgiving:
            return self._worth(text, score)
        try:
            return self._worth(text, score)
        except (LookupError, ValueError):
            return 0.0

    def _worth(self, text: str, score: float) -> float:
        valid = self.validate(text) if self.validate is not None else None
        if valid is not None:
            score = 1.0 if valid else 0.0
        return 0.0 if self.invalidate is not None and self.invalidate(text) else score


def _own(recognizer: "PatternRecognizer", name: str) -> Check | None:
    """Return a check that the recognizer's class defines; that of the base class says nothing."""
    from presidio_analyzer import PatternRecognizer

    if getattr(type(recognizer), name) is getattr(PatternRecognizer, name):
        return None
    check: Check = getattr(recognizer, name)
    return check


def without_contained(found: set[Span]) -> Iterator[Span]:
    """Drop what lies within another span of the same or a higher score; the surest come first."""
    kept: list[Span] = []
    for start, end, score in sorted(found, key=lambda s: (s[0], s[0] - s[1], -s[2])):
        within = any(a <= start and end <= b and score <= worth for a, b, worth in kept)
        if not within:
            kept.append((start, end, score))
    return iter(sorted(kept, key=lambda s: (-s[2], s[0], s[0] - s[1])))
