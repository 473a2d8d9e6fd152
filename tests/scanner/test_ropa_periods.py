"""Calendar arithmetic of retention periods, and the language of residency branches."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.ropa.periods import Period, add, cutoff, parse_period, subtract
from scanner.ropa.residency import Condition, conditions


@pytest.mark.parametrize(
    ("text", "period", "words"),
    [
        ("P90D", Period(days=90), "90 days"),
        ("P1Y", Period(years=1), "1 year"),
        ("P1Y6M", Period(1, 6), "1 year 6 months"),
        ("P2W", Period(days=14), "14 days"),
        ("P0D", Period(), "0 days"),
        ("P12M", Period(months=12), "12 months"),
    ],
)
def test_periods_are_read(text: str, period: Period, words: str) -> None:
    assert parse_period(text) == period
    assert parse_period(str(period)) == period
    assert period.words == words


@pytest.mark.parametrize(
    "text", ["", "P", "90D", "P90", "p90d", "P1.5Y", "P-1D", "PT24H", "P1D2Y", "P1Y ", "P9999Y"]
)
def test_other_texts_are_no_periods(text: str) -> None:
    with pytest.raises(ValueError, match="period"):
        parse_period(text)


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2024-02-29", "P4Y", "2028-02-29"),
        ("2025-01-31", "P1M", "2025-02-28"),
        ("2025-01-31", "P1M1D", "2025-03-01"),  # months first, then days
        ("2025-10-17", "P90D", "2026-01-15"),
        ("2025-12-31", "P2M", "2026-02-28"),
        ("9999-06-01", "P1Y", "9999-12-31"),
    ],
)
def test_month_ends_are_clamped(start: str, period: str, end: str) -> None:
    assert add(date.fromisoformat(start), parse_period(period)) == date.fromisoformat(end)


def test_subtracting_never_leaves_the_calendar() -> None:
    assert subtract(date(500, 1, 1), Period(1000)) == date.min
    assert subtract(date(2025, 3, 31), Period(months=1)) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("as_of", "period", "first_kept"),
    [
        # terminated 2025-10-16: overdue; 2025-10-17: the limit is today, which is allowed
        ("2026-01-15", "P90D", "2025-10-17"),
        ("2026-01-15", "P1Y", "2025-01-15"),
        ("2025-02-28", "P1Y", "2024-02-28"),
        ("2025-03-01", "P1Y", "2024-03-01"),  # 2024-02-29 ends on 2025-02-28: overdue
    ],
)
def test_cutoff_is_the_first_start_that_is_not_overdue(
    as_of: str, period: str, first_kept: str
) -> None:
    found = cutoff(date.fromisoformat(as_of), parse_period(period))
    assert found == date.fromisoformat(first_kept)


@given(
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    st.builds(Period, st.integers(0, 30), st.integers(0, 40), st.integers(0, 800)),
)
def test_cutoff_turns_the_limit_round(day: date, period: Period) -> None:
    first = cutoff(day, period)
    for start in (first - timedelta(days=n) for n in range(-3, 4)):
        assert (start < first) == (add(start, period) < day)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("country in US", [Condition("country", ("US",))]),
        ("country in [US, MX]", [Condition("country", ("US", "MX"))]),
        (
            "country in EU and order_entity == acme",
            [Condition("country", ("EU",)), Condition("order_entity", ("acme",))],
        ),
    ],
)
def test_conditions_are_read(when: str, expected: list[Condition]) -> None:
    assert list(conditions(when)) == expected


@pytest.mark.parametrize(
    "when", ["", "country", "country == US", "country in ", "order_entity in a", "a or b"]
)
def test_nothing_else_is_a_condition(when: str) -> None:
    with pytest.raises(ValueError, match="condition"):
        conditions(when)
