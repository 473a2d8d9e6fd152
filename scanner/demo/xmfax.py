"""XM Fax (X1): phonebooks, transmissions, documents, sessions, one database for each region."""

import random
from collections.abc import Iterator
from datetime import timedelta

from scanner.demo import prose, tenancy, values
from scanner.demo.cast import Customer, World, strays
from scanner.demo.tables import Database, Row, Table

_SITES = {"us": "us", "eu": "fr", "ca": "ca"}


def databases(world: World, planted: frozenset[str]) -> Iterator[Database]:
    """Build the three regional databases with the deviations of X1 that are ``planted``."""
    for region, site in _SITES.items():
        rng = world.rng(f"xmfax-{region}")
        customers = world.region(region)
        tables = (
            tenancy.tenants(customers),
            _phonebooks(rng, customers),
            _contacts(rng, customers),
            _jobs(rng, world, customers),
            _documents(rng, customers),
            tenancy.sessions(rng, world, customers, "web_sessions", 160),
            _drivers(),
        )
        database = Database(f"xmfax-{site}", tables)
        yield _plant(database, region, world, planted)


def _plant(database: Database, region: str, world: World, planted: frozenset[str]) -> Database:
    rng = world.rng(f"xmfax-{region}-planted")
    customers = world.region(region)
    if region == "ca" and "x1-birth-date" in planted:
        contacts = database.table("phonebook_contacts")
        born = [person.born.isoformat() for c in customers for person in c.contacts]
        contacts.column("date_of_birth", "TEXT", born)
    if region == "eu" and "x1-cover-iban" in planted:
        jobs = database.table("fax_jobs").rows
        for row in rng.sample([row for row in jobs if row["cover_note"]], 70):
            account = f" Merci de régler sur le compte {values.iban_fr(rng)}."
            row["cover_note"] = str(row["cover_note"]) + account
    _plant_customers(database, region, world, planted)
    if region == "us" and "x1-endpoint-mac" in planted:
        return Database(database.source, (*database.tables, _endpoints(rng, world, customers)))
    return database


def _plant_customers(
    database: Database, region: str, world: World, planted: frozenset[str]
) -> None:
    added: list[Customer] = []
    if region == "ca":
        # Near misses: one account is a day before its limit, one has its limit today.
        for days in (89, 90):
            ended = world.now - timedelta(days=days)
            added += strays(world, f"x1-day-{days}", region, 1, 3000 + days, terminated=ended)
        if "x1-day-91" in planted:
            ended = world.now - timedelta(days=91)
            added += strays(world, "x1-day-91", region, 3, 3200, terminated=ended)
    if region == "eu":
        # Near miss: Réunion is territory of the Union, with a code of its own.
        added += strays(world, "x1-reunion", region, 2, 3300, country="RE")
        if "x1-overseas" in planted:
            changes = {"country": "NC", "entity": "xmedius_solutions"}
            added += strays(world, "x1-overseas", region, 3, 3400, **changes)
    if region == "us" and "x1-canadian" in planted:
        added += strays(world, "x1-canadian", region, 3, 4500, country="CA")
    rng = world.rng(f"xmfax-{region}-strays")
    customers = tuple(added)
    if customers:
        database.table("tenants").append(tenancy.tenants(customers), renumber=False)
        database.table("phonebook_contacts").append(_contacts(rng, customers))


def _phonebooks(rng: random.Random, customers: tuple[Customer, ...]) -> Table:
    titles = {
        "en": ("Suppliers", "Hospitals", "Shared", "Insurers", "Branch offices"),
        "fr": ("Fournisseurs", "Hôpitaux", "Partagé", "Assureurs", "Agences"),
    }
    table = Table(
        "phonebooks",
        {
            "id": "INTEGER",
            "tenant_id": "INTEGER NOT NULL",
            "title": "TEXT",
            "is_shared": "INTEGER",
            "email_verified": "INTEGER",  # near miss: a flag beside a telling name
            "created_at": "TEXT",
        },
    )
    for customer in customers:
        table.rows.append(
            {
                "id": len(table.rows) + 1,
                "tenant_id": customer.id,
                "title": rng.choice(titles[customer.language]),
                "is_shared": rng.randint(0, 1),
                "email_verified": rng.randint(0, 1),
                "created_at": values.stamp(customer.created + timedelta(days=2)),
            }
        )
    return table


def _contacts(rng: random.Random, customers: tuple[Customer, ...]) -> Table:
    table = Table(
        "phonebook_contacts",
        {
            "id": "INTEGER",
            "tenant_id": "INTEGER NOT NULL",
            "phonebook_id": "INTEGER NOT NULL",
            "full_name": "TEXT",
            "email": "TEXT",
            "phone": "TEXT",
            "fax_number": "TEXT",
            "street": "TEXT",
            "postal_code": "TEXT",
            "city": "TEXT",
            "country": "TEXT",
            "gender": "TEXT",
        },
    )
    for book, customer in enumerate(customers, 1):
        for person in customer.contacts:
            table.rows.append(
                {
                    "id": len(table.rows) + 1,
                    "tenant_id": customer.id,
                    "phonebook_id": book,
                    "full_name": person.name,
                    "email": person.email if rng.random() < 0.8 else None,
                    "phone": person.phone if rng.random() < 0.9 else None,
                    "fax_number": person.fax,
                    "street": person.street,
                    "postal_code": person.postcode,
                    "city": person.place.city,
                    "country": person.place.country,
                    "gender": person.gender if rng.random() < 0.7 else None,
                }
            )
    return table


def _jobs(rng: random.Random, world: World, customers: tuple[Customer, ...]) -> Table:
    table = Table(
        "fax_jobs",
        {
            "id": "INTEGER",
            "tenant_id": "INTEGER NOT NULL",
            "job_no": "INTEGER",  # near miss: nine digits, one in twelve passes a checksum
            "transport_ref": "INTEGER",  # near miss: microseconds, sixteen digits
            "direction": "TEXT",
            "sender_number": "TEXT",
            "recipient_number": "TEXT",
            "submitted_at": "TEXT",
            "completed_at": "TEXT",
            "pages": "INTEGER",
            "duration_s": "INTEGER",
            "status": "TEXT",
            "cover_note": "TEXT",
        },
        indexes=("submitted_at",),
    )
    for number in range(600):
        table.rows.append(_job(number, rng, world, rng.choice(customers)))
    return table


def _job(number: int, rng: random.Random, world: World, customer: Customer) -> Row:
    sender, other = rng.choice(customer.people), rng.choice(customer.contacts)
    end = customer.terminated or world.now
    at = values.moment(rng, end, 80)
    pages = rng.choice((1, 1, 2, 2, 3, 4, 5, 8, 12))
    numbers = [sender.fax, other.fax]
    outgoing = rng.random() < 0.65
    took = pages * rng.randint(18, 40)
    return {
        "id": number + 1,
        "tenant_id": customer.id,
        "job_no": 482_100_000 + number * 37 + rng.randint(0, 36),
        "transport_ref": int(at.timestamp() * 1_000_000) + rng.randint(0, 999_999),
        "direction": "out" if outgoing else "in",
        "sender_number": numbers[0] if outgoing else numbers[1],
        "recipient_number": numbers[1] if outgoing else numbers[0],
        "submitted_at": values.stamp(at),
        "completed_at": values.stamp(at + timedelta(seconds=took)),
        "pages": pages,
        "duration_s": took,
        "status": rng.choice(("sent", "sent", "sent", "sent", "busy", "no_answer", "failed")),
        "cover_note": prose.note(rng, customer, sender) if rng.random() < 0.6 else None,
    }


def _documents(rng: random.Random, customers: tuple[Customer, ...]) -> Table:
    table = Table(
        "fax_documents",
        {
            "id": "INTEGER",
            "tenant_id": "INTEGER NOT NULL",
            "media_type": "TEXT",
            "pages": "INTEGER",
            "image": "BLOB",
        },
    )
    for number in range(120):
        table.rows.append(
            {
                "id": number + 1,
                "tenant_id": rng.choice(customers).id,
                "media_type": "image/tiff",
                "pages": rng.randint(1, 9),
                "image": b"II*\x00\x08\x00\x00\x00" + rng.randbytes(120),
            }
        )
    return table


def _drivers() -> Table:
    names = ("Laser A4", "Laser A3", "Multifunction", "Virtual port", "Scanner feeder", "Kiosk")
    table = Table(
        "print_drivers",
        {"id": "INTEGER", "model": "TEXT", "version": "TEXT", "released_on": "TEXT"},
    )
    for number in range(48):
        # Near miss: four-part versions read like addresses.
        table.rows.append(
            {
                "id": number + 1,
                "model": f"{names[number % len(names)]} {number // len(names) + 1}",
                "version": f"8.{number % 4}.{number % 7}.{40 + number}",
                "released_on": f"{2021 + number % 5}-{number % 12 + 1:02d}-{number % 27 + 1:02d}",
            }
        )
    return table


def _endpoints(rng: random.Random, world: World, customers: tuple[Customer, ...]) -> Table:
    table = Table(
        "fax_endpoints",
        {
            "id": "INTEGER",
            "tenant_id": "INTEGER NOT NULL",
            "mac_address": "TEXT",
            "firmware": "TEXT",
            "updated_at": "TEXT",
        },
    )
    for customer in customers:
        for person in customer.people:
            table.rows.append(
                {
                    "id": len(table.rows) + 1,
                    "tenant_id": customer.id,
                    "mac_address": person.mac,
                    "firmware": f"r{rng.randint(11, 19)}-{values.hexadecimal(rng, 6)}",
                    "updated_at": values.stamp(values.moment(rng, world.now, 20)),
                }
            )
    return table
