"""Residency branches with what is unknown; the age of a child; and birth dates to the day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from scanner.ropa.childhood import births_of_children, threshold
from scanner.ropa.periods import Period, add
from scanner.ropa.residency import (
    Decision,
    in_scope,
    inside_on,
    place_of,
    region_for,
    turns,
    version_on,
)
from scanner.ropa.tables import tables
from scanner.ropa.types import (
    Branch,
    Organisation,
    Residency,
    ResidencyVersion,
    Ropa,
    Settings,
    Site,
    Store,
    System,
)

DAY = date(2026, 1, 15)
OLD = ResidencyVersion(
    date(2018, 5, 22),
    (
        Branch("US", "country in US"),
        Branch("EU", "country in EU"),
        Branch("CA", otherwise=True),
    ),
    until=date(2020, 10, 31),
)
NEW = ResidencyVersion(
    date(2020, 11, 1),
    (
        Branch("US", "country in US"),
        Branch("EU", "country in EU"),
        Branch("CA", "country in CA"),
        Branch("US", "order_entity == acme"),
        Branch("EU", "order_entity == acme_europe"),
    ),
)
RULE = Residency("region", (OLD, NEW))


def decided(
    version: ResidencyVersion, country: str, entity: str = "", agreement: str = "", day: date = DAY
) -> Decision:
    inside = inside_on(tables(), day, us_territories=True)
    return region_for(version, country, entity, agreement, inside)


@pytest.mark.parametrize(
    ("country", "entity", "agreement", "region"),
    [
        ("US", "", "", "US"),
        ("PR", "", "", "US"),
        ("DE", "", "", "EU"),
        ("RE", "", "", "EU"),
        ("EU", "", "", "EU"),
        ("CA-QC", "", "", "CA"),
        ("BR", "acme", "", "US"),
        ("NO", "acme_europe", "", "EU"),
        ("GB", "acme", "", "US"),
        ("DE", "acme", "US", "US"),
        ("?", "?", "CA", "CA"),
    ],
)
def test_the_first_branch_that_holds(
    country: str, entity: str, agreement: str, region: str
) -> None:
    assert decided(NEW, country, entity, agreement) == Decision(region)


@pytest.mark.parametrize(
    ("country", "entity", "agreement", "why"),
    [
        ("BR", "", "", "order_entity"),
        ("BR", "?", "", "order_entity"),
        ("BR", "somebody", "", "branch"),
        ("", "acme", "", "country"),
        ("?", "acme", "", "country"),
        ("DE", "acme", "?", "agreement"),
    ],
)
def test_what_is_not_known_leaves_the_region_open(
    country: str, entity: str, agreement: str, why: str
) -> None:
    assert decided(NEW, country, entity, agreement) == Decision(open=why)


def test_what_makes_no_difference_is_not_asked_for() -> None:
    both = ResidencyVersion(
        date(2020, 1, 1),
        (Branch("EU", "country in FR and order_entity == acme"), Branch("EU", otherwise=True)),
    )
    assert decided(both, "FR") == Decision("EU")
    apart = replace(both, branches=(both.branches[0], Branch("US", otherwise=True)))
    assert decided(apart, "FR") == Decision(open="order_entity")
    assert decided(apart, "DE") == Decision("US")
    assert decided(apart, "EU") == Decision(open="country")  # may be France


def test_membership_is_that_of_the_day() -> None:
    assert decided(OLD, "GB", day=date(2019, 6, 1)) == Decision("EU")
    assert decided(OLD, "GB", day=date(2020, 6, 1)) == Decision("CA")


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2018, 5, 21), None),
        (date(2018, 5, 22), OLD),
        (date(2020, 10, 31), OLD),
        (date(2020, 11, 1), NEW),
        (DAY, NEW),
    ],
)
def test_the_version_in_force(day: date, version: ResidencyVersion | None) -> None:
    assert version_on(RULE, day) == version


def test_a_version_that_ends_without_another_ends_a_period() -> None:
    ended = replace(NEW, until=date(2022, 12, 31))
    rule = replace(RULE, versions=(OLD, ended))
    assert turns(RULE) == (date(2018, 5, 22), date(2020, 11, 1))
    assert turns(rule) == (date(2018, 5, 22), date(2020, 11, 1), date(2023, 1, 1))


@pytest.mark.parametrize(
    ("site", "place"),
    [
        (Site((), "IE"), "IE"),
        (Site((), "", "EU"), "EU"),
        (Site((), "IE", "EU"), "IE"),
        (Site((), "US", "EU"), "EU"),  # the region is what was promised
        (Site(()), ""),
        (None, ""),
    ],
)
def test_where_a_site_lies(site: Site | None, place: str) -> None:
    assert place_of(site, inside_on(tables(), DAY, us_territories=True)) == place


@pytest.mark.parametrize(
    ("places", "status", "expected"),
    [
        (("IE", "US"), "active", True),
        (("US", "US"), "active", False),
        (("US", ""), "active", False),
        (("IE", "US"), "draft", False),
    ],
)
def test_a_system_in_one_place_is_out_of_scope(
    places: tuple[str, str], status: str, expected: bool
) -> None:
    first = Store("db", "s", "database", residency="region", sites=(Site((), places[0]),))
    second = Store("logs", "s", "log", sites=(Site((), places[1]),), status=status)
    other = Store("far", "other", "log", sites=(Site((), "JP"),))
    ropa = Ropa(Organisation("acme"), systems=(System("s"),), stores=(first, second, other))
    assert in_scope(ropa, first) is expected
    assert not in_scope(ropa, second)


@pytest.mark.parametrize(
    ("regimes", "country", "own", "expected"),
    [
        (("coppa",), "US", None, 13),
        (("coppa", "qc_law25"), "US", None, 14),
        (("eu_gdpr",), "FR", None, 15),
        (("eu_gdpr", "coppa"), "IE", None, 16),
        (("uk_gdpr",), "GB", None, 13),
        ((), "EE", None, 13),
        ((), "", None, 16),
        (("eu_gdpr",), "JP", None, 16),
        (("pipeda",), "CA", None, 13),
        (("coppa",), "US", 18, 18),
        (("eu_gdpr",), "DE", (("DE", 14), ("FR", 15)), 14),
        (("eu_gdpr",), "IE", (("DE", 14), ("FR", 15)), 15),
    ],
)
def test_the_age_of_a_child(
    regimes: tuple[str, ...],
    country: str,
    own: int | tuple[tuple[str, int], ...] | None,
    expected: int,
) -> None:
    organisation = Organisation("acme", country=country, regimes=regimes)
    ropa = Ropa(organisation, settings=Settings(child_age=own))
    assert threshold(ropa, tables(), DAY) == expected


@pytest.mark.parametrize("day", [DAY, date(2024, 2, 29), date(2025, 2, 28), date(2024, 3, 1)])
@pytest.mark.parametrize("years", [13, 16])
def test_births_are_told_apart_to_the_day(day: date, years: int) -> None:
    births = births_of_children(day, years)
    for offset in range(-800, 801):
        born = births.first + timedelta(days=offset)
        assert (born >= births.first) == (add(born, Period(years=years)) > day)
    assert add(births.end, Period(years=1)) > day >= add(births.end - timedelta(1), Period(years=1))


def test_a_bound_of_one_year_leaves_no_children() -> None:
    births = births_of_children(DAY, 1)
    assert births.first == births.end
