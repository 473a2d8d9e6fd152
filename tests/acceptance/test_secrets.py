"""Secrets, cards, and what is declared to protect them."""

import base64
import hashlib
import random
from datetime import date

import pytest
from acceptance.stage import ROWS, People, Stage
from acceptance.values import WORDS, bcrypts, card, jwt, pem_keys, readable

from scanner.taxonomy import taxonomy

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(64))
STAMPS = [f"2025-12-{n % 28 + 1:02d} 0{n % 9}:{n % 60:02d}:{n % 50:02d}" for n in range(300)]
BODY = "sqlite://helpdesk/main/ticket_messages#body"
USERS = "sqlite://portal-ie/main/users#password"


def users(stage: Stage, people: People, passwords: list[str], field: str = "password") -> None:
    stage.table("portal-ie", "users", {"id": range(ROWS), "email": people.emails, field: passwords})


# ---- passwords -----------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["xmedius_2018", "xmedius_2020"])
def test_A028_readable_passwords_where_hashes_are_declared(
    stage: Stage, people: People, version: str
) -> None:
    stage.demo(version)
    users(stage, people, readable(ROWS))
    found = stage.scan().only("S01", "portal_db", "password_plaintext", severity="critical")
    assert [item.place for item in found.evidence] == [USERS]


def test_A029_bcrypt_hashes_are_as_declared(stage: Stage, people: People) -> None:
    stage.demo("xmedius_2020")
    users(stage, people, bcrypts(ROWS))
    stage.scan().nothing()


@pytest.mark.parametrize(
    "hashed",
    [
        "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHRzYWx0{n:02d}$"
        "aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaA{n:02d}",
        "pbkdf2_sha256$600000$salt{n:08d}$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGFzaA{n:02d}=",
    ],
)
def test_near_miss_other_slow_hashes_are_as_declared(
    stage: Stage, people: People, hashed: str
) -> None:
    stage.demo("xmedius_2020")
    users(stage, people, [hashed.format(n=n) for n in range(ROWS)])
    stage.scan().nothing()


def test_near_miss_masked_passwords_are_not_readable(stage: Stage, people: People) -> None:
    stage.demo("xmedius_2020")
    users(stage, people, ["********"] * ROWS)
    stage.scan().nothing()


def test_near_miss_the_day_of_a_change_is_no_password(stage: Stage, people: People) -> None:
    stage.demo("xmedius_2020")
    users(stage, people, [stamp[:10] for stamp in STAMPS[:ROWS]], "password_changed_at")
    stage.scan().nothing()


def test_A030_unsalted_hashes_that_repeat_are_weak(stage: Stage, people: People) -> None:
    stage.demo("xmedius_2020")
    hashed = [
        hashlib.md5(WORDS[n % 7].encode(), usedforsecurity=False).hexdigest() for n in range(ROWS)
    ]
    users(stage, people, hashed)
    stage.scan().only("S02", "portal_db", "password_hash", severity="high")


def test_A030_unsalted_hashes_of_the_length_of_md5_are_weak_without_repeats(
    stage: Stage, people: People
) -> None:
    stage.demo("xmedius_2020")
    users(stage, people, people.hexes(32))
    said = stage.scan()
    assert {rule for rule, _, _ in said.headlines()} == {"S02"}, said.summary()


def test_near_miss_the_hash_of_a_file_is_no_weak_password(stage: Stage, people: People) -> None:
    stage.demo("xmedius_2020")
    stage.table("portal-ie", "plans", {"id": range(ROWS), "checksum": people.hexes(32)})
    stage.scan().nothing()


# ---- secrets in logs -----------------------------------------------------------------------------


def test_A031_a_token_in_a_fax_log_message(stage: Stage) -> None:
    stage.demo("xmedius_2018")
    lines = [f"{STAMPS[n]} DEBUG [http] POST /v1/jobs token {jwt(n)} accepted" for n in range(60)]
    stage.log("fax-logs", "us/fax.log", lines)
    said = stage.scan()
    assert {rule for rule, _, _ in said.headlines()} == {"S03"}, said.summary()
    said.one("S03", "fax_logs", "session_token", severity="critical")


def test_A031_one_token_among_many_lines_is_enough(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    lines = [f"{STAMPS[n]} INFO [t38] job {n + 48000} sent in {n} s" for n in range(200)]
    lines[77] = f"{STAMPS[77]} DEBUG [http] POST /v1/jobs token {jwt(3)} accepted"
    stage.log("fax-logs", "us/fax.log", lines)
    said = stage.scan()
    said.one("S03", "fax_logs", "session_token", severity="critical", confidence="")


def test_A032_a_bearer_token_in_a_requested_address(stage: Stage) -> None:
    people = People(60)
    stage.demo("xmedius_2020")
    lines = [
        f'{ip} - - [{n % 28 + 1:02d}/Dec/2025:10:00:{n:02d} +0000] "GET /api/files?access_token='
        f'{jwt(n)} HTTP/1.1" 200 {n + 300} "-" "curl/8.5.0"'
        for n, ip in enumerate(people.addresses)
    ]
    stage.log("cloud-logs", "us/access.log", lines)
    said = stage.scan()
    said.one("S03", "cloud_logs", "session_token", severity="critical")
    assert {rule for rule, _, _ in said.headlines()} == {"S03"}, said.summary()


def test_near_miss_words_about_tokens_are_no_secrets(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    lines = [f"{STAMPS[n]} DEBUG token bucket refilled, {n % 40} of 40 left" for n in range(120)]
    lines += [f"{STAMPS[n]} INFO password policy loaded: bcrypt cost 12" for n in range(60)]
    stage.log("fax-logs", "us/fax.log", lines)
    stage.scan().nothing()


# ---- keys and settings ---------------------------------------------------------------------------


def open_tenants(stage: Stage) -> None:
    """Nine customers in Ireland with open accounts."""
    stage.table(
        "secure-ie",
        "tenants",
        {
            "id": range(9),
            "main_country": ["IE"] * 9,
            "order_entity": ["xmedius_europe"] * 9,
            "created_at": ["2021-05-01"] * 9,
            "terminated_at": [None] * 9,
            "closed": [0] * 9,
        },
    )


def test_A033_wrapped_keys_are_as_declared(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    draw = random.Random(3)
    wrapped = [base64.b64encode(draw.randbytes(40)).decode() for _ in range(ROWS)]
    stage.table(
        "secure-ie",
        "vault_keys",
        {"id": range(ROWS), "tenant_id": [n % 9 for n in range(ROWS)], "wrapped_key": wrapped},
    )
    open_tenants(stage)
    stage.scan().nothing()


def test_near_miss_a_readable_key_is_not_wrapped(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    stage.table("secure-ie", "vault_keys", {"id": range(20), "wrapped_key": pem_keys(20)})
    said = stage.scan()
    assert {rule[0] for rule, _, _ in said.headlines()} == {"S"}, said.summary()
    said.one("S01", "secure_db", "cryptographic_key", severity="critical")


DEVICES = """
[[store]]
id = "device_exports"
system = "user_devices"
kind = "device"
data_groups = ["device_settings"]
[[store.site]]
match = ["file://portal-devices/**"]
"""


def test_A034_a_clear_password_in_an_exported_settings_file(stage: Stage) -> None:
    stage.demo("xmedius_2020", add=DEVICES)
    stage.file(
        "portal-devices",
        "desk-14.ini",
        "[account]\nusername=mdupont\npassword=Harvest-lantern-7\nlocation=Lyon\nretry=3\n",
    )
    said = stage.scan()
    said.one("S01", "device_exports", "password_plaintext", severity="high", confidence="probable")
    assert {rule for rule, _, _ in said.headlines()} == {"S01"}, said.summary()


@pytest.mark.parametrize("value", ["", "********", "${DEVICE_PASSWORD}"])
def test_near_miss_settings_without_a_readable_password(stage: Stage, value: str) -> None:
    stage.demo("xmedius_2020", add=DEVICES)
    stage.file("portal-devices", "desk-14.ini", f"[account]\nusername=mdupont\npassword={value}\n")
    stage.scan().nothing()


def tickets(stage: Stage, texts: list[str]) -> None:
    count = len(texts)
    stage.table(
        "helpdesk",
        "ticket_messages",
        {"id": range(count), "ticket_id": [n % 9 for n in range(count)], "body": texts},
    )


def ticket_texts(count: int = 80) -> list[str]:
    return [
        f"The fax to our branch office failed again with error {n % 7}, please have a look. "
        f"It worked yesterday at {n % 12 + 1} o'clock."
        for n in range(count)
    ]


def test_A035_a_password_in_a_ticket_is_said_once(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    texts = ticket_texts()
    for n in range(0, 80, 4):
        texts[n] += f" My password: {readable(80)[n]} in case you need it."
    tickets(stage, texts)
    said = stage.scan()
    assert {category for _, category in said.at(BODY)} == {"password_plaintext"}, said.summary()
    assert len(said.at(BODY)) == 1


# ---- cards ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["4539", "2223"], ids=["visa", "mastercard_2_series"])
def test_A036_a_card_number_in_a_ticket(stage: Stage, prefix: str) -> None:
    stage.demo("xmedius_2020")
    texts = ticket_texts()
    for n in range(0, 80, 9):
        texts[n] += f" Please charge my visa {card(prefix, n)} for it."
    tickets(stage, texts)
    said = stage.scan()
    assert said.at(BODY) == {("S04", "payment_card_number")}, said.summary()
    found = said.one("S04", "helpdesk", "payment_card_number", severity="critical")
    assert "I03" in said.also(found)


def test_A036_one_card_number_is_probable(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    texts = ticket_texts()
    texts[33] += f" Please charge my visa card {card('4539', 5)} for it."
    tickets(stage, texts)
    found = stage.scan().one(
        "S04", "helpdesk", "payment_card_number", severity="critical", confidence="probable"
    )
    assert "I03" in {other.rule for other in found.also}


def test_A037_masked_cards_are_counted_and_not_reported(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    lines = [f"{STAMPS[n]} INFO payment accepted, card 411111******1111" for n in range(100)]
    stage.log("fax-logs", "us/fax.log", lines)
    said = stage.scan()
    said.nothing()
    marks = [
        mark for h in said.result.inventory.holdings for mark in h.marks if mark[0] == "masked"
    ]
    assert marks, said.summary()


def test_near_miss_test_cards_are_no_finding(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    lines = [f"{STAMPS[n]} INFO self-check used card 4111 1111 1111 1111" for n in range(100)]
    stage.log("fax-logs", "us/fax.log", lines)
    stage.scan().nothing()


def test_near_miss_numbers_of_sixteen_digits_are_no_cards(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    draw = random.Random(1)
    lines = [
        f"{STAMPS[n]} INFO job {17_640_000_00000000 + draw.randrange(10**12)} done"
        for n in range(200)
    ]
    stage.log("fax-logs", "us/fax.log", lines)
    stage.scan().nothing()


def test_A038_verification_codes_are_critical_in_the_billing_store(
    stage: Stage, people: People
) -> None:
    stage.demo("xmedius_2020")
    numbers = [card("4539", n) for n in range(ROWS)]
    stage.table(
        "billing",
        "payment_methods",
        {
            "id": range(ROWS),
            "customer_id": range(ROWS),
            "card_number": numbers,
            "cvv": people.digits(3),
        },
    )
    stage.table(
        "billing",
        "customers",
        {"id": range(ROWS), "country": ["US"] * ROWS, "closed_on": [None] * ROWS},
    )
    said = stage.scan()
    found = said.one("S04", "billing", "payment_card_security_code", confidence="")
    assert found.severity == "critical"


def test_A039_mastercards_of_the_second_series_are_cards(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    lines = [
        f"{STAMPS[n]} INFO payment with card {card('2720' if n % 2 else '2223', n)} accepted"
        for n in range(100)
    ]
    stage.log("fax-logs", "us/fax.log", lines)
    said = stage.scan()
    assert {rule for rule, _, _ in said.headlines()} == {"S04"}, said.summary()
    said.one("S04", "fax_logs", "payment_card_number", severity="critical")


# ---- copies --------------------------------------------------------------------------------------


def staging(stage: Stage, mail: list[str]) -> None:
    stage.demo("xmedius_2020")
    people = People()
    users(stage, people, bcrypts(ROWS))
    stage.table(
        "portal-staging",
        "users",
        {"id": range(ROWS), "email": mail, "password": bcrypts(ROWS)},
    )
    stage.source("portal-staging", environment="staging")


def test_A040_a_copy_of_production_in_staging(stage: Stage, people: People) -> None:
    staging(stage, people.emails)
    said = stage.scan()
    found = said.one("P02", severity="high", confidence="")
    assert found.confidence.rank >= 1
    place = "sqlite://portal-staging/main/users#email"
    assert place in {item.place for item in found.evidence}
    assert {rule for rule, _ in said.at(place)} == {"P02"}, said.summary()


def test_A041_near_miss_invented_people_in_staging_are_no_copy(stage: Stage) -> None:
    staging(stage, [f"tester{n}@example.com" for n in range(ROWS)])
    stage.scan().never("P02")


def test_near_miss_other_people_in_staging_are_no_copy(stage: Stage) -> None:
    staging(stage, People(ROWS, seed=99).emails)
    stage.scan().never("P02")


# ---- identity documents --------------------------------------------------------------------------


def test_A042_scans_of_identity_documents_without_rule_and_measure(stage: Stage) -> None:
    stage.demo("xmserver")
    for n in range(12):
        stage.file(
            "xmserver-files",
            f"identity/passport-{n:04d}.jpg",
            JPEG,
            modified=date(2025, 6, 1),
        )
    said = stage.scan()
    said.nothing()
    assert [f.store for f in said.all("R02") if f.store == "identity_documents"]
    assert [f.prefix for f in said.all("Q02") if "measures" in f.title] == [
        "[[system]] client_area"
    ]
    (pair,) = (
        pair
        for record in said.result.records
        for pair in record.pairs
        if (pair.store, pair.category) == ("identity_documents", "identity_document_copy")
    )
    assert pair.state == "found"
    assert taxonomy().categories["identity_document_copy"].weight == "critical"


def test_near_miss_identity_documents_with_a_rule_of_their_own(stage: Stage) -> None:
    rule = """
[[retention]]
id = "identity_1y"
stores = ["identity_documents"]
period = "P1Y"
starts = "record_creation"
[retention.proof]
attribute = "file.modified"
"""
    stage.demo("xmserver", add=rule)
    stage.file("xmserver-files", "identity/passport-1.jpg", JPEG, modified=date(2025, 6, 1))
    said = stage.scan()
    said.nothing()
    assert not [f for f in said.all("R02") if f.store == "identity_documents"]
