"""Whole scans of real servers: the same data gives the same findings on every store and engine."""

import dataclasses
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from servers import Server

import reports
from scanner import run
from scanner.config import Config, Detection, RecordRef, Sampling
from scanner.model import Ask, ScanResult, Secret, Source

AS_OF = date(2026, 1, 15)

RECORD = """
format = "1"
[organisation]
id = "acme"
[[data_group]]
id = "people"
categories = ["name_part", "password_hash", "customer_identifier"]
[[system]]
id = "crm"
[[store]]
id = "crm_db"
system = "crm"
kind = "database"
data_groups = ["people"]
[[store.site]]
match = ["{kind}://crm/**/people"]
[[store.field]]
match = "**/people#password"
must_be = "password_hash"
[[retention]]
id = "leavers"
stores = ["crm_db"]
period = "P90D"
starts = "account_termination"
[retention.proof]
column = "{kind}://{{source}}/**/people#left_on"
"""

CREATE = (
    "create table {0}people "
    "(id integer primary key, first_name varchar(40), email varchar(99), "
    "password varchar(99), left_on date)",
    "create table {0}leads (id integer primary key, phone varchar(40), comment_ varchar(200))",
)


def rows() -> Iterator[str]:
    for n in range(60):
        left = f"'2025-{n % 12 + 1:02d}-01'" if n % 2 else "null"
        yield (
            f"insert into {{0}}people values ({n}, 'Maartje', 'person{n}@polderwerk-mail.nl', "
            f"'Tr0mb0ne-{n}-Zeppelin', {left})"
        )
        yield f"insert into {{0}}leads values ({n}, '+33 6 39 98 {n:02d} 27', 'call back')"


@pytest.fixture(scope="module")
def postgres(postgres_server: Server) -> str:
    postgres_server.execute("create database whole")
    setup = [text.format("") for text in (*CREATE, *rows())]
    postgres_server.execute(
        *setup,
        "create role whole_reader login password 'reader-pw'",
        "grant select on all tables in schema public to whole_reader",
        "grant usage on schema public to whole_reader",
        database="whole",
    )
    return postgres_server.named("whole", "whole_reader", "reader-pw")


@pytest.fixture(scope="module")
def mariadb(mariadb_server: Server) -> str:
    mariadb_server.execute("create database whole")
    setup = [text.format("whole.") for text in (*CREATE, *rows())]
    mariadb_server.execute(
        *setup,
        "create user whole_reader identified by 'reader-pw'",
        "grant select on whole.* to whole_reader",
    )
    return mariadb_server.named("whole", "whole_reader", "reader-pw")


def scan(
    kind: str, url: str, folder: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> ScanResult:
    monkeypatch.setenv("WHOLE_URL", url)
    record = folder / "record.toml"
    record.write_text(RECORD.format(kind=kind), "utf-8")
    config = Config(
        sources=(Source("crm", url=Secret("WHOLE_URL"), country="FR"),),
        records=(RecordRef(record),),
        sampling=Sampling(rows=1000),
        detection=Detection(names=False),
        jobs=jobs,
    )
    return run.scan(config, run.Options(as_of=AS_OF))


@pytest.fixture(params=["postgresql", "mysql"])
def store(request: pytest.FixtureRequest) -> tuple[str, str]:
    fixture = {"postgresql": "postgres", "mysql": "mariadb"}[request.param]
    return request.param, request.getfixturevalue(fixture)


def test_a_whole_scan_finds_what_is_not_declared(
    store: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = scan(*store, tmp_path, monkeypatch, jobs=1)
    said = {(f.rule, f.store, f.category) for f in result.findings if f.severity.rank > 0}
    assert ("I01", "crm_db", "email_address") in said
    assert ("S01", "crm_db", "password_plaintext") in said
    assert [f.prefix.split("/")[-1] for f in result.findings if f.rule == "I02"] == ["leads"]
    assert result.inventory.all_gaps == ()
    assert result.exit_code == 1
    measures = [m for r in result.inventory.results for m in r.measures]
    overdue = [m for m in measures if m.question.ask is Ask.COUNT_BEFORE]
    # Of the thirty who left, the 1st of December alone is no 90 days ago.
    assert [(m.question.because, m.count) for m in overdue] == [("retention:leavers", 25)]


def _unestimated(result: ScanResult) -> ScanResult:
    """Leave out the store's own estimates of rows: it may make new ones between two scans."""
    results = tuple(
        dataclasses.replace(one, asset=dataclasses.replace(one.asset, population=None))
        for one in result.inventory.results
    )
    inventory = dataclasses.replace(result.inventory, results=results)
    return dataclasses.replace(result, inventory=inventory)


def test_engines_give_the_same_answers(
    store: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serial, pool = (scan(*store, tmp_path, monkeypatch, jobs=jobs) for jobs in (1, 2))
    serial, pool = _unestimated(serial), _unestimated(pool)
    assert dataclasses.astuple(serial.inventory) == dataclasses.astuple(pool.inventory)
    assert serial.findings == pool.findings


def test_no_report_names_the_host_the_account_or_the_password(
    store: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = scan(*store, tmp_path, monkeypatch, jobs=1)
    for name in reports.BUILTIN:
        text = reports.load(name).render(result).decode()
        for secret in ("reader-pw", "whole_reader", "127.0.0.1", "polderwerk"):
            assert secret not in text, f"{name} names {secret}"


REFUSED = [
    ("reader-pw", "wrong-pw", "refused"),
    (":{port}", ":1", "unreachable"),
]


@pytest.mark.parametrize(("old", "new", "reason"), REFUSED, ids=["password", "port"])
def test_a_source_that_does_not_answer_is_a_gap_and_exit_code_three(
    mariadb: str,
    mariadb_server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    old: str,
    new: str,
    reason: str,
) -> None:
    url = mariadb.replace(old.format(port=mariadb_server.port), new)
    result = scan("mysql", url, tmp_path, monkeypatch, jobs=1)
    assert [gap.reason.value for gap in result.inventory.all_gaps] == [reason]
    assert result.exit_code == 3
    assert [f.rule for f in result.findings if f.rule == "H05"] == ["H05"]
    assert "reader-pw" not in json.dumps([gap.detail for gap in result.inventory.all_gaps])
