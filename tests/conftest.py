"""Fixtures for all tests: real servers, started at the first need and ended with the session."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# tests/connectors is no package (it would shadow the real one); its contract suite is shared.
sys.path.insert(0, str(Path(__file__).parent / "connectors"))
pytest.register_assert_rewrite("contract")

import servers  # noqa: E402 - after the path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[servers.Server]:
    """A PostgreSQL server to write to."""
    with servers.postgres() as server:
        yield server


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[servers.Server]:
    """A MariaDB server to write to."""
    with servers.mariadb() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_url(postgres_server: servers.Server) -> str:
    """URL of a PostgreSQL server, as its administrator."""
    return postgres_server.url


@pytest.fixture(scope="session")
def mariadb_url(mariadb_server: servers.Server) -> str:
    """URL of a MariaDB server, as its administrator."""
    return mariadb_server.url
