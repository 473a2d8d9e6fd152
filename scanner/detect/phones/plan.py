"""Numbering plans: what the metadata of ``phonenumbers`` says of a country or a part of it."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata
from phonenumbers.phonemetadata import NumberFormat, PhoneNumberDesc
from phonenumbers.phonenumberutil import (
    ValidationResult,
    _formatting_rule_has_first_group_only,
    _test_number_length,
)

from scanner.detect.phones.wild import (
    Answer,
    Expression,
    UndecidedError,
    both,
    expression,
    some,
    surely,
)

_TYPES = (
    "fixed_line",
    "mobile",
    "premium_rate",
    "toll_free",
    "shared_cost",
    "voip",
    "personal_number",
    "pager",
    "uan",
    "voicemail",
)
LONGEST = 17  # digits of a national number
_LENGTHS = 64  # digits, more than any number asked about
_UNSTRIPPED = frozenset(
    {
        ValidationResult.TOO_SHORT,
        ValidationResult.IS_POSSIBLE_LOCAL_ONLY,
        ValidationResult.INVALID_LENGTH,
    }
)


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of numbers: of mobiles, of one price, or all. ``lengths``: empty for any."""

    numbers: Expression
    lengths: frozenset[int]

    @classmethod
    def of(cls, described: PhoneNumberDesc | None) -> "Sort | None":
        """Return the sort that metadata describes; None: there are no such numbers."""
        if described is None or not described.national_number_pattern:
            return None
        lengths = frozenset(described.possible_length)
        return cls(expression(described.national_number_pattern), lengths)

    def holds(self, number: str) -> Answer:
        """Tell whether a national number is of this sort."""
        if self.lengths and len(number) not in self.lengths:
            return False
        return self.numbers.full(number)


@dataclass(frozen=True, slots=True)
class Style:
    """How some numbers are written. ``needs``: with the national prefix, always."""

    leading: Expression | None
    numbers: Expression
    needs: bool

    @classmethod
    def of(cls, form: NumberFormat) -> "Style":
        """Return the style that metadata describes."""
        rule = form.national_prefix_formatting_rule
        optional = form.national_prefix_optional_when_formatting
        needs = bool(rule) and not optional and not _formatting_rule_has_first_group_only(rule)
        leading = (
            expression(form.leading_digits_pattern[-1]) if form.leading_digits_pattern else None
        )
        return cls(leading, expression(form.pattern), needs)

    def fits(self, number: str) -> Answer:
        """Tell whether a national number is written like this."""
        first = self.leading.starts(number) if self.leading else True
        return both(first, self.numbers.full(number))


class Area:
    """The numbering plan of a region, such as ``US`` or ``001`` for a plan without place.

    Questions take national numbers, whole or known in part (see ``wild``).
    """

    def __init__(self, code: int, region: str) -> None:
        data = PhoneMetadata.metadata_for_region_or_calling_code(code, region)
        if data is None:
            raise LookupError(f"phonenumbers knows no numbering plan of {region} with +{code}.")
        self.code = code
        self.leading = expression(data.leading_digits) if data.leading_digits is not None else None
        self.exit = expression(data.international_prefix) if data.international_prefix else None
        self.styles = tuple(Style.of(form) for form in data.number_format)
        self._general = Sort.of(data.general_desc)
        names = _TYPES[:1] + _TYPES[2:] if data.same_mobile_and_fixed_line_pattern else _TYPES
        sorts = dict.fromkeys(Sort.of(getattr(data, name)) for name in names)
        self._sorts = tuple(sort for sort in sorts if sort is not None)
        prefix = data.national_prefix_for_parsing
        self._prefix = expression(prefix) if prefix else None
        self._rule = data.national_prefix_transform_rule or ""
        results = [_test_number_length("0" * size, data) for size in range(_LENGTHS)]
        self._stripped = tuple(result not in _UNSTRIPPED for result in results)
        self._long = tuple(result == ValidationResult.TOO_LONG for result in results)

    def too_long(self, number: str) -> bool:
        """Tell whether no number of the plan is as long."""
        return self._long[len(number)]

    def described(self, number: str) -> Answer:
        """Tell whether a number has the general shape of the plan, whatever its length."""
        return self._general.numbers.full(number) if self._general else False

    def valid(self, number: str) -> Answer:
        """Tell whether a number is of one of the sorts that are in use."""
        general = self._general.holds(number) if self._general else False
        if general is False:
            return False
        return both(general, some(sort.holds(number) for sort in self._sorts))

    def strip(self, number: str) -> tuple[str, bool]:
        """Return the number without its national prefix, and whether one was there.

        Raise UndecidedError, also where the plan rewrites the number: that is left to the library.
        """
        match = self._prefix.prefix(number) if self._prefix and number else None
        if match is None:
            return number, False
        if self._rule and match.groups()[-1] is not None:
            raise UndecidedError
        rest = number[match.end() :]
        lost = both(self.described(number), not_(self.described(rest)))
        return (number, False) if surely(lost) else (rest, True)

    def national(self, number: str) -> str | None:
        """Return the national number that is meant; None: it is too short or too long."""
        if len(number) < 2:
            return None
        bare = self.strip(number)[0]
        chosen = bare if self._stripped[len(bare)] else number
        return chosen if 2 <= len(chosen) <= LONGEST else None

    @property
    def added(self) -> int:
        """The most digits that rewriting a number adds to it."""
        return len(re.findall(r"(?<!\\)\d", self._rule))

    def lengths(self) -> Iterator[int]:
        """Yield the numbers of digits that valid national numbers have."""
        general = self._general.lengths if self._general else frozenset()
        for sort in self._sorts:
            sizes = sort.lengths or general or range(1, LONGEST + 1)
            yield from (size for size in sizes if size > 0)


def not_(answer: Answer) -> Answer:
    """Return the opposite answer."""
    return None if answer is None else not answer


@functools.cache
def area(code: int, region: str) -> Area:
    """Return the plan of a region with this country code."""
    return Area(code, region)


def main_area(code: int) -> Area:
    """Return the plan that speaks for a country code."""
    return area(code, COUNTRY_CODE_TO_REGION_CODE[code][0])


@functools.cache
def lengths(code: int) -> frozenset[int]:
    """Return the numbers of digits that valid national numbers of a country code have."""
    regions = COUNTRY_CODE_TO_REGION_CODE[code]
    return frozenset(size for region in regions for size in area(code, region).lengths())


@functools.cache
def least_abroad() -> int:
    """Return the fewest digits of a number with its country code, of any country."""
    codes = COUNTRY_CODE_TO_REGION_CODE
    return min(len(str(code)) + min(lengths(code)) - main_area(code).added for code in codes)


def valid(code: int, number: str) -> Answer:
    """Tell whether a national number of a country code is valid.

    The first region that the number belongs to decides: by its leading digits where the metadata
    has them, else by being valid there.
    """
    if len(number) not in lengths(code):
        return False
    regions = COUNTRY_CODE_TO_REGION_CODE[code]
    if len(regions) == 1:
        return area(code, regions[0]).valid(number)
    outcomes: set[Answer] = set()
    for region in regions:
        plan = area(code, region)
        here = plan.leading.starts(number) if plan.leading else plan.valid(number)
        if here is not False:
            outcomes.add(plan.valid(number) if plan.leading else True)
        if here:
            break
    else:
        outcomes.add(False)
    return outcomes.pop() if len(outcomes) == 1 else None
