"""What is planted in account management (X3)."""

import hashlib
from datetime import timedelta

from scanner.demo import directory, tenancy, values
from scanner.demo.cast import Customer, World, strays
from scanner.demo.tables import Database, Table

_WORDS = ("sunset", "maple", "welcome", "winter", "hockey", "bonjour", "soleil", "monday")


def plant(database: Database, region: str, world: World, planted: frozenset[str]) -> None:
    """Plant the deviations of X3 of a region, and the near misses beside them."""
    rng = world.rng(f"portal-{region}-planted")
    if region == "us" and "x3-clear-password" in planted:
        for row in rng.sample(database.table("users").rows, 60):
            row["password"] = f"{rng.choice(_WORDS).title()}{rng.randint(10, 9999)}!"
    if region == "us" and "x3-ssn" in planted:
        requests = database.table("number_requests")
        requests.column("applicant_ssn", "TEXT", [values.ssn(rng) for _ in requests.rows])
    if region == "ca" and "x3-weak-hash" in planted:
        for row in database.table("users").rows:
            word = f"{rng.choice(_WORDS)}{rng.randint(1, 30)}".encode()
            row["password"] = hashlib.md5(word, usedforsecurity=False).hexdigest()
    if region == "eu" and "x3-religion" in planted:
        users = database.table("users")
        beliefs = ("Catholic", "Protestant", "Muslim", "Jewish", "Buddhist", "Hindu", "none")
        users.column("religion", "TEXT", [rng.choice(beliefs) for _ in users.rows])
    if region == "ca" and "x3-access" in planted:
        whose = world.region(region)[:5]
        columns = ("account_id", "staff_login")
        entries = tenancy.access_log(world, "x3-access", whose, columns, ("IN",), 14)
        database.table("access_log").append(entries)
    _plant_customers(database, region, world, planted)


def _plant_customers(
    database: Database, region: str, world: World, planted: frozenset[str]
) -> None:
    added: list[Customer] = []
    if region == "us" and "x3-region" in planted:
        changes = {"country": "DE", "entity": "xmedius_europe"}
        added += strays(world, "x3-region", region, 4, 3500, **changes)
    if region == "eu":
        # Near miss: a written agreement puts these American accounts into the Union.
        added += strays(world, "x3-agreement", region, 2, 3600, country="US")
        if "x3-day-75" in planted:
            ended = world.now - timedelta(days=75)
            added += strays(world, "x3-day-75", region, 2, 3700, terminated=ended)
    if region == "ca" and "x3-no-entity" in planted:
        created = world.now - timedelta(days=300)
        added += strays(
            world, "x3-no-entity", region, 3, 3800, country="BR", entity="", created=created
        )
    if not added:
        return
    customers = tuple(added)
    accounts = directory.accounts(customers)
    for row in accounts.rows:
        if str(row["main_country"]) == "US" and region == "eu":
            row["region_agreement"] = "EU"
    database.table("accounts").append(accounts, renumber=False)
    users = database.table("users")
    users.append(directory.users(world.rng(f"portal-{region}-strays"), customers))


def staging(world: World) -> Database:
    """Build the copy of the directory that nobody declared."""
    customers = world.region("us")[:25]
    table = Table(
        "users_copy",
        {"id": "INTEGER", "full_name": "TEXT", "email": "TEXT", "phone": "TEXT"},
    )
    for customer in customers:
        for person in customer.people:
            table.rows.append(
                {
                    "id": len(table.rows) + 1,
                    "full_name": person.name,
                    "email": person.email,
                    "phone": person.phone,
                }
            )
    return Database("portal-staging", (table,))
