"""Where output goes: nothing is found out after a long scan, and nobody's leaving is an error."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import scanner
from scanner import output
from scanner.errors import ConfigError, OutputError

ROOT = str(Path(scanner.__file__).parents[1])
ENVIRONMENT = {**os.environ, "PYTHONPATH": ROOT}
COMMAND = [sys.executable, "-c", "from scanner.cli import main; main()"]
INVENTORY = [*COMMAND, "inventory", "crm.sqlite", "--no-names", "--jobs", "1"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with sqlite3.connect(tmp_path / "crm.sqlite") as connection:
        connection.execute("create table clés (email text)")
        connection.execute("insert into clés values ('p@polderwerk-mail.nl')")
    connection.close()
    return tmp_path


def test_a_format_and_a_folder_are_tried_before_the_scan(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="pdf"):
        output.prepare(["terminal", "pdf"], None)
    with pytest.raises(OutputError, match="--out"):
        output.prepare(["html"], tmp_path / "file" / "out")
    output.prepare(["html"], tmp_path / "new" / "out")
    assert list((tmp_path / "new" / "out").iterdir()) == []


@pytest.mark.parametrize("form", ["terminal", "jsonl"])
@pytest.mark.skipif(os.name == "nt", reason="pipes of Windows tell it differently")
def test_a_reader_that_leaves_changes_no_exit_code(folder: Path, form: str) -> None:
    read, written = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [*INVENTORY, "--format", form],
            cwd=folder,
            env=ENVIRONMENT,
            stdout=written,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(written)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_sentence(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            INVENTORY,
            cwd=folder,
            env=ENVIRONMENT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith("ropascan: cannot write to standard output")
    assert done.stderr.count("\n") == 1


def test_a_plan_is_shown_where_names_cannot_be(folder: Path) -> None:
    text = '[[source]]\nname = "crm"\npath = "crm.sqlite"\n[detection]\nnames = false\n'
    (folder / "config.toml").write_text(text, "utf-8")
    done = subprocess.run(
        [*COMMAND, "scan", "--dry-run"],
        cwd=folder,
        env={**ENVIRONMENT, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert r"cl\xe9s: content" in done.stdout
