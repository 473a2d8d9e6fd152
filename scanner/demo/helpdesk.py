"""Help Desk (X9): requesters, tickets with their messages, attachments."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from scanner.demo import prose, values
from scanner.demo.cast import Customer, Person, World
from scanner.demo.folders import Document
from scanner.demo.tables import Database, Table

_CARDS = {
    "en": "We would rather pay the upgrade by credit card. Visa {card}, valid until {expiry}.",
    "fr": "Nous préférons régler la mise à jour par carte de crédit. Visa {card}, fin {expiry}.",
}
_TEST_CARDS = {
    "en": "The kiosk refuses the test card 4111 1111 1111 1111 as it should.",
    "fr": "La borne refuse bien la carte de test 4111 1111 1111 1111.",
}
_ADDRESSES = {
    "en": "Our gateway answers at {ip}, please check whether your firewall lets it in.",
    "fr": "Notre passerelle répond à l'adresse {ip}, merci de vérifier votre pare-feu.",
}
_WORDS = ("Sunset", "Maple", "Winter", "Hockey", "Soleil")
_PASSWORDS = {
    "en": "I forgot my password again and the reset link has expired.",
    "fr": "J'ai encore oublié mon mot de passe et le lien a expiré.",
}


def databases(world: World, planted: frozenset[str]) -> Iterator[Database]:
    """Build the export of the hosted help desk with the deviations of X9 that are ``planted``."""
    rng = world.rng("helpdesk")
    customers = tuple(rng.sample(world.customers, 70))
    people = [(customer, person) for customer in customers for person in customer.people[:4]]
    agents = [person for customer in world.region("ca")[:2] for person in customer.contacts][:9]
    tickets = _tickets(rng, world, people)
    tables = [
        _requesters(people),
        tickets,
        _messages(rng, people, agents, tickets, planted),
        _attachments(rng, world),
        _agents(agents),
    ]
    if "x9-maintenance" in planted:
        for ticket in tickets.rows[5:40:7]:
            ticket["maintenance_until"] = f"{world.now - timedelta(days=735):%Y-%m-%d}"
    if "x9-leads" in planted:
        tables.append(_leads(world))
    yield Database("helpdesk", tuple(tables))


def _requesters(people: list[tuple[Customer, Person]]) -> Table:
    table = Table(
        "requesters",
        {
            "id": "INTEGER",
            "account_number": "TEXT",
            "full_name": "TEXT",
            "email": "TEXT",
            "phone": "TEXT",
            "email_opt_out": "INTEGER",  # near miss: a flag
            "account_ended": "TEXT",
        },
    )
    for number, (customer, person) in enumerate(people):
        table.rows.append(
            {
                "id": number + 1,
                "account_number": customer.number,
                "full_name": person.name,
                "email": person.email,
                "phone": person.phone,
                "email_opt_out": number % 9 == 0,
                "account_ended": f"{customer.terminated:%Y-%m-%d}" if customer.terminated else None,
            }
        )
    return table


def _tickets(rng: random.Random, world: World, people: list[tuple[Customer, Person]]) -> Table:
    table = Table(
        "tickets",
        {
            "id": "INTEGER",
            "ticket_number": "INTEGER",  # near miss: nine digits
            "requester_id": "INTEGER NOT NULL",
            "subject": "TEXT",
            "priority": "TEXT",
            "status": "TEXT",
            "opened_at": "TEXT",
            "closed_at": "TEXT",
            "maintenance_until": "TEXT",
        },
        indexes=("opened_at",),
    )
    for number in range(240):
        requester = rng.randrange(len(people))
        customer, _ = people[requester]
        opened = values.moment(rng, customer.terminated or world.now, 600)
        closed = opened + timedelta(hours=rng.randint(2, 400))
        maintained = world.now + timedelta(days=rng.randint(-300, 500))
        table.rows.append(
            {
                "id": number + 1,
                "ticket_number": 702_000_000 + number * 1409,
                "requester_id": requester + 1,
                "subject": prose.subject(rng, customer),
                "priority": rng.choice(("low", "normal", "normal", "high")),
                "status": "closed" if closed < world.now else "open",
                "opened_at": values.stamp(opened),
                "closed_at": values.stamp(closed) if closed < world.now else None,
                "maintenance_until": f"{maintained:%Y-%m-%d}",
            }
        )
    return table


def _messages(
    rng: random.Random,
    people: list[tuple[Customer, Person]],
    agents: list[Person],
    tickets: Table,
    planted: frozenset[str],
) -> Table:
    table = Table(
        "ticket_messages",
        {
            "id": "INTEGER",
            "ticket_id": "INTEGER NOT NULL",
            "body": "TEXT",
            "created_at": "TEXT",
        },
    )
    extra = random.Random(f"{rng.random()}:extra")
    for number, ticket in enumerate(tickets.rows):
        customer, person = people[int(str(ticket["requester_id"])) - 1]
        opened = datetime.fromisoformat(str(ticket["opened_at"]))
        sentence = _extra(number, extra, customer, planted)
        asked = prose.ticket(rng, customer, person, sentence)
        answered = prose.reply(rng, customer, rng.choice(agents))
        later = opened + timedelta(minutes=rng.randint(4, 110))
        for body, at in ((asked, opened), (answered, later)):
            table.rows.append(
                {
                    "id": len(table.rows) + 1,
                    "ticket_id": ticket["id"],
                    "body": body,
                    "created_at": values.stamp(at),
                }
            )
    return table


def _extra(number: int, rng: random.Random, customer: Customer, planted: frozenset[str]) -> str:
    """Return the sentence that ticket ``number`` gets beyond the ordinary ones."""
    language = customer.language
    # The generator moves on whether or not something is planted.
    number_text, address = values.card(rng, "400000", joiner=" "), values.ip(rng)
    expiry = f"{rng.randint(1, 12):02d}/{rng.randint(27, 30)}"
    if number % 12 == 0 and "x9-card" in planted:
        return _CARDS[language].format(card=number_text, expiry=expiry)
    if number % 9 == 1 and "x9-address" in planted:
        return _ADDRESSES[language].format(ip=address)
    near_misses = {
        2: _TEST_CARDS[language],
        8: _PASSWORDS[language],
    }
    return near_misses.get(number % 18, "")


def _attachments(rng: random.Random, world: World) -> Table:
    table = Table(
        "attachments",
        {
            "id": "INTEGER",
            "ticket_id": "INTEGER NOT NULL",
            "file_name": "TEXT",
            "media_type": "TEXT",
            "bytes": "INTEGER",
            "uploaded_at": "TEXT",
        },
    )
    for number in range(140):
        stem = rng.choice(("trace", "screenshot", "configuration", "capture", "rapport"))
        suffix, media = rng.choice((("zip", "application/zip"), ("png", "image/png")))
        table.rows.append(
            {
                "id": number + 1,
                "ticket_id": rng.randint(1, 240),
                "file_name": f"{stem}-{rng.randint(1, 999):03d}.{suffix}",
                "media_type": media,
                "bytes": rng.randint(900, 4_000_000),
                "uploaded_at": values.stamp(values.moment(rng, world.now, 600)),
            }
        )
    return table


def _agents(agents: list[Person]) -> Table:
    table = Table("agents", {"id": "INTEGER", "full_name": "TEXT", "team": "TEXT"})
    for number, person in enumerate(agents):
        team = ("first line", "second line", "telephony")[number % 3]
        table.rows.append({"id": number + 1, "full_name": person.name, "team": team})
    return table


def _leads(world: World) -> Table:
    rng = world.rng("helpdesk-leads")
    table = Table(
        "webinar_leads",
        {"id": "INTEGER", "full_name": "TEXT", "email": "TEXT", "registered_at": "TEXT"},
    )
    for customer in rng.sample(world.customers, 50):
        for person in customer.contacts[:4]:
            table.rows.append(
                {
                    "id": len(table.rows) + 1,
                    "full_name": person.name,
                    "email": person.email,
                    "registered_at": values.stamp(values.moment(rng, world.now, 200)),
                }
            )
    return table


def documents(world: World, planted: frozenset[str]) -> Iterator[Document]:
    """Write files that customers attached: traces, and exported settings of the client."""
    rng = world.rng("helpdesk-files")
    for number in range(10):
        at = values.moment(rng, world.now, 300)
        # Near miss: the export of the newer client leaves the password out.
        lines = [
            "[client]",
            "version = 8.4",
            "",
            "[account]",
            "password =",
            f"retry_count = {rng.randint(1, 9)}",
        ]
        if number < 4 and "x9-settings" in planted:
            lines[4] = f"password = {rng.choice(_WORDS)}{rng.randint(100, 9999)}!"
        text = "\n".join(lines) + "\n"
        path = f"settings-export-{number + 1:02d}.ini"
        yield Document("helpdesk-files", path, text.encode(), at)
