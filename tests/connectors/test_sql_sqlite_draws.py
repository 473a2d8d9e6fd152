import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from contract import rows_of
from sqlite_files import SERIES, Make, only

from connectors.sql import SqlConnector
from scanner.errors import StoreError
from scanner.model import Ask, Asset, Budget, Method, Question


def big(make: Make, rows: int, more: str = "", **settings: object) -> SqlConnector:
    return make(
        f"CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT){more}",
        SERIES.format(rows) + "INSERT INTO t SELECT i, 'v' || i FROM s",
        **settings,
    )


def ids(store: SqlConnector, asset: Asset, **budget: int) -> tuple[Method, list[int]]:
    sample = store.read(asset, Budget(**budget))
    cells = rows_of(sample)
    return sample.method, [int(cell) for cell in cells["id"] if cell]


def test_random_rows_come_from_everywhere_and_differ_by_seed(make: Make) -> None:
    store = big(make, 20_000)
    asset = only(store.assets())
    assert (asset.population, asset.counted) == (20_000, True)
    method, drawn = ids(store, asset, rows=600)
    assert method is Method.RANDOM
    assert len(drawn) == len(set(drawn)) == 600
    tenths = [sum(1 for i in drawn if (i - 1) // 2000 == tenth) for tenth in range(10)]
    assert min(tenths) > 30
    assert ids(store, asset, rows=600, seed=1)[1] != drawn
    assert ids(store, asset, rows=600)[1] == drawn


def test_gaps_between_keys_do_not_favour_the_rows_after_them(make: Make) -> None:
    # Half of the rows lie alone behind gaps of ten: they must be about half of the sample.
    store = make(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)",
        SERIES.format(5000) + "INSERT INTO t SELECT i, 'dense' FROM s",
        SERIES.format(5000) + "INSERT INTO t SELECT 5000 + i * 10, 'alone' FROM s",
    )
    asset = only(store.assets())
    sample = store.read(asset, Budget(rows=1000))
    alone = rows_of(sample)["a"].count("alone")
    assert sample.method is Method.RANDOM
    assert sample.rows == 1000
    assert 400 < alone < 600


def test_small_table_with_wide_gaps_is_still_drawn_at_random(make: Make) -> None:
    store = big(make, 3000)
    make("UPDATE t SET id = -id * 1000003")
    method, drawn = ids(store, only(store.assets()), rows=500)
    assert method is Method.RANDOM
    assert len(set(drawn)) == 500


def test_large_table_with_wide_gaps_is_spread_over_its_keys(make: Make) -> None:
    store = make(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER)",
        SERIES.format(101_000) + "INSERT INTO t SELECT i * 1000003, i FROM s",
    )
    asset = only(store.assets())
    assert asset.population is None
    sample = store.read(asset, Budget(rows=300))
    drawn = [int(cell or 0) for cell in rows_of(sample)["a"]]
    assert sample.method is Method.SPREAD
    assert len(set(drawn)) == 300
    assert sum(1 for i in drawn if i < 50_500) > 60
    assert sum(1 for i in drawn if i > 50_500) > 60


def test_full_text_tables_are_read_and_unknown_modules_are_gaps(make: Make) -> None:
    store = make(
        "CREATE VIRTUAL TABLE notes USING fts5(body)",
        "INSERT INTO notes VALUES ('written by Marie')",
        "PRAGMA writable_schema = ON",
        "INSERT INTO sqlite_master VALUES ('table', 'lost', 'lost', 0, "
        "'CREATE VIRTUAL TABLE lost USING no_such_module(a)')",
    )
    listed = store.assets()
    (notes,) = [asset for asset in listed.assets if asset.path.endswith("/notes")]
    assert rows_of(store.read(notes, Budget()))["body"] == ["written by Marie"]
    assert [(gap.asset, gap.reason.value) for gap in listed.gaps] == [
        ("sqlite://crm/main/lost", "unsupported")
    ]


def test_without_row_ids_small_tables_are_drawn_at_random(make: Make) -> None:
    store = make(
        "CREATE TABLE t (id TEXT PRIMARY KEY, a TEXT) WITHOUT ROWID",
        SERIES.format(3000) + "INSERT INTO t SELECT i, i FROM s",
    )
    asset = only(store.assets())
    assert asset.population == 3000
    method, drawn = ids(store, asset, rows=300)
    assert method is Method.RANDOM
    assert len(set(drawn)) == 300


def test_fields_that_hide_the_row_id_do_not_mislead(make: Make) -> None:
    store = make(
        "CREATE TABLE t (rowid TEXT, oid TEXT, _rowid_ TEXT)",
        SERIES.format(500) + "INSERT INTO t SELECT 'x', 'y', i FROM s",
    )
    sample = store.read(only(store.assets()), Budget(rows=50))
    cells = rows_of(sample)
    assert sample.method is Method.RANDOM
    assert len(set(cells["_rowid_"])) == 50
    assert set(cells["rowid"]) == {"x"}


def test_a_view_larger_than_the_budget_is_only_its_first_rows(make: Make) -> None:
    store = big(make, 500, views=True)
    make("CREATE VIEW v AS SELECT * FROM t")
    view = store.assets().assets[1]
    assert ids(store, view, rows=50)[0] is Method.FIRST
    assert ids(store, view, rows=500)[0] is Method.WHOLE


@pytest.mark.parametrize(("rows", "method"), [(99, Method.RANDOM), (100, Method.WHOLE)])
def test_whole_means_every_row(make: Make, rows: int, method: Method) -> None:
    store = big(make, 100)
    found, drawn = ids(store, only(store.assets()), rows=rows)
    assert (found, len(drawn)) == (method, rows)


def test_time_ends_a_read_with_the_budget_as_reason(make: Make) -> None:
    endless = (
        "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s) SELECT max(i) m FROM s"
    )
    store = make("CREATE TABLE t (a)", f"CREATE VIEW v AS {endless}", views=True)
    view = store.assets().assets[1]
    with pytest.raises(StoreError) as error:
        store.read(view, Budget(seconds=0.2))
    assert error.value.reason == "budget"


TIMES = [
    ("TEXT", "'2023-12-31'", 1),
    ("TEXT", "'2024-01-01T00:30:00+01:00'", 1),
    ("TEXT", "'2024-01-01 00:00:00'", 0),
    ("DATE", "'2024-01-01'", 0),
    ("TIMESTAMP", "1704067199", 1),
    ("TIMESTAMP", "1704067200000", 0),
    ("INTEGER", "1704067199000", 1),
]


@pytest.mark.parametrize(("declared", "value", "count"), TIMES)
def test_times_are_compared_as_utc(make: Make, declared: str, value: str, count: int) -> None:
    store = make(f"CREATE TABLE t (a {declared})", f"INSERT INTO t VALUES ({value}), (NULL)")
    cutoff = datetime(2024, 1, 1, tzinfo=UTC)
    measure = store.ask(only(store.assets()), Question(Ask.COUNT_BEFORE, "a", cutoff))
    assert (measure.count, measure.exact) == (count, True)
    assert (measure.oldest is not None) == bool(count)


def test_count_ignores_emptied_rows_and_admits_what_it_cannot_compare(make: Make) -> None:
    store = make(
        "CREATE TABLE t (made TEXT, mail TEXT, born DATE)",
        """INSERT INTO t VALUES ('2020-01-01', 'a@b.ch', NULL), ('2020-01-02', '', NULL),
        ('2020-01-03', NULL, '2000-01-01'), ('soon', 'c@d.ch', NULL), ('2030-01-01', 'x', NULL)""",
    )
    cutoff = datetime(2024, 1, 1, tzinfo=UTC)
    question = Question(Ask.COUNT_BEFORE, "made", cutoff, not_null=("mail", "born"))
    measure = store.ask(only(store.assets()), question)
    assert (measure.count, measure.exact) == (2, False)
    assert measure.oldest == datetime(2020, 1, 1, tzinfo=UTC)
    extremes = store.ask(only(store.assets()), Question(Ask.EXTREMES, "made"))
    assert extremes.newest == datetime(2030, 1, 1, tzinfo=UTC)


def test_groups_are_counted_and_bounded(make: Make) -> None:
    store = big(make, 1500)
    asset = only(store.assets())
    measure = store.ask(asset, Question(Ask.GROUPS, "a"))
    assert (len(measure.groups), measure.exact, measure.count) == (1000, False, None)
    make("UPDATE t SET a = CASE WHEN id < 4 THEN 'few' ELSE 'many' END")
    assert store.ask(asset, Question(Ask.GROUPS, "a")).groups == (("many", 1497), ("few", 3))


def test_counting_a_large_table_needs_an_index_or_consent(make: Make) -> None:
    store = make("CREATE TABLE t (a DATE, b DATE)", "CREATE INDEX i ON t (b)")
    large = replace(only(store.assets()), population=5_000_000)
    with pytest.raises(StoreError, match="has no index") as error:
        store.ask(large, Question(Ask.EXTREMES, "a"))
    assert error.value.reason == "not_measured"
    assert store.ask(large, Question(Ask.EXTREMES, "b")).count == 0
    willing = make(full_scan=True)
    assert willing.ask(large, Question(Ask.EXTREMES, "a")).count == 0


def test_statements_hold_the_values_and_run(make: Make, tmp_path: Path) -> None:
    store = make(
        'CREATE TABLE t (a TEXT, "b\'%c" DATE)', "INSERT INTO t VALUES ('x', '2000-01-01')"
    )
    asset = only(store.assets())
    question = Question(Ask.COUNT_BEFORE, "b'%25c", datetime(2024, 1, 1, tzinfo=UTC))
    shown = store.statements(asset, Budget(rows=5), (question,))
    database = sqlite3.connect(tmp_path / "a.db")
    answers = [database.execute(s).fetchall() for s in shown if not s.startswith("--")]
    database.close()
    assert answers[1] == [(1,)]
    assert answers[2] == [("x", "2000-01-01")]
    assert answers[-1][0][0] == 1
