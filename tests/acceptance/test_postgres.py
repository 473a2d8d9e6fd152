"""Customers, limits and access once more on PostgreSQL, with the records of the demo."""

import os
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from acceptance.stage import AS_OF, People, Said, Secret, Stage
from servers import Server

EUROPE, SOLUTIONS = "xmedius_europe", "xmedius_solutions"
pytestmark = pytest.mark.server("postgres")


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """Name the database of a case: several runs may share a server."""
    return f"acc_{os.getpid()}_{zlib.crc32(request.node.nodeid.encode())}"


@pytest.fixture
def portal(
    stage: Stage,
    database: str,
    postgres_server: Server,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Callable[..., None]]:
    """Write the portal of a site into a database of its own, and configure it."""
    reader = f"{database}_reader"

    def write(
        site: str,
        country: str,
        *,
        entity: str | None = EUROPE,
        ended: date | None = None,
        visits: Sequence[tuple[datetime, str]] = (),
        mails: bool = True,
    ) -> None:
        postgres_server.execute(f"create database {database}")
        _fill(postgres_server.named(database), country, entity, ended, visits, mails=mails)
        postgres_server.execute(
            f"create role {reader} login password 'reader-pw'",
            f"grant select on all tables in schema public to {reader}",
            f"grant usage on schema public to {reader}",
            database=database,
        )
        variable = f"PORTAL_{site}"
        monkeypatch.setenv(variable, postgres_server.named(database, reader, "reader-pw"))
        stage.source(f"portal-{site.lower()}", url=Secret(variable), country=site)

    yield write
    postgres_server.execute(
        f"drop database if exists {database} with (force)", f"drop role if exists {reader}"
    )


def _fill(
    url: str,
    country: str,
    entity: str | None,
    ended: date | None,
    visits: Sequence[tuple[datetime, str]],
    *,
    mails: bool,
) -> None:
    people, meta = People(36), sa.MetaData()
    accounts = sa.Table(
        "accounts",
        meta,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("main_country", sa.String(2)),
        sa.Column("order_entity", sa.Text),
        sa.Column("created_at", sa.DateTime(timezone=True)),
        sa.Column("terminated_at", sa.Date),
        sa.Column("closed", sa.Boolean),
        sa.Column("region_agreement", sa.Text),
    )
    users = sa.Table(
        "users",
        meta,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account_id", sa.ForeignKey("accounts.id")),
        sa.Column("full_name", sa.Text),
        sa.Column("email", sa.Text),
    )
    log = sa.Table(
        "access_log",
        meta,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account_id", sa.Integer),
        sa.Column("staff_login", sa.Text),
        sa.Column("staff_country", sa.Text),
        sa.Column("accessed_at", sa.DateTime(timezone=True)),
    )
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    meta.create_all(engine)
    rows: list[tuple[sa.Table, list[Mapping[str, object]]]] = [
        (
            accounts,
            [
                {
                    "id": n,
                    "main_country": country,
                    "order_entity": entity,
                    "created_at": datetime.fromisoformat("2021-05-01T08:00:00+00:00"),
                    "terminated_at": ended,
                    "closed": ended is not None,
                }
                for n in range(12)
            ],
        ),
        (
            users,
            [
                {
                    "id": n,
                    "account_id": n % 12,
                    "full_name": people.names[n] if mails else None,
                    "email": people.emails[n] if mails else None,
                }
                for n in range(36)
            ],
        ),
        (
            log,
            [
                {
                    "id": n,
                    "account_id": n % 12,
                    "staff_login": f"eng{n % 4:02d}",
                    "staff_country": place,
                    "accessed_at": at,
                }
                for n, (at, place) in enumerate(visits)
            ],
        ),
    ]
    with engine.begin() as connection:
        for table, cells in rows:
            if cells:
                connection.execute(table.insert(), cells)
    engine.dispose()


@pytest.fixture
def record(stage: Stage, database: str) -> Callable[..., None]:
    """Take a version of the record, with the stores of the portal on PostgreSQL."""

    def take(name: str, *, day: date = AS_OF, change: Mapping[str, str] | None = None) -> None:
        stage.demo(name, day=day, change=change)
        for path in sorted(Path(stage.folder / "record" / name).glob("*.toml")):
            text = path.read_text("utf-8")
            for site in ("portal-us", "portal-ie", "portal-ca", "portal-*", "{source}"):
                text = text.replace(
                    f"sqlite://{site}/main/", f"postgresql://{site}/{database}/public/"
                )
            path.write_text(text, "utf-8")

    return take


def heads(said: Said) -> set[str]:
    return {f.rule for f in said.every()}


@pytest.mark.parametrize(
    ("site", "country", "entity", "expected"),
    [
        ("IE", "US", EUROPE, ("US", "EU")),
        ("US", "DE", EUROPE, ("EU", "US")),
        ("CA", "CA", SOLUTIONS, ()),
        ("IE", "BR", EUROPE, ()),
        ("IE", "BR", SOLUTIONS, ("US", "EU")),
        ("US", "GB", EUROPE, ("EU", "US")),
        ("IE", "NO", SOLUTIONS, ("US", "EU")),
    ],
    ids=["A043", "A045", "A046", "A048", "A050", "A052", "A055"],
)
def test_A043_to_A055_on_postgresql(
    stage: Stage,
    portal: Callable[..., None],
    record: Callable[..., None],
    site: str,
    country: str,
    entity: str,
    expected: tuple[str, ...],
) -> None:
    record("xmedius_2020")
    portal(site, country, entity=entity)
    said = stage.scan()
    if not expected:
        said.nothing()
        return
    found = said.only("T01", "portal_db", severity="high")
    assert all(region in found.qualifier for region in expected)


def test_A051_on_postgresql(
    stage: Stage, portal: Callable[..., None], record: Callable[..., None]
) -> None:
    record("xmedius_2020")
    portal("IE", "BR", entity=None)
    stage.scan().only("T06", "portal_db", severity="low")


@pytest.mark.parametrize(
    ("ended", "late"),
    [(date(2025, 10, 16), True), (date(2025, 10, 17), False), (None, False)],
    ids=["A066", "A067", "open"],
)
def test_A066_A067_on_postgresql(
    stage: Stage,
    portal: Callable[..., None],
    record: Callable[..., None],
    ended: date | None,
    late: bool,
) -> None:
    record("xmedius_2018")  # one limit only
    portal("IE", "DE", ended=ended)
    said = stage.scan()
    assert heads(said) == ({"R01"} if late else set()), said.summary()


def test_A084_on_postgresql(
    stage: Stage, portal: Callable[..., None], record: Callable[..., None]
) -> None:
    column = 'column = "sqlite://{source}/main/accounts#terminated_at"'
    flag = 'flag_column = "sqlite://{source}/main/accounts#closed"'
    record("xmedius_2018", change={column: f"{column}\n{flag}"})
    portal("IE", "DE", ended=date(2025, 9, 17))
    said = stage.scan()
    assert heads(said) == {"R05"}, said.summary()
    assert {(f.severity.value, f.confidence.value) for f in said.every()} == {("high", "confirmed")}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "T10:00:00+00:00")


@pytest.mark.parametrize(
    ("name", "day", "visit", "told"),
    [
        ("xmedius_2018", date(2019, 6, 1), "2019-03-01", True),
        ("xmedius_2020", AS_OF, "2021-03-01", False),
    ],
    ids=["A060", "A061"],
)
def test_A060_A061_on_postgresql(
    stage: Stage,
    portal: Callable[..., None],
    record: Callable[..., None],
    name: str,
    day: date,
    visit: str,
    told: bool,
) -> None:
    record(name, day=day)
    others = [(at(visit), "CA"), (at(visit), "FR")] * 5
    portal("IE", "DE", visits=[(at(visit), "US"), *others])
    said = stage.scan(as_of=day)
    found = said.all("T05")
    assert [(f.severity.value, f.records) for f in found] == [("medium", 1)] * told, said.summary()
