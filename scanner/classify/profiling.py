"""Profile the values of a field: lengths, shares and shapes, no value kept."""

import re

from scanner.classify.evidence import Profile
from scanner.model import Values

_NUMERIC = re.compile(r"[+-]?\d+")
_DECIMAL = re.compile(r"[+-]?\d*[.,]\d+(?:[eE][+-]?\d+)?")
_DATE = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))"
    r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp][Mm])?)?"
    r"(?:Z|\s?[+-]\d{2}:?\d{2}|\sUTC)?"
)
_JSON = re.compile(r"\s*(?:\{.*\}|\[.*\])\s*", re.S)
_CODE = re.compile(r"[A-Z0-9]{1,3}")
_NAME_SIGNS = re.compile(r"[\s.,'’`\-()&/]+")
# Test data numbers its people: "Marie218 Dupont77".
_NUMBERED = re.compile(r"\b([^\W\d_]{3,})\d{1,4}\b")
_SENTENCE = re.compile(r"[a-zà-ÿ]{2,}[.!?;:,]\s|[a-zà-ÿ][.!?]$")
_MOST = 2000  # distinct values looked at; more do not change a share that matters


def _reads_like_prose(text: str) -> bool:
    """Tell whether a value reads like a sentence: several lower-case words in a row."""
    words = text.split()
    if len(words) < 5:
        return False
    lower = sum(1 for word in words if word[:1].islower() and word.isalpha())
    if _SENTENCE.search(text):
        return lower >= 3 and lower * 3 >= len(words)
    return lower >= 4 and lower * 2 >= len(words)


def _degrees(text: str) -> tuple[bool, bool]:
    """Tell whether a number lies within degrees and whether it has a fraction."""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return False, False
    return -180.0 <= number <= 180.0, number != int(number) if abs(number) < 1e9 else False


def _flags(text: str) -> tuple[bool, ...]:
    """Return the yes-or-no shapes of a value, in the order of the fields of Profile."""
    bare = text.strip()
    numeric = bool(_NUMERIC.fullmatch(bare))
    has_digit = any(char.isdigit() for char in bare)
    has_letter = any(char.isalpha() for char in bare)
    return (
        has_letter and _NAME_SIGNS.sub("", _NUMBERED.sub(r"\1", bare)).isalpha(),
        numeric,
        not numeric and bool(_DECIMAL.fullmatch(bare)),
        bare[:1].isupper(),
        has_letter and has_digit,
        bool(bare) and not any(char.isspace() for char in bare),
        _reads_like_prose(bare),
        bool(_DATE.fullmatch(bare)),
        bare[:1] in "{[" and bool(_JSON.fullmatch(bare)),
        bool(_CODE.fullmatch(bare)),
    )


_NAMES = (
    "alphabetic",
    "numeric",
    "decimal",
    "titled",
    "mixed",
    "single",
    "prose",
    "dates",
    "json",
    "codes",
)


def profile(values: Values) -> Profile:
    """Profile a field; at most 2,000 distinct values are looked at, spread over all."""
    total = len(values.values)
    if not total:
        return Profile(nulls=values.nulls)
    step = max(1, -(-total // _MOST))
    picked = range(0, total, step)
    sums = [0.0] * len(_NAMES)
    chars = letters = digits = spaces = word_count = cells = 0
    lengths: set[int] = set()
    in_degrees, fraction = True, False
    for index in picked:
        whole, count = values.values[index], int(values.counts[index])
        text = whole[:2000]
        cells += count
        lengths.add(len(whole))
        chars += len(text) * count
        letters += sum(map(str.isalpha, text)) * count
        digits += sum(map(str.isdigit, text)) * count
        spaces += sum(map(str.isspace, text)) * count
        word_count += len(text.split()) * count
        flags = _flags(text)
        for at, flag in enumerate(flags):
            if flag:
                sums[at] += count
        if flags[1] or flags[2]:
            inside, part = _degrees(text)
            in_degrees, fraction = in_degrees and inside, fraction or part
        else:
            in_degrees = False
    shares = {name: sums[at] / cells for at, name in enumerate(_NAMES)}
    return Profile(
        examined=values.examined or cells,
        nulls=values.nulls,
        distinct=total,
        shortest=min(lengths),
        longest=max(lengths),
        mean=chars / cells,
        words=word_count / cells,
        letters=letters / chars if chars else 0.0,
        digits=digits / chars if chars else 0.0,
        spaces=spaces / chars if chars else 0.0,
        uniform=len(lengths) == 1,
        within_degrees=in_degrees and fraction,
        **shares,
    )
