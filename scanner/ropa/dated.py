"""The lines of the dated tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day, both included."""

    start: date = date.min
    end: date = date.max

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Span":
        """Read ``from`` and ``to`` of a row."""
        return cls(row.get("from", date.min), row.get("to", date.max))


@dataclass(frozen=True, slots=True)
class Territory:
    """A place with a code of its own that belongs to a country."""

    of: str
    eu: Span | None = None  # when EU law applies there


@dataclass(frozen=True, slots=True)
class Adequacy:
    """A decision that a country protects data well enough."""

    regime: str
    country: str
    span: Span
    act: str
    scope: str = "all"  # "all", "certified", "part"
    note: str = ""
    sure: bool = True

    @property
    def whole(self) -> bool:
        """True when it holds for every importer in the country."""
        return self.scope == "all"


@dataclass(frozen=True, slots=True)
class MechanismState:
    """Whether a transfer tool carries a transfer on a day, and why not."""

    state: Literal["valid", "void", "unknown"]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Tool:
    """One line about a transfer tool. ``signed_to``: only for contracts signed until then."""

    mechanism: str
    regimes: tuple[str, ...]
    span: Span
    signed_to: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Regime:
    """A law with the day from which it applies."""

    id: str
    name: str
    applies: date
    restricts: date | None = None
    territory: str = ""  # what data may not leave without a safeguard


@dataclass(frozen=True, slots=True)
class ChildAge:
    """An age of consent in some countries."""

    countries: tuple[str, ...]
    years: int
    span: Span
    sure: bool = True
