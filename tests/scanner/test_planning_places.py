"""What is asked of which asset for residency, access and ages; and what is asked of none."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scanner.config import RecordRef
from scanner.countries import country_words
from scanner.model import Ask, Asset, Field, Question, Through
from scanner.planning import plan
from scanner.ropa import load
from scanner.ropa.types import Ropa, Subject

DAY = date(2026, 1, 15)

RECORD = """
format = "1"
effective = 2018-05-22
[organisation]
id = "acme"
name = "Acme Solutions Inc."
regimes = ["coppa"]
[[party]]
id = "acme_europe"
name = "Acme Europe SAS"
[[system]]
id = "secure"
access_from = ["CA", "EU"]
[[system]]
id = "private"
[[store]]
id = "db"
system = "secure"
kind = "database"
residency = "region"
[[store.site]]
country = "IE"
match = ["sqlite://eu/**"]
[[store.site]]
country = "US"
match = ["sqlite://us/**"]
[store.subject]
key = "account_id"
lookup = "sqlite://{source}/main/accounts"
lookup_key = "id"
country_column = "main_country"
entity_column = "order_entity"
created_column = "created_at"
birth_column = "born"
[store.access]
asset = "log://audit/**"
country = "from"
when = "at"
[[store]]
id = "voice"
system = "private"
kind = "database"
residency = "region"
[[store.site]]
country = "US"
match = ["sqlite://voice/**"]
[store.subject]
country_column = "main_country"
[[store]]
id = "audit"
system = "private"
kind = "log"
[[store.site]]
match = ["log://audit/**"]
[[residency]]
id = "region"
[[residency.version]]
effective = 2018-05-22
until = 2020-10-31
branches = [{ otherwise = true, region = "US" }]
[[residency.version]]
effective = 2021-01-01
branches = [{ when = "country in EU", region = "EU" }, { otherwise = true, region = "US" }]
"""

ACCOUNTS = ("id", "main_country", "order_entity", "created_at", "born")


@pytest.fixture
def ropa(tmp_path: Path) -> Ropa:
    file = tmp_path / "record.toml"
    file.write_text(RECORD, "utf-8")
    return load(RecordRef(file))


def table(path: str, *names: str) -> Asset:
    return Asset(path, path.split("/")[2], path.split(":")[0], fields=tuple(map(Field, names)))


def asked(ropa: Ropa, prefix: str, *assets: Asset) -> dict[str, list[Question]]:
    return {
        unit.asset.path: [q for q in unit.questions if q.because.startswith(prefix)]
        for unit in plan(assets, [ropa], DAY).units
    }


def test_rows_are_asked_through_the_list_of_customers(ropa: Ropa) -> None:
    users = table("sqlite://eu/main/users", "id", "account_id")
    accounts = table("sqlite://eu/main/accounts", *ACCOUNTS)
    found = asked(ropa, "residency:", users, accounts)
    (of_users,), (of_accounts,) = found[users.path], found[accounts.path]
    assert of_users.through == Through("account_id", accounts.path, "id")
    assert of_users.customer == "account_id"
    assert (of_accounts.through, of_accounts.customer) == (None, "id")
    for question in (of_users, of_accounts):
        assert (question.ask, question.because) == (Ask.CUSTOMERS, "residency:region")
        assert question.by == ("main_country", "order_entity", "")
        assert question.field == "created_at"


def test_periods_begin_with_each_version_and_where_one_ends(ropa: Ropa) -> None:
    accounts = table("sqlite://eu/main/accounts", *ACCOUNTS)
    (question,) = asked(ropa, "residency:", accounts)[accounts.path]
    days = (date(2018, 5, 22), date(2020, 11, 1), date(2021, 1, 1))
    assert question.steps == tuple(datetime(d.year, d.month, d.day, tzinfo=UTC) for d in days)


def test_words_stand_for_countries_and_for_who_processes_orders(ropa: Ropa) -> None:
    accounts = table("sqlite://eu/main/accounts", *ACCOUNTS)
    (question,) = asked(ropa, "residency:", accounts)[accounts.path]
    words = dict(question.words)
    assert (words["réunion"], words["fra"], words["eu"]) == ("RE", "FR", "EU")
    assert words["acme europe sas"] == words["acme_europe"] == "acme_europe"
    assert words["acme solutions inc"] == "acme"


@pytest.mark.parametrize(
    "assets",
    [
        [("users", "id", "account_id")],  # no list of customers
        [("users", "id", "account_id"), ("accounts", "number", "main_country")],  # no lookup_key
        [("settings", "id", "colour")],  # not tied to customers
    ],
)
def test_without_a_way_to_the_customer_nothing_is_asked(
    ropa: Ropa, assets: list[tuple[str, ...]]
) -> None:
    tables = [table(f"sqlite://eu/main/{name}", *names) for name, *names in assets]
    assert asked(ropa, "residency:", *tables)[tables[0].path] == []


def test_the_list_of_customers_must_lie_in_the_same_source(ropa: Ropa) -> None:
    users = table("sqlite://eu/main/users", "id", "account_id")
    elsewhere = table("sqlite://us/main/accounts", *ACCOUNTS)
    fixed = Subject(key="account_id", lookup=elsewhere.path, lookup_key="id")
    stores = tuple(replace(s, subject=fixed) if s.id == "db" else s for s in ropa.stores)
    found = asked(replace(ropa, stores=stores), "residency:", users, elsewhere)
    assert found[users.path] == []


def test_a_system_in_one_place_is_not_asked(ropa: Ropa) -> None:
    calls = table("sqlite://voice/main/calls", "id", "main_country")
    assert asked(ropa, "residency:", calls)[calls.path] == []


@pytest.mark.parametrize("fields", [(), ("who", "from", "at")])
def test_an_access_log_is_asked_since_the_record_took_effect(
    ropa: Ropa, fields: tuple[str, ...]
) -> None:
    log = replace(table("log://audit/access.jsonl", *fields), type="log")
    (question,) = asked(ropa, "access:", log)[log.path]
    assert (question.ask, question.field, question.when) == (Ask.GROUPS, "from", "at")
    assert question.since == datetime(2018, 5, 22, tzinfo=UTC)
    assert question.cutoff == datetime(2026, 1, 16, tzinfo=UTC)
    assert question.words == country_words()


def test_without_declared_countries_of_access_nothing_is_asked(ropa: Ropa) -> None:
    log = replace(table("log://audit/access.jsonl"), type="log")
    systems = tuple(replace(system, access_from=()) for system in ropa.systems)
    assert asked(replace(ropa, systems=systems), "access:", log)[log.path] == []


def test_ages_are_asked_to_the_day_and_the_declared_birth_field_by_name(ropa: Ropa) -> None:
    accounts = table("sqlite://eu/main/accounts", *ACCOUNTS)
    found = asked(ropa, "children:", accounts)[accounts.path]
    days = ["2013-01-16", "2020-01-01", "2020-01-02", "2025-01-16"]
    births = [q for q in found if q.ask is Ask.COUNT_FROM]
    for field, of in (("", ("date_of_birth",)), ("born", ())):
        mine = [q for q in births if (q.field, q.field_of) == (field, of)]
        assert [str(q.cutoff.date()) for q in mine if q.cutoff] == days
    assert [(q.below, q.field_of) for q in found if q.ask is Ask.COUNT_BELOW] == [
        (13, ("age",)),
        (1, ("age",)),
    ]


def test_a_word_never_means_two_countries() -> None:
    words = [word for word, _ in country_words()]
    assert len(words) == len(set(words))
    assert all(word == word.strip().lower() for word in words)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("de", "DE"),
        ("deu", "DE"),
        ("deutschland", "DE"),
        ("allemagne", "DE"),
        ("uk", "GB"),
        ("royaume-uni", "GB"),
        ("états-unis", "US"),
        ("etats-unis", "US"),
        ("nouvelle-calédonie", "NC"),
        ("ca-qc", "CA-QC"),
        ("europäische union", None),
        ("congo", None),  # two countries
        ("korea", None),
    ],
)
def test_words_for_countries(word: str, code: str | None) -> None:
    assert dict(country_words()).get(word) == code


def test_an_access_log_that_no_store_declares_is_asked_too(ropa: Ropa) -> None:
    trail = table("sqlite://elsewhere/main/access", "from", "at")
    stores = tuple(
        replace(s, access=replace(s.access, asset=trail.path)) if s.access else s
        for s in ropa.stores
    )
    (question,) = asked(replace(ropa, stores=stores), "access:", trail)[trail.path]
    assert question.field == "from"
