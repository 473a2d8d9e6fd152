"""Is a level as often right as it says? And would cut points drawn elsewhere have held here?

One prediction of a type at a column is right, wrong or neither (optional, left out). The cut points
of the scale are fixed in the code; here others are drawn from all databases but one and tried on
that one, for each in turn.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from adapter import LEVELS, Place, Prediction
from scoring import verdict

from scanner.classify import scale

TARGETS = {"confirmed": 0.98, "probable": 0.85}
NEVER = math.inf  # a cut point that nothing reaches


@dataclass(frozen=True, slots=True)
class Judged:
    """One prediction that is right or wrong."""

    db: str
    confidence: str
    score: float
    right: bool


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    right: int
    of: int

    @property
    def value(self) -> float:
        """The share itself; NaN of nothing."""
        return self.right / self.of if self.of else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval; everything is possible of nothing."""
        if not self.of:
            return 0.0, 1.0
        z, share, n = 1.96, self.value, self.of
        centre = share + z * z / (2 * n)
        spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
        whole = 1 + z * z / n
        return max((centre - spread) / whole, 0.0), min((centre + spread) / whole, 1.0)


@dataclass(frozen=True, slots=True)
class Cuts:
    """From which score on a prediction is confirmed, and from which it is probable."""

    confirmed: float
    probable: float

    def level(self, score: float) -> str:
        """Return the level of a score."""
        if score >= self.confirmed:
            return "confirmed"
        return "probable" if score >= self.probable else "possible"


FIXED = Cuts(scale.CONFIRMED, scale.PROBABLE)


def judged(truth: Mapping[Place, str], found: Iterable[Prediction]) -> list[Judged]:
    """Return the predictions at labelled columns that are right or wrong."""
    out = []
    for one in found:
        right = verdict(one.type, truth[one.place]) if one.place in truth else None
        if right is not None:
            out.append(Judged(one.place[0], one.confidence, one.score, right))
    return out


def shares(
    found: Sequence[Judged], level: Callable[[Judged], str] | None = None
) -> dict[str, Share]:
    """Return how many are right of each level, by default of the level that was said."""
    said = [(one.confidence if level is None else level(one), one.right) for one in found]
    return {
        name: Share(
            sum(right for other, right in said if other == name),
            sum(other == name for other, _ in said),
        )
        for name in LEVELS
    }


def _lowest(found: Iterable[Judged], target: float, below: float = NEVER) -> float:
    """Return the lowest score from which on (and below ``below``) the target is reached."""
    counted = sorted((one for one in found if one.score < below), key=lambda one: -one.score)
    best, right = below, 0
    for n, one in enumerate(counted, 1):
        right += one.right
        last = n == len(counted) or counted[n].score < one.score  # equal scores stand together
        if last and right >= target * n:
            best = one.score
    return best


def drawn(found: Sequence[Judged]) -> Cuts:
    """Return the lowest cut points that reach the targets on these predictions."""
    confirmed = _lowest(found, TARGETS["confirmed"])
    return Cuts(confirmed, _lowest(found, TARGETS["probable"], confirmed))


def leave_one_out(found: Sequence[Judged]) -> tuple[dict[str, Share], list[Cuts]]:
    """Return what cut points drawn from the other databases reach on each, and those cut points."""
    chosen = {
        db: drawn([one for one in found if one.db != db])
        for db in sorted({one.db for one in found})
    }
    reached = shares(found, lambda one: chosen[one.db].level(one.score))
    return reached, list(chosen.values())
