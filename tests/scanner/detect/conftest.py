"""A detector per module of tests, and a short way to ask it."""

from collections.abc import Callable

import numpy as np
import pytest

from scanner import detect
from scanner.config import Detection
from scanner.model import Asset, Detected, Field, Kind, Values

COUNTRIES = ("US", "CA", "GB", "FR", "DE", "ES", "IT", "PL")
Ask = Callable[..., Detected]


def values_of(*texts: str, name: str = "f", kind: Kind = Kind.TEXT) -> Values:
    """Return distinct values, each seen once."""
    counts = np.ones(len(texts), dtype="int64")
    return Values(Field(name, kind), texts, counts, len(texts))


@pytest.fixture(scope="session")
def patterns() -> detect.PresidioDetector:
    """A detector without names."""
    return detect.build(Detection(names=False), COUNTRIES)


@pytest.fixture(scope="session")
def ask(patterns: detect.PresidioDetector) -> Ask:
    """Detect in texts of one field."""

    def _ask(
        *texts: str, name: str = "f", kind: Kind = Kind.TEXT, asset: str = "sqlite://s/t"
    ) -> Detected:
        return patterns.detect(values_of(*texts, name=name, kind=kind), Asset(asset, "s", "sqlite"))

    return _ask


@pytest.fixture(scope="session")
def found(ask: Ask) -> Callable[..., set[tuple[str, str]]]:
    """Return (entity, text of the hit) for one value."""

    def _found(text: str, **more: object) -> set[tuple[str, str]]:
        return {(hit.entity, text[hit.start : hit.end]) for hit in ask(text, **more).hits}

    return _found


@pytest.fixture(scope="session")
def values() -> Callable[..., Values]:
    """Make distinct values, each seen once."""
    return values_of
