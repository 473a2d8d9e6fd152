"""The detector of a process: what to run on a field, and what came of it."""

import functools
import importlib.metadata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from scanner.config import Detection
from scanner.detect import national
from scanner.detect.byfield import FIELDWISE, by_field
from scanner.detect.candidates import candidates, misses
from scanner.detect.context import Context
from scanner.detect.marks import mark
from scanner.detect.models import Model, load, spacy_version
from scanner.detect.pathnames import find_in_name
from scanner.detect.people import People, PeopleFinder
from scanner.detect.registry import finders
from scanner.detect.scan import EXPLAINS, Running, Scan
from scanner.detect.screen import Screen
from scanner.detect.silence import silence
from scanner.errors import ConfigError
from scanner.model import Asset, Detected, Gap, GapReason, Hit, Values

THRESHOLD = 0.4
THRESHOLDS: Mapping[str, float] = {"PASSWORD_HASH": 0.3, "HOST_NAME": 0.5, "URL": 0.5}
_MOST_NAMES = 50_000  # names remembered; bounds memory on a store with very many


class PresidioDetector:
    """Finds entities in the distinct values of a field; see :class:`scanner.model.Detector`.

    ``gaps`` says what is missing: a language model, with the line that installs it.
    """

    def __init__(self, settings: Detection, countries: Sequence[str] = ()) -> None:
        silence()
        self._countries = tuple(settings.countries or countries)
        self._settings = settings
        self._finders = finders(settings, self._countries)
        excluded = frozenset(settings.exclude_recognizers)
        self._fieldwise = {name: e for name, e in FIELDWISE.items() if name not in excluded}
        self._models, self.gaps = _models(settings)
        self._people = PeopleFinder(self._models) if settings.names else None
        self._names: dict[tuple[str, str], tuple[Hit, ...]] = {}
        self._check_thresholds()

    @property
    def entities(self) -> frozenset[str]:
        """Everything that can be looked for."""
        own = frozenset({"PERSON", "LOCATION"}) if self._people else frozenset()
        found = (finder.entity for finder in self._finders)
        return frozenset(found) | frozenset(self._fieldwise.values()) | own

    @functools.cached_property
    def _screen(self) -> Screen:
        """What tells where each recognizer can match; made when the first values come."""
        return Screen.of({str(place): finder for place, finder in enumerate(self._finders)})

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
        context = Context.of(values.field, asset)
        running = {
            str(place): Running(finder, context.boost(finder), self._threshold(finder.entity))
            for place, finder in enumerate(self._finders)
            if context.runs(finder.entity)
        }
        looked = {item.finder.entity for item in running.values()}
        scan = Scan(tuple(running.values()), strict=context.message)
        work = self._screen.work(values.values, tuple(running))
        hits = [hit for i, places in work for hit in scan.value(i, values.values[i], places)]
        more, entities = by_field(values, context, frozenset(self._fieldwise))
        hits += more
        looked |= entities
        examined: dict[str, int] = {}
        if self._people and context.textual:
            people = self._persons(self._people, values, hits, context)
            hits += people.hits
            looked |= people.looked_for
            if people.examined < values.examined:
                examined["PERSON"] = people.examined
        marked = tuple(_marked(hit, values) for hit in hits)
        shaped = candidates(values, marked, self._finders)
        missed = misses(values, marked, self._finders) if context.message else ()
        return Detected(marked, frozenset(looked), shaped, examined, misses=missed)

    def _persons(
        self, finder: PeopleFinder, values: Values, hits: Sequence[Hit], context: Context
    ) -> People:
        """Look for names of persons where text can hold them."""
        if context.message:
            return finder.prose(values)
        explained = {hit.index for hit in hits if hit.entity in EXPLAINS}
        if len(explained) * 2 > len(values.values):
            return People((), values.examined, frozenset({"PERSON"}))
        longer = sum(len(value.split()) > 5 for value in values.values)
        if longer * 2 > len(values.values):
            found = finder.prose(values)
        else:
            found = finder.structured(values, named="PERSON" in context.hinted)
        return replace(found, hits=tuple(h for h in found.hits if h.index not in explained))


def _marked(hit: Hit, values: Values) -> Hit:
    if hit.mark:
        return hit
    found = mark(hit.entity, values.values[hit.index][hit.start : hit.end])
    return replace(hit, mark=found) if found else hit


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
