import contextlib
import importlib
import importlib.metadata
import ssl
import sys
from pathlib import Path

import pytest
import servers

import connectors
from connectors.sql_url import CONNECT_SECONDS, is_local, resolve
from scanner.errors import DriverMissingError, StoreError
from scanner.model import Secret, Source

KINDS = [
    ({"url": "sqlite:////data/a.db"}, "sqlite"),
    ({"url": "postgresql://h/d"}, "postgresql"),
    ({"url": "postgres://h/d"}, "postgresql"),
    ({"url": "postgresql+psycopg://h/d"}, "postgresql"),
    ({"url": "mysql://h/d"}, "mysql"),
    ({"url": "MariaDB+pymysql://h/d"}, "mysql"),
    ({"path": "/nowhere/a.sqlite3"}, "sqlite"),
    ({"path": "/nowhere/app.log"}, "log"),
    ({"path": "/"}, "log"),
]


@pytest.mark.parametrize(("settings", "kind"), KINDS)
def test_kind_of_a_source(settings: dict[str, str], kind: str) -> None:
    assert connectors.kind_of(Source("s", **settings)) == kind


def test_a_file_is_a_database_by_its_first_bytes_and_not_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("2024-01-01 text")
    (tmp_path / "b.log").write_bytes(b"SQLite format 3\x00rest")
    assert connectors.kind_of(Source("s", path=str(tmp_path / "a.db"))) == "log"
    assert connectors.kind_of(Source("s", path=str(tmp_path / "b.log"))) == "sqlite"


@pytest.mark.parametrize("name", ["a.sqlite", "a.SQLITE3", "a.db"])
def test_an_encrypted_database_is_told_and_not_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(bytes(range(255, -1, -1)) * 32)
    source = Source("s", path=str(tmp_path / name))
    assert connectors.kind_of(source) == "sqlite"
    store = connectors.open_store(source)
    with contextlib.closing(store), pytest.raises(StoreError, match="encrypted") as told:
        store.assets()
    assert told.value.reason == "unreadable"


def test_a_log_has_no_url() -> None:
    with pytest.raises(StoreError, match="named by path"):
        connectors.open_store(Source("s", url="file:///var/log"))


@pytest.mark.parametrize("driver", ["psycopg", "pymysql"])
def test_a_connection_that_never_was_is_not_lost(driver: str) -> None:
    kind = {"psycopg": "postgresql", "pymysql": "mysql"}[driver]
    pytest.importorskip(driver)
    source = Source("s", url=f"{kind}://reader@127.0.0.1:99999/crm")
    store = connectors.open_store(source)
    with contextlib.closing(store), pytest.raises(StoreError, match="could not be reached"):
        store.assets()


def test_a_server_that_says_nothing_is_given_up_soon() -> None:
    pytest.importorskip("pymysql")
    limits = resolve(Source("s", url="mysql://reader@127.0.0.1/crm"), "test").arguments
    assert limits["read_timeout"] == limits["connect_timeout"] == CONNECT_SECONDS


@pytest.mark.parametrize("target", sorted(set(connectors.BUILTIN.values())))
def test_built_in_connectors_are_there(target: str) -> None:
    module, name = target.split(":")
    assert hasattr(importlib.import_module(module), name)


def test_unset_variables_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_SUCH", raising=False)
    for settings in (
        {"url": Secret("NO_SUCH")},
        {"url": "postgresql://h/d", "password": Secret("NO_SUCH")},
        {"url": "postgresql://h/d", "user": Secret("NO_SUCH")},
    ):
        with pytest.raises(StoreError, match="NO_SUCH") as error:
            connectors.open_store(Source("s", **settings))
        assert error.value.reason == "refused"


def test_secrets_are_resolved_when_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORE_URL", "postgresql://old@127.0.0.1/db")
    monkeypatch.setenv("STORE_PASSWORD", "s3cr3t")
    source = Source("s", url=Secret("STORE_URL"), user="new", password=Secret("STORE_PASSWORD"))
    target = resolve(source, "ropascan")
    assert (target.url.username, target.url.password) == ("new", "s3cr3t")
    assert "s3cr3t" not in repr(target) + repr(source)


def test_unknown_scheme_is_one_sentence_without_the_url() -> None:
    with pytest.raises(StoreError, match="mongodb") as error:
        connectors.open_store(Source("s", url="mongodb://user:s3cr3t@h/d"))
    assert error.value.reason == "unsupported"
    assert "s3cr3t" not in str(error.value)


@pytest.mark.parametrize("url", ["postgresql://u:s3cr3t@h:port/d", "postgresql//u:s3cr3t@h/d"])
def test_url_that_cannot_be_read_is_not_repeated(url: str) -> None:
    with pytest.raises(StoreError) as error:
        connectors.open_store(Source("s", url=url))
    assert "s3cr3t" not in repr(error.value)
    assert error.value.__cause__ is None


@pytest.mark.parametrize(
    "url",
    ["postgresql://h/d?options=-c%20x", "mysql://h/d?init_command=x", "mysql://h/d?local_infile=1"],
)
def test_options_that_could_undo_the_session_are_refused(url: str) -> None:
    with pytest.raises(StoreError, match="options") as error:
        connectors.open_store(Source("s", url=url))
    assert error.value.reason == "unsupported"


@pytest.mark.parametrize(
    ("url", "module", "line"),
    [
        ("postgresql://h/d", "psycopg", 'pip install "ropascan[postgres]"'),
        ("mysql://h/d", "pymysql", 'pip install "ropascan[mysql]"'),
    ],
)
def test_missing_driver_gives_the_install_line(
    monkeypatch: pytest.MonkeyPatch, url: str, module: str, line: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(DriverMissingError) as error:
        connectors.open_store(Source("s", url=url))
    assert line in str(error.value)


LOCAL = ["", None, "localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]", "/run/postgresql"]
REMOTE = ["db", "10.0.0.1", "localhost.example.com", "8.8.8.8", "192.168.1.1"]


@pytest.mark.parametrize(
    ("host", "local"), [*((h, True) for h in LOCAL), *((h, False) for h in REMOTE)]
)
def test_only_this_machine_is_local(host: str | None, local: bool) -> None:
    assert is_local(host) is local


def test_remote_postgresql_is_verified_whatever_the_url_says() -> None:
    target = resolve(Source("s", url="postgresql://db.example.com/d?sslmode=disable"), "ropascan 1")
    assert target.verified
    assert target.arguments["sslmode"] == "verify-full"
    assert target.arguments["sslrootcert"]
    assert target.arguments["connect_timeout"] == 10
    assert target.arguments["application_name"] == "ropascan 1"
    assert not target.url.query


def test_several_hosts_are_remote_when_one_is() -> None:
    url = "postgresql:///d?host=localhost,db.example.com"
    assert resolve(Source("s", url=url), "x").verified
    assert not resolve(Source("s", url="postgresql:///d?host=/run/postgresql"), "x").verified


def test_remote_mysql_is_verified() -> None:
    target = resolve(Source("s", url="mysql://db.example.com/d"), "ropascan 1")
    context = target.arguments["ssl"]
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert target.arguments["program_name"] == "ropascan 1"
    assert target.arguments["local_infile"] is False


@pytest.mark.parametrize("scheme", ["postgresql", "mysql"])
def test_verification_is_left_out_for_this_machine_or_on_demand(scheme: str) -> None:
    assert not resolve(Source("s", url=f"{scheme}://localhost/d"), "x").verified
    waived = Source("s", url=f"{scheme}://db.example.com/d", verify_tls=False)
    target = resolve(waived, "x")
    assert not target.verified
    assert target.arguments.get("sslmode", "prefer") == "prefer"
    assert "ssl" not in target.arguments


def test_server_that_is_down_is_unreachable() -> None:
    port = servers.free_port()
    for scheme in ("postgresql", "mysql"):
        store = connectors.open_store(Source("s", url=f"{scheme}://u:s3cr3t@127.0.0.1:{port}/d"))
        with pytest.raises(StoreError) as error:
            store.assets()
        assert error.value.reason == "unreachable"
        assert "s3cr3t" not in repr(error.value)
        store.close()


class Plugin:
    """Somebody else's connector."""

    def __init__(self, source: Source, *, application: str = "ropascan") -> None:
        self.source = source
        self.application = application


def test_plugins_come_through_the_same_door(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = importlib.metadata.EntryPoint("dbase", "plugin:Plugin", connectors.PLUGINS)
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda **_: [entry])
    monkeypatch.setitem(sys.modules, "plugin", sys.modules[__name__])
    store = connectors.open_store(Source("s", url="dbase://x"), application="ropascan 7")
    assert isinstance(store, Plugin)
    assert store.application == "ropascan 7"


def test_importing_the_package_loads_no_database_library() -> None:
    import subprocess

    script = "import sys, connectors; print(*{'sqlalchemy', 'pyarrow'} & set(sys.modules))"
    root = Path(connectors.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True)
    assert (done.stdout.strip(), done.returncode) == ("", 0)


def test_a_server_that_is_missing_skips_and_fails_where_it_is_required(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("REQUIRE_STORES", "mariadb, mongo")
    with pytest.raises(pytest.skip.Exception, match=r"apt-get install .* postgresql"):
        servers.missing("postgres", "gone")
    with pytest.raises(pytest.fail.Exception, match="mariadb-server"):
        servers.missing("mariadb", "gone")
