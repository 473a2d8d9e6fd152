"""What a record allows where, drafts left out."""

from dataclasses import replace
from pathlib import Path

import pytest

from scanner.config import RecordRef
from scanner.ropa import Declared, load, members
from scanner.ropa.types import Ropa

RECORD = """
format = "1"
[organisation]
id = "acme"

[[data_group]]
id = "people"
categories = ["identity", "email_address"]
[[data_group]]
id = "accounts"
categories = ["account", "username"]
[[data_group]]
id = "invoices"
categories = ["invoice_data", "postal_address"]
open_ended = true
[[data_group]]
id = "files"
categories = ["uploaded_file"]
unbounded = true
[[data_group]]
id = "only_drafted"
categories = ["gender", "religious_philosophical_belief"]
[[data_group]]
id = "nobodys"
categories = ["fax_number"]

[[activity]]
id = "sales"
role = "controller"
data_groups = ["people"]
[[activity]]
id = "hosting"
role = "processor"
data_groups = ["files"]
[[activity]]
id = "billing"
role = "controller"
data_groups = ["invoices"]
[[activity]]
id = "idea"
role = "controller"
status = "draft"
data_groups = ["only_drafted", "people"]

[[system]]
id = "crm"
activities = ["sales", "billing", "idea"]
[[system]]
id = "drive"
activities = ["hosting"]

[[store]]
id = "crm_db"
system = "crm"
kind = "database"
data_groups = ["people", "accounts"]
not_allowed = ["financial"]
[[store]]
id = "bills"
system = "crm"
kind = "database"
data_groups = ["invoices"]
[[store]]
id = "drive_files"
system = "drive"
kind = "object_store"
data_groups = ["files"]
[[store]]
id = "backup"
system = "crm"
kind = "backup"
backup_of = ["bills", "drive_files", "proposed"]
[[store]]
id = "backup_of_backup"
system = "crm"
kind = "backup"
backup_of = ["backup"]
[[store]]
id = "proposed"
system = "crm"
kind = "database"
status = "draft"
approved_by = "DPO"
approved_on = 2026-01-01
data_groups = ["only_drafted"]
"""


@pytest.fixture
def ropa(tmp_path: Path) -> Ropa:
    path = tmp_path / "record.toml"
    path.write_text(RECORD, "utf-8")
    return load(RecordRef(path))


@pytest.fixture
def declared(ropa: Ropa) -> Declared:
    return Declared(ropa)


def test_a_group_covers_its_leaves_but_strict_groups_cover_none(declared: Declared) -> None:
    allowed = declared.allowed("crm_db")
    assert {"person_name", "date_of_birth", "email_address", "username"} <= allowed
    assert "password_hash" not in allowed  # in "account" every category must be named
    assert "postal_address" not in allowed
    assert [(group.id, id_) for group, id_ in declared.uncovering()] == [("accounts", "account")]


def test_backups_may_hold_what_they_copy_through_any_depth(declared: Declared) -> None:
    wanted = {"invoice_data", "postal_address", "uploaded_file"}
    assert declared.allowed("backup") == wanted
    assert declared.allowed("backup_of_backup") == wanted
    assert [group.id for group in declared.unbounded("backup_of_backup")] == ["files"]


def test_backups_in_a_circle_end(ropa: Ropa) -> None:
    stores = tuple(
        replace(store, backup_of=("backup_of_backup",)) if store.id == "backup" else store
        for store in ropa.stores
    )
    assert Declared(replace(ropa, stores=stores)).allowed("backup") == frozenset()


@pytest.mark.parametrize(
    ("category", "stores", "anywhere"),
    [
        ("postal_address", ["bills", "backup", "backup_of_backup"], True),
        ("email_address", ["crm_db"], True),
        ("gender", ["crm_db"], True),  # through the group "identity"
        ("religious_philosophical_belief", [], False),  # only drafts name it
        ("fax_number", [], True),  # nobody uses the group, but the record names it
        ("iban_of_nobody", [], False),
    ],
)
def test_where_a_category_is_declared(
    category: str, stores: list[str], anywhere: bool, declared: Declared
) -> None:
    assert [store.id for store in declared.stores(category)] == stores
    assert declared.anywhere(category) is anywhere
    assert bool(declared.declaring(category)) is anywhere


@pytest.mark.parametrize(
    ("store", "category", "group"),
    [
        ("bills", "account_balance", "invoices"),  # financial, as invoice data is
        ("bills", "phone_number", "invoices"),  # contact, as the postal address is
        ("bills", "gender", ""),
        ("crm_db", "phone_number", ""),  # not open-ended
        ("backup", "phone_number", "invoices"),
    ],
)
def test_open_ended_groups_tolerate_kin(
    store: str, category: str, group: str, declared: Declared
) -> None:
    found = declared.open_to(store, category)
    assert (found.id if found else "") == group


def test_a_prohibition_of_a_group_means_all_of_it(declared: Declared) -> None:
    assert "payment_card_number" in declared.forbidden("crm_db")
    assert members(["special", "gender"]) >= {"health_data", "gender"}
    assert "email_address" not in members(["special", "gender"])
    assert "email_address" in members(["*"])


@pytest.mark.parametrize(
    ("store", "category", "activities"),
    [
        ("crm_db", "email_address", ["sales"]),
        ("crm_db", "", ["sales"]),
        ("crm_db", "username", []),  # no activity declares it
        ("bills", "invoice_data", ["billing"]),
        ("drive_files", "", ["hosting"]),
    ],
)
def test_activities_behind_a_store(
    store: str, category: str, activities: list[str], declared: Declared
) -> None:
    assert [activity.id for activity in declared.activities(store, category)] == activities


def test_only_stores_of_processors_are_processor_only(declared: Declared) -> None:
    assert declared.processor_only("drive_files") is True
    assert declared.processor_only("crm_db") is False
    assert declared.processor_only("bills") is False


def test_drafts_allow_nothing_even_when_approved(declared: Declared) -> None:
    assert declared.allowed("proposed") == frozenset()


def test_open_list_without_an_item_is_open_to_every_category(tmp_path: Path) -> None:
    text = RECORD.replace('categories = ["invoice_data", "postal_address"]', "categories = []")
    (tmp_path / "ropa.toml").write_text(text, "utf-8")
    declared = Declared(load(RecordRef(tmp_path / "ropa.toml")))
    store = next(s.id for s in declared.ropa.stores if "invoices" in s.data_groups)
    found = declared.open_to(store, "ip_address")
    assert found is not None
    assert found.id == "invoices"
