"""Telephone numbers of many regions in one walk, with the spans of Presidio's recognizer.

Presidio's ``PhoneRecognizer`` runs ``phonenumbers`` once a region over the whole text. Here the
text is walked once (``walk``), what a candidate's digits say is decided by its length and first
digits where the numbering plans allow it (``verdicts``, ``dialled``, ``plan``, ``wild``), and the
library itself is asked about the rest.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import phonenumbers

from scanner.detect.phones.openings import Openings, openings
from scanner.detect.phones.plan import least_abroad
from scanner.detect.phones.verdicts import Verdicts
from scanner.detect.phones.walk import ManyTriesError, Span, Walk

__all__ = ["SharedPhones", "Span"]

# Valid numbers, the leniency that is decided here. With another the library goes through the text;
# those above ask for more, so what turns a text away for valid numbers holds for them.
_VALID = 1


class SharedPhones:
    """Finds what ``PhoneRecognizer(supported_regions=regions, leniency=leniency)`` finds.

    Not for use by two threads at once: it remembers verdicts, in memory that is bounded.
    """

    def __init__(self, regions: tuple[str, ...], leniency: int = _VALID) -> None:
        self.regions, self.leniency = tuple(dict.fromkeys(regions)), leniency
        self._verdicts = Verdicts(self.regions)
        self._openings: Openings | None = None
        if leniency >= _VALID:
            sizes = openings(self._verdicts.possible)
            self._least = min(least_abroad(), *sizes.values())
            self._openings = Openings.of(sizes)

    def find(self, text: str) -> list[Span]:
        """Return the spans (start, end) of the numbers of any region, sorted, none in another."""
        if self.leniency != _VALID:
            found = {(m.start, m.end) for region in self.regions for m in self._plain(text, region)}
            return _outer(found)
        if self._openings and not self._openings.may(text):
            return []
        try:
            return _outer(Walk(text, self._verdicts, self._least, counted=False).spans())
        except ManyTriesError:
            return _outer(Walk(text, self._verdicts, self._least, counted=True).spans())

    def candidates(self, values: Any) -> npt.NDArray[np.int64]:
        """Return the sorted indices of the values in which :meth:`find` may find something.

        ``values`` is an Arrow array or chunked array of strings; null is never a candidate.
        """
        if self._openings:
            return self._openings.candidates(values)
        return np.flatnonzero(values.is_valid().to_numpy(zero_copy_only=False))

    def _plain(self, text: str, region: str) -> Any:
        return phonenumbers.PhoneNumberMatcher(text, region, leniency=self.leniency)


def _outer(spans: set[Span]) -> list[Span]:
    """Return the spans that lie in no other."""
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept
