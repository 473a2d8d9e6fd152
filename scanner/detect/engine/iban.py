"""Presidio's IBAN recognizer taken apart: it tries shorter ends of a match until one is valid."""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from scanner.detect.engine.found import Found
from scanner.detect.engine.view import View
from scanner.detect.expression import Expression
from scanner.detect.patience import Turn
from scanner.detect.screen.chunks import Indices

_CLASS = "presidio_analyzer.predefined_recognizers.generic.iban_recognizer.IbanRecognizer"
_VALUES = {ord(sign): str(int(sign, 36)) for sign in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}

_UNUSUAL = ("00", "01", "99")  # pass the remainder and are never made


@dataclass(frozen=True, slots=True)
class IbanSteps:
    """Runs the recognizer's expressions and asks it only where the check digits fit."""

    patterns: tuple[tuple[Expression, float], ...] = field(repr=False)  # with their scores
    recognizer: Any = field(repr=False)
    forms: Mapping[str, Any] = field(repr=False)  # compiled, by country
    most: int  # bytes; longer texts are read in windows

    def run(self, view: View, rows: Indices, turn: Turn) -> Found:
        """Find what the recognizer finds in some values of a chunk."""
        spans: list[tuple[int, int, int, float]] = []
        for row in rows.tolist():
            if turn.over():
                break
            spans += [(row, *span) for span in self.find(view.text(row), turn)]
        return Found.of(spans)

    def find(self, text: str, turn: Turn) -> Iterator[tuple[int, int, float]]:
        """Yield (start, end, score) of each number in a text."""
        for pattern, score in self.patterns:
            try:
                for match in pattern.finditer(text, timeout=turn.limit):
                    found = self._longest(match, text, score)
                    if found is not None:
                        yield found
            except TimeoutError:
                turn.late()

    def _longest(self, match: Any, text: str, score: float) -> tuple[int, int, float] | None:
        """Return the longest valid number that a match begins with."""
        start, whole = match.span()
        for group in range(len(match.groups()), 0, -1):
            end = match.end(group) if match.end(group) > 0 else whole
            number = text[start:end]
            worth = self._worth(number, score) if number else 0.0
            if worth > 0:
                return start, end, worth
        return None

    def _worth(self, number: str, score: float) -> float:
        """Return the score of a number; 0 when it is none. What is not plain is asked."""
        bare = number.replace("-", "").replace(" ", "")
        if bare.isascii() and bare.isalnum() and bare.isupper():
            if int((bare[4:] + bare[:4]).translate(_VALUES)) % 97 != 1 or bare[2:4] in _UNUSUAL:
                return 0.0
            form = self.forms.get(bare[:2])
            return 1.0 if form is not None and form.match(bare) else 0.0
        valid = self.recognizer.validate_result(number)
        return score if valid is None else float(bool(valid))


@functools.cache
def _forms() -> Mapping[str, Any]:
    """Compile Presidio's own expressions of the countries, as it matches them."""
    import regex  # type: ignore[import-untyped]
    from presidio_analyzer.predefined_recognizers.generic.iban_patterns import regex_per_country

    flags = regex.DOTALL | regex.MULTILINE
    return {
        key: regex.compile(form, flags=flags) for key, form in regex_per_country.items() if form
    }


def iban_steps(recognizer: object, most: int) -> IbanSteps | None:
    """Take a recognizer apart; None when it is not Presidio's, or was made otherwise."""
    kind = type(recognizer)
    if f"{kind.__module__}.{kind.__qualname__}" != _CLASS or "analyze" in vars(recognizer):
        return None
    made: Any = recognizer
    usual = made.replacement_pairs == [("-", ""), (" ", "")] and not made.BOSEOS
    if not usual or "validate_result" in vars(recognizer):
        return None
    flags = made.global_regex_flags
    patterns = tuple((Expression(one.regex, flags), one.score) for one in made.patterns)
    return IbanSteps(patterns, made, _forms(), most)
