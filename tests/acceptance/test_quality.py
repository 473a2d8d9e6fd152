"""The record's own quality, and what changes from scan to scan."""

import os
import sqlite3
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from acceptance.stage import ROWS, People, Stage, command


def test_A097_the_operator_is_never_named(stage: Stage) -> None:
    stage.demo("xmserver")
    found = [f for f in stage.check().all("Q01") if "organisation" in f.prefix]
    assert len(found) == 1
    assert (found[0].severity, "name" in found[0].title) == ("high", True)
    assert any("30(1)(a)" in article for article in found[0].articles), found[0].articles


@pytest.mark.parametrize("folder", ["xmedius_2018", "xmedius_2020"])
def test_A098_a_named_organisation_with_a_contact(stage: Stage, folder: str) -> None:
    stage.demo(folder)
    assert [f for f in stage.check().all("Q01") if "organisation" in f.prefix] == []


def test_A099_as_long_as_necessary_is_no_limit(stage: Stage) -> None:
    stage.demo("xmserver")
    found = [f for f in stage.check().all("Q02") if "case_by_case" in f.prefix]
    assert [f.severity.value for f in found] == ["medium"]


@pytest.mark.parametrize(
    ("criteria", "vague"),
    [
        ("as long as necessary", True),
        ("As long as is necessary for the purposes", True),
        ("aussi longtemps que nécessaire", True),
        ("as long as necessary, at most 3 years", False),
        ("until the end of the contract", False),
    ],
)
def test_A099_words_that_give_no_limit(stage: Stage, criteria: str, vague: bool) -> None:
    stage.demo("xmserver", change={"as long as necessary, case by case": criteria})
    assert bool([f for f in stage.check().all("Q02") if "case_by_case" in f.prefix]) == vague


def test_A100_contract_and_consent_for_one_purpose(stage: Stage) -> None:
    stage.demo("xmserver")
    found = stage.check().all("Q07")
    assert {f.activity for f in found} == {"customer_accounts", "risk_and_abuse"}
    assert {f.severity.value for f in found} == {"medium"}


def test_near_miss_contract_and_legal_obligation_go_together(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    assert stage.check().all("Q07") == []


def test_A102_a_party_that_ended(stage: Stage) -> None:
    stage.demo("xmserver")
    found = [f for f in stage.check().all("Q03") if "google_plus" in f.prefix]
    assert [(f.severity.value, "2019-04-02" in f.title) for f in found] == [("medium", True)]


def test_A101_near_miss_a_party_that_ends_later(stage: Stage) -> None:
    stage.demo("xmserver", change={"ended = 2019-04-02": "ended = 2027-04-02"})
    assert [f for f in stage.check().all("Q03") if "google_plus" in f.prefix] == []


def test_A103_affiliates_receive_what_needs_consent(stage: Stage) -> None:
    stage.demo("ixanet")
    found = stage.check().all("Q04")
    assert [f.severity.value for f in found] == ["medium"], [f.title for f in found]
    assert "consent" in found[0].title.lower()


def test_A104_near_miss_nobody_receives_it(stage: Stage) -> None:
    stage.demo("ixanet", change={'recipients = ["affiliates", "preferred_suppliers"]': ""})
    assert stage.check().all("Q04") == []


TWO = """
[[store]]
id = "twin"
system = "cloud_portal"
kind = "database"
data_groups = ["user_directory"]
[[store.site]]
country = "IE"
match = ["sqlite://portal-ie/main/**"]
"""


def test_A105_two_stores_claim_one_table(stage: Stage, people: People) -> None:
    stage.demo("xmedius_2020", add=TWO)
    stage.table("portal-ie", "users", {"id": range(ROWS), "email": people.emails})
    said = stage.scan()
    found = [f for f in said.all("Q09") if f.severity.rank > 0]
    assert [f.severity.value for f in found] == ["low"], said.summary()
    assert "portal_db" in found[0].title
    assert "twin" in found[0].title


def test_A105_a_glob_that_matches_nothing(stage: Stage, people: People) -> None:
    ghost = TWO.replace("main/**", "main/gone").replace('"twin"', '"ghost"')
    stage.demo("xmedius_2020", add=ghost)
    stage.table("portal-ie", "users", {"id": range(ROWS), "email": people.emails})
    found = [f for f in stage.scan().all("Q08") if "ghost" in (f.store, f.prefix, *f.title.split())]
    assert [f.severity.value for f in found] == ["low"]


def test_near_miss_the_more_specific_glob_wins(stage: Stage, people: People) -> None:
    stage.demo("xmedius_2020", add=TWO.replace("main/**", "main/users"))
    stage.table("portal-ie", "users", {"id": range(ROWS), "email": people.emails})
    assert stage.scan().all("Q09") == []


def test_near_miss_a_glob_of_a_source_that_is_not_configured(stage: Stage, people: People) -> None:
    stage.demo("xmedius_2020")
    stage.table("portal-ie", "users", {"id": range(ROWS), "email": people.emails})
    told = [f for f in stage.scan().all("Q08") if "portal-us" in f.title]
    assert told == []


# ---- history -------------------------------------------------------------------------------------

ITEMS = {"categories = []\nopen_ended = true\n": 'categories = ["customer_identifier"]\n'}


LICENCES = """
format = "1"
[organisation]
id = "xmedius"
name = "XMedius"
[[data_group]]
id = "licence_data"
name = "Any information collected by the license server"
categories = []
open_ended = true
[[system]]
id = "license_servers"
[[store]]
id = "license_db"
system = "license_servers"
kind = "database"
data_groups = ["licence_data"]
[[store.site]]
match = ["sqlite://license-ca/main/**"]
"""


def licences(stage: Stage, *, phones: bool) -> None:
    people = People(ROWS)
    columns: dict[str, Sequence[object]] = {
        "id": range(ROWS),
        "seats": [n % 9 for n in range(ROWS)],
    }
    if phones:
        columns["phone"] = people.phones
    Path(stage.folder / "stores" / "license-ca.sqlite").unlink(missing_ok=True)
    stage.table("license-ca", "activations", columns)


@pytest.mark.parametrize("itemised", [False, True])
def test_A106_a_new_column_is_a_new_finding(stage: Stage, itemised: bool) -> None:
    stage.demo("xmedius_2020", change=ITEMS if itemised else None)
    licences(stage, phones=False)
    stage.scan(as_of=date(2026, 1, 1), history=True).nothing()
    licences(stage, phones=True)
    for day, state in ((date(2026, 1, 8), "new"), (date(2026, 1, 15), "known")):
        (found,) = stage.scan(as_of=day, history=True).every()
        # The record of 2020 declares telephone numbers elsewhere.
        assert (found.rule, found.category, found.state) == ("I03", "phone_number", state)


def test_A106_what_no_store_declares_is_undeclared(stage: Stage) -> None:
    stage.record(LICENCES)
    licences(stage, phones=False)
    stage.scan(as_of=date(2026, 1, 8), history=True).nothing()
    licences(stage, phones=True)
    said = stage.scan(history=True)
    assert said.only("I01", "license_db", "phone_number").state == "new"


def test_A106_near_miss_what_was_there_at_the_first_look_is_no_growth(stage: Stage) -> None:
    stage.record(LICENCES)
    licences(stage, phones=True)
    stage.scan(as_of=date(2026, 1, 8), history=True).nothing()
    stage.scan(history=True).nothing()


def test_A107_what_was_removed_is_resolved(stage: Stage) -> None:
    stage.demo("xmedius_2020", change=ITEMS)
    licences(stage, phones=True)
    (before,) = stage.scan(as_of=date(2026, 1, 8), history=True).every()
    licences(stage, phones=False)
    said = stage.scan(history=True)
    after = [f for f in said.result.findings if f.fingerprint == before.fingerprint]
    assert [f.state.value for f in after] == ["resolved"]
    assert said.result.exit_code != 1


def test_A107_what_was_not_read_again_is_not_resolved(stage: Stage) -> None:
    stage.demo("xmedius_2020", change=ITEMS)
    licences(stage, phones=True)
    (before,) = stage.scan(as_of=date(2026, 1, 8), history=True).every()
    (stage.folder / "stores" / "license-ca.sqlite").write_bytes(b"not a database" * 99)
    said = stage.scan(history=True)
    after = [f for f in said.result.findings if f.fingerprint == before.fingerprint]
    assert [f.state.value for f in after] == ["not_seen"]


def test_the_same_finding_is_known_the_second_time(stage: Stage) -> None:
    stage.demo("xmedius_2020", change=ITEMS)
    licences(stage, phones=True)
    stage.scan(as_of=date(2026, 1, 8), history=True)
    (found,) = stage.scan(history=True).every()
    assert found.state == "known"


# ---- coverage ------------------------------------------------------------------------------------


def unreadable(stage: Stage) -> None:
    stage.demo("xmedius_2018")
    stage.file("backup-eu", "a.dump", b"\x1f\x8b" + bytes(99), modified=date(2025, 12, 20))
    stage.source("backup-eu", path=str(stage.folder / "stores" / "gone"))


def test_A108_backups_that_cannot_be_read_are_a_gap(stage: Stage) -> None:
    unreadable(stage)
    said = stage.scan()
    found = [f for f in said.all("H05") if "backup-eu" in f.prefix + f.title]
    assert [f.severity.value for f in found] == ["medium"], said.summary()
    assert said.result.exit_code == 3


def test_A108_the_summary_does_not_say_clean(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    unreadable(stage)
    config = str(stage.written())
    assert command(monkeypatch, "scan", "--config", config, "--as-of", "2026-01-15") == 3
    shown = capsys.readouterr().out.lower()
    assert "backup-eu" in shown
    assert "clean" not in shown
    assert "not looked at" in shown or "could not" in shown or "gap" in shown


def test_near_miss_readable_backups_are_no_gap(stage: Stage) -> None:
    stage.demo("xmedius_2018")
    stage.file("backup-eu", "a.dump", b"\x1f\x8b" + bytes(99), modified=date(2025, 12, 20))
    said = stage.scan()
    assert [f for f in said.all("H05") if "backup-eu" in f.prefix + f.title] == []


# ---- exit codes ----------------------------------------------------------------------------------


@pytest.fixture
def scan(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Scan by the command line; the exit code is returned."""

    def run(*more: str) -> int:
        config = str(stage.written())
        return command(monkeypatch, "scan", "--config", config, "--as-of", "2026-01-15", *more)

    return run


def own(stage: Stage, categories: str, people: People) -> None:
    stage.record(
        f"""
format = "1"
[organisation]
id = "shop"
name = "Shop"
[[data_group]]
id = "people"
categories = {categories}
[[system]]
id = "crm"
[[store]]
id = "crm_db"
system = "crm"
kind = "database"
data_groups = ["people"]
[[store.site]]
match = ["sqlite://crm/main/**"]
"""
    )
    stage.table("crm", "contacts", {"email": people.emails, "phone": people.phones})


def test_exit_code_0_where_all_is_declared(
    stage: Stage, people: People, scan: Callable[..., int]
) -> None:
    own(stage, '["email_address", "phone_number"]', people)
    assert scan() == 0


def test_exit_code_1_at_the_level_that_was_asked_for(
    stage: Stage, people: People, scan: Callable[..., int]
) -> None:
    own(stage, '["email_address"]', people)
    assert scan() == 0
    assert scan("--fail-on", "medium") == 1


def test_exit_code_2_where_the_record_cannot_be_read(
    stage: Stage, people: People, scan: Callable[..., int]
) -> None:
    own(stage, '["email_adress"]', people)
    assert scan() == 2


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_exit_code_3_where_a_source_is_no_database(
    stage: Stage, people: People, scan: Callable[..., int]
) -> None:
    own(stage, '["email_address", "phone_number"]', people)
    path = stage.folder / "stores" / "broken.sqlite"
    path.write_bytes(b"SQLite format 3\x00" + bytes(50))
    stage.source("broken", path=str(path))
    assert scan() == 3


def test_a_store_is_not_written_to(stage: Stage, people: People) -> None:
    own(stage, '["email_address"]', people)
    path = Path(stage.sources["crm"].path)
    before = path.read_bytes()
    stage.scan()
    assert path.read_bytes() == before
    assert sorted(item.name for item in path.parent.iterdir()) == ["crm.sqlite"]
    sqlite3.connect(path).close()
