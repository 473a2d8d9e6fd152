"""The command as a table of arguments, exit code and one sentence."""

import json
import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from scanner import cli

RECORD = """
format = "1"
[organisation]
id = "acme"
name = "Acme"
email = "privacy@acme.fr"
address = "1 rue de la Paix, Paris"
[organisation.dpo]
name = "Privacy officer"
[[activity]]
id = "selling"
role = "controller"
name = "Selling"
purposes = ["sell"]
data_subjects = ["customer"]
data_groups = ["people"]
[[system]]
id = "crm"
activities = ["selling"]
measures = ["encryption_at_rest"]
[[data_group]]
id = "people"
categories = ["email_address", "name_part", "customer_identifier"]
[[store]]
id = "crm_db"
system = "crm"
kind = "database"
data_groups = ["people"]
[[store.site]]
country = "FR"
match = ["sqlite://crm/**"]
[[retention]]
id = "people_1y"
groups = ["people"]
period = "P1Y"
starts = "last_activity"
"""

CONFIG = """
[[record]]
path = "record.toml"
[[source]]
name = "crm"
path = "crm.sqlite"
country = "FR"
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    with sqlite3.connect("crm.sqlite") as connection:
        connection.execute("create table users (id integer primary key, email text)")
        connection.executemany(
            "insert into users (email) values (?)",
            [(f"person{n}@polderwerk-mail.nl",) for n in range(60)],
        )
    connection.close()
    (tmp_path / "record.toml").write_text(RECORD, "utf-8")
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["ropascan", *arguments])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    code = stop.value.code
    return code if isinstance(code, int) else 0


def test_what_is_declared_and_found_is_no_difference(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "scan", "--jobs", "1") == 0
    assert "RESULT" in capfd.readouterr().out


def test_a_category_not_declared_fails_the_run(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (place / "record.toml").write_text(RECORD.replace('"email_address", ', ""), "utf-8")
    assert run(monkeypatch, "scan", "--jobs", "1", "--fail-on", "medium") == 1
    assert "I01" in capfd.readouterr().out
    assert run(monkeypatch, "scan", "--jobs", "1", "--fail-on", "critical") == 0


def test_a_source_that_is_not_there_is_a_gap(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (place / "crm.sqlite").unlink()
    assert run(monkeypatch, "scan", "--jobs", "1", "--format", "jsonl") == 3
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [line["rule"] for line in lines if line["rule"] == "H05"] == ["H05"]


REFUSALS = [
    (["scan", "--config", "absent.toml"], "", "", "absent.toml"),
    (["scan"], "config.toml", "[[source]\nname=", "config.toml"),
    (["scan"], "config.toml", CONFIG + "[sampling]\nrwos = 5\n", "rows"),
    (
        ["scan"],
        "record.toml",
        RECORD.replace('"people"]\n[[system', '"poeple"]\n[[system'),
        "people",
    ),
    (["scan"], "record.toml", RECORD.replace("email_address", "email_adress"), "email_address"),
    (["scan"], "record.toml", RECORD.replace('country = "FR"', 'country = "XX"'), "XX"),
    (["scan"], "record.toml", RECORD + "[[stroe]]\nid='x'\n", "store"),
    (["scan", "--as-of", "yesterday"], "", "", "--as-of"),
    (["scan", "--format", "pdf"], "", "", "pdf"),
    (["inventory", "absent.sqlite"], "", "", "absent.sqlite"),
    (["inventory", "$NOT_SET_ANYWHERE"], "", "", "NOT_SET_ANYWHERE"),
    (["inventory", "$PATH"], "", "", "PATH does not hold the URL"),
    (["inventory", ""], "", "", "does not exist"),
    (["inventory", "postgresql://u:se/cret@127.0.0.1/crm"], "", "", "%2F"),
    (["config", "check"], "config.toml", "", "names no source"),
    (["config", "check"], "config.toml", CONFIG + '[reports]\nformats = ["pdf"]\n', "pdf"),
    (["scan"], "config.toml", CONFIG + '[reports]\nformats = ["pdf"]\n', "pdf"),
    (["inventory", "crm.sqlite", "--country", "XX"], "", "", "XX"),
    (["rules", "I99"], "", "", "I99"),
    (["record", "check", "absent"], "", "", "absent"),
]


@pytest.mark.parametrize(("arguments", "file", "text", "named"), REFUSALS)
def test_bad_input_gets_a_sentence_and_exit_code_two(
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    arguments: list[str],
    file: str,
    text: str,
    named: str,
) -> None:
    if file:
        (place / file).write_text(text, "utf-8")
    extra = ["--jobs", "1"] if arguments[0] in ("scan", "inventory") else []
    assert run(monkeypatch, *arguments, *extra) == 2
    said = capfd.readouterr()
    assert named in said.err
    assert "Traceback" not in said.err
    assert "unforeseen" not in said.err
    assert said.out == ""


def test_two_records_of_one_organisation_are_refused(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (place / "again.toml").write_text(RECORD, "utf-8")
    (place / "config.toml").write_text(CONFIG + '[[record]]\npath = "again.toml"\n', "utf-8")
    assert run(monkeypatch, "scan", "--jobs", "1") == 2
    assert "acme" in capfd.readouterr().err


def test_reports_are_readable_by_their_owner_alone(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    formats = ["--format", "json", "--format", "jsonl", "--format", "html"]
    assert run(monkeypatch, "scan", "--jobs", "1", "--out", "out", *formats) == 0
    files = sorted((place / "out").iterdir())
    assert [file.name for file in files] == [
        "history.json", "ropascan.html", "ropascan.json", "ropascan.jsonl",
    ]  # fmt: skip
    if sys.platform != "win32":
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_second_scan_says_what_is_known(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (place / "record.toml").write_text(RECORD.replace('"email_address", ', ""), "utf-8")
    states = []
    for _ in range(2):
        run(monkeypatch, "scan", "--jobs", "1", "--out", "out", "--format", "jsonl")
        lines = (place / "out" / "ropascan.jsonl").read_text("utf-8").splitlines()
        states.append({item["state"] for item in map(json.loads, lines) if item["rule"] == "I01"})
    assert states == [{"first"}, {"known"}]


def test_a_dry_run_prints_statements_and_reads_nothing(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "scan", "--dry-run") == 0
    out = capfd.readouterr().out
    assert "sqlite://crm/main/users: content" in out
    assert "SELECT" in out.upper()


def test_depth_names_reads_catalogues_only(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "scan", "--depth", "names", "--jobs", "1", "--format", "json") == 0
    result = json.loads(capfd.readouterr().out)
    coverage = result["inventory"]["results"][0]["coverage"]
    assert (coverage["depth"], coverage["rows"]) == ("metadata", 0)


def test_inventory_lines_are_the_contract(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "inventory", "crm.sqlite", "--jobs", "1", "--format", "jsonl") == 0
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    keys = (
        "schema source kind asset field category entity subject confidence score matched examined "
        "population method by text"
    )
    assert all(sorted(line) == sorted(keys.split()) for line in lines)
    found = {(line["field"], line["category"], line["confidence"]) for line in lines}
    assert ("email", "email_address", "confirmed") in found


def test_two_places_of_one_name_become_two_sources(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (place / "b").mkdir()
    (place / "b" / "crm.sqlite").write_bytes((place / "crm.sqlite").read_bytes())
    arguments = ["inventory", "crm.sqlite", "b/crm.sqlite", "--jobs", "1", "--format", "jsonl"]
    assert run(monkeypatch, *arguments) == 0
    sources = {json.loads(line)["source"] for line in capfd.readouterr().out.splitlines()}
    assert sources == {"crm", "crm-2"}


def test_config_check_tries_each_source(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "config", "check") == 0
    (place / "crm.sqlite").unlink()
    assert run(monkeypatch, "config", "check") == 3
    assert "source crm: " in capfd.readouterr().out


def test_config_check_tells_what_a_scan_would_stop_at(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (place / "again.toml").write_text(RECORD, "utf-8")
    (place / "config.toml").write_text(CONFIG + '[[record]]\npath = "again.toml"\n', "utf-8")
    assert run(monkeypatch, "config", "check") == 2
    assert "records: " in capfd.readouterr().out
    without = CONFIG + '[detection.models]\nen = "no_such_model"\n'
    (place / "config.toml").write_text(without, "utf-8")
    assert run(monkeypatch, "config", "check") == 3
    assert "no_such_model" in capfd.readouterr().out


def test_record_check_fails_on_what_is_missing(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "record", "check", "--fail-on", "high") == 0
    without = RECORD.replace('name = "Acme"\n', "")
    (place / "record.toml").write_text(without, "utf-8")
    assert run(monkeypatch, "record", "check", "--fail-on", "high") == 1
    assert "Q01" in capfd.readouterr().out


def test_rules_lists_and_explains(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "rules") == 0
    assert "I03  misplaced-category" in capfd.readouterr().out
    assert run(monkeypatch, "rules", "misplaced-category") == 0
    assert "How to resolve" in capfd.readouterr().out


def test_an_unforeseen_error_shows_its_place_and_not_its_text(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def explode(*_: object) -> None:
        raise RuntimeError("marie@acme.fr")

    monkeypatch.setattr("scanner.run.scan", explode)
    assert run(monkeypatch, "scan") == 2
    said = capfd.readouterr().err
    assert "RuntimeError" in said
    assert "marie" not in said
