"""Retention in reports for people: a zero says whether it was looked for."""

import datetime as dt
from dataclasses import replace

import pytest
import sample

from reports.view import retention
from scanner.model import RetentionState, ScanResult

LATE = RetentionState(
    "leavers",
    "crm",
    "at most 90 days",
    measurable=True,
    cutoff=dt.date(2025, 10, 17),
    oldest=dt.date(2025, 10, 1),
    overdue=12,
)
HELD = replace(LATE, id="held", held=12)
FINE = replace(LATE, id="fine", overdue=0, reason="not in 1 of 3 assets: no proof")
BLIND = RetentionState("blind", "logs", "at most 1 year", reason="the store was not reached")


def result(*states: RetentionState) -> ScanResult:
    made = sample.result()
    return replace(made, records=(replace(made.records[0], retentions=states),))


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ((), ""),
        ((BLIND,), "0 of 1 rule measurable, 0 past the limit"),
        ((LATE, FINE, BLIND), "2 of 3 rules measurable, 1 past the limit"),
        ((HELD, FINE), "2 of 2 rules measurable, 0 past the limit, 1 with data that is held"),
    ],
)
def test_page_one_says_how_many_rules_could_be_measured(
    states: tuple[RetentionState, ...], said: str
) -> None:
    assert retention.sentence(result(*states)) == said


def test_what_is_past_a_limit_comes_first_then_what_was_not_measured() -> None:
    (table,) = retention.retentions(result(HELD, FINE, BLIND, LATE))
    assert [row[0] for row in table.rows] == ["leavers", "blind", "fine", "held"]
    late, blind, fine, held = table.rows
    assert late[3:] == ("2025-10-01", "12 (begun before 2025-10-17)", "yes")
    assert blind[3:] == ("–", "–", "no: the store was not reached")
    assert fine[5] == "yes; not in 1 of 3 assets: no proof"
    assert held[4].endswith("12 of them held")


def test_without_rules_there_is_no_table() -> None:
    assert retention.retentions(result()) == ()
