"""Texts around telephone numbers: true ones, changed ones, and what only looks like them."""

import random

import phonenumbers
from phonenumbers import PhoneNumberFormat

from benchmarks.columns import words

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
CODES = sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE)
_FORMS = (PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.E164)
_BEGINNINGS = words("011 00 0011 010 + ++ 0 1 8~10 810 9 99 0012 119 001 009 0014")
_SIGNS = [
    "",
    " ",
    "-",
    ".",
    "/",
    "(",
    ")",
    "  ",
    " - ",
    "x",
    "xx",
    "X",
    "+",
    "~",
    "[",
    "]",
    "\u00a0",
]
_SIGNS += [
    "\u2013",
    "\u200b",
    "\uff08",
    "ー",
    "\uff0d",
    "%",
    "$",
    "a",
    "é",
    "\u0301",
    ",",
    ";",
    "#",
    ":",
]
_LABELS = [" ext. ", " x", "x", " extension ", "#", " int ", ";ext=", " anexo ", "~", " - ", " ext"]
_LABELS += [
    "доб",
    " EXT ",
    "xt",
    "/x",
    " / x302/x",
    "\u0131nt",
    "exten\u017fion",
    "     x",
    ",ext.",
]
_BETWEEN = [" ", ", ", "/", " / ", "; ", " - ", "\n", ".", " x", "(", "  ", " 8:00 ", "\u2014"]
_AROUND = ["a", "é", "漢", "1", "$", "%", "€", "x", "-", "(", ")", ":30", " 12(3): 211-227 (2003)"]
_AROUND += ["2012-01-02 08", " 2012-01-02 08:00", "3/10/2011 ", "no ", "/", "\u0301", "1\u00b2"]
_WIDE = [str.maketrans("0123456789", digits) for digits in ("０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩")]


def digits(rng: random.Random, least: int, most: int) -> str:
    """Make a series of digits."""
    return "".join(rng.choices("0123456789", k=rng.randint(least, most)))


def national(rng: random.Random, region: str) -> phonenumbers.PhoneNumber:
    """Return a valid number of a region, of some sort."""
    for _ in range(3):
        found = phonenumbers.example_number_for_type(region, rng.randrange(11))
        if found:
            return found
    return phonenumbers.example_number(region)


def dialled(rng: random.Random, regions: list[str]) -> str:
    """Make a number as it might be dialled or written, of one of the regions or of any."""
    number = national(rng, rng.choice(regions if rng.random() < 0.6 else REGIONS))
    bare = phonenumbers.national_significant_number(number)
    way = rng.random()
    if way < 0.5:
        return phonenumbers.format_number(number, rng.choice(_FORMS))
    if way < 0.6:
        return phonenumbers.format_out_of_country_calling_number(number, rng.choice(regions))
    if way < 0.7:
        return rng.choice((str(number.country_code), "")) + bare
    if way < 0.9:
        return (
            rng.choice(_BEGINNINGS) + rng.choice(("", str(rng.choice(CODES)))) + digits(rng, 1, 13)
        )
    return digits(rng, 3, 24)


def changed(rng: random.Random, text: str) -> str:
    """Replace a few signs, perhaps all digits by those of another script."""
    signs = list(text)
    for _ in range(rng.choice((0, 0, 1, 2, 4))):
        at, way = rng.randrange(len(signs) + 1), rng.random()
        if way < 0.5:
            signs[at : at + 1] = rng.choice("0123456789")
        elif way < 0.8:
            signs[at : at + rng.randint(0, 2)] = rng.choice(_SIGNS)
        elif way < 0.85:
            signs[at : at + 1] = rng.choice("٣３߄𝟙೯²½")
    text = "".join(signs)
    return text.translate(rng.choice(_WIDE)) if rng.random() < 0.1 else text


def phone_text(rng: random.Random, regions: list[str]) -> str:
    """Make a text with one number or a few, extensions, brackets and neighbours."""
    numbers = []
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        number = changed(rng, dialled(rng, regions))
        if rng.random() < 0.2:
            number += rng.choice(_LABELS) + digits(rng, 0, 8) + rng.choice(("", "#", "x4"))
        if rng.random() < 0.1:
            number = rng.choice(("(", "+(", "((", "+ (", "tel:", "++", "[")) + number
        numbers.append(number)
    text = rng.choice(_BETWEEN).join(numbers)
    before = rng.choice(_AROUND) if rng.random() < 0.25 else ""
    return before + text + (rng.choice(_AROUND) if rng.random() < 0.25 else "")
