"""The stage of a case; one detector serves all cases of a process."""

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from acceptance.stage import People, Stage

from scanner import detect
from scanner.config import Detection

if TYPE_CHECKING:
    from scanner.detect import PresidioDetector


_Key = tuple[str, tuple[str, ...]]


@pytest.fixture(scope="session")
def _detectors() -> "dict[_Key, PresidioDetector]":
    """Detectors that were built, by their settings: building takes seconds and keeps nothing."""
    return {}


@pytest.fixture(autouse=True)
def _one_detector(
    _detectors: "dict[_Key, PresidioDetector]", monkeypatch: pytest.MonkeyPatch
) -> None:
    build = detect.build

    @functools.wraps(build)
    def remembered(settings: Detection, countries: Sequence[str] = ()) -> "PresidioDetector":
        key = (repr(settings), tuple(countries))
        if key not in _detectors:
            _detectors[key] = build(settings, countries)
        return _detectors[key]

    # For these tests only: others replace what a detector is built of.
    monkeypatch.setattr(detect, "build", remembered)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    """An empty stage."""
    return Stage(tmp_path)


@pytest.fixture
def people() -> People:
    """Sixty invented people."""
    return People()
