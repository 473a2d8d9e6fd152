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
        return 0.5 if named and (given or family) else 0.0
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
    """Yield (start, end, sure) of a given name followed by a capitalised word."""
    matches = list(_TOKEN.finditer(text))
    at = 0
    while at < len(matches) - 1:
        one = matches[at]
        word = fold(one[0].rstrip(".")).lower()
        if (
            not _capital(one[0])
            or one[0].isupper()
            or word not in given_names()
            or word in _NO_NAMES
        ):
            at += 1
            continue
        last = at
        while last + 1 < len(matches) and last - at < 3:
            gap = text[matches[last].end() : matches[last + 1].start()]
            nxt = matches[last + 1][0]
            plain = fold(nxt.rstrip(".")).lower()
            if gap != " " or (not _capital(nxt) and plain not in _PARTICLES) or plain in _NO_NAMES:
                break
            last += 1
        while last > at and not _capital(matches[last][0]):
            last -= 1
        if last > at:
            rest = {fold(matches[n][0].rstrip(".")).lower() for n in range(at + 1, last + 1)}
            yield (
                one.start(),
                matches[last].end(),
                bool(rest & surnames()) and word not in AMBIGUOUS,
            )
            at = last
        at += 1
