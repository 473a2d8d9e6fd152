"""What only SQLite lets a field hold: texts that are no times, epochs, numbers as texts."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_files import Make, only

from connectors.sql import SqlConnector
from scanner.model import Ask, Question

CUTOFF = datetime(2024, 1, 1, tzinfo=UTC)

# The cell, whether it lies before the cutoff (None: no time), whether the answer stays exact.
CELLS = [
    ("'2023-12-31T23:59:59Z'", True, True),
    ("'2024-01-01T00:00:00Z'", False, True),
    ("'2024-01-01T00:30:00+01:00'", True, True),
    ("'2023-12-31T23:30:00-01:00'", False, True),
    ("'2023-12-31 23:59:59.999'", True, True),
    ("1704067199", True, True),
    ("1704067200000", False, True),
    ("''", None, True),
    ("NULL", None, True),
    ("0", None, True),  # "not yet"
    ("-1", None, True),
    ("2019", None, False),  # a year is no epoch
    ("20191231", None, False),  # nor is a day written as a number
    ("'31/12/2019'", None, False),
    ("'soon'", None, False),
    ("x'00'", None, False),
]


@pytest.mark.parametrize(("cell", "before", "exact"), CELLS)
def test_cells_that_are_times_and_cells_that_are_not(
    make: Make, cell: str, before: bool | None, exact: bool
) -> None:
    store = make("CREATE TABLE t (a)", f"INSERT INTO t VALUES ({cell})")
    asset = only(store.assets())
    measure = store.ask(asset, Question(Ask.COUNT_BEFORE, "a", CUTOFF))
    assert (measure.count, measure.exact) == (int(before is True), exact)
    assert (measure.rows, measure.undated) == (1, int(before is None))
    from_then = store.ask(asset, Question(Ask.COUNT_FROM, "a", CUTOFF))
    assert from_then.count == int(before is False)
    months = store.ask(asset, Question(Ask.MONTHS, "a"))
    assert (sum(n for _, n in months.groups), months.undated) == (
        measure.rows - measure.undated,
        measure.undated,
    )
    assert months.exact is exact


NUMBERS = [
    ("12", 1, True),
    ("'12'", 1, True),
    ("' 12 '", 1, True),
    ("12.5", 1, True),
    ("13", 0, True),
    ("-3", 0, True),
    ("''", 0, True),
    ("'twelve'", 0, False),
    ("'12 years'", 0, False),
    ("'-3'", 0, False),
]


@pytest.mark.parametrize(("cell", "count", "exact"), NUMBERS)
def test_numbers_below_a_bound(make: Make, cell: str, count: int, exact: bool) -> None:
    store = make("CREATE TABLE t (a)", f"INSERT INTO t VALUES ({cell})")
    measure = store.ask(only(store.assets()), Question(Ask.COUNT_BELOW, "a", below=13))
    assert (measure.count, measure.exact) == (count, exact)


FLAGS = [
    ("1", 1), ("0", 0), ("2", 0), ("'t'", 1), ("'TRUE'", 1), ("' Yes '", 1), ("'y'", 1),
    ("'oui'", 1), ("'1'", 1), ("'0'", 0), ("'f'", 0), ("'no'", 0), ("''", 0), ("NULL", 0),
    ("-1", 0), ("'closed'", 0),
]  # fmt: skip
DATED_FLAGS = [("", "'2024-05-01'"), ("TEXT", "'2024-05-01'"), ("DATE", "1714521600")]


@pytest.mark.parametrize(
    ("declared", "cell", "count"),
    [(declared, *flag) for declared in ("", "BOOLEAN", "TEXT") for flag in FLAGS]
    + [(*flag, 1) for flag in DATED_FLAGS],
)
def test_a_flag_says_yes(make: Make, declared: str, cell: str, count: int) -> None:
    store = make(
        f"CREATE TABLE t (a {declared}, d)", f"INSERT INTO t VALUES ({cell}, '2020-01-01')"
    )
    measure = store.ask(only(store.assets()), Question(Ask.EXTREMES, "d", flag="a"))
    assert measure.count == count


def test_a_text_that_was_emptied_holds_nothing_whatever_its_type(make: Make) -> None:
    store = make(
        "CREATE TABLE t (born DATE, d)",
        "INSERT INTO t VALUES ('', '2020-01-01'), (1, '2020-01-01')",
    )
    question = Question(Ask.COUNT_BEFORE, "d", CUTOFF, not_null=("born",))
    assert store.ask(only(store.assets()), question).count == 1


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> SqlConnector:
    """A file of one asset that the property test fills anew."""
    import connectors
    from scanner.model import Source

    path = tmp_path_factory.mktemp("p") / "a.db"
    write(path, [])
    store = connectors.open_store(Source("crm", path=str(path)))
    assert isinstance(store, SqlConnector)
    yield store
    store.close()


def write(path: object, rows: list[tuple[str | None, str | None]]) -> None:
    import sqlite3

    with sqlite3.connect(str(path)) as database:
        database.execute("CREATE TABLE IF NOT EXISTS t (a TEXT, mail TEXT)")
        database.execute("DELETE FROM t")
        database.executemany("INSERT INTO t VALUES (?, ?)", rows)
    database.close()


ZONES = st.sampled_from(
    [UTC, timezone(timedelta(hours=5, minutes=30)), timezone(-timedelta(hours=8))]
)
TIMES = st.datetimes(
    datetime(2023, 12, 30),
    datetime(2024, 1, 3),
    timezones=ZONES,
)
ROWS = st.lists(st.tuples(st.none() | TIMES, st.sampled_from([None, "", "a@b.fr"])), max_size=30)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS, cutoff=TIMES)
def test_a_count_is_what_python_counts(filled: SqlConnector, rows, cutoff: datetime) -> None:
    cutoff = cutoff.replace(microsecond=0)
    write(
        filled.session.address.file,
        [(when and when.isoformat(timespec="seconds"), mail) for when, mail in rows],
    )
    asset = only(filled.assets())
    whole = [(when and when.replace(microsecond=0), mail) for when, mail in rows]
    kept = [when for when, mail in whole if mail]
    before = [when for when in kept if when and when < cutoff]
    measure = filled.ask(asset, Question(Ask.COUNT_BEFORE, "a", cutoff, ("mail",)))
    assert (measure.count, measure.oldest) == (len(before), min(before, default=None))
    assert (measure.rows, measure.undated) == (len(kept), kept.count(None))
    after = filled.ask(asset, Question(Ask.COUNT_FROM, "a", cutoff, ("mail",)))
    assert after.count == len(kept) - kept.count(None) - len(before)
    months = filled.ask(asset, Question(Ask.MONTHS, "a", not_null=("mail",)))
    counted: dict[str, int] = {}
    for when in filter(None, kept):
        month = when.astimezone(UTC).strftime("%Y-%m")
        counted[month] = counted.get(month, 0) + 1
    assert dict(months.groups) == counted
