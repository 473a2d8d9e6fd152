from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from contract import rows_of
from servers import Server

import connectors
from connectors.sql import SqlConnector
from scanner.errors import StoreError
from scanner.model import Ask, Asset, Budget, Kind, Method, Question, Source

pytestmark = pytest.mark.server("postgres")

TYPES = {
    # type: (literal, kind, canonical text)
    "integer": ("7", Kind.INTEGER, "7"),
    "numeric(9,2)": ("1.50", Kind.NUMBER, "1.50"),
    "numeric": ("'NaN'", Kind.NUMBER, "NaN"),
    "double precision": ("3", Kind.NUMBER, "3.0"),
    "boolean": ("true", Kind.BOOLEAN, "true"),
    "date": ("'0044-03-15 BC'", Kind.DATE, "0044-03-15 BC"),
    "timestamp": ("'infinity'", Kind.TIMESTAMP, "infinity"),
    "timestamptz": ("'2024-01-01 10:00:00+02'", Kind.TIMESTAMP, "2024-01-01T08:00:00+00:00"),
    "time": ("'10:00'", Kind.TIME, "10:00:00"),
    "interval": ("'1 day'", Kind.OTHER, "P1D"),
    "uuid": (
        "'C0FFEE00-0000-4000-8000-000000000001'",
        Kind.UUID,
        "c0ffee00-0000-4000-8000-000000000001",
    ),
    "inet": ("'10.0.0.1'", Kind.INET, "10.0.0.1"),
    "cidr": ("'10.0.0.0/8'", Kind.INET, "10.0.0.0/8"),
    "macaddr": ("'08002b010203'", Kind.MAC, "08:00:2b:01:02:03"),
    "int4range": ("'[1,3)'", Kind.OTHER, "[1,3)"),
    "mood": ("'happy'", Kind.TEXT, "happy"),
    "mail": ("'a@b.ch'", Kind.TEXT, "a@b.ch"),
    "char(3)": ("'x'", Kind.TEXT, "x"),
    "text": ("''", Kind.TEXT, ""),
    "bytea": ("'\\x41c3a9'", Kind.TEXT, "Aé"),
    "oid": ("5", Kind.INTEGER, "5"),
}
FIELDS = [f"f{number}" for number in range(len(TYPES))]

ODD = 'we"ird.%s:t<i>'
ODD_FIELDS = ['a"b', "c.d", "e\nf", "A", "a", "select", "%(h)s", ":i", "ctid_", "é"]


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


SETUP = [
    "CREATE SCHEMA core",
    "CREATE SCHEMA shut",
    "CREATE TABLE shut.t (a int)",
    "CREATE TYPE mood AS ENUM ('sad', 'happy')",
    "CREATE DOMAIN mail AS text",
    "CREATE TABLE core.types ("
    + ", ".join(f"{field} {type_}" for field, type_ in zip(FIELDS, TYPES, strict=True))
    + ")",
    f"INSERT INTO core.types VALUES ({', '.join(row[0] for row in TYPES.values())})",
    f"CREATE TABLE core.{quoted(ODD)} ({', '.join(f'{quoted(f)} text' for f in ODD_FIELDS)})",
    f"INSERT INTO core.{quoted(ODD)} VALUES ({', '.join(repr(f'v{i}') for i in range(10))})",
    "CREATE TABLE core.city (id int PRIMARY KEY, name text UNIQUE)",
    "CREATE TABLE core.users (id serial PRIMARY KEY, mail text, city int REFERENCES core.city, "
    "made timestamptz, day date, doc jsonb, tags text[], pic bytea)",
    "COMMENT ON TABLE core.users IS 'people'",
    "COMMENT ON COLUMN core.users.mail IS 'where to write'",
    "CREATE INDEX ON core.users (made)",
    "INSERT INTO core.users (mail, made, day, doc, tags, pic) SELECT 'u' || i || '@example.com', "
    "timestamptz '2024-01-01 00:00+00' + i * interval '1 hour', date '2024-01-01' + i, "
    "jsonb_build_object('n', jsonb_build_object('city', 'c' || i), 'l', jsonb_build_array(i, -i)), "
    "ARRAY['x', 'y,\"z'], '\\x89504e470d0a1a0a' FROM generate_series(1, 3000) AS i",
    "CREATE TABLE core.big AS SELECT i, md5(i::text) AS h FROM generate_series(1, 250000) AS i",
    "ANALYZE core.big",
    "CREATE TABLE core.parts (i int, t text) PARTITION BY RANGE (i)",
    "CREATE TABLE core.parts_1 PARTITION OF core.parts FOR VALUES FROM (0) TO (1000)",
    "CREATE TABLE core.parts_2 PARTITION OF core.parts FOR VALUES FROM (1000) TO (2000)",
    "INSERT INTO core.parts SELECT i, 't' || i FROM generate_series(0, 1999) AS i",
    "CREATE VIEW core.seen AS SELECT * FROM core.users",
    "CREATE VIEW core.errors AS SELECT 1 / (id - id) AS x FROM core.users",
    "CREATE VIEW core.slow AS SELECT pg_sleep(20)::text AS s",
    "CREATE MATERIALIZED VIEW core.kept AS SELECT i FROM core.big WHERE i <= 2000",
    "CREATE TABLE core.hidden (a int)",
    "CREATE TABLE core.partly (a int, b text)",
    "INSERT INTO core.partly VALUES (1, 'x'), (2, 'y')",
    "CREATE TABLE core.secured (a int)",
    "INSERT INTO core.secured VALUES (1)",
    "ALTER TABLE core.secured ENABLE ROW LEVEL SECURITY",
    "CREATE TABLE core.nothing ()",
    "CREATE ROLE sql_reader LOGIN",
    "CREATE ROLE sql_writer LOGIN",
    "GRANT USAGE ON SCHEMA core TO sql_reader, sql_writer",
    "GRANT SELECT ON ALL TABLES IN SCHEMA core TO sql_reader, sql_writer",
    "REVOKE SELECT ON core.hidden, core.partly FROM sql_reader",
    "GRANT SELECT (a) ON core.partly TO sql_reader",
    "GRANT UPDATE (name) ON core.city TO sql_writer",
]


@pytest.fixture(scope="module")
def database(postgres_server: Server) -> Iterator[Server]:
    postgres_server.execute("CREATE DATABASE sqltest")
    postgres_server.execute(*SETUP, database="sqltest")
    yield postgres_server
    postgres_server.execute(
        "DROP DATABASE sqltest WITH (FORCE)", "DROP ROLE sql_reader", "DROP ROLE sql_writer"
    )


@pytest.fixture
def make(database: Server) -> Iterator[Callable[..., SqlConnector]]:
    opened: list[SqlConnector] = []

    def open_(user: str = "sql_reader", **settings: object) -> SqlConnector:
        application = str(settings.pop("application", "ropascan"))
        source = Source("pg", url=database.named("sqltest", user), **settings)
        store = connectors.open_store(source, application=application)
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
    path = f"postgresql://pg/sqltest/core/{name}"
    return next(asset for asset in store.assets().assets if asset.path == path)


def test_every_type_has_its_kind_and_text(store: SqlConnector) -> None:
    sample = store.read(find(store, "types"), Budget())
    found = {
        column.field.name: (column.field.kind, column.values.to_pylist())
        for batch in sample.batches
        for column in batch
    }
    expected = [(kind, [text]) for _, kind, text in TYPES.values()]
    assert [found[field] for field in FIELDS] == expected
    assert sample.method is Method.WHOLE


def test_odd_names_are_read_as_they_are(store: SqlConnector) -> None:
    asset = find(store, 'we"ird.%25s:t<i>')
    cells = rows_of(store.read(asset, Budget()))
    assert [column[0] for column in cells.values()] == [f"v{i}" for i in range(10)]
    assert store.ask(asset, Question(Ask.GROUPS, "%25(h)s")).groups == (("v6", 1),)


def test_catalogue_tells_keys_references_comments_and_indexes(store: SqlConnector) -> None:
    users = find(store, "users")
    fields = {field.name: field for field in users.fields}
    assert users.comment == "people"
    assert fields["mail"].comment == "where to write"
    assert (fields["id"].key, fields["id"].nullable) == ("primary", False)
    assert fields["city"].references == "sqltest/core/city#id"
    assert [name for name, field in fields.items() if field.indexed] == ["id", "made"]
    assert fields["tags"].declared == "text[]"
    big = find(store, "big")
    assert 200_000 < (big.population or 0) < 300_000
    assert not big.counted


def test_partitions_are_read_through_their_parent(store: SqlConnector) -> None:
    paths = [asset.path for asset in store.assets().assets]
    assert not [path for path in paths if "parts_" in path]
    parts = find(store, "parts")
    assert parts.siblings == 2
    sample = store.read(parts, Budget(rows=400))
    low = [int(i or 0) < 1000 for i in rows_of(sample)["i"]]
    assert sample.method is Method.RANDOM
    assert 120 < sum(low) < 280


def test_views_and_foreign_tables_only_when_asked_for(make: Callable[..., SqlConnector]) -> None:
    omitted = {o.asset.rsplit("/", 1)[1]: o.why for o in make().assets().omissions}
    assert omitted == dict.fromkeys(("errors", "kept", "seen", "slow"), "view")
    store = make(views=True)
    seen = store.read(find(store, "seen"), Budget(rows=10))
    assert len(rows_of(seen)["id"]) == 10
    assert seen.method is Method.FIRST


def test_what_the_account_may_not_read_is_a_gap(store: SqlConnector) -> None:
    listed = store.assets()
    assert not listed.complete
    assert [(gap.asset, gap.field, gap.reason.value) for gap in listed.gaps] == [
        ("postgresql://pg/sqltest/shut", "", "permission"),
        ("postgresql://pg/sqltest/core/partly", "b", "permission"),
    ]
    with pytest.raises(StoreError) as error:
        store.read(find(store, "hidden"), Budget())
    assert error.value.reason == "permission"
    assert rows_of(store.read(find(store, "partly"), Budget())) == {"a": ["1", "2"]}


def test_hidden_rows_are_a_gap_and_never_whole(store: SqlConnector) -> None:
    sample = store.read(find(store, "secured"), Budget())
    assert rows_of(sample) == {}
    assert sample.method is Method.FIRST
    assert [gap.reason.value for gap in sample.gaps] == ["permission"]


def test_view_that_errors_is_our_error_without_its_text(make: Callable[..., SqlConnector]) -> None:
    store = make(views=True)
    with pytest.raises(StoreError) as error:
        store.read(find(store, "errors"), Budget())
    assert error.value.reason == "unreadable"
    assert "division" not in str(error.value)
    assert error.value.__cause__ is None
    assert rows_of(store.read(find(store, "city"), Budget())) == {}


def test_table_without_fields_is_a_gap(store: SqlConnector) -> None:
    sample = store.read(find(store, "nothing"), Budget())
    assert (list(sample.batches), len(sample.gaps)) == ([], 1)


def test_time_out_is_the_budget(make: Callable[..., SqlConnector]) -> None:
    store = make(views=True)
    with pytest.raises(StoreError) as error:
        store.read(find(store, "slow"), Budget(seconds=0.2))
    assert error.value.reason == "budget"


def test_documents_arrays_and_bytes(store: SqlConnector) -> None:
    sample = store.read(find(store, "users"), Budget(rows=50))
    cells = rows_of(sample)
    assert cells["doc.n.city"][0] == "c" + str(cells["id"][0])
    assert len(cells["doc.l"]) == 100
    assert set(cells["tags"]) == {"x", 'y,"z'}
    assert cells["pic"] == [None] * 50


@pytest.mark.parametrize(("name", "field", "rows"), [("users", "id", 300), ("big", "i", 1000)])
def test_random_rows_come_from_everywhere(
    store: SqlConnector, name: str, field: str, rows: int
) -> None:
    asset = find(store, name)
    sample = store.read(asset, Budget(rows=rows))
    drawn = [int(cell or 0) for cell in rows_of(sample)[field]]
    assert sample.method is Method.RANDOM
    assert len(set(drawn)) == rows
    total = 3000 if name == "users" else 250_000
    fifths = [sum(1 for i in drawn if (i - 1) * 5 // total == fifth) for fifth in range(5)]
    assert min(fifths) > rows / 10
    again = [int(cell or 0) for cell in rows_of(store.read(asset, Budget(rows=rows)))[field]]
    assert again == drawn
    other = store.read(asset, Budget(rows=rows, seed=9))
    assert [int(cell or 0) for cell in rows_of(other)[field]] != drawn


def test_large_table_is_not_scanned_without_consent(make: Callable[..., SqlConnector]) -> None:
    asset = find(make(), "big")
    shown = " ".join(make().statements(asset, Budget(rows=100), ()))
    assert "system(" in shown
    assert "bernoulli(" not in shown
    willing = " ".join(make(full_scan=True).statements(asset, Budget(rows=100), ()))
    assert "bernoulli(" in willing


def test_connection_lost_half_way_keeps_the_rows_and_is_a_gap(
    store: SqlConnector, database: Server
) -> None:
    sample = store.read(find(store, "users"), Budget(rows=3000))
    database.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'sql_reader'"
    )
    rest = list(sample.batches)
    assert [gap.reason.value for gap in sample.gaps] == ["unreachable"]
    assert 0 < sample.rows < 3000
    assert sample.method is not Method.WHOLE
    assert any(column.field.name == "doc.n.city" for batch in rest for column in batch)
    assert rows_of(store.read(find(store, "city"), Budget())) == {}


def test_session_is_read_only_named_and_limited(make: Callable[..., SqlConnector]) -> None:
    import sqlalchemy as sa

    store = make(application="ropascan 1f2e3d")
    store.session.begin(7.5)
    names = ("transaction_read_only", "application_name", "statement_timeout", "lock_timeout")
    found = [store.session.all(sa.text(f"SHOW {name}"))[0][0] for name in names]
    assert found == ["on", "ropascan 1f2e3d", "7500ms", "5s"]
    isolation = store.session.all(sa.text("SHOW transaction_isolation"))[0][0]
    assert isolation == "repeatable read"


@pytest.mark.parametrize(("user", "why"), [("postgres", "superuser"), ("sql_writer", "core/city")])
def test_account_that_can_write_is_refused(
    make: Callable[..., SqlConnector], user: str, why: str
) -> None:
    store = make(user)
    asset = find(make(), "city")
    for attempt in (store.assets, store.probe, lambda: store.read(asset, Budget())):
        with pytest.raises(StoreError) as error:
            attempt()
        assert error.value.reason == "can_write"
    text = str(error.value)
    assert why in text
    assert "GRANT CONNECT ON DATABASE sqltest TO ropascan" in text
    assert "GRANT SELECT ON ALL TABLES IN SCHEMA core" in text
    assert "allow_write_grants = true" in text
    allowed = make(user, allow_write_grants=True)
    assert rows_of(allowed.read(asset, Budget())) == {}


def test_write_grants_on_what_is_excluded_do_not_matter(make: Callable[..., SqlConnector]) -> None:
    assert make("sql_writer", exclude=("**/city",)).assets().assets


def test_the_statements_of_the_refusal_would_do(database: Server) -> None:
    store = connectors.open_store(Source("pg", url=database.named("sqltest")))
    with pytest.raises(StoreError) as error:
        store.assets()
    store.close()
    advice = str(error.value).partition("made by: ")[2].partition("; or set")[0]
    database.execute(*advice.replace("…", "pw").split("; "), database="sqltest")
    try:
        url = database.named("sqltest", "ropascan", "pw")
        reader = connectors.open_store(Source("pg", url=url))
        assert "read-only" in reader.probe()  # type: ignore[attr-defined]
        reader.close()
    finally:
        database.execute("DROP OWNED BY ropascan", "DROP ROLE ropascan", database="sqltest")


def test_counts_compare_as_utc(store: SqlConnector) -> None:
    users = find(store, "users")
    cutoff = datetime(2024, 1, 2, tzinfo=UTC)
    zoned = store.ask(users, Question(Ask.COUNT_BEFORE, "made", cutoff, ("mail", "doc.n.city")))
    assert (zoned.count, zoned.oldest) == (23, datetime(2024, 1, 1, 1, tzinfo=UTC))
    assert store.ask(users, Question(Ask.COUNT_BEFORE, "day", cutoff)).count == 0
    later = replace(Question(Ask.COUNT_BEFORE, "day", cutoff), cutoff=cutoff.replace(hour=1))
    assert store.ask(users, later).count == 1
    extremes = store.ask(users, Question(Ask.EXTREMES, "day"))
    assert extremes.newest == datetime(2032, 3, 19, tzinfo=UTC)
    with pytest.raises(StoreError, match="date or time"):
        store.ask(users, Question(Ask.EXTREMES, "mail"))
    types = find(store, "types")
    assert store.ask(types, Question(Ask.EXTREMES, FIELDS[6])).oldest is None


def test_counts_without_index_or_consent_are_not_made(make: Callable[..., SqlConnector]) -> None:
    users = replace(find(make(), "users"), population=50_000_000)
    question = Question(Ask.EXTREMES, "day")
    with pytest.raises(StoreError, match="has no index"):
        make().ask(users, question)
    through_index = make().ask(users, replace(question, field="made"))
    assert (through_index.count, through_index.rows) == (None, None)
    assert through_index.oldest == datetime(2024, 1, 1, 1, tzinfo=UTC)
    assert make(full_scan=True).ask(users, question).count == 3000


def test_wrong_password_and_unknown_database_are_refused(database: Server) -> None:
    for url in (database.named("guarded", "sql_reader", "wrong"), database.named("none_such")):
        store = connectors.open_store(Source("pg", url=url))
        with pytest.raises(StoreError) as error:
            store.assets()
        assert error.value.reason == "refused"
        assert "wrong" not in repr(error.value)
        store.close()


def test_certificate_is_verified_when_an_authority_is_given(
    database: Server, make: Callable[..., SqlConnector], tmp_path
) -> None:
    if not database.ca_file:
        pytest.skip("the server has no certificate")
    assert "TLS verified" in make(ca_file=database.ca_file).probe()
    from servers import _certificate

    other = _certificate(tmp_path, {})
    with pytest.raises(StoreError, match="certificate") as error:
        make(ca_file=other).probe()
    assert error.value.reason == "refused"
