"""How numbers of some regions begin: what turns most texts away before they are walked through.

A candidate, or a part of it that the library tries, begins behind something that is no digit. Its
first three digits say how many there must be for a number of any region; most series of digits
that are no telephone numbers begin otherwise or are shorter. Digits count with up to four signs of
punctuation between them, as in a candidate.

Texts with certain characters beyond ASCII (other digits, wide punctuation) are only known by how
many digits they have. Everything errs towards "may hold a number".
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from phonenumbers.phonenumberutil import (
    _EXTN_PATTERNS_FOR_MATCHING,
    _PLUS_CHARS,
    _REGEX_FLAGS,
    _VALID_PUNCTUATION,
)

from scanner.detect.phones.plan import least_abroad

_BEGUN = 3  # the digits that are looked at
# Digits of the longest numbers looked at. From ten on every beginning passes, as most are possible;
# so does what begins behind a digit, since that is only where the library stops reading digits:
# behind nine of an extension, or twenty.
_LOOKED = 9

_LETTERS_OF_LABELS = "".join(char for char in _EXTN_PATTERNS_FOR_MATCHING if char.isalpha())
_PUNCTUATION = f"[{_VALID_PUNCTUATION}]"
_PLAIN = "".join(
    re.escape(char) for char in map(chr, range(128)) if re.match(_PUNCTUATION, char, re.IGNORECASE)
)
_GAP = f"[{_PLAIN}]{{0,4}}"
# Beyond ASCII: what the library reads as more than something that stands between two numbers.
_BASIC = "".join(map(chr, range(0x80, 0xD800))) + "".join(map(chr, range(0xE000, 0x10000)))
_READ = f"[{_VALID_PUNCTUATION}{_PLUS_CHARS}\u0301\uff03\uff0e{_LETTERS_OF_LABELS}]"
_SIGNS = "".join(re.findall(_READ, _BASIC, re.IGNORECASE))


def openings(possible: Callable[[str, int], bool]) -> Mapping[str, int]:
    """Return the least length of a number by its first three digits.

    ``possible`` tells whether a number of some length can begin with the first two or three.
    """
    found: dict[str, int] = {}
    for size in range(_BEGUN, _LOOKED + 1):
        for two in (f"{number:02}" for number in range(100)):
            left = [two + one for one in "0123456789" if two + one not in found]
            if left and possible(two, size):
                found |= {three: size for three in left if possible(three, size)}
    return {f"{number:03}": found.get(f"{number:03}", _LOOKED + 1) for number in range(1000)}


@dataclass(frozen=True, slots=True)
class Openings:
    """Expressions that are found in every text with a number; see the module."""

    narrow: re.Pattern[str] = field(repr=False)
    wide: re.Pattern[str] = field(repr=False)
    bulk_narrow: str = field(repr=False)  # for RE2
    bulk_wide: str = field(repr=False)

    @classmethod
    def of(cls, sizes: Mapping[str, int]) -> "Openings":
        """Make the expressions from :func:`openings`."""
        least = min(least_abroad(), *sizes.values())
        return cls(_narrow(sizes), _wide(least), _bulk_narrow(sizes), _bulk_wide(least))

    def may(self, text: str) -> bool:
        """Tell whether a text may hold a number; False is certain."""
        if not text.isascii() and _BEYOND.search(text):
            return bool(self.wide.search(text))
        return bool(self.narrow.search(text)) or (
            text.count("x") + text.count("X") > 2 and bool(_LETTERS.search(text))
        )

    def candidates(self, values: Any) -> npt.NDArray[np.int64]:
        """Return the sorted indices of the values of an Arrow array that may hold a number."""
        import pyarrow.compute as pc

        found = pc.match_substring_regex(values, self.bulk_narrow)
        if not pc.all(pc.string_is_ascii(values), min_count=0).as_py():
            beyond = pc.match_substring_regex(values, _BULK_BEYOND)
            wide = pc.match_substring_regex(values, self.bulk_wide)
            found = pc.if_else(beyond, wide, found)
        found = pc.fill_null(found, False)
        return np.flatnonzero(found.to_numpy(zero_copy_only=False)).astype(np.int64)


_DIGITS_BEYOND = "".join(char for char in _BASIC if char.isdecimal())
_BEYOND = re.compile(f"[{_SIGNS}{_DIGITS_BEYOND}\U00010000-\U0010ffff]")
# RE2 may know an older or a newer Unicode: each sign beyond ASCII that is no letter may be a digit.
_BULK_SIGNS = "".join(rf"\x{{{ord(sign):X}}}" for sign in _SIGNS)
_BULK_BEYOND = rf"[^\x00-\x7F\pL]|[{_BULK_SIGNS}]"

# With three letters a number is one in letters, and the x is a digit of it; a number of the most
# digits is not longer than that. Other letters stand in the label of an extension.
_X_BETWEEN = rf"[{_PLAIN}0-9]{{0,150}}"
_LETTERS_SOURCE = rf"[xX]{_X_BETWEEN}[xX]{_X_BETWEEN}[xX]"
_LETTERS = re.compile(_LETTERS_SOURCE)
_LABEL = r"[ \t,]*(?:[eE]?[xX][tT]|[iI][nN][tT]|[aA][nN][eE][xX][oO])"
# Up to two digits before the letter are no number, so that it is punctuation after all; as the
# label of an extension it may stand far off.
_FAR = rf"(?:{_GAP}[0-9])? *[xX~][.]?[ -]*[0-9]"


def _narrow(sizes: Mapping[str, int]) -> re.Pattern[str]:
    """For ``re``, which is quick at finding one of a few characters, then looks around it."""
    begun = "|".join(f"(?<=[{first}]){rest}" for first, rest in _ways(sizes))
    return re.compile(
        rf"[0-9+](?:(?<=[0-9])(?:(?<![0-9][0-9])(?:{begun}|{_FAR})|{_LABEL})"
        rf"|(?<=\+){_GAP}[0-9]{_more(least_abroad() - 1)})"
    )


def _bulk_narrow(sizes: Mapping[str, int]) -> str:
    begun = "|".join(f"[{first}]{rest}" for first, rest in _ways(sizes))
    return "|".join(
        (
            rf"(?:^|[^0-9])(?:{begun}|[0-9]{_FAR})",
            rf"[0-9]{_LABEL}",
            rf"\+{_GAP}[0-9]{_more(least_abroad() - 1)}",
            _LETTERS_SOURCE,
        )
    )


def _ways(sizes: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Yield first digits that go on alike, and the expression for what follows them."""
    following: dict[str, dict[int, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for begun, size in sorted(sizes.items()):
        seconds = following[begun[0]][size]
        seconds[begun[1]] = seconds.get(begun[1], "") + begun[2]
    firsts: dict[str, str] = defaultdict(str)
    for first, by_size in following.items():
        ways = (f"(?:{_both(seconds)}){_more(size - _BEGUN)}" for size, seconds in by_size.items())
        firsts["|".join(ways)] += first
    for rest, first in firsts.items():
        yield first, f"(?:{rest})"


def _both(seconds: Mapping[str, str]) -> str:
    """Return an expression for the second and the third digit, given the thirds by second."""
    alike: dict[str, str] = defaultdict(str)
    for second, third in seconds.items():
        alike[third] += second
    return "|".join(f"{_GAP}[{second}]{_GAP}[{third}]" for third, second in alike.items())


def _more(digits: int) -> str:
    return f"(?:{_GAP}[0-9]){{{digits}}}"


def _wide(least: int) -> re.Pattern[str]:
    """For texts with other digits: enough of them, or an extension."""
    more = rf"(?:[{_VALID_PUNCTUATION}]{{0,4}}[\dx]){{{least - 1}}}"
    return re.compile(rf"[\dx]{more}|\d(?:{_EXTN_PATTERNS_FOR_MATCHING})", _REGEX_FLAGS)


def _bulk_wide(least: int) -> str:
    beyond = r"\x{80}-\x{10FFFF}"
    digit = r"(?:[0-9xX]|[^\x00-\x7F\pL])"
    gap = rf"[{_PLAIN}{beyond}]{{0,4}}"
    label = rf"(?:[a-zA-Z{beyond}]{{1,12}}|[#~;]|;ext=)"
    label = rf"[ \t,{beyond}]*{label}[:.{beyond}]?[ \t,\-{beyond}]*"
    return (
        rf"{digit}(?:{gap}{digit}){{{least - 1}}}|{digit}(?:{label}|[- ]+{digit}{{0,5}}){digit}#?"
    )
