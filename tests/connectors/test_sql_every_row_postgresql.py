"""Reads of every row from PostgreSQL: the same cells by ADBC and SQLAlchemy, equally guarded."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from contract import rows_of
from every_row_reads import ALL, both, needs_adbc, read
from servers import Server

import connectors
from connectors import adbc
from connectors.sql import SqlConnector
from scanner.errors import StoreError
from scanner.model import Asset, GapReason, Method, Source

pytestmark = pytest.mark.server("postgres")

VALUES = {
    "smallint": ["-32768", "0"],
    "integer": ["7", "-2147483648"],
    "bigint": ["9223372036854775807"],
    "oid": ["4294967295"],
    "numeric(9,2)": ["1.50", "-0.10"],
    "numeric": ["'NaN'", "1e-20", "123456789012345678901234567890.123"],
    "real": ["0.1", "3", "'NaN'", "'-Infinity'", "1e30", "1.17549e-38"],
    "double precision": ["0.1", "3", "1e16", "1e300", "5e-324", "'Infinity'", "'-0'", "1e-7"],
    "money": ["'12.50'"],
    "boolean": ["true", "false"],
    "date": ["'0044-03-15 BC'", "'infinity'", "'2024-01-31'"],
    "timestamp": ["'infinity'", "'2024-01-31 10:00:00.123456'", "'0044-03-15 10:00 BC'"],
    "timestamptz": ["'2024-01-01 10:00:00+02'", "'2024-07-01 10:00:00.5+05:30'"],
    "time": ["'10:00'", "'24:00:00'"],
    "timetz": ["'10:00+02'"],
    "interval": ["'1 year 2 days 03:04:05.6'"],
    "uuid": ["'C0FFEE00-0000-4000-8000-000000000001'"],
    "inet": ["'10.0.0.1'", "'10.0.0.1/8'", "'::1'", "'2001:db8::/32'"],
    "cidr": ["'10.0.0.0/8'", "'10.0.0.1/32'"],
    "macaddr": ["'08002b010203'"],
    "int4range": ["'[1,3)'"],
    "point": ["'(1,2)'"],
    "bit(3)": ["B'101'"],
    "mood": ["'happy'"],
    "mail": ["'a@b.ch'"],
    "pair": ["ROW(1, 'x')"],
    "char(3)": ["'x'"],
    '"char"': ["'y'"],
    "name": ["'n'"],
    "varchar(9)": ["''", "'é😀'"],
    "text": ["''", "'  '", "E'tab\\tnew\\nline'", "repeat('é', 200)", "'{\"a\": 1}'"],
    "xml": ["'<a>x</a>'"],
    "json": ['\'{"b": [1, "x"], "c": null}\'', "'\"bare\"'", "'3'"],
    "jsonb": ['\'{"b": {"c": 1.50}}\'', "'[1, [2]]'"],
    "tsvector": ["'a b'"],
    "bytea": ["'\\x41c3a9'", "'\\x89504e470d0a1a0a'", "''", "repeat('x', 20000)::bytea"],
    "text[]": ["ARRAY['x', 'y,\"z', NULL]", "'{}'"],
    "int[]": ["ARRAY[[1,2],[3,4]]"],
    "bytea[]": ["ARRAY['\\x41'::bytea]"],
    "date[]": ["ARRAY[date '2024-01-01']"],
}
FIELDS = [f"f{number}" for number in range(len(VALUES))]


def _inserts() -> Iterator[str]:
    """One row for each value, and one of nulls at each end."""
    yield "INSERT INTO kinds DEFAULT VALUES"
    for field, literals in zip(FIELDS, VALUES.values(), strict=True):
        for literal in literals:
            yield f"INSERT INTO kinds ({field}) VALUES ({literal})"
    yield "INSERT INTO kinds DEFAULT VALUES"


SETUP = [
    "CREATE TYPE mood AS ENUM ('sad', 'happy')",
    "CREATE TYPE pair AS (a int, b text)",
    "CREATE DOMAIN mail AS text",
    f"CREATE TABLE kinds ({', '.join(f'{f} {t}' for f, t in zip(FIELDS, VALUES, strict=True))})",
    *_inserts(),
    "CREATE TABLE big AS SELECT i, repeat(md5(i::text), 8) AS h, i * 0.5::float8 AS r "
    "FROM generate_series(1, 150000) AS i",
    "CREATE TABLE parts (i int, t text) PARTITION BY RANGE (i)",
    "CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (1000)",
    "CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM (1000) TO (2000)",
    "INSERT INTO parts SELECT i, 't' || i FROM generate_series(0, 1999) AS i",
    "CREATE VIEW seen AS SELECT h AS token FROM big WHERE i <= 3000",
    "CREATE VIEW broken AS SELECT 1 / (i - 100000) AS x FROM big",
    "CREATE VIEW slow AS SELECT pg_sleep(20)::text AS s",
    "CREATE TABLE nothing (a int, b text)",
    'CREATE TABLE "we""ird.%s:t" ("a""b" text, "%(h)s" text, ":i" text)',
    """INSERT INTO "we""ird.%s:t" VALUES ('v0', 'v1', 'v2')""",
    "CREATE TABLE secured (a int)",
    "INSERT INTO secured VALUES (1), (2)",
    "ALTER TABLE secured ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY p ON secured USING (a = 1)",
    "CREATE TABLE partly (a int, b text)",
    "INSERT INTO partly VALUES (1, 'x'), (2, 'y')",
    "CREATE TABLE shut (a int, b text)",
    "CREATE ROLE rows_reader LOGIN PASSWORD 'hunter2'",
    "GRANT SELECT ON ALL TABLES IN SCHEMA public TO rows_reader",
    "REVOKE SELECT ON shut, partly FROM rows_reader",
    "GRANT SELECT (a) ON partly TO rows_reader",
]


@pytest.fixture(scope="module")
def database(postgres_server: Server) -> Iterator[Server]:
    postgres_server.execute("CREATE DATABASE everyrow")
    postgres_server.execute(*SETUP, database="everyrow")
    yield postgres_server
    postgres_server.execute("DROP DATABASE everyrow WITH (FORCE)", "DROP ROLE rows_reader")


@pytest.fixture
def make(database: Server) -> Iterator[Callable[..., SqlConnector]]:
    opened: list[SqlConnector] = []

    def open_(**settings: object) -> SqlConnector:
        url = database.named("everyrow", "rows_reader", "hunter2")
        source = Source("pg", url=url, views=True, **settings)  # type: ignore[arg-type]
        store = connectors.open_store(source, application="ropascan 1f2e3d")
        assert isinstance(store, SqlConnector)
        opened.append(store)
        return store

    yield open_
    for store in opened:
        store.close()


@pytest.fixture
def store(make: Callable[..., SqlConnector]) -> SqlConnector:
    return make()


def find(store: SqlConnector, name: str) -> Asset:
    path = f"postgresql://pg/everyrow/public/{name}"
    return next(asset for asset in store.assets().assets if asset.path == path)


def connection(store: SqlConnector, seconds: float = 30.0):
    needs_adbc()
    from connectors import adbc_postgresql

    store.session.begin(seconds)
    return adbc_postgresql.connect(store.session)


@pytest.mark.parametrize("cell", [100_000, 50])
def test_every_type_is_the_same_by_both_ways(store: SqlConnector, cell: int) -> None:
    asset = find(store, "kinds")
    assert len(asset.fields) == len(VALUES)
    sample, cells = both(store, asset, replace(ALL, cell=cell))
    assert sample.method is Method.WHOLE
    assert sample.rows == sum(map(len, VALUES.values())) + 2
    for field, (type_, literals) in zip(FIELDS, VALUES.items(), strict=True):
        said = [value for name, (_, values) in cells.items() for value in values if value
                and (name == field or name.startswith(f"{field}."))]  # fmt: skip
        assert said or literals == ["''"], type_


@pytest.mark.parametrize("name", ["big", "parts", "seen", "nothing", 'we"ird.%25s:t', "partly"])
def test_every_row_is_the_same_by_both_ways(store: SqlConnector, name: str) -> None:
    sample, cells = both(store, find(store, name))
    assert sample.method is Method.WHOLE
    assert all(len(values) == sample.rows for _, values in cells.values())


def test_what_row_security_hides_is_a_gap_by_both_ways(store: SqlConnector) -> None:
    sample, cells = both(store, find(store, "secured"))
    assert (cells["a"][1], sample.method) == (["1"], Method.FIRST)
    assert [gap.reason for gap in sample.gaps] == [GapReason.PERMISSION]


def test_bounds_that_were_set_still_hold(store: SqlConnector) -> None:
    sample, _ = both(store, find(store, "big"), replace(ALL, bytes=100_000))
    assert sample.method is Method.FIRST
    assert [gap.reason for gap in sample.gaps] == [GapReason.BUDGET]


@pytest.mark.parametrize("on", [True, False])
def test_failures_are_our_errors(
    store: SqlConnector, monkeypatch: pytest.MonkeyPatch, on: bool
) -> None:
    if on:
        needs_adbc()
    monkeypatch.setattr(adbc, "installed", lambda _: on)
    gone = replace(find(store, "nothing"), path="postgresql://pg/everyrow/public/gone")
    with pytest.raises(StoreError) as error:
        rows_of(store.read(gone, ALL))
    assert error.value.reason == "unreadable"
    shut = replace(find(store, "nothing"), path="postgresql://pg/everyrow/public/shut")
    with pytest.raises(StoreError) as error:
        rows_of(store.read(shut, ALL))
    assert error.value.reason == "permission"
    with pytest.raises(StoreError) as error:
        rows_of(store.read(find(store, "slow"), replace(ALL, seconds=0.5)))
    assert error.value.reason == "budget"
    sample = store.read(find(store, "broken"), ALL)
    rows_of(sample)
    assert [gap.reason for gap in sample.gaps] in ([GapReason.UNREADABLE], [GapReason.UNREACHABLE])
    assert sample.method is not Method.WHOLE
    assert sample.rows > 0
    assert rows_of(store.read(find(store, "parts"), ALL))


def test_connection_lost_half_way_keeps_the_rows_and_is_a_gap(
    store: SqlConnector, database: Server
) -> None:
    needs_adbc()
    sample = store.read(find(store, "big"), ALL)
    database.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'rows_reader'"
    )
    rows_of(sample)
    assert [gap.reason for gap in sample.gaps] == [GapReason.UNREACHABLE]
    assert "hunter2" not in repr(sample.gaps)
    assert 0 < sample.rows < 150_000
    assert sample.method is not Method.WHOLE
    assert rows_of(store.read(find(store, "parts"), ALL))


def test_nothing_can_be_written_through_adbc(store: SqlConnector) -> None:
    import adbc_driver_manager

    opened = connection(store)
    cursor = opened.cursor()
    for statement in (
        "INSERT INTO nothing VALUES (1, 'x')",
        "CREATE TABLE planted (a int)",
        "DROP TABLE big",
    ):
        with pytest.raises(adbc_driver_manager.Error) as error:
            cursor.execute(statement)
        assert error.value.sqlstate == "25006"
        opened.rollback()
    cursor.close()
    opened.close()


def test_adbc_sessions_are_told_what_every_session_is_told(store: SqlConnector) -> None:
    opened = connection(store, 7.5)
    expected = {
        "transaction_read_only": "on",
        "default_transaction_read_only": "on",
        "transaction_isolation": "repeatable read",
        "application_name": "ropascan 1f2e3d",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "10min",
        "TimeZone": "UTC",
        "DateStyle": "ISO, MDY",
        "client_encoding": "UTF8",
    }
    settings = [*expected, "statement_timeout"]
    asked = ", ".join(f"current_setting('{name}') AS s{n}" for n, name in enumerate(settings))
    with opened.cursor() as cursor:
        cursor.execute(f"SELECT {asked}")
        *said, limit = cursor.fetchone()
    opened.close()
    assert dict(zip(expected, said, strict=True)) == expected
    assert 5000 < int(limit.removesuffix("ms")) <= 7500


def test_certificate_is_verified_by_adbc_too(
    database: Server, make: Callable[..., SqlConnector], tmp_path
) -> None:
    needs_adbc()
    if not database.ca_file:
        pytest.skip("the server has no certificate")
    from servers import _certificate

    with connection(make(ca_file=database.ca_file)).cursor() as cursor:
        cursor.execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        assert cursor.fetchone() == (True,)
        cursor.adbc_connection.close() if hasattr(cursor, "adbc_connection") else None
    from connectors import adbc_postgresql

    store = make(ca_file=database.ca_file)
    store.session.begin(30)
    store.session.address.arguments["sslrootcert"] = _certificate(tmp_path, {})
    with pytest.raises(StoreError, match="certificate") as error:
        adbc_postgresql.connect(store.session)
    assert error.value.reason == "refused"


def test_wrong_password_is_refused_and_not_repeated(database: Server) -> None:
    needs_adbc()
    from connectors import adbc_postgresql
    from connectors.sql_session import Session
    from connectors.sql_url import resolve

    source = Source("pg", url=database.named("guarded", "rows_reader", "wrong-pw"))
    session = Session(resolve(source, "ropascan"))
    with pytest.raises(StoreError) as error:
        adbc_postgresql.connect(session)
    assert error.value.reason == "refused"
    assert "wrong-pw" not in repr(error.value) + repr(error.value.__context__)
    session.close()


def test_sqlalchemy_reads_where_adbc_cannot_connect(
    store: SqlConnector, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs_adbc()
    from connectors import adbc_postgresql

    def fail(session: object) -> None:
        raise StoreError("no", "unreachable")

    monkeypatch.setattr(adbc_postgresql, "connect", fail)
    sample, cells = read(store, find(store, "parts"))
    assert (sample.method, sample.gaps, len(cells["i"][1])) == (Method.WHOLE, [], 2000)


def test_the_statements_name_both_ways(store: SqlConnector) -> None:
    needs_adbc()
    said = store.statements(find(store, "big"), replace(ALL, seconds=5.0), ())
    assert "SET default_transaction_read_only = on" in said
    assert "SET statement_timeout = 5000" in said
    assert any(line.startswith("COPY (SELECT") and "CAST" in line for line in said)
    assert said[-1].startswith("SELECT")
    assert "LIMIT" not in " ".join(said)
