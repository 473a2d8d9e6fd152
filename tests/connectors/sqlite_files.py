"""SQLite files for the tests, made by statements and opened through the connector."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

import connectors
from connectors.sql import SqlConnector
from scanner.model import Asset, Listing, Source

SERIES = "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < {}) "


class Make(Protocol):
    """Run statements on a file and open it; settings are those of the source."""

    def __call__(self, *statements: str, **settings: object) -> SqlConnector:
        """Open the file."""
        ...


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


def only(listing: Listing) -> Asset:
    """The one asset of a listing."""
    (asset,) = listing.assets
    return asset
