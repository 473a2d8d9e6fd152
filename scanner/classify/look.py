"""How one value looks: its signs counted by class, and the yes-or-no shapes of a profile."""

import re

_NUMERIC = re.compile(r"[+-]?\d+")
_DECIMAL = re.compile(r"[+-]?\d*[.,]\d+(?:[eE][+-]?\d+)?")
_DATE = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))"
    r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp][Mm])?)?"
    r"(?:Z|\s?[+-]\d{2}:?\d{2}|\sUTC)?"
)
_JSON = re.compile(r"\s*(?:\{.*\}|\[.*\])\s*", re.S)
_VEIL = re.compile(
    r"[\[<({]*(?:redacted|masked|hidden|removed|filtered|scrubbed|none|null|nil|undefined|n/a"
    r"|[*x•.#-]{3,})[\]>)}]*",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Z0-9]{1,3}")
_NAME_SIGNS = re.compile(r"[\s.,'’`\-()&/]+")
# Test data numbers its people: "Marie218 Dupont77".
_NUMBERED = re.compile(r"\b([^\W\d_]{3,})\d{1,4}\b")
_SENTENCE = re.compile(r"[a-zà-ÿ]{2,}[.!?;:,]\s|[a-zà-ÿ][.!?]$")
_KEPT = 0x3000  # classes of signs above are worked out each time

# The order of what `look` returns.
SUMS = ("chars", "letters", "digits", "spaces", "words")
SHAPES = (
    "alphabetic",
    "numeric",
    "decimal",
    "titled",
    "mixed",
    "single",
    "prose",
    "dates",
    "json",
    "veiled",
    "codes",
)
DEGREES = ("number", "outside", "fraction")  # a number, one outside [-180, 180], one with a part
Look = tuple[int, ...]


class _Classes(dict[int, str]):
    """Classes of signs: a letter, 9 digit, blank, and - for what stands in names of persons."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        if sign.isalpha():
            found = "a"
        elif sign.isdigit():
            found = "9"
        elif sign.isspace():
            found = " "
        else:
            found = "-" if _NAME_SIGNS.match(sign) else "?"
        if code < _KEPT:
            self[code] = found
        return found


_CLASSES = _Classes()
_ASCII = "".join(_CLASSES[code] for code in range(128)).ljust(256, "?").encode()


def _classes(text: str) -> str:
    """Return the class of each sign; plain ASCII takes the quick way."""
    if text.isascii():
        return text.encode().translate(_ASCII).decode()
    return text.translate(_CLASSES)


def look(text: str) -> Look:
    """Return the numbers of :data:`SUMS`, then 0 or 1 for each of SHAPES and of DEGREES."""
    signs = _classes(text)
    letters, digits, spaces = signs.count("a"), signs.count("9"), signs.count(" ")
    words = text.split() if spaces else ()
    many = len(words) if spaces else bool(text)
    bare = text.strip() if spaces else text
    blanks = spaces and (signs.strip(" ").count(" "))
    numeric = bool(digits) and not letters and _NUMERIC.fullmatch(bare) is not None
    decimal = bool(digits) and letters < 2 and not numeric and _DECIMAL.fullmatch(bare) is not None
    shapes = (
        bool(letters) and _alphabetic(bare, signs, letters, digits, spaces),
        numeric,
        decimal,
        bare[:1].isupper(),
        bool(letters) and bool(digits),
        bool(bare) and not blanks,
        many >= 5 and _reads_like_prose(bare, words),
        digits >= 4 and _DATE.fullmatch(bare) is not None,
        bare[:1] in ("{", "[") and _JSON.fullmatch(bare) is not None,
        _VEIL.fullmatch(bare) is not None,
        len(bare) <= 3 and _CODE.fullmatch(bare) is not None,
    )
    degrees = _degrees(bare) if numeric or decimal else (False, True, False)
    return (len(text), letters, digits, spaces, many, *shapes, *degrees)


def _alphabetic(bare: str, signs: str, letters: int, digits: int, spaces: int) -> bool:
    """Tell whether a value is letters and what stands in names of persons."""
    if digits:
        # What is removed are name signs, and at most four digits after at least three letters.
        if digits * 3 > letters * 4 or "?" in signs:
            return False
        return _NAME_SIGNS.sub("", _NUMBERED.sub(r"\1", bare)).isalpha()
    return letters + spaces + signs.count("-") == len(signs)


def _reads_like_prose(text: str, words: "list[str] | tuple[str, ...]") -> bool:
    """Tell whether a value reads like a sentence: several lower-case words in a row."""
    lower = sum(1 for word in words if word[0].islower() and word.rstrip(".,;:!?").isalpha())
    if lower < 3 or lower * 2 < len(words):
        return False
    return lower > 3 or _SENTENCE.search(text) is not None


def _degrees(text: str) -> tuple[bool, bool, bool]:
    """Tell of a number that it is one, whether it lies outside degrees, and has a fraction."""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return True, True, False
    inside = -180.0 <= number <= 180.0
    return True, not inside, abs(number) < 1e9 and number != int(number)
