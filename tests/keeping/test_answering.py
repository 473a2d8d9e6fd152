"""A finding is accepted for a time or resolved by a declaration; nothing written is rewritten."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from scanner.config import RecordRef
from scanner.errors import ConfigError, RecordError
from scanner.history import Entry, History
from scanner.keeping import answering
from scanner.keeping.appending import add
from scanner.model import Confidence, Severity
from scanner.ropa import load

Run = Callable[..., Result]
TODAY = "2026-01-15"


@pytest.fixture
def found(shop: Path, run: Run) -> Entry:
    """An I01: the shop declares names, and holds addresses."""
    (shop / "record.toml").write_text(
        """format = "1"  # ours
[organisation]
id = "shop_sa"
name = "Shop SA"
country = "FR"
email = "dpo@shop.fr"
[[data_group]]
id = "names"
categories = ["name_part", "person_name", "employment_record", "customer_identifier"]
[[system]]
id = "shop"
[[store]]
id = "db"
system = "shop"
kind = "database"
data_groups = ["names"]
[[store.site]]
country = "FR"
match = ["sqlite://shop/**"]
"""
    )
    (shop / "config.toml").write_text(
        '[[record]]\npath = "record.toml"\n[[source]]\nname = "shop"\npath = "shop.sqlite"\n'
        'country = "FR"\n'
    )
    run("scan", "--out", "out", "--format", "json", "--as-of", TODAY)
    entries = History.load(shop / "out/history.json").entries.values()
    (entry,) = [e for e in entries if (e.rule, e.category) == ("I01", "email_address")]
    return entry


def again(run: Run, shop: Path) -> str:
    """Scan once more and say how the finding stands."""
    run("scan", "--out", "out", "--format", "json", "--as-of", TODAY)
    return (shop / "out/ropascan.json").read_text()


def test_fix_appends_the_declaration_that_silences_it(found: Entry, shop: Path, run: Run) -> None:
    before = (shop / "record.toml").read_text()
    done = run("record", "fix", found.fingerprint, "--by", "Dana", "--reason", "Orders by e-mail",
               "--as-of", TODAY)  # fmt: skip
    assert done.exit_code == 0, done.output
    after = (shop / "record.toml").read_text()
    assert after.startswith(before)
    assert "Dana: Orders by e-mail" in after
    again(run, shop)
    assert History.load(shop / "out/history.json").entries.get(found.fingerprint) is None


def test_accept_has_owner_reason_end_and_ceiling(found: Entry, shop: Path, run: Run) -> None:
    done = run("record", "accept", found.fingerprint[:8], "--by", "Dana", "--reason", "Moved soon",
               "--until", "2026-06-30", "--as-of", TODAY)  # fmt: skip
    assert done.exit_code == 0, done.output
    (block,) = load(RecordRef(shop / "record.toml")).accepts
    assert (block.finding, block.store, block.category) == (found.fingerprint, "db", found.category)
    assert (block.by, block.reason, block.until) == ("Dana", "Moved soon", date(2026, 6, 30))
    assert block.up_to == found.records
    assert '"accepted"' in again(run, shop)


@pytest.mark.parametrize(
    ("until", "severity", "fine"),
    [
        ("2027-01-15", Severity.MEDIUM, True),
        ("2027-01-16", Severity.MEDIUM, False),
        ("2026-04-15", Severity.CRITICAL, True),
        ("2026-04-16", Severity.CRITICAL, False),
        ("2026-01-14", Severity.LOW, False),
    ],
)
def test_exception_ends_when_it_must(
    tmp_path: Path, until: str, severity: Severity, fine: bool
) -> None:
    path = tmp_path / "r.toml"
    path.write_text('format = "1"\n[organisation]\nid = "acme"\n')
    entry = Entry("0123456789abcdef", "I02", "undeclared-store", "acme", severity,
                  Confidence.CONFIRMED, "Title", date(2026, 1, 1), date(2026, 1, 15), 7,
                  prefix="sqlite://x")  # fmt: skip
    day, end = date(2026, 1, 15), date.fromisoformat(until)
    if fine:
        answering.accept(RecordRef(path), entry, by="D", reason="r", day=day, until=end)
        assert load(RecordRef(path)).accepts[0].up_to == 7
    else:
        with pytest.raises(ConfigError, match="until"):
            answering.accept(RecordRef(path), entry, by="D", reason="r", day=day, until=end)


def test_finding_that_is_not_there_is_one_sentence(found: Entry, run: Run) -> None:
    done = run("record", "fix", "feedfacefeedface", "--by", "D", "--reason", "r")
    assert isinstance(done.exception, ConfigError)
    assert "feedface" in str(done.exception)


def test_finding_without_a_declaration_says_what_to_do(tmp_path: Path) -> None:
    entry = Entry("0123456789abcdef", "S01", "unprotected-secret", "acme", Severity.CRITICAL,
                  Confidence.CONFIRMED, "T", date(2026, 1, 1), date(2026, 1, 15), 7, store="db",
                  advice="Hash the passwords.")  # fmt: skip
    with pytest.raises(ConfigError, match="Hash the passwords"):
        answering.fix(RecordRef(tmp_path / "r.toml"), entry, by="D", reason="r", day=date.today())


def test_addition_that_would_not_load_leaves_the_record_alone(tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    path.write_text('format = "1"\n[organisation]\nid = "acme"')
    before = path.read_bytes()
    with pytest.raises(RecordError, match="Nothing was written"):
        add(RecordRef(path), '[[store]]\nid = "x"\n', "more.toml")
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_folder_gets_a_file_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "record"
    folder.mkdir()
    (folder / "a.toml").write_text('format = "1"\n[organisation]\nid = "acme"\n')
    for id_ in ("one", "two"):
        add(RecordRef(folder), f'[[system]]\nid = "{id_}"\n', "more.toml")
    assert [s.id for s in load(RecordRef(folder)).systems] == ["one", "two"]


@pytest.mark.parametrize("ids", [["nothing"], ["db"]])
def test_only_drafts_are_approved(found: Entry, run: Run, ids: list[str]) -> None:
    done = run("record", "approve", *ids, "--by", "Dana")
    assert isinstance(done.exception, ConfigError)
