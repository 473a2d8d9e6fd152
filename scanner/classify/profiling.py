"""Profile the values of a field: lengths, shares and shapes, no value kept."""

import re
from dataclasses import dataclass, field

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
_READ = 2000  # characters of one value
_MOST = 2000  # distinct values looked at; more do not change a share that matters


def _reads_like_prose(text: str) -> bool:
    """Tell whether a value reads like a sentence: several lower-case words in a row."""
    words = text.split()
    if len(words) < 5:
        return False
    lower = sum(1 for word in words if word[:1].islower() and word.rstrip(".,;:!?").isalpha())
    least = 3 if _SENTENCE.search(text) else 4
    return lower >= least and lower * 2 >= len(words)


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
        bool(_VEIL.fullmatch(bare)),
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
    "veiled",
    "codes",
)


@dataclass(slots=True)
class _Sums:
    """Running sums over the values of a field, weighted by their counts."""

    cells: int = 0
    chars: int = 0
    letters: int = 0
    digits: int = 0
    spaces: int = 0
    words: int = 0
    shapes: list[int] = field(default_factory=lambda: [0] * len(_NAMES))
    lengths: set[int] = field(default_factory=set)
    in_degrees: bool = True
    fraction: bool = False

    def add(self, whole: str, count: int) -> None:
        """Add one distinct value."""
        text = whole[:_READ]
        self.cells += count
        self.lengths.add(len(whole))
        self.chars += len(text) * count
        self.letters += sum(map(str.isalpha, text)) * count
        self.digits += sum(map(str.isdigit, text)) * count
        self.spaces += sum(map(str.isspace, text)) * count
        self.words += len(text.split()) * count
        shapes = dict(zip(_NAMES, _flags(text), strict=True))
        self.shapes = [
            total + count * shape for total, shape in zip(self.shapes, shapes.values(), strict=True)
        ]
        inside, part = _degrees(text) if shapes["numeric"] or shapes["decimal"] else (False, False)
        self.in_degrees = self.in_degrees and inside
        self.fraction = self.fraction or part


def profile(values: Values) -> Profile:
    """Profile a field; at most 2,000 distinct values are looked at, spread over all."""
    total = len(values.values)
    if not total:
        return Profile(nulls=values.nulls)
    sums = _Sums()
    for index in range(0, total, max(1, -(-total // _MOST))):
        sums.add(values.values[index], int(values.counts[index]))
    cells, chars = sums.cells, max(sums.chars, 1)
    return Profile(
        examined=values.examined or cells,
        nulls=values.nulls,
        distinct=total,
        shortest=min(sums.lengths),
        longest=max(sums.lengths),
        mean=sums.chars / cells,
        words=sums.words / cells,
        letters=sums.letters / chars,
        digits=sums.digits / chars,
        spaces=sums.spaces / chars,
        uniform=len(sums.lengths) == 1,
        within_degrees=sums.in_degrees and sums.fraction,
        **{name: count / cells for name, count in zip(_NAMES, sums.shapes, strict=True)},
    )
