"""Evidence made by hand, and a whole way from values to holdings."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pytest

from scanner import detect
from scanner.classify import Classified, FieldEvidence, classify, profile, tally
from scanner.config import Detection
from scanner.model import Asset, Field, Holding, Kind, Method, Values


def values_of(texts: Sequence[str | None], name: str = "f", kind: Kind = Kind.TEXT) -> Values:
    """Return the distinct values of some cells with their counts."""
    counts = Counter(text for text in texts if text)
    array = np.array(list(counts.values()), dtype="int64")
    full = sum(counts.values())
    return Values(Field(name, kind), tuple(counts), array, full, len(texts) - full)


@pytest.fixture(scope="session")
def detector() -> detect.PresidioDetector:
    """A detector with the name book but no language model."""
    return detect.build(Detection(languages=()), ("US", "CA", "GB", "FR", "DE", "PL"))


Columns = Mapping[str, Sequence[str | None]]


@pytest.fixture(scope="session")
def run(detector: detect.PresidioDetector) -> Callable[..., Classified]:
    """Classify an asset from its columns."""

    def _run(
        columns: Columns,
        asset: str = "t",
        method: Method = Method.WHOLE,
        kinds: Mapping[str, Kind] | None = None,
    ) -> Classified:
        place = Asset(f"sqlite://s/{asset}", "s", "sqlite")
        evidence = []
        for name, cells in columns.items():
            values = values_of(cells, name, (kinds or {}).get(name, Kind.TEXT))
            found = tally(values, detector.detect(values, place))
            evidence.append(FieldEvidence(values.field, profile(values), found))
        return classify(place, evidence, method, 1000)

    return _run


@pytest.fixture(scope="session")
def held(run: Callable[..., Classified]) -> Callable[..., dict[tuple[str, str], Holding]]:
    """Return holdings by (field, category)."""

    def _held(columns: Columns, **more: object) -> dict[tuple[str, str], Holding]:
        return {(h.field, h.category): h for h in run(columns, **more).holdings}

    return _held
