"""Tables that every application keeps in its own copy: its tenants and their web sessions."""

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
            }
        )
    return table


def sessions(
    rng: random.Random, world: World, customers: Sequence[Customer], name: str, count: int
) -> Table:
    """Build a table of open web sessions with their tokens and cookies."""
    table = Table(
        name,
        {
            "id": "INTEGER",
            "tenant_id": "INTEGER NOT NULL",
            "session_token": "TEXT",
            "cookie_id": "TEXT",
            "expires_at": "TEXT",
        },
    )
    active = [customer for customer in customers if not customer.terminated]
    for number in range(count):
        at = values.moment(rng, world.now, 1)
        table.rows.append(
            {
                "id": number + 1,
                "tenant_id": rng.choice(active).id,
                "session_token": values.jwt(rng, at),
                "cookie_id": f"_xm.{rng.randint(1, 2)}.{values.hexadecimal(rng, 20)}",
                "expires_at": values.stamp(at + timedelta(hours=8)),
            }
        )
    return table
