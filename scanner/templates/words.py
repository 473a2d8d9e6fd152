"""Cuts a message into words, signs between them, and masks in the place of what was detected.

Numbers, digests and whatever else no template should name become masks too. A mask is written
``<NAME>``; a word of a message never holds ``<``, so the two cannot be mistaken.
"""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

ANY = "<*>"
NUMBER = "<NUM>"
_MOST = 64  # words; what comes after is one mask
_LONG = 40  # signs of a word; longer ones are data

Span = tuple[int, int, str]  # start, end, entity

_WORD = re.compile(
    r"""([A-Za-z][\w+.-]*://[^\s"'<>]+       # a URL is one word
      | \d{1,4}(?:[:/.-]\d{1,4}){2,}\S*      # so are times, dates, versions, addresses
      | [^\s"'=()\[\]{}<>,;|:!?]+)
    """,
    re.VERBOSE,
)
_MASKS = (
    (re.compile(r"[-+#]?\d[\d.,:/%+-]*(?:[A-Za-zµ]{1,3})?|[-+.,]*\d[\d.,]*%?"), NUMBER),
    (re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"), "<UUID>"),
    (re.compile(r"0[xX][0-9a-fA-F]+|(?=.*\d)[0-9a-fA-F]{8,}"), "<HEX>"),
    # Places, addresses, dotted names, names with numbers: words that hold data more often than
    # they say what happened.
    (re.compile(rf".*[/\\@].*|.*\w\.\w.*|(?:\D*\d){{2}}.*|.{{{_LONG},}}"), ANY),
)
_SPACE = re.compile(r"\s+")
_TOUCHING = re.compile(r"[\w@.-]*\w")


@dataclass(frozen=True, slots=True)
class Cut:
    """A message in pieces: ``signs[i]`` stands before ``words[i]``, the last one after all."""

    words: tuple[str, ...] = field(repr=False)
    signs: tuple[str, ...] = field(repr=False)
    places: tuple[int, ...] = ()  # for each span, the index of the word that masks it


def is_mask(word: str) -> bool:
    """Tell whether a word of a :class:`Cut` is a mask."""
    return word.startswith("<")


def cut(line: str, spans: Sequence[Span]) -> Cut:
    """Cut one message; overlapping spans are one mask, named for the longest."""
    texts, which = outside(line, spans)
    piece = cut_texts(texts)
    return Cut(piece.words, piece.signs, tuple(piece.places[at] for at in which))


def outside(line: str, spans: Sequence[Span]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return what of a message stands outside its spans: text, entity, text, ... entity, text.

    The numbers say for each span, in the order given, which of the entities stands for it.
    """
    if not spans:
        return (line,), ()
    merged, which = ([spans[0]], (0,)) if len(spans) == 1 else _merged(spans)
    out: list[str] = []
    at = 0
    for start, end, entity in merged:
        out.append(line[at:start])
        out.append(entity)
        # What touches a hit belongs to it: "-Marie" after a hit that ends at "Jean".
        at = max(at, end)
        touching = _TOUCHING.match(line, at)
        at = touching.end() if touching else at
    out.append(line[at:])
    return tuple(out), which


def cut_texts(texts: Sequence[str]) -> Cut:
    """Cut what :func:`outside` returned; ``places`` has one word for each entity."""
    words: list[str] = []
    signs: list[str] = []  # before each word
    places: list[int] = []
    pending = ""  # signs since the last word
    for number, text in enumerate(texts):
        if not number % 2:
            pending = _cut_text(text, words, signs, pending)
        elif words and not pending:  # a word that a hit touches is part of it
            words[-1] = f"<{text}>"
            places.append(len(words) - 1)
        else:
            words.append(f"<{text}>")
            signs.append(pending)
            places.append(len(words) - 1)
            pending = ""
    signs.append(pending)
    if len(words) > _MOST:
        words[_MOST:], signs[_MOST + 1 :] = [ANY], [""]
        places = [min(place, _MOST) for place in places]
    return Cut(tuple(words), tuple(signs), tuple(places))


def _cut_text(text: str, words: list[str], signs: list[str], pending: str) -> str:
    """Append the words of a text without hits; return the signs after the last.

    It stops where no more words are kept.
    """
    parts = _WORD.split(text)
    for sign, raw in zip(parts[::2], parts[1::2], strict=False):
        word, after = _word(raw)
        if word:
            signs.append(_spaced(pending + sign))
            words.append(word)
            if len(words) > _MOST:
                return ""
            pending = after
        else:
            pending += sign + raw
    return _spaced(pending + parts[-1])


@functools.lru_cache(maxsize=16384)
def _spaced(signs: str) -> str:
    return _SPACE.sub(" ", signs)


@functools.lru_cache(maxsize=16384)
def _word(raw: str) -> tuple[str, str]:
    """Return a word or its mask, and the dots after it; no word where there are only signs."""
    word = raw.rstrip(".")
    if not any(map(str.isalnum, word)):
        return "", ""
    return _masked(word), raw[len(word) :]


def _merged(spans: Sequence[Span]) -> tuple[list[Span], tuple[int, ...]]:
    """Join spans that overlap; the longest gives the name, of equals the first by name."""
    out: list[Span] = []
    which = [0] * len(spans)
    longest = 0
    order = sorted(range(len(spans)), key=lambda n: (spans[n][0], -spans[n][1], spans[n][2]))
    for number in order:
        start, end, entity = spans[number]
        if not out or start >= out[-1][1]:
            out.append((start, end, entity))
            longest = end - start
        else:
            first, last, name = out[-1]
            if end - start > longest:
                name, longest = entity, end - start
            out[-1] = first, max(last, end), name
        which[number] = len(out) - 1
    return out, tuple(which)


def _masked(word: str) -> str:
    if word.isalpha() and len(word) < _LONG:
        return word
    for pattern, name in _MASKS:
        if pattern.fullmatch(word):
            return name
    return word
