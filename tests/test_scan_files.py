"""Whole scans of folders: settings, pages, and files that are known by their names."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from scanner import run
from scanner.config import Config, Detection, RecordRef
from scanner.model import Confidence, Finding, ScanResult, Severity, Source

RECORD = """
format = "1"
[organisation]
id = "acme"
name = "Acme"
country = "FR"
email = "privacy@acme.fr"
regimes = ["eu_gdpr"]
[[party]]
id = "ga"
name = "Google Analytics"
country = "US"
[[party]]
id = "mailer"
name = "Mail sender"
hosts = ["sendgrid.net"]
[[data_group]]
id = "device"
categories = ["username", "password_hash", "email_address", "account_settings"]
[[data_group]]
id = "faxes"
categories = ["fax_document", "file_name"]
unbounded = true
[[data_group]]
id = "calls"
categories = ["call_recording"]
[[system]]
id = "fax"
[[store]]
id = "phone"
system = "fax"
kind = "device"
data_groups = ["device"]
[[store.site]]
match = ["file://files/device/**"]
[[store]]
id = "fax_files"
system = "fax"
kind = "object_store"
data_groups = ["faxes"]
[[store.site]]
match = ["file://files/faxes/**"]
[[store]]
id = "call_files"
system = "fax"
kind = "object_store"
data_groups = ["calls"]
[[store.site]]
match = ["file://files/calls/**"]
[[store]]
id = "web"
system = "fax"
kind = "file_share"
data_groups = ["device"]
[[store.site]]
match = ["file://files/web/**", "log://files/web/**"]
"""

FILES: dict[str, bytes] = {
    "device/export.ini": b"[account]\nusername = marie\npassword = Sunflower77\n"
    b"[display]\ntheme = dark\nlanguage = fr\n",
    "faxes/cancer_results_marie.pdf": b"%PDF-1.4\n",
    "faxes/order_12.pdf": b"%PDF-1.4\n",
    "calls/call_recordings/0001.wav": b"RIFF\x00\x00\x00\x00WAVEfmt ",
    "web/index.html": b'<script src="https://static.hotjar.com/c.js"></script>'
    b'<script src="https://www.googletagmanager.com/gtag/js?id=1"></script>',
    "web/app.toml": b'[mail]\nsmtp_host = "smtp.sendgrid.net"\n[errors]\n'
    b'dsn = "https://abc@o1.ingest.sentry.io/2"\n',
    "web/access.log": b'203.0.114.9 - - [14/Jan/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5 '
    b'"https://www.facebook.com/acme" "Mozilla/5.0"\n' * 30,
}


def scan(folder: Path, record: str = RECORD, files: dict[str, bytes] | None = None) -> ScanResult:
    for name, content in (FILES if files is None else files).items():
        path = folder / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (folder / "record.toml").write_text(record, "utf-8")
    config = Config(
        sources=(Source("files", path=str(folder / "files"), country="FR"),),
        records=(RecordRef(folder / "record.toml"),),
        detection=Detection(names=False),
        jobs=1,
    )
    return run.scan(config, run.Options(as_of=date(2026, 1, 15)))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> ScanResult:
    return scan(tmp_path_factory.mktemp("whole"))


def of(result: ScanResult, store: str) -> list[Finding]:
    """Return the findings of a store that count: of severity low at least, or possible ones."""
    found = [f for f in result.findings if f.store == store and f.section == "findings"]
    return [f for f in found if f.rule != "I06"]


def test_a034_a_clear_password_of_an_exported_settings_file(whole: ScanResult) -> None:
    found = [f for f in of(whole, "phone") if f.severity is not Severity.INFO]
    assert [(f.rule, str(f.severity), str(f.confidence)) for f in found] == [
        ("S01", "high", "probable")
    ]
    assert found[0].evidence[0].place == "file://files/device/export.ini#account.password"


def test_a027_a_script_loads_a_vendor_that_is_not_declared(whole: ScanResult) -> None:
    found = {f.qualifier: f for f in of(whole, "web") if f.rule == "I05"}
    assert set(found) == {"hotjar", "sentry"}
    assert {(str(f.severity), str(f.confidence)) for f in found.values()} == {
        ("medium", "probable")
    }


def test_a093_health_terms_in_names_of_faxes_are_possible(whole: ScanResult) -> None:
    found = of(whole, "fax_files")
    spoken = {(f.rule, str(f.severity)) for one in found for f in (one, *one.also)}
    assert ("I08", "info") in spoken
    sure = [f for f in found if f.confidence is not Confidence.POSSIBLE]
    assert not [f for f in sure if f.severity is not Severity.INFO]


def test_a094_recordings_in_their_declared_store_are_no_undeclared_data(
    whole: ScanResult,
) -> None:
    assert not [f for f in of(whole, "call_files") if f.severity is not Severity.INFO]
    held = {h.category for h in whole.inventory.holdings if "/calls/" in h.asset}
    assert held == {"call_recording"}


def test_a042_a_folder_of_identity_documents_is_held_by_name(tmp_path: Path) -> None:
    files = {
        f"faxes/identity_documents/passport_scan_{n:02}.jpg": b"\xff\xd8\xff" for n in range(3)
    }
    result = scan(tmp_path, files=files)
    held = [h for h in result.inventory.holdings if h.category == "identity_document_copy"]
    assert len(held) == 3
    assert {str(h.confidence) for h in held} == {"probable"}


def test_without_any_party_nothing_is_said_of_recipients(tmp_path: Path) -> None:
    result = scan(tmp_path, record='format = "1"\n[organisation]\nid = "acme"\n')
    assert not [f for f in result.findings if f.rule == "I05"]


ORDINARY = {
    "app.ini": b"[server]\nhost = 0.0.0.0\nport = 8080\nuser = www-data\nname = shop\n"
    b"password = ${DB_PASSWORD}\ntitle = My application\nlocation = /var\n[log]\nlevel = info\n",
    "settings.toml": b'[tool]\nname = "build"\nversion = "1.2.3"\ntimeout = 30\n'
    b'url = "https://acme.fr/path"\n[owner]\ngroup = "staff"\n',
    "deploy.yaml": b"service:\n  image: shop:1.4\n  replicas: 3\n  state: active\n"
    b"  env:\n    REGION: eu-west-1\n    DEBUG: no\n    ADDRESS: 10.0.0.1\n",
    "web.config": b'<c><add key="Title" value="Shop"/><add key="Country" value="FR"/></c>',
    "main.js": b'var a = "https://www.w3.org/2000/svg"; document.cookie = "theme=dark";',
}


def test_ordinary_settings_and_scripts_hold_nothing_personal(tmp_path: Path) -> None:
    result = scan(tmp_path, files=ORDINARY)
    types = {r.asset.path.rpartition("/")[2]: r.asset.type for r in result.inventory.results}
    assert set(types.values()) == {"settings", "page"}
    held = [h for h in result.inventory.holdings if h.confidence is not Confidence.POSSIBLE]
    assert [(h.asset, h.field, h.category) for h in held] == []


def test_a024_a_table_of_business_contacts_under_pipeda(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "crm.sqlite") as database:
        database.execute("create table contacts (full_name, company, email, phone)")
        database.executemany(
            "insert into contacts values (?, ?, ?, ?)",
            [
                (f"{first} Tremblay", f"Acier {n} inc.", f"{first.lower()}@acier{n}.ca",
                 f"+1 514 787 {2000 + n}")
                for n, first in enumerate(("Marie", "Luc", "Julie", "Paul") * 10)
            ],
        )  # fmt: skip
    database.close()
    record = RECORD.replace("eu_gdpr", "pipeda") + (
        '[[store]]\nid = "crm"\nsystem = "fax"\nkind = "database"\ndata_groups = ["calls"]\n'
        '[[store.site]]\nmatch = ["sqlite://crm/**"]\n'
    )
    for regimes, rules in (("pipeda", set[str]()), ("eu_gdpr", {"I01", "I03"})):
        (tmp_path / "record.toml").write_text(record.replace("pipeda", regimes), "utf-8")
        config = Config(
            sources=(Source("crm", path=str(tmp_path / "crm.sqlite"), country="CA"),),
            records=(RecordRef(tmp_path / "record.toml"),),
            jobs=1,
        )
        result = run.scan(config, run.Options(as_of=date(2026, 1, 15)))
        assert {f.rule for f in result.findings if f.rule in ("I01", "I03")} == rules
        assert any("business contacts" in note for note in result.notes) is (regimes == "pipeda")
