"""Undeclared places are assigned in a spreadsheet, and nobody types a glob."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from openpyxl import Workbook, load_workbook

from scanner.config import RecordRef
from scanner.errors import ConfigError
from scanner.keeping import sheet
from scanner.keeping.families import Family
from scanner.ropa import load

Run = Callable[..., Result]


@pytest.fixture
def written(started: Path) -> Path:
    """A sheet that waits for decisions."""
    return started / "assign.xlsx"


def fill(path: Path, **decisions: str) -> Path:
    """Write decisions by the last part of the place, and return the filled copy."""
    book = load_workbook(path)
    for row in book["assign"].iter_rows(min_row=2):
        name = str(row[0].value).rpartition("/")[2]
        row[8].value = decisions.get(name)
    target = path.with_name("filled.xlsx")
    book.save(target)
    return target


def test_one_row_says_what_is_there_and_suggests_why(written: Path) -> None:
    rows = {
        str(row[0]).rpartition("/")[2]: row
        for row in load_workbook(written)["assign"].iter_rows(min_row=2, values_only=True)
    }
    assert set(rows) == {"customers", "employees"}
    customers = rows["customers"]
    assert "email_address" in str(customers[1])
    assert (customers[3], customers[4], customers[5]) == ("customer", 60, "customers_data")
    assert "categories found" in str(customers[6])
    assert customers[8] is None
    assert rows["employees"][5] == "staff_data"


@pytest.mark.parametrize(
    ("decision", "declared"),
    [
        ("covered by customers_data", {"email_address"}),
        ("covered by shop", {"email_address"}),  # a store
        ("new", {"email_address"}),
        ("Covered  by customers_data", {"email_address"}),
    ],
)
def test_decision_becomes_a_store_that_counts(
    written: Path, run: Run, decision: str, declared: set[str]
) -> None:
    fill(written, customers=decision)
    done = run("record", "assign", "--apply", "filled.xlsx", "--by", "Dana Officer")
    assert done.exit_code == 0, done.output
    ropa = load(RecordRef(written.parent / "record"))
    (store,) = [s for s in ropa.stores if s.status == "active"]
    assert store.approved_by == "Dana Officer"
    assert store.sites[0].match == ("sqlite://shop/main/customers",)
    groups = {g.id: set(g.categories) for g in ropa.data_groups}
    assert declared <= set().union(*(groups[id_] for id_ in store.data_groups))


def test_new_activity_is_a_draft_with_owner_and_uses_the_system(written: Path, run: Run) -> None:
    book = load_workbook(fill(written, employees="new"))
    for row in book["assign"].iter_rows(min_row=2):
        row[7].value, row[9].value = "Head of people", "Staff administration"
    book.save(written.with_name("filled.xlsx"))
    run("record", "assign", "--apply", "filled.xlsx", "--by", "Dana Officer")
    ropa = load(RecordRef(written.parent / "record"))
    activity = next(a for a in ropa.activities if a.name == "Staff administration")
    assert (activity.status, activity.owner) == ("draft", "Head of people")
    assert activity.id in next(s for s in ropa.systems if s.id == "shop").activities


def test_not_personal_is_a_vetted_false_alarm(written: Path, run: Run) -> None:
    fill(written, customers="not personal")
    run("record", "assign", "--apply", "filled.xlsx", "--by", "Dana Officer")
    (store,) = [s for s in load(RecordRef(written.parent / "record")).stores if s.fields]
    assert "email_address" in store.fields[0].is_not
    assert not store.data_groups
    run("scan", "--format", "json", "--out", "out")
    findings = json.loads((written.parent / "out/ropascan.json").read_text())["findings"]
    about = [f for f in findings if f["store"] == store.id]
    assert [f["rule"] for f in about if f["severity"] != "info" and f["rule"][0] != "Q"] == []


@pytest.mark.parametrize("decision", ["later", "delete", ""])
def test_what_is_not_decided_writes_nothing_and_is_said(
    written: Path, run: Run, decision: str
) -> None:
    fill(written, customers=decision)
    done = run("record", "assign", "--apply", "filled.xlsx", "--by", "Dana Officer")
    assert "customers" in done.output
    assert not (written.parent / "record/assigned.toml").exists()


def test_applying_twice_writes_once(written: Path, run: Run) -> None:
    fill(written, customers="new", employees="new")
    run("record", "assign", "--apply", "filled.xlsx", "--by", "Dana Officer")
    text = (written.parent / "record/assigned.toml").read_text()
    done = run("record", "assign", "--apply", "filled.xlsx", "--by", "Dana Officer")
    assert "declares it already" in done.output
    assert (written.parent / "record/assigned.toml").read_text() == text


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [("coverd by x", "is not one of"), ("covered by custmers_data", "customers_data")],
)
def test_decision_that_cannot_be_read_writes_nothing(
    written: Path, run: Run, decision: str, sentence: str
) -> None:
    fill(written, customers=decision, employees="new")
    done = run("record", "assign", "--apply", "filled.xlsx", "--by", "Dana Officer")
    assert isinstance(done.exception, ConfigError)
    assert sentence in str(done.exception)
    assert "row 2" in str(done.exception)
    assert not (written.parent / "record/assigned.toml").exists()


def _strange(path: Path) -> None:
    book = Workbook()
    book.save(path)


def _moved(path: Path) -> None:
    book = load_workbook(path)
    book["assign"]["A2"] = "sqlite://other/main/x"
    book.save(path)


def _damaged(path: Path) -> None:
    book = load_workbook(path)
    book["families"]["B1"] = "{"
    book.save(path)


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (_strange, "no sheet of"),
        (_moved, "row 2"),
        (_damaged, "damaged"),
        (lambda path: path.write_bytes(b"PK\x03\x04 no zip"), "xlsx"),
        (lambda path: path.write_text("a;b"), "xlsx"),
        (lambda path: path.unlink(), "cannot be opened"),
    ],
)
def test_sheet_that_cannot_be_used_is_one_sentence(
    written: Path, run: Run, harm: Callable[[Path], Any], sentence: str
) -> None:
    harm(written)
    done = run("record", "assign", "--apply", written.name, "--by", "Dana Officer")
    assert isinstance(done.exception, ConfigError), done.output
    assert sentence in str(done.exception)


def test_zip_bomb_is_refused_unopened(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 40 * 1024 * 1024)
    with pytest.raises(ConfigError, match="unpacks to more"):
        sheet.read(tmp_path / "bomb.xlsx")


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    place = "file://x/=cmd()"
    found = ("email_address",)
    family = Family(place, (place,), "x", "file", "", "", found, (), "=1+1", 1, (place,))
    sheet.write(tmp_path / "a.xlsx", [(family, None)], ())
    cell = load_workbook(tmp_path / "a.xlsx")["assign"]["D2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_either_out_or_apply(started: Path, run: Run) -> None:
    assert run("record", "assign").exit_code == 2
    assert run("record", "assign", "--apply", "x.xlsx").exit_code == 2  # who decided?
