"""The name book's quick functions say what plain, slow ones say, on many random values."""

import random
import re

import pytest

from scanner.classify.words import fold
from scanner.detect.namebook import (
    FAMILY,
    GIVEN,
    NO_NAMES,
    PARTICLES,
    TITLES,
    TWICE,
    is_cjk_name,
    kinds,
)
from scanner.detect.written import book_score, like_name, names_in_text

_GIVEN = {word for word, signs in kinds().items() if signs & GIVEN}
_FAMILY = {word for word, signs in kinds().items() if signs & FAMILY}
_DOUBTFUL = {word for word, signs in kinds().items() if signs & TWICE}

_TOKEN = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_NAME = re.compile(r"[^\W\d_][^\W\d_]*(?:[\s.,'’-]+[^\W\d_]+)*\.?")
_NUMBERED = re.compile(r"\b([^\W\d_]{3,})\d{1,4}\b")
_PIECES = re.findall(
    r"\S+",
    """de van von der the The and Mr Dr. Mme Jr. III Will Mark Grace Street New York GmbH
    O’Neil D'Angelo Jean-Pierre Müller ÉLODIE Łukasz ß ǅ x X A. J.R. Grant Access Paris Rose may May
    error FAILED 1 22 Marie218 Dupont77 _a a_b , . - -- ' ( ) / @ é Ａ İstanbul ſam K Smith- -Smith
    St. al El 10:30 srv-01 in 中村 김민수 DE Mark""",
)


def _slow_score(text, *, named):
    text = _NUMBERED.sub(r"\1", text)
    if named and is_cjk_name(text):
        return 0.5
    if not _NAME.fullmatch(text.strip()) or len(text) > 60:
        return 0.0
    raw = [token.strip(".'’-") for token in _TOKEN.findall(text)]
    tokens = [fold(token).lower() for token in raw]
    core = [t for t in tokens if t not in TITLES and t not in PARTICLES and len(t) > 1]
    if not core or len(core) > 5 or any(token in NO_NAMES for token in core):
        return 0.0
    given = [token for token in core if token in _GIVEN]
    family = [token for token in core if token in _FAMILY]
    if len(core) == 1:
        titled = len(tokens) > 1 and tokens[0] in TITLES and raw[-1][:1].isupper()
        return 0.5 if named and (given or family or titled) else 0.0
    if not all(token[:1].isupper() for token in raw if fold(token).lower() in core):
        return 0.4 if named and given else 0.0
    if given and family and len(set(given + family)) > 1:
        return 0.8
    if given and any(token not in _DOUBTFUL for token in given):
        return 0.7
    return 0.5 if named and (given or family) else 0.0


def _plain(token):
    return fold(token.rstrip(".")).lower()


def _ends_sentence(token):
    return len(token) > 4 and token.endswith(".")


def _slow_last(text, tokens, at):
    last = at
    while last + 1 < len(tokens) and last - at < 3:
        following = tokens[last + 1]
        word = _plain(following[0])
        beside = text[tokens[last].end() : following.start()] == " "
        beside = beside and not _ends_sentence(tokens[last][0])
        fits = following[0][:1].isupper() or word in PARTICLES
        if not beside or not fits or word in NO_NAMES:
            break
        last += 1
    while last > at and not tokens[last][0][:1].isupper():
        last -= 1
    return last


def _slow_names(text):
    tokens, at = list(_TOKEN.finditer(text)), 0
    while at < len(tokens) - 1:
        first = tokens[at][0]
        word = _plain(first)
        written = first[:1].isupper() and not first.isupper()
        given = written and word in _GIVEN and word not in NO_NAMES
        last = _slow_last(text, tokens, at) if given else at
        if last > at:
            rest = [_plain(token[0]) for token in tokens[at + 1 : last + 1]]
            rest = [part for part in rest if part not in PARTICLES]
            end = tokens[last].end() - _ends_sentence(tokens[last][0])
            if word not in _DOUBTFUL:
                yield tokens[at].start(), end, bool(_FAMILY & set(rest))
            elif rest and rest[0] in _FAMILY:
                yield tokens[at].start(), end, False
        at = last + 1


def _values(seed, size):
    """Yield names, near names and sentences with names in them."""
    draw = random.Random(seed)
    given, family = sorted(_GIVEN), sorted(_FAMILY)
    words = ("please", "call", "about", "the", "order", "before", "it", "is", "sent", "tomorrow")
    for _ in range(size):
        pieces = [
            draw.choice(
                (
                    draw.choice(_PIECES),
                    draw.choice(words),
                    draw.choice(given).title(),
                    draw.choice(family).title(),
                    draw.choice(given) + str(draw.randrange(10_000)),
                )
            )
            for _ in range(draw.choice((1, 2, 2, 3, 4, 6, 12, 25)))
        ]
        text = draw.choice((" ", " ", " ", "  ", ", ", "-", ". ", "\n")).join(pieces)
        yield draw.choice((str, str, str, str.upper, str.lower, str.title))(text)
    for _ in range(size // 4):
        yield "".join(draw.choice("aAbBéÉ .,'’-0_中x") for _ in range(draw.randrange(150)))


@pytest.mark.parametrize("seed", range(3))
def test_quick_and_slow_say_the_same(seed):
    scored = found = 0
    for text in _values(seed, 3000):
        for named in (True, False):
            score = book_score(text, named=named)
            assert score == _slow_score(text, named=named), text
            scored += score > 0
        names = list(names_in_text(text))
        assert names == list(_slow_names(text)), text
        found += bool(names)
    assert scored > 500
    assert found > 200


LIKE = [
    ("Marie Dupont", True),
    ("Steel Bolt", True),
    ("steel bolt", False),
    ("Steel bolt", False),
    ("Vincent van Gogh", True),
    ("Anna Maria Rosa Bella Stella", False),
    ("Ludwig2", False),
    ("A" * 61, False),
    ("", False),
    ("-", False),
]


@pytest.mark.parametrize(("text", "like"), LIKE)
def test_what_is_written_like_a_name(text, like):
    assert like_name(text) is like


def test_a_common_given_name_before_a_particle_is_no_name():
    assert list(names_in_text("Mark De")) == []
    assert list(names_in_text("ask Grace De La about it")) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Thanks, Camila Martin. Have fun", "Camila Martin"),
        ("as said by Michael R. Jones here", "Michael R. Jones"),
        ("Ask Camila. Martin knows", None),
    ],
)
def test_a_name_ends_with_its_sentence(text, name):
    found = [text[start:end] for start, end, _ in names_in_text(text)]
    assert found == ([name] if name else [])
