"""Cuts a message into words, signs between them, and masks in the place of what was detected.

Numbers, digests and whatever else no template should name become masks too. A mask is written
``<NAME>``; a word of a message never holds ``<``, so the two cannot be mistaken.
"""

import re
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
    # Places, addresses, names with numbers: words that hold data more often than they say what
    # happened.
    (re.compile(r".*[/\\@].*|(?:\D*\d){2}.*|.{%d,}" % _LONG), ANY),
)
_SPACE = re.compile(r"\s+")


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
    words: list[str] = []
    signs: list[str] = []
    merged = _merged(spans)
    at = 0  # everything before it is cut
    pending = ""  # the signs since the last word
    for start, end, entity in merged:
        pending = _words(line[at:start], pending, words, signs)
        if words and not pending and at < start:
            # What touches a hit belongs to it: "jean" before a hit that begins at "-marie".
            words[-1] = f"<{entity}>"
        else:
            words.append(f"<{entity}>")
            signs.append(pending)
        pending, at = "", end
        at = _touching(line, end)
    pending = _words(line[at:], pending, words, signs)
    signs.append(pending)
    places = tuple(_place(span, merged, words) for span in spans)
    if len(words) > _MOST:
        words[_MOST:], signs[_MOST + 1 :] = [ANY], [""]
        places = tuple(min(place, _MOST) for place in places)
    return Cut(tuple(words), tuple(signs), places)


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Join spans that overlap; the longest gives the name, of equals the first by name."""
    out: list[tuple[int, int, str, int]] = []
    for start, end, entity in sorted(spans, key=lambda s: (s[0], -s[1], s[2])):
        if out and start < out[-1][1]:
            first, last, name, length = out[-1]
            if (end - start, name) > (length, entity):
                name, length = entity, end - start
            out[-1] = first, max(last, end), name, length
        else:
            out.append((start, end, entity, end - start))
    return [(start, end, entity) for start, end, entity, _ in out]


def _touching(line: str, at: int) -> int:
    """Return where a word ends that goes on right after a hit."""
    match = re.compile(r"[\w@.-]*\w").match(line, at)
    return match.end() if match else at


def _words(text: str, pending: str, words: list[str], signs: list[str]) -> str:
    """Append the words of a text without hits; return the signs after the last."""
    at = 0
    for match in _WORD.finditer(text):
        word = match.group().rstrip(".")
        if not word:
            continue
        signs.append(_SPACE.sub(" ", pending + text[at : match.start()]))
        words.append(_masked(word))
        pending, at = "", match.start() + len(word)
    return _SPACE.sub(" ", pending + text[at:])


def _masked(word: str) -> str:
    for pattern, name in _MASKS:
        if pattern.fullmatch(word):
            return name
    return word


def _place(span: Span, merged: Sequence[Span], words: Sequence[str]) -> int:
    raise_at = [index for index, (start, end, _) in enumerate(merged) if start <= span[0] < end]
    return raise_at[0] if raise_at else len(words) - 1
