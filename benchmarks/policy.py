"""The product's detector with plain Presidio's hits in the place of its own.

Thresholds, context of the field's name, gates, overlaps, marks, shapes and the acceptance of names
are policy, not speed: they are the product's. What differs is how hits come about: every
recognizer sees every value as it is, the language model has seen every cell, and nothing stops
early. So a difference from the product is what its screen, its engine or its rounds cost.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from plain import Plain

from scanner.config import Detection
from scanner.detect.context import Context
from scanner.detect.detector import PresidioDetector
from scanner.detect.engine import Found
from scanner.detect.expression import Span
from scanner.detect.finder import Finder
from scanner.detect.patterns import Patterns, Seen
from scanner.detect.people import PeopleFinder
from scanner.detect.phone import PhoneFinder
from scanner.detect.scan import Hits, Running
from scanner.model import Values

_LABELS = {"PERSON": "PERSON", "LOCATION": "LOC"}  # what a language model calls them


class PlainDetector(PresidioDetector):
    """Judges the hits of plain Presidio, and those of our own expressions, in every value."""

    def __init__(self, plain: Plain, settings: Detection, countries: Sequence[str] = ()) -> None:
        super().__init__(replace(settings, thorough=True), countries)
        patterns: Any = _Patterns(plain, self._patterns, self._threshold)
        heard: Any = _Heard(plain)
        self._patterns = patterns
        self._people = PeopleFinder([heard], thorough=True) if settings.names else None


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Stands where the product's recognizers run: what is our own runs, the rest is known."""

    plain: Plain
    product: Patterns
    threshold: Callable[[str], float]

    def run(self, values: Values, array: Any, context: Context, *rest: Any) -> Seen:
        """Return what the product would, were its hits those of plain Presidio."""
        texts, every = values.values, range(len(values.values))
        self.plain.analyze(texts)  # at once: what is known already costs nothing
        running = [
            Running(finder, context.boost(finder), self.threshold(finder.entity))
            for finder in self.product.finders.values()
            if context.runs(finder.entity)
        ]
        found = Hits()
        for item in running:
            if not isinstance(item.finder, PhoneFinder):
                spans = [(at, *span) for at in every for span in self._of(item.finder, texts[at])]
                found.add(list(item.hits(texts, Found.of(spans))))
        for item in running:
            if isinstance(item.finder, PhoneFinder):
                heard = replace(item, finder=_HeardPhones(self.plain, item.finder))
                found.add(list(found.phones(heard, texts, every, context.message)))
        none = replace(values, values=(), counts=values.counts[:0], array=None)
        seen = self.product.run(none, array[:0], context, *rest)  # what is looked for, and no hit
        return replace(seen, hits=found.settled(), masked=every)

    def _of(self, finder: Finder, text: str) -> Iterator[Span]:
        if finder.name not in self.plain.names.values():
            return iter(list(finder.find(text)))
        return self.plain.spans(text, finder)


class _HeardPhones(PhoneFinder):
    """The telephone numbers that plain Presidio found."""

    def __init__(self, plain: Plain, finder: PhoneFinder) -> None:
        super().__init__(finder.regions)
        self._plain = plain

    def within(self, text: str, hinted: bool, strict: bool) -> Iterator[Span]:  # noqa: ARG002
        return self._plain.spans(text, self)


class _Heard:
    """Stands where a language model does; says what plain Presidio was told by its own."""

    name = "plain Presidio"

    def __init__(self, plain: Plain) -> None:
        self._plain, self.language = plain, plain.language

    def broken(self) -> str:
        return ""

    def entities(self, texts: Sequence[str]) -> Iterator[tuple[tuple[int, int, str], ...]]:
        self._plain.analyze(texts)  # known already, but for those that were cut or cased anew
        for text in texts:
            yield tuple(
                (hit.start, hit.end, _LABELS[hit.entity])
                for hit in sorted(self._plain.hits(text))
                if hit.entity in _LABELS
            )
