"""Billing Platform (X10): billing contacts, invoices, usage, means of payment."""

import random
from collections.abc import Iterator
from datetime import timedelta

from scanner.demo import values
from scanner.demo.cast import Customer, World, strays
from scanner.demo.tables import Database, Table


def databases(world: World, planted: frozenset[str]) -> Iterator[Database]:
    """Build the export of the hosted billing with the deviations of X10 that are ``planted``."""
    rng = world.rng("billing")
    customers = world.customers
    database = Database(
        "billing",
        (
            _customers(customers),
            _invoices(rng, world, customers),
            _lines(rng, customers),
            _usage(rng, customers),
            _payment_methods(rng, tuple(c for c in customers if not c.terminated)),
            _payments(rng, world, customers),
        ),
    )
    _plant(database, world, planted)
    yield database


def _plant(database: Database, world: World, planted: frozenset[str]) -> None:
    rng = world.rng("billing-planted")
    methods = database.table("payment_methods")
    if "x10-card-kept" in planted:
        gone = tuple(customer for customer in world.customers if customer.terminated)
        methods.append(_payment_methods(world.rng("x10-card-kept"), gone))
    codes = [f"{rng.randint(0, 999):03d}" for _ in methods.rows]
    ibans = [values.iban_fr(rng) if rng.random() < 0.4 else None for _ in methods.rows]
    if "x10-security-code" in planted:
        methods.column("cvv", "TEXT", codes)
    if "x10-iban" in planted:
        methods.column("debit_iban", "TEXT", ibans)
    _plant_customers(database, world, planted)
    if "x10-fax" in planted:
        table = database.table("customers")
        faxes = [customer.people[0].fax for customer in world.customers]
        table.column("fax_number", "TEXT", [*faxes, *[None] * (len(table.rows) - len(faxes))])


def _plant_customers(database: Database, world: World, planted: frozenset[str]) -> None:
    rng = world.rng("billing-strays")
    day = world.now.replace(month=12, day=31)
    # Near misses: closed within the seven years, and open since long ago.
    within, past = day.replace(year=day.year - 7), day.replace(year=day.year - 8)
    began = past - timedelta(days=900)
    added = [
        *strays(world, "x10-closed", "ca", 2, 4100, created=began, terminated=within),
        *strays(world, "x10-open", "ca", 1, 4150, created=began),
    ]
    if "x10-seven-years" in planted:
        added += strays(world, "x10-seven-years", "ca", 3, 4200, created=began, terminated=past)
    customers = tuple(added)
    database.table("customers").append(_customers(customers), renumber=False)
    database.table("invoices").append(_invoices(rng, world, customers))


def _customers(customers: tuple[Customer, ...]) -> Table:
    table = Table(
        "customers",
        {
            "id": "INTEGER",
            "account_number": "TEXT NOT NULL",
            "contact_name": "TEXT",
            "email": "TEXT",
            "phone": "TEXT",
            "street": "TEXT",
            "postal_code": "TEXT",
            "city": "TEXT",
            "country": "TEXT",
            "closed_on": "TEXT",
        },
    )
    for customer in customers:
        person = customer.people[0]
        table.rows.append(
            {
                "id": customer.id,
                "account_number": customer.number,
                "contact_name": person.name,
                "email": person.email,
                "phone": person.phone,
                "street": person.street,
                "postal_code": person.postcode,
                "city": person.place.city,
                "country": customer.country,
                "closed_on": f"{customer.terminated:%Y-%m-%d}" if customer.terminated else None,
            }
        )
    return table


def _invoices(rng: random.Random, world: World, customers: tuple[Customer, ...]) -> Table:
    table = Table(
        "invoices",
        {
            "id": "INTEGER",
            "customer_id": "INTEGER NOT NULL",
            "invoice_number": "TEXT",
            "bill_to": "TEXT",
            "issued_on": "TEXT",
            "net_amount": "NUMERIC",
            "tax_amount": "NUMERIC",
            "currency": "TEXT",
            "paid": "INTEGER",
        },
        indexes=("issued_on",),
    )
    for customer in customers:
        for month in range(1, 11):
            at = (customer.terminated or world.now) - timedelta(days=30 * month)
            net = round(rng.uniform(40, 4000), 2)
            table.rows.append(
                {
                    "id": len(table.rows) + 1,
                    "customer_id": customer.id,
                    "invoice_number": f"{at:%Y%m}-{len(table.rows):05d}",
                    "bill_to": customer.people[0].name,
                    "issued_on": f"{at:%Y-%m-%d}",
                    "net_amount": net,
                    "tax_amount": round(net * 0.2, 2),
                    "currency": {"us": "USD", "eu": "EUR", "ca": "CAD"}[customer.region],
                    "paid": int(rng.random() < 0.9),
                }
            )
    return table


def _lines(rng: random.Random, customers: tuple[Customer, ...]) -> Table:
    items = ("Pages sent", "Pages received", "Number rental", "Safeboxes", "Storage", "Support")
    table = Table(
        "invoice_lines",
        {
            "id": "INTEGER",
            "invoice_id": "INTEGER NOT NULL",
            "item": "TEXT",
            "quantity": "INTEGER",
            "unit_price": "NUMERIC",
        },
    )
    for number in range(1000):
        table.rows.append(
            {
                "id": number + 1,
                "invoice_id": rng.randint(1, len(customers) * 10),
                "item": rng.choice(items),
                "quantity": rng.randint(1, 9_000),
                "unit_price": round(rng.uniform(0.01, 9), 3),
            }
        )
    return table


def _usage(rng: random.Random, customers: tuple[Customer, ...]) -> Table:
    table = Table(
        "usage_totals",
        {
            "id": "INTEGER",
            "customer_id": "INTEGER NOT NULL",
            "month": "TEXT",
            "pages_sent": "INTEGER",
            "pages_received": "INTEGER",
            "safeboxes": "INTEGER",
        },
    )
    for customer in customers:
        for month in range(1, 7):
            table.rows.append(
                {
                    "id": len(table.rows) + 1,
                    "customer_id": customer.id,
                    "month": f"2025-{month:02d}",
                    "pages_sent": rng.randint(0, 9_000),
                    "pages_received": rng.randint(0, 9_000),
                    "safeboxes": rng.randint(0, 400),
                }
            )
    return table


def _payment_methods(rng: random.Random, customers: tuple[Customer, ...]) -> Table:
    table = Table(
        "payment_methods",
        {
            "id": "INTEGER",
            "customer_id": "INTEGER NOT NULL",
            "brand": "TEXT",
            "card_number": "TEXT",
            "card_display": "TEXT",  # near miss: masked
            "card_expiry": "TEXT",
            "processor_token": "TEXT",  # near miss: a reference, not the card
        },
    )
    for customer in customers:
        number = values.card(rng)
        table.rows.append(
            {
                "id": len(table.rows) + 1,
                "customer_id": customer.id,
                "brand": values.card_brand(number),
                "card_number": number,
                "card_display": f"************{number[-4:]}",
                "card_expiry": f"{rng.randint(1, 12):02d}/{rng.randint(27, 31)}",
                "processor_token": f"tok_1{values.url_safe(rng, 17).replace('-', 'x')}",
            }
        )
    return table


def _payments(rng: random.Random, world: World, customers: tuple[Customer, ...]) -> Table:
    table = Table(
        "payments",
        {
            "id": "INTEGER",
            "customer_id": "INTEGER NOT NULL",
            "order_ref": "TEXT",  # near miss: sixteen digits with a wrong checksum
            "paid_at": "TEXT",
            "amount": "NUMERIC",
            "status": "TEXT",
        },
    )
    for number in range(500):
        customer = rng.choice(customers)
        at = values.moment(rng, customer.terminated or world.now, 400)
        table.rows.append(
            {
                "id": number + 1,
                "customer_id": customer.id,
                "order_ref": values.not_a_card(rng, "52"),
                "paid_at": values.stamp(at),
                "amount": round(rng.uniform(40, 4000), 2),
                "status": rng.choice(("captured", "captured", "refunded", "declined")),
            }
        )
    return table
