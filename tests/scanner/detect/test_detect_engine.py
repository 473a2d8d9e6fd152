"""The engine finds what the recognizers find: same spans, same scores, on every recognizer."""

import inspect
import random
import re

import numpy as np
import pytest
from presidio_analyzer import Pattern, PatternRecognizer, predefined_recognizers

from benchmarks.columns import KINDS, matching, mixed, mutated
from scanner.detect.engine import Engine
from scanner.detect.engine.checks import check_of
from scanner.detect.engine.windows import OVERLAP, WINDOW
from scanner.detect.finder import PresidioFinder
from scanner.detect.lean import LeanSteps
from scanner.detect.own import own_finders
from scanner.detect.registry import _classes
from scanner.detect.screen import arrow, chunks
from scanner.detect.secrets import secret_finders
from scanner.detect.silence import silence
from scanner.detect.tokens import token_finders

COUNT = 2500


def _of(recognizers):
    return Engine({key: PresidioFinder.of(item, key) for key, item in recognizers.items()})


def _run(engine, values, keys):
    values = tuple(values)
    return {key: set(found) for key, found in engine.run(arrow(values), values, keys).found.items()}


def _plain(recognizer, values):
    """Presidio's own answer; where it fails, on digits of other scripts, that of its steps."""
    found = set()
    for index, value in enumerate(values):
        try:
            hits = recognizer.analyze(value, recognizer.supported_entities, None)
        except (LookupError, ValueError):
            assert not value.isascii(), value
            found.update((index, *span) for span in LeanSteps.of(recognizer).find(value))
            continue
        found.update((index, hit.start, hit.end, hit.score) for hit in hits)
    return found


@pytest.fixture(scope="module")
def recognizers():
    silence()
    every = {
        name: item()
        for name, item in vars(predefined_recognizers).items()
        if inspect.isclass(item) and issubclass(item, PatternRecognizer)
    }
    ours = {name: item for name, item in _classes().items() if "scanner." in item.__module__}
    return every | {f"our {name}": item() for name, item in ours.items()}


@pytest.fixture(scope="module")
def engine(recognizers):
    return _of(recognizers)


def test_every_recognizer_finds_the_same_as_alone(engine, recognizers):
    seed = random.SystemRandom().randrange(1 << 32)
    expressions = [pattern.regex for one in recognizers.values() for pattern in one.patterns]
    values = list(dict.fromkeys(mixed(expressions, COUNT, random.Random(seed))))
    found, hits = _run(engine, values, recognizers), 0
    for key, recognizer in recognizers.items():
        expected = _plain(recognizer, values)
        hits += len(expected)
        wrong = sorted(expected ^ found.get(key, set()))[:1]
        assert wrong == [], (seed, key, [values[item[0]] for item in wrong])
    assert hits > COUNT  # else the values say nothing


def test_columns_of_one_kind_give_the_same(engine, recognizers):
    seed = random.SystemRandom().randrange(1 << 32)
    rng = random.Random(seed)
    for kind, make in KINDS.items():
        values = list(dict.fromkeys(make(rng) for _ in range(120)))
        found = _run(engine, values, recognizers)
        for key, recognizer in recognizers.items():
            assert found.get(key, set()) == _plain(recognizer, values), (seed, kind, key)


def test_our_own_finders_find_the_same_as_alone():
    finders = {
        finder.name: finder for finder in (*secret_finders(), *token_finders(), *own_finders())
    }
    seed = random.SystemRandom().randrange(1 << 32)
    made_of = [pattern.pattern for item in finders.values() for pattern, _ in item.patterns]
    values = tuple(dict.fromkeys(mixed(made_of, COUNT, random.Random(seed))))
    found = _run(Engine(finders), values, finders)
    for name, finder in finders.items():
        expected = {(i, *span) for i, value in enumerate(values) for span in finder.find(value)}
        assert found.get(name, set()) == expected, (seed, name)


# Each value stands forty times among others, so that the fast way is taken.
TRAPS = {
    "accented neighbours are letters": (
        r"\b\d{9}\b",
        ["é123456789", "123456789é", "à 123456789 ü"],
    ),
    "other neighbours are none": (r"\b\d{9}\b", ["–123456789", "123456789…", "\u00a0123456789€"]),
    "a blank beyond ASCII is a blank": (r"id\s\d+", ["id\u00a012", "id\u200912", "idé12", "id 12"]),
    "what is not in a set may be beyond ASCII": (r"x[^a-z]+y", ["xéy", "x–y", "xßzy", "x_y"]),
    "a letter that stands for others": (r"_\d+", ["é12", "_12", "ü_12", "–_12"]),
    "the marking signs": (r"\d{3}", ["a\x01123\x02", "\x02123", "123\x01456", "\x03123"]),
    "digits of other scripts": (r"\b\d{3}\b", ["١٢٣", "1٢3", "123"]),
    "a sign that folds to a letter": (r"\bk\d\b", ["\u212a1", "k1", "K1 \u212a2"]),
    "several in one value": (r"\d{3}", ["123456789", "123-456", "12345"]),
    "touching and overlapping": (r"aba", ["ababa", "abaaba", "ababababa"]),
    "the first alternative wins": (r"a|ab|abc", ["abc", "aabc", "xabcx"]),
    "few before many": (r"\d{2,6}?x?", ["123456x", "12x", "1x"]),
    "lines of a value": (r"^\d+$", ["12\n34", "12\r34", "12\nx\n34\n", "12\u202834"]),
    "a bound beyond which nothing is read": (
        r"@[a-z]{1,120}#",
        [f"@{'a' * n}#" for n in (119, 120, 121, 300)],
    ),
    "a reference": (r"\d([-.])\d\1\d", ["1-2-3", "1.2.3", "1-2.3"]),
    "nothing at all": (r"\d*", ["a1b", "", "12"]),
    "what must not follow": (r"\d{3}(?!\d)", ["1234", "123", "12 345a"]),
}


@pytest.mark.parametrize("name", TRAPS)
def test_traps(name):
    source, texts = TRAPS[name]
    recognizer = PatternRecognizer("X", patterns=[Pattern("p", source, 0.5)], name="x")
    values = [f"{text}{' ' * n}" for n in range(40) for text in texts]
    assert _run(_of({"x": recognizer}), values, ["x"]).get("x", set()) == _plain(recognizer, values)


def test_contained_matches_are_dropped_as_presidio_does():
    rng = random.Random(5)
    patterns = [
        Pattern(str(n), source, score)
        for n, (source, score) in enumerate(
            [(r"\d+", 0.3), (r"\d{2}", 0.3), (r"\d{3}", 0.6), (r"[\d-]+", 0.2), (r"-\d", 0.3)]
        )
    ]
    recognizer = PatternRecognizer("X", patterns=patterns, name="x")
    values = ["".join(rng.choices("123- ", k=12)) for _ in range(300)]
    assert _run(_of({"x": recognizer}), values, ["x"])["x"] == _plain(recognizer, values)


def test_chunks_keep_their_places(monkeypatch, engine, recognizers):
    rng = random.Random(7)
    values = [make(rng) for make in KINDS.values() for _ in range(30)]
    whole = _run(engine, values, recognizers)
    monkeypatch.setattr(chunks, "_VALUES", 37)
    assert _run(engine, values, recognizers) == whole


def test_long_values_are_read_in_windows_without_loss():
    finder = _of({"ssn": predefined_recognizers.UsSsnRecognizer()})
    text = ("x" * 37 + " 219-09-9999 ") * 400
    found = _run(finder, [text, "219-09-9999"], ["ssn"])["ssn"]
    assert len(text) > 3 * (WINDOW + OVERLAP)
    assert {start for row, start, *_ in found if row == 0} == set(range(38, len(text), 50))


def test_a_match_longer_than_a_window_is_found_whole():
    finder = _of({"url": predefined_recognizers.UrlRecognizer()})
    texts = ["see ſ https://www.parcel.fr/" + "review" * 1500, "https://www.parcel.fr/ok"]
    found = _run(finder, texts, ["url"])["url"]
    assert found == _plain(predefined_recognizers.UrlRecognizer(), texts)
    assert (0, 6, len(texts[0]), 0.6) in found


def test_null_and_half_surrogates_are_survived():
    finder = _of({"mail": predefined_recognizers.UsSsnRecognizer()})
    values = ("219-09-9999", "\ud800 219-09-9999", "")
    assert {row for row, *_ in _run(finder, values, ["mail"])["mail"]} == {0, 1}


def test_matches_come_sorted_by_value(engine, recognizers):
    rng = random.Random(3)
    values = tuple(KINDS["log line"](rng) for _ in range(60))
    for found in engine.run(arrow(values), values, recognizers).found.values():
        assert (np.diff(found.rows) >= 0).all()


def test_ibans_of_all_countries():
    from presidio_analyzer.predefined_recognizers.generic.iban_patterns import regex_per_country

    seed = random.SystemRandom().randrange(1 << 32)
    rng = random.Random(seed)
    values = []
    for code, form in sorted(regex_per_country.items()):
        for _ in range(8):
            body = matching(form.strip("^$"), rng)[4:].replace(" ", "").upper()
            number = "".join(str(int(sign, 36)) for sign in f"{body}{code}00")
            check = (98 - int(number) % 97 + rng.choice((0, 0, 0, 97))) % 100
            iban = f"{code}{check:02}{body}"
            if rng.random() < 0.4:
                iban = " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))
            iban += rng.choice(("", "", " 12", " today", " 9XYZ", "1"))
            values.append(mutated(iban, rng) if rng.random() < 0.3 else iban)
    recognizer = predefined_recognizers.IbanRecognizer()
    expected = _plain(recognizer, values)
    assert len(expected) > len(values) / 2
    assert _run(_of({"x": recognizer}), values, ["x"])["x"] == expected, seed


def test_texts_of_very_many_characters_beyond_ascii():
    patterns = [Pattern("p", r"\b\d{3}\b", 0.5), Pattern("q", r"[^a-z]{2}x", 0.4)]
    recognizer = PatternRecognizer("X", patterns=patterns, name="x")
    values = [f"{chr(0x4E00 + n)}{n % 1000:03} {chr(0x4E00 + n)}xyx 123" for n in range(900)]
    assert _run(_of({"x": recognizer}), values, ["x"])["x"] == _plain(recognizer, values)


def test_a_value_of_a_thousand_matches():
    patterns = [Pattern("p", r"\d\d", 0.5), Pattern("q", r"\d\d-\d", 0.3), Pattern("r", "-", 0.5)]
    recognizer = PatternRecognizer("X", patterns=patterns, name="x")
    values = ["12-3 45-" * 400, *(f"{n}12-3" for n in range(60))]
    assert _run(_of({"x": recognizer}), values, ["x"])["x"] == _plain(recognizer, values)


KNOWN_CHECKS = {
    "card": (predefined_recognizers.CreditCardRecognizer, "0123456789 -", (13, 22)),
    "crypto": (predefined_recognizers.CryptoRecognizer, "13abcXYZ0OIl", (26, 36)),
    "address": (predefined_recognizers.IpRecognizer, "0125./9", (7, 18)),
    "hardware": (predefined_recognizers.MacAddressRecognizer, "0Ff1", (12, 12)),
    "mail": (predefined_recognizers.EmailRecognizer, "ab.@/:-c", (4, 14)),
}


@pytest.mark.parametrize("name", KNOWN_CHECKS)
def test_fast_checks_answer_as_the_recognizer_does(name):
    kind, signs, (least, most) = KNOWN_CHECKS[name]
    rng, recognizer = random.Random(11), kind()
    texts = ["".join(rng.choices(signs, k=rng.randint(least, most))) for _ in range(1500)]
    if name == "hardware":
        texts = [sign.join(re.findall("..", text)) for text in texts for sign in ":-"]
    lean = LeanSteps.of(recognizer)
    check = check_of(recognizer, lean)
    for text in texts:
        found = 0.3 if check.good and re.search(check.good.replace(r"\z", r"\Z"), text) else None
        found = 0.0 if check.bad and re.search(check.bad, text) else found
        expected = lean.worth(text, 0.3)
        assert (check.worth(text, 0.3) if found is None else found) == expected, text
