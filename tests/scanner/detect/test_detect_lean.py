"""The steps taken apart give what Presidio's own analyze gives: all recognizers, fresh values."""

import inspect
import random

import pytest
from presidio_analyzer import Pattern, PatternRecognizer, predefined_recognizers

from benchmarks.columns import mixed
from scanner.detect.lean import LeanSteps
from scanner.detect.registry import _classes
from scanner.detect.silence import silence

PRESIDIO = {
    name: item
    for name, item in vars(predefined_recognizers).items()
    if inspect.isclass(item) and issubclass(item, PatternRecognizer)
}
OURS = {name: made for name, made in _classes().items() if made.__module__.startswith("scanner.")}
COUNT = 300


@pytest.fixture(scope="module")
def recognizers():
    silence()
    return {name: made() for name, made in (PRESIDIO | OURS).items()}


def spans(recognizer, text):
    entity = recognizer.supported_entities
    return [(r.start, r.end, r.score) for r in recognizer.analyze(text, entity, None)]


def test_lean_steps_give_the_same_spans_and_scores(recognizers):
    seed = random.SystemRandom().randrange(1 << 32)
    draw = random.Random(seed)
    compared = found = 0
    for name, recognizer in recognizers.items():
        steps = LeanSteps.of(recognizer)
        if steps is None:
            continue
        expressions = [pattern.regex for pattern in recognizer.patterns]
        texts = list(mixed(expressions, COUNT, draw))
        # Several matches in one text: what contains what decides which stay.
        texts += [" ".join(draw.sample(texts, 3)) for _ in range(40)]
        for text in texts:
            try:
                expected = spans(recognizer, text)
            except (LookupError, ValueError):  # see the last test: nothing to compare with
                assert not text.isascii(), f"{name} fails (seed {seed})"
                continue
            assert list(steps.find(text)) == expected, f"{name} differs (seed {seed})"
            compared += 1
            found += bool(expected)
    assert compared > 20_000
    assert found > 1_000


def test_what_contains_another_of_lower_score_stays_alone():
    patterns = [
        Pattern("long", r"ab+c", 0.5),
        Pattern("short", "b+", 0.4),
        Pattern("sure", "c", 0.9),
    ]
    recognizer = PatternRecognizer("X", patterns=patterns)
    steps = LeanSteps.of(recognizer)
    assert steps is not None
    assert list(steps.find("xabbc abc")) == spans(recognizer, "xabbc abc")
    assert list(steps.find("xabbc")) == [(4, 5, 0.9), (1, 5, 0.5)]


def test_empty_matches_are_nothing():
    steps = LeanSteps.of(PatternRecognizer("X", patterns=[Pattern("any", "b*", 0.5)]))
    assert steps is not None
    assert list(steps.find("abba")) == [(1, 3, 0.5)]


class Reversed(PatternRecognizer):
    """Analyzes in a way of its own."""

    def analyze(self, text, entities, nlp_artifacts=None, regex_flags=None):
        return super().analyze(text[::-1], entities, nlp_artifacts, regex_flags)


def test_a_recognizer_with_an_analyze_of_its_own_is_not_taken_apart():
    assert LeanSteps.of(Reversed("X", patterns=[Pattern("a", "a", 0.5)])) is None
    assert LeanSteps.of(object()) is None


def test_a_slow_expression_ends_as_in_presidio(monkeypatch):
    monkeypatch.setattr("presidio_analyzer.pattern_recognizer.REGEX_TIMEOUT_SECONDS", 0.05)
    patterns = [Pattern("slow", r"(a|aa)+$", 0.5), Pattern("quick", "b", 0.5)]
    steps = LeanSteps.of(PatternRecognizer("X", patterns=patterns))
    assert steps is not None
    assert list(steps.find("a" * 40 + "b!")) == [(40, 41, 0.5)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (predefined_recognizers.ItFiscalCodeRecognizer, "MCMEIA\u07c4VTPMIL0RA"),
        (predefined_recognizers.SgUenRecognizer, "T\u09664SM5\u096911D"),
    ],
)
def test_a_check_that_fails_on_other_digits_says_no(kind, text):
    recognizer = kind()
    with pytest.raises((LookupError, ValueError)):
        recognizer.validate_result(text)
    assert list(LeanSteps.of(recognizer).find(text)) == []
    assert LeanSteps.of(recognizer).worth(text, 0.3) == 0.0
