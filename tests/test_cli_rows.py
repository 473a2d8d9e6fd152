"""``--rows all`` reads every row, and says so in what it writes."""

import json
import sqlite3
import sys
from pathlib import Path

import pytest

from scanner import cli


@pytest.fixture
def crm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    with sqlite3.connect("crm.sqlite") as connection:
        connection.execute("create table users (id integer primary key, email text)")
        connection.executemany(
            "insert into users (email) values (?)",
            [(f"person{n}@polderwerk-mail.nl",) for n in range(1500)],
        )
    connection.close()
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["ropascan", *arguments])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


def test_every_row_is_read_and_the_report_says_so(
    crm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["inventory", "crm.sqlite", "--rows", "all", "--no-names", "--jobs", "1"]
    assert run(monkeypatch, *arguments, "--format", "json", "--out", "out") == 0
    said = json.loads((crm / "out" / "ropascan.json").read_text("utf-8"))
    assert said["settings"]["rows per asset"] == "all"
    assert said["settings"]["bytes per asset"] == "no bound"
    assert said["settings"]["seconds per source"] == "no bound"
    (result,) = said["inventory"]["results"]
    assert (result["coverage"]["rows"], result["coverage"]["method"]) == (1500, "whole")


@pytest.mark.parametrize("rows", ["0", "-1", "many", "1.5", ""])
def test_other_words_for_rows_are_refused(
    rows: str, crm: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "inventory", "crm.sqlite", "--rows", rows) == 2
    assert "write a number from 1 on, or all" in capsys.readouterr().err


def test_a_dry_run_shows_the_statement_for_every_row(
    crm: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (crm / "config.toml").write_text('[[source]]\nname = "crm"\npath = "crm.sqlite"\n', "utf-8")
    assert run(monkeypatch, "scan", "--dry-run", "--rows", "all") == 0
    said = capsys.readouterr().out
    assert "every row, without a bound on bytes or seconds" in said
    assert "LIMIT" not in said
