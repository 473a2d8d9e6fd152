"""No raw value leaves the process that read it: planted values are searched for everywhere.

Values are planted in cells, JSON keys, log lines, rare words of log templates, file names and
damaged files; then every format, log record, error, ``repr`` and file written is searched.
"""

import gzip
import json
import logging
import re
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from scanner import adhoc, run
from scanner.config import Config, RecordRef
from scanner.model import ScanResult

PLANTED = {
    "email": "quirinus.zandvliet@polderwerk-mail.nl",
    "phone": "+33 6 39 98 41 27",
    "card": "5412 7512 3412 3456",
    "iban": "FR7630006000011234567890189",
    "name": "Quirinus Zandvliet",
    "password": "Tr0mb0ne-Zeppelin-47",
    "hash": "$2b$12$KIXQ4S9dV1m3u5w7y9A1CeD3fG5hJ7kL9mN1pQ3rS5tU7vW9xY1z.",
    "jwt": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJxdWlyaW51cyJ9.c2lnbmF0dXJlLXBsYW50ZWQtaGVyZQ",
    "ip": "81.207.44.13",
    "mac": "3c:5a:b4:91:7e:0d",
    "login": "zandvliet_q",
    "key": "planted.key@polderwerk-mail.nl",
    "file": "planted.file@polderwerk-mail.nl",
    "rare": "Xylofoonstraat",
    "ssn": "512-47-9983",
}

RECORD = """
format = "1"
[organisation]
id = "acme"
[[system]]
id = "crm"
[[data_group]]
id = "people"
categories = ["email_address", "password_hash"]
[[store]]
id = "crm_db"
system = "crm"
kind = "database"
data_groups = ["people"]
[[store.site]]
match = ["sqlite://crm/main/people"]
[[prohibit]]
id = "no_cards"
categories = ["payment_card_number"]
in = { stores = ["crm_db"] }
"""


def plant_database(folder: Path) -> None:
    rows = [
        (
            n,
            PLANTED["email"] if n % 2 else f"user{n}@polderwerk-mail.nl",
            PLANTED["phone"],
            PLANTED["card"],
            PLANTED["iban"],
            PLANTED["name"],
            PLANTED["password"] if n % 3 else PLANTED["hash"],
            PLANTED["jwt"],
            PLANTED["ip"],
            PLANTED["mac"],
            PLANTED["login"],
            PLANTED["ssn"],
            json.dumps({PLANTED["key"]: {"city": PLANTED["rare"]}, "note": PLANTED["name"]}),
            f"Bonjour, {PLANTED['name']} habite {PLANTED['rare']} et paie avec {PLANTED['card']}.",
        )
        for n in range(60)
    ]
    with sqlite3.connect(folder / "crm.sqlite") as connection:
        for table in ("people", "shadow"):
            connection.execute(
                f"create table {table} (id integer primary key, email, phone, card, iban, name, "
                "password, session_token, last_ip, mac, login, ssn, profile, note)"
            )
            connection.executemany(f"insert into {table} values ({', '.join('?' * 14)})", rows)
        connection.execute(
            "create view broken as select no_such_function(email) as email from people"
        )
    connection.close()


def plant_logs(folder: Path) -> None:
    logs = folder / "logs"
    logs.mkdir()
    lines = [
        f"2026-01-{n % 28 + 1:02d}T10:00:{n % 60:02d}Z INFO Login of user={PLANTED['login']} from "
        f"{PLANTED['ip']} mac {PLANTED['mac']} mail {PLANTED['email']} took {n} ms"
        for n in range(80)
    ]
    lines += [f"2026-01-05T11:00:00Z WARN Delivery to {PLANTED['rare']} {PLANTED['name']} failed"]
    lines += [f"2026-01-05T11:00:00Z ERROR token {PLANTED['jwt']} password={PLANTED['password']}"]
    (logs / "app.log").write_text("\n".join(lines), "utf-8")
    entries = [
        {"ts": "2026-01-05T11:00:00Z", PLANTED["key"]: n, "msg": f"card {PLANTED['card']}"}
        for n in range(30)
    ]
    (logs / "svc.jsonl").write_text("\n".join(map(json.dumps, entries)), "utf-8")
    whole = gzip.compress("\n".join(lines).encode())
    (logs / "old.log.gz").write_bytes(whole[: len(whole) // 2])
    (logs / f"{PLANTED['file']}.pdf").write_bytes(b"%PDF-1.4 " + PLANTED["name"].encode())
    (logs / f"{PLANTED['file']}.log").write_text("\n".join(lines), "utf-8")


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("estate")
    plant_database(folder)
    plant_logs(folder)
    (folder / "record.toml").write_text(RECORD, "utf-8")
    (folder / "config.toml").write_text(
        '[[record]]\npath = "record.toml"\n'
        '[[source]]\nname = "crm"\npath = "crm.sqlite"\ncountry = "FR"\nviews = true\n'
        '[[source]]\nname = "logs"\npath = "logs"\ncountry = "US"\n',
        "utf-8",
    )
    return folder


def needles() -> list[str]:
    """The planted values, and the parts of them that tell as much."""
    parts = ["zandvliet", "polderwerk", "xylofoon", "zeppelin", "39984127", "751234123456"]
    return [value.lower() for value in PLANTED.values()] + parts


def assert_clean(text: str, where: str) -> None:
    low = text.lower()
    squeezed = re.sub(r"[\s-]", "", low)
    for needle in needles():
        assert needle not in low, f"{where} shows a planted value"
        assert re.sub(r"[\s-]", "", needle) not in squeezed, f"{where} shows a planted value"


def ropascan(estate: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "scanner", *arguments]
    return subprocess.run(
        command, cwd=estate, capture_output=True, text=True, check=False, timeout=240,
        env={**__import__("os").environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )  # fmt: skip


ALL = [part for name in ("terminal", "json", "jsonl", "html") for part in ("--format", name)]


@pytest.mark.parametrize(
    "arguments",
    [
        ["scan", "--out", "out", *ALL],
        ["scan", "--out", "out", "--jobs", "1", *ALL],  # again: the history is read and written
        ["scan", "--dry-run"],
        ["scan", "--depth", "names"],
        ["inventory", "crm.sqlite", "logs", "--out", "inventory", "--country", "US", *ALL],
        ["inventory", "logs/old.log.gz"],
        ["explain", "sqlite://crm/main/people", "--format", "json"],
        ["explain", "sqlite://crm/main/people#password"],
        ["explain", "log://logs/app.log", "--format", "json"],
        ["explain", "sqlite://people/main/people#note", "--source", "crm.sqlite"],
        ["config", "check"],
    ],
    ids=lambda value: " ".join(value[:2]),
)
def test_no_command_shows_a_planted_value(estate: Path, arguments: list[str]) -> None:
    done = ropascan(estate, *arguments)
    wrong_path = "sqlite://people/main/people#note" in arguments
    assert done.returncode in ((2,) if wrong_path else (0, 1, 3)), done.stderr
    assert_clean(done.stdout, "standard output")
    assert_clean(done.stderr, "standard error")
    for file in [*estate.glob("out/*"), *estate.glob("inventory/*")]:
        assert_clean(file.read_text("utf-8"), file.name)


def result_of(estate: Path) -> ScanResult:
    places = [str(estate / "crm.sqlite"), str(estate / "logs")]
    config = adhoc.config(places, nations=["US", "FR"])
    config = Config(
        sources=config.sources,
        records=(RecordRef(estate / "record.toml"),),
        detection=config.detection,
        jobs=1,
    )
    return run.scan(config, run.Options(as_of=date(2026, 1, 15)))


def test_no_repr_and_no_log_record_shows_a_planted_value(
    estate: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        result = result_of(estate)
    assert_clean(repr(result), "the result")
    assert_clean("\n".join(f"{r.getMessage()} {r.args}" for r in caplog.records), "a log record")


def test_the_planted_values_were_really_found(estate: Path) -> None:
    """Silence proves nothing unless the scan saw what was planted."""
    found = {holding.category for holding in result_of(estate).inventory.holdings}
    assert {
        "email_address", "phone_number", "payment_card_number", "bank_account_number",
        "ip_address", "mac_address", "session_token", "password_plaintext",
    } <= found  # fmt: skip
