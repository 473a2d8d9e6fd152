"""Dated facts of the law that ship with the tool: membership, adequacy, tools, regimes, ages.

The data lies in ``data/*.toml`` with its sources and the day on which it was true. Everything
is asked for a day; nothing here decides whether something is allowed.
"""

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from typing import Any

from scanner.countries import country_of
from scanner.ropa.dated import (
    Adequacy,
    ChildAge,
    MechanismState,
    Regime,
    Span,
    Territory,
    Tool,
)

_FRESH = timedelta(days=90)
_EEA_START = date(1994, 1, 1)
_NAMES = ("adequacy", "child_age", "mechanisms", "membership", "regimes")


@dataclass(frozen=True, slots=True)
class Tables:
    """All dated tables. Countries are ISO 3166 codes; ``EU`` and ``EEA`` are accepted too."""

    eu: Mapping[str, Span]
    eea: Mapping[str, Span]
    free_flow: tuple[tuple[str, Span], ...]
    territories: Mapping[str, Territory]
    adequacy: tuple[Adequacy, ...]
    tools: tuple[Tool, ...]
    regimes: Mapping[str, Regime]
    ages: tuple[ChildAge, ...]
    days: Mapping[str, date]  # table -> day on which it was true

    @property
    def day(self) -> date:
        """The day of the oldest table."""
        return min(self.days.values())

    def warning(self, as_of: date) -> str:
        """Return a sentence when the tables are more than 90 days older than a day."""
        if as_of - self.day <= _FRESH:
            return ""
        return (
            f"The dated tables (adequacy, membership, transfer tools) are of {self.day}, more than "
            f"90 days before {as_of}: check whether the law has changed since."
        )

    def behind(self, asked: date | None) -> str:
        """Return a sentence when a record asks for a later table of adequacy than the one here."""
        own = self.days["adequacy"]
        if asked is None or asked <= own:
            return ""
        return (
            f"The record asks for the adequacy table of {asked} (settings.adequacy_table), and "
            f"this version has that of {own}: what changed in between is not known here."
        )

    def in_eu(self, country: str, day: date) -> bool:
        """Tell whether a place is EU territory on a day."""
        if country == "EU":
            return True
        land = country_of(country)
        territory = self.territories.get(land)
        if territory:
            return territory.eu is not None and day in territory.eu
        return land in self.eu and day in self.eu[land]

    def in_eea(self, country: str, day: date) -> bool:
        """Tell whether a place belongs to the European Economic Area on a day."""
        if country == "EEA" or (self.in_eu(country, day) and day >= _EEA_START):
            return True
        land = country_of(country)
        return land in self.eea and day in self.eea[land]

    def region_of(self, country: str, day: date, *, us_territories: bool = True) -> str:
        """Return the region of a place: ``EU``, ``US`` (with its territories), else its country."""
        if self.in_eu(country, day):
            return "EU"
        land = country_of(country)
        territory = self.territories.get(land)
        if territory and territory.of == "US" and us_territories:
            return "US"
        return land

    def inside(self, country: str, place: str, day: date, *, us_territories: bool = True) -> bool:
        """Tell whether a place lies in a country or region, on a day."""
        if place == "EU":
            return self.in_eu(country, day)
        if place == "EEA":
            return self.in_eea(country, day)
        if place == "US":
            return self.region_of(country, day, us_territories=us_territories) == "US"
        return country == place or country_of(country) == place

    def flows_freely(self, country: str, day: date) -> bool:
        """Tell whether EU law lets data go there as inside the EEA."""
        if self.in_eea(country, day):
            return True
        return any(land == country_of(country) and day in span for land, span in self.free_flow)

    def regime_applies(self, regime: str, day: date) -> bool:
        """Tell whether a regime applied on a day. An unknown regime never does."""
        known = self.regimes.get(regime)
        return known is not None and day >= known.applies

    def restricts(self, regime: str, from_country: str, to_country: str, day: date) -> bool:
        """Tell whether a regime lets data go from one place to another only with a safeguard.

        Looks at the places alone. A place that is wider than the regime's territory (``CA`` for
        Quebec) does not count as inside it.
        """
        law = self.regimes.get(regime)
        if law is None or law.restricts is None or day < law.restricts:
            return False
        if law.territory == "EEA":
            inside, outside = self.flows_freely, self.flows_freely
            return inside(from_country, day) and not outside(to_country, day)
        leaves = self.inside(from_country, law.territory, day)
        return leaves and not self.inside(to_country, law.territory, day)

    def adequate(self, exporter_regime: str, country: str, day: date) -> Adequacy | None:
        """Return the decision of a regime about a country that is in force on a day, or None.

        Look at ``scope``: some hold only for certified importers, or for part of a country.
        """
        land = country_of(country)
        found = (
            entry
            for entry in self.adequacy
            if entry.regime == exporter_regime
            and day in entry.span
            and (entry.country == land or (entry.country == "EEA" and self.in_eea(country, day)))
        )
        return next(found, None)

    def mechanism_state(
        self, mechanism: str, day: date, *, regime: str = "", signed: date | None = None
    ) -> MechanismState:
        """Tell whether a transfer tool carries a transfer on a day.

        With a regime, tools of other regimes are void; ``signed`` tells older standard clauses
        from newer ones. ``adequacy`` as a tool is valid here: ask :meth:`adequate` for the
        country.
        """
        lines = [tool for tool in self.tools if tool.mechanism == mechanism]
        if not lines:
            return MechanismState("unknown", f"{mechanism} is not in the table")
        own = [tool for tool in lines if not regime or regime in tool.regimes]
        if not own:
            name = self.regimes[regime].name if regime in self.regimes else regime
            return MechanismState("void", f"{mechanism} is not a transfer tool of {name}")
        if signed is not None and any(t.signed_to and signed <= t.signed_to for t in own):
            own = [tool for tool in own if tool.signed_to]
        else:
            own = [tool for tool in own if not tool.signed_to]
        if any(day in tool.span for tool in own):
            return MechanismState("valid")
        return MechanismState("void", _why_void(own, day))

    def child_age(self, country: str, day: date) -> int | None:
        """Return the age of consent to online services in a place on a day, if it is known."""
        land = country_of(country)
        territory = self.territories.get(land)
        for code in (country, land, territory.of if territory else land):
            for age in self.ages:
                if code in age.countries and day in age.span:
                    return age.years
        return None


def _why_void(tools: list[Tool], day: date) -> str:
    late = max(tools, key=lambda tool: tool.span.end)
    if day < late.span.start:
        return f"{late.mechanism} could not be used before {late.span.start}"
    return late.why or f"{late.mechanism} could be used until {late.span.end}"


@functools.cache
def tables() -> Tables:
    """Read the tables that ship with the package, once."""
    raw = {name: _read(name) for name in _NAMES}
    members = raw["membership"]
    return Tables(
        eu=_spans(members["eu"]),
        eea=_spans(members["eea"]),
        free_flow=tuple((row["country"], Span.of(row)) for row in members["free_flow"]),
        territories={row["code"]: _territory(row) for row in members["territory"]},
        adequacy=tuple(_adequacy(row) for row in raw["adequacy"]["adequate"]),
        tools=tuple(_tool(row) for row in raw["mechanisms"]["tool"]),
        regimes={row["id"]: Regime(**row) for row in raw["regimes"]["regime"]},
        ages=tuple(_age(row) for row in raw["child_age"]["age"]),
        days={name: raw[name]["day"] for name in _NAMES},
    )


def _read(name: str) -> dict[str, Any]:
    path = resources.files("scanner.ropa").joinpath("data", f"{name}.toml")
    return tomllib.loads(path.read_text("utf-8"))


def _spans(rows: Mapping[str, Any]) -> dict[str, Span]:
    return {
        code: Span.of(row) if isinstance(row, dict) else Span(row) for code, row in rows.items()
    }


def _territory(row: Mapping[str, Any]) -> Territory:
    return Territory(row["of"], Span.of(row) if row.get("eu") else None)


def _adequacy(row: Mapping[str, Any]) -> Adequacy:
    rest = {key: row[key] for key in ("scope", "note", "sure") if key in row}
    return Adequacy(row["regime"], row["country"], Span.of(row), row["act"], **rest)


def _tool(row: Mapping[str, Any]) -> Tool:
    regimes, signed_to = tuple(row["regimes"]), row.get("signed_to")
    return Tool(row["mechanism"], regimes, Span.of(row), signed_to, row.get("why", ""))


def _age(row: Mapping[str, Any]) -> ChildAge:
    return ChildAge(tuple(row["countries"]), row["years"], Span.of(row), row.get("sure", True))
