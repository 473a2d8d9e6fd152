"""The state of every retention rule, as reports list it."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import rulecases

from scanner.model import RetentionState
from scanner.rules import compare

CASES = Path(__file__).parent / "cases" / "r01.toml"
ACCOUNTS = "sqlite://crm/main/accounts"


def states(
    folder: Path, *assets: dict[str, Any], swap: tuple[str, str] = ("", ""), add: str = ""
) -> dict[str, RetentionState]:
    """Return the states of the record of the cases of R01, by rule."""
    text = rulecases.cases(CASES)[0].record.replace(*swap) if swap[0] else None
    text = (text or rulecases.cases(CASES)[0].record) + add
    ropa = rulecases.record(text, folder)
    compared = compare(rulecases.inventory({"asset": list(assets)}), [ropa], rulecases.DAY)
    return {state.id: state for state in compared.records[0].retentions}


def accounts(*measures: dict[str, Any], path: str = ACCOUNTS) -> dict[str, Any]:
    return {
        "path": path,
        "fields": ["id", "email", "ended_at"],
        "holdings": [{"field": "email", "category": "email_address"}],
        "measure": list(measures),
    }


def late(count: int, oldest: dt.date | None = None) -> dict[str, Any]:
    answer = {"ask": "count_before", "field": "ended_at", "because": "retention:leavers"}
    told = {} if oldest is None else {"oldest": oldest}
    return {**answer, "cutoff": dt.date(2025, 10, 17), "count": count, "rows": 40, **told}


def test_a_measured_rule_tells_its_limit_cutoff_oldest_and_rows(tmp_path: Path) -> None:
    found = states(tmp_path, accounts(late(3, dt.date(2025, 9, 1))))["leavers"]
    assert found == RetentionState(
        "leavers",
        "crm",
        "at most 90 days after account termination",
        measurable=True,
        cutoff=dt.date(2025, 10, 17),
        oldest=dt.date(2025, 9, 1),
        overdue=3,
    )


def test_held_rows_are_counted_apart(tmp_path: Path) -> None:
    hold = '\n[[hold]]\nid = "h"\nreason = "A lawsuit"\nby = "Counsel"\nstores = ["crm"]\n'
    found = states(tmp_path, accounts(late(3, dt.date(2025, 9, 1))), add=hold)["leavers"]
    assert (found.overdue, found.held) == (3, 3)


@pytest.mark.parametrize(
    ("assets", "swap", "reason"),
    [
        ((), ("", ""), "the store was not reached"),
        ((accounts(),), ("", ""), "the store could not be asked this time; see the gaps"),
        (
            ({"path": ACCOUNTS, "fields": ["id"]},),
            ("", ""),
            "nothing that it limits was found",
        ),
        (
            (accounts(late(0)),),
            ('period = "P90D"', 'criteria = "while needed"'),
            "no period is declared",
        ),
        (
            (accounts(),),
            ("accounts#ended_at", "accounts#gone_at"),
            "accounts has no field that the proof names",
        ),
    ],
    ids=["not reached", "gap", "nothing there", "no period", "no proof"],
)
def test_an_unmeasured_rule_says_why(
    tmp_path: Path, assets: tuple[dict[str, Any], ...], swap: tuple[str, str], reason: str
) -> None:
    found = states(tmp_path, *assets, swap=swap)["leavers"]
    assert (found.measurable, found.reason) == (False, reason)


def test_a_rule_measured_in_part_says_where_not(tmp_path: Path) -> None:
    orders = accounts(path="sqlite://crm/main/orders")
    orders["fields"] = ["account_id", "email"]
    found = states(tmp_path, accounts(late(0)), orders)["leavers"]
    assert found.measurable
    assert found.reason.startswith("not in 1 of 2 assets: ")
