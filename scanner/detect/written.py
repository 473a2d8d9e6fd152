"""How names of persons are written, by the name book alone.

Every distinct value passes here, so each function first asks what is cheap to tell and rules most
values out: the length, a digit, two capitals near each other.
"""

import re
from collections.abc import Iterator, Mapping

from scanner.classify.words import fold
from scanner.detect.namebook import (
    FAMILY,
    GIVEN,
    NO_NAME,
    PARTICLE,
    PARTICLES,
    TITLE,
    TWICE,
    is_cjk_name,
    kinds,
)

_TOKEN = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_NAME = re.compile(r"[^\W\d_][^\W\d_]*(?:[\s.,'’-]+[^\W\d_]+)*\.?")
# Test data numbers its people: "Marie218 Dupont77".
_NUMBERED = re.compile(r"\b([^\W\d_]{3,})\d{1,4}\b")
_DIGIT = re.compile(r"\d")
# A capital, and another at the start of one of the next three words. Small letters with an accent
# pass too: this only says where it is worth to look.
_CAPITALS = re.compile(r"[^\W\d_a-z]\S* (?:\S+ ){0,2}[^\W\d_a-z]")
_LONGEST = 60  # characters of a name
_ABBREVIATED = 4  # signs of an abbreviation in a name, its dot included: "Geo."
_LONGEST_NUMBERED = 140  # taking out at most four digits of seven signs leaves more than 60


def _tokens(text: str) -> list[str]:
    return [token.strip(".'’-") for token in _TOKEN.findall(text)]


def book_score(text: str, *, named: bool) -> float:
    """Score how much a short value is a person's name by the name book alone; 0 for no sign.

    ``named`` says that the field's name speaks of names: then one word may do.
    """
    size = len(text)
    if size > _LONGEST:
        if size > _LONGEST_NUMBERED or not _DIGIT.search(text):
            return 0.0  # too long, whatever it is
        text = _NUMBERED.sub(r"\1", text)
    elif _DIGIT.search(text):
        text = _NUMBERED.sub(r"\1", text)
    if named and not text.isascii() and is_cjk_name(text):
        return 0.5
    if len(text) > _LONGEST or not _NAME.fullmatch(text.strip()):
        return 0.0
    return _words_score(_tokens(text), named=named)


def _words_score(tokens: list[str], *, named: bool) -> float:
    """Score the words of a value that is written like a name."""
    book = kinds()
    plain = [fold(token).lower() for token in tokens]
    signs = [book.get(word, 0) for word in plain]
    core = [
        at for at, word in enumerate(plain) if len(word) > 1 and not signs[at] & (TITLE | PARTICLE)
    ]
    if not core or len(core) > 5 or any(signs[at] & NO_NAME for at in core):
        return 0.0
    given = {plain[at] for at in core if signs[at] & GIVEN}
    family = {plain[at] for at in core if signs[at] & FAMILY}
    if len(core) == 1:
        titled = len(tokens) > 1 and signs[0] & TITLE and tokens[-1][:1].isupper()
        return 0.5 if named and (given or family or titled) else 0.0
    if not all(tokens[at][:1].isupper() for at in core):
        return 0.4 if named and given else 0.0
    if given and family and len(given | family) > 1:
        return 0.8
    if any(signs[at] & (GIVEN | TWICE) == GIVEN for at in core):
        return 0.7
    return 0.5 if named and (given or family) else 0.0


def like_name(text: str) -> bool:
    """Tell whether a value is written like a name: two to four words, each with a capital."""
    bare = text.strip()
    if len(bare) > _LONGEST or not _NAME.fullmatch(bare):
        return False
    core = [token for token in _tokens(bare) if token.lower() not in PARTICLES]
    return 1 <= len(core) <= 4 and all(token[:1].isupper() for token in core)


def two_capitals(text: str) -> bool:
    """Tell whether a text has two words with a capital near each other: else it holds no name."""
    return _CAPITALS.search(text) is not None


def names_in_text(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, sure) of a given name followed by a capitalised word.

    ``sure``: what follows is a surname of the name book, and the given name is no common word.
    """
    if not two_capitals(text):
        return
    tokens, book = list(_TOKEN.finditer(text)), kinds()
    at = 0
    while at < len(tokens) - 1:
        sign = _given(tokens[at][0], book)
        last = _last(text, tokens, at, book) if sign else at
        if last > at:
            rest = [book.get(_plain(token[0]), 0) for token in tokens[at + 1 : last + 1]]
            rest = [part for part in rest if not part & PARTICLE]
            # "Grant Access", "Mark As Read": such a given name needs a surname right beside it.
            start, end = tokens[at].start(), tokens[last].end() - _ends(tokens[last][0])
            if not sign & TWICE:
                yield start, end, any(part & FAMILY for part in rest)
            elif rest and rest[0] & FAMILY:  # "Mark De" ends in a particle
                yield start, end, False
        at = last + 1


def _ends(token: str) -> bool:
    """Tell whether a word ends a sentence: a dot after more than an initial or a title."""
    return token.endswith(".") and len(token) > _ABBREVIATED


def _plain(token: str) -> str:
    return fold(token.rstrip(".")).lower()


def _given(token: str, book: Mapping[str, int]) -> int:
    """Return the signs of a word of a text that is written as a given name of the book; else 0."""
    if not token[0].isupper() or token.isupper():
        return 0
    sign = book.get(_plain(token), 0)
    return sign if sign & GIVEN and not sign & NO_NAME else 0


def _last(text: str, tokens: list[re.Match[str]], at: int, book: Mapping[str, int]) -> int:
    """Return the index of the last word of the name that begins at ``at``: at most three more."""
    last = at
    while last + 1 < len(tokens) and last - at < 3:
        following = tokens[last + 1]
        if _ends(tokens[last][0]) or text[tokens[last].end() : following.start()] != " ":
            break
        sign = book.get(_plain(following[0]), 0)
        if sign & NO_NAME or not (following[0][0].isupper() or sign & PARTICLE):
            break
        last += 1
    while last > at and not tokens[last][0][0].isupper():
        last -= 1
    return last
