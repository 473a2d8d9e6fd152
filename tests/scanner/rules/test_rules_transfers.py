"""What transfer rules propose, what reports are told of places, and tables that are too old."""

from datetime import date
from pathlib import Path

import pytest
import rulecases
from rulecases import DAY, cases

from scanner.model import SourceStatus
from scanner.ropa.tables import tables
from scanner.rules import compare
from scanner.rules.location_mismatch import observed_place

FOLDER = Path(__file__).parent / "cases"
PROPOSED = [
    (rule, case)
    for rule in ("t03", "t04")
    for case in cases(FOLDER / f"{rule}.toml")
    if case.expected
]


@pytest.mark.parametrize(("rule", "case"), PROPOSED, ids=[f"{r}: {c.name}" for r, c in PROPOSED])
def test_a_proposal_can_be_appended_and_names_no_safeguard(
    rule: str, case: rulecases.Case, tmp_path: Path
) -> None:
    found = rulecases.told(case.compared(tmp_path).findings, rule.upper())
    fixes = [finding.fix for finding in found if finding.fix]
    text = "\n".join((case.record, *fixes))
    amended = rulecases.record(text, tmp_path, "amended.toml")
    before = rulecases.record(case.record, tmp_path)
    new = amended.transfers[len(before.transfers) :]
    assert len(new) == len(fixes)
    assert all(not transfer.mechanism for transfer in new)


def test_a_renewed_transfer_replaces_the_void_one(tmp_path: Path) -> None:
    case = next(c for c in cases(FOLDER / "t04.toml") if "the same years later" in c.name)
    (finding,) = rulecases.told(case.compared(tmp_path).findings, "T04")
    fix = finding.fix.replace("# mechanism", "mechanism")
    amended = rulecases.record(f"{case.record}\n{fix}", tmp_path)
    after = compare(rulecases.inventory(case.raw), [amended], DAY)
    assert rulecases.told(after.findings, "T04") == []


def test_reports_are_told_of_places_and_transfers(tmp_path: Path) -> None:
    located = next(c for c in cases(FOLDER / "t02.toml") if "declared in Ireland" in c.name)
    (summary,) = located.compared(tmp_path).records
    (place,) = summary.places
    assert (place.store, place.declared) == ("db", ("IE", "US", "CA"))
    assert (place.observed, place.residency) == (("US",), "storage_region")
    void = next(c for c in cases(FOLDER / "t04.toml") if "the day after" in c.name)
    (summary,) = void.compared(tmp_path).records
    (transfer,) = summary.transfers
    assert (transfer.origins, transfer.targets) == (("EU",), ("US",))
    assert (transfer.safeguard, transfer.state) == ("safe_harbor", "lapsed")
    assert "2015-10-06" in transfer.why


@pytest.mark.parametrize(
    ("country", "region", "place"),
    [("IE", "eu", "IE"), ("", "eu", "EU"), ("", "eu-west-1", ""), ("", "", "")],
)
def test_only_codes_say_where_a_source_lies(country: str, region: str, place: str) -> None:
    assert observed_place(SourceStatus("a", "sqlite", True, True, country, region)) == place
    assert observed_place(None) == ""


@pytest.mark.parametrize(
    ("asked", "said"),
    [(None, False), (date(2026, 1, 1), False), (date(2026, 12, 31), True)],
)
def test_a_later_table_of_adequacy_than_ours_is_said(
    asked: date | None, said: bool, tmp_path: Path
) -> None:
    assert bool(tables().behind(asked)) is said
    case = cases(FOLDER / "t04.toml")[0]
    text = case.record + (f"\n[settings]\nadequacy_table = {asked}\n" if asked else "")
    notes = compare(rulecases.inventory(case.raw), [rulecases.record(text, tmp_path)], DAY).notes
    assert any("adequacy table of" in note for note in notes) is said
