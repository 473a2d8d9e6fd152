"""License servers (X11), in Canada and the USA: the policy itemises nothing that they collect."""

from collections.abc import Iterator

from scanner.demo import values
from scanner.demo.cast import World
from scanner.demo.tables import Database, Table


def databases(world: World, planted: frozenset[str]) -> Iterator[Database]:
    """Build both databases; nothing is planted, as nothing is declared that they could break."""
    del planted
    for site in ("ca", "us"):
        rng = world.rng(f"license-{site}")
        table = Table(
            "activations",
            {
                "id": "INTEGER",
                "licence_key": "TEXT",
                "admin_email": "TEXT",
                "computer_name": "TEXT",
                "activated_at": "TEXT",
            },
        )
        for customer in world.region(site):
            for person in customer.people[:5]:
                key = "-".join(values.hexadecimal(rng, 5).upper() for _ in range(5))
                table.rows.append(
                    {
                        "id": len(table.rows) + 1,
                        "licence_key": key,
                        "admin_email": person.email,
                        "computer_name": person.computer,
                        "activated_at": values.stamp(values.moment(rng, world.now, 600)),
                    }
                )
        yield Database(f"license-{site}", (table,))
