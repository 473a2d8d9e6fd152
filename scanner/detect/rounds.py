"""Costly steps in rounds, until the verdict on a field is settled with a stated error.

A verdict turns on cuts: is a name in at least 30 of 100 cells? Cells are drawn at random, without
putting back, so rare and frequent values weigh as in the field. After each look an exact test for
draws from a finite field (hypergeometric) says of every cut whether the field lies above it, below
it, or whether that cannot be told yet. The tests share the error: over all looks and both sides a
field is settled wrongly at most once in a hundred, whatever its true share. A field near a cut is
looked at completely, unless that costs more than the bound given.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scanner.classify.scale import lower_bound

ERROR = 0.01  # how often a settled verdict may differ from that on all cells
LOOKS = (20, 60, 150, 400, 1000, 3000)  # cells
_FEW = 60  # so few values are asked about at once: nothing would be saved
_EACH = ERROR / (2 * len(LOOKS))
_SEED = 20_250_525  # any number: the same field is drawn in the same order in every run

Ask = Callable[[Sequence[int]], Iterable[str]]  # indexes of values -> the label of each, or ""


@dataclass(frozen=True, slots=True)
class Cut:
    """A share that a verdict turns on.

    ``low`` and ``high`` are numbers of cells of the field: below ``low`` it surely lies under the
    cut, from ``high`` on surely above it. They differ where nobody knows yet whether the share or
    the lower end of its interval will be judged. ``distinct`` hits are needed too, above the cut.
    ``first``: the cut matters only while nothing was found at all.
    """

    share: float
    low: int
    high: int
    distinct: int = 0
    first: bool = False


def cut(share: float, cells: int, *, distinct: int = 0, first: bool = False) -> Cut:
    """Return the cut at a share of ``cells``, for assets read whole and for samples."""
    low = max(math.ceil(share * cells - 1e-9), 1)
    high = low
    while high < cells and lower_bound(high, cells, whole=False) < share:
        high += max((cells - high) // 64, 1)
    return Cut(share, low, high, distinct, first)


@dataclass(frozen=True, slots=True)
class Settled:
    """What the rounds found: which values hold what, and how many cells were drawn of each.

    ``hits`` has an array of booleans for each label. ``decided`` tells which values were looked
    at. ``drawn`` is None when no draw was needed: everything was decided, or what was known
    settled it. ``floors`` has, for each label whose verdict a draw settled, the highest share that
    the field reaches (0.0: none of the cuts). ``asked`` counts the values that were costly.
    """

    hits: Mapping[str, Any]
    decided: Any
    drawn: Any = None
    floors: Mapping[str, float] | None = None
    asked: int = 0


def settle(
    weights: Any,
    known: Mapping[str, Any],
    unknown: Any,
    ask: Ask,
    cuts: Mapping[str, Sequence[Cut]],
    *,
    most: int | None = 10_000,
) -> Settled:
    """Ask about ``unknown`` values in rounds until the verdict on each label is settled.

    ``weights`` are the cells of each value (int64), ``known`` the values already known to hold a
    label and ``unknown`` those that only ``ask`` can tell (arrays of booleans). At most about
    ``most`` values are asked; None asks about all of them at once, without rounds.
    """
    state = _State(weights, {name: mask.copy() for name, mask in known.items()}, unknown.copy())
    if most is not None and (not unknown.any() or state.bounded(cuts)):
        return state.settled()
    if most is None or unknown.sum() <= _FEW:
        state.decide(state.unknown.nonzero()[0], ask)
        return state.settled()
    for size in LOOKS:
        cells = state.draw(size)
        state.decide(state.among(cells, most - state.asked), ask)
        if not state.unknown.any():
            return state.settled()
        whole = not state.unknown[cells].any()
        floors = state.test(cells, cuts) if whole else None
        if floors is not None or size >= state.total or state.asked >= most:
            return state.settled(cells if whole else cells[: state.reach(cells)], floors)
    if len(state.unknown.nonzero()[0]) + state.asked <= most:
        state.decide(state.unknown.nonzero()[0], ask)
        return state.settled()
    return state.settled(cells)


class _State:
    """What is known of each value so far."""

    def __init__(self, weights: Any, hits: dict[str, Any], unknown: Any) -> None:
        import numpy as np

        self.weights, self.hits, self.unknown = weights, hits, unknown
        self.asked = 0
        self.ends = np.cumsum(weights)
        self.total = int(self.ends[-1]) if len(weights) else 0
        self._cells: Any = None

    def draw(self, size: int) -> Any:
        """Return the values of the first ``size`` cells of the seeded order."""
        import numpy as np

        if self._cells is None:
            most = min(LOOKS[-1], self.total)
            places = np.random.default_rng(_SEED).choice(self.total, size=most, replace=False)
            self._cells = np.searchsorted(self.ends, places, side="right")
        return self._cells[:size]

    def among(self, cells: Any, most: int) -> Any:
        """Return the unknown values among some cells in their order, at most ``most``."""
        import numpy as np

        values, first = np.unique(cells, return_index=True)
        ordered = values[np.argsort(first)]
        return ordered[self.unknown[ordered]][: max(most, 0)]

    def reach(self, cells: Any) -> int:
        """Return how many cells stand before the first of an unknown value."""
        return int(self.unknown[cells].argmax())

    def decide(self, indexes: Any, ask: Ask) -> None:
        """Ask about some values."""
        wanted = indexes.tolist()
        for index, label in zip(wanted, ask(wanted), strict=True):
            if label in self.hits:
                self.hits[label][index] = True
        self.unknown[indexes] = False
        self.asked += len(wanted)

    def bounded(self, cuts: Mapping[str, Sequence[Cut]]) -> bool:
        """Tell whether the verdicts are the same whatever the unknown values hold."""
        rest = int(self.weights[self.unknown].sum())
        return all(
            _certain(item, int(self.weights[hit].sum()), rest, int(hit.sum()))
            for label, hit in self.hits.items()
            for item in cuts.get(label, ())
        )

    def test(self, cells: Any, cuts: Mapping[str, Sequence[Cut]]) -> dict[str, float] | None:
        """Return the floor of each label, or None while one of them is not settled."""
        import numpy as np

        floors: dict[str, float] = {}
        for label, hit in self.hits.items():
            if label not in cuts:
                continue
            found, distinct = int(hit[cells].sum()), len(np.unique(cells[hit[cells]]))
            floors[label] = 0.0
            for item in cuts[label]:
                if item.first and hit.any():
                    continue
                side = _side(item, found, len(cells), self.total)
                if not side or (side > 0 and distinct < item.distinct):
                    return None
                if side > 0:
                    floors[label] = max(floors[label], item.share)
        return floors

    def settled(self, cells: Any = None, floors: dict[str, float] | None = None) -> Settled:
        """Return the result; ``cells`` were drawn when not everything was needed."""
        import numpy as np

        drawn = None if cells is None else np.bincount(cells, minlength=len(self.weights))
        return Settled(self.hits, ~self.unknown, drawn, floors, self.asked)


def _certain(item: Cut, found: int, rest: int, distinct: int) -> bool:
    """Tell whether a cut is decided by what is known, whatever ``rest`` more cells hold."""
    if item.first:
        return found > 0 or not rest
    return (found >= item.high and distinct >= item.distinct) or found + rest < item.low


def _side(item: Cut, found: int, drawn: int, total: int) -> int:
    """Return 1 for above a cut, -1 for below, 0 for not yet."""
    if item.high <= total and at_least(found, drawn, item.high - 1, total) <= _EACH:
        return 1
    if item.low > total or at_most(found, drawn, item.low, total) <= _EACH:
        return -1
    return 0


def at_least(found: int, drawn: int, holding: int, total: int) -> float:
    """Return the chance of ``found`` or more hits among ``drawn`` of ``total`` cells.

    ``holding`` of the cells hold one.
    """
    if found <= max(0, drawn + holding - total):
        return 1.0
    if found * total <= drawn * holding:  # below the mean, where the first chance may underflow
        return 1.0 - at_least(drawn - found + 1, drawn, total - holding, total)
    return _tail(found, min(drawn, holding), drawn, holding, total)


def at_most(found: int, drawn: int, holding: int, total: int) -> float:
    """Return the chance of ``found`` or fewer hits: see :func:`at_least`."""
    if found >= min(drawn, holding):
        return 1.0
    misses = drawn - found  # as many misses or more, among the cells that hold none
    return at_least(misses, drawn, total - holding, total)


def _tail(start: int, end: int, drawn: int, holding: int, total: int) -> float:
    """Add the chances of exactly ``start`` to ``end`` hits."""
    if start > end:
        return 0.0
    chance = math.exp(
        _choose(holding, start) + _choose(total - holding, drawn - start) - _choose(total, drawn)
    )
    out, found = chance, start
    while found < end:
        more = (holding - found) * (drawn - found)
        chance *= more / ((found + 1) * (total - holding - drawn + found + 1))
        found += 1
        out += chance
        if chance < out * 1e-12 and found > drawn * holding / total:
            break
    return min(out, 1.0)


def _choose(size: int, taken: int) -> float:
    """Return the logarithm of a binomial coefficient."""
    return math.lgamma(size + 1) - math.lgamma(taken + 1) - math.lgamma(size - taken + 1)


def hidden(examined: int, *, sure: float = 0.95) -> float:
    """Return the largest share that zero hits in ``examined`` cells leave open: 1-(1-c)^(1/n).

    ``sure`` is the confidence. Returns 1.0 when nothing was examined.
    """
    return 1.0 if examined <= 0 else -math.expm1(math.log1p(-sure) / examined)
