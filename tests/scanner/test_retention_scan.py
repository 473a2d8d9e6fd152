"""Retention from end to end: records and stores of real dates, scanned, compared, reported."""

import datetime as dt
import gzip
import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest

import scanner
from scanner.model import Finding, ScanResult

AS_OF = dt.date(2026, 1, 15)

CONFIG = """
jobs = 1

[[source]]
name = "crm"
path = "crm.db"

[[source]]
name = "web"
path = "logs"

[[source]]
name = "copies"
path = "copies"

[[record]]
path = "record.toml"
"""

RECORD = """
format = "1"
[organisation]
id = "acme"
name = "Acme"
country = "FR"
email = "privacy@acme.fr"

[[activity]]
id = "sales"
role = "controller"
purposes = ["Sell"]
data_subjects = ["customer_user"]
data_groups = ["contact", "traffic"]

[[data_group]]
id = "contact"
categories = ["email_address"]
[[data_group]]
id = "traffic"
categories = ["ip_address"]

[[system]]
id = "shop"
activities = ["sales"]

[[store]]
id = "crm"
system = "shop"
kind = "database"
data_groups = ["contact"]
[[store.site]]
match = ["sqlite://crm/**"]
[store.subject]
key = "account_id"
lookup = "sqlite://{source}/main/accounts"
lookup_key = "id"

[[store]]
id = "weblog"
system = "shop"
kind = "log"
data_groups = ["traffic"]
[[store.site]]
match = ["log://web/**"]

[[store]]
id = "copies"
system = "shop"
kind = "backup"
backup_of = ["crm"]
[[store.site]]
match = ["file://copies/**"]

[[retention]]
id = "leavers"
stores = ["crm"]
groups = ["contact"]
period = "P90D"
bound = "at_most"
starts = "account_termination"
[retention.proof]
column = "sqlite://{source}/main/accounts#ended_at"
flag_column = "sqlite://{source}/main/accounts#closed"

[[retention]]
id = "logs_1y"
stores = ["weblog"]
period = "P1Y"
bound = "at_most"
starts = "record_creation"

[[retention]]
id = "copies_1y"
stores = ["copies"]
period = "P1Y"
bound = "at_most"
starts = "backup_creation"
[retention.proof]
attribute = "file.modified"
"""

HOLD = """
[[hold]]
id = "lawsuit"
reason = "A lawsuit"
by = "Counsel"
stores = ["crm"]
"""

Account = tuple[str | None, str | None, int]  # e-mail, ended_at, closed


def database(folder: Path, accounts: Iterable[Account], orders: Iterable[int] = ()) -> None:
    """Accounts numbered from 1 (20 open ones are added), and orders of some of them."""
    every = [(f"open{n}@orange.fr", None, 0)
             for n in range(20)]  # fmt: skip
    with sqlite3.connect(folder / "crm.db") as made:
        made.execute(
            "create table accounts (id integer primary key, email text, ended_at text, closed int)"
        )
        made.execute(
            "create table orders (no integer primary key, account_id int, ship_email text)"
        )
        rows = [(n, *row) for n, row in enumerate([*accounts, *every], 1)]
        made.executemany("insert into accounts values (?, ?, ?, ?)", rows)
        made.executemany(
            "insert into orders (account_id, ship_email) values (?, ?)",
            [(id_, f"order{n}@orange.fr") for n, id_ in enumerate([*orders, *range(90, 110)])],
        )
    made.close()


def log(folder: Path, name: str, days: Iterable[str]) -> None:
    path = folder / "logs" / name
    path.parent.mkdir(exist_ok=True)
    lines = (
        f"85.214.132.{n % 200 + 1} - - [{dt.date.fromisoformat(day):%d/%b/%Y}:12:00:00 +0000] "
        '"GET / HTTP/1.1" 200 12 "-" "curl/8"\n'
        for day in days
        for n in range(30)
    )
    path.write_text("".join(lines), "ascii")


def copy(folder: Path, name: str, day: str) -> None:
    path = folder / "copies" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"PGDMP" + bytes(200))
    at = dt.datetime.fromisoformat(f"{day}T06:00:00+00:00").timestamp()
    os.utime(path, (at, at))


def scan(
    folder: Path, record: str = RECORD, as_of: dt.date = AS_OF, history: Path | None = None
) -> ScanResult:
    for needed in ("logs", "copies"):
        (folder / needed).mkdir(exist_ok=True)
    if not (folder / "crm.db").exists():
        database(folder, [])
    (folder / "record.toml").write_text(record, "utf-8")
    (folder / "config.toml").write_text(CONFIG, "utf-8")
    loaded = scanner.load_config(folder / "config.toml")
    return scanner.scan(loaded, scanner.Options(as_of=as_of, history=history))


def spoken(result: ScanResult) -> list[tuple[str, str, str, int]]:
    return [
        (f.rule, str(f.severity), f.qualifier, f.records)
        for f in result.findings
        if f.rule[0] == "R" and f.section == "findings"
    ]


def only(result: ScanResult, rule: str) -> Finding:
    (found,) = [f for f in result.findings if f.rule == rule]
    return found


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("ended", "late"),
    [
        ("2025-10-16", True),  # A066: the limit was 2026-01-14
        ("2025-10-17", False),  # A067: the limit is today
        ("2025-10-17T00:30:00+02:00", True),  # 2025-10-16 in UTC
        ("2025-10-16T23:30:00-05:00", False),  # 2025-10-17 in UTC
        ("2026-03-01", False),  # to end after the day of the comparison
        (None, False),  # still open
        ("", False),
    ],
)
def test_the_limit_is_exact_to_the_day_in_utc(here: Path, ended: str | None, late: bool) -> None:
    database(here, [("one@orange.fr", ended, 0)])
    expected = [("R01", "medium", "leavers", 1)] if late else []
    assert spoken(scan(here)) == expected


@pytest.mark.parametrize(
    ("period", "ended", "as_of", "late"),
    [
        ("P1Y", "2024-02-29", "2025-02-28", False),  # clamped: the limit is that day
        ("P1Y", "2024-02-29", "2025-03-01", True),
        ("P1M", "2026-01-31", "2026-02-28", False),
        ("P1M", "2026-01-31", "2026-03-01", True),
        ("P6M", "2025-08-30", "2026-02-28", False),
        ("P2Y", "2024-01-10", "2026-01-11", True),  # A076
        ("P2Y", "2024-01-10", "2026-01-10", False),
    ],
)
def test_month_ends_and_leap_days_are_those_of_the_calendar(
    here: Path, period: str, ended: str, as_of: str, late: bool
) -> None:
    database(here, [("one@orange.fr", ended, 0)])
    result = scan(here, RECORD.replace('"P90D"', f'"{period}"'), dt.date.fromisoformat(as_of))
    assert [rule for rule, *_ in spoken(result)] == (["R01"] if late else [])


def test_grace_is_added_to_the_limit(here: Path) -> None:
    database(here, [("one@orange.fr", "2025-10-09", 0), ("two@orange.fr", "2025-10-10", 0)])
    graced = RECORD.replace('period = "P90D"', 'period = "P90D"\ngrace = "P7D"')
    assert spoken(scan(here, graced)) == [("R01", "medium", "leavers", 1)]


def test_rows_are_judged_by_the_account_that_they_belong_to(here: Path) -> None:
    database(here, [(None, "2025-10-01", 0), ("two@orange.fr", None, 0)], orders=[1, 1, 1, 2])
    found = only(scan(here), "R01")
    assert (found.records, found.children) == (3, ("sqlite://crm/main/orders",))
    assert "ended_at of accounts" in found.evidence[0].why[0]


def test_emptied_rows_are_as_good_as_erased(here: Path) -> None:
    database(here, [(None, "2025-01-01", 0), ("", "2025-01-01", 0)])
    assert spoken(scan(here)) == []


def test_what_is_marked_as_closed_speaks_instead(here: Path) -> None:
    database(here, [("one@orange.fr", "2025-09-17", 1), ("two@orange.fr", "2025-11-17", 1)])
    assert spoken(scan(here)) == [("R05", "high", "leavers", 1)]


def test_a_hold_makes_it_information(here: Path) -> None:
    database(here, [("one@orange.fr", "2025-09-17", 1), ("two@orange.fr", "2025-09-17", 0)])
    result = scan(here, RECORD + HOLD)
    assert spoken(result) == [
        ("R01", "info", "leavers/lawsuit", 1),
        ("R05", "info", "leavers/lawsuit", 1),
    ]
    assert only(result, "R05").title.endswith("held: A lawsuit")


@pytest.mark.parametrize(("day", "late"), [("2025-01-14", True), ("2025-01-15", False)])
def test_log_entries_end_after_their_year(here: Path, day: str, late: bool) -> None:
    log(here, "access.log", ["2025-12-01"])
    log(here, "access.log.1", [day])  # A073
    result = scan(here)
    assert spoken(result) == ([("R01", "medium", "logs_1y", 30)] if late else [])


def test_a_log_of_a_store_without_a_rule_says_nothing_of_limits(here: Path) -> None:
    log(here, "access.log", ["2022-01-14"])  # A075
    record = RECORD.replace('stores = ["weblog"]', 'stores = ["crm"]\ngroups = ["traffic"]')
    assert spoken(scan(here, record)) == []


def test_an_old_file_of_a_backup_is_found_by_its_time(here: Path) -> None:
    copy(here, "core-2024.dump", "2024-12-20")  # A081
    copy(here, "core-2025.dump", "2025-01-15")
    result = scan(here)
    assert spoken(result) == [("R07", "medium", "copies_1y", 1)]
    assert only(result, "R07").children == ("file://copies/core-2024.dump",)


@pytest.mark.parametrize(("day", "late"), [("2024-12-20", True), ("2025-01-16", False)])
def test_a_packed_dump_is_as_old_as_its_file(here: Path, day: str, late: bool) -> None:
    path = here / "copies" / "core.sql.gz"
    path.parent.mkdir()
    rows = "".join(f"INSERT INTO users VALUES ({n}, 'user{n}@orange.fr');\n" for n in range(200))
    path.write_bytes(gzip.compress(rows.encode()))
    at = dt.datetime.fromisoformat(f"{day}T06:00:00+00:00").timestamp()
    os.utime(path, (at, at))
    record = RECORD.replace('["file://copies/**"]', '["{file,log}://copies/**"]')
    assert [rule for rule, *_ in spoken(scan(here, record))] == (["R07"] if late else [])


@pytest.mark.parametrize(("bound", "said"), [("exactly", ["R06"]), ("at_most", [])])
def test_rows_that_went_too_early_are_seen_against_the_scan_before(
    here: Path, bound: str, said: list[str]
) -> None:
    """A069, A070."""
    database(here, [("one@orange.fr", "2025-12-01", 0), ("two@orange.fr", "2025-11-20", 0)])
    record = RECORD.replace('bound = "at_most"\nstarts = "acc', f'bound = "{bound}"\nstarts = "acc')
    before = scan(here, record, dt.date(2026, 1, 8), history=here / "history.json")
    assert spoken(before) == []
    with sqlite3.connect(here / "crm.db") as made:
        made.execute("delete from accounts where ended_at = '2025-12-01'")
    made.close()
    now = scan(here, record, history=here / "history.json")
    assert [rule for rule, *_ in spoken(now)] == said
    if said:
        assert (only(now, "R06").records, only(now, "R06").confidence) == (1, "probable")


def test_what_was_erased_in_the_meantime_is_resolved(here: Path) -> None:
    database(here, [("one@orange.fr", "2025-09-17", 0)])
    scan(here, history=here / "history.json")
    with sqlite3.connect(here / "crm.db") as made:
        made.execute("update accounts set email = null where ended_at is not null")
    made.close()
    again = only(scan(here, history=here / "history.json"), "R01")
    assert again.state == "resolved"


def test_a_rule_whose_proof_is_not_there_cannot_be_checked(here: Path) -> None:
    record = RECORD.replace("accounts#ended_at", "accounts#finished_at")
    assert [(rule, level) for rule, level, *_ in spoken(scan(here, record))] == [("R03", "low")]


def test_one_of_two_limits_is_possible_where_nobody_says_which(here: Path) -> None:
    database(here, [("one@orange.fr", "2025-11-01", 0)])  # A072: day 75
    second = """
[[retention]]
id = "other"
stores = ["crm"]
groups = ["contact"]
period = "P60D"
combine = "unknown"
starts = "account_termination"
[retention.proof]
column = "**/accounts#ended_at"
"""
    found = only(scan(here, RECORD + second), "R01")
    assert (found.confidence, found.qualifier, found.records) == ("possible", "other", 1)


def test_two_scans_at_different_dates_keep_the_fingerprint(here: Path) -> None:
    database(here, [("one@orange.fr", "2025-09-17", 0)])
    first, second = scan(here), scan(here, as_of=AS_OF + dt.timedelta(days=7))
    assert only(first, "R01").fingerprint == only(second, "R01").fingerprint
