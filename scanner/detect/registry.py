"""Make the recognizers that the settings ask for; nothing is downloaded and nothing is logged."""

import difflib
import inspect
from collections.abc import Sequence
from typing import TYPE_CHECKING

from scanner.config import Detection
from scanner.detect import national
from scanner.detect.byfield import FIELDWISE
from scanner.detect.finder import Finder, PresidioFinder
from scanner.detect.own import own_finders
from scanner.detect.phone import PhoneFinder
from scanner.detect.refined import (
    CardRecognizer,
    FrNirRecognizer,
    OfflineEmailRecognizer,
    SchemeUrlRecognizer,
)
from scanner.detect.secrets import secret_finders
from scanner.errors import ConfigError

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer

# Presidio's class -> ours in its place.
_INSTEAD: dict[str, type["EntityRecognizer"]] = {
    "CreditCardRecognizer": CardRecognizer,
    "EmailRecognizer": OfflineEmailRecognizer,
    "FrNirRecognizer": FrNirRecognizer,
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
    return found | _INSTEAD


def _check(names: Sequence[str], known: Sequence[str], key: str) -> None:
    """Refuse a name that does not exist, with the nearest one that does."""
    for name in names:
        if name in known:
            continue
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
        tip = (
            f"; did you mean {near[0]}?"
            if near
            else "; recognizers are named as Presidio's classes are"
        )
        shown = "".join(char if char.isprintable() else "?" for char in name)[:60]
        raise ConfigError(f'[detection] {key}: there is no recognizer "{shown}"{tip}')


def finders(settings: Detection, countries: Sequence[str]) -> tuple[Finder, ...]:
    """Return the finders: generic, national, asked for, and our own; without the excluded.

    Raise ConfigError for a class name that does not exist.
    """
    classes = _classes()
    own: list[Finder] = [*secret_finders(), *own_finders()]
    known = sorted({*classes, *(finder.name for finder in own), *FIELDWISE})
    _check(settings.recognizers, sorted(classes), "recognizers")
    _check(settings.exclude_recognizers, known, "exclude_recognizers")
    wanted = dict.fromkeys(
        (*national.GENERIC, *national.national(countries), *settings.recognizers)
    )
    excluded = frozenset(settings.exclude_recognizers)
    made: list[Finder] = []
    for name in wanted:
        if name in excluded:
            continue
        if name == "PhoneRecognizer":
            made.append(PhoneFinder(national.phone_regions(countries)))
        else:
            made.append(PresidioFinder.of(classes[name](), name))  # type: ignore[call-arg]
    return (*made, *(finder for finder in own if finder.name not in excluded))
