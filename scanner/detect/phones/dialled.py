"""What digits mean when they are dialled in a region, and whether they are a valid number there.

This follows ``phonenumbers.parse`` and the check of leniency 1 for candidates of nothing but digits
and separators, in the order in which they decide; what is rare is left to the library.
"""

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE
from phonenumbers.phonenumberutil import country_code_for_valid_region

from scanner.detect.phones.plan import area, least_abroad, lengths, main_area, not_, valid
from scanner.detect.phones.wild import ANY, Answer, UndecidedError, both

_CODE = 3  # digits of the longest country code


def international(number: str) -> Answer:
    """Tell whether the digits behind ``+`` or an exit code are a valid number.

    Raise UndecidedError.
    """
    if len(number) < least_abroad() or number[0] == "0":
        return False
    for size in range(1, min(len(number), _CODE) + 1):
        if ANY in number[:size]:
            raise UndecidedError
        code = int(number[:size])
        if code in COUNTRY_CODE_TO_REGION_CODE:
            meant = main_area(code).national(number[size:])
            return False if meant is None else valid(code, meant)
    return False


def with_plus(number: str) -> Answer:
    """Tell whether the digits behind a plus sign are a number, from anywhere.

    Without a known country code the library reads them again as dialled in its region: None.
    """
    if len(number) < least_abroad():
        return False
    try:
        found = any(
            number[:size].isdigit() and int(number[:size]) in COUNTRY_CODE_TO_REGION_CODE
            for size in range(1, _CODE + 1)
        )
        return international(number) if found and number[0] != "0" else None
    except UndecidedError:
        return None


class Dialled:
    """Digits dialled in one region."""

    def __init__(self, region: str) -> None:
        self._code = country_code_for_valid_region(region)
        self._area = area(self._code, region)
        self._main = main_area(self._code)
        # The fewest digits of a number of the region's own country, when dialled here.
        self._least = min(lengths(self._code)) - self._area.added - self._main.added

    @property
    def least(self) -> int:
        """The fewest digits that a number dialled here can have."""
        return max(3, min(self._least, least_abroad()))

    def accepts(self, number: str) -> Answer:
        """Tell whether digits, whole or known in part, are a valid number; None: unknown."""
        try:
            return self._accepts(number)
        except UndecidedError:
            return None

    def _accepts(self, number: str) -> Answer:
        if len(number) <= least_abroad() and self._home(number) is False:
            return False  # too short for an exit code with a number
        match = self._area.exit.prefix(number) if self._area.exit else None
        if match:
            behind = number[match.end() :]
            if behind[:1] == ANY:
                raise UndecidedError
            if behind[:1] != "0":
                return international(behind)
        return self._home(number)

    def _home(self, number: str) -> Answer:
        """Tell whether digits without exit code are a valid number of the region's country."""
        if len(number) < self._least:
            return False
        code = str(self._code)
        begun = number[: len(code)].rstrip(ANY)
        if not begun or not code.startswith(begun):
            return self._national(number)
        taken, found = self._coded(number, surely_code=begun == code)
        if taken is None:
            # With fewer digits than that, what follows the code is no number however it is read.
            short = len(number) < len(code) + self._least
            return False if short and self._national(number) is False else None
        return found if taken else self._national(number)

    def _coded(self, number: str, surely_code: bool) -> tuple[Answer, Answer]:
        """Return whether the region's own country code is taken off, and what follows is valid."""
        if not surely_code:
            return None, None
        try:
            bare = self._area.strip(number[len(str(self._code)) :])[0]
            better = both(not_(self._area.described(number)), self._area.described(bare))
            if self._area.too_long(number):
                better = True
            if not better:
                return better, None
            meant = self._main.national(bare)
            return True, False if meant is None else valid(self._code, meant)
        except UndecidedError:
            return None, None

    def _national(self, number: str) -> Answer:
        """Tell whether digits without exit and country code are a valid number."""
        meant = self._area.national(number)
        if meant is None:
            return False
        found = valid(self._code, meant)
        return found and both(found, self._written(number, meant))

    def _written(self, number: str, meant: str) -> bool:
        """Tell whether the national prefix is there if the number is never written without."""
        needs: set[bool] = set()
        for style in self._main.styles:
            fits = style.fits(meant)
            if fits is not False:
                needs.add(style.needs)
            if fits:
                break
        else:
            needs.add(False)
        if needs == {False} or self._main.strip(number)[1]:
            return True
        if len(needs) > 1:
            raise UndecidedError
        return False
