"""Expressions over digits, asked about numbers of which only the beginning is known.

The verdict on a number mostly depends on its length and its first digits: what follows is "any
digit" in the numbering plan too. A number known in part is written with :data:`ANY` in the place of
each other digit, ``"0301??????"``, and answers are True (so for all numbers that begin like this
and are as long), False (for none of them) or None (it depends on the digits left out).
"""

import functools
import re
from collections.abc import Iterable

ANY = "?"
Answer = bool | None

# All that the numbering plans are written with; anything else is asked about whole numbers only.
_PART = re.compile(r"\\d|\[(?:\d(?:-\d)?|\\d)+\]|\{\d+(?:,\d*)?\}|\d|\(\?:|[()|?$]")


class UndecidedError(Exception):
    """The digits left out decide; inside this package alone."""


def surely(answer: Answer) -> bool:
    """Return an answer that does not depend on the digits left out, or raise UndecidedError."""
    if answer is None:
        raise UndecidedError
    return answer


def both(one: Answer, two: Answer) -> Answer:
    """Tell whether two answers are True."""
    if one is False or two is False:
        return False
    return None if one is None or two is None else True


def some(answers: Iterable[Answer]) -> Answer:
    """Tell whether one of the answers is True."""
    unknown = False
    for answer in answers:
        if answer:
            return True
        unknown = unknown or answer is None
    return None if unknown else False


class Expression:
    """An expression of a numbering plan.

    Two expressions are made of it: in ``_upper`` each digit may also be ``ANY``, in ``_lower`` only
    where the plan says "any digit". Without ``ANY`` in the number, both are the expression itself.
    """

    def __init__(self, source: str) -> None:
        self._source, self._parts = source, _PART.findall(source)
        self._partly = "".join(self._parts) == source

    @functools.cached_property
    def _upper(self) -> re.Pattern[str]:
        if not self._partly:
            return re.compile(self._source)
        return re.compile("".join(_widened(part) for part in self._parts))

    @functools.cached_property
    def _lower(self) -> re.Pattern[str]:
        if not self._partly:
            return re.compile(self._source)
        return re.compile("".join(rf"[\d{ANY}]" if part == r"\d" else part for part in self._parts))

    def full(self, number: str) -> Answer:
        """Tell whether the whole number matches."""
        if not self._partly and ANY in number:
            return None
        if not self._upper.fullmatch(number):
            return False
        return True if self._lower.fullmatch(number) else None

    def starts(self, number: str) -> Answer:
        """Tell whether the number begins with a match."""
        if not self._partly and ANY in number:
            return None
        if not self._upper.match(number):
            return False
        return True if self._lower.match(number) else None

    def prefix(self, number: str) -> re.Match[str] | None:
        """Return the match that the number begins with; raise UndecidedError.

        A match of ``_upper`` that lies in the known digits is the one of every such number: an
        alternative that goes before it would have matched here too.
        """
        if not self._partly and ANY in number:
            raise UndecidedError
        match = self._upper.match(number)
        if match and ANY in match[0]:
            raise UndecidedError
        return match


def _widened(part: str) -> str:
    if part[0] == "[":
        return f"{part[:-1]}{ANY}]"
    return f"[{part}{ANY}]" if part == r"\d" or part.isdigit() else part


@functools.lru_cache(maxsize=4096)
def expression(source: str) -> Expression:
    """Return the expression of a source; the regions of a country share many."""
    return Expression(source)
