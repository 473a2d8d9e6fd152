"""How expressions are read, relaxed and counted; what is not surely understood is refused."""

import pyarrow as pa
import pyarrow.compute as pc
import pytest
import regex
from presidio_analyzer import Pattern, PatternRecognizer

from scanner.detect.screen import Screen, UnscreenableError
from scanner.detect.screen.counts import KINDS, least
from scanner.detect.screen.parse import parse
from scanner.detect.screen.relax import forms
from scanner.detect.screen.tree import outward

FLAGS = int(regex.IGNORECASE | regex.MULTILINE | regex.DOTALL)


def _written(source, *, tight=True):
    return next(forms((outward(parse(source, FLAGS, "regex")),), tight=tight))


@pytest.mark.parametrize(
    "source",
    [
        r"a{e<=1}",  # fuzzy matching; to re these are plain signs
        r"(?:ab){i<=1,d}",
        r"a{2}{3}",
        r"(?R)",
        r"(a)(?1)",
        r"(?|(a)|(b))",
        r"(a)?(?(1)b|c)",
        r"\m\w+\M",
        r"a\Kb",
        r"\X",
        r"\h+",
        r"[[:alpha:]]",
        r"\p{Script=Latin}",
        r"(a)\10",
        r"(?P<n>a)|(?P<n>b)",
        r"(a\1)",
        r"(?x) a b",
        r"(?V1)[a--b]",
        r"(?b)a",
        r"(*PRUNE)a",
        r"\Gab",
        "(?:" * 80 + "a" + ")" * 80,
    ],
)
def test_what_is_not_surely_understood_is_refused(source):
    with pytest.raises(UnscreenableError):
        parse(source, FLAGS, "regex")


@pytest.mark.parametrize("flags", [regex.VERBOSE, regex.ASCII, regex.V1, regex.FULLCASE])
def test_unusual_flags_are_refused(flags):
    with pytest.raises(UnscreenableError):
        parse("a", int(flags), "regex")


def test_another_default_version_is_refused(monkeypatch):
    monkeypatch.setattr(regex, "DEFAULT_VERSION", regex.V1)
    with pytest.raises(UnscreenableError):
        parse("ss", FLAGS, "regex")
    assert parse("ss", FLAGS | int(regex.V0), "regex")


@pytest.mark.parametrize(
    ("source", "written"),
    [
        (r"\b\d{3}-\d\b", r"\b[0-9]{3}\x2d[0-9]\b"),
        (r"(\d)([- ])\1\2\1", r"[0-9][\x20\x2d][0-9][\x20\x2d][0-9]"),
        (r"a(?!b)c", "[Aa][Cc]"),
        (r"(?<!\d)1(?!\d)", r"(?:\A|[\x00-\x2f\x3a-\x7f])1(?:[\x00-\x2f\x3a-\x7f]|\z)"),
        (r"(?<=ab)\d", "[Aa][Bb][0-9]"),
        (r"x(?>y|z)++1", "[Xx](?:[Yy]|[Zz])+1"),
        (r"a{5,400}b", "[Aa]{5}[Bb]"),
        (r"\ba{20,400}b", r"\b[Aa]{12,}[Bb]"),
        (r"x*?ab?", "[Aa]"),
        (r"12|a12b|123", "12"),
        (r"(?-i:a)B", "a[Bb]"),
        (r"[]a]", r"[A\x5da]"),
    ],
)
def test_expressions_are_relaxed_no_more_than_needed(source, written):
    assert _written(source) == written


@pytest.mark.parametrize(
    "source", [r"a", r"é", r"[^a]", r"\w", r"\s", r".", r"[à-ü]", r"\p{L}", r"[\W_]"]
)
@pytest.mark.parametrize("text", list("aAé\u00a0\u2009_ -\x1c\n漢"))
def test_one_character_is_matched_wherever_the_engine_matches_it(source, text):
    if regex.search(source, text, FLAGS):
        loose = _written(source, tight=False)
        assert pc.match_substring_regex(pa.array([text]), loose).to_pylist() == [True]


DIGIT, LETTER, AT, DOT, COLON, HYPHEN, SLASH, SPACE, BOTH, LENGTH = range(len(KINDS) + 1)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\d{13}", [{DIGIT: 13, BOTH: 13, LENGTH: 13}]),
        (r"a@b\.c", [{LETTER: 3, AT: 1, DOT: 1, BOTH: 3, LENGTH: 5}]),
        (r"[a-f0-9]{4}", [{BOTH: 4, LENGTH: 4}]),
        (r"(?:1|a){2}", [{BOTH: 2, LENGTH: 2}]),  # "1a" too: neither two digits nor two letters
        (r"1|22|a", [{DIGIT: 1, BOTH: 1, LENGTH: 1}, {LETTER: 1, BOTH: 1, LENGTH: 1}]),
        (r"(?=.*\d{4})\w{6}", [{DIGIT: 4, BOTH: 4, LENGTH: 6}]),
        (r"(?!\d{4})\w*", [{}]),
        (r"é\w", [{LENGTH: 2}]),
    ],
)
def test_what_a_match_contains_at_least(source, expected):
    tree = parse(source, FLAGS, "regex")
    found = [{place: n for place, n in enumerate(vector) if n} for vector in least(tree)]
    assert sorted(map(repr, found)) == sorted(map(repr, expected))


def test_long_deny_list_is_screened():
    words = [f"word{number}é(" for number in range(3000)]
    made = Screen.of({"deny": PatternRecognizer("X", deny_list=words)})
    assert made.unscreened == ()
    found = made.candidates(pa.array(["the word2999é( is", "the word is", "WORD7É("]))["deny"]
    assert found.tolist() == [0, 2]


def test_huge_counts_are_opened_until_re2_takes_them():
    pattern = Pattern("p", r"(?:(?:[a-z]{900}\d){900}x){9}", 0.5)
    made = Screen.of({"huge": PatternRecognizer("X", patterns=[pattern])})
    assert made.unscreened == ()
    assert made.candidates(pa.array(["abc", "1"]))["huge"].tolist() == []
