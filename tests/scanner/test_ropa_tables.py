"""The dated tables answer for the day that is asked."""

from datetime import date

import pytest

from scanner.countries import countries
from scanner.ropa.tables import tables
from scanner.ropa.vocabulary import MECHANISMS, REGIMES

TODAY = date(2026, 1, 15)
T = tables()


@pytest.mark.parametrize(
    ("country", "day", "eu", "eea"),
    [
        ("IE", TODAY, True, True),
        ("HR", date(2013, 6, 30), False, False),
        ("HR", date(2013, 7, 1), True, True),
        ("GB", date(2020, 1, 31), True, True),
        ("GB", date(2020, 2, 1), False, False),
        ("NO", TODAY, False, True),  # EEA is not EU territory
        ("CH", TODAY, False, False),
        ("RE", TODAY, True, True),
        ("AX", TODAY, True, True),
        ("NC", TODAY, False, False),
        ("GL", TODAY, False, False),
        ("FO", TODAY, False, False),
        ("YT", date(2013, 12, 31), False, False),
        ("YT", date(2014, 1, 1), True, True),
        ("PR", TODAY, False, False),
        ("DE-BY", TODAY, True, True),
        ("EU", TODAY, True, True),
        ("EEA", TODAY, False, True),
    ],
)
def test_membership(country: str, day: date, eu: bool, eea: bool) -> None:
    assert T.in_eu(country, day) is eu
    assert T.in_eea(country, day) is eea


@pytest.mark.parametrize(
    ("country", "region"),
    [("FR", "EU"), ("RE", "EU"), ("GB", "GB"), ("CA-QC", "CA"), ("PR", "US"), ("NO", "NO")],
)
def test_region(country: str, region: str) -> None:
    assert T.region_of(country, TODAY) == region


def test_a_record_may_keep_the_territories_apart_from_the_us() -> None:
    assert T.region_of("PR", TODAY, us_territories=False) == "PR"
    assert T.inside("GU", "US", TODAY)
    assert not T.inside("GU", "US", TODAY, us_territories=False)
    assert T.inside("US-CA", "US", TODAY, us_territories=False)


@pytest.mark.parametrize(
    ("regime", "start", "end", "day", "restricted"),
    [
        ("eu_gdpr", "FR", "US", TODAY, True),
        ("eu_gdpr", "FR", "NO", TODAY, False),
        ("eu_gdpr", "EU", "EEA", TODAY, False),
        ("eu_gdpr", "FR", "RE", TODAY, False),
        ("eu_gdpr", "FR", "NC", TODAY, True),
        ("eu_gdpr", "CA", "US", TODAY, False),  # does not leave the EEA
        ("eu_gdpr", "IE", "GB", date(2020, 12, 31), False),  # transition
        ("eu_gdpr", "IE", "GB", date(2021, 6, 30), False),  # interim provision
        ("eu_gdpr", "IE", "GB", date(2021, 7, 1), True),
        ("eu_gdpr", "FR", "US", date(2018, 5, 24), False),  # did not apply yet
        ("uk_gdpr", "GB", "FR", TODAY, True),
        ("uk_gdpr", "FR", "US", TODAY, False),
        ("pipeda", "CA", "US", TODAY, False),
        ("qc_law25", "CA-QC", "CA-ON", date(2023, 9, 21), False),
        ("qc_law25", "CA-QC", "CA-ON", date(2023, 9, 22), True),
        ("qc_law25", "CA-QC", "CA-QC", TODAY, False),
        ("qc_law25", "CA-ON", "US", TODAY, False),
        ("qc_law25", "CA", "US", TODAY, False),  # the province is not stated
        ("no_such_law", "FR", "US", TODAY, False),
    ],
)
def test_which_ways_out_a_regime_restricts(
    regime: str, start: str, end: str, day: date, restricted: bool
) -> None:
    assert T.restricts(regime, start, end, day) is restricted


@pytest.mark.parametrize(
    ("regime", "country", "day", "scope"),
    [
        ("eu_gdpr", "CH", TODAY, "all"),
        ("eu_gdpr", "CA-ON", TODAY, "part"),
        ("eu_gdpr", "US", TODAY, "certified"),
        ("eu_gdpr", "US", date(2023, 7, 9), None),
        ("eu_gdpr", "US", date(2020, 7, 15), "certified"),
        ("eu_gdpr", "US", date(2020, 7, 16), None),
        ("eu_gdpr", "US", date(2015, 10, 5), "certified"),
        ("eu_gdpr", "US", date(2015, 10, 6), None),
        ("eu_gdpr", "GB", date(2021, 6, 27), None),
        ("eu_gdpr", "GB", TODAY, "all"),
        ("eu_gdpr", "GB", date(2031, 12, 28), None),
        ("eu_gdpr", "BR", TODAY, None),
        ("eu_gdpr", "BR", date(2026, 2, 1), "all"),
        ("eu_gdpr", "AU", TODAY, None),
        ("uk_gdpr", "FR", TODAY, "all"),
        ("uk_gdpr", "US", date(2023, 10, 11), None),
        ("uk_gdpr", "US", date(2023, 10, 12), "certified"),
        ("uk_gdpr", "BR", date(2026, 2, 1), None),
        ("pipeda", "CH", TODAY, None),
    ],
)
def test_adequacy(regime: str, country: str, day: date, scope: str | None) -> None:
    found = T.adequate(regime, country, day)
    assert (found.scope if found else None) == scope


@pytest.mark.parametrize(
    ("mechanism", "day", "regime", "signed", "state"),
    [
        ("safe_harbor", date(2015, 6, 7), "eu_gdpr", None, "valid"),
        ("safe_harbor", date(2015, 10, 7), "eu_gdpr", None, "void"),
        ("privacy_shield", date(2020, 7, 15), "", None, "valid"),
        ("privacy_shield", date(2020, 7, 16), "", None, "void"),
        ("dpf", date(2023, 7, 9), "eu_gdpr", None, "void"),
        ("dpf", date(2023, 7, 10), "eu_gdpr", None, "valid"),
        ("dpf", date(2023, 7, 10), "uk_gdpr", None, "void"),
        ("scc", TODAY, "eu_gdpr", None, "valid"),
        ("scc", TODAY, "eu_gdpr", date(2021, 10, 1), "valid"),
        ("scc", TODAY, "eu_gdpr", date(2020, 1, 1), "void"),
        ("scc", date(2022, 12, 27), "eu_gdpr", date(2020, 1, 1), "valid"),
        ("scc", TODAY, "uk_gdpr", None, "void"),
        ("uk_addendum", TODAY, "uk_gdpr", None, "valid"),
        ("contract", TODAY, "eu_gdpr", None, "void"),
        ("contract", TODAY, "qc_law25", None, "valid"),
        ("handshake", TODAY, "eu_gdpr", None, "unknown"),
    ],
)
def test_transfer_tools(
    mechanism: str, day: date, regime: str, signed: date | None, state: str
) -> None:
    found = T.mechanism_state(mechanism, day, regime=regime, signed=signed)
    assert found.state == state
    assert bool(found.reason) is (state != "valid")


@pytest.mark.parametrize(
    ("regime", "day", "applies"),
    [
        ("eu_gdpr", date(2018, 5, 24), False),
        ("eu_gdpr", date(2018, 5, 25), True),
        ("uk_gdpr", date(2020, 12, 31), False),
        ("uk_gdpr", date(2021, 1, 1), True),
        ("no_such_law", TODAY, False),
    ],
)
def test_regimes_apply_from_their_day(regime: str, day: date, applies: bool) -> None:
    assert T.regime_applies(regime, day) is applies


@pytest.mark.parametrize(
    ("country", "age"),
    [("FR", 15), ("RE", 15), ("IE", 16), ("GB", 13), ("CA-QC", 14), ("CA-ON", None), ("US", 13),
     ("PR", 13), ("BR", None)],
)  # fmt: skip
def test_child_ages(country: str, age: int | None) -> None:
    assert T.child_age(country, TODAY) == age


def test_old_tables_warn() -> None:
    assert T.warning(TODAY) == ""
    assert str(T.day) in T.warning(date.fromordinal(T.day.toordinal() + 91))
    assert T.warning(date.fromordinal(T.day.toordinal() + 90)) == ""


def test_the_data_names_only_what_exists() -> None:
    knows = countries().knows
    assert all(map(knows, (*T.eu, *T.eea, *T.territories)))
    assert all(knows(entry.country) and entry.act for entry in T.adequacy)
    assert all(knows(code) for age in T.ages for code in age.countries)
    assert set(T.regimes) == set(REGIMES)
    assert {tool.mechanism for tool in T.tools} == set(MECHANISMS)
    assert {regime for tool in T.tools for regime in tool.regimes} <= set(REGIMES)
    assert {entry.regime for entry in T.adequacy} <= set(REGIMES)


def test_every_member_of_the_eea_has_one_age_for_children() -> None:
    members = [code for code in (*T.eu, *T.eea) if T.in_eea(code, TODAY)]
    assert len(members) == 30
    for code in members:
        lines = [age for age in T.ages if code in age.countries and TODAY in age.span]
        assert len(lines) == 1, code
