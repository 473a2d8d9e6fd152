"""Residency, access and ages on real stores: what is asked there, and what the rules make of it."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import pytest
from servers import Server

from scanner import run
from scanner.config import Config, Detection, RecordRef
from scanner.model import Ask, Finding, ScanResult, Source

DAY = date(2026, 1, 15)

RECORD = """
format = "1"
{effective}
[organisation]
id = "acme"
name = "Acme Solutions Inc."
country = "CA"
email = "privacy@acme.example"
regimes = ["eu_gdpr", "pipeda"]

[[party]]
id = "acme_europe"
name = "Acme Europe SAS"

[[activity]]
id = "accounts"
role = "controller"
purposes = ["Manage accounts"]
data_subjects = ["customer_user"]
data_groups = ["people"]

[[data_group]]
id = "people"
categories = ["person_name", "email_address", "country", "username", "customer_identifier"]

[[system]]
id = "secure"
activities = ["accounts"]
access_from = {access}

[[store]]
id = "db"
system = "secure"
kind = "database"
data_groups = ["people"]
residency = "storage_region"
[[store.site]]
country = "IE"
match = ["{kind}://eu/**"]
[[store.site]]
country = "US"
match = ["{kind}://us/**"]
[[store.site]]
country = "CA"
match = ["{kind}://ca/**"]
[store.subject]
key = "account_id"
lookup = "{kind}://{{source}}/{schema}/accounts"
lookup_key = "id"
country_column = "main_country"
entity_column = "order_entity"
created_column = "created_at"
agreement_column = "agreed_region"
[store.access]
asset = "{log}"
who = "staff"
country = "from_country"
when = "at"

[[store]]
id = "audit"
system = "secure"
kind = "log"
data_groups = ["people"]
[[store.site]]
match = ["log://audit/**", "sqlite://audit/**"]

[[residency]]
id = "storage_region"
[[residency.version]]
effective = 2018-05-22
until = 2020-10-31
branches = [
  {{ when = "country in US", region = "US" }},
  {{ when = "country in EU", region = "EU" }},
  {{ otherwise = true, region = "CA" }},
]
[[residency.version]]
effective = 2020-11-01
branches = [
  {{ when = "country in US", region = "US" }},
  {{ when = "country in EU", region = "EU" }},
  {{ when = "country in CA", region = "CA" }},
  {{ when = "order_entity == acme", region = "US" }},
  {{ when = "order_entity == acme_europe", region = "EU" }},
]
"""

# id, main country, ordering entity, created, agreed region; rows of users
Account = tuple[int, str | None, str | None, str, str | None, int]


def record(
    folder: Path,
    kind: str = "sqlite",
    schema: str = "main",
    access: str = '["CA", "EU"]',
    log: str = "sqlite://audit/**",
    effective: str = "",
) -> RecordRef:
    file = folder / "record.toml"
    text = RECORD.format(kind=kind, schema=schema, access=access, log=log, effective=effective)
    file.write_text(text, "utf-8")
    return RecordRef(file)


CREATE = (
    "create table accounts (id integer primary key, main_country varchar(60), "
    "order_entity varchar(60), created_at varchar(40), agreed_region varchar(20))",
    "create table users (id integer primary key, account_id integer, label varchar(40))",
)


def statements(accounts: Iterable[Account]) -> list[str]:
    out, user = list(CREATE), 0
    for id_, *values, users in accounts:
        cells = ", ".join("null" if v is None else "'" + v.replace("'", "''") + "'" for v in values)
        out.append(f"insert into accounts values ({id_}, {cells})")
        for _ in range(users):
            user += 1
            out.append(f"insert into users values ({user}, {id_}, 'seat {user}')")
    return out


def database(path: Path, setup: Iterable[str]) -> Path:
    with sqlite3.connect(path) as connection:
        for statement in setup:
            connection.execute(statement)
    connection.close()
    return path


def scan(sources: Iterable[Source], ref: RecordRef, as_of: date = DAY) -> ScanResult:
    config = Config(
        sources=tuple(sources), records=(ref,), detection=Detection(names=False), jobs=1
    )
    return run.scan(config, run.Options(as_of=as_of))


def regional(
    folder: Path, regions: Mapping[str, Iterable[Account]], as_of: date = DAY
) -> ScanResult:
    sources = [
        Source(name, path=str(database(folder / f"{name}.db", statements(accounts))))
        for name, accounts in regions.items()
    ]
    return scan(sources, record(folder), as_of)


def spoken(result: ScanResult, *rules: str) -> list[tuple[str, str, str, int]]:
    found = [f for f in result.findings if f.rule in rules]
    return sorted((f.rule, f.qualifier, f.confidence.value, f.records) for f in found)


def one(result: ScanResult, rule: str) -> Finding:
    (found,) = [f for f in result.findings if f.rule == rule]
    return found


NEW, OLD = "2021-03-01", "2019-03-01"


def test_customers_in_their_region_say_nothing(tmp_path: Path) -> None:
    result = regional(
        tmp_path,
        {
            "eu": [(1, "DE", "acme", NEW, None, 4), (2, "BR", "acme_europe", NEW, None, 2)],
            "us": [(1, "US", "acme", NEW, None, 4), (2, "BR", "acme", NEW, None, 1)],
            "ca": [(1, "CA", "acme", NEW, "", 3)],
        },
    )
    assert spoken(result, "T01", "T06") == []
    assert [g for g in result.inventory.all_gaps if g.asset] == []


@pytest.mark.parametrize(
    "word",
    ["US", "us", "USA", "United States", "États-Unis", "Etats-Unis", "Vereinigte Staaten", " usa "],
)
def test_a_country_may_be_written_in_many_ways(tmp_path: Path, word: str) -> None:
    result = regional(tmp_path, {"eu": [(1, word, "acme", NEW, None, 4)]})
    # Four users and the account itself.
    assert spoken(result, "T01", "T06") == [("T01", "US,EU", "confirmed", 5)]
    assert "5 rows of 1 customer in db" in one(result, "T01").title


def test_both_versions_and_agreements_count(tmp_path: Path) -> None:
    accounts = [
        (1, "BR", "Acme Solutions Inc.", OLD, None, 1),  # right in 2019
        (2, "BR", "Acme Solutions Inc.", NEW, None, 2),
        (3, "BR", "acme", NEW, "CA", 5),  # agreed in writing
        (4, "Deutschland", "acme", NEW, "eu", 7),
        (5, "CA", "acme", NEW, None, 9),
    ]
    result = regional(tmp_path, {"ca": accounts})
    assert spoken(result, "T01", "T06") == [
        ("T01", "EU,CA", "confirmed", 8),
        ("T01", "US,CA", "confirmed", 3),
    ]


def test_the_version_of_the_day_counts(tmp_path: Path) -> None:
    accounts = [(1, "BR", "acme", OLD, None, 1)]
    assert spoken(regional(tmp_path, {"ca": accounts}, date(2019, 6, 1)), "T01", "T06") == []


def test_right_by_the_older_version_is_possible(tmp_path: Path) -> None:
    accounts = [(1, "BR", "acme", OLD, None, 1)]
    result = regional(tmp_path, {"ca": accounts})
    assert spoken(result, "T01", "T06") == [("T01", "US,CA", "possible", 2)]


@pytest.mark.parametrize(
    ("country", "entity", "why"),
    [
        ("BR", None, "order_entity"),
        ("BR", "Somebody Ltd", "order_entity"),
        (None, "acme", "country"),
        ("Atlantis", "acme", "country"),
    ],
)
def test_a_missing_input_is_said_with_its_count(
    tmp_path: Path, country: str | None, entity: str | None, why: str
) -> None:
    result = regional(tmp_path, {"eu": [(1, country, entity, NEW, None, 3)]})
    assert spoken(result, "T01", "T06") == [("T06", why, "confirmed", 4)]


def test_no_unknown_value_leaves_the_store(tmp_path: Path) -> None:
    result = regional(tmp_path, {"eu": [(1, "Atlantis", "Zyx Secret Ltd", NEW, "Lemuria", 3)]})
    measures = [m for r in result.inventory.results for m in r.measures]
    assert any(m.customers for m in measures)
    said = repr([(m.groups, m.customers) for m in measures])
    assert not any(word in said.lower() for word in ("atlantis", "zyx", "lemuria"))


def test_the_groups_add_up_to_the_rows(tmp_path: Path) -> None:
    words = ["DE", "France", "usa", None, "??", "BR", "", "CA-QC"]
    accounts = [
        (n, words[n % len(words)], ("acme", None, "acme_europe")[n % 3], (OLD, NEW)[n % 2], None, n)
        for n in range(1, 41)
    ]
    result = regional(tmp_path, {"eu": accounts})
    for measured in result.inventory.results:
        (answer,) = [m for m in measured.measures if m.question.ask is Ask.CUSTOMERS]
        users = measured.asset.path.endswith("/users")
        assert sum(group.rows for group in answer.customers) == (820 if users else 40)
        assert sum(group.customers for group in answer.customers) == 40


def test_a_lookup_without_the_key_is_undecidable(tmp_path: Path) -> None:
    setup = [
        "create table accounts (number integer, main_country varchar(9))",
        "create table users (id integer, account_id integer)",
        "insert into users values (1, 1)",
    ]
    path = database(tmp_path / "eu.db", setup)
    result = scan([Source("eu", path=str(path))], record(tmp_path))
    assert one(result, "T06").qualifier == "subject"
    assert "lookup_key" in one(result, "T06").title


ACCESSES = [
    ("kim", "CA", "2019-02-01T09:00:00Z"),
    ("kim", "France", "2019-02-02T09:00:00Z"),
    ("lee", "us", "2019-03-01T09:00:00Z"),
    ("lee", "us", "2019-09-01T09:00:00Z"),  # after the day
    ("lee", "us", "2018-01-01T09:00:00Z"),  # before the record
]


def accesses_as_log(folder: Path) -> Source:
    place = folder / "audit"
    place.mkdir()
    names = ("staff", "from_country", "at")
    lines = [json.dumps(dict(zip(names, row, strict=True))) for row in ACCESSES]
    (place / "access.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return Source("audit", path=str(place))


def accesses_as_table(folder: Path) -> Source:
    setup = ["create table access (staff varchar(9), from_country varchar(40), at varchar(40))"]
    setup += [f"insert into access values {row!r}" for row in ACCESSES]
    return Source("audit", path=str(database(folder / "audit.db", setup)))


@pytest.mark.parametrize("kind", ["log", "sqlite"])
def test_access_from_a_country_that_is_not_declared(tmp_path: Path, kind: str) -> None:
    source = {"log": accesses_as_log, "sqlite": accesses_as_table}[kind](tmp_path)
    ref = record(tmp_path, log=f"{kind}://audit/**", effective="effective = 2018-05-22")
    result = scan([source], ref, date(2019, 6, 1))
    assert spoken(result, "T05") == [("T05", "US", "confirmed", 1)]


def test_access_from_a_declared_country(tmp_path: Path) -> None:
    ref = record(
        tmp_path,
        access='["CA", "US", "EU"]',
        log="log://audit/**",
        effective="effective = 2018-05-22",
    )
    assert spoken(scan([accesses_as_log(tmp_path)], ref, date(2019, 6, 1)), "T05") == []


def children(folder: Path, births: Iterable[str], as_of: date = DAY) -> ScanResult:
    setup = [
        "create table persons (id integer primary key, full_name varchar(40), birth_date date)"
    ]
    setup += [f"insert into persons values ({n}, 'x', '{born}')" for n, born in enumerate(births)]
    path = database(folder / "eu.db", setup)
    text = record(folder).path.read_text("utf-8")
    text = text.replace('regimes = ["eu_gdpr", "pipeda"]', 'regimes = ["coppa"]')
    text = text.replace('residency = "storage_region"\n', "")
    (folder / "record.toml").write_text(text, "utf-8")
    return scan([Source("eu", path=str(path))], RecordRef(folder / "record.toml"), as_of)


ADULTS = [
    f"{year}-0{month}-1{day}" for year in (1961, 1974, 1988) for month in (2, 5) for day in range(6)
]


@pytest.mark.parametrize(
    ("births", "count"),
    [
        (["2013-01-16"], 1),  # 13 tomorrow
        (["2013-01-15"], 0),  # 13 today
        (["2014-07-03", "2024-11-02"], 2),
        (["2011-05-05"], 0),
        (["2025-06-01", "2026-01-15"], 0),  # days of entry
        (["2020-01-01", "1900-01-01", "1970-01-01"], 0),  # nobody knows
    ],
)
def test_children_are_counted_to_the_day(tmp_path: Path, births: list[str], count: int) -> None:
    result = children(tmp_path, ADULTS + births)
    found = [f.records for f in result.findings if f.rule == "C03"]
    assert found == ([count] if count else [])


@pytest.fixture(scope="module")
def regions_on_postgres(postgres_server: Server) -> str:
    postgres_server.execute("create database places")
    accounts: list[Account] = [
        (1, "Brasil", "acme_europe", NEW, None, 2),
        (2, "GB", "acme_europe", NEW, None, 3),
        (3, "NO", "acme", NEW, None, 4),
        (4, "USA", None, NEW, None, 5),
        (5, "BR", None, NEW, None, 6),
    ]
    postgres_server.execute(
        *statements(accounts),
        "alter table accounts alter column created_at type timestamptz "
        "using created_at::timestamptz",
        "create role places_reader login password 'reader-pw'",
        "grant select on all tables in schema public to places_reader",
        database="places",
    )
    return postgres_server.named("places", "places_reader", "reader-pw")


def test_postgresql_counts_customers_by_region(tmp_path: Path, regions_on_postgres: str) -> None:
    ref = record(tmp_path, "postgresql", "places/public")
    result = scan([Source("eu", url=regions_on_postgres)], ref)
    assert spoken(result, "T01", "T06") == [
        ("T01", "US,EU", "confirmed", 11),
        ("T06", "order_entity", "confirmed", 7),
    ]
