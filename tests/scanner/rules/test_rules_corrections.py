"""What the record corrects (is_not, must_be), and what it cannot talk away."""

from pathlib import Path
from typing import Any

import pytest
from rulecases import inventory, record

from scanner.model import Correction, Outcome
from scanner.ropa.matching import Matcher
from scanner.rules.corrections import Corrected, correct

RECORD = """
format = "1"
[organisation]
id = "acme"
[[system]]
id = "shop"
[[store]]
id = "crm"
system = "shop"
kind = "database"
[[store.site]]
match = ["sqlite://crm/main/*"]
"""
ASSET = "sqlite://crm/main/users"


def field(match: str, *lines: str) -> str:
    return "\n".join(["[[store.field]]", f'match = "{match}"', *lines, ""])


def corrected(folder: Path, text: str, *holdings: dict[str, Any], **asset: Any) -> Corrected:
    ropa = record(RECORD + text, folder)
    raw = {"asset": [{"path": ASSET, "holdings": list(holdings), **asset}]}
    return correct(inventory(raw), ropa, Matcher(ropa))


def held(result: Corrected) -> list[str]:
    return [holding.category for holding in result.inventory.holdings]


def only(result: Corrected) -> Correction:
    (made,) = result.corrections
    return made


@pytest.mark.parametrize("named", ["social_security_number", "government_id"])
def test_is_not_sets_a_category_aside_or_all_of_a_group(tmp_path: Path, named: str) -> None:
    found = {"field": "number", "category": "social_security_number", "matched": 100,
             "confidence": "probable"}  # fmt: skip
    text = field("**/users#number", f'is_not = ["{named}"]', 'note = "an order number"')
    result = corrected(tmp_path, text, found, {"field": "mail", "category": "email_address"})
    assert held(result) == ["email_address"]
    made = only(result)
    assert (made.outcome, made.setting, made.category) == (Outcome.REMOVED, "is_not", "")
    assert (made.place, made.records, made.weighty) == (f"{ASSET}#number", 100, True)
    assert (made.line, made.match) == ("record.toml, line 13", "**/users#number")
    assert made.note == "an order number"
    assert str(made.confidence) == "probable"


def test_is_not_spares_other_fields_and_other_categories(tmp_path: Path) -> None:
    text = field("**/users#number", 'is_not = ["email_address"]')
    result = corrected(
        tmp_path,
        text,
        {"field": "number", "category": "phone_number"},
        {"field": "mail", "category": "email_address"},
    )
    assert held(result) == ["email_address", "phone_number"]
    assert only(result).outcome is Outcome.IDLE


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ({"category": "customer_identifier", "by_name": True}, "licence_identifier"),
        ({"category": "phone_number", "entity": "PHONE_NUMBER"}, "fax_number"),
        ({"category": "person_name", "entity": "PERSON"}, "username"),
        ({"category": "unclassified_personal_data", "entity": "STAFF_NUMBER"}, "employment_record"),
        (
            {"category": "phone_number", "entity": "PHONE_NUMBER", "confidence": "possible"},
            "customer_identifier",
        ),
        ({"category": "password_plaintext", "by_name": True}, "password_hash"),
    ],
)
def test_must_be_decides_where_the_values_do_not(
    tmp_path: Path, found: dict[str, Any], wanted: str
) -> None:
    text = field("**/users#x", f'must_be = "{wanted}"')
    result = corrected(tmp_path, text, {"field": "x", **found})
    assert held(result) == [wanted]
    made = only(result)
    assert (made.outcome, made.found, made.category) == (
        Outcome.CHANGED, found["category"], wanted,
    )  # fmt: skip
    (holding,) = result.inventory.holdings
    assert "the record says" in holding.why[-1]
    assert holding.confidence.value == found.get("confidence", "confirmed")


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ({"category": "password_plaintext", "entity": "PASSWORD"}, "password_hash"),
        ({"category": "payment_card_number", "entity": "CREDIT_CARD"}, "payment_reference"),
        (
            {"category": "payment_card_number", "entity": "CREDIT_CARD", "confidence": "possible"},
            "payment_reference",
        ),
        ({"category": "email_address", "entity": "EMAIL_ADDRESS"}, "phone_number"),
        ({"category": "social_security_number", "entity": "US_SSN"}, "customer_identifier"),
    ],
)
def test_must_be_does_not_talk_away_what_the_values_show(
    tmp_path: Path, found: dict[str, Any], wanted: str
) -> None:
    text = field("**/users#x", f'must_be = "{wanted}"')
    result = corrected(tmp_path, text, {"field": "x", **found})
    assert held(result) == [found["category"]]
    assert only(result).outcome is Outcome.KEPT
    assert "is_not" in only(result).detail


def test_a_must_be_that_agrees_with_what_was_found_is_no_correction(tmp_path: Path) -> None:
    text = field("**/users#x", 'must_be = "email_address"')
    result = corrected(tmp_path, text, {"field": "x", "category": "email_address"})
    assert (held(result), result.corrections) == (["email_address"], ())


def test_the_most_specific_must_be_decides(tmp_path: Path) -> None:
    text = field("**/users#*", 'must_be = "username"') + field(
        "sqlite://crm/main/users#x", 'must_be = "licence_identifier"'
    )
    found = {"field": "x", "category": "customer_identifier", "by_name": True}
    result = corrected(tmp_path, text, found, {"field": "y", "category": "username"})
    assert held(result) == ["licence_identifier", "username"]


def test_must_be_and_is_not_together_settle_what_the_values_contradict(tmp_path: Path) -> None:
    text = field("**/users#x", 'must_be = "phone_number"', 'is_not = ["email_address"]')
    found = {"field": "x", "category": "email_address", "entity": "EMAIL_ADDRESS"}
    other = {"field": "x", "category": "phone_number", "entity": "PHONE_NUMBER"}
    result = corrected(tmp_path, text, found, other)
    assert held(result) == ["phone_number"]
    assert only(result).outcome is Outcome.REMOVED


def test_two_readings_that_become_one_are_counted_once(tmp_path: Path) -> None:
    text = field("**/users#x", 'must_be = "fax_number"')
    result = corrected(
        tmp_path,
        text,
        {"field": "x", "category": "fax_number", "entity": "PHONE_NUMBER", "matched": 10},
        {"field": "x", "category": "phone_number", "entity": "PHONE_NUMBER", "matched": 400},
    )
    assert held(result) == ["fax_number"]
    assert result.inventory.holdings[0].matched == 400


@pytest.mark.parametrize(
    ("asset", "said"),
    [
        ({"fields": ["number"]}, "nothing of that category was found in the field"),
        ({"fields": ["number"], "depth": "metadata"}, "were not read"),
        ({"fields": ["other"]}, "speaks of no field that this scan has seen"),
    ],
)
def test_a_correction_without_effect_says_why(
    tmp_path: Path, asset: dict[str, Any], said: str
) -> None:
    text = field("**/users#number", 'is_not = ["tax_identifier"]')
    made = only(corrected(tmp_path, text, **asset))
    assert made.outcome is Outcome.IDLE
    assert made.place == "**/users#number"
    assert said in made.detail


def test_a_line_that_only_names_a_protection_corrects_nothing(tmp_path: Path) -> None:
    text = field("**/users#x", 'protected_by = "hashing"')
    assert corrected(tmp_path, text, {"field": "x", "category": "username"}).corrections == ()


def test_what_hides_a_card_or_a_secret_comes_first(tmp_path: Path) -> None:
    text = field("**/users#a", 'is_not = ["email_address"]') + field(
        "**/users#b", 'is_not = ["payment_card_number"]'
    )
    result = corrected(
        tmp_path,
        text,
        {"field": "a", "category": "email_address"},
        {"field": "b", "category": "payment_card_number", "entity": "CREDIT_CARD"},
    )
    assert [(c.found, c.weighty) for c in result.corrections] == [
        ("payment_card_number", True), ("email_address", False),
    ]  # fmt: skip


def test_drafts_correct_nothing(tmp_path: Path) -> None:
    text = field("**/users#x", 'is_not = ["email_address"]')
    draft = RECORD.replace('kind = "database"', 'kind = "database"\nstatus = "draft"')
    ropa = record(draft + text, tmp_path)
    raw = {"asset": [{"path": ASSET, "holdings": [{"field": "x", "category": "email_address"}]}]}
    result = correct(inventory(raw), ropa, Matcher(ropa))
    assert (held(result), result.corrections) == (["email_address"], ())
