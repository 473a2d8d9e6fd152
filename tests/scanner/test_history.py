"""States of findings from scan to scan."""

import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import rulecases

from scanner.errors import OutputError
from scanner.history import History
from scanner.model import (
    Confidence,
    Evidence,
    Finding,
    Inventory,
    Omission,
    ScanResult,
    Severity,
    State,
)

FIRST, SECOND, THIRD = date(2026, 1, 1), date(2026, 1, 8), date(2026, 1, 15)
ASSET = "sqlite://crm/main/users"
STAMP = datetime(2026, 1, 1, tzinfo=UTC)


def finding(**more: Any) -> Finding:
    evidence = Evidence(f"{ASSET}#mail", "email_address", "EMAIL_ADDRESS", 400, 1000)
    base: dict[str, Any] = {
        "rule": "I01",
        "name": "undeclared-category",
        "record": "acme",
        "severity": Severity.HIGH,
        "confidence": Confidence.CONFIRMED,
        "title": "E-mail address: found in crm",
        "store": "crm",
        "category": "email_address",
        "evidence": (evidence,),
        "records": 400,
        "fingerprint": "0123456789abcdef",
    }
    return Finding(**{**base, **more})


def looked(**asset: Any) -> Inventory:
    return rulecases.inventory({"asset": [{"path": ASSET, **asset}]})


def scanned(history: History, day: date, inventory: Inventory, *found: Finding) -> History:
    stated = history.apply(found, day, inventory)
    result = ScanResult("id", "1", STAMP, STAMP, day, (), inventory, stated)
    return history.updated(result)


def states(history: History, day: date, inventory: Inventory, *found: Finding) -> list[State]:
    return [item.state for item in history.apply(found, day, inventory)]


@pytest.fixture
def once() -> History:
    """A history with one finding, seen in a random sample of 1,000 rows."""
    return scanned(History(), FIRST, looked(), finding())


def test_without_a_scan_before_everything_is_first() -> None:
    assert states(History(), FIRST, looked(), finding()) == [State.FIRST]


def test_a_scan_before_without_findings_makes_them_new() -> None:
    empty = scanned(History(), FIRST, looked())
    assert states(empty, SECOND, looked(), finding()) == [State.NEW]


def test_a_finding_seen_again_is_known_since_its_first_day(once: History) -> None:
    (found,) = once.apply([finding()], SECOND, looked())
    assert (found.state, found.first_seen) == (State.KNOWN, FIRST)


@pytest.mark.parametrize(("records", "state"), [(3999, State.KNOWN), (4000, State.GROWN)])
def test_tenfold_records_alert_again(records: int, state: State, once: History) -> None:
    assert states(once, SECOND, looked(), finding(records=records)) == [state]


def test_slow_growth_is_measured_from_the_last_alert(once: History) -> None:
    later = scanned(once, SECOND, looked(), finding(records=2000))
    assert states(later, THIRD, looked(), finding(records=4000)) == [State.GROWN]
    alerted = scanned(later, THIRD, looked(), finding(records=4000))
    assert states(alerted, THIRD, looked(), finding(records=4000)) == [State.KNOWN]


@pytest.mark.parametrize(
    ("inventory", "state"),
    [
        (looked(), State.RESOLVED),
        (looked(method="whole", rows=10), State.RESOLVED),
        (looked(rows=500), State.NOT_SEEN),
        (looked(looked_for=["IP_ADDRESS"]), State.NOT_SEEN),
        (looked(depth="metadata"), State.NOT_SEEN),
        (looked(gaps=[{"reason": "truncated"}]), State.NOT_SEEN),
        (looked(gaps=[{"reason": "not_measured"}]), State.RESOLVED),
        (rulecases.inventory({"source": [{"name": "crm", "complete": True}]}), State.RESOLVED),
        (rulecases.inventory({"source": [{"name": "crm"}]}), State.NOT_SEEN),
        (rulecases.inventory({}), State.NOT_SEEN),
        (
            replace(
                rulecases.inventory({"source": [{"name": "crm", "complete": True}]}),
                omissions=(Omission("crm", ASSET, "excluded"),),
            ),
            State.NOT_SEEN,
        ),
    ],
    ids=[
        "as well as before",
        "whole",
        "fewer rows",
        "another recognizer",
        "names only",
        "broken off",
        "a question without answer",
        "asset gone from a whole list",
        "source listed in part",
        "source not configured",
        "asset excluded now",
    ],
)
def test_gone_is_resolved_only_when_its_place_was_read_well(
    inventory: Inventory, state: State, once: History
) -> None:
    (gone,) = once.apply([], SECOND, inventory)
    assert (gone.state, gone.evidence, gone.fingerprint) == (state, (), "0123456789abcdef")
    assert (gone.store, gone.category, gone.first_seen) == ("crm", "email_address", FIRST)


def test_a_rare_value_missing_from_a_sample_is_not_resolved() -> None:
    rare = replace(finding().evidence[0], matched=2)
    once = scanned(History(), FIRST, looked(), finding(evidence=(rare,)))
    assert states(once, SECOND, looked()) == [State.NOT_SEEN]
    assert states(once, SECOND, looked(method="whole")) == [State.RESOLVED]


def test_what_a_name_said_is_resolved_when_names_were_read() -> None:
    named = Evidence(f"{ASSET}#born", "date_of_birth")
    once = scanned(History(), FIRST, looked(), finding(evidence=(named,)))
    assert states(once, SECOND, looked(depth="metadata")) == [State.RESOLVED]
    assert states(once, SECOND, looked(depth="nothing")) == [State.NOT_SEEN]


def test_what_the_record_alone_said_is_resolved_when_it_is_gone() -> None:
    own = finding(rule="Q01", evidence=(), store="", prefix="organisation")
    once = scanned(History(), FIRST, Inventory(), own)
    assert states(once, SECOND, Inventory()) == [State.RESOLVED]


def test_resolved_is_said_once_and_coming_back_is_new(once: History) -> None:
    after = scanned(once, SECOND, looked())
    assert states(after, THIRD, looked()) == []
    assert states(after, THIRD, looked(), finding()) == [State.NEW]


def test_not_seen_is_kept_as_it_was(once: History) -> None:
    after = scanned(once, SECOND, looked(rows=5))
    assert after.entries == once.entries
    assert states(after, THIRD, looked(), finding()) == [State.KNOWN]


def test_accepted_stays_accepted(once: History) -> None:
    (found,) = once.apply([finding(state=State.ACCEPTED)], SECOND, looked())
    assert (found.state, found.first_seen) == (State.ACCEPTED, FIRST)


def test_a_finding_that_another_speaks_over_is_not_resolved(once: History) -> None:
    secret = finding(rule="S03", fingerprint="f" * 16, also=(finding(),))
    assert states(once, SECOND, looked(), secret) == [State.NEW]
    after = scanned(once, SECOND, looked(), secret)
    assert states(after, THIRD, looked(), finding()) == [State.KNOWN, State.RESOLVED]
    assert states(after, THIRD, looked()) == [State.RESOLVED]


def test_history_survives_a_file(once: History, tmp_path: Path) -> None:
    path = tmp_path / "out" / "history.json"
    once.save(path)
    assert History.load(path) == once
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0


def test_history_holds_no_example_and_no_sentence_of_evidence(tmp_path: Path) -> None:
    told = replace(finding().evidence[0], examples=("aaa@aaa.aa",), why=("because",))
    path = tmp_path / "history.json"
    scanned(History(), FIRST, looked(), finding(evidence=(told,))).save(path)
    text = path.read_text()
    assert "aaa@" not in text
    assert "because" not in text


def test_no_file_is_an_empty_history(tmp_path: Path) -> None:
    assert History.load(tmp_path / "none.json") == History()


def broken(entry: dict[str, Any], **change: Any) -> str:
    whole = {"schema": "1", "last_scan": None, "findings": [{**entry, **change}]}
    return json.dumps(whole)


@pytest.mark.parametrize(
    "change",
    [
        {"severity": "dire"},
        {"first_seen": "yesterday"},
        {"records": "many"},
        {"places": []},
        {"places": {"nowhere": {"rows": 1, "share": 0.0, "looked_for": []}}},
        {"fingerprint": ""},
        {"title": None},
    ],
    ids=str,
)
def test_damaged_entry_stops_with_a_way_out(
    change: dict[str, Any], once: History, tmp_path: Path
) -> None:
    path = tmp_path / "history.json"
    once.save(path)
    entry = json.loads(path.read_text())["findings"][0]
    path.write_text(broken(entry))
    assert History.load(path).entries == once.entries
    path.write_text(broken(entry, **change))
    with pytest.raises(OutputError, match=r"history\.json cannot be used.*move it away"):
        History.load(path)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": "9", "findings": []}', "\udcff"])
def test_file_that_is_no_history_stops_with_a_way_out(text: str, tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(OutputError, match="move it away"):
        History.load(path)


def test_what_a_scan_saw_survives_saving(tmp_path: Path) -> None:
    months = {"ask": "months", "field": "ended", "because": "kept:logs", "groups": {"2025-12": 3}}
    held = [
        {"category": "email_address", "field": "mail", "matched": 4},
        {"category": "email_address", "field": "other", "matched": 9},
    ]
    inventory = looked(holdings=held, measure=[months])
    result = ScanResult(
        "id", "1", STAMP, STAMP, FIRST, (), inventory, (), detectors={"presidio": "2"}
    )
    path = tmp_path / "history.json"
    History().updated(result).save(path)
    past = History.load(path).past()
    assert past is not None
    assert (past.as_of, past.when, dict(past.detectors)) == (FIRST, STAMP, {"presidio": "2"})
    seen = past.assets[ASSET]
    assert dict(seen.held) == {"email_address": (9, 1000)}
    assert seen.months == {"retention:logs": {"2025-12": 3}}
    assert seen.method == "random"


def test_a_history_that_does_not_tell_what_was_seen_is_read(tmp_path: Path, once: History) -> None:
    path = tmp_path / "history.json"
    once.save(path)
    raw = json.loads(path.read_text("utf-8"))
    del raw["seen"]
    path.write_text(json.dumps(raw), "utf-8")
    read = History.load(path)
    assert read.past() is None
    assert read.entries


@pytest.mark.parametrize(
    "damage",
    [
        {"assets": {ASSET: {"held": {"email_address": [1]}}}},
        {"assets": {ASSET: {"months": {"retention:logs": {"2025-12": "3"}}}}},
        {"assets": {ASSET: {"population": "many"}}},
        {"assets": []},
        {"as_of": "soon"},
    ],
)
def test_damaged_memory_of_a_scan_is_refused(
    tmp_path: Path, once: History, damage: dict[str, Any]
) -> None:
    path = tmp_path / "history.json"
    once.save(path)
    raw = json.loads(path.read_text("utf-8"))
    raw["seen"] |= damage
    path.write_text(json.dumps(raw), "utf-8")
    with pytest.raises(OutputError, match="damaged"):
        History.load(path)


COUNTED = [
    (looked(), State.RESOLVED),
    (looked(depth="metadata"), State.RESOLVED),
    (looked(gaps=[{"reason": "not_measured"}]), State.NOT_SEEN),
    (looked(gaps=[{"reason": "truncated"}]), State.NOT_SEEN),
    (rulecases.inventory({"source": [{"name": "crm"}]}), State.NOT_SEEN),
    (rulecases.inventory({}), State.NOT_SEEN),
]


@pytest.mark.parametrize("rule", ["R01", "T01"])
@pytest.mark.parametrize(("inventory", "state"), COUNTED)
def test_what_was_counted_is_resolved_by_another_count_only(
    rule: str, inventory: Inventory, state: State
) -> None:
    late = replace(finding(), rule=rule, evidence=(), children=(ASSET,), fingerprint="c" * 16)
    before = scanned(History(), FIRST, looked(), late)
    assert states(before, SECOND, inventory) == [state]
