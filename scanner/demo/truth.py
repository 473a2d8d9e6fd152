"""The ground truth of the demo: deviations, near misses, and what a scan must say of them."""

import functools
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

from scanner.demo.days import AS_OF
from scanner.errors import ConfigError

# The first day of each organisation's record, by the letter of its systems.
_FIRST = {
    "X": date(2018, 5, 22),
    "F": date(2009, 10, 30),
    "I": date(2019, 5, 1),
    "S": date(2020, 3, 7),
}


@dataclass(frozen=True, slots=True)
class Deviation:
    """Something planted that a scan must report, by exactly one finding.

    ``severity`` is the finding's, ``confidence`` the least it must have. ``store`` is the declared
    store; without one, ``prefix`` names the unmatched prefix, source or block of the record.
    ``since`` and ``until`` are the first and last day on which the deviation is one.
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
    qualifier: str = ""
    state: str = "first"
    since: date = date.min
    until: date = date.max

    def on(self, day: date) -> bool:
        """Tell whether the demo plants this on a day: while its organisation has a record."""
        return max(self.since, _FIRST[self.system[0]]) <= day <= self.until


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Something planted that resembles a deviation and must stay silent."""

    id: str
    system: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a scan must say of a record itself, at each of ``places``.

    A place is the id of a store, or a block such as ``[[party]] google_plus``. ``gap`` numbers the
    gap or contradiction of the published policy.
    """

    rule: str
    record: str  # id of the organisation
    places: tuple[str, ...]
    sentence: str
    gap: str = ""
    since: date = date.min
    until: date = date.max


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
    qualifier: str = ""  # what tells it from another of the same rule there

    @property
    def info(self) -> bool:
        """Tell whether it is below level low: other findings of that level may stand beside it."""
        return self.severity == "info"

    @property
    def about_record(self) -> bool:
        """Tell whether it speaks of the record itself, in a section of its own."""
        return self.rule[0] == "Q" or self.rule in ("R02", "R08")


@functools.cache
def _tables() -> tuple[dict[str, Any], ...]:
    folder = resources.files(__package__).joinpath("deviations")
    files = sorted((file for file in folder.iterdir()), key=lambda file: file.name)
    return tuple(
        tomllib.loads(file.read_text("utf-8")) for file in files if file.name.endswith(".toml")
    )


def _rows(key: str) -> Iterator[dict[str, Any]]:
    return (row for table in _tables() for row in table.get(key, ()))


DEVIATIONS: tuple[Deviation, ...] = tuple(Deviation(**row) for row in _rows("deviation"))
NEAR_MISSES: tuple[NearMiss, ...] = tuple(NearMiss(**row) for row in _rows("near_miss"))


RECORDED: tuple[Recorded, ...] = tuple(
    Recorded(**{**row, "places": tuple(row["places"])}) for row in _rows("recorded")
)


def recorded(day: date = AS_OF) -> tuple[Recorded, ...]:
    """Return what must be said of the records that are in force on a day."""
    return tuple(item for item in RECORDED if item.since <= day <= item.until)


def planted(without: Collection[str] = (), day: date = AS_OF) -> frozenset[str]:
    """Return the ids of the deviations to plant on a day: all of that day but ``without``.

    Raise ConfigError for an id that does not exist.
    """
    ids = {deviation.id for deviation in DEVIATIONS}
    for id_ in sorted(set(without) - ids):
        raise ConfigError(
            f'The demo has no deviation "{id_}"; the known ones are {", ".join(sorted(ids))}.'
        )
    return frozenset(d.id for d in DEVIATIONS if d.on(day) and d.id not in without)


def expected(without: Collection[str] = (), day: date = AS_OF) -> tuple[Expectation, ...]:
    """Return what a scan of the demo must say on a day when ``without`` are left out.

    Of level low or above there must be nothing else beside the record's own section. Findings of
    level info must be there, among others of that level.
    """
    kept = planted(without, day)
    return tuple(
        Expectation(
            deviation=deviation.id,
            rule=deviation.rule,
            place=deviation.store or deviation.prefix,
            category=deviation.category,
            severity=deviation.severity,
            confidence=deviation.confidence,
            state=deviation.state,
            qualifier=deviation.qualifier,
        )
        for deviation in DEVIATIONS
        if deviation.id in kept
    )
