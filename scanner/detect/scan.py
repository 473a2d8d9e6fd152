"""Run recognizers over one value: windows, thresholds, look-alikes, overlaps."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scanner.classify.words import bag
from scanner.detect import gates
from scanner.detect.finder import Finder, Span
from scanner.detect.phone import PhoneFinder
from scanner.model import Hit

# A long text is read in windows, so that no expression sees more: some are quadratic. Each window
# keeps the hits that begin in its own stretch and sees half an overlap before and after it.
WINDOW, _OVERLAP = 4000, 1000

# A value that is one of these holds no telephone number and no name beside it.
EXPLAINS = bag(
    """EMAIL_ADDRESS URL UUID IP_ADDRESS MAC_ADDRESS IBAN_CODE JWT PASSWORD_HASH PRIVATE_KEY
    USER_AGENT CREDIT_CARD CRYPTO API_KEY HOST_NAME COORDINATES"""
)
_GATES: Mapping[str, Callable[[str, int, int], bool]] = {
    "CREDIT_CARD": gates.card,
    "EMAIL_ADDRESS": gates.email,
    "IP_ADDRESS": gates.address,
    "MAC_ADDRESS": gates.hardware,
    "URL": gates.url,
    "US_SSN": gates.social_security,
}


@dataclass(frozen=True, slots=True)
class Running:
    """A finder with what the field's context makes of it."""

    finder: Finder
    boost: float
    threshold: float


@dataclass(frozen=True, slots=True)
class Scan:
    """What runs on the values of one field. ``strict``: lines of a log, where digits abound."""

    running: Sequence[Running]
    strict: bool

    def value(self, index: int, value: str, places: Sequence[int]) -> list[Hit]:
        """Return the settled hits of one value by what stands at some places of ``running``."""
        if len(value) <= WINDOW + _OVERLAP:
            return self._text(index, value, places)
        return [
            replace(hit, start=hit.start + start, end=hit.end + start)
            for start in range(0, len(value), WINDOW)
            for hit in self._text(index, value[start : start + WINDOW + _OVERLAP], places)
            if (hit.start >= _OVERLAP // 2 or not start) and hit.start < WINDOW + _OVERLAP // 2
        ]

    def _text(self, index: int, text: str, places: Sequence[int]) -> list[Hit]:
        hits: list[Hit] = []
        for place in places:
            hits += self._one(index, text, self.running[place], hits)
        return gates.settle(hits) if len(hits) > 1 else hits

    def _one(self, index: int, text: str, item: Running, before: Sequence[Hit]) -> Iterator[Hit]:
        finder, boost = item.finder, item.boost
        for start, end, score in self._spans(text, item, before):
            total = round(min(score + boost, 1.0), 3)
            if total < item.threshold or not self._real(finder.entity, text, start, end, boost > 0):
                continue
            yield Hit(index, start, end, finder.entity, total, finder.name)

    def _spans(self, text: str, item: Running, before: Sequence[Hit]) -> Iterator[Span]:
        finder = item.finder
        if not isinstance(finder, PhoneFinder):
            return finder.find(text)
        size = len(text.strip())
        whole = any(hit.entity in EXPLAINS and hit.end - hit.start >= size for hit in before)
        if whole or gates.opaque(text):
            return iter(())
        return finder.within(text, item.boost > 0, self.strict)

    def _real(self, entity: str, text: str, start: int, end: int, hinted: bool) -> bool:
        """Reject the look-alikes of an entity."""
        if entity == "PHONE_NUMBER":
            return gates.phone(text, start, end, hinted, self.strict)
        return _GATES.get(entity, gates.alone)(text, start, end)
