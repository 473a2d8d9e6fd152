"""The first hour: init asks little, tries the sources, and drafts what silences nothing."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from scanner import config as configuration
from scanner.config import RecordRef
from scanner.errors import ConfigError
from scanner.history import History
from scanner.model import Secret
from scanner.ropa import load

Run = Callable[..., Result]


def test_init_writes_a_configuration_and_a_draft_that_load(started: Path) -> None:
    config = configuration.load(started / "config.toml")
    assert [(s.name, s.country) for s in config.sources] == [("shop", "FR")]
    ropa = load(RecordRef(started / "record"))
    assert ropa.organisation.name == "Shop SA"
    assert {store.status for store in ropa.stores} == {"draft"}
    assert {activity.status for activity in ropa.activities} == {"draft"}
    assert ropa.stores[0].sites[0].match == ("sqlite://shop/**",)


def test_draft_tells_staff_from_customers(started: Path) -> None:
    ropa = load(RecordRef(started / "record"))
    held = {group.id: set(group.categories) for group in ropa.data_groups}
    assert "email_address" in held["shop_customers"]
    assert "email_address" in held["shop_staff"]
    persons = {p for activity in ropa.activities for p in activity.data_subjects}
    assert persons >= {"customer_user", "employee"}


def test_draft_never_silences_a_finding(started: Path, run: Run) -> None:
    run("scan", "--out", "out", "--format", "json")
    entries = History.load(started / "out/history.json").entries.values()
    assert [entry.rule for entry in entries if entry.rule.startswith("I")] == ["I02"]


def test_approval_does(started: Path, run: Run) -> None:
    ids = [store.id for store in load(RecordRef(started / "record")).stores]
    before = (started / "record/record.toml").read_bytes()
    done = run("record", "approve", *ids, "--by", "Dana Officer")
    assert done.exit_code == 0, done.output
    assert (started / "record/record.toml").read_bytes() == before
    store = load(RecordRef(started / "record")).stores[0]
    assert (store.status, store.approved_by) == ("active", "Dana Officer")
    run("scan", "--out", "out", "--format", "json")
    entries = History.load(started / "out/history.json").entries.values()
    assert [entry.rule for entry in entries if entry.rule.startswith("I0")] == []


def test_init_asks_for_what_it_was_not_told(shop: Path, run: Run) -> None:
    done = run("init", ".", "--no-draft", input="Shop SA\nfr\nshop.sqlite\n\n")
    assert done.exit_code == 0, done.output
    assert configuration.load(shop / "config.toml").sources[0].name == "shop"


def test_init_overwrites_nothing(started: Path, run: Run) -> None:
    done = run("init", ".", "--source", "shop.sqlite", "--organisation", "Other")
    assert isinstance(done.exception, ConfigError)
    assert "nothing was written" in str(done.exception)


def test_source_that_is_not_there_is_said_before_anything_is_written(shop: Path, run: Run) -> None:
    done = run("init", ".", "--source", "nowhere.sqlite", "--organisation", "Shop")
    assert isinstance(done.exception, ConfigError)
    assert not (shop / "config.toml").exists()


def test_source_that_does_not_answer_is_exit_code_3(shop: Path, run: Run) -> None:
    url = "postgresql+psycopg://reader:hunter2@127.0.0.1:9/crm"
    done = run("init", ".", "--source", url, "--organisation", "Shop")
    assert done.exit_code == 3, done.output
    assert not (shop / "record").exists()


def test_password_goes_into_no_file(shop: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CRM_URL", raising=False)
    url = "postgresql+psycopg://reader:hunter2@127.0.0.1:9/crm"
    done = run("init", ".", "--source", url, "--organisation", "Shop")
    assert "hunter2" not in (shop / "config.toml").read_text() + done.output
    assert configuration.load(shop / "config.toml").sources[0].url == Secret("CRM_URL")
    assert "CRM_URL" in done.output


def test_variable_of_ones_own_stays_one(
    shop: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_DB", f"sqlite:///{shop}/shop.sqlite")
    done = run("init", ".", "--source", "$MY_DB", "--organisation", "Shop", "--no-draft")
    assert done.exit_code == 0, done.output
    raw = tomllib.loads((shop / "config.toml").read_text())
    assert raw["source"][0]["url"] == {"env": "MY_DB"}


def test_secrets_and_special_categories_are_not_drafted(shop: Path, run: Run) -> None:
    import sqlite3

    with sqlite3.connect(shop / "shop.sqlite") as database:
        database.execute("create table logins (login, email, password)")
        rows = [(f"u{n}", f"u{n}@mail.invalid.fr", f"Sunny-Day{n * 7}!") for n in range(80)]
        database.executemany("insert into logins values (?, ?, ?)", rows)
    database.close()
    run("init", ".", "--source", "shop.sqlite", "--organisation", "Shop", "--country", "FR")
    text = (shop / "record/record.toml").read_text()
    ropa = load(RecordRef(shop / "record"))
    declared = {id_ for group in ropa.data_groups for id_ in group.categories}
    assert "password_plaintext" not in declared
    assert "password_plaintext" in text  # said, so that nobody overlooks it
