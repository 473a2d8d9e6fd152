"""Split the names of assets and fields into words: whole words, never parts of words.

``custEmailAddr_2`` becomes ``("cust", "email", "addr", "2")``, ``Kundenname`` becomes ``("kunden",
"name")``. A run of letters is taken apart only when known words cover all of it, so that
``public`` never contains ``lic``.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable

from scanner.model import decode

_FOLD = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "Ø": "O",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "þ": "th",
        "Þ": "Th",
        "ı": "i",
        "ħ": "h",
        "Ħ": "H",
    }
)
_PARTS = re.compile(
    r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+"
    # The same in Greek and Cyrillic: ДатаРождения.
    "|[Α-ΩЀ-ЯҐ]+(?![α-ωа-џґ])|[Α-ΩЀ-ЯҐ]?[α-ωа-џґ]+|[^\\W\\d_a-zA-ZΑ-ΩЀ-ЯҐα-ωа-џґ]+"
)
_LONG = 400  # characters, from where counting different ones pays
_CYRILLIC = "\u0400"  # this and all later scripts
_YO = str.maketrans("ёЁ", "еЕ")  # written either way
_SIGNS = re.compile("[\u3040-\u9fff\uac00-\ud7a3]+")  # of Chinese, Japanese and Korean
_PLAIN = re.compile("[a-z]+(?: [a-z]+)*")
# German and Dutch put these between the parts of a compound: Geburtsdatum, Kundennummer.
_LINKS = ("s", "n", "en", "es", "er")
_LEAST = 3  # letters of a part of a compound
_TAIL = 5  # letters of the known end of a compound whose beginning is not known


def bag(text: str) -> frozenset[str]:
    """Return the words of a literal list, written as running text."""
    return frozenset(text.split())


_SHORT_TAILS = bag("nr id")
# They end words that have nothing to do with them: "extractor", "transparent", "real estate".
_NO_TAILS = bag(
    """actor parent holder state agent rider owner author order sector image media event price value
    point place board house stand press power count table model phase trace range right light
    total sound space level union minor major urban serve verse version reason season action
    vname nname fname lname mname"""
)


def fold(text: str) -> str:
    """Return the text without accents, case kept: ``Straße`` becomes ``Strasse``."""
    if text.isascii():
        return text
    flat = unicodedata.normalize("NFKD", text.translate(_FOLD))
    if len(flat) > _LONG:  # whole lists of names: ask the few different signs, not each
        return flat.translate(
            {ord(char): None for char in set(flat) if unicodedata.combining(char)}
        )
    return "".join(char for char in flat if not unicodedata.combining(char))


def plain(text: str) -> str:
    """Return the text without the accents of Latin and Greek letters.

    Those of other scripts make another letter: й is no и, ガ is no カ.
    """
    if text.isascii():
        return text
    flat = unicodedata.normalize("NFKC", text).translate(_YO)
    return "".join(fold(char) if char < _CYRILLIC else char for char in flat)


@functools.lru_cache(maxsize=16384)
def split(name: str) -> tuple[str, ...]:
    """Return the lower-case words of a name, without taking compounds apart."""
    if _PLAIN.fullmatch(name):
        return tuple(name.split())
    return tuple(part.lower() for part in _PARTS.findall(plain(decode(name))))


def _known(word: str, vocabulary: frozenset[str]) -> str:
    """Return the vocabulary's spelling of a word ("strasse", "schueler" for "schuler") or ""."""
    if word in vocabulary:
        return word
    if "ae" not in word and "oe" not in word and "ue" not in word:
        return ""
    plain = re.sub("([aou])e(?=.)", r"\1", word)  # not at the end: "revenue"
    return plain if plain != word and plain in vocabulary else ""


def _cover(word: str, vocabulary: frozenset[str]) -> tuple[str, ...] | None:
    """Cover a word completely with known words, longest first; None when it cannot be done."""
    if known := _known(word, vocabulary):
        return (known,)
    for cut in range(len(word) - _LEAST, _LEAST - 1, -1):
        head = _known(word[:cut], vocabulary)
        if not head:
            continue
        for link in ("", *_LINKS):
            rest = word[cut:]
            if not rest.startswith(link):
                continue
            if (tail := _cover(rest[len(link) :], vocabulary)) is not None:
                return (head, *tail)
    return None


def compound(word: str, vocabulary: frozenset[str]) -> tuple[str, ...]:
    """Take a compound apart when known words cover it, or its end is known; else return it whole.

    The end says what it is: ``klubadresse`` is an address, whatever a ``klub`` may be.
    """
    if known := _known(word, vocabulary):
        return (known,)
    if len(word) > 40:  # no word of any language; bounds the search
        return (word,)
    if _SIGNS.fullmatch(word):
        return _unspaced(word, vocabulary)
    return _cover(word, vocabulary) or _ended(word, vocabulary) or (word,)


def _unspaced(word: str, vocabulary: frozenset[str]) -> tuple[str, ...]:
    """Take a run of Chinese, Japanese or Korean signs apart: 客户姓名 is 客户 and 姓名.

    Known words of two signs and more, longest first; what lies between them stays together.
    """
    out, at, start = [], 0, 0
    while at < len(word) - 1:
        size = next((n for n in range(len(word) - at, 1, -1) if word[at : at + n] in vocabulary), 0)
        if size:
            out += [word[start:at], word[at : at + size]]
            start = at + size
        at += size or 1
    return tuple(part for part in (*out, word[start:]) if part)


def _ended(word: str, vocabulary: frozenset[str]) -> tuple[str, ...]:
    """Split off the longest known end of a word; nothing when there is none."""
    for cut in range(_LEAST, len(word) - _TAIL + 1):
        if (tail := _known(word[cut:], vocabulary)) and tail not in _NO_TAILS:
            return word[:cut], tail
    for tail in _SHORT_TAILS:
        head = word.removesuffix(tail)
        if head != word and (parts := len(head) > _LEAST and _cover(head, vocabulary)):
            return *parts, tail
    if word.endswith("name") and len(word) > 2 * _LEAST + 2:
        return word.removesuffix("name"), "name"
    return ()


def words(name: str, vocabulary: frozenset[str]) -> tuple[str, ...]:
    """Return the words of a name, compounds of the vocabulary taken apart."""
    out: list[str] = []
    for word in split(name):
        out.extend(compound(word, vocabulary))
    return tuple(out)


def find(phrase: tuple[str, ...], within: tuple[str, ...]) -> Iterable[int]:
    """Yield each place where a phrase stands in a sequence of words."""
    size = len(phrase)
    for start in range(len(within) - size + 1):
        if within[start : start + size] == phrase:
            yield start
