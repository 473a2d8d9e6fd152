"""Keys, hashes, wallets, cookies and numbers of devices by form, and what only looks alike."""

import pytest

from scanner.detect import coins
from scanner.model import Kind

HEX = "0123456789abcdef"
H32, H40, H64 = (HEX * 4)[:32], (HEX * 4)[:40], HEX * 4
ALNUM = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4y5Z6"

KEYS = [
    "AKIAIOSFODNN7EXAMPLE",
    f"ghp_{ALNUM[:36]}",
    f"glpat-{ALNUM[:20]}",
    f"glrt-{ALNUM[:20]}",
    f"xoxb-{'123456789012-' * 2}{ALNUM[:24]}",
    f"https://hooks.slack.com/services/T{'0' * 8}/B{'0' * 8}/{ALNUM[:24]}",
    f"https://discord.com/api/webhooks/{'1' * 18}/{ALNUM}{ALNUM[:16]}",
    f"{'M' + ALNUM[:25]}.{ALNUM[:6]}.{ALNUM[:27]}",
    f"123456789:AA{ALNUM[:33]}",
    f"AIza{ALNUM[:35]}",
    f"GOCSPX-{ALNUM[:28]}",
    f"ya29.{ALNUM}",
    f"sk_live_{ALNUM[:24]}",
    f"whsec_{ALNUM[:32]}",
    f"SG.{ALNUM[:22]}.{ALNUM[:43]}",
    f"key-{H32}",
    f"{H32}-us12",
    f"SK{H32}",
    f"sq0atp-{ALNUM[:22]}",
    f"EAAA{ALNUM}{ALNUM[:8]}",
    f"sk-ant-api03-{ALNUM}{ALNUM[:40]}",
    f"sk-proj-{ALNUM}",
    f"sk-{ALNUM[:20]}T3BlbkFJ{ALNUM[:20]}",
    f"hf_{ALNUM[:34]}",
    f"npm_{ALNUM[:36]}",
    f"pypi-AgEIcHlwaS5vcmc{ALNUM}",
    f"shpat_{H32}",
    f"dop_v1_{H64}",
    f"dapi{H32}",
    f"HRKU-{H32}abcd",
    f"dckr_pat_{ALNUM[:27]}",
    f"hvs.{ALNUM[:30]}",
    f"glsa_{ALNUM[:32]}_{HEX[:8]}",
    f"ATATT3{ALNUM}{ALNUM[:20]}",
]


@pytest.mark.parametrize("text", KEYS, ids=lambda text: text[:12])
def test_a_key_with_a_mark_is_found_alone_and_in_text(found, text):
    assert ("API_KEY", text) in found(text)
    assert ("API_KEY", text) in found(f'token "{text}" leaked')
    assert "API_KEY" not in {kind for kind, _ in found("x" + text[:9])}


SAID = [
    (f"DefaultEndpointsProtocol=https;AccountName=a;AccountKey={ALNUM}{ALNUM[:34]}==", "API_KEY"),
    (f"https://a.blob.core.windows.net/c?sv=2020&sig={ALNUM}%3D", "API_KEY"),
    ("postgres://app:Tr0ub4dor@db.acme.de:5432/shop", "PASSWORD"),
    ("redis://:hunter22@cache:6379/0", "PASSWORD"),
    ("https://ci:s3cr3t-Pass@git.acme.de/repo.git", "PASSWORD"),
    (f"AGE-SECRET-KEY-1{'Q1' * 29}", "PRIVATE_KEY"),
    ("-----BEGIN OPENSSH PRIVATE KEY-----", "PRIVATE_KEY"),
    ("-----BEGIN PGP PRIVATE KEY BLOCK-----", "PRIVATE_KEY"),
    (
        '{"type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----\\nMII"}',
        "PRIVATE_KEY",
    ),
    ("GA1.2.1234567890.1650000000", "COOKIE_ID"),
    ("fb.1.1612345678901.1098115397", "COOKIE_ID"),
    ("Cookie: _ga=GA1.2.1234567890.1650000000; lang=de", "COOKIE_ID"),
    ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "CRYPTO"),
    ("TJRabPrwbZy45sbavfcjinPJC18kjpRTv8", "CRYPTO"),
    ("LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1", "CRYPTO"),
    ("rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", "CRYPTO"),
    ("ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n9", "CRYPTO"),
    ("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "WALLET_ADDRESS"),
    ("490154203237518", "IMEI"),
    ("49-015420-323751-8", "IMEI"),
    ("8914800000000000014", "ICCID"),
]


@pytest.mark.parametrize(("text", "entity"), SAID, ids=lambda text: text[:24])
def test_found_by_form(found, text, entity):
    assert entity in {kind for kind, _ in found(text)}


NEAR = [
    ("sk-learn-extension-for-python-users", "API_KEY"),
    ("risk-assessment-of-the-whole-company-and-all", "API_KEY"),
    (f"SK{H40}", "API_KEY"),
    (H64, "API_KEY"),
    ("hf_model", "API_KEY"),
    ("https://hooks.slack.com/services/", "API_KEY"),
    ("postgres://app@db.acme.de/shop", "PASSWORD"),
    ("postgres://app:${DB_PASSWORD}@db/shop", "PASSWORD"),
    ("https://acme.de:8443/a@b", "PASSWORD"),
    ("at 12:30:45 mail a@b.de", "PASSWORD"),
    ("GA1.2.3", "COOKIE_ID"),
    ("fb.com/1612345678901", "COOKIE_ID"),
    ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", "CRYPTO"),
    (f"0x{'0' * 40}", "WALLET_ADDRESS"),
    (f"0x{H64}", "WALLET_ADDRESS"),
    (H40, "WALLET_ADDRESS"),
    ("rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTi", "CRYPTO"),
    ("Tsomethingthatisonlyalongwordhere1", "CRYPTO"),
    ("490154203237519", "IMEI"),
    ("1699999999000", "IMEI"),
    ("378282246310005", "IMEI"),
    ("8914800000000000015", "ICCID"),
    ("-----BEGIN PUBLIC KEY-----", "PRIVATE_KEY"),
    ("-----BEGIN CERTIFICATE-----", "PRIVATE_KEY"),
]


@pytest.mark.parametrize(("text", "entity"), NEAR, ids=lambda text: text[:24])
def test_not_found_by_form(found, text, entity):
    assert entity not in {kind for kind, _ in found(text)}


HASHES = [
    "$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
    "$wp$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
    "bcrypt_sha256$$2b$12$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
    "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHRzYWx0$RdescudvJCsgt3ubRdescudvJCs",
    "$P$B5SsPTUZfUlRTmcvrNnzFJYg7kMEwQ1",
    "$S$DeO2oWuGqMcSTOjP9yFNsqHLsMMKyJcSLGE3Mpy7LQg8TTYqPYNG",
    "$H$9AmJYqTfGpLHfXaL3WnYpkqLPvjxX41",
    "pbkdf2_sha256$390000$abcDEF123456$" + "k" * 43 + "=",
    "scrypt$Zm9vYmFyYmF6$16384$8$1$" + "A" * 86 + "==",
    "$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/",
    "$8$dsYGNam3K1SIJO$7nv/35M/qr6t.dVc7UY9zrJDWRVqncHub1PE9UlMQFs",
    "$9$nhEmQVczB7dqsO$X.HsgL6x1il0RxkOSSvyQYwucySCt7qFm4v7pqCxkKM",
    "0x0200" + "A1" * 68,
    "0x0100" + "A1" * 24,
    "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19",
    "$A$005$" + "q1w2e3r4t5" * 5,
    "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
    "md5" + H32,
    "S:" + "8F2D65FB5547B71C8DA3760F10960428CD307B1C6271691FC55C1F56554A",
    "AQAAAAEAACcQAAAAE" + "A1b2" * 16 + "abc==",
    "{SSHA512}" + "A1b2" * 24,
    "{PKCS5S2}" + "A1b2" * 16,
    "sha256:1000:MTc3MTA0MTQwMjQxNzY=:PYjCU215Mi57AYPKva9j7mvF4Rc5bCnt",
    f"admin:500:{H32}:{H32}:::",
    '{"value":"' + "A1b2" * 16 + '","salt":"c2FsdA==","additionalParameters":[]}',
]


@pytest.mark.parametrize("text", HASHES, ids=lambda text: text[:16])
def test_a_hash_of_a_password_is_known_by_its_format(found, text):
    assert "PASSWORD_HASH" in {kind for kind, _ in found(text)}


NAMED_HASHES = [f"{H32}:Xy7", f"{H32}:{ALNUM[:32]}", H40, "5f4dcc3b5aa765d61d8327deb882cf99"]


@pytest.mark.parametrize("text", NAMED_HASHES)
def test_bare_digests_are_hashes_of_a_password_where_the_name_says_so(ask, text):
    hits = ask(text, name="password_hash").hits
    assert {"PASSWORD_HASH"} <= {hit.entity for hit in hits}


@pytest.mark.parametrize(
    "text", ["$A$ and $B$", "md5sum", "S:1234", "sha256:abc", "AQAAAA", "$8$ off"]
)
def test_text_with_their_signs_is_no_hash(found, text):
    assert "PASSWORD_HASH" not in {kind for kind, _ in found(text)}


NAMED = [
    ("BIC", "swift_bic", "DEUTDEFF500", "DEUTXXFF500"),
    ("CARD_SECURITY_CODE", "cvv", "123", "12345"),
    ("CARD_EXPIRY", "card_expiry", "04/29", "44/29"),
    ("IMSI", "imsi", "262011234567890", "862011234567890"),
    ("DEVICE_ID", "android_id", "9774d56d682e549c", "on"),
    ("DEVICE_ID", "device_serial", "C02XG2JUHV22", "iPhone"),
    ("COOKIE_ID", "cookie", "sid=31d4d96e407aad42; theme=dark", "yes"),
    ("WALLET_ADDRESS", "iban", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "0x5aaeb6053f3e"),
    ("ICD10", "diagnosis_code", "E11.9", "E1"),
    ("MEDICAL_TERM", "medication", "Amoxicillin 500 mg", "twice a day"),
    ("MEDICAL_TERM", "diagnosis", "Bronchitis", "left"),
    ("NRP", "nationality", "French", "blue"),
    ("NRP", "nationalitaet", "deutsch", "blau"),
    ("USER_AGENT", "user_agent", "Acme/3.1 CFNetwork/1408.0.4 Darwin/22.5.0", "unknown"),
    ("USER_AGENT", "user_agent", "okhttp/4.9.3", "4.9.3"),
    ("USER_AGENT", "user_agent", "Googlebot/2.1 (+http://www.google.com/bot.html)", "-"),
]


@pytest.mark.parametrize(("entity", "name", "text", "other"), NAMED)
def test_a_form_counts_in_a_field_so_named(ask, entity, name, text, other):
    def kinds(value, field):
        return {hit.entity for hit in ask(value, name=field).hits}

    assert entity in kinds(text, name)
    assert entity not in kinds(other, name)
    if entity not in ("USER_AGENT", "WALLET_ADDRESS"):
        assert entity not in kinds(text, "column_7")


def test_codes_may_be_integers(ask):
    assert {hit.entity for hit in ask("123", "981", name="cvv", kind=Kind.INTEGER).hits} == {
        "CARD_SECURITY_CODE"
    }


def test_the_digest_of_ethereum_is_keccak():
    told = "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
    assert coins.keccak(b"").hex() == told
    assert not coins.ethereum(
        "0x" + "52908400098527886e0f7030069857d2e4169ee7"
    )  # one case: no check
