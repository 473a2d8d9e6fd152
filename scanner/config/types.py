"""The parts of a configuration; the defaults stand on the fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scanner.model import Source


@dataclass(frozen=True, slots=True)
class RecordRef:
    """A record to compare with: a file, or a folder of ``*.toml`` read as one."""

    path: Path
    sources: tuple[str, ...] = ()  # globs of source names it answers for; empty: all


@dataclass(frozen=True, slots=True)
class Sampling:
    """How much is read."""

    rows: int = 1000  # rows or lines of each asset
    seed: int = 0
    asset_bytes: int = 64 * 1024 * 1024
    asset_seconds: float = 30.0
    source_seconds: float = 3600.0
    cell: int = 100_000  # characters of one cell


@dataclass(frozen=True, slots=True)
class Detection:
    """What is looked for."""

    languages: tuple[str, ...] = ("en",)
    countries: tuple[str, ...] = ()  # empty: those of the sources
    recognizers: tuple[str, ...] = ()  # Presidio class names to add
    exclude_recognizers: tuple[str, ...] = ()
    names: bool = True  # look for names with a language model
    models: Mapping[str, str] = field(default_factory=dict)  # language -> name or path
    thresholds: Mapping[str, float] = field(default_factory=dict)  # entity -> least score


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
