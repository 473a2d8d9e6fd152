"""Production data in a staging copy, from two databases to the finding (A040)."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

import reports
from scanner import run
from scanner.config import load
from scanner.model import AssetResult, ScanResult
from scanner.worker import Worker

DAY = date(2026, 1, 15)
RECORD = """
format = "1"
[organisation]
id = "acme"
name = "Acme"
country = "FR"
[settings]
test_domains = ["qa.acme.fr"]
[[activity]]
id = "accounts"
role = "controller"
legal_basis = ["contract"]
data_groups = ["directory"]
[[data_group]]
id = "directory"
categories = ["email_address"]
[[system]]
id = "portal"
activities = ["accounts"]
[[store]]
id = "directory"
system = "portal"
kind = "database"
data_groups = ["directory"]
[[store.site]]
country = "FR"
match = ["sqlite://live/**"]
[[store]]
id = "staging"
system = "portal"
kind = "database"
environment = "staging"
data_groups = ["directory"]
[[store.site]]
country = "FR"
match = ["sqlite://copy/**"]
"""
NAMES = ("alice", "bruno", "claire", "david", "emma", "felix", "greta", "hugo", "ines", "jonas")


def mails(count: int, first: int = 0, domain: str = "gmail.com") -> list[str]:
    return [f"{NAMES[n % 10]}.martin{n}@{domain}" for n in range(first, first + count)]


def database(path: Path, addresses: list[str]) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT)")
    connection.executemany("INSERT INTO users (email) VALUES (?)", [(a,) for a in addresses])
    connection.commit()
    connection.close()


@pytest.fixture
def scanned(tmp_path: Path):
    def _scan(live: list[str], copy: list[str], *, rows: int = 1000) -> ScanResult:
        database(tmp_path / "live.db", live)
        database(tmp_path / "copy.db", copy)
        (tmp_path / "record.toml").write_text(RECORD, "utf-8")
        sources = ""
        for name in ("live", "copy"):
            url = f"sqlite:///{(tmp_path / name).as_posix()}.db"
            sources += f'[[source]]\nname = "{name}"\nurl = "{url}"\n'
        text = f'jobs = 1\n{sources}[[record]]\npath = "record.toml"\n[sampling]\nrows = {rows}\n'
        (tmp_path / "config.toml").write_text(text + "[detection]\nnames = false\n", "utf-8")
        config = load(tmp_path / "config.toml")
        return run.scan(config, run.Options(DAY, history=tmp_path / "history.json"))

    return _scan


def told(result: ScanResult) -> list[tuple[str, str, str, str]]:
    return [
        (f.rule, f.store, f.severity.value, f.confidence.value)
        for f in result.findings
        if f.section == "findings" and f.rule != "I06"
    ]


def test_a_copy_with_real_addresses_is_production_data_in_test(scanned) -> None:
    result = scanned(mails(300), mails(200, 100))
    assert told(result) == [("P02", "staging", "high", "confirmed")]
    assert "E-mail address 200" in result.findings[0].title


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(mails(200, 5000), id="other people"),
        pytest.param(mails(19) + mails(200, 5000), id="19 in common"),
        pytest.param(mails(200, domain="example.com"), id="reserved domain"),
        pytest.param(mails(200, domain="qa.acme.fr"), id="test domain of the record"),
    ],
)
def test_a_store_with_other_data_says_nothing(scanned, copy: list[str]) -> None:
    live = mails(300) + [a for a in copy if a.endswith(("example.com", "qa.acme.fr"))]
    assert not [rule for rule, *_ in told(scanned(live, copy)) if rule == "P02"]


def test_no_digest_and_no_key_is_written(scanned, tmp_path: Path, monkeypatch) -> None:
    seen: list[AssetResult] = []
    keys: list[bytes] = []
    from scanner import run as running

    carried = running.read_asset

    def spy(worker: Worker, unit):
        result = carried(worker, unit)
        seen.append(result)
        keys.append(worker.key)
        return result

    monkeypatch.setattr(running, "read_asset", spy)
    result = scanned(mails(60), mails(60))
    found = {number for one in seen for digests in one.digests.values() for number in digests}
    assert len(found) == 60
    assert all(not one.digests for one in result.inventory.results)
    written = (tmp_path / "history.json").read_bytes() + repr(result).encode()
    for kind in ("json", "html"):
        written += reports.load(kind).render(result)
    assert not [n for n in found if str(n).encode() in written or f"{n:x}".encode() in written]
    assert keys[0].hex().encode() not in written
    assert len(set(keys)) == 1


def test_large_samples_are_compared(scanned) -> None:
    result = scanned(mails(50_000), mails(50_000, 25_000), rows=50_000)
    assert ("P02", "staging", "high", "confirmed") in told(result)
