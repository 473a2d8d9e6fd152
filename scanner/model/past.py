"""What the scan before saw, as far as rules compare with it: counts and days, never a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class PastAsset:
    """One asset as the scan before met it."""

    population: int | None = None  # rows
    counted: bool = False  # population was exact
    method: str = ""  # how it was sampled
    looked_for: tuple[str, ...] = ()
    # category -> values found, values looked at; the best field of each category
    held: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    # Categories of the scan that met the asset first, with these detectors; None: not remembered.
    first: tuple[str, ...] | None = None
    # "retention:ID" -> rows by calendar month of the start of the period ("2025-12")
    months: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Past:
    """The scan before."""

    when: datetime
    as_of: date
    detectors: Mapping[str, str] = field(default_factory=dict)  # as of ScanResult.detectors
    rules: tuple[str, ...] = ()
    assets: Mapping[str, PastAsset] = field(default_factory=dict)  # by path
