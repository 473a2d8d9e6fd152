"""The parts of a configuration; the defaults stand on the fields."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scanner.model import Source


@dataclass(frozen=True, slots=True)
class RecordRef:
    """A record to compare with: a file, or a folder of ``*.toml`` read as one."""

    path: Path
    sources: tuple[str, ...] = ()  # globs of source names it answers for; empty: all


_SAMPLE_BYTES = 64 * 1024 * 1024
_SAMPLE_SECONDS = 30.0
_SOURCE_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Sampling:
    """How much is read.

    A bound that is not set has the default of a sample; where every row was asked for, it is none,
    so that the default of a sample does not cut short what was asked for as a whole.
    """

    rows: int | None = 10_000  # rows or lines of each asset; None: all
    seed: int = 0
    asset_bytes: int | None = None  # as set; see most_bytes
    asset_seconds: float | None = None  # as set; see most_asset_seconds
    source_seconds: float | None = None  # as set; see most_source_seconds
    cell: int = 100_000  # characters of one cell

    @property
    def most_bytes(self) -> int | None:
        """Bytes to read of one asset; None without bound."""
        if self.asset_bytes is None and self.rows is not None:
            return _SAMPLE_BYTES
        return self.asset_bytes

    @property
    def most_asset_seconds(self) -> float:
        """Seconds for one asset; infinite without bound."""
        return self._seconds(self.asset_seconds, _SAMPLE_SECONDS)

    @property
    def most_source_seconds(self) -> float:
        """Seconds for one source; infinite without bound."""
        return self._seconds(self.source_seconds, _SOURCE_SECONDS)

    def _seconds(self, given: float | None, default: float) -> float:
        if given is not None:
            return given
        return math.inf if self.rows is None else default


@dataclass(frozen=True, slots=True)
class Detection:
    """What is looked for."""

    languages: tuple[str, ...] = ("en",)
    countries: tuple[str, ...] = ()  # empty: those of the sources
    recognizers: tuple[str, ...] = ()  # Presidio class names and entry points to add
    exclude_recognizers: tuple[str, ...] = ()
    names: bool = True  # look for names with a language model
    models: Mapping[str, str] = field(default_factory=dict)  # language -> name or path
    thresholds: Mapping[str, float] = field(default_factory=dict)  # entity -> least score
    recognizer_files: tuple[Path, ...] = ()  # recognizers of one's own, in Presidio's YAML
    categories: Mapping[str, str] = field(default_factory=dict)  # entity of one's own -> category
    seconds: float = 30.0  # what one recognizer may spend on one field
    thorough: bool = False  # ask the language model about every value, without early stopping
    rare: bool = False  # thorough; a single valid card, identifier or secret is reported
    verify: float = 0.0  # share of the values that plain Presidio reads once more, 0 to 1


@dataclass(frozen=True, slots=True)
class Reports:
    """What is written where."""

    formats: tuple[str, ...] = ("terminal",)
    out: Path | None = None
    fail_on: str = "high"
    min_confidence: str = "probable"


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration; the defaults are documented on its parts."""

    sources: tuple[Source, ...] = ()
    records: tuple[RecordRef, ...] = ()
    sampling: Sampling = field(default_factory=Sampling)
    detection: Detection = field(default_factory=Detection)
    reports: Reports = field(default_factory=Reports)
    jobs: int = 0  # worker processes; 0: one per core
    base: Path = Path()  # relative paths start here: the folder of config.toml
    file: str = ""  # name for messages; empty when made by the command line
