"""A value that the screen turns away holds no match: all recognizers, fresh random values."""

import inspect
import random

import numpy as np
import pyarrow as pa
import pytest
import regex
from presidio_analyzer import Pattern, PatternRecognizer, predefined_recognizers

from benchmarks.columns import KINDS, matching, mixed, mutated
from scanner.detect import national
from scanner.detect.engine.windows import WINDOW
from scanner.detect.own import own_finders
from scanner.detect.refined import OfflineEmailRecognizer
from scanner.detect.registry import _classes
from scanner.detect.screen import Screen, alphabet, chunks, screen
from scanner.detect.screen.chunks import WHOLE
from scanner.detect.secrets import secret_finders
from scanner.detect.silence import silence
from scanner.detect.tokens import token_finders

PRESIDIO = {
    name: item
    for name, item in vars(predefined_recognizers).items()
    if inspect.isclass(item) and issubclass(item, PatternRecognizer)
}
COUNT = 2000


@pytest.fixture(scope="module")
def recognizers():
    silence()
    ours = {f"our {name}": made() for name, made in _classes().items() if name in _OURS}
    return {name: made() for name, made in PRESIDIO.items()} | ours


_OURS = {name for name, made in _classes().items() if made.__module__.startswith("scanner.")}


@pytest.fixture(scope="module")
def made(recognizers):
    return Screen.of(recognizers)


@pytest.fixture(scope="module")
def texts(recognizers):
    """Return the values and the seed that makes them again."""
    seed = random.SystemRandom().randrange(1 << 32)
    expressions = [item.regex for one in recognizers.values() for item in one.patterns]
    return seed, list(dict.fromkeys(mixed(expressions, COUNT, random.Random(seed))))


def _rejected(made, key, values):
    chosen = set(made.candidates(pa.array(values), [key])[key].tolist())
    return [value for index, value in enumerate(values) if index not in chosen]


def test_every_recognizer_is_screened(made, recognizers):
    assert made.unscreened == ()
    named = {name for names in national.NATIONAL.values() for name in names}
    assert {name.removeprefix("our ") for name in recognizers} >= named


def test_no_expression_matches_in_a_value_turned_away(made, recognizers, texts):
    seed, values = texts
    found = made.candidates(pa.array(values))
    lost, hits = [], 0
    for key, recognizer in recognizers.items():
        chosen = set(found[key].tolist())
        compiled = [
            regex.compile(p.regex, recognizer.global_regex_flags) for p in recognizer.patterns
        ]
        matched = {i for i, value in enumerate(values) if any(c.search(value) for c in compiled)}
        hits += len(matched)
        lost += [(key, seed, values[index]) for index in matched - chosen]
    assert lost == []
    assert hits > COUNT  # else the values say nothing


@pytest.mark.parametrize("key", ["EmailRecognizer", "IbanRecognizer", "our EmailRecognizer"])
def test_recognizer_finds_nothing_in_a_value_turned_away(made, recognizers, texts, key):
    seed, values = texts
    recognizer = recognizers[key]
    entity = recognizer.supported_entities
    lost = [v for v in _rejected(made, key, values) if recognizer.analyze(v, entity, None)]
    assert (seed, lost) == (seed, [])


def test_own_finders_find_nothing_in_a_value_turned_away():
    finders = {
        finder.name: finder for finder in (*secret_finders(), *token_finders(), *own_finders())
    }
    own = Screen.of(finders)
    assert own.unscreened == ()
    seed = random.SystemRandom().randrange(1 << 32)
    rng = random.Random(seed)
    for name, finder in finders.items():
        made_of = [pattern.pattern for pattern, _ in finder.patterns]
        values = [mutated(matching(rng.choice(made_of), rng), rng) for _ in range(120)]
        values += [rng.choice(list(KINDS.values()))(rng) for _ in range(100)]
        lost = [v for v in _rejected(own, name, values) if list(finder.find(v))]
        assert (seed, name, lost) == (seed, name, [])


def test_long_value_is_a_candidate_when_a_window_of_it_matches():
    # Whole, no word boundary stands before the number; a window that begins there has one.
    text = "x" * WINDOW + "123456789" + "x" * 2000
    made = Screen.of({"ssn": predefined_recognizers.UsSsnRecognizer()})
    assert made.candidates(pa.array([text]))["ssn"].tolist() == [0]
    assert WHOLE <= WINDOW


def test_stretches_of_a_text_are_screened_without_edges():
    text = "é" * 400 + "a@b.de" + "ö" * 300
    made = Screen.of({"email": OfflineEmailRecognizer()})
    assert made.candidates(pa.array([text]))["email"].tolist() == [0]


@pytest.mark.parametrize("sign", ["٣", "𝟙", "߄"])
def test_digits_of_other_scripts_make_a_candidate(sign):
    made = Screen.of({"ssn": predefined_recognizers.UsSsnRecognizer()})
    assert made.candidates(pa.array([sign * 9, "é" * 9]))["ssn"].tolist() == [0]


@pytest.mark.parametrize("sign", ["\u212a", "\u017f", "\u0130", "\u0131"])
def test_characters_that_fold_to_ascii_make_a_candidate(sign):
    deny = PatternRecognizer("X", deny_list=["skis"])
    made = Screen.of({"x": deny})
    assert made.candidates(pa.array([f"a {sign}", "a é"]))["x"].tolist() == [0]


def test_no_other_character_matches_an_ascii_letter_or_a_digit():
    every = "".join(map(chr, (*range(0x80, 0xD800), *range(0xE000, 0x110000))))
    signs = {int(code, 16) for code in regex.findall(r"\{([0-9A-F]+)\}", alphabet.doubles())}
    for library in alphabet.ENGINES.values():
        for letter in "abcdefghijklmnopqrstuvwxyz":
            found = set(map(ord, library.findall(f"(?i){letter}|{letter.upper()}", every)))
            assert found <= signs, letter
        assert set(map(ord, library.findall(r"\d", every))) <= signs


def test_null_is_no_candidate_and_chunks_keep_their_places():
    made = Screen.of({"card": predefined_recognizers.CreditCardRecognizer(), "odd": object()})
    card = "4532015112830366"
    values = pa.chunked_array(
        [pa.array([None, "a", card]), pa.array([], pa.string()), pa.array([card])]
    )
    found = made.candidates(values)
    assert found["card"].tolist() == [2, 3]
    assert found["odd"].tolist() == [1, 2, 3]


def test_small_chunks_give_the_same(monkeypatch, made, texts):
    _, values = texts
    whole = made.candidates(pa.array(values))
    monkeypatch.setattr(chunks, "_BYTES", 500)
    monkeypatch.setattr(screen, "_FEW", -1)  # else few values are judged by their counts alone
    parts = made.candidates(pa.array(["x", *values]).slice(1))
    assert all(np.array_equal(whole[key], parts[key]) for key in whole)


class _Own(PatternRecognizer):
    def analyze(self, text, entities, nlp_artifacts=None, regex_flags=None):
        return super().analyze(text[::-1], entities, nlp_artifacts, regex_flags)


def test_recognizer_with_an_analyze_of_its_own_runs_on_everything():
    made = Screen.of({"own": _Own("X", patterns=[Pattern("p", "abc", 0.5)])})
    assert made.unscreened == ("own",)
    assert made.reasons["own"] == "it analyzes in a way of its own"
    assert made.candidates(pa.array(["cba", "q"]))["own"].tolist() == [0, 1]
