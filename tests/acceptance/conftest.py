"""The stage of a case; one detector serves all cases of a process."""

import functools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from acceptance.stage import People, Stage

from scanner import detect
from scanner.config import Detection

if TYPE_CHECKING:
    from scanner.detect import PresidioDetector


@pytest.fixture(scope="session", autouse=True)
def _one_detector() -> Iterator[None]:
    """Build a detector once for the same settings: it takes seconds and keeps nothing."""
    build, known = detect.build, dict[tuple[str, tuple[str, ...]], "PresidioDetector"]()

    @functools.wraps(build)
    def remembered(settings: Detection, countries: Sequence[str] = ()) -> "PresidioDetector":
        key = (repr(settings), tuple(countries))
        if key not in known:
            known[key] = build(settings, countries)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(detect, "build", remembered)
        yield


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    """An empty stage."""
    return Stage(tmp_path)


@pytest.fixture
def people() -> People:
    """Sixty invented people."""
    return People()
