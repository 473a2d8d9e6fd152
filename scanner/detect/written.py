"""How names of persons are written, by the name book alone."""

import re
from collections.abc import Iterator

from scanner.classify.words import bag, fold
from scanner.detect.namebook import AMBIGUOUS, given_names, is_cjk_name, surnames

_TOKEN = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_NAME = re.compile(r"[^\W\d_][^\W\d_]*(?:[\s.,'’-]+[^\W\d_]+)*\.?")
# Test data numbers its people: "Marie218 Dupont77".
_NUMBERED = re.compile(r"\b([^\W\d_]{3,})\d{1,4}\b")
_TITLES = bag(
    "mr mrs ms miss dr prof sir mme mlle m herr frau sr sra dott ing jr iii ii phd md dds dvm"
)
_PARTICLES = bag(
    "de la le du des da di do dos das van von der den del della el al bin ter ten zu y e"
)
# In capitals at the start of a sentence or a label, and in the name book.
_NO_NAMES = bag(
    """the this that and for with from user users client server error failed session order status
    new york san los saint st north south east west united great hello dear regards best thanks
    street avenue road house company inc ltd gmbh llc corp bank hotel group team service services
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december"""
)


def _tokens(text: str) -> list[str]:
    return [token.strip(".'’-") for token in _TOKEN.findall(text)]


def _capital(token: str) -> bool:
    return token[:1].isupper()


def book_score(text: str, *, named: bool) -> float:
    """Score how much a short value is a person's name by the name book alone; 0 for no sign.

    ``named`` says that the field's name speaks of names: then one word may do.
    """
    text = _NUMBERED.sub(r"\1", text)
    if named and is_cjk_name(text):
        return 0.5
    if not _NAME.fullmatch(text.strip()) or len(text) > 60:
        return 0.0
    tokens = [fold(token).lower() for token in _tokens(text)]
    core = [t for t in tokens if t not in _TITLES and t not in _PARTICLES and len(t) > 1]
    if not core or len(core) > 5 or any(token in _NO_NAMES for token in core):
        return 0.0
    given = [token for token in core if token in given_names()]
    family = [token for token in core if token in surnames()]
    if len(core) == 1:
        titled = len(tokens) > 1 and tokens[0] in _TITLES and _capital(_tokens(text)[-1])
        return 0.5 if named and (given or family or titled) else 0.0
    if not all(_capital(token) for token in _tokens(text) if fold(token).lower() in core):
        return 0.4 if named and given else 0.0
    if given and family and len(set(given + family)) > 1:
        return 0.8
    if given and any(token not in AMBIGUOUS for token in given):
        return 0.7
    return 0.5 if named and (given or family) else 0.0


def like_name(text: str) -> bool:
    """Tell whether a value is written like a name: two to four words, each with a capital."""
    bare = text.strip()
    if len(bare) > 60 or not _NAME.fullmatch(bare):
        return False
    core = [t for t in _tokens(bare) if t.lower() not in _PARTICLES]
    return 1 <= len(core) <= 4 and all(_capital(token) for token in core)


def names_in_text(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, sure) of a given name followed by a capitalised word.

    ``sure``: what follows is a surname of the name book, and the given name is no common word.
    """
    tokens = list(_TOKEN.finditer(text))
    at = 0
    while at < len(tokens) - 1:
        last = _last(text, tokens, at) if _is_given(tokens[at][0]) else at
        if last > at:
            word = _plain(tokens[at][0])
            rest = [_plain(token[0]) for token in tokens[at + 1 : last + 1]]
            rest = [part for part in rest if part not in _PARTICLES]
            # "Grant Access", "Mark As Read": such a given name needs a surname right beside it.
            if word not in AMBIGUOUS:
                yield tokens[at].start(), tokens[last].end(), bool(surnames() & set(rest))
            elif rest[0] in surnames():
                yield tokens[at].start(), tokens[last].end(), False
        at = last + 1


def _plain(token: str) -> str:
    return fold(token.rstrip(".")).lower()


def _is_given(token: str) -> bool:
    """Tell whether a word of a text is written as a given name of the book."""
    word = _plain(token)
    written = _capital(token) and not token.isupper()
    return written and word in given_names() and word not in _NO_NAMES


def _last(text: str, tokens: list[re.Match[str]], at: int) -> int:
    """Return the index of the last word of the name that begins at ``at``: at most three more."""
    last = at
    while last + 1 < len(tokens) and last - at < 3:
        following = tokens[last + 1]
        word = _plain(following[0])
        beside = text[tokens[last].end() : following.start()] == " "
        fits = _capital(following[0]) or word in _PARTICLES
        if not beside or not fits or word in _NO_NAMES:
            break
        last += 1
    while last > at and not _capital(tokens[last][0]):
        last -= 1
    return last
