"""Fax.com (F1 to F14): a database with a table for each data set, logs of the site and gifs."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from scanner.demo import values
from scanner.demo.cast import Person, World, people
from scanner.demo.logfiles import Line, LogSet
from scanner.demo.tables import Database, Table, simple

SOURCE = "faxcom-logs"
_PAGES = ("/", "/plans", "/features", "/signup", "/help", "/login", "/account", "/rates")
_AGENT = "Mozilla/5.0 (Windows NT 6.1; rv:38.0) Gecko/20100101 Firefox/38.0"
_ASKED = (
    "Hello, the fax that I sent on {day} to {fax} never arrived. Could you look into it?",
    "I would like to change the number that your service gave me. You can call me at {phone}.",
    "My confirmation mail shows the wrong page count, it says {n} pages instead of two.",
    "Please tell me how I can get the second page again, it came out black.",
    "The web page asks me for the password each time. Write to {email} please.",
)
_REPORTED = (
    "I received {n} unwanted advertisements by fax from {fax} since {day}.",
    "Somebody sends junk fax to our office at night. The sender number shown is {fax}.",
    "Please stop the advertisement from {fax}, we never asked for it and have called twice.",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def databases(world: World, planted: frozenset[str]) -> Iterator[Database]:
    """Build the one database with the deviations of F that are ``planted``."""
    cast = people(world, "faxcom", "US", 320)
    friends = people(world, "faxcom-friends", "US", 150)
    rng = world.rng("faxcom-tables")
    yield Database(
        "faxcom",
        (
            _registrations(world, cast, planted),
            _payment_methods(rng, cast[:200]),
            simple(
                "credit_reports",
                {"company_no": "INTEGER", "credit_score": "INTEGER", "reported_on": "TEXT"},
                ((n + 1, rng.randint(1, 100), _day(rng, world, 900)) for n in range(60)),
            ),
            simple(
                "sample_requests",
                {"email": "TEXT", "requested_at": "TEXT"},
                ((p.email, _day(rng, world, 700)) for p in friends[:120]),
            ),
            simple(
                "profiles",
                {"viewing_preferences": "TEXT", "faxes_sent": "INTEGER"},
                (
                    (rng.choice(("news", "sports", "business", "travel")), rng.randint(0, 90))
                    for _ in cast
                ),
            ),
            simple(
                "referrals",
                {"friend_name": "TEXT", "friend_email": "TEXT", "invited_at": "TEXT"},
                ((p.name, p.email, _day(rng, world, 700)) for p in friends),
            ),
            simple(
                "contest_entries",
                {"full_name": "TEXT", "street": "TEXT", "city": "TEXT", "gender": "TEXT"},
                ((p.name, p.street, p.place.city, p.gender) for p in cast[40:200]),
            ),
            _texts(rng, world, "care_messages", "message", _ASKED, cast, 160),
            _texts(rng, world, "abuse_reports", "abuse_description", _REPORTED, cast, 90),
            simple(
                "fax_messages",
                {"pages": "INTEGER", "image": "BLOB", "sent_at": "TEXT"},
                (
                    (
                        rng.randint(1, 9),
                        b"II*\x00\x08\x00" + rng.randbytes(90),
                        _day(rng, world, 90),
                    )
                    for _ in range(90)
                ),
            ),
        ),
    )


def logs(world: World, planted: frozenset[str]) -> Iterator[LogSet]:
    """Write the logs: of the site, declared as used in the aggregate only, and of clear gifs."""
    rng = world.rng("faxcom-logs")
    cast = people(world, "faxcom", "US", 320)
    yield LogSet("site/trends.log", tuple(_trends(rng, world)))
    if "f6-log-user" in planted:
        lines = tuple(_visits(world.rng("f6-log-user"), world, cast))
        yield LogSet("site/access.log", lines, (".1",))
    yield LogSet("gifs/opened.log", tuple(_gifs(rng, world)))


def _day(rng: random.Random, world: World, days: int) -> str:
    return f"{values.moment(rng, world.now, days):%Y-%m-%d}"


def _registrations(world: World, cast: Sequence[Person], planted: frozenset[str]) -> Table:
    rng = world.rng("faxcom-registrations")
    levels = ("under 25,000", "25,000 to 50,000", "50,000 to 100,000", "over 100,000")
    table = simple(
        "registrations",
        {
            "full_name": "TEXT",
            "phone": "TEXT",
            "email": "TEXT",
            "income_level": "TEXT",
            "gender": "TEXT",
            "registered_on": "TEXT",
        },
        (
            (p.name, p.phone, p.email, rng.choice(levels), p.gender, _day(rng, world, 1500))
            for p in cast
        ),
    )
    extra = world.rng("faxcom-registrations-planted")
    if "f1-ssn" in planted:
        table.column("ssn", "TEXT", [values.ssn(extra) for _ in table.rows])
    if "f1-child" in planted:
        table.column("birth_date", "TEXT", _births(extra, world, len(table.rows)))
    return table


def _births(rng: random.Random, world: World, count: int) -> list[str]:
    """Invent birth dates: six children of eleven, and (near miss) six of fourteen."""
    today = world.now.date()
    out = []
    for number in range(count):
        years = 11 if number < 6 else 14 if number < 12 else rng.randint(19, 78)
        born = date(today.year - years, 1, 1) - timedelta(days=rng.randint(1, 200))
        out.append(born.isoformat())
    return out


def _payment_methods(rng: random.Random, cast: Sequence[Person]) -> Table:
    return simple(
        "payment_methods",
        {
            "card_number": "TEXT",
            "card_expiry": "TEXT",
            "billing_street": "TEXT",
            "billing_city": "TEXT",
        },
        (
            (
                values.card(rng),
                f"{rng.randint(1, 12):02d}/{rng.randint(27, 31)}",
                p.street,
                p.place.city,
            )
            for p in cast
        ),
    )


def _texts(
    rng: random.Random,
    world: World,
    name: str,
    column: str,
    sentences: Sequence[str],
    cast: Sequence[Person],
    count: int,
) -> Table:
    rows = []
    for _ in range(count):
        person = rng.choice(cast)
        text = rng.choice(sentences).format(
            day=rng.choice(_DAYS),
            fax=person.fax,
            phone=person.phone,
            email=person.email,
            n=rng.randint(3, 40),
        )
        rows.append((text, _day(rng, world, 600)))
    return simple(name, {column: "TEXT", "received_on": "TEXT"}, iter(rows))


def _trends(rng: random.Random, world: World) -> Iterator[Line]:
    """Count visits of pages by hour: nobody is in there."""
    for _ in range(300):
        at = values.moment(rng, world.now, 300)
        yield (
            at,
            f"time={at:%Y-%m-%dT%H:00:00Z} page={rng.choice(_PAGES)} visits={rng.randint(3, 900)}",
        )


def _visits(rng: random.Random, world: World, cast: Sequence[Person]) -> Iterator[Line]:
    """Write one line for each visit, with the address of the visitor."""
    for _ in range(400):
        person = rng.choice(cast)
        at = values.moment(rng, world.now, 200)
        yield (
            at,
            f"{person.ip} - - [{at:%d/%b/%Y:%H:%M:%S} +0000] "
            f'"GET {rng.choice(_PAGES)} HTTP/1.1" 200 {rng.randint(400, 60_000)} "-" "{_AGENT}"',
        )


def _gifs(rng: random.Random, world: World) -> Iterator[Line]:
    for _ in range(300):
        at = values.moment(rng, world.now, 300)
        yield (
            at,
            f"time={at:%Y-%m-%dT%H:%M:%SZ} unique_id={values.uuid4(rng)} "
            f"campaign={rng.randint(100, 160)} opened={rng.randint(0, 1)}",
        )
