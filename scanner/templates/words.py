"""Cuts a message into words, signs between them, and masks in the place of what was detected.

Numbers, digests and whatever else no template should name become masks too. A mask is written
``<NAME>``; a word of a message never holds ``<``, so the two cannot be mistaken.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

ANY = "<*>"
NUMBER = "<NUM>"
_MOST = 64  # words; what comes after is one mask
_LONG = 40  # signs of a word; longer ones are data

Span = tuple[int, int, str]  # start, end, entity

_WORD = re.compile(
    r"""[A-Za-z][\w+.-]*://[^\s"'<>]+       # a URL is one word
      | \d{1,4}(?:[:/.-]\d{1,4}){2,}\S*      # so are times, dates, versions, addresses
      | [^\s"'=()\[\]{}<>,;|:!?]+
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
    pieces = _Pieces()
    merged = _merged(spans)
    at = 0
    for start, end, entity in merged:
        pieces.text(line[at:start])
        pieces.mask(f"<{entity}>")
        # What touches a hit belongs to it: "-Marie" after a hit that ends at "Jean".
        touching = _TOUCHING.match(line, max(at, end))
        at = touching.end() if touching else max(at, end)
    pieces.text(line[at:])
    starts = [start for start, _, _ in merged]
    places = tuple(pieces.masks[bisect_right(starts, span[0]) - 1] for span in spans)
    words, signs = pieces.words, [*pieces.signs, pieces.pending]
    if len(words) > _MOST:
        words[_MOST:], signs[_MOST + 1 :] = [ANY], [""]
        places = tuple(min(place, _MOST) for place in places)
    return Cut(tuple(words), tuple(signs), places)


@dataclass(slots=True)
class _Pieces:
    """Words and signs while they are cut."""

    words: list[str] = field(default_factory=list, repr=False)
    signs: list[str] = field(default_factory=list, repr=False)
    masks: list[int] = field(default_factory=list)  # index of the word for each hit
    pending: str = ""  # signs since the last word

    def text(self, text: str) -> None:
        """Append the words of a text without hits."""
        at = 0
        for match in _WORD.finditer(text):
            word = match.group().rstrip(".")
            if any(map(str.isalnum, word)):
                self.signs.append(_SPACE.sub(" ", self.pending + text[at : match.start()]))
                self.words.append(_masked(word))
                self.pending, at = "", match.start() + len(word)
        self.pending = _SPACE.sub(" ", self.pending + text[at:])

    def mask(self, name: str) -> None:
        """Append a hit; a word that it touches is part of it."""
        if self.words and not self.pending:
            self.words[-1] = name
        else:
            self.words.append(name)
            self.signs.append(self.pending)
            self.pending = ""
        self.masks.append(len(self.words) - 1)


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Join spans that overlap; the longest gives the name, of equals the first by name."""
    out: list[Span] = []
    longest = 0
    for start, end, entity in sorted(spans, key=lambda s: (s[0], -s[1], s[2])):
        if not out or start >= out[-1][1]:
            out.append((start, end, entity))
            longest = end - start
            continue
        first, last, name = out[-1]
        if end - start > longest:
            name, longest = entity, end - start
        out[-1] = first, max(last, end), name
    return out


def _masked(word: str) -> str:
    if word.isalpha() and len(word) < _LONG:
        return word
    for pattern, name in _MASKS:
        if pattern.fullmatch(word):
            return name
    return word
