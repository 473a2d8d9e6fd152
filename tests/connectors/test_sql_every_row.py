"""Reads of every row from SQLite: bounded batches, and the same cells by ADBC and SQLAlchemy."""

import math
import sqlite3
from collections.abc import Iterator
from dataclasses import replace

import pytest
from contract import rows_of
from every_row_reads import ALL, both, needs_adbc, read
from sqlite_files import SERIES, Make, only

from connectors import adbc, sql_batches
from connectors.sql import SqlConnector
from scanner.errors import StoreError
from scanner.model import Budget, GapReason, Kind, Method

HOSTILE = [
    None,
    "",
    "  ",
    "x\0y",
    "é" * 30,
    "😀",
    b"",
    b"plain bytes",
    b"\x89PNG\r\n\x1a\n\x00\x00",
    b"\xff\xfe\x00",
    0,
    1,
    -1,
    7,
    2**53 + 1,
    2**63 - 1,
    -(2**63),
    0.1,
    1 / 3,
    -0.0,
    5.0,
    1e16,
    1e21,
    1e-7,
    1.5e300,
    5e-324,
    math.inf,
    -math.inf,
    "2024-01-31 10:00:00",
    "2024-01-31 10:00:00+02",
    "2024-01-31 10:00:00.5+02:30",
    "2024-01-31",
    "true",
    "NO",
    "C0FFEE00-0000-4000-8000-000000000001",
    "c0ffee00000040008000000000000001",
    "10.0.0.1",
    "1.2.3.4",
    "12345678901234567890123",
    "marie@example.com",
    '{"a": 1}',
    "[1, 2]",
    "{broken",
    "a" * 200,
]
DECLARED = [
    "INTEGER",
    "TEXT",
    "REAL",
    "BOOLEAN",
    "DATE",
    "TIMESTAMP",
    "TIME",
    "UUID",
    "JSON",
    "BLOB",
    "NUMERIC(9,2)",
    "VARCHAR(10)",
    "",
    "POINT",
]


@pytest.fixture
def no_adbc(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    with monkeypatch.context() as patch:
        patch.setattr(adbc, "installed", lambda _: False)
        yield patch


def fill(store: Make, table: str, rows: list[tuple[object, ...]], declared: str) -> SqlConnector:
    connector = store(f"CREATE TABLE {table} ({declared})")
    path = connector.session.address.file
    assert path is not None
    with sqlite3.connect(path) as database:
        marks = ", ".join("?" * len(rows[0]))
        database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    database.close()
    return connector


@pytest.mark.parametrize("declared", DECLARED)
@pytest.mark.parametrize("first_null", [0, 12_000])
def test_any_cell_in_any_field_is_the_same_by_both_ways(
    make: Make, declared: str, first_null: int
) -> None:
    rows: list[tuple[object, ...]] = [(i, None) for i in range(first_null)]
    rows += [(i, value) for i, value in enumerate(HOSTILE)]
    store = fill(make, "t", rows, f"id INTEGER, c {declared}")
    sample, cells = both(store, only(store.assets()), replace(ALL, cell=50))
    assert sample.method is Method.WHOLE
    assert sample.rows == len(rows)
    assert cells["id"][1] == [str(row[0]) for row in rows]


UNIFORM = {
    "integers": [1, None, -5, 2**62],
    "reals": [None, 0.1, 2.0, None, 1e100],
    "texts": [None, "a", "", None, "é"],
    "bytes": [None, b"text", b"", b"\x00\x01", None],
    "nulls": [None, None],
    "integers first": [1, 2, "x"],
    "truth": [0, 1, None, 1],
    "numbers": [None, 1, 0, 2.5, -0.0, 1e300, 2**63 - 1, math.inf, None],
}


@pytest.mark.parametrize("values", UNIFORM.values(), ids=UNIFORM)
@pytest.mark.parametrize("declared", ["INTEGER", "TEXT", "REAL", "BOOLEAN", "", "BLOB", "DATE"])
def test_fields_of_one_type_are_the_same_by_both_ways(
    make: Make, values: list[object], declared: str
) -> None:
    store = fill(make, "t", [(value,) for value in values], f"c {declared}")
    _, cells = both(store, only(store.assets()))
    assert len(cells["c"][1]) == len(values)


def test_text_that_is_no_utf8_is_replaced_by_both_ways(make: Make) -> None:
    store = make(
        "CREATE TABLE t (a TEXT)",
        "INSERT INTO t VALUES (CAST(x'80ff61' AS TEXT)), ('b'), (CAST(x'eda080' AS TEXT))",
    )
    _, cells = both(store, only(store.assets()))
    assert cells["a"][1][:2] == ["\ufffd\ufffda", "b"]


def test_kinds_are_those_of_a_sample_read_whole(make: Make, no_adbc: pytest.MonkeyPatch) -> None:
    """A text at the very end says of the first batch already what the field holds."""
    rows = [(i, "2024-01-01", i % 2, None) for i in range(25_000)]
    rows += [(1, "marie@example.com", 7, None), ("card", "", 0, None)]
    store = fill(make, "t", rows, "a INTEGER, b DATE, c BOOLEAN, d UUID")
    asset = only(store.assets())
    sampled = read(store, asset, Budget(rows=30_000))[1]
    assert {name: kinds for name, (kinds, _) in sampled.items()} == {
        "a": {Kind.TEXT},
        "b": {Kind.TEXT},
        "c": {Kind.TEXT},
        "d": {Kind.UUID},
    }
    assert read(store, asset)[1] == sampled
    no_adbc.undo()
    if adbc.installed("sqlite"):
        assert read(store, asset)[1] == sampled


def test_batches_are_bounded_whatever_the_number_of_rows(make: Make) -> None:
    store = make(
        "CREATE TABLE t (a INTEGER, b TEXT)",
        f"INSERT INTO t {SERIES.format(200_000)} SELECT i, 'person' || i || '@example.com' FROM s",
    )
    asset = only(store.assets())
    for installed in (adbc.installed("sqlite"), False):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(adbc, "installed", lambda _, on=installed: on)
            sample = store.read(asset, ALL)
            sizes = [len(batch[0].values) for batch in sample.batches]
        assert sum(sizes) == sample.rows == 200_000
        assert max(sizes) <= sql_batches.BATCH_ROWS * 1.5
        assert len(sizes) >= 13


def test_long_rows_make_small_batches(make: Make) -> None:
    store = make(
        "CREATE TABLE t (a TEXT)",
        f"INSERT INTO t {SERIES.format(600)} SELECT printf('%.*c', 90000, 'x') FROM s",
    )
    asset = only(store.assets())
    for installed in (adbc.installed("sqlite"), False):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(adbc, "installed", lambda _, on=installed: on)
            sample = store.read(asset, ALL)
            weights = [sum(c.values.nbytes for c in batch) for batch in sample.batches]
        assert sample.rows == 600
        assert max(weights) < 3 * sql_batches.BATCH_BYTES


def test_documents_are_flattened_batch_by_batch(make: Make) -> None:
    rows = [(f'{{"mail": "p{i}@example.com", "n": {i}}}',) for i in range(25_000)]
    rows += [("{broken",), ('{"n": "many", "late": true}',)]
    store = fill(make, "t", rows, "doc JSON")
    sample, cells = both(store, only(store.assets()))
    assert sample.rows == 25_002
    assert set(cells) == {"doc", "doc.mail", "doc.n", "doc.late"}
    assert cells["doc.n"][0] == {Kind.INTEGER, Kind.TEXT}  # it widens and never narrows
    assert len([value for value in cells["doc.mail"][1] if value]) == 25_000


def test_keys_that_are_data_collapse_for_good(make: Make) -> None:
    rows = [(f'{{"user{i}x": {{"mail": "a@b.ch"}}}}',) for i in range(30_000)]
    store = fill(make, "t", rows, "doc JSON")
    _, cells = read(store, only(store.assets()))
    assert set(cells) == {"doc.{}", "doc.{}.mail"}


def test_text_that_stops_being_documents_is_text_from_there(make: Make) -> None:
    rows = [('{"a": 1}',)] * 12_000 + [("note",)] + [('{"a": 2}',)] * 12_000
    store = fill(make, "t", rows, "c TEXT")
    _, cells = read(store, only(store.assets()))
    assert set(cells) == {"c", "c.a"}
    assert len(cells["c"][1]) + len(cells["c.a"][1]) == len(rows)


def test_bounds_that_were_set_still_hold(make: Make) -> None:
    store = make(
        "CREATE TABLE t (a TEXT)", f"INSERT INTO t {SERIES.format(500)} SELECT 'abcd' FROM s"
    )
    asset = only(store.assets())
    sample, cells = (
        both(store, asset, replace(ALL, bytes=100))
        if adbc.installed("sqlite")
        else read(store, asset, replace(ALL, bytes=100))
    )
    assert len(cells["a"][1]) == sample.rows == 25
    assert sample.method is Method.FIRST
    assert [gap.reason for gap in sample.gaps] == [GapReason.BUDGET]
    assert "asset_bytes" in sample.gaps[0].detail


@pytest.mark.parametrize("on", [True, False])
def test_time_that_was_set_still_holds(
    make: Make, monkeypatch: pytest.MonkeyPatch, on: bool
) -> None:
    """The time ends the look at all rows, or the reading, whichever is going on."""
    if on:
        needs_adbc()
    monkeypatch.setattr(adbc, "installed", lambda _: on)
    store = make(
        "CREATE TABLE t (a INTEGER)", f"INSERT INTO t {SERIES.format(1_000_000)} SELECT i FROM s"
    )
    asset = only(store.assets())
    with pytest.raises(StoreError, match="longer than the time allowed"):
        rows_of(store.read(asset, replace(ALL, seconds=0.0)))
    sample = store.read(asset, replace(ALL, seconds=20.0))
    batches = iter(sample.batches)
    next(batches)
    monkeypatch.setattr(sql_batches.time, "monotonic", lambda: math.inf)
    list(batches)
    assert [gap.reason for gap in sample.gaps] == [GapReason.BUDGET]
    assert sample.method is Method.FIRST


def test_views_are_read_to_their_end(make: Make) -> None:
    store = make(
        "CREATE TABLE t (a INTEGER)",
        f"INSERT INTO t {SERIES.format(3000)} SELECT i FROM s",
        "CREATE VIEW v AS SELECT a * 2 AS b FROM t",
        views=True,
    )
    view = next(asset for asset in store.assets().assets if asset.type == "view")
    sample, cells = read(store, view)
    assert (sample.method, sample.rows, len(cells["b"][1])) == (Method.WHOLE, 3000, 3000)


def test_odd_names_reach_adbc_as_they_are(make: Make) -> None:
    names = ['a"b', "c.d", "e\nf", "é%s", ":g", "%(h)s", "select", "?", "x y"]
    values = ", ".join(f"'v{at}'" for at in range(len(names)))
    fields = ", ".join('"' + name.replace('"', '""') + '" TEXT' for name in names)
    store = make(
        f'CREATE TABLE "we""ird.%s:t" ({fields})',
        f'INSERT INTO "we""ird.%s:t" VALUES ({values})',
    )
    _, cells = both(store, only(store.assets()))
    assert [values for _, values in cells.values()] == [[f"v{i}"] for i in range(len(names))]


def test_a_field_of_an_unknown_collation_is_still_read(make: Make) -> None:
    store = make("CREATE TABLE t (a TEXT, b DATE)", "INSERT INTO t VALUES ('x', 'y')")
    path = store.session.address.file
    assert path is not None
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute(
            "UPDATE sqlite_master SET sql = 'CREATE TABLE t (a TEXT COLLATE GONE, b DATE)'"
        )
    database.close()
    sample, cells = read(store, only(store.assets()))
    assert (cells["a"][1], cells["b"], sample.gaps) == (["x"], ({Kind.TEXT}, ["y"]), [])


def test_a_file_that_changes_under_the_census_is_read_by_the_session(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs_adbc()
    from connectors import adbc_sqlite

    store = make("CREATE TABLE t (a INTEGER)", "INSERT INTO t VALUES (1)")
    asset = only(store.assets())
    versions = iter([1, 2])
    monkeypatch.setattr(adbc_sqlite, "_version", lambda _: next(versions))
    sample, cells = read(store, asset)
    assert (cells["a"][1], sample.method, sample.gaps) == (["1"], Method.WHOLE, [])


def test_nothing_can_be_written_through_adbc(make: Make) -> None:
    needs_adbc()
    import adbc_driver_manager

    from connectors import adbc_sqlite

    store = make("CREATE TABLE t (a INTEGER)")
    store.session.begin(30)
    connection = adbc_sqlite.connect(store.session)
    with connection.cursor() as cursor:
        for statement in ("INSERT INTO t VALUES (1)", "CREATE TABLE u (a)", "DROP TABLE t"):
            with pytest.raises(adbc_driver_manager.Error, match="readonly"):
                cursor.execute(statement)
        cursor.execute("PRAGMA query_only")
        assert cursor.fetchone() == (1,)
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (5000,)
    connection.close()


def test_what_was_given_up_does_not_look_read(make: Make) -> None:
    store = make(
        "CREATE TABLE t (a INTEGER)", f"INSERT INTO t {SERIES.format(50_000)} SELECT i FROM s"
    )
    asset = only(store.assets())
    abandoned = store.read(asset, ALL)
    batches = iter(abandoned.batches)
    next(batches)
    assert rows_of(store.read(asset, Budget(rows=5)))
    list(batches)
    assert abandoned.method is not Method.WHOLE
    assert abandoned.gaps


def test_the_statements_name_both_ways_and_the_bounds(make: Make) -> None:
    needs_adbc()
    store = make("CREATE TABLE t (a INTEGER, b TEXT)")
    asset = only(store.assets())
    said = "\n".join(store.statements(asset, ALL, ()))
    assert "without a bound on bytes or seconds" in said
    assert "through ADBC" in said
    assert "PRAGMA query_only = ON; PRAGMA busy_timeout = 5000" in said
    assert "LIMIT" not in said
    bounded = "\n".join(store.statements(asset, replace(ALL, bytes=10, seconds=5.0), ()))
    assert "up to 10 bytes (asset_bytes) or 5 seconds" in bounded
