"""xmserver.fr (S1 to S11): customers, accounts, payments, contacts, files, pages, hosted data."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from scanner.demo import values
from scanner.demo.cast import Person, World, people
from scanner.demo.folders import Document
from scanner.demo.tables import Database, Table, simple

_SERVICES = ("VPS 1", "VPS 2", "Dedicated", "Web hosting", "Domain", "Backup space")
_CHATS = (
    "Bonjour, mon serveur ne répond plus depuis {n} minutes. Vous pouvez écrire à {email}.",
    "Good evening, my invoice of last month lists {n} addresses, I ordered two.",
    "Merci de me rappeler au {phone}, je ne trouve pas la page des certificats.",
    "The new machine is reachable now, thank you for the quick help.",
)
_NOTICES = (
    "One of your servers sends unsolicited mail to our customers, {n} messages since yesterday.",
    "We suspect that a site on your network copies our shop. Please look into it.",
    "Port scans reach our network from your range, {n} attempts in the last hour.",
)
_VENDORS = (
    "https://www.google-analytics.com/analytics.js",
    "https://www.googletagmanager.com/gtag/js",
    "https://bat.bing.com/bat.js",
    "https://connect.facebook.net/fr_FR/fbevents.js",
    "https://static.ads-twitter.com/uwt.js",
    "https://snap.licdn.com/li.lms-analytics/insight.min.js",
    "https://cdn.onesignal.com/sdks/OneSignalSDK.js",
)
_UNKNOWN = "https://static.hotjar.com/c/hotjar.js"


def databases(world: World, planted: frozenset[str]) -> Iterator[Database]:
    """Build both databases with the deviations of S that are ``planted``."""
    rng = world.rng("xmserver")
    cast = people(world, "xmserver-people", "FR", 280)
    yield Database(
        "xmserver",
        (
            _customers(world, cast, planted),
            _accounts(rng, cast),
            _payments(rng, cast),
            _invoices(rng, world, cast),
            _texts(rng, world, "chats", "message", _CHATS, cast, 140),
            _texts(rng, world, "abuse_notices", "abuse_description", _NOTICES, cast, 80),
            _actions(rng, world, cast),
            _page_views(rng, world, cast),
        ),
    )
    hosted = simple(
        "shop_customers",
        {"full_name": "TEXT", "email": "TEXT"},
        ((p.name, p.email) for p in people(world, "xmserver-hosted", "FR", 80)),
    )
    yield Database("xmserver-hosting", (hosted,))


def documents(world: World, planted: frozenset[str]) -> Iterator[Document]:
    """Write recordings, identity documents, abuse notices, and the pages of the site."""
    rng = world.rng("xmserver-files")
    for number in range(12):
        at = values.moment(rng, world.now, 400)
        sound = b"RIFF\x24\x08\x00\x00WAVEfmt " + rng.randbytes(300)
        yield Document("xmserver-files", f"recordings/call-{number + 1:04d}.wav", sound, at)
        picture = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + rng.randbytes(300)
        name = f"identity/passport-scan-{number + 1:04d}.jpg"
        yield Document("xmserver-files", name, picture, at)
        letter = b"%PDF-1.4\n" + rng.randbytes(200)
        yield Document("xmserver-files", f"abuse/notice-{number + 1:04d}.pdf", letter, at)
    yield from _pages(world, planted)


def _pages(world: World, planted: frozenset[str]) -> Iterator[Document]:
    for name in ("index", "prices", "contact"):
        scripts = [*_VENDORS, "/js/basket.js"]
        if name == "prices" and "s9-vendor" in planted:
            scripts.append(_UNKNOWN)
        tags = "".join(f'<script async src="{script}"></script>\n' for script in scripts)
        page = (
            f"<!DOCTYPE html>\n<html><head><title>xmserver.fr</title>\n{tags}</head>\n"
            f'<body><h1>{name.title()}</h1><a href="https://www.afnic.fr/">Domains</a></body></html>\n'
        )
        yield Document("xmserver-web", f"{name}.html", page.encode(), world.now)
    basket = b"export function add(item) { return fetch('/api/basket', {method: 'POST'}); }\n"
    yield Document("xmserver-web", "js/basket.js", basket, world.now)


def _customers(world: World, cast: Sequence[Person], planted: frozenset[str]) -> Table:
    rng = world.rng("xmserver-customers")
    today = world.now.date()
    born: list[str] = []
    ages: list[int | None] = []
    for number in range(len(cast)):
        child = number < 5 and "s2-child" in planted
        years = 12 if child else 18 if number < 10 else rng.randint(19, 80)
        day = date(today.year - years, 1, 1) - timedelta(days=rng.randint(1, 200))
        hidden = number < 5 and "s2-child-age" not in planted
        born.append(day.isoformat())
        ages.append(None if hidden else (today - day).days // 365)
    if "s2-child-age" in planted:
        ages[:5] = [12] * 5
    return simple(
        "customers",
        {
            "surname": "TEXT",
            "given_name": "TEXT",
            "patronymic": "TEXT",
            "street": "TEXT",
            "city": "TEXT",
            "phone": "TEXT",
            "email": "TEXT",
            "gender": "TEXT",
            "age": "INTEGER",
            "date_of_birth": "TEXT",
        },
        (
            (
                p.family,
                p.given,
                rng.choice(cast).given,
                p.street,
                p.place.city,
                p.phone,
                p.email,
                p.gender,
                age,
                day,
            )
            for p, day, age in zip(cast, born, ages, strict=True)
        ),
    )


def _accounts(rng: random.Random, cast: Sequence[Person]) -> Table:
    return simple(
        "accounts",
        {
            "customer_id": "INTEGER NOT NULL",
            "service": "TEXT",
            "assigned_ip": "TEXT",
            "balance": "NUMERIC",
        },
        (
            (n + 1, rng.choice(_SERVICES), p.ip, round(rng.uniform(-90, 200), 2))
            for n, p in enumerate(cast)
        ),
    )


def _payments(rng: random.Random, cast: Sequence[Person]) -> Table:
    return simple(
        "payments",
        {"card_number": "TEXT", "iban": "TEXT", "amount": "NUMERIC"},
        (
            (
                values.card(rng) if n % 3 else None,
                None if n % 3 else values.iban_fr(rng),
                round(rng.uniform(4, 300), 2),
            )
            for n in range(len(cast))
        ),
    )


def _invoices(rng: random.Random, world: World, cast: Sequence[Person]) -> Table:
    return simple(
        "invoices",
        {
            "invoice_number": "TEXT",
            "full_name": "TEXT",
            "email": "TEXT",
            "street": "TEXT",
            "amount": "NUMERIC",
            "issued_on": "TEXT",
        },
        (
            (
                f"FR-{n + 1:06d}",
                p.name,
                p.email,
                p.street,
                round(rng.uniform(4, 300), 2),
                f"{values.moment(rng, world.now, 1500):%Y-%m-%d}",
            )
            for n, p in enumerate(cast)
        ),
    )


def _texts(
    rng: random.Random,
    world: World,
    name: str,
    column: str,
    sentences: Sequence[str],
    cast: Sequence[Person],
    count: int,
) -> Table:
    rows = []
    for _ in range(count):
        person = rng.choice(cast)
        text = rng.choice(sentences).format(
            n=rng.randint(2, 90), email=person.email, phone=person.phone
        )
        rows.append((text, values.stamp(values.moment(rng, world.now, 600))))
    return simple(name, {column: "TEXT", "received_at": "TEXT"}, rows)


def _actions(rng: random.Random, world: World, cast: Sequence[Person]) -> Table:
    return simple(
        "actions",
        {"username": "TEXT", "action": "TEXT", "ip_address": "TEXT", "happened_at": "TEXT"},
        (
            (
                p.username,
                rng.choice(("signed_in", "ordered", "restarted", "signed_out")),
                p.ip,
                values.stamp(values.moment(rng, world.now, 200)),
            )
            for p in (rng.choice(cast) for _ in range(300))
        ),
    )


def _page_views(rng: random.Random, world: World, cast: Sequence[Person]) -> Table:
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
    return simple(
        "page_views",
        {"ip_address": "TEXT", "page": "TEXT", "user_agent": "TEXT", "viewed_at": "TEXT"},
        (
            (
                rng.choice(cast).ip,
                rng.choice(("/", "/prices", "/contact", "/vps")),
                agent,
                values.stamp(values.moment(rng, world.now, 200)),
            )
            for _ in range(300)
        ),
    )
