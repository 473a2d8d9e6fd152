"""Telephone numbers: Presidio's recognizer, asked region by region until one answers."""

from collections.abc import Iterator

import phonenumbers
from presidio_analyzer.predefined_recognizers import PhoneRecognizer

from scanner.detect.features import Features, Least
from scanner.detect.finder import Span
from scanner.detect.gates import RUN, phone_stretches

_SHORT = 40  # characters; a longer text is read in stretches
_LENIENCY = 1  # valid numbers, as Presidio's default


class PhoneFinder:
    """Finds telephone numbers valid in one of the regions.

    The first region that finds something decides: whether a text holds a number does not depend on
    how many regions agree, and each region costs as much as all other recognizers together.
    """

    name = "PhoneRecognizer"
    entity = "PHONE_NUMBER"
    screened_by = (RUN,)  # of `within`, which fields are read with
    _least = Least(7, 7)

    def __init__(self, regions: tuple[str, ...]) -> None:
        self.regions = regions
        self.recognizer = PhoneRecognizer(supported_regions=regions, leniency=_LENIENCY)

    def can(self, text: str, seen: Features) -> bool:  # noqa: ARG002
        """See :class:`scanner.detect.finder.Finder`."""
        return self._least.met(seen)

    def within(self, text: str, hinted: bool, strict: bool) -> Iterator[Span]:
        """Yield the numbers of the stretches that can hold an acceptable one."""
        if len(text) <= _SHORT:
            if any(True for _ in phone_stretches(text, hinted, strict)):
                yield from self.find(text)
            return
        for start, end in phone_stretches(text, hinted, strict):
            for left, right, score in self.find(text[start:end]):
                yield left + start, right + start, score

    def find(self, text: str) -> Iterator[Span]:
        """See :class:`scanner.detect.finder.Finder`."""
        for region in self.regions:
            found = False
            for match in phonenumbers.PhoneNumberMatcher(text, region, leniency=_LENIENCY):
                found = True
                yield match.start, match.end, PhoneRecognizer.SCORE
            if found:
                return
