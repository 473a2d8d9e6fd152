"""Generated tables: customers in 12 fields, the 20 kinds of column, and the files that hold them.

Everything is seeded; the same seed gives the same rows.
"""

import itertools
import random
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from columns import KINDS, Rng, words

_FIRST = words(
    """Marie Jean Anna Luis Olga Peter Emma Noah Mia Liam Sophie Paul Laura Thomas Julia David Sarah
    Daniel Claire Martin Alice Hugo Elena Marco Ingrid"""
)
_LAST = words(
    """Dupont Müller Smith García Rossi Nowak Jensen Brown Martin Bernard Weber Fischer Taylor
    Wilson Moreau Fontana Silva Costa Hansen Novak Schmidt Keller Jones"""
)
_WORDS = words(
    """order shipped late customer asked refund invoice meeting tomorrow please call about the
    account was closed after review payment received new address parcel returned where and then
    again for with version update system error timeout retry public policy delivery confirmed"""
)
_NOTE = 170  # characters
CUSTOMERS: dict[str, str] = {
    "id": "integer",
    "full_name": "text",
    "email": "text",
    "phone": "text",
    "last_ip": "text",
    "device_mac": "text",
    "token": "text",
    "birth_date": "text",
    "created_at": "text",
    "amount": "numeric",
    "status": "text",
    "notes": "text",
}


def person(rng: Rng) -> str:
    """Return a first name and a surname."""
    return f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"


def note(rng: Rng, length: int = _NOTE) -> str:
    """Return a note of about so many characters; one in ten holds a name and an e-mail address."""
    chosen: list[str] = []
    while sum(map(len, chosen)) + len(chosen) < length:
        chosen.append(rng.choice(_WORDS))
    if rng.random() < 0.1:
        one, two = rng.sample(range(len(chosen)), 2)
        chosen[one], chosen[two] = person(rng), KINDS["email"](rng)
    text = " ".join(chosen)
    return text[:1].upper() + text[1:] + "."


def customers(count: int, seed: int) -> Iterator[tuple[object, ...]]:
    """Yield rows with the fields of :data:`CUSTOMERS`."""
    rng = random.Random(seed)
    for number in range(count):
        birth = f"{rng.randint(1940, 2005)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        yield (
            number,
            person(rng),
            *(KINDS[kind](rng) for kind in ("email", "phone", "ip", "mac", "uuid")),
            birth,
            KINDS["timestamp"](rng),
            round(rng.uniform(0, 5000), 2),
            KINDS["status"](rng),
            note(rng),
        )


def kinds(count: int, seed: int) -> dict[str, list[str]]:
    """Return the 20 kinds of column, each under its own name."""
    rng = random.Random(seed)
    return {
        kind.replace(" ", "_").replace("-", "_"): [make(rng) for _ in range(count)]
        for kind, make in KINDS.items()
    }


def unnamed(columns: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the same columns under names that say nothing: only the values can tell."""
    return {f"c{place:02}": values for place, values in enumerate(columns.values(), 1)}


def as_columns(rows: Iterable[Sequence[object]], names: Iterable[str]) -> dict[str, list[str]]:
    """Turn rows into columns of texts."""
    turned = zip(*rows, strict=True)
    return {name: list(map(str, cells)) for name, cells in zip(names, turned, strict=True)}


def write_sqlite(
    file: Path, table: str, fields: dict[str, str], rows: Iterable[Sequence[object]]
) -> None:
    """Add a table to an SQLite file."""
    columns = ", ".join(f"{name} {kind}" for name, kind in fields.items())
    marks = ", ".join("?" * len(fields))
    with closing(sqlite3.connect(file)) as base, base:
        base.execute(f"create table {table} ({columns})")
        base.executemany(f"insert into {table} values ({marks})", rows)  # noqa: S608 - our own names


PEOPLE: dict[str, str] = {"id": "integer", "full_name": "text", "email": "text", "notes": "text"}
_CHUNK = 20_000


def write_large(file: Path, tables: int, count: int, seed: int) -> None:
    """Write tables of ``count`` rows with the fields of :data:`PEOPLE`, every row another one.

    The rows are drawn once for each 20,000 and made different inside the database.
    """
    rng = random.Random(seed)
    drawn = [(n, person(rng), KINDS["email"](rng), note(rng, 60)) for n in range(_CHUNK)]
    write_sqlite(file, "drawn", PEOPLE, drawn)
    with closing(sqlite3.connect(file)) as base, base:
        base.execute("pragma synchronous = off")
        for number in range(tables):
            name = f"people_{number + 1}"
            base.execute(f"create table {name} as select * from drawn limit 0")  # noqa: S608 - our own
            for start in range(0, count, _CHUNK):
                shift = f"{start + number * count}"
                base.execute(
                    f"insert into {name} select id + {shift}, full_name, "  # noqa: S608 - numbers
                    f"'k' || (id + {shift}) || email, notes || ' Case ' || (id + {shift}) "
                    f"from drawn limit {min(_CHUNK, count - start)}"
                )
        base.execute("drop table drawn")


def lines(count: int, seed: int) -> dict[str, list[str]]:
    """Return log lines in four formats: web access, sshd through syslog, JSON, and Zeek's TSV."""
    rng = random.Random(seed)
    makers = {"access": _access, "sshd": _sshd, "json": _json, "zeek": _zeek}
    return {name: [make(rng, n) for n in range(count)] for name, make in makers.items()}


def _access(rng: Rng, _: int) -> str:
    return KINDS["log line"](rng)


def _sshd(rng: Rng, number: int) -> str:
    user, host = rng.choice(_FIRST).lower(), KINDS["ip"](rng)
    minutes, seconds = divmod(number, 60)
    head = f"Mar 12 {minutes // 60 % 24:02}:{minutes % 60:02}:{seconds:02} gate{rng.randint(1, 9)} "
    port, pid = rng.randint(1024, 65535), rng.randint(100, 32768)
    events = (
        f"Failed password for invalid user {user} from {host} port {port} ssh2",
        f"Accepted publickey for {user} from {host} port {port} ssh2",
        f"Connection closed by {host} port {port} [preauth]",
        f"pam_unix(sshd:session): session opened for user {user} by (uid=0)",
    )
    return f"{head}sshd[{pid}]: {rng.choice(events)}"


def _json(rng: Rng, number: int) -> str:
    level, status = rng.choice(("info", "warn", "error")), rng.choice((200, 302, 404, 500))
    mail = KINDS["email"](rng) if rng.random() < 0.3 else "-"
    return (
        f'{{"ts":"{KINDS["timestamp"](rng)}","level":"{level}","seq":{number},'
        f'"request":"{KINDS["uuid"](rng)}","client":"{KINDS["ip"](rng)}","user":"{mail}",'
        f'"path":"/{rng.choice(_WORDS)}/{rng.randint(1, 9999)}","status":{status},'
        f'"took_ms":{rng.uniform(1, 900):.1f}}}'
    )


def _zeek(rng: Rng, number: int) -> str:
    stamp = f"{1_768_000_000 + number}.{rng.randint(0, 999_999):06}"
    mac = KINDS["mac"](rng)
    cells: Iterable[object] = (
        *(stamp, f"C{rng.getrandbits(60):012x}", KINDS["ip"](rng), rng.randint(1024, 65535)),
        *(KINDS["ip"](rng), rng.choice((22, 53, 80, 443)), rng.choice(("tcp", "udp")), mac),
        *(f"{rng.uniform(0, 9):.6f}", rng.randint(0, 10**6), rng.randint(0, 10**6), "SF"),
    )
    return "\t".join(map(str, cells))


def spread(values: Sequence[str], most: int) -> list[str]:
    """Return at most ``most`` values, taken evenly from all."""
    if len(values) <= most:
        return list(values)
    places = (place * len(values) // most for place in range(most))
    return list(itertools.islice((values[place] for place in places), most))
