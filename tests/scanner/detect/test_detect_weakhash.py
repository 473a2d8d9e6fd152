"""Weak forms of password hashes, and what only resembles them."""

import hashlib

import pytest

from scanner.detect.marks import mark
from scanner.detect.weakhash import weakness

MD5 = hashlib.md5(b"letmein", usedforsecurity=False).hexdigest()
SHA1 = hashlib.sha1(b"letmein", usedforsecurity=False).hexdigest()
SHA2 = hashlib.sha256(b"letmein").hexdigest()
B64 = "A" * 22
BCRYPT = "N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"

WEAK = [
    f"$2y$04${BCRYPT}",
    f"$2b$09${BCRYPT}",
    "$1$salt$qJH7.N4xYta3aEG/dfqo/0",
    "$apr1$salt$xxkGrbFzMtVIZ0jVj4J9r1",
    "{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=",
    "{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9gabcd",
    f"md5$abcdef${MD5}",
    f"sha1$abcdef${SHA1}",
    f"*{SHA1.upper()}",
    f"md5{MD5}",
    f"pbkdf2_sha256$1000$salt${'b' * 43}=",
    f"$pbkdf2-sha256$6400${B64}${'b' * 43}",
    f"$argon2id$v=19$m=512,t=2,p=1${B64}${'b' * 43}",
    f"$scrypt$ln=10,r=8,p=1${B64}${'b' * 43}",
    f"Administrator:500:{'a' * 32}:{MD5}:::",
]
BARE = [MD5, MD5.upper(), SHA1, SHA2, SHA2 * 2, f"{MD5}:salt", "XrY7u+Ae7tCTyyK7j1rNww=="]
SLOW = [
    f"$2y$10${BCRYPT}",
    f"$2b$12${BCRYPT}",
    f"pbkdf2_sha256$600000$salt${'b' * 43}=",
    f"$argon2id$v=19$m=65536,t=3,p=4${B64}${'b' * 43}",
    f"$scrypt$ln=16,r=8,p=1${B64}${'b' * 43}",
    f"$6$rounds=5000$salt${'b' * 86}",
    f"$y$j9T$salt${'b' * 43}",
    MD5[:-1],
    f"sha256-{SHA2}",
]


@pytest.mark.parametrize("text", WEAK)
def test_a_fast_form_that_names_its_method_is_weak(text: str) -> None:
    assert weakness(text) == "weak"


@pytest.mark.parametrize("text", BARE)
def test_a_plain_digest_is_bare(text: str) -> None:
    assert weakness(text) == "bare"


@pytest.mark.parametrize("text", SLOW)
def test_a_slow_form_bears_no_mark(text: str) -> None:
    assert not weakness(text)


def test_only_hashes_of_passwords_bear_the_marks() -> None:
    assert mark("PASSWORD_HASH", MD5) == "bare"
    assert not mark("API_KEY", MD5)


@pytest.mark.parametrize("field", ["password", "passwd_hash", "mot_de_passe"])
def test_hits_in_the_field_of_a_password_bear_the_mark(ask, field: str) -> None:
    marks = {(h.entity, h.mark) for h in ask(*set(digests()), name=field).hits}
    assert ("PASSWORD_HASH", "bare") in marks


def digests() -> list[str]:
    return [hashlib.md5(bytes([n % 40]), usedforsecurity=False).hexdigest() for n in range(60)]
