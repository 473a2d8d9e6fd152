"""Fixtures of the connectors' tests."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_files import Make

import connectors
from connectors.sql import SqlConnector
from scanner.model import Source


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Make and open ``a.db``; what was opened is closed afterwards."""
    opened: list[SqlConnector] = []

    def open_(*statements: str, **settings: object) -> SqlConnector:
        database = sqlite3.connect(tmp_path / "a.db")
        for statement in statements:
            database.execute(statement)
        database.commit()
        database.close()
        store = connectors.open_store(Source("crm", path=str(tmp_path / "a.db"), **settings))  # type: ignore[arg-type]
        assert isinstance(store, SqlConnector)
        opened.append(store)
        return store

    yield open_
    for store in opened:
        store.close()
