"""Which expressions a recognizer's finds rest on, when that is known for sure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from scanner.detect.finder import PatternFinder, PresidioFinder
from scanner.detect.screen.alphabet import UnscreenableError
from scanner.detect.screen.parse import Reading, read
from scanner.detect.screen.tree import Node, outward

# The classes whose `analyze` was read: it only runs the recognizer's expressions and narrows what
# they match. "parts": on stretches of the text, so edges of the text say nothing.
_WHOLE, _PARTS = False, True
_ANALYZERS = {
    "presidio_analyzer.pattern_recognizer.PatternRecognizer": _WHOLE,
    "presidio_analyzer.predefined_recognizers.generic.iban_recognizer.IbanRecognizer": _WHOLE,
    "scanner.detect.refined.OfflineEmailRecognizer": _PARTS,
}
_STEP = "_PatternRecognizer__analyze_patterns"


@dataclass(frozen=True, slots=True)
class Source:
    """A recognizer's expressions, in its order: it finds nothing where none of them matches."""

    readings: tuple[Reading, ...]
    parts: bool

    @property
    def trees(self) -> tuple[Node, ...]:
        """The trees to derive a screen from: what they look at outside counts as matched."""
        return tuple(outward(reading.tree) for reading in self.readings)


def source_of(recognizer: object) -> Source:
    """Read what a recognizer rests on; raise UnscreenableError, with the reason, when unknown.

    Known are Presidio's pattern recognizers, also within our finders, our own pattern finders, and
    any object that says with ``screened_by`` (compiled expressions of ``re``) that it finds
    nothing where none of them matches.
    """
    declared = getattr(recognizer, "screened_by", None)
    if declared is not None:
        return _compiled(declared)
    if isinstance(recognizer, PatternFinder):
        return _compiled(pattern for pattern, _ in recognizer.patterns)
    inner = recognizer.recognizer if isinstance(recognizer, PresidioFinder) else recognizer
    flags = getattr(inner, "global_regex_flags", None)
    if flags is not None:
        return _presidio(inner, int(flags))
    raise UnscreenableError("it is no pattern recognizer")


def _compiled(patterns: Iterable[re.Pattern[str]]) -> Source:
    readings = tuple(read(item.pattern, item.flags, "re") for item in patterns)
    if not readings:
        raise UnscreenableError("it has no expressions")
    return Source(readings, parts=False)


def _presidio(recognizer: object, flags: int) -> Source:
    owner = _definer(type(recognizer), "analyze")
    parts = _ANALYZERS.get(owner)
    if parts is None:
        raise UnscreenableError("it analyzes in a way of its own")
    if not _definer(type(recognizer), _STEP).startswith("presidio_analyzer."):
        raise UnscreenableError("it runs its expressions in a way of its own")
    if "analyze" in getattr(recognizer, "__dict__", {}):
        raise UnscreenableError("its analyze was replaced")
    patterns = getattr(recognizer, "patterns", None) or ()
    readings = tuple(read(item.regex, flags, "regex") for item in patterns)
    if not readings:
        raise UnscreenableError("it has no expressions")
    return Source(readings, parts)


def _definer(kind: type, name: str) -> str:
    """Return the full name of the class that defines a method."""
    for owner in kind.__mro__:
        if name in vars(owner):
            return f"{owner.__module__}.{owner.__qualname__}"
    return ""
