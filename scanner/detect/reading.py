"""What the name book reads in the values of a field, and the hits that come of it."""

from collections.abc import Mapping, Sequence, Set

from scanner.detect.announced import announced
from scanner.detect.written import book_score, names_in_text, two_capitals
from scanner.model import Hit

BOOK = "NameBook"
_READ = 20_000  # characters of one text searched by the name book

Names = list[tuple[int, int, bool]]  # start, end, sure


def longer(texts: Sequence[str]) -> bool:
    """Tell whether most values have more than five words."""
    return sum(len(text) > 10 and len(text.split(None, 5)) > 5 for text in texts) * 2 > len(texts)


def scores(texts: Sequence[str], skip: Set[int], *, named: bool) -> dict[int, float]:
    """Return the score of each value that the name book takes for a name."""
    found = ((index, book_score(text, named=named)) for index, text in enumerate(texts))
    return {index: score for index, score in found if score and index not in skip}


def read(texts: Sequence[str], beside: Sequence[Hit]) -> dict[int, Names]:
    """Return the names of the name book in each text that has any."""
    taken: dict[int, list[Hit]] = {}
    for hit in beside:
        taken.setdefault(hit.index, []).append(hit)
    out = {}
    for index, text in enumerate(texts):
        names = _names(text[:_READ])
        if names and index in taken:
            names = [
                (start, end, sure)
                for start, end, sure in names
                if not any(hit.start < end and start < hit.end for hit in taken[index])
            ]
        if names:
            out[index] = names
    return out


def _names(text: str) -> Names:
    """Return the names of a text; of those that overlap, the ones that a word announces."""
    if not two_capitals(text):
        return []
    said = list(announced(text))
    rest = (
        (start, end, sure)
        for start, end, sure in names_in_text(text)
        if not any(a < end and start < b for a, b in said)
    )
    return sorted([*((start, end, True) for start, end in said), *rest])


def sure_hits(found: Mapping[int, Names]) -> dict[int, list[Hit]]:
    """Return the hits of which the name book is sure, if any, in each text that has names."""
    return {
        index: [person(index, start, end, 0.7, BOOK) for start, end, sure in names if sure]
        for index, names in found.items()
    }


def person(index: int, start: int, end: int, score: float, by: str) -> Hit:
    """Return the hit of a name inside a text."""
    return Hit(index, start, end, "PERSON", score, by)


def whole_hit(index: int, value: str, entity: str, score: float, by: str) -> Hit:
    """Return the hit of a whole value, blanks around it aside."""
    start = len(value) - len(value.lstrip())
    return Hit(index, start, len(value.rstrip()), entity, score, by)
