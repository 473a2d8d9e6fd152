import contextlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from contract import rows_of
from sqlite_files import SERIES, Make, only

import connectors
from connectors.sql import SqlConnector
from scanner.errors import StoreError
from scanner.model import Ask, Asset, Budget, Kind, Method, Question, Source


def kinds(store: SqlConnector, asset: Asset, budget: Budget | None = None) -> dict[str, Kind]:
    sample = store.read(asset, budget or Budget())
    return {column.field.name: column.field.kind for batch in sample.batches for column in batch}


def test_odd_names_are_read_as_they_are(make: Make) -> None:
    names = [
        'a"b',
        "c.d",
        "e\nf",
        "<b>",
        "é%s",
        ":g",
        "%(h)s",
        "select",
        "Rowid",
        "x y",
        "?",
        "a/b",
    ]
    quoted = [name.replace('"', '""') for name in names]
    fields = ", ".join(f'"{name}" TEXT' for name in quoted)
    table = 'we"ird.%s:t<i>\n#{}'.replace('"', '""')
    values = ", ".join(f"'v{at}'" for at in range(len(names)))
    store = make(f'CREATE TABLE "{table}" ({fields})', f'INSERT INTO "{table}" VALUES ({values})')
    asset = only(store.assets())
    assert asset.path == 'sqlite://crm/main/we"ird.%25s:t<i>%0A%23%7B%7D'
    cells = rows_of(store.read(asset, Budget()))
    assert [column[0] for column in cells.values()] == [f"v{at}" for at in range(len(names))]
    assert "c%2Ed" in cells
    assert store.ask(asset, Question(Ask.GROUPS, "%25(h)s")).groups == (("v6", 1),)


def test_catalogue_tells_types_keys_references_and_indexes(make: Make) -> None:
    store = make(
        "CREATE TABLE city (id INTEGER PRIMARY KEY, name TEXT UNIQUE)",
        "CREATE TABLE people (a INT, b INT, born DATE, seen TIMESTAMP, ok BOOLEAN, w REAL, "
        "pic BLOB, doc JSON, u UUID, city REFERENCES city, other INT REFERENCES city(id), "
        "PRIMARY KEY (a, b))",
        "CREATE INDEX seen_at ON people (seen, born)",
    )
    city, people = store.assets().assets
    fields = {field.name: field for field in people.fields}
    assert {name: field.kind.value for name, field in fields.items()} == {
        "a": "integer",
        "b": "integer",
        "born": "date",
        "seen": "timestamp",
        "ok": "boolean",
        "w": "number",
        "pic": "bytes",
        "doc": "json",
        "u": "uuid",
        "city": "text",
        "other": "integer",
    }
    assert [fields[name].key for name in "ab"] == ["primary", "primary"]
    assert [name for name, field in fields.items() if field.indexed] == ["a", "seen"]
    assert fields["city"].references == fields["other"].references == "main/city#id"
    assert [(f.key, f.indexed) for f in city.fields] == [("primary", True), ("unique", True)]


def test_views_are_left_out_unless_asked_for(make: Make) -> None:
    statements = (
        "CREATE TABLE t (a)",
        "INSERT INTO t VALUES (1)",
        "CREATE VIEW v AS SELECT * FROM t",
    )
    listed = make(*statements).assets()
    assert [asset.path for asset in listed.assets] == ["sqlite://crm/main/t"]
    assert [(o.asset, o.why) for o in listed.omissions] == [("sqlite://crm/main/v", "view")]
    store = make(views=True)
    view = store.assets().assets[1]
    assert view.type == "view"
    sample = store.read(view, Budget())
    assert (rows_of(sample), sample.method) == ({"a": ["1"]}, Method.WHOLE)


def test_unreadable_view_is_a_gap(make: Make) -> None:
    store = make(
        "CREATE TABLE t (a)",
        "CREATE VIEW v AS SELECT * FROM t",
        "DROP TABLE t",
        views=True,
    )
    listed = store.assets()
    assert [(gap.asset, gap.reason.value) for gap in listed.gaps] == [
        ("sqlite://crm/main/v", "unreadable")
    ]


def test_globs_choose_assets(make: Make) -> None:
    store = make(
        "CREATE TABLE a (x)",
        "CREATE TABLE b (x)",
        "CREATE TABLE tmp_c (x)",
        include=("main/{a,tmp_*}",),
        exclude=("**/tmp_*",),
    )
    listed = store.assets()
    assert [asset.path for asset in listed.assets] == ["sqlite://crm/main/a"]
    assert [(o.asset[-5:], o.why, o.by) for o in listed.omissions] == [
        ("ain/b", "excluded", "include"),
        ("tmp_c", "excluded", 'exclude = "**/tmp_*"'),
    ]
    assert listed.complete


def test_missing_file_is_an_error_and_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    with pytest.raises(StoreError, match="does not exist") as error:
        connectors.open_store(Source("crm", path=str(path)))
    assert error.value.reason == "unreachable"
    assert not path.exists()
    assert str(tmp_path) not in str(error.value)


def test_file_that_is_no_database_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"SQLite format 3\x00" + b"garbage " * 500)
    store = connectors.open_store(Source("crm", path=str(tmp_path / "a.db")))
    with pytest.raises(StoreError) as error:
        store.assets()
    assert error.value.reason == "unreadable"
    store.close()


def test_url_and_path_open_the_same_file(make: Make, tmp_path: Path) -> None:
    make("CREATE TABLE t (a)")
    store = connectors.open_store(Source("x", url=f"sqlite:///{tmp_path / 'a.db'}"))
    assert [asset.path for asset in store.assets().assets] == ["sqlite://x/main/t"]
    store.close()


CANONICAL = [
    ("INTEGER", "12345678901", "12345678901"),
    ("REAL", "3", "3.0"),
    ("REAL", "1e17", "100000000000000000.0"),
    ("REAL", "0.1", "0.1"),
    ("BOOLEAN", "1", "true"),
    ("BOOLEAN", "0", "false"),
    ("BOOLEAN", "2", "2"),
    ("TEXT", "NULL", None),
    ("TEXT", "''", ""),
    ("TEXT", "' x '", " x "),
    ("TEXT", "'007'", "007"),
    ("DATE", "'31/12/1999'", "31/12/1999"),
    ("TIMESTAMP", "'2024-01-02 03:04:05'", "2024-01-02T03:04:05"),
    ("TIMESTAMP", "'2024-01-02 03:04:05+02'", "2024-01-02T03:04:05+02:00"),
    ("UUID", "'C0FFEE00-0000-4000-8000-000000000001'", "c0ffee00-0000-4000-8000-000000000001"),
    ("BLOB", "x'41c3a9'", "Aé"),
    ("BLOB", "x'89504e470d0a1a0a00'", None),
    ("BLOB", "x'00ff'", None),
    ("BLOB", "''", ""),
    ("TEXT", "CAST(x'41ff42' AS TEXT)", "A\ufffdB"),
]


@pytest.mark.parametrize(("declared", "value", "expected"), CANONICAL)
def test_values_have_one_canonical_text(
    make: Make, declared: str, value: str, expected: str | None
) -> None:
    store = make(f"CREATE TABLE t (a {declared})", f"INSERT INTO t VALUES ({value})")
    assert rows_of(store.read(only(store.assets()), Budget())) == {"a": [expected]}


MISFITS = [
    ("INTEGER", "'marie@example.com'", Kind.TEXT),
    ("INTEGER", "'12'", Kind.INTEGER),
    ("DATE", "'marie@example.com'", Kind.TEXT),
    ("DATE", "'31.12.1999'", Kind.DATE),
    ("DATE", "1700000000", Kind.DATE),
    ("UUID", "'not one'", Kind.TEXT),
    ("BOOLEAN", "'yes'", Kind.BOOLEAN),
    ("BOOLEAN", "'Marie'", Kind.TEXT),
]


@pytest.mark.parametrize(("declared", "value", "kind"), MISFITS)
def test_what_a_field_holds_decides_over_what_it_declares(
    make: Make, declared: str, value: str, kind: Kind
) -> None:
    store = make(f"CREATE TABLE t (a {declared})", f"INSERT INTO t VALUES (1), (NULL), ({value})")
    assert kinds(store, only(store.assets())) == {"a": kind}


def test_bytes_carry_their_media_type(make: Make) -> None:
    store = make(
        "CREATE TABLE t (a BLOB)",
        "INSERT INTO t VALUES (x'89504e470d0a1a0a00'), (x'255044462d312e37'), (NULL)",
    )
    sample = store.read(only(store.assets()), Budget())
    ((column,),) = list(sample.batches)
    assert column.field.kind is Kind.BYTES
    assert column.field.declared == "blob application/pdf image/png"
    assert column.values.null_count == 3


def test_documents_become_dotted_fields(make: Make) -> None:
    store = make(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, doc JSON, note TEXT)",
        """INSERT INTO t VALUES
        (1, '{"city": "Lyon", "tags": ["a", "b"], "n": {"x.y": 1.50}}', '{"k": true}'),
        (2, NULL, NULL),
        (3, '{"city": null, "tags": []}', '["z"]')""",
    )
    assert rows_of(store.read(only(store.assets()), Budget())) == {
        "id": ["1", "2", "3"],
        "doc.city": ["Lyon", None, None],
        "doc.n.x%2Ey": ["1.50", None, None],
        "doc.tags": ["a", None, None, "b"],
        "note": [None, None, "z"],
        "note.k": ["true", None, None],
    }


def test_text_that_is_not_all_documents_stays_text(make: Make) -> None:
    store = make("CREATE TABLE t (a TEXT)", """INSERT INTO t VALUES ('{"k": 1}'), ('{not json')""")
    assert rows_of(store.read(only(store.assets()), Budget())) == {"a": ['{"k": 1}', "{not json"]}


def test_text_after_many_documents_releases_all_of_them(make: Make) -> None:
    store = make(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)",
        SERIES.format(1200) + "INSERT INTO t SELECT i, '{\"k\": 1}' FROM s",
        "UPDATE t SET a = 'plain' WHERE id = 900",
    )
    cells = rows_of(store.read(only(store.assets()), Budget(rows=2000)))
    assert set(cells) == {"id", "a"} or set(cells) == {"id", "a", "a.k"}
    assert len(cells["id"]) == 1200
    assert "plain" in cells["a"]
    assert sum(value is not None for name in cells for value in cells[name]) == 2400


def test_long_cells_are_cut_in_the_store(make: Make) -> None:
    store = make(
        "CREATE TABLE t (a TEXT, b BLOB)",
        "INSERT INTO t VALUES (printf('%.1000c', 'x'), CAST(printf('%.1000c', 'é') AS BLOB))",
    )
    sample = store.read(only(store.assets()), Budget(cell=99))
    cells = rows_of(sample)
    assert cells["a"] == ["x" * 99]
    assert set(cells["b"][0] or "") == {"é"}
    assert sample.cut == {"a": 1, "b": 1}


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    """A WAL database in a folder that the test's account may not write to.

    Root may write anywhere, so root becomes nobody for as long as the test runs.
    """
    if os.name != "posix":
        pytest.skip("needs POSIX permissions")
    folder = Path(tempfile.mkdtemp())
    database = sqlite3.connect(folder / "a.db")
    for statement in ("PRAGMA journal_mode = WAL", "CREATE TABLE t (a TEXT)"):
        database.execute(statement)
    database.close()
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@contextlib.contextmanager
def only_reading(folder: Path) -> Iterator[SqlConnector]:
    """Open the database without permission to write beside it."""
    for file in folder.iterdir():
        file.chmod(0o444)
    folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        store = connectors.open_store(Source("x", path=str(folder / "a.db")))
        assert isinstance(store, SqlConnector)
        yield store
        store.close()
    finally:
        if root:
            os.seteuid(0)


def test_closed_write_ahead_log_in_a_read_only_folder_is_read(locked_folder: Path) -> None:
    assert [file.name for file in locked_folder.iterdir()] == ["a.db"]
    with only_reading(locked_folder) as store:
        assert len(store.assets().assets) == 1


def test_pending_write_ahead_log_in_a_read_only_folder_is_an_error(locked_folder: Path) -> None:
    (locked_folder / "a.db-wal").write_bytes(b"x" * 64)
    with only_reading(locked_folder) as store, pytest.raises(StoreError, match="unfinished"):
        store.assets()


def test_a_field_without_a_name_is_no_asset(make: Make) -> None:
    connector = make('CREATE TABLE t ("" text, a text)', "INSERT INTO t VALUES ('x', 'y')")
    (asset,) = connector.assets().assets
    assert [field.name for field in asset.fields] == ["%", "a"]
    assert rows_of(connector.read(asset, Budget())) == {"%": ["x"], "a": ["y"]}
