"""Telephone numbers: what Presidio's recognizer finds, for all regions at once."""

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from scanner.detect.dialable import RUN, phone_stretches
from scanner.detect.expression import Span
from scanner.detect.features import Features, Least

if TYPE_CHECKING:
    from scanner.detect.phones import SharedPhones

SCORE = 0.4  # of Presidio's PhoneRecognizer, whatever it finds
_SHORT = 40  # characters; a longer text is read in stretches
_LENIENCY = 1  # valid numbers, as Presidio's default


class PhoneFinder:
    """Finds telephone numbers valid in one of the regions.

    :meth:`find` gives the spans of Presidio's ``PhoneRecognizer`` for these regions.
    """

    name = "PhoneRecognizer"
    entity = "PHONE_NUMBER"
    screened_by = (RUN,)  # of `within`, which fields are read with
    _least = Least(7, 7)

    def __init__(self, regions: tuple[str, ...]) -> None:
        self.regions = regions

    @functools.cached_property
    def phones(self) -> "SharedPhones":
        """What looks for all regions at once; made when the first text comes."""
        from scanner.detect.phones import SharedPhones

        return SharedPhones(self.regions, _LENIENCY)

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
        for start, end in self.phones.find(text):
            yield start, end, SCORE
