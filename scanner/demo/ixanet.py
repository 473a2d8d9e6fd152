"""ixanet (I1 to I4): contacts, purchases, statistics of the site, and what clients host."""

import random
from collections.abc import Iterator, Sequence

from scanner.demo import values
from scanner.demo.cast import Person, World, people
from scanner.demo.logfiles import Line, LogSet
from scanner.demo.tables import Database, Table, simple

SOURCE = "ixanet-logs"
_PAGES = ("/", "/hosting", "/domains", "/prices", "/support", "/order", "/contact")
_ITEMS = ("Hosting basic", "Hosting plus", "Domain .ca", "Domain .com", "Certificate", "Backup")


def databases(world: World, planted: frozenset[str]) -> Iterator[Database]:
    """Build both databases with the deviations of I that are ``planted``."""
    rng = world.rng("ixanet")
    cast = people(world, "ixanet-people", "CA", 260)
    tables = [_contacts(cast), _purchases(rng, world, cast), _statistics(rng, world)]
    extra = world.rng("ixanet-planted")
    if "i3-card" in planted:
        purchases = tables[1]
        cards = [values.card(extra) for _ in purchases.rows]
        purchases.column("credit_card", "TEXT", cards)
    if "i2-visits" in planted:
        tables.append(_visits(extra, world, cast))
    yield Database("ixanet", tuple(tables))
    yield Database("ixanet-hosting", (_hosted(rng, cast),))


def logs(world: World, planted: frozenset[str]) -> Iterator[LogSet]:
    """Write the log of the site: counts of pages by hour, as declared."""
    del planted
    yield LogSet("pages.log", tuple(_hours(world.rng("ixanet-logs"), world)))


def _contacts(cast: Sequence[Person]) -> Table:
    return simple(
        "clients",
        {
            "full_name": "TEXT",
            "email": "TEXT",
            "phone": "TEXT",
            "street": "TEXT",
            "postal_code": "TEXT",
            "city": "TEXT",
        },
        ((p.name, p.email, p.phone, p.street, p.postcode, p.place.city) for p in cast),
    )


def _purchases(rng: random.Random, world: World, cast: Sequence[Person]) -> Table:
    return simple(
        "purchases",
        {
            "customer_id": "INTEGER NOT NULL",
            "item": "TEXT",
            "price": "NUMERIC",
            "purchased_on": "TEXT",
        },
        (
            (
                rng.randint(1, len(cast)),
                rng.choice(_ITEMS),
                round(rng.uniform(5, 300), 2),
                f"{values.moment(rng, world.now, 900):%Y-%m-%d}",
            )
            for _ in range(300)
        ),
    )


def _statistics(rng: random.Random, world: World) -> Table:
    """Count visits by page and month: near miss, nobody is in there."""
    return simple(
        "visit_statistics",
        {"month": "TEXT", "page": "TEXT", "visits": "INTEGER", "share": "NUMERIC"},
        (
            (
                f"{world.now.year - 1}-{month:02d}",
                page,
                rng.randint(40, 9000),
                round(rng.random(), 3),
            )
            for month in range(1, 13)
            for page in _PAGES
        ),
    )


def _visits(rng: random.Random, world: World, cast: Sequence[Person]) -> Table:
    """Build a table of single visits, each with the address of the visitor."""
    return simple(
        "visits",
        {"ip_address": "TEXT", "page": "TEXT", "visited_at": "TEXT"},
        (
            (
                rng.choice(cast).ip,
                rng.choice(_PAGES),
                values.stamp(values.moment(rng, world.now, 200)),
            )
            for _ in range(400)
        ),
    )


def _hosted(rng: random.Random, cast: Sequence[Person]) -> Table:
    """Build what a client hosts: the client's data, so only names of fields are looked at."""
    return simple(
        "guestbook",
        {"visitor_name": "TEXT", "visitor_email": "TEXT", "entry": "TEXT"},
        ((p.name, p.email, f"Nice site, visit number {rng.randint(2, 90)}.") for p in cast[:90]),
    )


def _hours(rng: random.Random, world: World) -> Iterator[Line]:
    for _ in range(300):
        at = values.moment(rng, world.now, 300)
        yield (
            at,
            f"time={at:%Y-%m-%dT%H:00:00Z} page={rng.choice(_PAGES)} visits={rng.randint(3, 700)}",
        )
