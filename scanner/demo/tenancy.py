"""Tables that every application keeps in its own copy: tenants, web sessions, staff access."""

import random
from collections.abc import Sequence
from datetime import timedelta

from scanner.demo import values
from scanner.demo.cast import Customer, World
from scanner.demo.tables import Table


def tenants(customers: Sequence[Customer]) -> Table:
    """Build the table that says whose data a row is, and when that account ended."""
    table = Table(
        "tenants",
        {
            "id": "INTEGER",
            "account_number": "TEXT NOT NULL",
            "main_country": "TEXT",
            "order_entity": "TEXT",
            "created_at": "TEXT",
            "terminated_at": "TEXT",
            "closed": "INTEGER",
        },
        indexes=("terminated_at",),
    )
    for customer in customers:
        ended = customer.terminated
        table.rows.append(
            {
                "id": customer.id,
                "account_number": customer.number,
                "main_country": customer.country,
                "order_entity": customer.entity,
                "created_at": values.stamp(customer.created),
                "terminated_at": values.stamp(ended) if ended else None,
                "closed": 0,
            }
        )
    return table


def sessions(
    rng: random.Random,
    world: World,
    customers: Sequence[Customer],
    name: str,
    count: int,
    key: str = "tenant_id",
) -> Table:
    """Build a table of open web sessions with their tokens and cookies; ``key`` is whose."""
    table = Table(
        name,
        {
            "id": "INTEGER",
            key: "INTEGER NOT NULL",
            "session_token": "TEXT",
            "cookie_id": "TEXT",
            "expires_at": "TEXT",
        },
    )
    active = [customer for customer in customers if not customer.terminated]
    for number in range(count):
        at = world.now - timedelta(minutes=rng.randint(1, 400))
        table.rows.append(
            {
                "id": number + 1,
                key: rng.choice(active).id,
                "session_token": values.jwt(rng, at),
                "cookie_id": f"_xm.{rng.randint(1, 2)}.{values.hexadecimal(rng, 20)}",
                "expires_at": values.stamp(at + timedelta(hours=8)),
            }
        )
    return table


def access_log(
    world: World,
    part: str,
    customers: Sequence[Customer],
    columns: tuple[str, str],
    countries: Sequence[str],
    count: int = 60,
) -> Table:
    """Build the log of staff who opened customers' data, each from one of the countries.

    ``columns`` are whose data it was, and who: ``staff_login`` or ``staff_email``.
    """
    key, column = columns
    rng = world.rng(part)
    staff = world.customers[0].contacts[:6]
    table = Table(
        "access_log",
        {
            "id": "INTEGER",
            key: "INTEGER NOT NULL",
            column: "TEXT",
            "staff_country": "TEXT",
            "accessed_at": "TEXT",
            "purpose": "TEXT",
        },
        indexes=("accessed_at",),
    )
    for number in range(count):
        email = rng.choice(staff).email
        table.rows.append(
            {
                "id": number + 1,
                key: rng.choice(customers).id,
                column: email if column == "staff_email" else email.partition("@")[0],
                "staff_country": countries[number % len(countries)],
                "accessed_at": values.stamp(values.moment(rng, world.now, 60)),
                "purpose": rng.choice(("provisioning", "billing", "support", "troubleshooting")),
            }
        )
    return table
