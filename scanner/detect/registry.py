"""Make the recognizers that the settings ask for; nothing is downloaded and nothing is logged."""

import inspect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scanner.config import Detection
from scanner.detect import known, national
from scanner.detect.custom import plugins
from scanner.detect.custom.added import made_of, wrapped
from scanner.detect.finder import Finder, PresidioFinder
from scanner.detect.own import own_finders
from scanner.detect.phone import PhoneFinder
from scanner.detect.refined import (
    CardRecognizer,
    FrNirRecognizer,
    IccidRecognizer,
    ImeiRecognizer,
    OfflineEmailRecognizer,
    SchemeUrlRecognizer,
)
from scanner.detect.secrets import secret_finders
from scanner.detect.selection import Selection, categories, select
from scanner.detect.stdnums import national_classes
from scanner.detect.tokens import token_finders
from scanner.errors import ConfigError
from scanner.spelling import quoted

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer

    from scanner.detect.custom.files import Recipe

# Presidio's class -> ours in its place; and ours in its manner.
_INSTEAD: dict[str, type["EntityRecognizer"]] = {
    "CreditCardRecognizer": CardRecognizer,
    "EmailRecognizer": OfflineEmailRecognizer,
    "FrNirRecognizer": FrNirRecognizer,
    "IccidRecognizer": IccidRecognizer,
    "ImeiRecognizer": ImeiRecognizer,
    "UrlRecognizer": SchemeUrlRecognizer,
}


def _classes() -> dict[str, type["EntityRecognizer"]]:
    """Return every pattern recognizer of Presidio, and ours, by class name."""
    from presidio_analyzer import PatternRecognizer, predefined_recognizers

    found: dict[str, type[EntityRecognizer]] = {
        name: item
        for name, item in vars(predefined_recognizers).items()
        if inspect.isclass(item) and issubclass(item, PatternRecognizer)
    }
    found["PhoneRecognizer"] = predefined_recognizers.PhoneRecognizer
    return found | _INSTEAD | national_classes()


@dataclass(frozen=True, slots=True)
class Made:
    """What runs. ``notes``: sentences about what does not, for the report and the check."""

    finders: tuple[Finder, ...]
    notes: tuple[str, ...]
    categories: Mapping[str, str]  # of entities that the taxonomy does not know


def make(settings: Detection, countries: Sequence[str]) -> Made:
    """Make the finders: generic, national, asked for, from files and plug-ins, and our own.

    Raise ConfigError for a name that does not exist, a mistake in a file, a plug-in that cannot
    be used, and a category that does not fit.
    """
    chosen = select(settings, countries)
    added, notes = _added(chosen, settings.languages)
    own = (*secret_finders(), *token_finders(), *own_finders())
    made = (
        *_presidio(chosen, settings.languages, countries),
        *added,
        *(finder for finder in own if finder.name not in chosen.excluded),
    )
    people = {"PERSON", "LOCATION"} if settings.names else set()
    fieldwise = {entity for name, entity in known.OWN.items() if name not in chosen.excluded}
    entities = frozenset(finder.entity for finder in made) | people | fieldwise
    return Made(made, (*chosen.notes, *notes), categories(settings, entities))


def finders(settings: Detection, countries: Sequence[str]) -> tuple[Finder, ...]:
    """Return the finders alone; see :func:`make`."""
    return make(settings, countries).finders


def _presidio(
    chosen: Selection, languages: Sequence[str], countries: Sequence[str]
) -> Iterable[Finder]:
    classes = _classes()
    for name in chosen.classes:
        recipe = chosen.changed.get(name)
        if name == "PhoneRecognizer":
            yield PhoneFinder(national.phone_regions(countries))
        elif recipe is None:
            yield PresidioFinder.of(classes[name](), name)  # type: ignore[call-arg]
        else:
            yield _changed(classes[name](), name, recipe, languages)  # type: ignore[call-arg]


def _changed(
    recognizer: "EntityRecognizer", name: str, recipe: "Recipe", languages: Sequence[str]
) -> PresidioFinder:
    """Give a recognizer of Presidio what a file says: its entity, its context, its flags."""
    from presidio_analyzer import PatternRecognizer

    if recipe.entity:
        recognizer.supported_entities = [recipe.entity]
    if context := recipe.context(languages):
        recognizer.context = list(context)
    if isinstance(recognizer, PatternRecognizer):
        recognizer.global_regex_flags = recipe.flags
    return PresidioFinder.of(recognizer, name)


def _added(chosen: Selection, languages: Sequence[str]) -> tuple[list[Finder], list[str]]:
    """Make what comes from files and plug-ins; notes say which plug-ins are left out."""
    out: list[Finder] = [made_of(recipe, languages) for recipe in chosen.recipes]
    notes: list[str] = []
    recognizer: Any
    taken = {*known.presidio_classes(), *known.OWN, *(finder.name for finder in out)}
    for plugin in chosen.plugins:
        for recognizer in plugins.load(plugin):
            if recognizer.name in taken:
                raise ConfigError(
                    f"the recognizer {quoted(plugin)} names itself {quoted(recognizer.name)}, as "
                    "another one does; ask its makers for a name of its own"
                )
            taken.add(recognizer.name)
            if recognizer.supported_language not in languages:
                code = str(recognizer.supported_language)
                notes.append(
                    f"the recognizer {quoted(recognizer.name)} ({plugin}) is for {code}, which is "
                    "not among languages under [detection]: it does not run"
                )
                continue
            out += wrapped(recognizer)
    return out, notes
