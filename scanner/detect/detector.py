"""The detector of a process: what to run on a field, and what came of it."""

import functools
import importlib.metadata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from scanner.config import Detection
from scanner.detect import national, verify
from scanner.detect.beside import beside, phrases_of
from scanner.detect.byfield import FIELDWISE, by_field
from scanner.detect.candidates import Shapes
from scanner.detect.context import Context
from scanner.detect.lonely import lone_names
from scanner.detect.marks import mark
from scanner.detect.models import Model, load, spacy_version
from scanner.detect.pathnames import find_in_name
from scanner.detect.patterns import Patterns
from scanner.detect.people import People, PeopleFinder
from scanner.detect.registry import make
from scanner.detect.screen import arrow
from scanner.detect.silence import silence
from scanner.detect.verify import Verifier
from scanner.errors import ConfigError
from scanner.model import Asset, Detected, Gap, GapReason, Hit, Values

THRESHOLD = 0.4
THRESHOLDS: Mapping[str, float] = {"PASSWORD_HASH": 0.3, "HOST_NAME": 0.5, "URL": 0.5}
_MOST_NAMES = 50_000  # names remembered; bounds memory on a store with very many

_ANY_WORD = ("UserNameRecognizer",)  # takes any word for a login where one is asked for


class PresidioDetector:
    """Finds entities in the distinct values of a field; see :class:`scanner.model.Detector`.

    ``gaps`` says what is missing: a language model, with the line that installs it. ``categories``
    says what the entities of the user's own recognizers stand for.
    """

    def __init__(self, settings: Detection, countries: Sequence[str] = ()) -> None:
        silence()
        self._countries = tuple(settings.countries or countries)
        self._settings = settings
        made = make(settings, self._countries)
        self._finders, self._notes, self.categories = made.finders, made.notes, made.categories
        excluded = frozenset(settings.exclude_recognizers)
        self._fieldwise = {name: e for name, e in FIELDWISE.items() if name not in excluded}
        self._models, self.gaps = _models(settings)
        every = settings.thorough or settings.rare
        self._people = PeopleFinder(self._models, thorough=every) if settings.names else None
        self._phrases = phrases_of(self._finders)
        self._names: dict[tuple[str, str], tuple[Hit, ...]] = {}
        self._patterns = Patterns(
            self._finders,
            self._threshold,
            settings.seconds,
            thorough=every,
            verifier=_verifier(settings),
        )
        self._check_thresholds()

    @property
    def entities(self) -> frozenset[str]:
        """Everything that can be looked for."""
        own = frozenset({"PERSON", "LOCATION"}) if self._people else frozenset()
        found = (finder.entity for finder in self._finders)
        return frozenset(found) | frozenset(self._fieldwise.values()) | own

    @functools.cached_property
    def _shapes(self) -> Shapes:
        return Shapes(self._finders)

    def _check_thresholds(self) -> None:
        """Refuse a threshold of an entity that is never looked for."""
        for entity, least in self._settings.thresholds.items():
            if entity not in self.entities:
                known = ", ".join(sorted(self.entities))
                raise ConfigError(
                    f"[detection.thresholds]: {entity} is not looked for; known are: {known}"
                )
            if not 0 <= least <= 1:
                raise ConfigError(f"[detection.thresholds]: {entity} must lie between 0 and 1")

    def _threshold(self, entity: str) -> float:
        chosen = self._settings.thresholds.get(entity)
        return THRESHOLDS.get(entity, THRESHOLD) if chosen is None else chosen

    def describe(self) -> Mapping[str, str]:
        """Name what makes the results: versions, models, recognizers, thresholds."""
        tuned = {**THRESHOLDS, **self._settings.thresholds}
        names = {finder.name for finder in self._finders} | set(self._fieldwise)
        models = (f"{m.name} {m.version} ({m.digest or 'no hash'})" for m in self._models)
        return {
            "presidio-analyzer": importlib.metadata.version("presidio-analyzer"),
            "phonenumbers": importlib.metadata.version("phonenumbers"),
            "spacy": spacy_version() if self._models else "not used",
            "models": ", ".join(models) or "none",
            "languages": ", ".join(self._settings.languages),
            "countries": ", ".join(self._countries) or "none",
            "phone regions": ", ".join(national.phone_regions(self._countries)),
            "recognizers": ", ".join(sorted(names)),
            "do not run": "; ".join(self._notes) or "none",
            "run on every value": ", ".join(self._patterns.unscreened) or "none",
            "thresholds": ", ".join(
                [f"default {THRESHOLD}", *(f"{key} {tuned[key]}" for key in sorted(tuned))]
            ),
        }

    def names(self, text: str, kind: str) -> tuple[Hit, ...]:
        """Find personal data in a name; ``kind`` is ``asset``, ``field``, ``file`` or ``key``."""
        key = (text, kind)
        if key not in self._names:
            if len(self._names) > _MOST_NAMES:
                self._names.clear()
            self._names[key] = find_in_name(text, kind, self._finders)
        return self._names[key]

    def detect(self, values: Values, asset: Asset) -> Detected:
        """Run every recognizer that this kind of field can hold something for."""
        if not values.values:
            return Detected(())
        context = Context.of(values.field, asset, self.categories)
        array = arrow(values.values) if values.array is None else values.array
        seen = self._patterns.run(values, array, context)
        more, entities = by_field(values, context, frozenset(self._fieldwise), seen.masked)
        hits, looked = seen.hits + more, seen.looked_for
        looked |= entities
        people = People(looked_for=frozenset())
        if self._people and context.textual:
            people = self._people.find(values, hits, context.hinted)
            hits += people.hits
            told = people.drawn or context.message or any(hit.by not in _ANY_WORD for hit in hits)
            hits += [] if told else lone_names(values.values)
            looked |= people.looked_for
        marked = tuple(beside([_marked(hit, values) for hit in hits], values, self._phrases))
        shaped = self._shapes.candidates(values, array, marked, looked)
        missed = self._shapes.misses(values, array, marked) if context.message else ()
        return Detected(
            marked,
            frozenset(looked),
            shaped,
            seen.read.examined | people.examined,
            gaps=(
                *seen.watch.gaps(asset, values.field.name),
                *verify.gaps(seen.verified, asset, values.field.name),
                *(replace(gap, source=asset.source) for gap in people.gaps),
            ),
            misses=missed,
            settled=people.settled | seen.read.settled,
            drawn={**seen.read.drawn, **people.drawn},
            floors={**seen.read.floors, **people.floors},
            rare=self._settings.rare,
            verified=seen.verified,
        )


def _verifier(settings: Detection) -> Verifier | None:
    return Verifier(settings.verify) if settings.verify else None


def _marked(hit: Hit, values: Values) -> Hit:
    if hit.mark:
        return hit
    found = mark(hit.entity, values.values[hit.index][hit.start : hit.end])
    return hit._replace(mark=found) if found else hit


def _models(settings: Detection) -> tuple[tuple[Model, ...], tuple[Gap, ...]]:
    """Load a model for each language; what is missing becomes a gap."""
    models: list[Model] = []
    gaps: list[Gap] = []
    for language in settings.languages if settings.names else ():
        found = load(language, settings.models)
        if isinstance(found, Model):
            models.append(found)
        else:
            gaps.append(Gap("", GapReason.MODEL_MISSING, found))
    return tuple(models), tuple(gaps)
