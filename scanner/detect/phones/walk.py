"""One walk through a text for all regions: where numbers may stand, and which regions accept them.

``phonenumbers.PhoneNumberMatcher`` goes through the text once a region, and the walks of two
regions differ only behind a number that one accepts. So regions that stand at the same place
go on together. The spans are those that the regions find together, without those inside others.
"""

import functools
import re
from collections.abc import Iterator

from phonenumbers import PhoneNumberMatcher
from phonenumbers.phonenumbermatcher import (
    _INNER_MATCHES,
    _LEAD_PATTERN,
    _PATTERN,
    _SLASH_SEPARATED_DATES,
    _TIME_STAMPS,
    _TIME_STAMPS_SUFFIX,
)
from phonenumbers.phonenumberutil import _SECOND_NUMBER_START_PATTERN, _UNWANTED_END_CHAR_PATTERN

from scanner.detect.phones.verdicts import Digits, Verdicts, digits_of

TRIES = 65_535  # what a matcher examines in vain before it gives a text up

# All that the library's expression can begin with.
_BEGINS = re.compile(r"[\d(\[\uFF08\uFF3B+\uFF0B]")
_BEGINS_ASCII = re.compile(r"[0-9(\[+]")

Span = tuple[int, int]
_Place = tuple[int, int]  # where the next search begins, and what was examined in vain until there


class ManyTriesError(Exception):
    """A matcher might give the text up; inside this package alone."""


class Walk:
    """The walk through one text.

    ``counted``: what was examined in vain is counted as the matchers do, and nothing is skipped; a
    text with very many candidates needs it. Otherwise :class:`ManyTriesError` is raised before it
    could matter.
    """

    def __init__(self, text: str, verdicts: Verdicts, least: int, counted: bool) -> None:
        self._text, self._verdicts, self._least, self._counted = text, verdicts, least, counted
        self._partless = _partless(least)
        self._waiting: dict[_Place, int] = {(0, 0): verdicts.all}
        self._begins = _BEGINS_ASCII.search if text.isascii() else _BEGINS.search
        self._spent = 0

    def spans(self) -> set[Span]:
        """Return what any region finds; spans inside others may be left out."""
        found: set[Span] = set()
        while self._waiting:
            at, tries = place = min(self._waiting)
            among = self._waiting.pop(place)
            while among and tries < TRIES and (match := self._next(at)):
                start, candidate = match.start(), match[0]
                if "x" in candidate:
                    candidate = _trimmed(_SECOND_NUMBER_START_PATTERN, candidate)
                at = start + len(candidate)
                self._spend(len(candidate))
                tries, among = self._examine(candidate, start, among, tries, found)
                tries += self._counted
                if self._waiting and among:
                    self._join(at, tries, among)
                    break
        return found

    def _next(self, at: int) -> re.Match[str] | None:
        """Return the next candidate that is long enough.

        The library's expression is tried only where it can begin. What would be found inside a
        candidate that is left out ends where it does, so it is too short as well.
        """
        text, skips = self._text, not self._counted
        while begin := self._begins(text, at):
            at = begin.start()
            match = _PATTERN.match(text, at)
            if match is None:
                at += 1
            elif skips and match.end() - at < self._least:
                self._spend(match.end() - at)
                at = match.end()
            else:
                return match
        return None

    def _join(self, at: int, tries: int, among: int) -> None:
        """Let regions wait at a place."""
        place = (at, tries if self._counted else 0)
        self._waiting[place] = self._waiting.get(place, 0) | among

    def _spend(self, size: int) -> None:
        """Add the most that a matcher can examine of a candidate, when that is not counted."""
        if not self._counted:
            self._spent += 8 + 2 * size
            if self._spent >= TRIES:
                raise ManyTriesError

    def _examine(
        self, candidate: str, start: int, among: int, tries: int, found: set[Span]
    ) -> tuple[int, int]:
        """Note the regions that accept a candidate or a part of it.

        Return the tries and the regions that found nothing, or that go on behind the candidate.
        """
        digits = digits_of(candidate)
        if not self._counted and self._short(candidate, digits):
            return tries, among
        end = start + len(candidate)
        if self._dated(candidate, end):
            return tries, among
        # Of digits alone, a candidate ends where it would when begun later: what other regions
        # find inside lies inside, and all of them go on behind it.
        one_will_do = digits is not None and not self._counted
        accepting = self._verify(candidate, digits, start, among, one_will_do)
        if accepting:
            found.add((start, end))
            if one_will_do:
                return tries, among
            self._join(end, tries, accepting)
            among &= ~accepting
        if among and (self._counted or not self._partless.fullmatch(candidate)):
            tries, among = self._inside(candidate, start, among, tries, found)
        return tries, among

    def _short(self, text: str, digits: Digits | None) -> bool:
        """Tell whether a text has too few digits, or letters in their place, for any region."""
        if digits is not None:
            return len(digits[1]) < self._least
        return sum(char.isalnum() for char in text) < self._least

    def _dated(self, candidate: str, end: int) -> bool:
        """Tell whether a candidate looks like a date, or like the beginning of a time."""
        if "/" in candidate and _SLASH_SEPARATED_DATES.search(candidate):
            return True
        return bool(
            " " in candidate
            and _TIME_STAMPS.search(candidate)
            and _TIME_STAMPS_SUFFIX.match(self._text, end)
        )

    def _inside(
        self, candidate: str, start: int, among: int, tries: int, found: set[Span]
    ) -> tuple[int, int]:
        """Note the regions that accept a part of a candidate; they go on behind that part."""
        for offset, part, checked in _parts(candidate):
            if checked and tries >= TRIES:
                break
            digits = digits_of(part)
            if self._short(part, digits):
                accepting = 0
            else:
                accepting = self._verify(part, digits, start + offset, among, one_will_do=False)
            if accepting:
                end = start + offset + len(part)
                found.add((start + offset, end))
                self._join(end, tries, accepting)
                among &= ~accepting
                if not among:
                    break
            tries += self._counted
        return tries, among

    def _verify(
        self, text: str, digits: Digits | None, at: int, among: int, one_will_do: bool
    ) -> int:
        """Return the regions that accept a text at a place of the whole."""
        if at > 0 and not _LEAD_PATTERN.match(text) and _sticks(self._text[at - 1]):
            return 0
        end = at + len(text)
        if end < len(self._text) and _sticks(self._text[end]):
            return 0
        return self._verdicts.of(text, digits, among, one_will_do)


@functools.cache
def _partless(least: int) -> re.Pattern[str]:
    """Return what fits candidates that have no part with enough digits.

    A hyphen alone separates no parts; dots and spaces do.
    """
    few = rf"[0-9]{{1,{max(least - 1, 1)}}}"
    return re.compile(rf"[0-9]+(?:-+[0-9]+)*|{few}(?:\.+{few})*|{few}(?: +{few})*")


def _parts(candidate: str) -> Iterator[tuple[int, str, bool]]:
    """Yield the parts of a candidate that may be numbers, in the order of the library.

    The third says whether the library looks at the number of tries before it examines the part.
    """
    for pattern in _INNER_MATCHES:
        match, first = pattern.search(candidate), True
        while match:
            if first:
                yield 0, _trimmed(_UNWANTED_END_CHAR_PATTERN, candidate[: match.start()]), True
            part = _trimmed(_UNWANTED_END_CHAR_PATTERN, match[1])
            yield match.start(1), part, not first
            first = False
            match = pattern.search(candidate, match.start() + 1)


def _trimmed(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return text[: match.start()] if match else text


@functools.lru_cache(maxsize=2048)
def _sticks(char: str) -> bool:
    """Tell whether a number that touches this character is part of something else."""
    return bool(
        PhoneNumberMatcher._is_invalid_punctuation_symbol(char)  # noqa: SLF001
        or PhoneNumberMatcher._is_latin_letter(char)  # noqa: SLF001
    )
