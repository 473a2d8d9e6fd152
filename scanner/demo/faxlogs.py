"""System logs of XM Fax (X2): fax servers, call records, the gateway's interface, syslog."""

import json
import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from scanner.demo import values
from scanner.demo.cast import Customer, Person, World
from scanner.demo.logfiles import Line, LogSet

SOURCE = "fax-logs"
_FOLDERS = {"us": "us", "eu": "fr", "ca": "ca"}
_ROTATED = {
    "us": (".1", ".2.gz", ".3.gz"),
    "eu": (".1", ".2.xz", ".3.zst"),
    "ca": (".1.gz", ".2.gz", ".3.bz2"),
}
_DAYS = 330  # younger than the declared year

# Level, thread and text of the fax servers' lines; each group is as likely as the others.
_SERVER = (
    (
        (
            "INFO",
            "queue-{n}",
            "job {job}: queued by user {user} on {computer}, {pages} pages to {to}",
        ),
    ),
    (("INFO", "t38-{n}", "job {job}: connected to {to} from {own}, {speed} bps, ECM {ecm}"),),
    (("INFO", "t38-{n}", "job {job}: {pages} pages sent in {seconds} s"),),
    (("WARN", "t38-{n}", "job {job}: {reason} at {to}, retry {n} of 8"),),
    (("INFO", "rpc-{n}", "client connected from {ip} mac {mac} device {device} host {computer}"),),
    (
        ("INFO", "auth", "session opened for user {user} from {ip}"),
        ("INFO", "auth", "session opened for user {user} from {ip}"),
        # Near miss: the password is masked.
        ("WARN", "auth", "Failed password for {user} password=******** rejected"),
    ),
    # Near misses: sixteen digits with a wrong checksum beside the word card, tokens that are no
    # secrets, the cost of a hash, a test card, masked digits.
    (
        ("DEBUG", "board", "line card {serial} slot {n} passed its self-test"),
        ("DEBUG", "house", "token bucket refilled, {n} of 40 left"),
        ("DEBUG", "house", "password policy loaded: bcrypt cost {cost}, history {pages}"),
        ("DEBUG", "house", "kiosk self-check used card 4111 1111 1111 1111, answer in {n} ms"),
        ("DEBUG", "house", "kiosk payment accepted, card 411111******{last}"),
        ("DEBUG", "house", "spool cleaned, {seconds} files older than {pages} days"),
    ),
)


def logs(world: World, planted: frozenset[str]) -> Iterator[LogSet]:
    """Write the logs of the three data centres with the deviations of X2 that are ``planted``."""
    for region, folder in _FOLDERS.items():
        customers = world.region(region)
        rng = world.rng(f"faxlogs-{region}")
        host = f"fax-{folder}-0"
        cut = ".2.gz" if region == "ca" and "x2-truncated" in planted else ""
        server = [*_server(rng, world, customers), *_server_planted(region, world, planted)]
        yield LogSet(f"{folder}/faxserver.log", tuple(server), _ROTATED[region], cut)
        yield LogSet(f"{folder}/cdr.log", tuple(_calls(rng, world, customers)), (".1",))
        api = _interface(rng, world, customers, region, planted)
        yield LogSet(f"{folder}/api.jsonl", tuple(api))
        yield LogSet(f"{folder}/syslog", tuple(_syslog(rng, world, customers, host)), (".1.gz",))
        if region == "us" and "x2-mail-relay" in planted:
            yield LogSet(f"{folder}/mailrelay.log", tuple(_relay(world, customers)))


def _pick(rng: random.Random, customers: tuple[Customer, ...]) -> tuple[Customer, Person]:
    customer = rng.choice(customers)
    return customer, rng.choice(customer.people)


def _text(at: datetime, level: str, thread: str, message: str) -> Line:
    stamp = at.strftime("%Y-%m-%d %H:%M:%S,") + f"{at.microsecond // 1000:03d}"
    return at, f"{stamp} {level:<5} [{thread}] {message}"


def _server(rng: random.Random, world: World, customers: tuple[Customer, ...]) -> Iterator[Line]:
    for _ in range(880):
        customer, person = _pick(rng, customers)
        at = values.moment(rng, world.now, _DAYS)
        at += timedelta(microseconds=rng.randint(0, 999_999))
        level, thread, message = rng.choice(rng.choice(_SERVER))
        slots = _slots(rng, customer, person)
        yield _text(at, level, thread.format(**slots), message.format(**slots))


def _slots(rng: random.Random, customer: Customer, person: Person) -> dict[str, object]:
    return {
        "job": rng.randint(482_000_000, 489_999_999),
        "user": person.username,
        "computer": person.computer,
        "device": person.device,
        "ip": person.ip,
        "mac": person.mac,
        "own": person.fax,
        "to": rng.choice(customer.contacts).fax,
        "pages": rng.randint(1, 14),
        "n": rng.randint(1, 8),
        "seconds": rng.randint(20, 500),
        "speed": rng.choice((9600, 14400, 33600)),
        "cost": rng.randint(10, 13),
        "ecm": rng.choice(("on", "off")),
        "reason": rng.choice(("busy", "no answer", "no carrier", "training failed")),
        "serial": values.not_a_card(rng),
        "last": rng.randint(1000, 9999),
    }


def _server_planted(region: str, world: World, planted: frozenset[str]) -> Iterator[Line]:
    rng = world.rng(f"faxlogs-{region}-planted")
    customers = world.region(region)
    if region == "eu" and "x2-token" in planted:
        for _ in range(60):
            at = values.moment(rng, world.now, 100)
            token = values.jwt(rng, at)
            yield _text(at, "DEBUG", "http", f"POST /v1/jobs authorization: Bearer {token}")
    if region == "us" and "x2-card" in planted:
        for _ in range(60):
            customer, _ = _pick(rng, customers)
            at = values.moment(rng, world.now, 100)
            # A Mastercard number of the 2-series, readable.
            number = values.card(rng, "222300")
            amount = f"{rng.randint(5, 300)}.{rng.randint(0, 99):02d}"
            message = f"kiosk payment for customer {customer.id}: card {number} amount {amount}"
            yield _text(at, "DEBUG", "house", message)


def _calls(rng: random.Random, world: World, customers: tuple[Customer, ...]) -> Iterator[Line]:
    for _ in range(420):
        customer, person = _pick(rng, customers)
        other = rng.choice(customer.contacts)
        at = values.moment(rng, world.now, _DAYS)
        out = rng.random() < 0.6
        caller, callee = (person.fax, other.fax) if out else (other.fax, person.fax)
        yield (
            at,
            f"time={at:%Y-%m-%dT%H:%M:%SZ} level=info call_id={values.uuid4(rng)} "
            f'caller="{caller}" callee="{callee}" duration={rng.randint(15, 620)} '
            f"pages={rng.randint(1, 18)} codec={rng.choice(('t38', 'g711u', 'g711a'))} "
            f"result={rng.choice(('ok', 'ok', 'ok', 'busy', 'failed'))} "
            f'device_id={person.device} location="{person.place.city}"',
        )


def _interface(
    rng: random.Random,
    world: World,
    customers: tuple[Customer, ...],
    region: str,
    planted: frozenset[str],
) -> Iterator[Line]:
    extra = world.rng(f"faxlogs-{region}-gender")
    actions = ("submit", "status", "cancel", "list", "resend", "download")
    for _ in range(380):
        _, person = _pick(rng, customers)
        at = values.moment(rng, world.now, 200)
        event: dict[str, object] = {
            "ts": f"{at:%Y-%m-%dT%H:%M:%S}.{rng.randint(0, 999):03d}Z",
            "level": rng.choice(("info", "info", "info", "warn")),
            "request_id": values.uuid4(rng),
            "username": person.username,
            "client_ip": person.ip,
            "computer_name": person.computer,
            "action": rng.choice(actions),
            "status_code": rng.choice((200, 200, 201, 202, 404, 429)),
            "took_ms": rng.randint(3, 900),
        }
        if region == "eu" and "x2-gender" in planted:
            event["sender_gender"] = extra.choice("MF")
        yield at, json.dumps(event)


def _syslog(
    rng: random.Random, world: World, customers: tuple[Customer, ...], host: str
) -> Iterator[Line]:
    for _ in range(360):
        _, person = _pick(rng, customers)
        at = values.moment(rng, world.now, 60)
        pid = rng.randint(400, 32_000)
        program, message = rng.choice(
            (
                ("faxd", f"session opened for user {person.username} by (uid=0)"),
                ("faxd", f"session closed for user {person.username}"),
                ("dhcpd", f"DHCPACK on {person.ip} to {person.mac} via eth{rng.randint(0, 3)}"),
                ("sshd", f"Accepted publickey for {person.username} from {person.ip} port {pid}"),
                ("kernel", f"eth{rng.randint(0, 3)}: link is up, {rng.choice((100, 1000))} Mbps"),
                ("cron", f"job {rng.choice(('rotate', 'purge', 'report'))} finished"),
            )
        )
        stamp = f"{at:%b} {at.day:2d} {at:%H:%M:%S}"
        yield at, f"{stamp} {host}{rng.randint(1, 3)} {program}[{pid}]: {message}"


def _relay(world: World, customers: tuple[Customer, ...]) -> Iterator[Line]:
    rng = world.rng("faxlogs-relay")
    for _ in range(220):
        customer, person = _pick(rng, customers)
        at = values.moment(rng, world.now, 90)
        size = rng.randint(9_000, 900_000)
        yield _text(
            at,
            "INFO",
            "smtp",
            f"{values.hexadecimal(rng, 10).upper()}: from=<{person.email}> size={size} "
            f"to fax {rng.choice(customer.contacts).fax}",
        )
