"""Words beside a checked number that say what it is: "card 4556 ...", "NIR : 1 85 ...".

A lone number that passes its check may do so by chance; with such a word beside it that is rare.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from scanner.classify.scale import CHECKED, LOOSE_CHECKS
from scanner.classify.words import bag, fold
from scanner.detect.finder import Finder
from scanner.model import Hit, Values

_WORD = re.compile(r"[^\W_]+")
_BEFORE, _AFTER = 60, 40  # characters of the text that count as beside
_MOST = 1000  # hits of one entity; a field with more needs no words
# In the recognizers' lists of words, and beside any number.
_VAGUE = bag(
    """number code id no num date call transaction account state type key identification identifier
    reference ref name service document value issued numero nummer nr invoice rechnung national
    bank canada de fur insurance"""
)
Phrases = tuple[frozenset[str], ...]  # the words of each


def phrases_of(finders: Iterable[Finder]) -> dict[str, Phrases]:
    """Return the words and phrases that speak of each checked entity, folded, in lower case."""
    out: dict[str, set[frozenset[str]]] = {}
    for finder in finders:
        if finder.entity in CHECKED | LOOSE_CHECKS:
            listed = getattr(getattr(finder, "recognizer", None), "context", None) or ()
            found = {frozenset(_words(str(phrase))) for phrase in listed}
            out.setdefault(finder.entity, set()).update(words for words in found if words - _VAGUE)
    return {entity: tuple(found) for entity, found in out.items()}


def beside(hits: Sequence[Hit], values: Values, phrases: Mapping[str, Phrases]) -> list[Hit]:
    """Return the hits; those of a checked number beside a word that speaks of it say so."""
    seen: dict[str, int] = {}
    out = []
    for hit in hits:
        telling = phrases.get(hit.entity)
        if telling and not hit.mark:
            seen[hit.entity] = seen.get(hit.entity, 0) + 1
            if seen[hit.entity] <= _MOST and _spoken(hit, values.values[hit.index], telling):
                out.append(hit._replace(beside=True))
                continue
        out.append(hit)
    return out


def _spoken(hit: Hit, text: str, telling: Phrases) -> bool:
    before = text[max(hit.start - _BEFORE, 0) : hit.start]
    after = text[hit.end : hit.end + _AFTER]
    sides = _words(before), _words(after)
    return any(words <= side for words in telling for side in sides)


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(fold(text))}
