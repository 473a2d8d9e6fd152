"""Profile the values of a field: lengths, shares and shapes, no value kept.

Counts of cells, lengths and whether they are all the same come from every value; the shares come
from at most 2,000 distinct values. Which ones is decided by a checksum of the value alone, so that
neither order nor the parts in which the values come have a part in it.
"""

import zlib
from dataclasses import dataclass, field
from typing import Any

from scanner.classify.distinct import Distinct, alone, hashes
from scanner.classify.evidence import Profile
from scanner.classify.look import DEGREES, SHAPES, SUMS, look
from scanner.model import Values

MOST = 2000  # distinct values looked at; more do not change a share that matters
_READ = 2000  # characters of one value
_SPREAD = 0x9E3779B97F4A7C15  # odd: sends neighbouring checksums far apart


def _marks(values: Values) -> Any:
    """Return a number for each value, the same in every process, as uint64."""
    import numpy as np

    if values.array is None:
        raw = [text.encode("utf-8", "surrogatepass") for text in values.values]
    else:
        raw = values.array.cast("binary").to_pylist()
    sums = np.fromiter(map(zlib.crc32, raw), dtype=np.uint64, count=len(raw))
    return sums * np.uint64(_SPREAD)


@dataclass(slots=True)
class Profiler:
    """Adds up the profile of a field whose values come in parts."""

    most: int = MOST
    examined: int = 0
    nulls: int = 0
    shortest: int | None = None
    longest: int = 0
    distinct: Distinct = field(default_factory=Distinct)
    marks: Any = field(default=None, repr=False)  # uint64, ascending
    counts: Any = field(default=None, repr=False)  # cells of each value looked at
    looks: Any = field(default=None, repr=False)  # a row for each value looked at

    def add(self, values: Values, keys: Any = None) -> None:
        """Add values; ``keys`` are their :func:`hashes`, where the caller has them."""
        import numpy as np

        self.nulls += values.nulls
        texts = values.values
        if not texts:
            return
        self.examined += values.examined or int(values.counts.sum())
        sizes = tuple(map(len, texts))
        self.shortest = min(sizes) if self.shortest is None else min(*sizes, self.shortest)
        self.longest = max(max(sizes), self.longest)
        self.distinct.add(hashes(texts) if keys is None else keys)
        marks = _marks(values)
        kept = self._kept(marks)
        looks = [look(texts[at][:_READ]) for at in kept.tolist()]
        if looks:
            counts = values.counts[kept].astype(np.int64)
            self._join(marks[kept], counts, np.array(looks, dtype=np.int32))

    def _kept(self, marks: Any) -> Any:
        """Return the indexes of the values worth a look: those of the smallest marks."""
        import numpy as np

        if self.marks is not None and len(self.marks) == self.most:
            kept = (marks <= self.marks[-1]).nonzero()[0]
        else:
            kept = np.arange(len(marks))
        if len(kept) > self.most:
            kept = kept[np.argpartition(marks[kept], self.most)[: self.most]]
        return kept

    def merge(self, other: "Profiler") -> None:
        """Add what another holds of the same field."""
        self.examined += other.examined
        self.nulls += other.nulls
        if other.marks is None:
            return
        found = [size for size in (self.shortest, other.shortest) if size is not None]
        self.shortest = min(found, default=None)
        self.longest = max(other.longest, self.longest)
        self.distinct.merge(other.distinct)
        self._join(other.marks, other.counts, other.looks)

    def limit(self, most: int) -> None:
        """Look at no more than ``most`` values from now on."""
        if most < self.most:
            self.most = most
            if self.marks is not None:
                self._join(self.marks[:0], self.counts[:0], self.looks[:0])

    def profile(self, examined: int = 0) -> Profile:
        """Return the profile; ``examined`` is said instead of the number of cells added."""
        if self.marks is None:
            return Profile(nulls=self.nulls)
        counts = self.counts
        cells = int(counts.sum())
        sums = [int(total) for total in counts @ self.looks.astype(counts.dtype)]
        chars, letters, digits, spaces, words = sums[: len(SUMS)]
        shapes = sums[len(SUMS) : -len(DEGREES)]
        number, outside, fraction = sums[-len(DEGREES) :]
        shortest = self.shortest or 0
        return Profile(
            examined=examined or self.examined,
            nulls=self.nulls,
            distinct=min(self.distinct.count(), self.examined),
            shortest=shortest,
            longest=self.longest,
            mean=chars / cells,
            words=words / cells,
            letters=letters / max(chars, 1),
            digits=digits / max(chars, 1),
            spaces=spaces / max(chars, 1),
            uniform=shortest == self.longest,
            within_degrees=number == cells and not outside and fraction > 0,
            **{name: count / cells for name, count in zip(SHAPES, shapes, strict=True)},
        )

    def _join(self, marks: Any, counts: Any, looks: Any) -> None:
        """Join rows by mark, add their counts and keep those of the smallest marks."""
        import numpy as np

        if self.marks is not None:
            marks = np.concatenate([self.marks, marks])
            counts = np.concatenate([self.counts, counts])
            looks = np.concatenate([self.looks, looks])
        found, first, places = np.unique(marks, return_index=True, return_inverse=True)
        total = np.zeros(len(found), dtype=np.int64)
        np.add.at(total, places, counts)
        self.marks, self.counts = found[: self.most], total[: self.most]
        self.looks = looks[first[: self.most]]


def profile(values: Values) -> Profile:
    """Profile a field whose values are all there."""
    profiler = Profiler()
    profiler.add(values, alone(values.values))
    return profiler.profile()
