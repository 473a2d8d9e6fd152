"""Run a share of the work once more through plain Presidio, and tell where the two differ.

The engine promises the hits of Presidio's recognizers. This puts the promise to the test on the
user's own data: for values drawn at random (the same ones in each run) each
recognizer that ran on the field is asked in Presidio's own way, ``analyze``, one value at a time.
"""

import functools
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scanner.detect.engine import Ran
from scanner.detect.engine.windows import windowed
from scanner.detect.expression import Span
from scanner.detect.finder import Finder, PresidioFinder
from scanner.detect.phone import PhoneFinder
from scanner.model import Asset, Gap, GapReason, Verified
from scanner.spelling import quoted

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer


@dataclass(frozen=True, slots=True)
class Verifier:
    """Draws ``share`` of the values of each field (0 to 1; at least one of a field)."""

    share: float

    def verify(
        self, finders: Mapping[str, Finder], ran: Ran, texts: Sequence[str], field: str
    ) -> Verified:
        """Compare what the engine found in a field with what its finders find one by one."""
        rows = self._drawn(len(texts), field)
        differing: dict[str, int] = {}
        for key, finder in finders.items():
            # Telephone numbers run after the others, where those leave room: here as a recognizer.
            phone = isinstance(finder, PhoneFinder)
            mine = {} if phone else _by_value(ran, key, rows)
            for row in rows:
                fast = _spans(finder, texts[row]) if phone else mine.get(row, set())
                plain = _plain(finder, texts[row])
                if plain is not None and fast != plain:
                    differing[finder.name] = differing.get(finder.name, 0) + 1
        return Verified(len(rows), len(rows) * len(finders), tuple(sorted(differing.items())))

    def _drawn(self, size: int, field: str) -> list[int]:
        wanted = min(size, max(1, round(size * self.share)))
        return sorted(random.Random(field).sample(range(size), wanted))  # noqa: S311 - no secret


def gaps(verified: Verified, asset: Asset, field: str) -> Iterator[Gap]:
    """Yield a gap for each recognizer that differed: what it found here cannot be relied on."""
    for name, count in verified.differing:
        yield Gap(
            asset.source,
            GapReason.DIFFERS,
            f"the recognizer {quoted(name)} found something else in {count} of "
            f"{verified.values} values when Presidio ran it plainly; this is a defect of ropascan, "
            "please report it",
            asset.path,
            field,
        )


def _by_value(ran: Ran, key: str, rows: Iterable[int]) -> dict[int, set[Span]]:
    wanted = set(rows)
    out: dict[int, set[Span]] = {}
    for row, start, end, score in ran.found.get(key, ()):
        if row in wanted:
            out.setdefault(row, set()).add((start, end, score))
    return out


def _spans(finder: Finder, text: str) -> set[Span]:
    return set(windowed(finder.find, text))


def _plain(finder: Finder, text: str) -> set[Span] | None:
    """Ask a recognizer in Presidio's own way; our own expressions are run as they stand.

    None: Presidio itself fails on the text, so there is nothing to compare with.
    """
    recognizer = _recognizer(finder)
    if recognizer is None:
        return _spans(finder, text)

    def analyze(part: str) -> Iterator[Span]:
        for found in recognizer.analyze(part, [finder.entity], None):  # type: ignore[arg-type]
            if found.entity_type == finder.entity:
                yield found.start, found.end, found.score

    try:
        return set(windowed(analyze, text, again=True))
    except (LookupError, ValueError):
        return None


def _recognizer(finder: Finder) -> "EntityRecognizer | None":
    if isinstance(finder, PhoneFinder):
        return _phone(finder.regions)
    # A plug-in with an analyze of its own is called by its finder, which puts odd results right.
    return finder.recognizer if isinstance(finder, PresidioFinder) else None


@functools.lru_cache(maxsize=8)
def _phone(regions: tuple[str, ...]) -> "EntityRecognizer":
    from presidio_analyzer.predefined_recognizers import PhoneRecognizer

    return PhoneRecognizer(supported_regions=regions, leniency=1)
