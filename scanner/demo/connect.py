"""XM Connect (X7) and its system logs (X8): voicemail, phonebook, calls; in the USA only."""

import random
from collections.abc import Iterator
from datetime import timedelta

from scanner.demo import tenancy, values
from scanner.demo.cast import Customer, World, strays
from scanner.demo.logfiles import Line, LogSet
from scanner.demo.tables import Database, Table

SOURCE = "connect-logs"
_SPOKEN = (
    "hello this is {given} {family} please call me back about the delivery at {phone}",
    "hi {given} here the meeting moved to friday morning let me know whether that works for you",
    "good afternoon this is {given} {family} we never got the second page could you send it again",
    "it is {given} i am running late please start without me and tell the others thank you",
)


def databases(world: World, planted: frozenset[str]) -> Iterator[Database]:
    """Build the one database with the deviations of X7 that are ``planted``."""
    rng = world.rng("connect")
    customers = tuple(rng.sample(world.customers, 40))
    tables = [
        tenancy.tenants(customers),
        _voicemail(rng, world, customers),
        _phonebook(rng, customers),
        _calls(rng, world, customers),
        tenancy.sessions(rng, world, customers, "voice_sessions", 90),
    ]
    if "x7-transcripts" in planted:
        tables.append(_transcripts(world, customers))
    database = Database("connect-us", tuple(tables))
    # Near miss: the limit of this account is today.
    added = list(
        strays(world, "x7-day-60", "us", 1, 4300, terminated=world.now - timedelta(days=60))
    )
    if "x7-day-61" in planted:
        ended = world.now - timedelta(days=61)
        added += strays(world, "x7-day-61", "us", 3, 4400, terminated=ended)
    gone = tuple(added)
    database.table("tenants").append(tenancy.tenants(gone), renumber=False)
    database.table("phonebook").append(_phonebook(world.rng("connect-strays"), gone))
    yield database


def logs(world: World, planted: frozenset[str]) -> Iterator[LogSet]:
    """Write the logs: some are of years ago, as no period is declared for them."""
    del planted
    rng = world.rng("connect-logs")
    yield LogSet("voice.log", tuple(_lines(rng, world, 500)), (".1",))


def _lines(rng: random.Random, world: World, count: int) -> Iterator[Line]:
    for number in range(count):
        customer = rng.choice(world.customers)
        person = rng.choice(customer.people)
        at = values.moment(rng, world.now, 1400 if number % 5 == 0 else 300)
        yield (
            at,
            f"time={at:%Y-%m-%dT%H:%M:%SZ} level=info call_id={values.uuid4(rng)} "
            f'caller="{rng.choice(customer.contacts).phone}" callee="{person.phone}" '
            f"duration={rng.randint(4, 900)} client_ip={person.ip} username={person.username} "
            f"device_id={person.device}",
        )


def _voicemail(rng: random.Random, world: World, customers: tuple[Customer, ...]) -> Table:
    table = Table(
        "voicemail_messages",
        {
            "id": "INTEGER",
            "tenant_id": "INTEGER NOT NULL",
            "caller_name": "TEXT",
            "caller_number": "TEXT",
            "received_at": "TEXT",
            "seconds": "INTEGER",
            "voicemail_audio": "BLOB",
        },
    )
    for number in range(160):
        customer = rng.choice(customers)
        other = rng.choice(customer.contacts)
        at = values.moment(rng, customer.terminated or world.now, 50)
        table.rows.append(
            {
                "id": number + 1,
                "tenant_id": customer.id,
                "caller_name": other.name,
                "caller_number": other.phone,
                "received_at": values.stamp(at),
                "seconds": rng.randint(3, 180),
                "voicemail_audio": b"RIFF\x24\x08\x00\x00WAVEfmt " + rng.randbytes(120),
            }
        )
    return table


def _phonebook(rng: random.Random, customers: tuple[Customer, ...]) -> Table:
    table = Table(
        "phonebook",
        {
            "id": "INTEGER",
            "tenant_id": "INTEGER NOT NULL",
            "full_name": "TEXT",
            "email": "TEXT",
            "phone": "TEXT",
            "street": "TEXT",
            "city": "TEXT",
            "gender": "TEXT",
        },
    )
    for customer in customers:
        for person in customer.contacts:
            table.rows.append(
                {
                    "id": len(table.rows) + 1,
                    "tenant_id": customer.id,
                    "full_name": person.name,
                    "email": person.email,
                    "phone": person.phone,
                    "street": person.street,
                    "city": person.place.city,
                    "gender": person.gender if rng.random() < 0.8 else None,
                }
            )
    return table


def _calls(rng: random.Random, world: World, customers: tuple[Customer, ...]) -> Table:
    table = Table(
        "call_history",
        {
            "id": "INTEGER",
            "tenant_id": "INTEGER NOT NULL",
            "caller": "TEXT",
            "callee": "TEXT",
            "started_at": "TEXT",
            "duration_s": "INTEGER",
        },
    )
    for number in range(300):
        customer = rng.choice(customers)
        at = values.moment(rng, customer.terminated or world.now, 50)
        table.rows.append(
            {
                "id": number + 1,
                "tenant_id": customer.id,
                "caller": rng.choice(customer.contacts).phone,
                "callee": rng.choice(customer.people).phone,
                "started_at": values.stamp(at),
                "duration_s": rng.randint(4, 900),
            }
        )
    return table


def _transcripts(world: World, customers: tuple[Customer, ...]) -> Table:
    rng = world.rng("x7-transcripts")
    table = Table(
        "transcripts",
        {
            "id": "INTEGER",
            "tenant_id": "INTEGER NOT NULL",
            "message_id": "INTEGER NOT NULL",
            "transcript": "TEXT",
        },
    )
    for number in range(160):
        customer = rng.choice(customers)
        person = rng.choice(customer.contacts)
        spoken = rng.choice(_SPOKEN)
        text = spoken.format(given=person.given, family=person.family, phone=person.phone)
        table.rows.append(
            {
                "id": number + 1,
                "tenant_id": customer.id,
                "message_id": number + 1,
                "transcript": text,
            }
        )
    return table
