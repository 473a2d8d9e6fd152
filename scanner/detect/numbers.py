"""Telephone numbers of a field: the costliest recognizer of patterns, so it runs in rounds.

In a field of short values it is asked until the verdict on the field is settled (see
:mod:`scanner.detect.rounds`). In texts and in lines of a log every value is read: there a number
counts wherever it stands, and few values can hold one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scanner.detect.reading import longer
from scanner.detect.rounds import Cut, cut, settle
from scanner.detect.scan import Hits, Running

ENTITY = "PHONE_NUMBER"
_FEW = 400  # values that can hold a number: so few are all read
_MOST = 3000
_SEEN = 0.005  # numbers in fewer cells than this may be missed in a field of short values
_SHARES = (0.1, 0.3, 0.5)  # what classification turns on
_DISTINCT = 10


@dataclass(frozen=True, slots=True)
class Read:
    """How the values were read: cells drawn of each (int64) and the share that is settled.

    Empty where every value was read.
    """

    drawn: Mapping[str, Any] = field(default_factory=dict, repr=False)
    floors: Mapping[str, float] = field(default_factory=dict)
    settled: frozenset[str] = frozenset()

    @property
    def examined(self) -> dict[str, int]:
        """Cells in which numbers were looked for, where fewer than all."""
        return {entity: int(drawn.sum()) for entity, drawn in self.drawn.items()}


def read_all(
    found: Hits, item: Running, texts: Sequence[str], rows: Sequence[int], *, strict: bool
) -> Read:
    """Add the numbers in all values that can hold one."""
    found.add(list(found.phones(item, texts, rows, strict)))
    return Read()


def read_in_rounds(
    found: Hits, item: Running, texts: Sequence[str], counts: Any, rows: Sequence[int]
) -> Read:
    """Add the numbers in as many values as the verdict on the field needs.

    ``counts`` are the cells of each value, ``rows`` the values that can hold a number.
    """
    if len(rows) <= _FEW or longer(texts):
        return read_all(found, item, texts, rows, strict=False)
    import numpy as np

    unknown = np.zeros(len(texts), np.bool_)
    unknown[list(rows)] = True
    hits = {}

    def ask(indexes: Sequence[int]) -> list[str]:
        for index in indexes:
            hits[index] = list(found.phones(item, texts, (index,), False))
        return [ENTITY if hits[index] else "" for index in indexes]

    none = {ENTITY: np.zeros(len(texts), np.bool_)}
    done = settle(counts, none, unknown, ask, {ENTITY: _cuts(int(counts.sum()))}, most=_MOST)
    drawn = done.drawn
    found.add(hit for at in sorted(hits) if drawn is None or drawn[at] for hit in hits[at])
    if drawn is None:
        return Read()
    rest = frozenset() if done.decided.all() else frozenset({ENTITY})
    return Read({ENTITY: drawn}, dict(done.floors or {}), rest)


def _cuts(cells: int) -> tuple[Cut, ...]:
    least = {_SHARES[-1]: _DISTINCT}
    shares = (cut(share, cells, distinct=least.get(share, 0)) for share in _SHARES)
    return cut(_SEEN, cells, first=True), *shares
