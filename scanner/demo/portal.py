"""Account management (X3): accounts, user directory, usage, invoices, number requests."""

import json
import random
from collections.abc import Iterator
from datetime import timedelta

from scanner.demo import directory, portal_planted, tenancy, values
from scanner.demo.cast import Customer, World
from scanner.demo.tables import Database, Table

_SITES = {"us": "us", "eu": "ie", "ca": "ca"}


def databases(world: World, planted: frozenset[str]) -> Iterator[Database]:
    """Build the regional databases with the deviations of X3 that are ``planted``."""
    for region, site in _SITES.items():
        rng = world.rng(f"portal-{region}")
        customers = world.region(region)
        tables = (
            directory.accounts(customers),
            directory.users(rng, customers),
            _settings(rng, customers),
            tenancy.sessions(rng, world, customers, "user_sessions", 140, key="account_id"),
            _calls(rng, world, customers),
            _invoices(rng, world, customers),
            _numbers(rng, world, customers),
            _plans(),
            tenancy.access_log(
                world,
                f"portal-{region}-access",
                [customer for customer in customers if not customer.terminated],
                ("account_id", "staff_login"),
                ("CA", "FR", "IE"),
            ),
        )
        database = Database(f"portal-{site}", tables)
        portal_planted.plant(database, region, world, planted)
        yield database
    if "x3-staging" in planted:
        yield portal_planted.staging(world)


def _settings(rng: random.Random, customers: tuple[Customer, ...]) -> Table:
    table = Table("account_settings", {"account_id": "INTEGER", "settings": "TEXT"})
    for customer in customers:
        settings = {
            "locale": f"{customer.language}-{customer.country}",
            "theme": rng.choice(("light", "dark", "contrast")),
            "retry": {"count": rng.randint(1, 6), "delay_s": rng.choice((30, 60, 300))},
            "notify": {"on_success": rng.random() < 0.5, "on_failure": True},
            "relay": f"192.0.2.{rng.randint(1, 254)}",  # near miss: kept for documentation
            "gender_neutral_notices": rng.random() < 0.4,  # near miss: a switch
        }
        table.rows.append({"account_id": customer.id, "settings": json.dumps(settings)})
    return table


def _calls(rng: random.Random, world: World, customers: tuple[Customer, ...]) -> Table:
    table = Table(
        "call_records",
        {
            "id": "INTEGER",
            "account_id": "INTEGER NOT NULL",
            "caller": "TEXT",
            "callee": "TEXT",
            "started_at": "TEXT",
            "duration_s": "INTEGER",
            "cost": "NUMERIC",
        },
        indexes=("started_at",),
    )
    for number in range(26 * len(customers)):
        customer = rng.choice(customers)
        at = values.moment(rng, customer.terminated or world.now, 80)
        table.rows.append(
            {
                "id": number + 1,
                "account_id": customer.id,
                "caller": rng.choice(customer.people).fax,
                "callee": rng.choice(customer.contacts).fax,
                "started_at": values.stamp(at),
                "duration_s": rng.randint(10, 900),
                "cost": round(rng.uniform(0.01, 2.5), 3),
            }
        )
    return table


def _invoices(rng: random.Random, world: World, customers: tuple[Customer, ...]) -> Table:
    table = Table(
        "invoices",
        {
            "id": "INTEGER",
            "account_id": "INTEGER NOT NULL",
            "invoice_number": "TEXT",
            "bill_to": "TEXT",
            "issued_on": "TEXT",
            "amount": "NUMERIC",
            "currency": "TEXT",
        },
    )
    for customer in customers:
        for month in range(1, 7):
            at = (customer.terminated or world.now) - timedelta(days=30 * month)
            table.rows.append(
                {
                    "id": len(table.rows) + 1,
                    "account_id": customer.id,
                    "invoice_number": f"INV-{at:%Y%m}-{customer.id}",
                    "bill_to": customer.people[0].name,
                    "issued_on": f"{at:%Y-%m-%d}",
                    "amount": round(rng.uniform(40, 4000), 2),
                    "currency": {"us": "USD", "eu": "EUR", "ca": "CAD"}[customer.region],
                }
            )
    return table


def _numbers(rng: random.Random, world: World, customers: tuple[Customer, ...]) -> Table:
    table = Table(
        "number_requests",
        {
            "id": "INTEGER",
            "account_id": "INTEGER NOT NULL",
            "requested_by": "TEXT",
            "fax_number": "TEXT",
            "kind": "TEXT",
            "status": "TEXT",
            "submitted_at": "TEXT",
        },
    )
    for number in range(110):
        customer = rng.choice(customers)
        at = values.moment(rng, customer.terminated or world.now, 80)
        table.rows.append(
            {
                "id": number + 1,
                "account_id": customer.id,
                "requested_by": rng.choice(customer.people).name,
                "fax_number": values.phone(rng, customer.place.phone),
                "kind": rng.choice(("new", "port_in", "port_out")),
                "status": rng.choice(("open", "waiting", "done", "refused")),
                "submitted_at": values.stamp(at),
            }
        )
    return table


def _plans() -> Table:
    table = Table("plans", {"id": "INTEGER", "plan_code": "TEXT", "pages": "INTEGER"})
    for number in range(30):
        # Near miss: the form of a social security number in ranges that are never issued.
        code = f"{900 + number}-{10 + number % 60}-{1000 + number * 7}"
        table.rows.append({"id": number + 1, "plan_code": code, "pages": 250 * (number + 1)})
    return table
