"""The plan: what the record says decides how deep an asset is read, before it is read."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scanner.config import RecordRef
from scanner.model import Ask, Asset, Depth, Field, Kind
from scanner.planning import plan
from scanner.ropa import load
from scanner.ropa.types import Activity, Ropa, Site, Store

AS_OF = date(2026, 1, 15)

RECORD = """
format = "1"
[organisation]
id = "acme"

[[activity]]
id = "hosting"
role = "processor"
data_groups = ["content"]

[[activity]]
id = "selling"
role = "controller"
data_groups = ["people"]

[[data_group]]
id = "content"
categories = ["message_content"]

[[data_group]]
id = "people"
categories = ["email_address"]

[[system]]
id = "shop"
activities = ["hosting", "selling"]

[[store]]
id = "db"
system = "shop"
kind = "database"
data_groups = ["people"]
{db}
[[store.site]]
match = ["sqlite://crm/**"]

[[store]]
id = "hosted"
system = "shop"
kind = "database"
data_groups = ["content"]
{hosted}
[[store.site]]
match = ["sqlite://hosted/**"]

[[store]]
id = "letters"
system = "shop"
kind = "mail"
data_groups = ["people"]
[[store.site]]
match = ["file://mail/**"]

[[retention]]
id = "leavers"
stores = ["db"]
period = "P90D"
grace = "P7D"
[retention.proof]
column = "sqlite://{{source}}/main/users#left_at"
"""


def record(tmp_path: Path, db: str = "", hosted: str = "") -> Ropa:
    file = tmp_path / "record.toml"
    file.write_text(RECORD.format(db=db, hosted=hosted), "utf-8")
    return load(RecordRef(file))


def table(path: str, *fields: Field) -> Asset:
    return Asset(path, path.split("/")[2], path.split(":")[0], fields=fields)


def depth(ropa: Ropa, path: str) -> tuple[Depth, str]:
    unit = plan([table(path)], [ropa], AS_OF).units[0]
    return unit.depth, unit.why


def test_what_nobody_declared_is_read(tmp_path: Path) -> None:
    assert depth(record(tmp_path), "sqlite://other/main/t") == (Depth.CONTENT, "default")


@pytest.mark.parametrize(
    ("db", "expected"),
    [
        ("", (Depth.CONTENT, "default")),
        ('sample = "metadata"', (Depth.METADATA, "declared_metadata")),
        ('sample = "none"', (Depth.NOTHING, "declared_none")),
    ],
)
def test_the_record_decides_how_deep(tmp_path: Path, db: str, expected: tuple[Depth, str]) -> None:
    assert depth(record(tmp_path, db=db), "sqlite://crm/main/users") == expected


def test_a_processors_store_is_read_as_metadata_unless_authorised(tmp_path: Path) -> None:
    path = "sqlite://hosted/main/t"
    assert depth(record(tmp_path), path) == (Depth.METADATA, "processor")
    authorised = 'scan_authorised_by = "the customer, 2025-11-02"'
    assert depth(record(tmp_path, hosted=authorised), path) == (Depth.CONTENT, "default")


def test_a_draft_does_not_open_a_processors_store(tmp_path: Path) -> None:
    loaded = record(tmp_path)
    draft = Activity("wish", "controller", data_groups=("content",), status="draft")
    shop = replace(loaded.systems[0], activities=("hosting", "wish"))
    planned = replace(loaded, activities=(*loaded.activities, draft), systems=(shop,))
    assert depth(planned, "sqlite://hosted/main/t") == (Depth.METADATA, "processor")
    standing = replace(draft, status="active")
    opened = replace(planned, activities=(*loaded.activities, standing))
    assert depth(opened, "sqlite://hosted/main/t") == (Depth.CONTENT, "default")


@pytest.mark.parametrize(
    ("original", "expected"),
    [("hosted", (Depth.METADATA, "processor")), ("db", (Depth.CONTENT, "default"))],
)
def test_a_backup_is_read_as_what_it_backs_up(
    tmp_path: Path, original: str, expected: tuple[Depth, str]
) -> None:
    loaded = record(tmp_path)
    copy = Store("copy", "shop", "backup", backup_of=(original,),
                 sites=(Site(("sqlite://copy/**",)),))  # fmt: skip
    assert depth(replace(loaded, stores=(*loaded.stores, copy)), "sqlite://copy/m/t") == expected


def test_mail_is_metadata(tmp_path: Path) -> None:
    assert depth(record(tmp_path), "file://mail/inbox") == (Depth.METADATA, "correspondence")


def test_names_only_reads_no_content_and_asks_nothing(tmp_path: Path) -> None:
    users = table("sqlite://crm/main/users", Field("left_at", Kind.DATE))
    unit = plan([users], [record(tmp_path)], AS_OF, names_only=True).units[0]
    assert (unit.depth, unit.why, unit.questions) == (Depth.METADATA, "depth", ())


def test_files_that_are_no_logs_are_metadata(tmp_path: Path) -> None:
    asset = Asset("file://box/a.pdf", "box", "file", type="file")
    unit = plan([asset], [], AS_OF).units[0]
    assert (unit.depth, unit.why) == (Depth.METADATA, "media")


def test_a_retention_rule_becomes_one_cutoff(tmp_path: Path) -> None:
    users = table("sqlite://crm/main/users", Field("id"), Field("left_at", Kind.DATE))
    asked = plan([users], [record(tmp_path)], AS_OF).units[0].questions
    questions = [q for q in asked if q.because.startswith("retention:")]
    assert [(q.ask, q.field, q.because) for q in questions] == [
        (Ask.COUNT_BEFORE, "left_at", "retention:leavers"),
        (Ask.EXTREMES, "left_at", "retention:leavers"),
    ]
    # 2025-10-10 + 90 days + 7 days = 2026-01-15: the limit day is still allowed.
    assert questions[0].cutoff == datetime(2025, 10, 10, tzinfo=UTC)


def test_a_log_is_asked_for_its_oldest_and_newest_entry() -> None:
    log = Asset("log://app/a.log", "app", "log", type="log")
    assert [q.ask for q in plan([log], [], AS_OF).units[0].questions] == [Ask.EXTREMES]


def test_a_record_speaks_for_its_own_sources_only(tmp_path: Path) -> None:
    from dataclasses import replace

    ropa = replace(record(tmp_path, db='sample = "none"'), sources=("billing-*",))
    assert depth(ropa, "sqlite://crm/main/users") == (Depth.CONTENT, "default")


def test_units_are_sorted_by_path() -> None:
    paths = ["sqlite://b/main/t", "sqlite://a/main/t", "log://a/x.log"]
    assert [u.asset.path for u in plan(map(table, paths), [], AS_OF).units] == sorted(paths)
