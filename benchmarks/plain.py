"""Plain Presidio: ``BatchAnalyzerEngine`` over every cell, with the recognizers that ropascan runs.

The engine is Presidio's own, with its context enhancer, its ``PhoneRecognizer`` and spaCy's
entities through ``SpacyRecognizer``; the model is the one that ropascan would load, whole. Nothing
is screened and nothing stops early. Equal texts are analyzed once here and their time counts as
often as they occur, so that all hits can be compared in minutes: :class:`Timing` says how many
cells were really measured.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import presidio_analyzer
import yaml
from presidio_analyzer import (
    AnalyzerEngine,
    BatchAnalyzerEngine,
    EntityRecognizer,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.nlp_engine import NerModelConfiguration, NoOpNlpEngine, SpacyNlpEngine
from presidio_analyzer.predefined_recognizers import PhoneRecognizer, SpacyRecognizer
from spacy.util import is_package
from tables import spread

from scanner.config import Detection
from scanner.detect import national
from scanner.detect.finder import Finder
from scanner.detect.models import OFFICIAL
from scanner.detect.registry import finders
from scanner.detect.silence import silence

SIZES = (1, 64, 256)
_CHUNK = 4096  # texts a call: the engine keeps the results of a call in one list


class Span(NamedTuple):
    """One hit of plain Presidio in a text; the score is without words around it in the text."""

    start: int
    end: int
    score: float
    entity: str
    by: str


@dataclass(slots=True)
class Timing:
    """Seconds of the engine for all cells, and on how many of them they were measured."""

    seconds: float = 0.0
    cells: int = 0
    measured: int = 0

    def add(self, other: "Timing") -> None:
        """Add the timing of other cells."""
        self.seconds += other.seconds
        self.cells += other.cells
        self.measured += other.measured

    def __str__(self) -> str:
        how = "" if self.measured == self.cells else f", measured on {self.measured:,} of them"
        rate = self.cells / self.seconds if self.seconds else 0
        return f"{self.seconds:,.1f} s for {self.cells:,} cells ({rate:,.0f} cells/s){how}"


class Plain:
    """Presidio's engine for some settings."""

    def __init__(self, settings: Detection, countries: Sequence[str] = ()) -> None:
        silence()
        self.language = settings.languages[0]
        self.batch = 64
        chosen = _recognizers(settings, countries, self.language)
        self.names = {recognizer.id: name for name, recognizer in chosen}
        recognizers = [recognizer for _, recognizer in chosen]
        nlp: Any = NoOpNlpEngine(models=[{"lang_code": self.language, "model_name": "none"}])
        if settings.names:
            nlp = _spacy(self.language, settings.models)
            recognizers.append(
                SpacyRecognizer(
                    supported_language=self.language,
                    supported_entities=nlp.get_supported_entities(),
                )
            )
        registry = RecognizerRegistry(recognizers, supported_languages=[self.language])
        engine = AnalyzerEngine(registry, nlp, supported_languages=[self.language])
        self._engine = BatchAnalyzerEngine(engine)
        self._known: dict[str, tuple[Span, ...]] = {}
        self._cost: dict[str, float] = {}  # seconds of a text: its share of the call it was in

    def tune(self, texts: Sequence[str], cells: int = 300) -> None:
        """Choose the best batch size on some of the texts, and print what was tried."""
        few, rates = spread(texts, cells), {}
        self._run(few[:20], self.batch)  # warm
        for size in SIZES:
            begun = time.perf_counter()
            self._run(few, size)
            rates[size] = len(few) / (time.perf_counter() - begun)
        self.batch = max(rates, key=lambda size: rates[size])
        tried = ", ".join(f"{size}: {rate:,.0f}" for size, rate in rates.items())
        print(f"plain Presidio, cells/s by batch size on {len(few)} cells: {tried}")

    def analyze(self, cells: Sequence[str], most: int | None = None) -> Timing:
        """Analyze cells and remember their hits; return the time that all of them take.

        With ``most``, so many cells, spread evenly over all, are analyzed and stand for the rest.
        """
        chosen = cells if most is None else spread(cells, most)
        left = list(dict.fromkeys(text for text in chosen if text not in self._known))
        for start in range(0, len(left), _CHUNK):
            self._learn(left[start : start + _CHUNK])
        seconds = sum(self._cost[cell] for cell in chosen)
        return Timing(seconds * len(cells) / max(len(chosen), 1), len(cells), len(set(chosen)))

    def _learn(self, texts: Sequence[str]) -> None:
        begun = time.perf_counter()
        found = self._run(texts, self.batch)
        share = (time.perf_counter() - begun) / len(texts)
        for text, spans in zip(texts, found, strict=True):
            self._known[text], self._cost[text] = spans, share

    def hits(self, text: str) -> tuple[Span, ...]:
        """Return the hits in one text; analyze it now when it was not analyzed before."""
        if text not in self._known:
            self._learn([text])
        return self._known[text]

    def spans(self, text: str, finder: Finder) -> Iterator[tuple[int, int, float]]:
        """Yield start, end and score of what the recognizer of a finder found in a text."""
        for hit in self.hits(text):
            if hit.by == finder.name and hit.entity == finder.entity:
                yield hit.start, hit.end, hit.score

    def _run(self, texts: Sequence[str], size: int) -> list[tuple[Span, ...]]:
        results = self._engine.analyze_iterator(
            texts, self.language, batch_size=size, return_decision_process=True
        )
        return [tuple(self._spans(found)) for found in results]

    def _spans(self, results: Sequence[RecognizerResult]) -> Iterator[Span]:
        key = RecognizerResult.RECOGNIZER_IDENTIFIER_KEY
        for result in results:
            by = self.names.get(result.recognition_metadata[key], "SpacyRecognizer")
            yield Span(result.start, result.end, _score(result), result.entity_type, by)


def _score(result: RecognizerResult) -> float:
    """Return the score without what words in the text added: ropascan's context is the field."""
    why = result.analysis_explanation
    improved = why is not None and why.supportive_context_word and not why.validation_result
    return float(why.original_score if improved else result.score)


def _recognizers(
    settings: Detection, countries: Sequence[str], language: str
) -> list[tuple[str, EntityRecognizer]]:
    """Return the recognizers that ropascan runs, by name; Presidio's own for telephones."""
    found: dict[int, tuple[str, EntityRecognizer]] = {}
    for finder in finders(settings, countries):
        recognizer = getattr(finder, "recognizer", None)
        if finder.name == "PhoneRecognizer":
            regions = national.phone_regions(settings.countries or countries)
            recognizer = PhoneRecognizer(supported_regions=regions, leniency=1)
        if recognizer is not None:
            recognizer.supported_language = language  # some are listed under their country's
            found.setdefault(id(recognizer), (finder.name, recognizer))
    return list(found.values())


def _spacy(language: str, chosen: Mapping[str, str]) -> SpacyNlpEngine:
    """Load the model through Presidio, with the entities that its own configuration ignores."""
    names = (chosen[language],) if language in chosen else OFFICIAL[language]
    name = next((name for name in names if is_package(name) or Path(name).exists()), None)
    if name is None:
        raise SystemExit(f"no spaCy model for {language!r} is installed; see docs/models.md")
    file = Path(presidio_analyzer.__file__).parent / "conf" / "default.yaml"
    shipped = yaml.safe_load(file.read_text("utf-8"))["ner_model_configuration"]
    nlp = SpacyNlpEngine(
        models=[{"lang_code": language, "model_name": name}],
        ner_model_configuration=NerModelConfiguration.from_dict(shipped),
    )
    nlp.load()
    return nlp
