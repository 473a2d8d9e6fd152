"""What the demo estate is made of: formats, variety, sameness, refusals."""

import bz2
import gzip
import ipaddress
import json
import lzma
import re
import sqlite3
from datetime import UTC, date, datetime, timedelta
from fnmatch import fnmatch
from pathlib import Path

import pytest

from scanner import config, demo, ropa
from scanner.demo import values
from scanner.errors import ConfigError

LOGS = ("fax-logs", "cloud-logs")
OLD = "us/gateway-2.log"


@pytest.fixture(scope="module")
def estate(tmp_path_factory):
    """One estate with everything planted."""
    return demo.build(tmp_path_factory.mktemp("estate") / "demo")


def contents(folder: Path) -> dict[str, object]:
    """All that a build wrote: bytes of texts and logs, dumps of databases, by relative path."""
    out: dict[str, object] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".sqlite":
            out[name] = "\n".join(connect(path).iterdump())
        elif path.is_file():
            out[name] = path.read_bytes()
    return out


def connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path)


def cells(estate: demo.Estate, source: str, table: str, column: str) -> list:
    connection = connect(estate.folder / "stores" / f"{source}.sqlite")
    query = f'SELECT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL'
    return [row[0] for row in connection.execute(query)]


def text_of(path: Path) -> str:
    """The text of a log file, whatever it is compressed with."""
    data = path.read_bytes()
    if path.suffix == ".zst":
        zstandard = pytest.importorskip("zstandard")
        return zstandard.ZstdDecompressor().decompressobj().decompress(data).decode()
    unpack = {".gz": gzip.decompress, ".bz2": bz2.decompress, ".xz": lzma.decompress}
    return unpack.get(path.suffix, bytes)(data).decode()


def log_files(estate: demo.Estate) -> list[Path]:
    return [
        path
        for source in LOGS
        for path in sorted((estate.folder / "stores" / source).rglob("*"))
        if path.is_file()
    ]


def test_same_seed_gives_the_same_estate(estate, tmp_path):
    again = demo.build(tmp_path / "again")
    assert contents(again.folder) == contents(estate.folder)


def test_another_seed_gives_other_people(estate, tmp_path):
    other = demo.build(tmp_path / "other", seed=1)
    mine = set(cells(estate, "xmfax-fr", "phonebook_contacts", "email"))
    theirs = set(cells(other, "xmfax-fr", "phonebook_contacts", "email"))
    assert len(mine & theirs) < len(mine) / 20


@pytest.mark.parametrize(
    ("deviation", "touched"),
    [
        ("x1-birth-date", ("stores/xmfax-ca.sqlite",)),
        ("x1-dead-glob", ("record/xmedius_2018/20-fax.toml", "record/xmedius_2020/20-fax.toml")),
        ("x2-card", ("stores/fax-logs/us/faxserver.log",)),
        ("x2-truncated", ("stores/fax-logs/ca/faxserver.log.2.gz",)),
        ("x3-clear-password", ("stores/portal-us.sqlite",)),
        ("x3-staging", ("stores/portal-staging.sqlite", "config.toml")),
        ("x5-mac", ("stores/cloud-logs/ca/delivery.jsonl",)),
        ("x9-card", ("stores/helpdesk.sqlite",)),
        (
            "x10-mailing-house",
            (
                "record/xmedius_2018/00-organisation.toml",
                "record/xmedius_2020/00-organisation.toml",
            ),
        ),
        ("x5-old-lines", ("stores/cloud-logs/us/gateway-2.log",)),
        ("x6-old-backup", ("stores/backup-eu/2024/",)),
        ("x1-overseas", ("stores/xmfax-fr.sqlite",)),
        ("s9-vendor", ("stores/xmserver-web/prices.html",)),
        ("f6-log-user", ("stores/faxcom-logs/site/access.log",)),
        ("i4-place", ("config.toml",)),
    ],
)
def test_leaving_a_deviation_out_changes_only_its_place(estate, tmp_path, deviation, touched):
    less = demo.build(tmp_path / "less", without={deviation})
    before, after = contents(estate.folder), contents(less.folder)
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert changed
    # A rotated file begins with the name of its log.
    assert all(name.startswith(touched) for name in changed)


def test_unknown_deviation_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="x1-birth-date"):
        demo.build(tmp_path / "demo", without={"x1-birthdate"})
    assert not (tmp_path / "demo").exists()


def test_folder_with_other_files_is_refused(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(ConfigError, match="not empty"):
        demo.build(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_file_in_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "demo").write_text("mine")
    with pytest.raises(ConfigError, match="is a file"):
        demo.build(tmp_path / "demo")


def test_second_build_replaces_the_first_and_keeps_the_rest(tmp_path):
    folder = tmp_path / "demo"
    demo.build(folder)
    (folder / "out").mkdir()
    (folder / "out" / "ropascan.html").write_text("report")
    (folder / "stores" / "left-over.sqlite").write_text("old")
    demo.build(folder, seed=1)
    assert (folder / "out" / "ropascan.html").exists()
    assert not (folder / "stores" / "left-over.sqlite").exists()


def test_configuration_and_record_load(estate):
    loaded = config.load(estate.config)
    records = ropa.load_all(loaded.records, demo.AS_OF)
    assert {source.name for source in loaded.sources} == {s.name for s in estate.sources}
    assert all(Path(source.path).exists() for source in loaded.sources)
    named = [record.organisation.id for record in records]
    assert named == ["xmedius_solutions", "faxcom", "ixanet", "xmserver"]
    assert records[0].effective == date(2020, 11, 1)
    assert all(record.synthetic for record in records)


@pytest.mark.parametrize(
    ("day", "named"),
    [
        (date(2015, 10, 7), {"faxcom": date(2009, 10, 30)}),
        (
            date(2019, 6, 1),
            {
                "faxcom": date(2009, 10, 30),
                "ixanet": date(2019, 5, 1),
                "xmedius_solutions": date(2018, 5, 22),
            },
        ),
    ],
)
def test_on_another_day_other_records_are_in_force(tmp_path, day, named):
    loaded = config.load(demo.build(tmp_path / "demo", day=day).config)
    records = ropa.load_all(loaded.records, day)
    assert {record.organisation.id: record.effective for record in records} == named
    globs = [glob for record in records for glob in record.sources]
    assert all(any(fnmatch(s.name, glob) for glob in globs) for s in loaded.sources)


@pytest.mark.parametrize("day", demo.DAYS)
def test_every_record_loads_whatever_the_day(tmp_path, day):
    demo.write_records(tmp_path, day=day)
    for record in demo.RECORDS:
        loaded = ropa.load(config.RecordRef(tmp_path / record.folder))
        assert loaded.organisation.id == record.organisation
        assert (loaded.effective, loaded.until) == (record.effective, record.until)
        assert loaded.synthetic


def test_both_versions_declare_what_their_policy_says(tmp_path):
    demo.write_records(tmp_path, day=demo.AS_OF)
    before, after = (
        ropa.load(config.RecordRef(tmp_path / name)) for name in ("xmedius_2018", "xmedius_2020")
    )

    def group(record, id_):
        return next(set(g.categories) for g in record.data_groups if g.id == id_)

    assert group(after, "fax_log") - group(before, "fax_log") == {
        *("call_detail_record", "approximate_location", "locality"),
    }
    assert {r.id: r.bound for r in before.retentions}["fax_90d"] == "exactly"
    assert {r.id: r.bound for r in after.retentions}["fax_90d"] == "at_most"
    assert next(s for s in before.systems if s.id == "xm_fax").access_from == ("CA", "EU")
    assert next(s for s in after.systems if s.id == "xm_fax").access_from == ("CA", "US", "EU")
    added = {s.id for s in after.stores} - {s.id for s in before.stores}
    assert added == {"connect_db", "connect_voicemail", "connect_logs", "license_db"}
    assert {s.id for s in after.stores if s.reach == "none"} == {
        *("user_device_settings", "code_transit", "fax_transit", "customer_stores"),
        "visitor_devices",
    }


@pytest.mark.parametrize("day", [date(2009, 10, 29), date(2100, 1, 1)])
def test_day_without_a_record_is_refused(tmp_path, day):
    with pytest.raises(ConfigError, match="2009-10-30"):
        demo.build(tmp_path / "demo", day=day)
    assert not (tmp_path / "demo").exists()


def test_the_demo_plays_on_a_leap_day(tmp_path):
    assert demo.build(tmp_path / "demo", day=date(2028, 2, 29)).sources


def test_files_bear_the_times_of_their_day(estate):
    limit = demo.AS_OF.replace(year=demo.AS_OF.year - 1)
    old = []
    for path in sorted((estate.folder / "stores").glob("backup-*/*/*")):
        day = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
        assert day.isoformat() in path.name
        old += [path.name] if day < limit else []
    assert old == ["dump-2024-12-20.pgdump"]


def test_record_loads_without_its_own_deviations(tmp_path):
    mine = {d.id for d in demo.DEVIATIONS if d.rule[0] in "QTH"} | {"x10-card-unprotected"}
    less = demo.build(tmp_path / "demo", without=mine)
    assert ropa.load_all(config.load(less.config).records, demo.AS_OF)


def test_nobody_has_a_real_address_or_a_domain_of_a_named_organisation(estate):
    named = re.compile(r"xmedius|fax\.com|ixanet|xmserver|j2global|google|facebook", re.I)
    for source, table in (
        ("faxcom", "registrations"),
        ("ixanet", "clients"),
        ("xmserver", "customers"),
    ):
        emails = cells(estate, source, table, "email")
        assert emails
        assert not [email for email in emails if named.search(email)]


def test_every_log_file_but_the_truncated_one_unpacks(estate):
    broken = []
    for path in log_files(estate):
        try:
            assert text_of(path).endswith("\n")
        except EOFError:
            broken.append(path.relative_to(estate.folder / "stores").as_posix())
    assert broken == ["fax-logs/ca/faxserver.log.2.gz"]


def test_logs_come_rotated_and_compressed_in_several_ways(estate):
    assert {path.suffix for path in log_files(estate)} >= {".1", ".gz", ".xz", ".bz2", ".zst"}


def test_log_lines_vary(estate):
    for path in log_files(estate):
        if path.name == "faxserver.log.2.gz":
            continue
        lines = text_of(path).splitlines()
        assert len(set(lines)) > 0.95 * len(lines), path.name


def test_json_logs_are_json_and_access_logs_are_in_the_combined_format(estate):
    combined = re.compile(
        r'\S+ \S+ \S+ \[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d \+0000\] "[A-Z]+ \S+ HTTP/1\.1" '
        r'\d{3} \d+ "[^"]*" "[^"]+"'
    )
    for path in log_files(estate):
        if ".jsonl" in path.name:
            assert all(isinstance(json.loads(line), dict) for line in text_of(path).splitlines())
        elif path.name.startswith("access.log"):
            assert all(combined.fullmatch(line) for line in text_of(path).splitlines())


def test_log_files_bear_the_time_of_their_last_line_within_the_declared_year(estate):
    for path in log_files(estate):
        day = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
        year_ago = demo.AS_OF.replace(year=demo.AS_OF.year - 1)
        old = path.as_posix().endswith(OLD)
        assert (day < year_ago) == old, path
        assert day <= demo.AS_OF


def test_telephone_numbers_are_possible_numbers(estate):
    import phonenumbers

    numbers = [
        *cells(estate, "xmfax-us", "phonebook_contacts", "phone"),
        *cells(estate, "xmfax-fr", "phonebook_contacts", "phone"),
        *cells(estate, "xmfax-ca", "phonebook_contacts", "fax_number"),
    ]
    valid = [phonenumbers.is_valid_number(phonenumbers.parse(number)) for number in numbers]
    assert sum(valid) > 0.98 * len(valid)


def test_addresses_are_neither_reserved_nor_private(estate):
    for text in cells(estate, "secure-ie", "audit_events", "ip_address"):
        assert ipaddress.ip_address(text).is_global


def test_mail_domains_are_invented_and_not_reserved(estate):
    domains = {text.split("@")[1] for text in cells(estate, "portal-us", "users", "email")}
    assert len(domains) > 30
    assert not {d for d in domains if re.search(r"example|\.test$|\.invalid$|localhost", d)}


def test_cards_and_accounts_pass_their_checksums(estate):
    for number in cells(estate, "billing", "payment_methods", "card_number"):
        assert values.luhn_digit(number[:-1]) == number[-1]
    for text in cells(estate, "billing", "payment_methods", "debit_iban"):
        iban = text.replace(" ", "")
        moved = "".join(str(int(char, 36)) for char in iban[4:] + iban[:4])
        assert int(moved) % 97 == 1


def test_near_miss_cards_fail_the_checksum(estate):
    for number in cells(estate, "billing", "payments", "order_ref"):
        assert values.luhn_digit(number[:-1]) != number[-1]


def test_ticket_texts_vary_and_come_in_two_languages(estate):
    bodies = cells(estate, "helpdesk", "ticket_messages", "body")
    assert len(set(bodies)) > 0.95 * len(bodies)
    french = sum("Cordialement" in body or "Bonjour" in body for body in bodies)
    assert 0.1 < french / len(bodies) < 0.9


def test_data_keeps_to_the_declared_regions(estate):
    allowed = {"us": {"US"}, "fr": {"FR", "IE", "RE"}, "ca": {"CA"}}
    strays = {"us": {"CA"}, "fr": {"NC"}, "ca": set()}
    for site, countries in allowed.items():
        found = set(cells(estate, f"xmfax-{site}", "tenants", "main_country"))
        assert found - countries == strays[site]


@pytest.mark.parametrize(
    ("source", "table", "days", "past"),
    [
        ("xmfax-us", "tenants", 90, 0),
        ("xmfax-ca", "tenants", 90, 3),
        ("portal-us", "accounts", 60, 0),
        ("portal-ie", "accounts", 60, 2),
        ("secure-ie", "tenants", 90, 0),
        ("secure-us", "tenants", 90, 4),
        ("connect-us", "tenants", 60, 3),
    ],
)
def test_only_planted_accounts_are_past_the_declared_limit(estate, source, table, days, past):
    limit = (demo.AS_OF - timedelta(days=days)).isoformat()
    assert sum(text < limit for text in cells(estate, source, table, "terminated_at")) == past


def test_the_day_of_the_demo_can_be_moved(tmp_path):
    later = demo.build(tmp_path / "demo", day=date(2027, 3, 1))
    newest = max(cells(later, "xmfax-us", "fax_jobs", "submitted_at"))
    assert newest[:4] == "2027"
