"""What is found in a value, and the look-alikes that are not."""

import pytest

from scanner.model import Kind

BCRYPT = "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIBOgIBAAJBAK\n-----END RSA PRIVATE KEY-----"

FOUND = [
    ("EMAIL_ADDRESS", "write to marie.k@acme.fr today", "marie.k@acme.fr"),
    ("EMAIL_ADDRESS", "john@corp.local", "john@corp.local"),
    ("IP_ADDRESS", "83.149.9.216", "83.149.9.216"),
    ("IP_ADDRESS", "peer 2a02:8108:1:2::7 closed", "2a02:8108:1:2::7"),
    ("MAC_ADDRESS", "aa:bb:cc:11:22:33", "aa:bb:cc:11:22:33"),
    ("IP_ADDRESS", "Ban 5.6.7.8", "5.6.7.8"),
    ("IP_ADDRESS", "Resolver 8.8.8.8", "8.8.8.8"),
    ("IP_ADDRESS", "Rails 45.12.33.4", "45.12.33.4"),
    (
        "MAC_ADDRESS",
        "IN=eth0 MAC=aa:bb:cc:11:22:33:00:1b:21:0a:0b:0c:08:00 SRC=",
        "aa:bb:cc:11:22:33",
    ),
    ("CREDIT_CARD", "4532015112830366", "4532015112830366"),
    ("CREDIT_CARD", "2223000048400011", "2223000048400011"),
    ("CREDIT_CARD", "4539 1488 0343 6467", "4539 1488 0343 6467"),
    ("IBAN_CODE", "DE89370400440532013000", "DE89370400440532013000"),
    ("PHONE_NUMBER", "+33 6 12 34 56 78", "+33 6 12 34 56 78"),
    ("PHONE_NUMBER", "(514) 281-5555", "(514) 281-5555"),
    ("PHONE_NUMBER", "020 7946 0018", "020 7946 0018"),
    ("URL", "see https://www.acme.fr/marie", "https://www.acme.fr/marie"),
    ("UUID", "7d444840-9dc0-41d1-b245-5ffdce74fad2", "7d444840-9dc0-41d1-b245-5ffdce74fad2"),
    ("US_SSN", "536-90-4399", "536-90-4399"),
    ("FR_NIR", "1 84 12 76 451 089 46", "1 84 12 76 451 089 46"),
    ("FR_NIR", "255081416802538", "255081416802538"),
    ("PASSWORD_HASH", BCRYPT, BCRYPT),
    ("PASSWORD_HASH", "{SSHA}0c0blFTXXNuAMHECS4uxrj3ZieMoWImr", None),
    ("PASSWORD_HASH", "pbkdf2_sha256$260000$Zs8$9mZ0Q2eYwVQyYh7w2n9x8mJk1s=", None),
    ("PASSWORD_HASH", "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub", None),
    ("JWT", f"token {JWT}", JWT),
    ("PRIVATE_KEY", PEM, PEM),
    (
        "PRIVATE_KEY",
        '{"kty":"EC","crv":"P-256","d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"}',
        None,
    ),
    ("API_KEY", "key AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE"),
    ("API_KEY", 'api_key="9f8e7d6c5b4a39281706"', "9f8e7d6c5b4a39281706"),
    ("SESSION_TOKEN", "Authorization: Bearer 8d7f6a5b4c3d2e1f0a9b8c7d", "8d7f6a5b4c3d2e1f0a9b8c7d"),
    ("OTP", "Your verification code is 482913", "482913"),
    ("OTP", "sms to=+33612345678 code=482913", "482913"),
    ("OTP", "Votre code : 482913", "482913"),
    ("OTP", "otpauth://totp/acme:marie?secret=JBSWY3DPEHPK3PXP", None),
    ("PASSWORD", "retry with password=Tr0ub4dor&3", "Tr0ub4dor"),
    ("PASSWORD", '{"password": "hunter22"}', "hunter22"),
    ("USERNAME", "Failed password for mkeller from 10.0.0.1 port 22 ssh2", "mkeller"),
    ("USERNAME", "session opened for user deploy by (uid=0)", "deploy"),
    ("USERNAME", "auth ok user=mkeller rhost=x", "mkeller"),
    ("HOST_NAME", "pc-helen.acme.de", "pc-helen.acme.de"),
    ("USER_AGENT", "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/120.0", None),
    ("COORDINATES", "48.85837, 2.29448", "48.85837, 2.29448"),
]


@pytest.mark.parametrize(("entity", "text", "part"), FOUND)
def test_found(found, entity, text, part):
    hits = found(text)
    assert any(kind == entity and part in (None, hit) for kind, hit in hits), hits


NEAR_MISSES = [
    ("PHONE_NUMBER", "1234567890"),
    ("PHONE_NUMBER", "83.149.9.216"),
    ("PHONE_NUMBER", "2024-03-09 12:13:14"),
    ("PHONE_NUMBER", "17-06-2003"),
    ("PHONE_NUMBER", "7d444840-9dc0-41d1-b245-5ffdce74fad2"),
    ("PHONE_NUMBER", "3.14159265358"),
    ("PHONE_NUMBER", "078-05-1120"),
    ("PHONE_NUMBER", "02138-1234"),
    ("PHONE_NUMBER", "4532015112830366"),
    ("PHONE_NUMBER", "release 5.0.0.808 build 20240309"),
    ("CREDIT_CARD", "4532015112830367"),
    ("CREDIT_CARD", "1699999999000004"),
    ("CREDIT_CARD", "4444444444444444"),
    ("CREDIT_CARD", "id-4532015112830366-7"),
    ("CREDIT_CARD", "0.4532015112830366"),
    ("IP_ADDRESS", "version 1.2.3.4"),
    ("IP_ADDRESS", "Chrome/32.0.170.107"),
    ("IP_ADDRESS", "1.2.3.4.5"),
    ("IP_ADDRESS", "a::b"),
    ("IP_ADDRESS", "std::string"),
    ("IP_ADDRESS", "12:30:45"),
    ("IP_ADDRESS", "10.4.2.1-beta"),
    ("IP_ADDRESS", "Upgrade to Rails 7.0.4.1"),
    ("IP_ADDRESS", "status off v 12603.2.4 9.12.5.7"),
    ("IP_ADDRESS", "Package_for_KB2928120~amd64~~6.1.1.2"),
    ("PHONE_NUMBER", "2023-471934"),
    ("MAC_ADDRESS", "2d:37:6b:11:43:f8:96:08:fe:60:42:20:aa:bb:cc:dd"),
    ("URL", "john.doe@example.com"),
    ("URL", "config.py"),
    ("URL", "srv-db-01.internal"),
    ("URL", JWT),
    ("EMAIL_ADDRESS", "chacha20-poly1305@openssh.com"),
    ("EMAIL_ADDRESS", "PC-1$@ACME.DE"),
    ("MEDICAL_LICENSE", "GB29NWBK60161331926819"),
    ("US_DRIVER_LICENSE", "A123"),
    ("US_DRIVER_LICENSE", "1234567"),
    ("US_BANK_NUMBER", "12345678901"),
    ("US_PASSPORT", "123456789"),
    ("US_SSN", "123456789"),
    ("US_SSN", "900-10-1000"),
    ("US_SSN", "666-45-1234"),
    ("FR_NIR", "255081416802543"),
    ("HOST_NAME", "main.py"),
    ("HOST_NAME", "1.2.3.4"),
    ("HOST_NAME", "photo.jpg"),
    ("HOST_NAME", "marie.k@acme.fr"),
    ("PASSWORD", "password=[FILTERED]"),
    ("PASSWORD", "password: required"),
    ("PASSWORD", "password=********"),
    ("PASSWORD", "Failed password for root"),
    ("PASSWORD_HASH", "$2 and $3"),
    ("JWT", "eyJub3QganNvbiBhdCBhbGw.eyJhYmMiOjF9.c2ln"),
    ("USERNAME", "user from unknown"),
    ("USERNAME", "for user the"),
    ("OTP", "error code 500123"),
    ("OTP", "sms gateway error code 500123"),
    ("OTP", "your code review 12345678"),
    ("API_KEY", "api_key=CHANGEME_CHANGEME"),
    ("GENDER", "M"),
]


@pytest.mark.parametrize(("entity", "text"), NEAR_MISSES)
def test_not_found(found, entity, text):
    assert entity not in {kind for kind, _ in found(text)}


IN_A_LOG = [
    ("PHONE_NUMBER", "2024-03-09 12:13:14 took 0123 456 7890 us", False),
    ("PHONE_NUMBER", "txn 514-281-5555-01 done", False),
    ("PHONE_NUMBER", "call from +15142815555 answered", True),
    ("PHONE_NUMBER", "fax to 514 281-5555 sent", True),
    ("IP_ADDRESS", "GET / HTTP/1.1 from 83.149.9.216", True),
]


@pytest.mark.parametrize(("entity", "text", "there"), IN_A_LOG)
def test_digits_abound_in_logs(found, entity, text, there):
    kinds = {kind for kind, _ in found(text, kind=Kind.MESSAGE, name="message")}
    assert (entity in kinds) is there


NAMED_FIELDS = [
    ("PHONE_NUMBER", "phone_number", "5142815555", True),
    ("PHONE_NUMBER", "order_number", "5142815555", False),
    ("US_DRIVER_LICENSE", "driver_license", "S9938847", True),
    ("US_DRIVER_LICENSE", "public_key", "S9938847", False),
    ("US_PASSPORT", "passport_no", "912345678", True),
    ("US_SSN", "ssn", "536904399", True),
    ("US_SSN", "session", "536904399", False),
    ("USERNAME", "login", "mkeller", True),
    ("USERNAME", "login", "1.2.840.113", False),
    ("PASSWORD", "password", "hunter22", True),
    ("PASSWORD", "password", BCRYPT, False),
    ("PASSWORD", "password", "5f4dcc3b5aa765d61d8327deb882cf99", False),
    ("PASSWORD", "password_changed_at", "hunter22", False),
    ("BIRTH_DATE", "date_of_birth", "1984-03-09", True),
    ("BIRTH_DATE", "created_at", "1984-03-09", False),
    ("HOST_NAME", "hostname", "pc-helen", True),
    ("COUNTRY", "pays", "Allemagne", True),
    ("COUNTRY", "country_code", "FR", True),
    ("COUNTRY", "country", "blue", False),
    ("REGION", "state", "Ohio", True),
    ("REGION", "state", "shipped", False),
    ("IP_ADDRESS", "driver_version", "5.0.0.41", False),
    ("IP_ADDRESS", "login_ip", "5.0.0.41", True),
    ("IP_ADDRESS", "phone", "88.60.15.31", False),
    ("IP_ADDRESS", "phone_ip", "88.60.15.31", True),
    ("USERNAME", "uid", "CHhAvVGS1DHFjwGM9", False),
    ("USERNAME", "uid", "JeanMarieDuboisLeclerc", True),
    ("USERNAME", "user_id", "7d444840-9dc0-41d1-b245-5ffdce74fad2", False),
    ("USERNAME", "user_id", "mkeller", True),
]


@pytest.mark.parametrize(("entity", "name", "text", "there"), NAMED_FIELDS)
def test_weak_values_need_a_name(found, entity, name, text, there):
    assert (entity in {kind for kind, _ in found(text, name=name)}) is there


@pytest.mark.parametrize(
    ("name", "texts", "there"),
    [
        ("sex", ("M", "F"), True),
        ("sexe", ("homme", "femme"), True),
        ("geschlecht", ("0", "1", "2"), True),
        ("status", ("M", "F"), False),
        ("kind", ("male", "female"), True),
        ("sex", ("M", "F", "pending"), False),
        ("gender", ("Male", "Female", "Agender", "Genderfluid"), True),
        ("gender", ("Male", "Agender", "7"), False),
        ("courtesy_title", ("Mr.", "Ms.", "Dr."), True),
        ("title", ("Dr", "Prof"), False),
    ],
)
def test_gender_is_a_set_of_values(ask, name, texts, there):
    assert ("GENDER" in {hit.entity for hit in ask(*texts, name=name).hits}) is there


def test_birth_dates_are_not_all_recent(ask):
    recent = tuple(f"2026-0{month}-01" for month in range(1, 8))
    assert not ask(*recent, name="birth_date").hits


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.NUMBER, "5142815555"),
        (Kind.BOOLEAN, "true"),
        (Kind.TIMESTAMP, "2024-03-09T12:13:14Z"),
        (Kind.UUID, "7d444840-9dc0-41d1-b245-5ffdce74fad2"),
        (Kind.BYTES, "+33612345678"),
    ],
)
def test_kinds_decide_what_is_looked_for(ask, kind, text):
    result = ask(text, kind=kind, name="phone")
    assert "PHONE_NUMBER" not in result.looked_for
    assert not [hit for hit in result.hits if hit.entity == "PHONE_NUMBER"]


def test_integers_are_cards_or_what_the_name_says(ask):
    assert "PHONE_NUMBER" not in ask("5142815555", kind=Kind.INTEGER).looked_for
    hinted = ask("5142815555", kind=Kind.INTEGER, name="telefonnummer")
    assert {hit.entity for hit in hinted.hits} == {"PHONE_NUMBER"}
    card = ask("4532015112830366", kind=Kind.INTEGER, name="ref")
    assert {hit.entity for hit in card.hits} == {"CREDIT_CARD"}


def test_candidates_count_the_same_shape(ask):
    numbers = ("4532015112830366", "4532015112830367", "4532015112830368", "4532015112830369")
    result = ask(*numbers)
    assert len(result.hits) == 1
    assert result.candidates["CREDIT_CARD"] == 4


def test_quads_beyond_addresses_are_candidates_too(ask):
    result = ask("5.0.0.41", "5.0.0.808", "5.0.0.328")
    assert result.candidates["IP_ADDRESS"] == 3


def test_clocks_beside_addresses_are_no_candidates(ask):
    result = ask("16:00:03 open 92.175.215.110:443", "at 16:00:04", "16:00:05")
    assert result.candidates["IP_ADDRESS"] == 1
    broken = ask("fe80:0:0:0:1:2:3:4", "fe80:12:3", "12:30:45:9")
    assert broken.candidates["IP_ADDRESS"] == 3


def test_what_is_looked_for_is_what_ran(ask):
    looked = ask("x", name="note").looked_for
    assert {"EMAIL_ADDRESS", "CREDIT_CARD", "JWT"} <= looked
    assert "US_PASSPORT" not in looked
    assert "US_PASSPORT" in ask("x", name="passport").looked_for
