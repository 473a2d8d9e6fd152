"""A small shop with a database, and the commands run in its folder."""

import contextlib
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scanner.cli import cli

FIRST = ("Ada", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gina", "Hugo", "Iris", "Jon")
LAST = ("Archer", "Brook", "Carver", "Dyer", "Ellis", "Fisher", "Grant", "Hayes", "Irwin", "Jarvis")


def people(count: int = 60) -> list[tuple[str, str, str]]:
    """First name, last name and address of invented people."""
    out = []
    for n in range(count):
        first, last = FIRST[n % 10], LAST[n // 10 % 10]
        out.append((first, last, f"{first.lower()}.{last.lower()}{n}@mail.invalid.fr"))
    return out


@pytest.fixture(scope="session")
def _shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    with sqlite3.connect(folder / "shop.sqlite") as database:
        database.execute("create table customers (id integer, first_name, last_name, email)")
        database.executemany(
            "insert into customers values (?, ?, ?, ?)",
            [(n, *row) for n, row in enumerate(people())],
        )
        database.execute("create table employees (id integer, surname, work_email, hire_date)")
        database.executemany(
            "insert into employees values (?, ?, ?, ?)",
            [(n, last, mail, f"20{n % 20 + 10}-03-0{n % 9 + 1}")
             for n, (_, last, mail) in enumerate(people(25))],
        )  # fmt: skip
        database.execute("create table products (id integer, title, price real)")
        database.executemany(
            "insert into products values (?, ?, ?)", [(n, f"Item {n}", n * 1.5) for n in range(40)]
        )
    database.close()
    return folder


@pytest.fixture(scope="session")
def _started(_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What init and record assign --out wrote, once: a scan takes seconds."""
    folder = tmp_path_factory.mktemp("started") / "shop"
    shutil.copytree(_shop, folder)
    with contextlib.chdir(folder):
        for words in (
            ("init", ".", "--source", "shop.sqlite", "--source-country", "FR",
             "--organisation", "Shop SA", "--country", "FR"),
            ("record", "assign", "--out", "assign.xlsx"),
        ):  # fmt: skip
            done = CliRunner().invoke(cli, list(words))
            assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def shop(_shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with shop.sqlite: customers, staff, products."""
    return _copied(_shop, tmp_path, monkeypatch)


@pytest.fixture
def started(_started: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shop after init: a configuration and a drafted record, and a sheet to assign."""
    return _copied(_started, tmp_path, monkeypatch)


def _copied(model: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    target = folder / "shop"
    shutil.copytree(model, target)
    monkeypatch.chdir(target)
    return target


@pytest.fixture
def run() -> Callable[..., Result]:
    """Run a command line and return what came of it; known errors are its exception."""

    def running(*words: str, **options: object) -> Result:
        return CliRunner().invoke(cli, list(words), **options)  # type: ignore[arg-type]

    return running
