"""Every kind of question, answered alike by SQLite, PostgreSQL and MariaDB."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from servers import Server

import connectors
from connectors import questions_groups
from connectors.sql import SqlConnector
from scanner.errors import StoreError
from scanner.model import Ask, Asset, Budget, Customers, Measure, Question, Source, Through

WORDS = (("de", "DE"), ("germany", "DE"), ("allemagne", "DE"), ("fr", "FR"), ("acme inc", "us"))
TYPES = {
    "sqlite": {"at": "TEXT", "flag": "BOOLEAN", "yes": "1", "no": "0"},
    "postgresql": {"at": "TIMESTAMPTZ", "flag": "BOOLEAN", "yes": "true", "no": "false"},
    "mysql": {"at": "DATETIME", "flag": "BOOLEAN", "yes": "1", "no": "0"},
}
SETUP = """
CREATE TABLE customers (id INTEGER PRIMARY KEY, code VARCHAR(9), country VARCHAR(40),
  entity VARCHAR(40), made {at}, ended DATE, closed {flag}, said VARCHAR(19), age INTEGER);
INSERT INTO customers VALUES
  (1, 'c1', 'DE', 'Acme Inc', '2018-12-31 23:59:59', '2018-01-31', {yes}, 'Oui', 12),
  (2, 'c2', ' germany ', 'Acme Inc', '2019-01-01 00:00:00', '2018-02-01', {no}, 'no', 13),
  (3, 'c3', 'Atlantis', '', NULL, NULL, {yes}, ' TRUE', 0),
  (4, 'c4', NULL, NULL, '2020-02-29 12:00:00', '2030-01-01', NULL, 'true story', -1),
  (5, 'c4', 'FR', 'Other', '2021-06-30 23:59:59', NULL, {no}, NULL, NULL);
CREATE TABLE faxes (id INTEGER PRIMARY KEY, customer_id INTEGER, code VARCHAR(9),
  sender VARCHAR(40), country VARCHAR(40), sent {at});
INSERT INTO faxes VALUES
  (1, 1, 'c1', '+1 555', 'DE', '2024-01-31 23:59:59'),
  (2, 1, 'c1', '', 'DE', '2024-02-01 00:00:00'),
  (3, 1, 'c1', NULL, 'de', '2024-02-29 10:00:00'), (4, 2, 'c2', '+1 556', 'Allemagne', NULL),
  (5, 4, 'c4', '+1 557', 'Atlantis', '2024-03-01 00:00:00'),
  (6, 77, 'c9', '+1 558', '', '2024-03-01 00:00:01'), (7, NULL, NULL, '+1 559', NULL, NULL);
CREATE TABLE days (day DATE);
INSERT INTO days VALUES ('2012-06-14'), ('2012-06-15'), ('2012-06-16'), (NULL);
CREATE TABLE numbers (at BIGINT, short INTEGER);
INSERT INTO numbers VALUES (1704067199, 1704067199), (1704067200, 1), (1704067199000, 0),
  (NULL, NULL), (0, 20231231)
"""


def statements(kind: str) -> list[str]:
    return [part.strip() for part in SETUP.format(**TYPES[kind]).split(";")]


@pytest.fixture(scope="module")
def sqlite_source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    path = tmp_path_factory.mktemp("q") / "a.db"
    with sqlite3.connect(path) as database:
        database.executescript(SETUP.format(**TYPES["sqlite"]))
    database.close()
    return Source("crm", path=str(path))


@pytest.fixture(scope="module")
def postgres_source(postgres_server: Server) -> Iterator[Source]:
    postgres_server.execute("CREATE DATABASE asked", "CREATE ROLE asked_reader LOGIN")
    zone = "ALTER DATABASE asked SET timezone = 'UTC'"
    grant = "GRANT SELECT ON ALL TABLES IN SCHEMA public TO asked_reader"
    postgres_server.execute(zone)
    postgres_server.execute(*statements("postgresql"), "ANALYZE", grant, database="asked")
    yield Source("crm", url=postgres_server.named("asked", "asked_reader"))
    postgres_server.execute("DROP DATABASE asked", "DROP ROLE asked_reader")


@pytest.fixture(scope="module")
def mariadb_source(mariadb_server: Server) -> Iterator[Source]:
    mariadb_server.execute("CREATE DATABASE asked", "CREATE USER asked_reader@'%'")
    mariadb_server.execute(*statements("mysql"), database="asked")
    mariadb_server.execute("GRANT SELECT ON asked.* TO asked_reader@'%'")
    yield Source("crm", url=mariadb_server.named("asked", "asked_reader"))
    mariadb_server.execute("DROP DATABASE asked", "DROP USER asked_reader@'%'")


STORES = [
    "sqlite_source",
    pytest.param("postgres_source", marks=pytest.mark.server("postgres")),
    pytest.param("mariadb_source", marks=pytest.mark.server("mariadb")),
]


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest) -> Iterator[SqlConnector]:
    found = connectors.open_store(request.getfixturevalue(request.param))
    assert isinstance(found, SqlConnector)
    yield found
    found.close()


def find(store: SqlConnector, name: str) -> Asset:
    return next(a for a in store.assets().assets if a.path.endswith("/" + name))


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def through(store: SqlConnector, key: str = "customer_id", match: str = "id") -> Through:
    return Through(key, find(store, "customers").path, match)


CUTOFFS = [
    ("2024-02-01", 1, 4),  # exactly midnight: the row of that instant is not before it
    ("2024-01-31", 0, 5),
    ("2024-03-01", 3, 2),
    ("2024-03-02", 5, 0),
]


@pytest.mark.parametrize(("cutoff", "before", "after"), CUTOFFS)
def test_counts_before_and_from_a_cutoff_are_exact(
    store: SqlConnector, cutoff: str, before: int, after: int
) -> None:
    faxes = find(store, "faxes")
    low = store.ask(faxes, Question(Ask.COUNT_BEFORE, "sent", day(cutoff)))
    high = store.ask(faxes, Question(Ask.COUNT_FROM, "sent", day(cutoff)))
    assert (low.count, low.rows, low.undated, low.exact) == (before, 7, 2, True)
    assert (high.count, high.rows, high.undated, high.exact) == (after, 7, 2, True)
    assert low.oldest == (day("2024-01-31 23:59:59") if before else None)
    assert high.newest == (day("2024-03-01 00:00:01") if after else None)


def test_a_cutoff_with_another_zone_is_the_same_instant(store: SqlConnector) -> None:
    paris = timezone(timedelta(hours=1))
    cutoff = datetime(2024, 2, 1, 1, tzinfo=paris)
    asked = Question(Ask.COUNT_BEFORE, "sent", cutoff)
    assert store.ask(find(store, "faxes"), asked).count == 1


def test_days_compare_as_days(store: SqlConnector) -> None:
    days = find(store, "days")
    counted = [
        store.ask(days, Question(ask, "day", day("2012-06-15"))).count
        for ask in (Ask.COUNT_BEFORE, Ask.COUNT_FROM)
    ]
    assert counted == [1, 2]
    noon = Question(Ask.COUNT_FROM, "day", day("2012-06-15 12:00:00"))
    assert store.ask(days, noon).count == 1


def test_numbers_are_seconds_or_milliseconds(store: SqlConnector) -> None:
    numbers = find(store, "numbers")
    measure = store.ask(numbers, Question(Ask.COUNT_BEFORE, "at", day("2024-01-01")))
    assert (measure.count, measure.rows, measure.undated, measure.exact) == (2, 5, 2, True)
    assert measure.oldest == day("2023-12-31 23:59:59")
    months = store.ask(numbers, Question(Ask.MONTHS, "at"))
    assert months.groups == (("2023-12", 2), ("2024-01", 1))
    short = store.ask(numbers, Question(Ask.EXTREMES, "short"))
    assert (short.count, short.undated, short.exact) == (1, 4, False)  # a day is no number
    flagged = store.ask(numbers, Question(Ask.EXTREMES, "at", flag="short"))
    assert (flagged.count, flagged.rows) == (2, 2)
    fields = tuple(replace(field, indexed=True) for field in numbers.fields)
    large = replace(numbers, population=50_000_000, fields=fields)
    if numbers.kind != "sqlite":
        with pytest.raises(StoreError, match="are numbers"):
            store.ask(large, Question(Ask.EXTREMES, "at"))


def test_extremes_tell_rows_and_undated(store: SqlConnector) -> None:
    measure = store.ask(find(store, "faxes"), Question(Ask.EXTREMES, "sent"))
    assert (measure.oldest, measure.newest) == (
        day("2024-01-31 23:59:59"),
        day("2024-03-01 00:00:01"),
    )
    assert (measure.count, measure.rows, measure.undated) == (5, 7, 2)


def test_only_filled_rows_count(store: SqlConnector) -> None:
    asked = Question(Ask.COUNT_BEFORE, "sent", day("2025-01-01"), not_null=("sender",))
    measure = store.ask(find(store, "faxes"), asked)
    assert (measure.count, measure.rows, measure.undated) == (3, 5, 2)


@pytest.mark.parametrize(("flag", "count"), [("closed", 1), ("said", 1), ("ended", 3), ("age", 0)])
def test_a_flag_says_yes_in_many_ways(store: SqlConnector, flag: str, count: int) -> None:
    asked = Question(Ask.COUNT_BEFORE, "ended", day("2031-01-01"), flag=flag)
    assert store.ask(find(store, "customers"), asked).count == count


def test_rows_are_counted_by_the_date_of_their_customer(store: SqlConnector) -> None:
    asked = Question(
        Ask.COUNT_BEFORE, "ended", day("2018-02-01"), ("sender",), through=through(store)
    )
    measure = store.ask(find(store, "faxes"), asked)
    assert (measure.count, measure.oldest) == (1, day("2018-01-31"))
    assert (measure.rows, measure.undated, measure.exact) == (5, 2, True)
    flagged = replace(asked, flag="closed", not_null=())
    measure = store.ask(find(store, "faxes"), flagged)
    assert (measure.count, measure.rows) == (3, 3)


def test_a_key_of_several_customers_is_counted_once_and_admitted(store: SqlConnector) -> None:
    asked = Question(
        Ask.COUNT_BEFORE, "made", day("2021-01-01"), through=through(store, "code", "code")
    )
    measure = store.ask(find(store, "faxes"), asked)
    # c4 is known twice: the later of its two times counts, and lies after the cutoff.
    assert (measure.count, measure.exact) == (4, False)


def test_keys_of_different_types_meet(store: SqlConnector) -> None:
    asked = Question(Ask.EXTREMES, "made", through=through(store, "code", "id"))
    measure = store.ask(find(store, "faxes"), asked)
    assert (measure.count, measure.rows) == (0, 7)


@pytest.mark.parametrize(
    ("key", "path", "match"),
    [
        ("customer_id", "customers", "gone"),
        ("gone", "customers", "id"),
        ("customer_id", "no_customers", "id"),
    ],
)
def test_a_way_that_leads_nowhere_is_not_measured(
    store: SqlConnector, key: str, path: str, match: str
) -> None:
    asset = find(store, "faxes")
    way = Through(key, asset.path.replace("faxes", path), match)
    with pytest.raises(StoreError, match=r"store\.subject") as error:
        store.ask(asset, Question(Ask.EXTREMES, "made", through=way))
    assert error.value.reason == "not_measured"


def test_months_are_those_of_utc_with_their_rows(store: SqlConnector) -> None:
    measure = store.ask(find(store, "faxes"), Question(Ask.MONTHS, "sent"))
    assert measure.groups == (("2024-01", 1), ("2024-02", 2), ("2024-03", 2))
    assert (measure.count, measure.rows, measure.undated, measure.exact) == (5, 7, 2, True)


@pytest.mark.parametrize(("below", "count"), [(13, 2), (12, 1), (14, 3), (1, 1), (0, 0)])
def test_numbers_from_zero_on_are_counted_below_a_bound(
    store: SqlConnector, below: int, count: int
) -> None:
    measure = store.ask(find(store, "customers"), Question(Ask.COUNT_BELOW, "age", below=below))
    assert (measure.count, measure.rows, measure.exact) == (count, 4, True)


def test_groups_within_bounds_become_codes(store: SqlConnector) -> None:
    faxes = find(store, "faxes")
    asked = Question(
        Ask.GROUPS,
        "country",
        when="sent",
        since=day("2024-02-01"),
        cutoff=day("2024-03-01"),
        words=WORDS,
    )
    measure = store.ask(faxes, asked)
    assert (measure.groups, measure.count, measure.later) == ((("DE", 2),), 2, 1)
    open_ = store.ask(faxes, replace(asked, when="", since=None, cutoff=None))
    assert (open_.groups, open_.later) == ((("DE", 4), ("?", 1)), 0)


def test_no_value_that_is_no_code_comes_back(store: SqlConnector) -> None:
    asked = Question(Ask.GROUPS, "sender", words=WORDS)
    assert store.ask(find(store, "faxes"), asked).groups == (("?", 5),)


BY = Question(
    Ask.CUSTOMERS,
    "made",
    by=("country", "entity", ""),
    steps=(datetime(2019, 1, 1, tzinfo=UTC), datetime(2020, 2, 29, 12, tzinfo=UTC)),
    words=WORDS,
)


def test_customers_are_grouped_by_codes_and_period(store: SqlConnector) -> None:
    measure = store.ask(find(store, "customers"), replace(BY, customer="id"))
    assert set(measure.customers) == {
        Customers("DE", "us", "", 0, 1, 1),
        Customers("DE", "us", "", 1, 1, 1),
        Customers("?", "", "", None, 1, 1),
        Customers("", "", "", 2, 1, 1),
        Customers("FR", "?", "", 2, 1, 1),
    }
    assert (measure.count, measure.rows, measure.undated) == (5, 5, 1)


def test_rows_are_grouped_by_what_their_customer_is(store: SqlConnector) -> None:
    asked = replace(BY, customer="customer_id", through=through(store))
    measure = store.ask(find(store, "faxes"), asked)
    assert measure.customers == (
        Customers("DE", "us", "", 0, 3, 1),
        Customers("", "", "", None, 1, 1),  # its customer is not listed
        Customers("", "", "", 2, 1, 1),
        Customers("DE", "us", "", 1, 1, 1),
    )
    assert sum(group.rows for group in measure.customers) == measure.rows == 6


def test_customers_without_creation_have_no_period(store: SqlConnector) -> None:
    asked = replace(BY, field="", by=("", "", ""), customer="id")
    (group,) = store.ask(find(store, "customers"), asked).customers
    assert group == Customers("", "", "", None, 5, 5)


def test_extremes_come_with_the_count_before_them(store: SqlConnector, monkeypatch) -> None:
    faxes = find(store, "faxes")
    sent: list[object] = []
    real = store.session.all
    monkeypatch.setattr(store.session, "all", lambda s, *more: sent.append(s) or real(s, *more))
    count = Question(Ask.COUNT_BEFORE, "sent", day("2024-02-01"), ("sender",), "retention:a")
    store.ask(faxes, count)
    extremes = Question(Ask.EXTREMES, "sent", not_null=("sender",), because="retention:a")
    measure = store.ask(faxes, extremes)
    assert len(sent) == 1
    assert measure == replace(store.ask(faxes, replace(extremes, because="b")), question=extremes)
    other = store.ask(faxes, replace(extremes, not_null=()))
    assert (measure.rows, other.rows, len(sent)) == (5, 7, 2)
    store.ask(faxes, count)
    store.ask(find(store, "days"), Question(Ask.EXTREMES, "day"))
    store.ask(faxes, extremes)
    assert len(sent) > 4


def test_a_large_asset_needs_an_index_on_the_key_or_consent(store: SqlConnector) -> None:
    faxes = replace(find(store, "faxes"), population=50_000_000)
    asked = Question(Ask.COUNT_BEFORE, "ended", day("2018-02-01"), through=through(store))
    with pytest.raises(StoreError, match="has no index"):
        store.ask(faxes, asked)
    with pytest.raises(StoreError, match="has no index"):
        store.ask(faxes, Question(Ask.CUSTOMERS, "", by=("country", "", "")))
    fields = tuple(replace(f, indexed=f.name == "customer_id") for f in faxes.fields)
    assert store.ask(replace(faxes, fields=fields), asked).count == 3


def test_what_is_shown_is_what_is_sent(store: SqlConnector) -> None:
    faxes = find(store, "faxes")
    asked = (
        Question(Ask.COUNT_BEFORE, "ended", day("2018-02-01"), through=through(store)),
        Question(Ask.EXTREMES, "ended", through=through(store)),
        replace(BY, customer="customer_id", through=through(store)),
        Question(Ask.MONTHS, "sent", filled_of=("email_address",)),
        Question(Ask.COUNT_FROM, "", day("2012-01-01"), field_of=("date_of_birth",)),
    )
    shown = store.statements(faxes, Budget(rows=0), asked)
    assert "2018-02-01" in shown[-6] or "1517443200" in shown[-6]
    assert shown[-5] == "-- the oldest and newest ended come with that"
    assert "customer" in shown[-4]
    assert (
        shown[-3] == "-- after reading: only rows in which a field holding email_address is filled"
    )
    assert shown[-1] == "-- after reading: asked of fields holding date_of_birth"


def test_too_many_groups_are_not_exact(store: SqlConnector, monkeypatch) -> None:
    monkeypatch.setattr(questions_groups, "GROUPS", 2)
    faxes = find(store, "faxes")
    months = store.ask(faxes, Question(Ask.MONTHS, "sent"))
    assert (months.groups, months.count, months.exact) == (
        (("2024-02", 2), ("2024-03", 2)),
        None,
        False,
    )
    monkeypatch.setattr(questions_groups, "SPELLINGS", 2)
    assert not store.ask(faxes, replace(BY, by=("", "", ""), through=through(store))).exact


INDEXED = [
    Question(Ask.COUNT_BEFORE, "sent", day("2024-02-01")),
    Question(Ask.COUNT_FROM, "sent", day("2024-02-01"), not_null=("sender",)),
    Question(Ask.EXTREMES, "sent"),
    Question(Ask.MONTHS, "sent"),
    Question(Ask.COUNT_BELOW, "id", below=3),
    Question(Ask.GROUPS, "country", day("2024-03-01"), when="sent", since=day("2024-02-01")),
]


@pytest.mark.parametrize("question", INDEXED, ids=lambda question: question.ask.value)
def test_an_index_answers_the_same_without_telling_of_other_rows(
    store: SqlConnector, question: Question
) -> None:
    faxes = find(store, "faxes")
    whole = store.ask(faxes, question)
    fields = tuple(replace(f, indexed=f.name in ("sent", "id")) for f in faxes.fields)
    large = replace(faxes, population=50_000_000, fields=fields)
    measure = store.ask(large, question)
    assert measure == replace(
        whole,
        rows=measure.rows,
        undated=measure.undated,
        count=measure.count,
    )
    if faxes.kind != "sqlite":  # which reads all rows in any case
        assert (measure.rows, measure.undated) == (None, None)
    if question.ask is not Ask.EXTREMES:
        assert measure.count == whole.count


def test_months_of_days(store: SqlConnector) -> None:
    measure = store.ask(find(store, "days"), Question(Ask.MONTHS, "day"))
    assert (measure.groups, measure.undated) == ((("2012-06", 3),), 1)


def test_days_of_creation_have_periods(store: SqlConnector) -> None:
    steps = (day("2018-02-01"), day("2018-02-01 12:00:00"))
    asked = replace(BY, field="ended", by=("", "", ""), steps=steps, customer="code")
    groups = {g.period: (g.rows, g.customers) for g in _asked(store, asked).customers}
    # A day counts from its midnight: it has reached the first step, and not the noon after.
    assert groups == {0: (1, 1), 1: (1, 1), 2: (1, 1), None: (2, 2)}


def _asked(store: SqlConnector, question: Question) -> Measure:
    return store.ask(find(store, "customers"), question)


def test_values_that_are_asked_for_stay_out_of_errors_and_text(store: SqlConnector) -> None:
    measure = _asked(store, Question(Ask.GROUPS, "country"))
    assert ("Atlantis", 1) in measure.groups
    assert "Atlantis" not in repr(measure)
    with pytest.raises(StoreError) as error:
        _asked(store, Question(Ask.COUNT_BEFORE, "no_such", day("2020-01-01")))
    assert error.value.reason == "not_measured"


@pytest.mark.parametrize(
    "question",
    [
        Question(Ask.COUNT_BEFORE, "sent"),  # no cutoff
        Question(Ask.COUNT_BELOW, "id"),  # no bound
        Question(Ask.COUNT_BEFORE, "", datetime(2020, 1, 1, tzinfo=UTC)),  # a table has no time
        Question(Ask.CUSTOMERS, "", by=("country",)),
        Question(Ask.EXTREMES, "sent", flag="no_such"),
        Question(Ask.EXTREMES, "sent", not_null=("no_such",)),
    ],
)
def test_a_question_that_lacks_something_is_not_measured(
    store: SqlConnector, question: Question
) -> None:
    with pytest.raises(StoreError) as error:
        store.ask(find(store, "faxes"), question)
    assert error.value.reason == "not_measured"
