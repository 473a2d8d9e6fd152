"""Count distinct values that come in parts, without keeping any.

Of each value only 64 bits are kept: Python's own keyed hash, mixed with a number drawn when the
process began. They mean nothing outside this process and never leave it.
"""

import math
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

MOST = 1_000_000  # hashes of one counter; below, a count is exact
_KEY = secrets.randbits(64) | 1
_LEAST = 256  # hashes that are sorted in at once


def hashes(values: Sequence[str]) -> Any:
    """Return the hashes of some values as an array of uint64."""
    import numpy as np

    raw = np.fromiter(map(hash, values), dtype=np.int64, count=len(values)).view(np.uint64)
    mixed = raw * np.uint64(_KEY)
    return (mixed ^ (mixed >> np.uint64(32))) * np.uint64(_KEY)


def alone(values: Sequence[str]) -> Any:
    """Return numbers in the place of hashes, for values that no other part is added to."""
    import numpy as np

    return np.arange(len(values), dtype=np.uint64)


@dataclass(slots=True)
class Distinct:
    """A set of hashes. Exact up to ``most``; beyond, an estimate from the smallest hashes.

    The estimate (k minimum values) errs by about one over the square root of ``most``: 0.1 % for a
    million, 1.6 % for 4,096; hashes are keyed anew in every process, so it differs from run to run
    by that. It is given with three digits. What was added in one go is counted exactly whatever the
    bound.
    """

    most: int = MOST
    ordered: Any = field(default=None, repr=False)
    new: list[Any] = field(default_factory=list, repr=False)
    waiting: int = 0
    below: Any = None  # larger hashes were left out
    only: int | None = 0  # the number of values, while they all came in one go

    def add(self, found: Any) -> None:
        """Add hashes that are distinct among themselves."""
        if not len(found):
            return
        self.only = len(found) if self.only == 0 else None
        if self.below is not None:
            found = found[found <= self.below]
        self.new.append(found)
        self.waiting += len(found)
        held = 0 if self.ordered is None else len(self.ordered)
        if self.only is None and self.waiting > max(held // 2, _LEAST):
            self.settle()

    def merge(self, other: "Distinct") -> None:
        """Add what another counter holds."""
        if other.only is not None:
            for found in other.new:
                self.add(found)
            return
        other.settle()
        if other.below is not None:
            self.below = other.below if self.below is None else min(self.below, other.below)
        self.only = None
        self.new.append(other.ordered)
        self.settle()

    def limit(self, most: int) -> None:
        """Hold no more than ``most`` hashes from now on."""
        if most < self.most:
            self.most = most
            if self.only is None:
                self.settle()

    def count(self) -> int:
        """Return the number of distinct values."""
        if self.only is not None:
            return self.only
        self.settle()
        if self.below is None:
            return len(self.ordered)
        share = (float(self.ordered[-1]) + 1) / 2.0**64
        estimate = max(len(self.ordered) - 1, 1) / share
        return int(round(estimate, 2 - math.floor(math.log10(estimate))))

    def settle(self) -> None:
        """Sort in what was added, and leave out what is too much."""
        import numpy as np

        held = [] if self.ordered is None else [self.ordered]
        if self.new or self.ordered is None:
            joined = np.concatenate([*held, *self.new])
            joined.sort()
            fresh = np.ones(len(joined), dtype=bool)
            np.not_equal(joined[1:], joined[:-1], out=fresh[1:])
            self.ordered = joined[fresh]
            self.new, self.waiting = [], 0
        if self.below is not None:
            self.ordered = self.ordered[: np.searchsorted(self.ordered, self.below, "right")]
        if len(self.ordered) > self.most:
            self.ordered = self.ordered[: self.most].copy()
            self.below = self.ordered[-1]
