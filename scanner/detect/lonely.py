"""Fields of given names or of surnames alone, told by the name book whatever the field is called.

One word is a poor sign of a person: Florence is a city, Miller a brand. A whole field of them is a
good one where it stands among others about people, so it is scored low and classification weighs
what stands around it.
"""

from collections.abc import Sequence

from scanner.classify.words import fold
from scanner.detect.namebook import FAMILY, GIVEN, TWICE, kinds
from scanner.model import Hit

BY = "SingleNames"
_SCORE = 0.4
_LEAST = 8  # distinct values
_GIVEN, _FAMILY = 0.5, 0.6  # shares of the distinct values that must be in the book


def lone_names(texts: Sequence[str]) -> list[Hit]:
    """Return a hit for each value that the name book has, in a field of single words.

    Nothing when less than half of the distinct values are given names, or 3 in 5 surnames.
    """
    words = {index: word for index, text in enumerate(texts) if (word := _word(text))}
    if len(words) < max(_LEAST, 0.9 * len(texts)):
        return []
    book = kinds()
    given = {at for at, word in words.items() if book.get(word, 0) & (GIVEN | TWICE) == GIVEN}
    family = {at for at, word in words.items() if book.get(word, 0) & FAMILY}
    if len(given) < _GIVEN * len(words) and len(family) < _FAMILY * len(words):
        return []
    found = sorted(given | family)
    return [Hit(index, 0, len(texts[index]), "PERSON", _SCORE, BY) for index in found]


def _word(text: str) -> str:
    """Return a value as the name book has it, if it is one word with a capital; else nothing."""
    bare = text.strip()
    if not 2 <= len(bare) <= 20 or not bare[0].isupper() or not bare.replace("-", "").isalpha():
        return ""
    return fold(bare).lower()
