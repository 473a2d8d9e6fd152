"""What becomes of the matches of a field: thresholds, look-alikes, overlaps."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scanner.classify.words import bag
from scanner.detect import dialable, gates, networks
from scanner.detect.engine import Found
from scanner.detect.finder import Finder
from scanner.detect.phone import PhoneFinder
from scanner.model import Hit

# A value that is one of these holds no telephone number and no name beside it.
EXPLAINS = bag(
    """EMAIL_ADDRESS URL UUID IP_ADDRESS MAC_ADDRESS IBAN_CODE JWT PASSWORD_HASH PRIVATE_KEY
    USER_AGENT CREDIT_CARD CRYPTO API_KEY HOST_NAME COORDINATES"""
)
_GATES: Mapping[str, Callable[[str, int, int], bool]] = {
    "CREDIT_CARD": gates.card,
    "EMAIL_ADDRESS": gates.email,
    "IP_ADDRESS": networks.address,
    "MAC_ADDRESS": networks.hardware,
    "URL": gates.url,
    "US_SSN": gates.social_security,
}


@dataclass(frozen=True, slots=True)
class Running:
    """A finder with what the field's context makes of it."""

    finder: Finder
    boost: float
    threshold: float

    def hits(self, texts: Sequence[str], found: Found) -> Iterator[Hit]:
        """Yield the matches that reach the threshold and are no look-alikes."""
        totals = np.round(np.minimum(found.scores + self.boost, 1.0), 3)
        reached = np.flatnonzero(totals >= self.threshold)
        if not len(reached):
            return
        entity, name = self.finder.entity, self.finder.name
        real = _GATES.get(entity, gates.alone)
        scores = totals[reached].tolist()
        columns = (part[reached].tolist() for part in found.columns)
        for index, start, end, score in zip(*columns, scores, strict=True):
            if real(texts[index], start, end):
                yield Hit(index, start, end, entity, score, name)


class StrictRuns:
    """What a screen asks to tell which lines of a log can hold a telephone number."""

    screened_by = dialable.STRICT_RUNS


class Hits:
    """The hits of a field while they are gathered, by value."""

    def __init__(self) -> None:
        self.by_value: dict[int, list[Hit]] = {}

    def add(self, hits: Iterable[Hit]) -> None:
        """Add hits."""
        known = self.by_value
        for hit in hits:
            mine = known.get(hit.index)
            if mine is None:
                known[hit.index] = [hit]
            else:
                mine.append(hit)

    def phones(
        self, item: Running, texts: Sequence[str], rows: Iterable[int], strict: bool
    ) -> Iterator[Hit]:
        """Yield the telephone numbers of some values; after all others, as those exclude them.

        ``strict``: lines of a log, where digits abound.
        """
        finder, hinted = item.finder, item.boost > 0
        if not isinstance(finder, PhoneFinder):
            return
        for index in rows:
            text = texts[index]
            if self._explained(index, len(text.strip())) or dialable.opaque(text):
                continue
            for start, end, score in finder.within(text, hinted, strict):
                total = round(min(score + item.boost, 1.0), 3)
                if total >= item.threshold and dialable.phone(text, start, end, hinted, strict):
                    yield Hit(index, start, end, finder.entity, total, finder.name)

    def _explained(self, index: int, size: int) -> bool:
        """Tell whether a value is something else as a whole."""
        return any(
            hit.entity in EXPLAINS and hit.end - hit.start >= size
            for hit in self.by_value.get(index, ())
        )

    def settled(self) -> list[Hit]:
        """Return all hits by value, without those that a stronger one explains."""
        out: list[Hit] = []
        for index in sorted(self.by_value):
            hits = self.by_value[index]
            out += hits if len(hits) < 2 else gates.settle(hits)
        return out
