from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from contract import rows_of
from servers import Server

import connectors
from connectors.sql import SqlConnector
from connectors.sql_url import CONNECT_SECONDS, SILENT_SECONDS
from scanner.errors import StoreError
from scanner.model import Ask, Asset, Budget, Kind, Method, Question, Source

pytestmark = pytest.mark.server("mariadb")

TYPES = {
    # type: (literal, kind, canonical text)
    "int unsigned": ("7", Kind.INTEGER, "7"),
    "bit(3)": ("5", Kind.INTEGER, "5"),
    "year": ("2024", Kind.INTEGER, "2024"),
    "decimal(9,2)": ("1.50", Kind.NUMBER, "1.50"),
    "double": ("3", Kind.NUMBER, "3.0"),
    "date": ("'0000-00-00'", Kind.DATE, "0000-00-00"),
    "datetime": ("'2024-01-02 03:04:05'", Kind.TIMESTAMP, "2024-01-02T03:04:05"),
    "timestamp": ("'2024-01-02 03:04:05'", Kind.TIMESTAMP, "2024-01-02T03:04:05+00:00"),
    "time": ("'-30:02:03'", Kind.TIME, "-30:02:03"),
    "enum('a','b')": ("'b'", Kind.TEXT, "b"),
    "uuid": (
        "'C0FFEE00-0000-4000-8000-000000000001'",
        Kind.UUID,
        "c0ffee00-0000-4000-8000-000000000001",
    ),
    "inet6": ("'::1'", Kind.INET, "::1"),
    "point": ("point(1, 2)", Kind.OTHER, "POINT(1 2)"),
    "varchar(9) charset latin1": ("'é'", Kind.TEXT, "é"),
    "text": ("''", Kind.TEXT, ""),
    "blob": ("x'41c3a9'", Kind.TEXT, "Aé"),
    "varbinary(9)": ("x'ff00'", Kind.BYTES, None),
}
FIELDS = [f"f{number}" for number in range(len(TYPES))]
ODD_FIELDS = ['a"b', "c.d", "e\nf", "A", "select", "%(h)s", ":i", "%s", "é", "a`b"]


def quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


SETUP = [
    "CREATE DATABASE sqltest",
    "CREATE DATABASE `o/d%d`",
    "SET SESSION sql_mode = ''",
    "CREATE TABLE sqltest.types ("
    + ", ".join(f"{field} {type_}" for field, type_ in zip(FIELDS, TYPES, strict=True))
    + ")",
    "SET SESSION time_zone = '+00:00'",
    f"INSERT INTO sqltest.types VALUES ({', '.join(row[0] for row in TYPES.values())})",
    f'CREATE TABLE `o/d%d`.`we"ird.%s:t` ({", ".join(f"{quoted(f)} text" for f in ODD_FIELDS)})',
    f'INSERT INTO `o/d%d`.`we"ird.%s:t` VALUES ({", ".join(repr(f"v{i}") for i in range(10))})',
    "CREATE TABLE sqltest.city (id int PRIMARY KEY, name varchar(40) UNIQUE)",
    "CREATE TABLE sqltest.users (id int PRIMARY KEY AUTO_INCREMENT, mail varchar(80) "
    "COMMENT 'where to write', city int REFERENCES city (id), made datetime, day date, doc json, "
    "KEY made_at (made)) COMMENT 'people'",
    "INSERT INTO sqltest.users (mail, made, day, doc) SELECT concat('u', seq, '@example.com'), "
    "'2024-01-01' + INTERVAL seq HOUR, '2024-01-01' + INTERVAL seq DAY, "
    "json_object('n', json_object('city', concat('c', seq))) FROM seq_1_to_3000",
    "CREATE TABLE sqltest.keyless (a int, b text)",
    "INSERT INTO sqltest.keyless SELECT seq, seq FROM seq_1_to_3000",
    "CREATE TABLE sqltest.wide (a text)",
    "INSERT INTO sqltest.wide SELECT repeat('x', 8000) FROM seq_1_to_3000",
    "CREATE TABLE sqltest.sparse (id bigint PRIMARY KEY, b int)",
    "INSERT INTO sqltest.sparse SELECT seq * 1000003, seq FROM seq_1_to_3000",
    "CREATE VIEW sqltest.seen AS SELECT * FROM sqltest.users",
    "CREATE TABLE sqltest.gone (a int)",
    "CREATE VIEW sqltest.broken AS SELECT * FROM sqltest.gone",
    "DROP TABLE sqltest.gone",
    "CREATE VIEW sqltest.slow AS SELECT sleep(20) AS s",
    "CREATE USER sql_reader@'%' IDENTIFIED BY 'right'",
    "GRANT SELECT, SHOW VIEW ON sqltest.* TO sql_reader@'%'",
    "GRANT SELECT ON `o/d%d`.* TO sql_reader@'%'",
    "CREATE USER sql_writer@'%' IDENTIFIED BY 'right'",
    "GRANT SELECT, INSERT (name) ON sqltest.city TO sql_writer@'%'",
    "CREATE ROLE sql_role",
    "GRANT ALL ON sqltest.* TO sql_role",
    "CREATE USER sql_by_role@'%' IDENTIFIED BY 'right'",
    "GRANT sql_role TO sql_by_role@'%'",
    "SET DEFAULT ROLE sql_role FOR sql_by_role@'%'",
]
USERS = ("sql_reader", "sql_writer", "sql_by_role")


@pytest.fixture(scope="module")
def database(mariadb_server: Server) -> Iterator[Server]:
    mariadb_server.execute(*SETUP)
    yield mariadb_server
    mariadb_server.execute("DROP DATABASE sqltest", "DROP DATABASE `o/d%d`", "DROP ROLE sql_role")
    mariadb_server.execute(*(f"DROP USER {user}@'%'" for user in USERS))


@pytest.fixture
def make(database: Server) -> Iterator[Callable[..., SqlConnector]]:
    opened: list[SqlConnector] = []

    def open_(user: str = "sql_reader", **settings: object) -> SqlConnector:
        application = str(settings.pop("application", "ropascan"))
        url = sa.make_url(database.named("x", user, "right")).set(database="")
        text = url.render_as_string(hide_password=False)
        source = Source("my", url=str(settings.pop("url", text)), **settings)
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
    path = f"mysql://my/sqltest/{name}"
    return next(asset for asset in store.assets().assets if asset.path == path)


def test_every_type_has_its_kind_and_text(store: SqlConnector) -> None:
    sample = store.read(find(store, "types"), Budget())
    found = {
        column.field.name: (column.field.kind, column.values.to_pylist())
        for batch in sample.batches
        for column in batch
    }
    assert [found[field] for field in FIELDS] == [
        (kind, [text]) for _, kind, text in TYPES.values()
    ]


def test_all_databases_without_one_in_the_url(
    store: SqlConnector, make: Callable[..., SqlConnector], database: Server
) -> None:
    asset = next(a for a in store.assets().assets if "o%2Fd%25d" in a.path)
    assert asset.path == 'mysql://my/o%2Fd%25d/we"ird.%25s:t'
    cells = rows_of(store.read(asset, Budget()))
    assert [column[0] for column in cells.values()] == [f"v{i}" for i in range(10)]
    assert store.ask(asset, Question(Ask.GROUPS, "%25(h)s")).groups == (("v5", 1),)
    one = make(url=database.named("sqltest", "sql_reader", "right")).assets()
    assert {a.path.split("/")[3] for a in one.assets} == {"sqltest"}


def test_catalogue_tells_keys_references_comments_and_indexes(store: SqlConnector) -> None:
    users = find(store, "users")
    fields = {field.name: field for field in users.fields}
    assert users.comment == "people"
    assert fields["mail"].comment == "where to write"
    assert (fields["id"].key, fields["id"].nullable) == ("primary", False)
    assert fields["city"].references == "sqltest/city#id"
    assert {name for name, field in fields.items() if field.indexed} == {"id", "made", "city"}
    assert 2000 < (users.population or 0) < 4000
    assert not users.counted


def test_views_only_when_asked_for_and_broken_ones_are_gaps(
    make: Callable[..., SqlConnector],
) -> None:
    omitted = {o.asset.rsplit("/", 1)[1]: o.why for o in make().assets().omissions}
    assert omitted == dict.fromkeys(("broken", "seen", "slow"), "view")
    store = make(views=True)
    seen = store.read(find(store, "seen"), Budget(rows=10))
    assert len(rows_of(seen)["id"]) == 10
    assert seen.method is Method.FIRST
    broken = store.read(find(store, "broken"), Budget())
    assert (list(broken.batches), [gap.reason.value for gap in broken.gaps]) == ([], ["unreadable"])


def test_documents_in_text_become_fields(store: SqlConnector) -> None:
    cells = rows_of(store.read(find(store, "users"), Budget(rows=50)))
    assert "doc" not in cells
    assert cells["doc.n.city"][0] == "c" + str(cells["id"][0])


@pytest.mark.parametrize(("name", "field"), [("users", "id"), ("keyless", "a"), ("sparse", "b")])
def test_random_rows_come_from_everywhere(store: SqlConnector, name: str, field: str) -> None:
    asset = find(store, name)
    sample = store.read(asset, Budget(rows=300))
    drawn = [int(cell or 0) for cell in rows_of(sample)[field]]
    assert sample.method is Method.RANDOM
    assert len(set(drawn)) == 300
    fifths = [sum(1 for i in drawn if (i - 1) * 5 // 3000 == fifth) for fifth in range(5)]
    assert min(fifths) > 30
    again = [int(cell or 0) for cell in rows_of(store.read(asset, Budget(rows=300)))[field]]
    assert again == drawn
    other = store.read(asset, Budget(rows=300, seed=9))
    assert [int(cell or 0) for cell in rows_of(other)[field]] != drawn


def test_large_tables_are_spread_or_first_and_say_so(store: SqlConnector) -> None:
    from dataclasses import replace

    sparse = replace(find(store, "sparse"), population=5_000_000)
    sample = store.read(sparse, Budget(rows=200))
    drawn = [int(cell or 0) for cell in rows_of(sample)["b"]]
    assert sample.method is Method.SPREAD
    assert len(set(drawn)) == 200
    assert max(drawn) - min(drawn) > 2000
    keyless = replace(find(store, "keyless"), population=5_000_000)
    sample = store.read(keyless, Budget(rows=200))
    assert len(rows_of(sample)["a"]) == 200
    assert sample.method is Method.FIRST


def test_time_out_is_the_budget(make: Callable[..., SqlConnector]) -> None:
    store = make(views=True)
    with pytest.raises(StoreError) as error:
        store.read(find(store, "slow"), Budget(seconds=0.2))
    assert error.value.reason == "budget"


def test_a_slow_answer_is_waited_for_longer_than_the_greeting(store: SqlConnector) -> None:
    assert vars(store.session.raw())["_read_timeout"] == SILENT_SECONDS > CONNECT_SECONDS


def test_connection_lost_half_way_keeps_the_rows_and_is_a_gap(
    store: SqlConnector, database: Server
) -> None:
    # More than the buffers between the two hold, so that the server is still sending.
    sample = store.read(find(store, "wide"), Budget(rows=3000))
    database.execute(f"KILL {store.session.raw().thread_id()}")
    list(sample.batches)
    assert [gap.reason.value for gap in sample.gaps] == ["unreachable"]
    assert sample.method is not Method.WHOLE
    assert 0 < sample.rows < 3000
    assert rows_of(store.read(find(store, "city"), Budget())) == {}


def test_session_is_read_only_named_and_limited(
    make: Callable[..., SqlConnector], database: Server
) -> None:
    store = make(application="ropascan 1f2e3d")
    store.session.begin(7.5)
    variables = "SELECT @@tx_read_only, @@max_statement_time, @@lock_wait_timeout, @@time_zone"
    assert tuple(store.session.all(sa.text(variables))[0]) == (1, 7.5, 5, "+00:00")


@pytest.mark.parametrize(
    ("user", "why"),
    [
        ("root", "ALL PRIVILEGES on *.*"),
        ("sql_writer", "INSERT on sqltest.city"),
        ("sql_by_role", "ALL PRIVILEGES on sqltest.*"),
    ],
)
def test_account_that_can_write_is_refused(
    make: Callable[..., SqlConnector], database: Server, user: str, why: str
) -> None:
    password = "" if user == "root" else "right"
    url = database.named("sqltest", user, password)
    store = make(url=url)
    for attempt in (store.assets, store.probe):
        with pytest.raises(StoreError) as error:
            attempt()
        assert error.value.reason == "can_write"
    assert why in str(error.value)
    assert "GRANT SELECT, SHOW VIEW ON sqltest.* TO 'ropascan'@'%'" in str(error.value)
    assert "PASSWORD" not in str(error.value)
    assert make(url=url, allow_write_grants=True).assets().assets


def test_account_that_sees_nothing_is_a_gap(database: Server) -> None:
    database.execute("CREATE USER sql_nobody@'%'")
    try:
        store = connectors.open_store(Source("my", url=database.named("test", "sql_nobody")))
        with pytest.raises(StoreError) as error:
            store.assets()
        assert error.value.reason in ("permission", "refused")
        store.close()
        url = sa.make_url(database.named("x", "sql_nobody")).set(database="")
        store = connectors.open_store(Source("my", url=url.render_as_string()))
        listed = store.assets()
        assert not listed.complete
        assert [gap.reason.value for gap in listed.gaps] == ["permission"]
        store.close()
    finally:
        database.execute("DROP USER sql_nobody@'%'")


def test_counts_compare_as_utc_and_pass_over_zero_dates(store: SqlConnector) -> None:
    users = find(store, "users")
    cutoff = datetime(2024, 1, 2, tzinfo=UTC)
    measure = store.ask(users, Question(Ask.COUNT_BEFORE, "made", cutoff, ("mail", "doc.n.city")))
    assert (measure.count, measure.oldest) == (23, datetime(2024, 1, 1, 1, tzinfo=UTC))
    extremes = store.ask(users, Question(Ask.EXTREMES, "day"))
    assert extremes.newest == datetime(2032, 3, 19, tzinfo=UTC)
    types = find(store, "types")
    assert store.ask(types, Question(Ask.EXTREMES, "f5")).count == 0


def test_wrong_password_is_refused_without_repeating_it(database: Server) -> None:
    store = connectors.open_store(
        Source("my", url=database.named("sqltest", "sql_reader", "wr0ng"))
    )
    with pytest.raises(StoreError) as error:
        store.assets()
    assert error.value.reason == "refused"
    assert "wr0ng" not in repr(error.value)
    store.close()


def test_certificate_is_verified_when_an_authority_is_given(
    database: Server, make: Callable[..., SqlConnector], tmp_path
) -> None:
    if not database.ca_file:
        pytest.skip("the server has no certificate")
    assert "TLS verified" in make(ca_file=database.ca_file).probe()
    from servers import _certificate

    with pytest.raises(StoreError, match="certificate") as error:
        make(ca_file=_certificate(tmp_path, {})).probe()
    assert error.value.reason == "refused"
