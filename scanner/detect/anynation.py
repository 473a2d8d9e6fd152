"""National numbers of any country, in a field whose name asks for one.

Which country's numbers a field holds may be unknown. When nearly all of its values pass the check
of one kind of number, that is the kind: so many would not pass by chance.
"""

from collections.abc import Sequence

from scanner.classify.scale import CHECKED, LOOSE_CHECKS
from scanner.classify.words import bag
from scanner.detect.numerals import NUMBERS, Number
from scanner.taxonomy import taxonomy

ENTITY = "NATIONAL_NUMBER"
_TRIED, _LOOKED = 40, 100  # values on which all kinds are tried, and from which they are taken
_NEARLY = 0.9
# Of random numbers of a form one in ten passes a loose check, and there are thirty such checks.
_LEAST_STRICT, _LEAST_LOOSE = 3, 6
_DIGITS = frozenset("0123456789")
_LEAST_UNNAMED = 10  # where no name asks for a number, and strict checks only
_MOST_SIGNS, _LEAST_DIGITS = 22, 4
_DISTINCT = frozenset({"US_SSN"})  # no check digit, but nothing else has the form
_NAMED_ONLY = frozenset({"UK_NINO"})  # nothing but a form
# Loose as Presidio checks them; stdnum looks at the day of birth or a second digit, too.
STRICTER = bag(
    """DE_TAX_ID IT_VAT_CODE KR_RRN PL_PESEL SE_PERSONNUMMER TR_NATIONAL_ID ZA_ID_NUMBER"""
)


def any_nation(values: Sequence[str], hinted: frozenset[str]) -> tuple[Number, list[int]] | None:
    """Return the kind of number that the distinct values are, and the indexes of those that pass.

    None when there are too few, or too many of them pass no check. ``hinted`` are the entities that
    the field's name speaks of: numbers of organisations are tried only where it asks for such.
    """
    texts = [value.strip() for value in values]
    real = [text for text in texts[:_LOOKED] if _varied(text)]
    if len(real) < max(_LEAST_STRICT, min(len(texts), _LOOKED) // 2):
        return None
    return _first([row for row in _rows(len(real)) if _asked(row, hinted)], real, texts)


def some_nation(values: Sequence[str]) -> tuple[Number, list[int]] | None:
    """Return the same for a field whose name does not ask for a number.

    Only strict checks count there, and at least ten values: hardly one number in forty passes by
    chance.
    """
    texts = [value.strip() for value in values]
    if len(texts) < _LEAST_UNNAMED or not all(map(_like_number, texts[:_LEAST_STRICT])):
        return None
    real = [text for text in texts[:_LOOKED] if _varied(text)]
    if len(real) < max(_LEAST_UNNAMED, _NEARLY * min(len(texts), _LOOKED)):
        return None
    strict = (CHECKED | STRICTER) - _NAMED_ONLY
    return _first([row for row in NUMBERS if row.entity in strict], real, texts)


def _like_number(text: str) -> bool:
    """Tell whether a text has about as many signs as a number has."""
    return len(text) <= _MOST_SIGNS and sum(map(str.isdigit, text)) >= _LEAST_DIGITS


def _first(
    rows: Sequence[Number], real: Sequence[str], texts: Sequence[str]
) -> tuple[Number, list[int]] | None:
    """Return the first kind that nearly all texts are; ``real`` are those that tell something."""
    for row in [row for row in rows if _passes(row, real[:_TRIED])]:
        found = [at for at, text in enumerate(texts) if row.written(text) and row.valid(text)]
        if len(found) >= _NEARLY * len(texts):
            return row, found
    return None


def _varied(text: str) -> bool:
    """Tell whether a number is not one digit over and over: such pass many checks by their form."""
    return len(set(text) & _DIGITS) > 2


def _asked(row: Number, hinted: frozenset[str]) -> bool:
    """Tell whether a field asks for a kind: persons' always, organisations' by name or for tax."""
    categories = taxonomy().categories
    companies = frozenset(categories["organisation_identifier"].entities)
    taxes = frozenset(categories["tax_identifier"].entities) - {ENTITY}
    return row.entity not in companies or row.entity in hinted or bool(hinted & taxes)


def _rows(size: int) -> list[Number]:
    """Return the kinds that ``size`` values can prove, the strict checks first."""
    rows = [row for row in NUMBERS if row.entity in CHECKED | STRICTER | _DISTINCT]
    if size >= _LEAST_LOOSE:
        rows += [row for row in NUMBERS if row.entity in LOOSE_CHECKS - STRICTER]
    return rows


def _passes(row: Number, texts: Sequence[str]) -> bool:
    """Tell whether nearly all of some texts pass, giving up as soon as too few can."""
    left = len(texts) - _NEARLY * len(texts)
    for text in texts:
        if not (row.written(text) and row.valid(text)):
            left -= 1
            if left < 0:
                return False
    return True
