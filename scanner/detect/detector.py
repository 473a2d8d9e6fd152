"""The detector of a process: what to run on a field, and what its hits mean."""

import importlib.metadata
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from scanner.classify import lexicon, subjects
from scanner.config import Detection
from scanner.detect import fieldwise, gates, national, people, places
from scanner.detect.features import features
from scanner.detect.finder import Finder, PresidioFinder
from scanner.detect.marks import mark
from scanner.detect.models import Model, load, spacy_version
from scanner.detect.own import MASKED_CARD
from scanner.detect.phone import PhoneFinder
from scanner.detect.pathnames import find_in_name
from scanner.detect.registry import FIELDWISE, finders
from scanner.detect.silence import silence
from scanner.errors import ConfigError
from scanner.model import Asset, Detected, Gap, GapReason, Hit, Kind, Path, Values
from scanner.taxonomy import taxonomy

CONTEXT = 0.35  # what a context word adds, as in Presidio
THRESHOLD = 0.4
THRESHOLDS: Mapping[str, float] = {"PASSWORD_HASH": 0.3, "HOST_NAME": 0.5, "URL": 0.5}
_WINDOW, _OVERLAP = 4000, 200
_TEXTUAL = frozenset({Kind.TEXT, Kind.MESSAGE, Kind.JSON, Kind.OTHER})
_BY_KIND: Mapping[Kind, frozenset[str]] = {
    Kind.UUID: frozenset({"UUID"}),
    Kind.INET: frozenset({"IP_ADDRESS"}),
    Kind.MAC: frozenset({"MAC_ADDRESS"}),
}
# Words in the context lists of recognizers that say nothing on their own.
_VAGUE = frozenset(
    """number code id no num date call transaction account state type card credit key permit
    identification identifier reference ref name service document value issued""".split()
)
_QUAD_SHAPE = re.compile(r"(?<![\d.])\d+(?:\.\d+){3}(?![\d.])")
_COLONS_SHAPE = re.compile(r"(?i)[0-9a-f]{0,4}:[0-9a-f:]*:[0-9a-f]{0,4}")
_DIGITS_OF_CARD = re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)")


class PresidioDetector:
    """Finds entities in the distinct values of a field; see :class:`scanner.model.Detector`."""

    def __init__(self, settings: Detection, countries: Sequence[str] = ()) -> None:
        silence()
        self._countries = tuple(settings.countries or countries)
        self._settings = settings
        self._finders = finders(settings, self._countries)
        excluded = frozenset(settings.exclude_recognizers)
        self._fieldwise = frozenset(e for n, e in FIELDWISE.items() if n not in excluded)
        self._models, self.gaps = _models(settings)
        self._people = people.PeopleFinder(self._models) if settings.names else None
        self._names: dict[tuple[str, str], tuple[Hit, ...]] = {}
        self._check_thresholds()

    @property
    def entities(self) -> frozenset[str]:
        """Everything that can be looked for."""
        own = frozenset({"PERSON", "LOCATION"}) if self._people else frozenset()
        return frozenset(finder.entity for finder in self._finders) | self._fieldwise | own

    def _check_thresholds(self) -> None:
        """Refuse a threshold of an entity that is never looked for."""
        for entity, least in self._settings.thresholds.items():
            if entity not in self.entities:
                known = ", ".join(sorted(self.entities))
                raise ConfigError(f"[detection.thresholds]: {entity} is not looked for; known: {known}")
            if not 0 <= least <= 1:
                raise ConfigError(f"[detection.thresholds]: {entity} must lie between 0 and 1")

    def _threshold(self, entity: str) -> float:
        chosen = self._settings.thresholds.get(entity)
        return THRESHOLDS.get(entity, THRESHOLD) if chosen is None else chosen

    def describe(self) -> Mapping[str, str]:
        """Name what makes the results: versions, models, recognizers, thresholds."""
        tuned = {**THRESHOLDS, **self._settings.thresholds}
        return {
            "presidio-analyzer": importlib.metadata.version("presidio-analyzer"),
            "phonenumbers": importlib.metadata.version("phonenumbers"),
            "spacy": spacy_version() if self._models else "not used",
            "models": ", ".join(f"{m.name} {m.version} ({m.digest})" for m in self._models) or "none",
            "languages": ", ".join(self._settings.languages),
            "countries": ", ".join(self._countries) or "none",
            "phone regions": ", ".join(national.phone_regions(self._countries)),
            "recognizers": ", ".join(sorted({f.name for f in self._finders} | set(FIELDWISE) - set(self._settings.exclude_recognizers))),
            "thresholds": ", ".join(
                [f"default {THRESHOLD}", *(f"{key} {tuned[key]}" for key in sorted(tuned))]
            ),
        }

    def names(self, text: str, kind: str) -> tuple[Hit, ...]:
        """Find personal data in a name; ``kind`` is ``asset``, ``field``, ``file`` or ``key``."""
        key = (text, kind)
        if key not in self._names:
            if len(self._names) > 50_000:  # bounds memory on a store with very many names
                self._names.clear()
            self._names[key] = find_in_name(text, kind, self._finders)
        return self._names[key]

    def detect(self, values: Values, asset: Asset) -> Detected:
        """Run every recognizer that this kind of field can hold something for."""
        if not values.values:
            return Detected(())
        hinted, words = _hints(values, asset)
        running = [f for f in self._finders if _runs(f.entity, values.field.kind, hinted)]
        boosts = {f.entity: _boost(f, hinted, words) for f in running}
        looked = {finder.entity for finder in running}
        hits: list[Hit] = []
        strict = values.field.kind is Kind.MESSAGE
        for index, value in enumerate(values.values):
            hits += self._value(index, value, running, boosts, strict)
        hits += self._by_field(values, hinted, looked)
        examined: dict[str, int] = {}
        if self._people and values.field.kind in _TEXTUAL:
            hits += self._persons(values, hits, hinted, examined, looked)
        hits = [replace(h, mark=h.mark or mark(h.entity, values.values[h.index][h.start : h.end])) for h in hits]
        return Detected(tuple(hits), frozenset(looked), self._candidates(values, hits), examined)

    def _value(
        self, index: int, value: str, running: Sequence[Finder], boosts: Mapping[str, float], strict: bool
    ) -> list[Hit]:
        """Return the settled hits of one value; a long one is read in windows."""
        if len(value) <= _WINDOW + _OVERLAP:
            return self._text(index, value, 0, running, boosts, strict)
        found: dict[tuple[int, int, str], Hit] = {}
        for start in range(0, len(value), _WINDOW):
            text = value[start : start + _WINDOW + _OVERLAP]
            for hit in self._text(index, text, start, running, boosts, strict):
                found[hit.start, hit.end, hit.entity] = hit
        return list(found.values())

    def _text(
        self, index: int, text: str, offset: int, running: Sequence[Finder], boosts: Mapping[str, float], strict: bool
    ) -> list[Hit]:
        seen = features(text)
        hits: list[Hit] = []
        for finder in running:
            entity = finder.entity
            if not finder.can(text, seen):
                continue
            if entity == "PHONE_NUMBER":
                if gates.opaque(text) or any(h.entity in _EXPLAINS and h.end - h.start >= len(text.strip()) for h in hits):
                    continue
            boost = boosts[entity]
            spans = (
                finder.within(text, boost > 0, strict)
                if isinstance(finder, PhoneFinder)
                else finder.find(text)
            )
            for start, end, score in spans:
                total = min(score + boost, 1.0)
                if total < self._threshold(entity) or not _gate(entity, text, start, end, boost, strict):
                    continue
                hits.append(Hit(index, start, end, entity, round(total, 3), finder.name))
        if len(hits) > 1:
            hits = gates.settle(hits)
        if not offset:
            return hits
        return [replace(hit, start=hit.start + offset, end=hit.end + offset) for hit in hits]

    def _by_field(self, values: Values, hinted: frozenset[str], looked: set[str]) -> list[Hit]:
        """Run the recognizers that need the field as a whole."""
        kind, found = values.field.kind, list[Hit]()
        textual = kind in _TEXTUAL
        if "GENDER" in self._fieldwise and (textual or kind in (Kind.INTEGER, Kind.BOOLEAN)):
            looked.add("GENDER")
            if fieldwise.is_gender(values.values, "GENDER" in hinted):
                found += [_all(i, v, "GENDER", 0.7, "GenderRecognizer") for i, v in enumerate(values.values)]
        if "BIRTH_DATE" in hinted and "BIRTH_DATE" in self._fieldwise:
            looked.add("BIRTH_DATE")
            for index in fieldwise.birth_dates(values.values, _today()):
                found.append(_all(index, values.values[index], "BIRTH_DATE", 0.7, "BirthDateRecognizer"))
        if not textual:
            return found
        for entity, test, by in _FIELD_TESTS:
            if entity in hinted and entity in self._fieldwise and kind is not Kind.MESSAGE:
                looked.add(entity)
                found += [_all(i, v, entity, 0.6, by) for i, v in enumerate(values.values) if test(v)]
        for index, value in enumerate(values.values):
            if "*" in value or "x" in value or "X" in value or "•" in value or "#" in value:
                for match in MASKED_CARD.finditer(value[:_WINDOW]):
                    found.append(Hit(index, match.start(), match.end(), "CREDIT_CARD", 0.6, "MaskedCardRecognizer", "masked"))
        return found

    def _persons(
        self, values: Values, hits: Sequence[Hit], hinted: frozenset[str], examined: dict[str, int], looked: set[str]
    ) -> list[Hit]:
        """Look for names of persons where text can hold them."""
        assert self._people is not None  # noqa: S101 - the caller asked
        looked.add("PERSON")
        explained = {hit.index for hit in hits if hit.entity in _EXPLAINS}
        if len(explained) * 2 > len(values.values) and values.field.kind is not Kind.MESSAGE:
            examined["PERSON"] = values.examined
            return []
        named = bool(hinted & {"PERSON"})
        longish = sum(len(value.split()) > 5 for value in values.values) * 2 > len(values.values)
        if values.field.kind is Kind.MESSAGE or longish:
            found = self._people.prose(values, message=values.field.kind is Kind.MESSAGE)
        else:
            found = self._people.structured(values, named=named)
            looked.add("LOCATION")
        if found.examined < values.examined:
            examined["PERSON"] = found.examined
        return [hit for hit in found.hits if hit.index not in explained or values.field.kind is Kind.MESSAGE]

    def _candidates(self, values: Values, hits: Sequence[Hit]) -> dict[str, int]:
        """Count the cells that have the shape of a checksummed entity that was hit."""
        entities = {hit.entity for hit in hits}
        out: dict[str, int] = {}
        if "IP_ADDRESS" in entities:
            out["IP_ADDRESS"] = _cells(values, (_QUAD_SHAPE, _COLONS_SHAPE))
        for finder in self._finders:
            if finder.entity not in entities or not isinstance(finder, PresidioFinder) or not finder.checked:
                continue
            shapes = [_DIGITS_OF_CARD] if finder.entity == "CREDIT_CARD" else finder.shapes()
            out[finder.entity] = _cells(values, shapes)
        return out


def _cells(values: Values, shapes: Sequence[Any]) -> int:
    """Count the cells in which one of the expressions matches."""
    return sum(
        int(count)
        for value, count in zip(values.values, values.counts, strict=True)
        if any(shape.search(value[:_WINDOW]) for shape in shapes)
    )


# A vague "name" speaks of persons only where the asset is about people.
_PEOPLE_ONLY = frozenset({"person_name", "name_part"})
_EXPLAINS = frozenset(
    """EMAIL_ADDRESS URL UUID IP_ADDRESS MAC_ADDRESS IBAN_CODE JWT PASSWORD_HASH PRIVATE_KEY USER_AGENT
    CREDIT_CARD CRYPTO API_KEY HOST_NAME COORDINATES""".split()
)
_FIELD_TESTS = (
    ("USERNAME", fieldwise.is_username, "UserNameRecognizer"),
    ("PASSWORD", fieldwise.is_password, "PasswordRecognizer"),
    ("HOST_NAME", fieldwise.is_host, "HostFieldRecognizer"),
    ("COUNTRY", places.is_country, "CountryRecognizer"),
    ("REGION", places.is_region, "RegionRecognizer"),
)


_GATES: Mapping[str, Callable[[str, int, int], bool]] = {
    "CREDIT_CARD": gates.card,
    "EMAIL_ADDRESS": gates.email,
    "IP_ADDRESS": gates.address,
    "MAC_ADDRESS": gates.hardware,
    "URL": gates.url,
}


def _today() -> date:
    return datetime.now(UTC).date()


def _all(index: int, value: str, entity: str, score: float, by: str) -> Hit:
    return Hit(index, 0, len(value), entity, score, by)


def _gate(entity: str, text: str, start: int, end: int, boost: float, strict: bool) -> bool:
    """Reject the look-alikes of an entity."""
    if entity == "PHONE_NUMBER":
        return gates.phone(text, start, end, boost > 0, strict)
    gate = _GATES.get(entity)
    return gate is None or gate(text, start, end)


def _runs(entity: str, kind: Kind, hinted: frozenset[str]) -> bool:
    """Tell whether an entity is looked for in fields of a kind."""
    if entity in national.WEAK and entity not in hinted:
        return False
    if kind in _TEXTUAL:
        return True
    if kind is Kind.INTEGER:
        return entity == "CREDIT_CARD" or entity in hinted
    return entity in _BY_KIND.get(kind, frozenset())


def _hints(values: Values, asset: Asset) -> tuple[frozenset[str], frozenset[str]]:
    """Return the entities that the field's name speaks of, and the words around it."""
    segments = Path.parse(asset.path).segments if "://" in asset.path else (asset.path,)
    asset_words = frozenset(lexicon.words(segments[-1])) if segments else frozenset()
    role = subjects.role_of(lexicon.words(segments[-1])) if segments else "unknown"
    named = [
        item
        for item in lexicon.match(values.field.name, asset_words)
        if item.category not in _PEOPLE_ONLY or lexicon.backed(item, role)
    ]
    categories = taxonomy().categories
    entities = {entity for item in named for entity in categories[item.category].entities}
    return frozenset(entities), asset_words | frozenset(lexicon.words(values.field.name))


def _boost(finder: Finder, hinted: frozenset[str], words: frozenset[str]) -> float:
    """Return what the context adds: whole words only, never parts of words."""
    if finder.entity in hinted:
        return CONTEXT
    recognizer = getattr(finder, "recognizer", None)
    context = getattr(recognizer, "context", None) or ()
    telling = {word.strip().lower() for word in context} - _VAGUE
    return CONTEXT if telling & words else 0.0


def _models(settings: Detection) -> tuple[tuple[Model, ...], tuple[Gap, ...]]:
    """Load a model for each language; what is missing becomes a gap."""
    if not settings.names:
        return (), ()
    models, gaps = [], []
    for language in settings.languages:
        found = load(language, settings.models)
        if isinstance(found, Model):
            models.append(found)
        else:
            gaps.append(Gap("", GapReason.MODEL_MISSING, found))
    return tuple(models), tuple(gaps)
