import sqlite3
from collections.abc import Iterator

import pytest
from contract import ConnectorContract, Store, renamed
from servers import Server

import connectors
from connectors import adbc
from scanner.model import Connector, Source

ROWS = [(i, f"person{i}@example.com", None if i % 3 else "") for i in range(1, 301)]
TABLE = "CREATE TABLE people (id INTEGER PRIMARY KEY, email VARCHAR(80) NOT NULL, note TEXT)"


def write(connector: Connector) -> None:
    raw = connector.session.raw()  # type: ignore[attr-defined]
    try:
        raw.cursor().execute("CREATE TABLE planted (a INTEGER)")
    finally:
        raw.rollback()


class TestSqlite(ConnectorContract):
    @pytest.fixture
    def store(self, tmp_path) -> Store:
        with sqlite3.connect(tmp_path / "a.db") as database:
            database.execute(TABLE)
            database.executemany("INSERT INTO people VALUES (?, ?, ?)", ROWS)
        database.close()
        source = Source("crm", path=str(tmp_path / "a.db"))
        return Store(lambda: connectors.open_store(source), renamed, write)


@pytest.fixture
def _no_adbc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adbc, "installed", lambda _: False)


@pytest.mark.usefixtures("_no_adbc")
class TestSqliteWithoutAdbc(TestSqlite):
    """What ADBC reads where it is installed, SQLAlchemy reads elsewhere."""


def _values() -> str:
    cells = [
        f"({i}, '{email}', {'NULL' if note is None else repr(note)})" for i, email, note in ROWS
    ]
    return "INSERT INTO people VALUES " + ", ".join(cells)


@pytest.fixture(scope="module")
def postgres_store(postgres_server: Server) -> Iterator[str]:
    postgres_server.execute("CREATE DATABASE contract", "CREATE ROLE contract_reader LOGIN")
    postgres_server.execute(
        TABLE,
        _values(),
        "ANALYZE people",
        "GRANT SELECT ON people TO contract_reader",
        database="contract",
    )
    yield postgres_server.named("contract", "contract_reader")
    postgres_server.execute("DROP DATABASE contract", "DROP ROLE contract_reader")


@pytest.fixture(scope="module")
def mariadb_store(mariadb_server: Server) -> Iterator[str]:
    mariadb_server.execute("CREATE DATABASE contract", "CREATE USER contract_reader@'%'")
    mariadb_server.execute(TABLE, _values(), "ANALYZE TABLE people", database="contract")
    mariadb_server.execute("GRANT SELECT ON contract.* TO contract_reader@'%'")
    yield mariadb_server.named("contract", "contract_reader")
    mariadb_server.execute("DROP DATABASE contract", "DROP USER contract_reader@'%'")


@pytest.mark.server("postgres")
class TestPostgresql(ConnectorContract):
    @pytest.fixture
    def store(self, postgres_store: str) -> Store:
        source = Source("crm", url=postgres_store)
        return Store(lambda: connectors.open_store(source), renamed, write)


@pytest.mark.server("postgres")
@pytest.mark.usefixtures("_no_adbc")
class TestPostgresqlWithoutAdbc(TestPostgresql):
    """What ADBC reads where it is installed, SQLAlchemy reads elsewhere."""


@pytest.mark.server("mariadb")
class TestMariadb(ConnectorContract):
    @pytest.fixture
    def store(self, mariadb_store: str) -> Store:
        source = Source("crm", url=mariadb_store)
        return Store(lambda: connectors.open_store(source), renamed, write)
