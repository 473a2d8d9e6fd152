"""In which regions a text is a telephone number, remembered by first digits and length."""

from typing import TypeVar

import phonenumbers
from phonenumbers import PhoneNumberMatcher
from phonenumbers.phonenumbermatcher import _MATCHING_BRACKETS, _PUB_PAGES, Leniency, _verify
from phonenumbers.phonenumberutil import NumberParseException

from scanner.detect.phones.dialled import Dialled, with_plus
from scanner.detect.phones.wild import ANY, Answer

# How many first digits are looked at, one after the other, before the number is read as a whole.
_FIRST, _DEPTHS = 2, (3, 4, 6)
_MOST = 50_000  # entries of each memory; it is emptied when full
LONGEST = 21  # digits of a text that is judged by its digits: as many as the library reads at once
# The library's own way of reading that `dialled` follows; with another one, it alone is asked.
_FOLLOWED = "9"

_SEPARATORS = str.maketrans("", "", "-()[]./ ")

_Key = TypeVar("_Key")
Digits = tuple[str, str]  # "+" or nothing, and the digits


def digits_of(text: str) -> Digits | None:
    """Return what a text says when it is made of digits, plain separators and a leading plus."""
    bare = text if text.isdigit() else text.translate(_SEPARATORS)
    plus = bare[:1] == "+"
    number = bare[1:] if plus else bare
    if not number.isascii() or not number.isdigit() or len(number) > LONGEST or len(text) > 250:
        return None
    return ("+" if plus else ""), number


class Verdicts:
    """Answers for a set of regions, as bits: bit *n* is the region at place *n*.

    The memories hold parts of the values: they are bounded, live in this object only and are in no
    repr of it.
    """

    def __init__(self, regions: tuple[str, ...]) -> None:
        self.regions = regions
        self.all = (1 << len(regions)) - 1
        self._dialled: list[Dialled | None] = [
            Dialled(region)
            if region in phonenumbers.SUPPORTED_REGIONS
            and phonenumbers.__version__.partition(".")[0] == _FOLLOWED
            else None
            for region in regions
        ]
        self._begun: dict[tuple[str, str, int], tuple[int, int]] = {}
        self._whole: dict[tuple[str, str, int], tuple[int, int]] = {}
        self._asked: dict[str, tuple[int, int]] = {}
        self._checker = PhoneNumberMatcher("", None, leniency=Leniency.VALID)

    def least(self) -> int:
        """Return the fewest digits, or letters that stand for digits, of any number."""
        if not all(self._dialled):
            return 3
        return min((one.least for one in self._dialled if one), default=3)

    def possible(self, first: str, size: int) -> bool:
        """Tell whether a number of some length may begin with these two or three digits."""
        yes, maybe = self._glance("", first[:_FIRST], size)
        if len(first) > _FIRST:
            yes, maybe = self._judge("", first.ljust(size, ANY), yes, maybe)
        return bool(yes | maybe)

    def of(self, text: str, digits: Digits | None, among: int, one_will_do: bool = False) -> int:
        """Return the regions, of those in ``among``, in which a text is a number.

        With ``one_will_do`` only whether there is one is right, not how many.
        """
        if not _well_formed(text):
            return 0
        yes, maybe = self._by_digits(*digits, among, one_will_do) if digits else (0, among)
        yes, maybe = yes & among, maybe & among
        if not maybe or (yes and one_will_do):
            return yes
        return yes | self._ask(text, maybe)

    def _by_digits(self, plus: str, number: str, among: int, one_will_do: bool) -> tuple[int, int]:
        """Return the regions that surely accept the digits, and those of which it is not known."""
        yes, maybe, size = 0, self.all, len(number)
        for depth in _DEPTHS:
            if depth >= size:
                break
            memory = self._begun if depth < _DEPTHS[-1] else self._whole
            key = (plus, number[:depth], size)
            entry = memory.get(key)
            if entry is None:
                if depth == _DEPTHS[0]:
                    yes, maybe = self._glance(plus, number[:_FIRST], size)
                entry = self._judge(plus, number[:depth].ljust(size, ANY), yes, maybe)
                _remember(memory, key, entry)
            yes, maybe = entry
            if not maybe & among or (one_will_do and yes & among):
                return entry
        key = (plus, number, size)
        entry = self._whole.get(key)
        if entry is None:
            entry = self._judge(plus, number, yes, maybe)
            _remember(self._whole, key, entry)
        return entry

    def _glance(self, plus: str, first: str, size: int) -> tuple[int, int]:
        """Return what the very first digits say, which spares most regions a closer look."""
        key = (plus, first, size)
        entry = self._begun.get(key)
        if entry is None:
            entry = self._judge(plus, first.ljust(size, ANY), 0, self.all)
            _remember(self._begun, key, entry)
        return entry

    def _judge(self, plus: str, number: str, yes: int, maybe: int) -> tuple[int, int]:
        """Ask the regions of which it is not known yet."""
        if plus:
            found = with_plus(number) if all(self._dialled) else None
            return (0, self.all) if found is None else (self.all if found else 0, 0)
        for place, dialled in enumerate(self._dialled):
            bit = 1 << place
            if not maybe & bit:
                continue
            answer: Answer = dialled.accepts(number) if dialled else None
            if answer is not None:
                maybe &= ~bit
                yes |= bit if answer else 0
        return yes, maybe

    def _ask(self, text: str, among: int) -> int:
        """Ask the library."""
        asked, yes = self._asked.get(text, (0, 0))
        for place, region in enumerate(self.regions):
            bit = 1 << place
            if among & ~asked & bit:
                yes |= bit if self._accepted(text, region) else 0
        if among & ~asked:
            _remember(self._asked, text, (asked | among, yes))
        return yes & among

    def _accepted(self, text: str, region: str) -> bool:
        try:
            number = phonenumbers.parse(text, region, keep_raw_input=True)
            return bool(_verify(Leniency.VALID, number, text, self._checker))
        except NumberParseException:
            return False


def _well_formed(text: str) -> bool:
    """Tell whether brackets pair and it is no reference to pages."""
    if text.isascii() and not ("(" in text or ")" in text or "[" in text or "]" in text):
        return bool(text)
    return bool(_MATCHING_BRACKETS.fullmatch(text)) and not _PUB_PAGES.search(text)


def _remember(memory: dict[_Key, tuple[int, int]], key: _Key, entry: tuple[int, int]) -> None:
    if len(memory) >= _MOST:
        memory.clear()
    memory[key] = entry
