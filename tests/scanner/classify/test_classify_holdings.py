"""From values and names to holdings with a confidence, and to nothing where nothing is held."""

import pytest

from scanner.model import Confidence, Kind, Method

SURE, LIKELY, MAYBE = Confidence.CONFIRMED, Confidence.PROBABLE, Confidence.POSSIBLE
MAILS = [f"marie.k{n}@acme.fr" for n in range(30)]
NAMES = ["Marie Dupont", "John Smith", "Peter Keller", "Anna Rossi", "Laura Martin"] * 6
CARDS = ["4532015112830366", "4539148803436467", "5425233430109903", "2223016768739313"]
BCRYPT = "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW"
NOISE = [f"order {n} was shipped" for n in range(30)]

CONTENT = [
    ("many addresses", {"f": MAILS}, "email_address", SURE),
    ("two addresses, named", {"email": MAILS[:2]}, "email_address", SURE),
    ("two addresses, not named", {"f": MAILS[:2]}, "email_address", LIKELY),
    ("one hash", {"f": [BCRYPT]}, "password_hash", SURE),
    ("cards", {"f": CARDS}, "payment_card_number", SURE),
    ("a lone card, not named", {"f": [*CARDS[:1], *NOISE]}, "payment_card_number", MAYBE),
    ("a lone card, named", {"card_number": CARDS[:1]}, "payment_card_number", LIKELY),
    ("names, named", {"full_name": NAMES}, "person_name", SURE),
    ("a digest, named", {"password": ["5f4dcc3b5aa765d61d8327deb882cf99"]}, "password_hash", SURE),
    (
        "a digest in Base64",
        {"password_hash": ["pbFwXWE99vobT6g+vPWFy93NtUU/orrIWafF01hccfM="]},
        "password_hash",
        SURE,
    ),
    ("a digest and its salt", {"password": ["0a" * 32 + ":xY9.kQ2:1"]}, "password_hash", SURE),
    ("middle initials", {"middle_name": ["A", "B", "K"] * 9}, "name_part", LIKELY),
    ("house numbers", {"hnr": ["12", "7", "103"] * 9}, "postal_address", LIKELY),
    ("a value below its key", {"email.value": MAILS}, "email_address", SURE),
    ("a clear password", {"password": ["hunter22", "tr0ubador"]}, "password_plaintext", SURE),
    ("gender words", {"f": ["male", "female"] * 20}, "gender", LIKELY),
    ("genders by code", {"sex": ["0", "1"] * 20}, "gender", SURE),
    ("birth dates", {"birth_date": ["1984-03-09", "1990-01-02"] * 9}, "date_of_birth", SURE),
    ("addresses of hosts", {"f": [f"83.149.9.{n}" for n in range(20)]}, "ip_address", SURE),
    ("fax numbers", {"fax": ["+33 1 12 34 56 78", "+33 1 12 34 56 79"]}, "fax_number", SURE),
    ("logins", {"login": ["mkeller", "jdoe"]}, "username", SURE),
    ("local parts", {"email": ["SKING", "NKOCHHAR", "LDEHAAN"]}, "username", LIKELY),
    ("streets", {"adresse": ["12 rue Neuve", "3 bis rue Haute"] * 9}, "postal_address", LIKELY),
    ("post codes", {"zip": ["02138", "01060-1234"]}, "locality", SURE),
    ("licences", {"driver_license": ["S9938847", "S9938848"]}, "driver_licence_number", SURE),
]


@pytest.mark.parametrize(
    ("columns", "category", "confidence"), [row[1:] for row in CONTENT], ids=[r[0] for r in CONTENT]
)
def test_held(held, columns, category, confidence):
    (field,) = columns
    assert held(columns)[field, category].confidence is confidence


NOTHING = [
    ("product names", {"name": ["Oak Table", "Desk Lamp", "Steel Bolt"]}, "products"),
    (
        "song titles with names",
        {"name": ["Hey Jude", "Angie", "Layla Smith", "Billie Jean"]},
        "tracks",
    ),
    ("categories", {"name": ["Rock", "Jazz", "Latin", "Blues"]}, "genres"),
    ("digests of files", {"sha256": ["a" * 32 + "0" * 32]}, "files"),
    ("ordinary numbers", {"total": ["12.50", "8.00", "1234567.89"]}, "orders"),
    ("versions", {"version": ["5.0.0.41", "5.0.0.808", "5.0.0.328"]}, "releases"),
    ("timestamps", {"ts": [str(1699999999000000 + 7919 * n) for n in range(200)]}, "events"),
    ("plain numbers of ten digits", {"ref": [str(5142815555 + n) for n in range(50)]}, "orders"),
    ("unique numbers", {"ref": ["7d444840-9dc0-41d1-b245-5ffdce74fad2"]}, "orders"),
    ("states of orders", {"state": ["shipped", "pending"] * 9}, "orders"),
    ("links of products", {"link": ["https://acme.fr/p/1", "https://acme.fr/p/2"]}, "products"),
    ("empty", {"email": [None, None]}, "customers"),
    ("an option", {"settings.gender_neutral": ["true", "false"]}, "account_settings"),
    ("keys taken out", {"api_key": ["[REDACTED]"] * 20}, "requests"),
    ("starred passwords", {"password": ["********", "*****"] * 9}, "users"),
    ("plan codes", {"plan_code": [f"900-{n}-1000" for n in range(10, 40)]}, "plans"),
    ("digests", {"content": ["pbFwXWE99vobT6g+vPWFy93NtUU/orrIWafF01hccfM="]}, "objects"),
    ("a code", {"pan": [f"ABCP{n}D" for n in range(1000, 1030)]}, "products"),
    ("circuits", {"name": ["Circuit Gilles Villeneuve", "Autodromo Enzo Ferrari"]}, "circuits"),
    ("courses", {"fullname": ["Algebra", "Calculus", "John Keats", "Physics"]}, "courses"),
    ("flags", {"email_verified": ["0", "1"] * 9}, "users"),
]


@pytest.mark.parametrize(
    ("columns", "asset"), [row[1:] for row in NOTHING], ids=[row[0] for row in NOTHING]
)
def test_nothing_probable_is_held(run, columns, asset):
    held = run(columns, asset=asset).holdings
    assert [h for h in held if h.confidence is not MAYBE] == []


def test_a_name_field_is_judged_by_its_asset(held):
    words = ["Aylin", "Bo", "Çelik", "Dvořák"]
    assert held({"name": words}, asset="customers")["name", "person_name"].confidence is not MAYBE
    assert ("name", "person_name") not in held({"name": words}, asset="products")


def test_a_checksum_counts_by_the_share_of_its_shape(held):
    # One in ten numbers passes the check by chance.
    ids = [str(4532015112830360 + n) for n in range(40)]
    assert ("ref", "payment_card_number") not in held({"ref": ids})


def test_neighbours_raise_a_name(held):
    alone = held({"state": ["OH", "NY"]}, asset="t")["state", "locality"]
    columns = {"state": ["OH", "NY"], "street": ["1 High St", "2 Low St"], "city": ["Ayr", "Ely"]}
    among = held(columns, asset="t")["state", "locality"]
    assert among.score > alone.score
    assert any("tell of people or addresses" in why for why in among.why)


def test_who_did_it_by_address_is_an_address(held):
    assert {category for _, category in held({"created_by": MAILS})} == {"email_address"}
    assert ("login", "username") in held({"login": MAILS})


def test_a_strict_format_counts_among_values_of_another_form(held):
    pem = "-----BEGIN PRIVATE KEY-----\nMIIBOgIBAAJBAK\n-----END PRIVATE KEY-----"
    cells = [*(f"vault:v1:{n:032x}" for n in range(90)), pem]
    assert held({"wrapped_key": cells})["wrapped_key", "cryptographic_key"].confidence is SURE


def test_an_empty_field_holds_nothing(held):
    assert held({"email": [None] * 9, "first_name": ["Marie"] * 9}, asset="customers").keys() == {
        ("first_name", "name_part")
    }


def test_a_city_called_charlotte_is_no_person(held):
    columns = {"city": ["Charlotte Amalie", "San Marino", "Santa Rosa"] * 5}
    assert {category for _, category in held(columns, asset="customers")} == {"locality"}


def test_logins_written_with_a_dot_are_no_host_names(held):
    logins = ["jan.me", "ada.li", "tom.no", *(f"p{n}kovacs" for n in range(12))]
    assert {category for _, category in held({"staff_login": logins})} == {"username"}
    hosts = [f"pc-{n}.acme.de" for n in range(15)]
    assert ("staff_login", "computer_name") in held({"staff_login": hosts})


def test_an_employer_of_a_customer_is_no_person(held):
    found = held({"company_name": ["Acme", "Globex"], "email": MAILS}, asset="customers")
    assert ("company_name", "person_name") not in found
    assert ("company_name", "job_and_employer") in found


def test_the_age_of_a_dog_is_not_held_for_sure(held):
    found = held({"age": ["3", "4"], "owner_email": MAILS[:2]}, asset="dogs")
    assert found["age", "age"].confidence is MAYBE


def test_kinds_that_cannot_hold_a_category(held):
    columns = {"email": ["1", "2"], "city": ["1", "2"]}
    found = held(columns, kinds={"email": Kind.INTEGER, "city": Kind.INTEGER})
    assert ("email", "email_address") not in found
    assert ("city", "locality") not in found or found["city", "locality"].confidence is MAYBE


def test_a_sample_is_judged_by_the_lower_bound(held):
    cells = ["Marie Dupont"] * 6 + ["x9"] * 14
    whole = held({"full_name": cells}, method=Method.WHOLE)["full_name", "person_name"]
    sample = held({"full_name": cells}, method=Method.RANDOM)["full_name", "person_name"]
    assert sample.score < whole.score


def test_free_text_is_told(run):
    notes = [
        f"Called the customer about case {n}, she will write to marie{n}@acme.fr." for n in range(9)
    ]
    result = run({"notes": notes, "email": MAILS[:9]})
    assert result.text_fields == ("notes",)
    by_place = {(h.field, h.category): h for h in result.holdings}
    assert by_place["notes", "email_address"].text
    assert not by_place["email", "email_address"].text


def test_messages_are_text_and_have_no_name(run):
    lines = [f"Accepted password for mkeller{n} from 10.0.0.{n} port 22" for n in range(12)]
    result = run({"email": lines}, kinds={"email": Kind.MESSAGE})
    assert result.text_fields == ("email",)
    assert {h.category for h in result.holdings} == {"username", "ip_address"}
    assert all(h.text for h in result.holdings)


def test_masked_cards_are_never_more_than_possible(held):
    found = held({"card_number": ["411111******1111", "************4242"]})
    holding = found["card_number", "payment_card_number"]
    assert holding.confidence is MAYBE
    assert holding.matched == 0
    assert dict(holding.marks) == {"masked": 2}


def test_test_values_are_marked_and_counted(held):
    cells = ["a@example.com", "b@example.com", "marie@acme.fr", "info@acme.fr"]
    holding = held({"email": cells})["email", "email_address"]
    assert holding.matched == 4
    assert dict(holding.marks) == {"role": 1, "test": 2}
    assert holding.telling == 2


def test_a_holding_says_why_and_shows_no_value(held):
    holding = held({"email": MAILS}, asset="employees")["email", "email_address"]
    assert holding.subject == "employee"
    assert holding.by == ("EmailRecognizer",)
    assert any('says "email"' in why for why in holding.why)
    assert not [
        part for part in (*holding.why, *holding.examples, repr(holding)) if "marie" in part
    ]


def test_subject_of_the_field_wins(held):
    found = held({"patient_email": MAILS[:3]}, asset="employees")
    assert found["patient_email", "email_address"].subject == "patient"


def test_holdings_are_sorted(run):
    columns = {"zip": ["02138"], "email": MAILS[:2], "first_name": ["Marie"]}
    places = [(h.field, h.category) for h in run(columns, asset="customers").holdings]
    assert places == sorted(places)
