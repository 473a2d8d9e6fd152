"""XM SendSecure (X4): participants, messages, files, audit trail, wrapped keys."""

import base64
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta

from scanner.demo import prose, tenancy, values
from scanner.demo.cast import Customer, World, strays
from scanner.demo.cloudlogs import file_name
from scanner.demo.tables import Database, Table

_SITES = {"us": "us", "eu": "ie", "ca": "ca"}
_OTHERS = date(2020, 11, 1)  # from then on the entity decides for customers of other countries


def databases(world: World, planted: frozenset[str]) -> Iterator[Database]:
    """Build the regional databases with the deviations of X4 that are ``planted``."""
    for region, site in _SITES.items():
        rng = world.rng(f"secure-{region}")
        customers = world.region(region)
        tables = (
            tenancy.tenants(customers),
            _participants(rng, customers),
            _messages(rng, world, customers),
            _files(rng, customers),
            _audit(rng, world, customers),
            _keys(rng, world, customers),
            _settings(rng, customers),
            tenancy.sessions(rng, world, customers, "access_sessions", 120),
            _receipts(rng, world, customers),
            tenancy.access_log(
                world,
                f"secure-{region}-access",
                [customer for customer in customers if not customer.terminated],
                ("tenant_id", "staff_email"),
                ("CA", "FR", "IE"),
            ),
        )
        database = Database(f"secure-{site}", tables)
        _plant(database, region, world, planted)
        yield database


def _plant(database: Database, region: str, world: World, planted: frozenset[str]) -> None:
    rng = world.rng(f"secure-{region}-planted")
    customers = world.region(region)
    if region == "ca" and "x4-stale-tokens" in planted:
        stale = tenancy.sessions(rng, world, customers, "access_sessions", 40)
        for row in stale.rows:
            row["expires_at"] = values.stamp(world.now - timedelta(days=rng.randint(20, 50)))
        database.table("access_sessions").append(stale)
    if region == "eu" and "x4-guest-hash" in planted:
        guests = database.table("participants")
        guests.column("guest_password_hash", "TEXT", [values.bcrypt(rng) for _ in guests.rows])
    if region == "ca" and "x4-clear-key" in planted:
        for row in rng.sample(database.table("vault_keys").rows, 30):
            row["wrapped_key"] = values.pem(rng, "PRIVATE KEY")
    if region == "eu" and "x4-access" in planted:
        columns = ("tenant_id", "staff_email")
        entries = tenancy.access_log(world, "x4-access", customers[:5], columns, ("US",), 14)
        database.table("access_log").append(entries)
    _plant_customers(database, region, world, planted)


def _plant_customers(
    database: Database, region: str, world: World, planted: frozenset[str]
) -> None:
    added: list[Customer] = []
    closed: tuple[Customer, ...] = ()
    if region == "us" and "x4-region" in planted:
        changes = {"country": "GB", "entity": "xmedius_europe"}
        added += strays(world, "x4-region", region, 3, 3900, **changes)
    if region == "eu" and "x4-american" in planted:
        added += strays(world, "x4-american", region, 3, 4600, country="US")
    if region == "eu" and world.now.date() >= _OTHERS:
        # Near miss: of another country, and the order was processed by the European entity.
        created = world.now - timedelta(days=300)
        added += strays(world, "x4-brazilian", region, 2, 4700, country="BR", created=created)
    if region == "us" and "x4-closed" in planted:
        ended = world.now - timedelta(days=120)
        closed = strays(world, "x4-closed", region, 4, 4000, terminated=ended)
    customers = (*added, *closed)
    if not customers:
        return
    tenants = tenancy.tenants(customers)
    for row in tenants.rows:
        row["closed"] = int(any(row["id"] == customer.id for customer in closed))
    database.table("tenants").append(tenants, renumber=False)
    rng = world.rng(f"secure-{region}-strays")
    database.table("participants").append(_participants(rng, customers))


def _participants(rng: random.Random, customers: tuple[Customer, ...]) -> Table:
    table = Table(
        "participants",
        {
            "id": "INTEGER",
            "tenant_id": "INTEGER NOT NULL",
            "safebox_id": "TEXT NOT NULL",
            "full_name": "TEXT",
            "email": "TEXT",
            "mobile_phone": "TEXT",
            "delivery_class": "TEXT",  # near miss: M and F stand for mail and file
        },
    )
    for customer in customers:
        for person in (*customer.people[:4], *customer.contacts):
            table.rows.append(
                {
                    "id": len(table.rows) + 1,
                    "tenant_id": customer.id,
                    "safebox_id": values.uuid4(rng),
                    "full_name": person.name,
                    "email": person.email,
                    "mobile_phone": person.phone,
                    "delivery_class": rng.choice("MF"),
                }
            )
    return table


def _messages(rng: random.Random, world: World, customers: tuple[Customer, ...]) -> Table:
    table = Table(
        "message_bodies",
        {
            "id": "INTEGER",
            "tenant_id": "INTEGER NOT NULL",
            "safebox_id": "TEXT NOT NULL",
            "body": "TEXT",
            "sent_at": "TEXT",
        },
    )
    for number in range(160):
        customer = rng.choice(customers)
        table.rows.append(
            {
                "id": number + 1,
                "tenant_id": customer.id,
                "safebox_id": values.uuid4(rng),
                "body": prose.note(rng, customer, rng.choice(customer.people)),
                "sent_at": values.stamp(values.moment(rng, world.now, 80)),
            }
        )
    return table


def _files(rng: random.Random, customers: tuple[Customer, ...]) -> Table:
    table = Table(
        "files",
        {
            "id": "INTEGER",
            "tenant_id": "INTEGER NOT NULL",
            "safebox_id": "TEXT NOT NULL",
            "file_name": "TEXT",
            "media_type": "TEXT",
            "bytes": "INTEGER",
            "sha256": "TEXT",  # near miss: a digest of a file, not of a password
        },
    )
    for number in range(320):
        customer = rng.choice(customers)
        table.rows.append(
            {
                "id": number + 1,
                "tenant_id": customer.id,
                "safebox_id": values.uuid4(rng),
                "file_name": file_name(rng, customer),
                "media_type": rng.choice(("application/pdf", "image/png", "application/zip")),
                "bytes": rng.randint(2_000, 9_000_000),
                "sha256": values.hexadecimal(rng, 64),
            }
        )
    return table


def _audit(rng: random.Random, world: World, customers: tuple[Customer, ...]) -> Table:
    table = Table(
        "audit_events",
        {
            "id": "INTEGER",
            "tenant_id": "INTEGER NOT NULL",
            "safebox_id": "TEXT NOT NULL",
            "actor_name": "TEXT",
            "actor_email": "TEXT",
            "action": "TEXT",
            "file_name": "TEXT",
            "ip_address": "TEXT",
            "occurred_at": "TEXT",
        },
        indexes=("occurred_at",),
    )
    actions = ("opened", "downloaded", "uploaded", "signed_in", "closed", "forwarded")
    for number in range(1300 if len(customers) > 45 else 500):
        customer = rng.choice(customers)
        person = rng.choice((*customer.people, *customer.contacts))
        action = rng.choice(actions)
        at = values.moment(rng, customer.terminated or world.now, 80)
        table.rows.append(
            {
                "id": number + 1,
                "tenant_id": customer.id,
                "safebox_id": values.uuid4(rng),
                "actor_name": person.name,
                "actor_email": person.email,
                "action": action,
                "file_name": file_name(rng, customer) if action.endswith("loaded") else None,
                "ip_address": person.ip,
                "occurred_at": values.stamp(at),
            }
        )
    return table


def _keys(rng: random.Random, world: World, customers: tuple[Customer, ...]) -> Table:
    table = Table(
        "vault_keys",
        {
            "id": "INTEGER",
            "tenant_id": "INTEGER NOT NULL",
            "safebox_id": "TEXT NOT NULL",
            "wrapped_key": "TEXT",  # near miss: wrapped, so not recognisable
            "public_key": "TEXT",  # near miss: public
            "algorithm": "TEXT",
            "created_at": "TEXT",
        },
    )
    for number in range(130):
        customer = rng.choice(customers)
        table.rows.append(
            {
                "id": number + 1,
                "tenant_id": customer.id,
                "safebox_id": values.uuid4(rng),
                "wrapped_key": base64.b64encode(rng.randbytes(72)).decode(),
                "public_key": values.pem(rng, "PUBLIC KEY"),
                "algorithm": rng.choice(("A256KW", "RSA-OAEP-256")),
                "created_at": values.stamp(values.moment(rng, world.now, 80)),
            }
        )
    return table


def _settings(rng: random.Random, customers: tuple[Customer, ...]) -> Table:
    table = Table("security_settings", {"tenant_id": "INTEGER", "settings": "TEXT"})
    for customer in customers:
        settings = {
            "two_factor": rng.choice(("sms", "voice", "app")),
            "session_minutes": rng.choice((10, 20, 60)),
            "downloads": {"allowed": rng.random() < 0.8, "limit": rng.randint(1, 50)},
            "password_required": rng.random() < 0.5,  # near miss: a switch
        }
        table.rows.append({"tenant_id": customer.id, "settings": json.dumps(settings)})
    return table


def _receipts(rng: random.Random, world: World, customers: tuple[Customer, ...]) -> Table:
    table = Table(
        "delivery_receipts",
        {
            "id": "INTEGER",
            "tenant_id": "INTEGER NOT NULL",
            "recipient_email": "TEXT",
            "delivered_at": "TEXT",
            "status": "TEXT",
        },
    )
    for number in range(180):
        customer = rng.choice(customers)
        table.rows.append(
            {
                "id": number + 1,
                "tenant_id": customer.id,
                "recipient_email": rng.choice(customer.contacts).email,
                "delivered_at": values.stamp(values.moment(rng, world.now, 80)),
                "status": rng.choice(("delivered", "opened", "bounced")),
            }
        )
    return table
