"""The benchmarks run, at a size that proves nothing about speed, and compare what they say."""

import runpy
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scanner.model import Asset, Detected, Hit, Values

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
Script = Callable[..., str]
Module = Callable[[str], dict[str, Any]]


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Script]:
    """Run a script as a user does, in this process; return what it printed."""
    monkeypatch.syspath_prepend(BENCHMARKS)

    def run(name: str, *arguments: object) -> str:
        monkeypatch.setattr(sys, "argv", [name, *map(str, arguments)])
        runpy.run_path(str(BENCHMARKS / f"{name}.py"), run_name="__main__")
        return capsys.readouterr().out

    before = set(sys.modules)
    yield run
    for name in set(sys.modules) - before:  # "tables" and "logs" are no names for other tests
        if Path(getattr(sys.modules[name], "__file__", None) or "").parent == BENCHMARKS:
            del sys.modules[name]


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> Module:
    """Return what a module of the benchmarks defines."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    return lambda name: runpy.run_path(str(BENCHMARKS / f"{name}.py"), run_name=name)


def table(printed: str) -> list[list[str]]:
    """The lines for the table of docs/benchmarks.md, each with its five cells."""
    rows = [line for line in printed.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def test_verdicts_are_those_of_plain_presidio(script: Script) -> None:
    printed = script("verdicts", "--rows", 25, "--seed", 11)
    (row,) = table(printed)
    assert len(row) == 5
    assert row[3].count("verdicts, 0 differ") == 3, printed


class Blind:
    """Finds nothing."""

    def detect(self, values: Values, asset: Asset) -> Detected:
        return Detected((), frozenset({"EMAIL_ADDRESS"}))


class Seeing:
    """Takes every value for an e-mail address."""

    def detect(self, values: Values, asset: Asset) -> Detected:
        cells = enumerate(values.values)
        hits = (Hit(n, 0, len(text), "EMAIL_ADDRESS", 1.0, "Email") for n, text in cells)
        return Detected(tuple(hits), frozenset({"EMAIL_ADDRESS"}))


class Unhurried:
    """Stands for plain Presidio: a second for each cell."""

    def __init__(self, timing: Any) -> None:
        self.timing = timing

    def analyze(self, cells: list[str], most: int | None) -> Any:
        return self.timing(float(len(cells)), len(cells), len(cells))


def test_a_verdict_that_we_lose_is_named(
    module: Module, capsys: pytest.CaptureFixture[str]
) -> None:
    verdicts = module("verdicts")
    judge, plain = verdicts["Judge"], Unhurried(verdicts["Timing"])
    columns = {"contact": [f"person{n}@polderwerk-mail.nl" for n in range(30)]}
    for ours, theirs, differences in ((Blind, Seeing, 1), (Seeing, Seeing, 0)):
        found = verdicts["compare"]("t", columns, judge(ours()), plain, judge(theirs()), None)
        assert found.differences == differences
    assert capsys.readouterr().out.count("plain only: contact email_address ") == 1


def test_verdicts_of_measured_cells_alone_are_not_compared(script: Script) -> None:
    (row,) = table(script("verdicts", "--rows", 12, "--seed", 1, "--plain-cells", 24))
    assert row[3].count("not compared") == 3


def test_log_lines_give_the_counts_of_plain_presidio(script: Script, tmp_path: Path) -> None:
    (tmp_path / "own.log").write_text("login of Marie Dupont from 192.0.44.7\n" * 3, "utf-8")
    arguments = ("--lines", 40, "--plain-lines", 40, "--seed", 5, "--logs", tmp_path)
    printed = script("logs", *arguments)
    generated, real = table(printed)
    assert "0 counts differ" in generated[3], printed
    assert "0 counts differ" in real[3], printed
    assert "IP_ADDRESS 1" in printed.splitlines()[-2]


def test_the_whole_command_is_measured_on_one_table(script: Script) -> None:
    printed = script("onetable", "--rows", 30, "--plain-cells", 24, "--runs", 1, "--seed", 2)
    (row,) = table(printed)
    assert row[4].startswith("30 rows x 12 fields; plain Presidio extrapolated from ")


def test_packed_and_unpacked_databases_are_measured(
    script: Script, module: Module, tmp_path: Path
) -> None:
    import gzip

    tables = module("tables")
    one, two = tmp_path / "one.sqlite", tmp_path / "two.sqlite"
    for file in (one, two):
        tables["write_sqlite"](
            file, "customers", tables["CUSTOMERS"], list(tables["customers"](5, 1))
        )
    (tmp_path / "two.sqlite.gz").write_bytes(gzip.compress(two.read_bytes()))
    two.unlink()
    (row,) = table(script("databases", tmp_path, "--plain-cells", 20))
    assert row[4].startswith("2 databases, 24 fields, 1,000 rows a table, 120 cells;")


def test_memory_of_a_full_scan_is_measured(script: Script) -> None:
    (row,) = table(script("memory", "--count", 200, "--without-names-only", "--seed", 1))
    assert int(row[3].split()[0].strip("*")) > 20
    assert row[4] == "200 rows x 4 fields in 2 SQLite tables"


@pytest.mark.server("postgres")
def test_a_whole_scan_is_measured_against_reading(script: Script) -> None:
    (row,) = table(script("postgres", "--tables", 2, "--count", 60, "--seed", 3))
    assert row[4] == f"2 tables x 60 rows, samples of {_default_rows():,}, 1,440 cells"


def _default_rows() -> int | None:
    from scanner.config import Sampling

    return Sampling().rows


def test_all_writes_the_table_and_names_what_failed(script: Script, tmp_path: Path) -> None:
    empty, out = tmp_path / "empty", tmp_path / "table.md"
    empty.mkdir()
    script("all", "--out", out, "--databases", empty, "--small", "--only", "databases")
    text = out.read_text("utf-8")
    assert "| measure | floor | goal | measured | on |" in text
    assert "ended with exit code 1: no *.sqlite or *.sqlite.gz in" in text


def test_generated_tables_depend_on_the_seed_alone(
    module: Module,
) -> None:
    tables = module("tables")
    assert list(tables["customers"](9, 4)) == list(tables["customers"](9, 4))
    assert list(tables["customers"](9, 4)) != list(tables["customers"](9, 5))
    assert tables["lines"](5, 4) == tables["lines"](5, 4)
    assert tables["spread"]("abcdef", 3) == ["a", "c", "e"]
    assert tables["spread"]("ab", 3) == ["a", "b"]


def test_rows_of_large_tables_are_all_different(module: Module, tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    module("tables")["write_large"](tmp_path / "large.sqlite", 2, 30_000, 1)
    both = "select email from people_1 union all select email from people_2"
    with closing(sqlite3.connect(tmp_path / "large.sqlite")) as base:
        counted = f"select count(*), count(distinct email) from ({both})"
        assert base.execute(counted).fetchone() == (60_000, 60_000)
