"""Finders for recognizers that came from outside: their code and expressions are nobody's here.

They are timed and their failures are caught (see :mod:`scanner.detect.patience`), and they run on
every field of text or whole numbers, because only their author knows what they look like.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scanner.classify import lexicon
from scanner.detect.expression import Span
from scanner.detect.features import Features
from scanner.detect.finder import Finder, PresidioFinder
from scanner.detect.lean import LeanSteps

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer

    from scanner.detect.custom.files import Recipe

Phrases = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class AddedFinder(PresidioFinder):
    """A pattern recognizer from a file or an entry point, run as those of Presidio are."""

    phrases: Phrases = ()  # context of several words: all of them must stand in the names

    @classmethod
    def wrap(cls, recognizer: "EntityRecognizer", name: str) -> "AddedFinder":
        """Wrap a pattern recognizer whose ``analyze`` is Presidio's."""
        entity = recognizer.supported_entities[0]
        return cls(
            recognizer, name, entity, (), LeanSteps.of(recognizer), phrases_of(recognizer.context)
        )


class Shared:
    """The last text that a recognizer of several entities analyzed: one call serves them all."""

    __slots__ = ("entities", "found", "recognizer", "text")

    def __init__(self, recognizer: "EntityRecognizer") -> None:
        self.recognizer = recognizer
        self.entities = list(recognizer.supported_entities)
        self.text: str | None = None
        self.found: tuple[tuple[str, Span], ...] = ()

    def spans(self, text: str, entity: str) -> Iterator[Span]:
        """Yield what was found of one entity."""
        if text != self.text:
            self.text = None  # if analyze fails there is no last text
            found = self.recognizer.analyze(text, list(self.entities), None)  # type: ignore[arg-type]
            self.found, self.text = tuple(_results(found, len(text))), text
        return (span for kind, span in self.found if kind == entity)


def _results(found: Iterable[Any] | None, size: int) -> Iterator[tuple[str, Span]]:
    """Yield results that lie in the text; a recognizer of others may say anything."""
    for item in found or ():
        start, end = int(item.start), int(item.end)
        if 0 <= start < end <= size and item.score > 0:
            yield item.entity_type, (start, end, min(float(item.score), 1.0))


@dataclass(frozen=True, slots=True)
class EntityFinder:
    """One entity of a recognizer that analyzes in a way of its own."""

    name: str
    entity: str
    shared: Shared = field(repr=False)
    phrases: Phrases = ()

    @property
    def recognizer(self) -> "EntityRecognizer":
        """The recognizer, whose context words count as those of all others."""
        return self.shared.recognizer

    @property
    def screened_by(self) -> "Sequence[re.Pattern[str]] | None":
        """What the recognizer says of itself: it finds nothing where none of these matches."""
        return getattr(self.shared.recognizer, "screened_by", None)

    def can(self, text: str, seen: Features) -> bool:  # noqa: ARG002
        """See :class:`scanner.detect.finder.Finder`."""
        return True

    def find(self, text: str) -> Iterator[Span]:
        """See :class:`scanner.detect.finder.Finder`."""
        return self.shared.spans(text, self.entity)


def wrapped(recognizer: Any) -> tuple[Finder, ...]:
    """Return the finders of a recognizer: one for each of its entities."""
    if LeanSteps.of(recognizer) is not None:
        return (AddedFinder.wrap(recognizer, recognizer.name),)
    shared, phrases = Shared(recognizer), phrases_of(recognizer.context)
    return tuple(
        EntityFinder(recognizer.name, entity, shared, phrases)
        for entity in dict.fromkeys(recognizer.supported_entities)
    )


def made_of(recipe: "Recipe", languages: Sequence[str]) -> AddedFinder:
    """Make the finder of a file's own recognizer."""
    from presidio_analyzer import Pattern, PatternRecognizer

    recognizer = PatternRecognizer(
        supported_entity=recipe.entity,
        name=recipe.name,
        supported_language=next(iter(recipe.languages), languages[0] if languages else "en"),
        patterns=[Pattern(item.name, item.regex, item.score) for item in recipe.patterns],
        deny_list=list(recipe.deny_list),
        context=list(recipe.context(languages)),
        deny_list_score=recipe.deny_list_score,
        global_regex_flags=recipe.flags,
    )
    return AddedFinder.wrap(recognizer, recipe.name)


def is_added(finder: Finder) -> bool:
    """Tell whether a finder came from a file or an entry point."""
    return isinstance(finder, (AddedFinder, EntityFinder))


def phrases_of(context: Iterable[str] | None) -> Phrases:
    """Return the context that is longer than a word, each as the set of its words."""
    split = (frozenset(lexicon.words(item)) for item in context or ())
    return tuple(words for words in split if len(words) > 1)
