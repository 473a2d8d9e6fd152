"""Checks of numbers that python-stdnum does not know; each takes a text and tells if it passes."""

import re
from collections.abc import Sequence


def _digits(text: str, size: int) -> list[int]:
    """Return the digits of a text; none when there are more or fewer than ``size``."""
    found = [int(sign) for sign in re.findall("[0-9]", text)]
    return found if len(found) == size else []


def _weighted(digits: Sequence[int], weights: Sequence[int]) -> int:
    return sum(one * two for one, two in zip(digits, weights, strict=False))


def _day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31


def hu_tax(text: str) -> bool:
    """Check a Hungarian tax identifier of a person: ten digits, the first an 8."""
    digits = _digits(text, 10)
    return digits[:1] == [8] and _weighted(digits, range(1, 10)) % 11 == digits[9]


def hu_taj(text: str) -> bool:
    """Check a Hungarian social security number: nine digits, weights 3 and 7."""
    digits = _digits(text, 9)
    return any(digits) and _weighted(digits, (3, 7) * 4) % 10 == digits[8]


def hu_person(text: str) -> bool:
    """Check a Hungarian personal number: sex, day of birth, serial, check digit."""
    digits = _digits(text, 11)
    if not digits or not 1 <= digits[0] <= 8:
        return False
    if not _day(digits[3] * 10 + digits[4], digits[5] * 10 + digits[6]):
        return False
    up, down = range(1, 11), range(10, 0, -1)  # the weights turned round in 1997
    return any(_weighted(digits, weights) % 11 == digits[10] for weights in (up, down))


def luxembourg(text: str) -> bool:
    """Check a Luxembourg identification number: a day, a serial, Luhn's digit and Verhoeff's."""
    from stdnum import luhn, verhoeff

    digits = _digits(text, 13)
    if not digits or not _day(digits[4] * 10 + digits[5], digits[6] * 10 + digits[7]):
        return False
    plain = "".join(map(str, digits))
    if not 1840 <= int(plain[:4]) <= 2100:
        return False
    return bool(luhn.is_valid(plain[:12]) and verhoeff.is_valid(plain[:11] + plain[12]))


def snils(text: str) -> bool:
    """Check a Russian insurance number: nine digits and their weighted sum modulo 101."""
    digits = _digits(text, 11)
    if not any(digits):
        return False
    return _weighted(digits, range(9, 0, -1)) % 101 % 100 == digits[9] * 10 + digits[10]


def hong_kong(text: str) -> bool:
    """Check a Hong Kong identity card: one or two letters, six digits, a check digit."""
    found = re.fullmatch(r"([A-Z]{1,2})([0-9]{6})\W{0,2}([0-9A])\)?", text.upper())
    if found is None:
        return False
    signs = found[1].rjust(2) + found[2]
    # A blank counts 36, A counts 10; weights 9 down to 2.
    values = [36 if sign == " " else int(sign, 36) for sign in signs]
    check = 10 if found[3] == "A" else int(found[3])
    return (_weighted(values, range(9, 1, -1)) + check) % 11 == 0


_PROVINCES = "ABCDEFGHJKLMNPQRSTUVXYWZIO"  # their letters in the order of their numbers, from 10


def taiwan(text: str) -> bool:
    """Check a Taiwanese identity number: a letter, sex or residence, and eight digits."""
    found = re.fullmatch(r"([A-Z])([1289][0-9]{8})", text.upper())
    if found is None:
        return False
    number = _PROVINCES.index(found[1]) + 10
    digits = [number // 10, number % 10, *map(int, found[2])]
    return _weighted(digits, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)) % 10 == 0


def imei(text: str) -> bool:
    """Check an IMEI: fifteen digits that pass Luhn's sum."""
    from stdnum import luhn

    digits = re.sub(r"[^0-9]", "", text)
    return len(digits) == 15 and len(set(digits[2:])) > 2 and bool(luhn.is_valid(digits))


def nino(text: str) -> bool:
    """Check a British insurance number: its letters are of those that are given out."""
    bare = re.sub(r"[\s./-]", "", text).upper()
    return (
        re.fullmatch(r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]", bare)
        is not None
    )
