"""System logs of the public cloud (X5): web server, delivery service, gateway, sign-ins."""

import json
import random
from collections.abc import Iterator
from datetime import timedelta

from scanner.demo import values
from scanner.demo.cast import Customer, Person, World
from scanner.demo.logfiles import Line, LogSet

SOURCE = "cloud-logs"
_FOLDERS = {"us": "us", "eu": "ie", "ca": "ca"}
_DAYS = 300
_AGENTS = (
    "SendSecure-Outlook/{}.{} (Windows NT 10.0; Win64; x64)",
    "SendSecure-Mobile/{}.{} (iPhone; iOS 17.{})",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:13{1}.0) Gecko/20100101 Firefox/13{1}.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.{} Safari/605",
)
_STEMS = {
    "en": ("contract", "payroll", "statement", "board-minutes", "scan", "application", "offer"),
    "fr": ("contrat", "bulletin", "releve", "compte-rendu", "numerisation", "dossier", "devis"),
}


def logs(world: World, planted: frozenset[str]) -> Iterator[LogSet]:
    """Write the logs of the three regions with the deviations of X5 that are ``planted``."""
    rotated = {"us": (".1", ".2.gz"), "eu": (".1", ".2.zst"), "ca": (".1.xz",)}
    for region, folder in _FOLDERS.items():
        customers = world.region(region)
        rng = world.rng(f"cloudlogs-{region}")
        yield LogSet(
            f"{folder}/access.log", tuple(_access(rng, world, customers, region)), rotated[region]
        )
        delivery = _delivery(rng, world, customers, region, planted)
        yield LogSet(f"{folder}/delivery.jsonl", tuple(delivery), (".1.gz",))
        gateway = [*_gateway(rng, world, customers), *_gateway_planted(region, world, planted)]
        yield LogSet(f"{folder}/gateway.log", tuple(gateway))
        yield from _forgotten(region, world, planted)
        yield LogSet(f"{folder}/auth.log", tuple(_signins(rng, world, customers, folder)), (".1",))


def file_name(rng: random.Random, customer: Customer) -> str:
    """Invent the name of an uploaded file."""
    stem = rng.choice(_STEMS[customer.language])
    return f"{stem}-{rng.randint(2021, 2025)}-{rng.randint(1, 400):03d}.{rng.choice(_TYPES)}"


_TYPES = ("pdf", "docx", "xlsx", "png", "zip")


def _pick(rng: random.Random, customers: tuple[Customer, ...]) -> tuple[Customer, Person]:
    customer = rng.choice(customers)
    return customer, rng.choice(customer.people)


def _agent(rng: random.Random) -> str:
    return rng.choice(_AGENTS).format(rng.randint(1, 9), rng.randint(0, 9), rng.randint(0, 9))


def _access(
    rng: random.Random, world: World, customers: tuple[Customer, ...], region: str
) -> Iterator[Line]:
    for _ in range(1400 if region == "us" else 500):
        _, person = _pick(rng, customers)
        at = values.moment(rng, world.now, _DAYS)
        box = values.uuid4(rng)
        request = rng.choice(
            (
                "POST /portal/login",
                "GET /portal/home",
                f"GET /api/v2/safeboxes/{box}",
                f"POST /api/v2/safeboxes/{box}/messages",
                f"PUT /api/v2/safeboxes/{box}/files",
                f"GET /static/app.{values.hexadecimal(rng, 8)}.js",
                "GET /health",
            )
        )
        user = person.username if rng.random() < 0.7 else "-"
        status = rng.choice((200, 200, 200, 201, 302, 304, 401, 404))
        yield (
            at,
            f"{person.ip} - {user} [{at:%d/%b/%Y:%H:%M:%S} +0000] "
            f'"{request} HTTP/1.1" {status} {rng.randint(120, 90_000)} "-" "{_agent(rng)}"',
        )


def _delivery(
    rng: random.Random,
    world: World,
    customers: tuple[Customer, ...],
    region: str,
    planted: frozenset[str],
) -> Iterator[Line]:
    extra = world.rng(f"cloudlogs-{region}-planted")
    for number in range(500):
        customer, person = _pick(rng, customers)
        at = values.moment(rng, world.now, 240)
        event: dict[str, object] = {
            "ts": f"{at:%Y-%m-%dT%H:%M:%S}.{rng.randint(0, 999):03d}Z",
            "level": rng.choice(("INFO", "INFO", "INFO", "WARN", "ERROR")),
            "logger": f"com.xmedius.sendsecure.{rng.choice(('delivery', 'notify', 'vault'))}",
            "build": values.hexadecimal(rng, 40),  # near miss: a commit, not a password hash
            "request_id": values.uuid4(rng),
            "username": person.username,
            "client_ip": person.ip,
            "device_id": person.device,
            "city": person.place.city,  # the policy of 2020 lists the location
            "msg": _message(rng, customer, person),
        }
        if region == "eu" and number % 10 < 4 and "x5-recipient" in planted:
            event["rcpt"] = extra.choice(customer.contacts).email
        if region == "us" and "x5-file-name" in planted:
            event["file_name"] = file_name(extra, customer)
        if region == "ca" and "x5-mac" not in planted:
            event["mac"] = person.mac
        yield at, json.dumps(event, ensure_ascii=False)


def _message(rng: random.Random, customer: Customer, person: Person) -> str:
    phone = rng.choice(customer.contacts).phone
    return rng.choice(
        (
            f"delivery attempt {rng.randint(1, 3)} for {phone} accepted by provider",
            f"second factor requested for {phone}",
            f"safebox closed after {rng.randint(1, 90)} days",
            f"user {person.username} renewed the session on {person.computer}",
            f"upload finished, {rng.randint(1, 9_000)} kB in {rng.randint(20, 9_000)} ms",
            f"notification queue drained, {rng.randint(1, 400)} entries",
            f"virus scan clean, {rng.randint(1, 30)} parts",
        )
    )


def _gateway(rng: random.Random, world: World, customers: tuple[Customer, ...]) -> Iterator[Line]:
    for number in range(420):
        _, person = _pick(rng, customers)
        at = values.moment(rng, world.now, 240)
        head = f"time={at:%Y-%m-%dT%H:%M:%SZ} level={rng.choice(('info', 'info', 'warn'))}"
        if number % 21 == 0:
            # Near misses: a probe with a reserved address, a removed secret.
            tail = 'msg="probe delivered" rcpt=healthcheck@example.com api_key=[REDACTED]'
        else:
            tail = (
                f'msg="request routed" client_ip={person.ip} username={person.username} '
                f"unique_id={values.uuid4(rng)}"
            )
        yield at, f"{head} took_ms={rng.randint(1, 800)} {tail}"


def _gateway_planted(region: str, world: World, planted: frozenset[str]) -> Iterator[Line]:
    if region != "ca" or "x5-api-key" not in planted:
        return
    rng = world.rng("cloudlogs-api-key")
    keys = [values.access_key(rng) for _ in range(12)]
    for _ in range(40):
        at = values.moment(rng, world.now, 100)
        yield (
            at,
            f"time={at:%Y-%m-%dT%H:%M:%SZ} level=debug took_ms={rng.randint(1, 90)} "
            f'msg="storage call signed with {rng.choice(keys)}"',
        )


def _forgotten(region: str, world: World, planted: frozenset[str]) -> Iterator[LogSet]:
    """Write a log that the purge has not reached: past the declared year, or on its last day."""
    limit = world.years_ago(1)
    if region == "us" and "x5-old-lines" in planted:
        days = [limit - timedelta(days=number % 40 + 1) for number in range(80)]
    elif region == "eu":  # near miss: the day of the limit is allowed
        days = [limit - timedelta(minutes=number) for number in range(80)]
    else:
        return
    rng = world.rng(f"cloudlogs-{region}-forgotten")
    lines = []
    for at in days:
        _, person = _pick(rng, world.region(region))
        lines.append(
            (
                at,
                f"time={at:%Y-%m-%dT%H:%M:%SZ} level=info took_ms={rng.randint(1, 800)} "
                f'msg="request routed" client_ip={person.ip} username={person.username}',
            )
        )
    yield LogSet(f"{_FOLDERS[region]}/gateway-2.log", tuple(lines))


def _signins(
    rng: random.Random, world: World, customers: tuple[Customer, ...], folder: str
) -> Iterator[Line]:
    for _ in range(300):
        _, person = _pick(rng, customers)
        at = values.moment(rng, world.now, 60)
        port = rng.randint(32_768, 60_999)
        message = rng.choice(
            (
                f"Accepted publickey for {person.username} from {person.ip} port {port} ssh2",
                f"Failed password for {person.username} from {person.ip} port {port} ssh2",
                f"pam_unix(sshd:session): session opened for user {person.username}",
                f"Connection closed by {person.ip} port {port} [preauth]",
            )
        )
        stamp = f"{at:%b} {at.day:2d} {at:%H:%M:%S}"
        yield at, f"{stamp} ss-{folder}-0{rng.randint(1, 3)} sshd[{port - 30_000}]: {message}"
