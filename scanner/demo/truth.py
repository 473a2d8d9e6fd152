"""The ground truth of the demo: deviations, near misses, and what a scan must say of them."""

import functools
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from importlib import resources
from typing import Any

from scanner.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Deviation:
    """Something planted that a scan must report, by exactly one finding.

    ``severity`` is the finding's, ``confidence`` the least it must have. ``store`` is the declared
    store; without one, ``prefix`` names the unmatched prefix, source or block of the record.
    """

    id: str
    system: str
    rule: str
    severity: str
    confidence: str
    sentence: str
    store: str = ""
    prefix: str = ""
    category: str = ""
    state: str = "first"


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Something planted that resembles a deviation and must stay silent."""

    id: str
    system: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """A finding that a scan of the demo must have. ``deviation`` is the id of its cause."""

    deviation: str
    rule: str
    place: str  # id of the declared store, else the prefix
    category: str
    severity: str
    confidence: str  # the least
    state: str

    @property
    def info(self) -> bool:
        """Tell whether it is below level low: other findings of that level may stand beside it."""
        return self.severity == "info"


@functools.cache
def _table() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("deviations.toml").read_text("utf-8")
    return tomllib.loads(text)


DEVIATIONS: tuple[Deviation, ...] = tuple(Deviation(**row) for row in _table()["deviation"])
NEAR_MISSES: tuple[NearMiss, ...] = tuple(NearMiss(**row) for row in _table()["near_miss"])


def planted(without: Collection[str] = ()) -> frozenset[str]:
    """Return the ids of the deviations to plant: all but ``without``.

    Raise ConfigError for an id that does not exist.
    """
    ids = {deviation.id for deviation in DEVIATIONS}
    for id_ in sorted(set(without) - ids):
        raise ConfigError(
            f'The demo has no deviation "{id_}"; the known ones are {", ".join(sorted(ids))}.'
        )
    return frozenset(ids - set(without))


def expected(without: Collection[str] = ()) -> tuple[Expectation, ...]:
    """Return what a scan of the demo must say when the deviations ``without`` are left out.

    Of level low or above there must be nothing else. Those of level info must be there, among
    others of that level.
    """
    kept = planted(without)
    return tuple(
        Expectation(
            deviation=deviation.id,
            rule=deviation.rule,
            place=deviation.store or deviation.prefix,
            category=deviation.category,
            severity=deviation.severity,
            confidence=deviation.confidence,
            state=deviation.state,
        )
        for deviation in DEVIATIONS
        if deviation.id in kept
    )
