"""Accounts and the user directory (X3), as the portal of each region keeps them."""

import random
from datetime import timedelta

from scanner.demo import values
from scanner.demo.cast import Customer
from scanner.demo.tables import Table


def accounts(customers: tuple[Customer, ...]) -> Table:
    """Build the table of accounts: where a customer is from, and when the account ended."""
    table = Table(
        "accounts",
        {
            "id": "INTEGER",
            "account_number": "TEXT NOT NULL",
            "company_name": "TEXT",
            "main_country": "TEXT",
            "order_entity": "TEXT",
            "region_agreement": "TEXT",
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
                "company_name": customer.name,
                "main_country": customer.country,
                "order_entity": customer.entity or None,
                "region_agreement": None,
                "created_at": values.stamp(customer.created),
                "terminated_at": values.stamp(ended) if ended else None,
            }
        )
    return table


def users(rng: random.Random, customers: tuple[Customer, ...]) -> Table:
    """Build the user directory."""
    table = Table(
        "users",
        {
            "id": "INTEGER",
            "account_id": "INTEGER NOT NULL",
            "full_name": "TEXT",
            "email": "TEXT",
            "username": "TEXT",
            "password": "TEXT",
            "password_changed_at": "TEXT",  # near miss: named for a password, holds a time
            "phone": "TEXT",
            "street": "TEXT",
            "postal_code": "TEXT",
            "city": "TEXT",
            "country": "TEXT",
            "role": "TEXT",
            "email_verified": "INTEGER",  # near miss
        },
    )
    for customer in customers:
        for number, person in enumerate(customer.people):
            changed = customer.created + timedelta(days=rng.randint(0, 100))
            table.rows.append(
                {
                    "id": len(table.rows) + 1,
                    "account_id": customer.id,
                    "full_name": person.name,
                    "email": person.email,
                    "username": person.username,
                    "password": values.bcrypt(rng),
                    "password_changed_at": values.stamp(changed),
                    "phone": person.phone,
                    "street": person.street,
                    "postal_code": person.postcode,
                    "city": person.place.city,
                    "country": person.place.country,
                    "role": "admin" if number == 0 else rng.choice(("user", "user", "auditor")),
                    "email_verified": int(rng.random() < 0.9),
                }
            )
    return table
