"""Business contacts are left out under PIPEDA alone, and only where they plainly are such."""

from pathlib import Path
from typing import Any

import pytest
from rulecases import Case

RECORD = """
format = "1"
[organisation]
id = "acme"
name = "Acme"
country = "CA"
email = "privacy@acme.ca"
regimes = ["pipeda"]
[[data_group]]
id = "orders"
categories = ["invoice_data"]
[[data_group]]
id = "people"
categories = ["email_address"]
[[system]]
id = "shop"
[[store]]
id = "crm"
system = "shop"
kind = "database"
data_groups = ["orders"]
[[store.site]]
match = ["sqlite://crm/**"]
[[store]]
id = "users"
system = "shop"
kind = "database"
data_groups = ["people"]
[[store.site]]
match = ["sqlite://users/**"]
"""

HELD: list[dict[str, Any]] = [
    {"field": "full_name", "category": "person_name", "subject": "contact"},
    {"field": "email", "category": "email_address", "subject": "contact"},
    {"field": "phone", "category": "phone_number", "subject": "contact"},
]
FIELDS = ["full_name", "email", "phone", "company"]


def spoken(folder: Path, *more: dict[str, Any], record: str = RECORD, **asset: Any) -> list[str]:
    table = {"path": "sqlite://crm/main/contacts", "fields": FIELDS,
             "holdings": [*HELD, *more], **asset}  # fmt: skip
    compared = Case("x", record, {"asset": [table]}).compared(folder)
    return sorted(f.rule for f in compared.findings if f.rule in ("I01", "I03"))


def test_a024_business_contacts_are_no_finding_and_are_noted(tmp_path: Path) -> None:
    assert spoken(tmp_path) == []
    table = {"path": "sqlite://crm/main/contacts", "fields": FIELDS, "holdings": HELD}
    notes = Case("x", RECORD, {"asset": [table]}).compared(tmp_path).notes
    assert any("business contacts only, which PIPEDA leaves out: 1" in note for note in notes)


ALL = ["I01", "I01", "I03"]


@pytest.mark.parametrize("regimes", ['["eu_gdpr"]', '["pipeda", "eu_gdpr"]', '["ccpa"]', "[]"])
def test_under_other_regimes_they_count(regimes: str, tmp_path: Path) -> None:
    record = RECORD.replace('["pipeda"]', regimes)
    assert spoken(tmp_path, record=record) == ALL


def test_private_mailboxes_tell_of_people(tmp_path: Path) -> None:
    held = [{**one, "marks": {"freemail": 200}} for one in HELD]
    assert spoken(tmp_path, holdings=held) == ALL


def test_a_few_private_mailboxes_do_not(tmp_path: Path) -> None:
    held = [{**one, "marks": {"freemail": 20}} for one in HELD]
    assert spoken(tmp_path, holdings=held) == []


def test_nothing_says_that_they_are_of_organisations(tmp_path: Path) -> None:
    assert spoken(tmp_path, fields=["full_name", "email", "phone"]) == ALL


def test_more_than_contacts_makes_all_of_it_count(tmp_path: Path) -> None:
    birth = {"field": "born", "category": "date_of_birth"}
    assert spoken(tmp_path, birth) == ["I01", *ALL]


def test_a_mere_possibility_of_more_does_not(tmp_path: Path) -> None:
    birth = {"field": "born", "category": "date_of_birth", "confidence": "possible"}
    assert spoken(tmp_path, birth) == []


def test_before_the_exemption_they_count(tmp_path: Path) -> None:
    from datetime import date

    table = {"path": "sqlite://crm/main/contacts", "fields": FIELDS, "holdings": HELD}
    case = Case("x", RECORD, {"asset": [table], "as_of": date(2015, 6, 17)})
    found = case.compared(tmp_path).findings
    assert sorted(f.rule for f in found if f.rule in ("I01", "I03")) == ALL
