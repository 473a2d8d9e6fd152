"""One shape for all recognizers: Presidio's objects and our own expressions."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from scanner.detect.expression import Expression, Span
from scanner.detect.features import ANY, LEAST, Features, Least

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer

    from scanner.detect.lean import LeanSteps


class Finder(Protocol):
    """Finds one entity in a text."""

    @property
    def name(self) -> str:
        """The recognizer's name, as reports show it."""
        ...

    @property
    def entity(self) -> str:
        """What it finds."""
        ...

    def can(self, text: str, seen: Features) -> bool:
        """Tell cheaply whether the text may hold a match; False is certain."""
        ...

    def find(self, text: str) -> Iterator[Span]:
        """Yield each match."""
        ...


@dataclass(frozen=True, slots=True)
class PresidioFinder:
    """A recognizer object of Presidio, called directly and only where it can match."""

    recognizer: "EntityRecognizer" = field(repr=False)
    name: str
    entity: str
    least: tuple[Least, ...] = ()
    steps: "LeanSteps | None" = field(default=None, repr=False)  # None: analyze is its own

    @classmethod
    def of(cls, recognizer: "EntityRecognizer", name: str) -> "PresidioFinder":
        """Wrap a recognizer; the name finds its screen."""
        from scanner.detect.lean import LeanSteps

        entity = recognizer.supported_entities[0]
        return cls(recognizer, name, entity, LEAST.get(name, ()), LeanSteps.of(recognizer))

    @property
    def checked(self) -> bool:
        """Whether the recognizer checks more than the shape: a checksum."""
        from presidio_analyzer import PatternRecognizer

        check = getattr(type(self.recognizer), "validate_result", None)
        return check not in (None, PatternRecognizer.validate_result) or self.entity == "CA_SIN"

    def shapes(self) -> list[Expression]:
        """Return the expressions, to count what has the shape alone."""
        made: Any = self.recognizer
        return [Expression(one.regex, made.global_regex_flags) for one in made.patterns]

    def can(self, text: str, seen: Features) -> bool:  # noqa: ARG002
        """See :class:`Finder`."""
        return not self.least or any(row.met(seen) for row in self.least)

    def find(self, text: str) -> Iterator[Span]:
        """See :class:`Finder`."""
        if self.steps is not None:
            yield from self.steps.find(text)
            return
        for result in self.recognizer.analyze(text, [self.entity], None):  # type: ignore[arg-type]
            yield result.start, result.end, result.score


def _always(_: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class PatternFinder:
    """Expressions of our own.

    The group ``v``, where an expression has it, is the match; ``trigger`` is a lower-case text
    (one of several) that every match contains; ``check`` rejects look-alikes. ``cues``, when there
    are any, are such texts for each expression: those of the others need not run.
    """

    name: str
    entity: str
    patterns: tuple[tuple[re.Pattern[str], float], ...] = field(repr=False)
    triggers: tuple[str, ...] = ()
    check: Callable[[str], bool] = field(default=_always, repr=False)
    least: Least = ANY
    cues: tuple[tuple[str, ...], ...] = field(default=(), repr=False)

    def can(self, text: str, seen: Features) -> bool:  # noqa: ARG002
        """See :class:`Finder`."""
        if not self.least.met(seen):
            return False
        if not self.triggers:
            return True
        return any(trigger in seen.low for trigger in self.triggers)

    def find(self, text: str) -> Iterator[Span]:
        """See :class:`Finder`."""
        for pattern, score in self._told(text) if self.cues else self.patterns:
            group = "v" if "v" in pattern.groupindex else 0
            for match in pattern.finditer(text):
                if self.check(match[group]):
                    yield match.start(group), match.end(group), score

    def _told(self, text: str) -> Iterator[tuple[re.Pattern[str], float]]:
        """Yield the expressions of which the text holds a cue."""
        low = text.lower()
        for row, cues in zip(self.patterns, self.cues, strict=True):
            if any(map(low.__contains__, cues)):
                yield row
