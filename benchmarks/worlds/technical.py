"""Makers of what machines write: addresses, tokens, hashes, versions and files."""

import base64
import json
import string
from collections.abc import Callable

from .base import Hand, Simple

_HEX = "0123456789abcdef"
_LETTERS = string.ascii_letters + string.digits
_CRYPT = "./" + _LETTERS
_URLSAFE = _LETTERS + "-_"


def _faker(method: str) -> Simple:
    return lambda hand: str(getattr(hand.fake, method)())


def _hex(count: int) -> Callable[[Hand], str]:
    return lambda hand: hand.pick(_HEX, count)


def _private(hand: Hand) -> str:
    r = hand.rng.randrange
    starts = (f"10.{r(256)}", f"192.168.{r(256)}", f"172.{r(16, 32)}")
    start = hand.rng.choice(starts)
    return ".".join((start, *(str(r(1, 255)) for _ in range(3 - start.count(".")))))


def _jwt(hand: Hand) -> str:
    def part(data: dict[str, object]) -> str:
        return base64.urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")

    head = part({"alg": "HS256", "typ": "JWT"})
    body = part({"sub": hand.digits(6), "iat": 1_600_000_000 + hand.rng.randrange(10**8)})
    return f"{head}.{body}.{hand.pick(_URLSAFE, 43)}"


def _api_key(hand: Hand) -> str:
    styles = (
        "AKIA" + hand.pick(string.ascii_uppercase + "234567", 16),
        "ghp_" + hand.pick(_LETTERS, 36),
        "sk_" + "live_" + hand.pick(_LETTERS, 24),
        "AIza" + hand.pick(_URLSAFE, 35),
    )
    return hand.rng.choice(styles)


def _version(hand: Hand) -> str:
    r = hand.rng.randrange
    return f"{r(0, 12)}.{r(0, 30)}.{r(0, 60)}"


def _mac(hand: Hand) -> str:
    first = hand.rng.choice(("00:1b:63", "3c:5a:b4", "a4:5e:60", "f0:18:98", "dc:a6:32"))
    return ":".join((first, *(hand.pick(_HEX, 2) for _ in range(3))))


HASHES: dict[str, Callable[[Hand], str]] = {
    "md5": _hex(32),
    "sha1": _hex(40),
    "sha256": _hex(64),
    "bcrypt": lambda hand: f"$2b$12${hand.pick(_CRYPT, 53)}",
    "argon2": lambda hand: (
        f"$argon2id$v=19$m=65536,t=3,p=4${hand.pick(_LETTERS, 22)}${hand.pick(_LETTERS, 43)}"
    ),
    "pbkdf2": lambda hand: (
        f"pbkdf2_sha256$600000${hand.pick(_LETTERS, 22)}${hand.pick(_LETTERS, 43)}="
    ),
    "sha512crypt": lambda hand: f"$6${hand.pick(_CRYPT, 16)}${hand.pick(_CRYPT, 86)}",
    "base64": lambda hand: base64.b64encode(hand.rng.randbytes(32)).decode(),
}

MAKERS: dict[str, Simple] = {
    "ipv4": _faker("ipv4_public"),
    "ipv4_private": _private,
    "ipv6": lambda hand: (
        "2a"
        + ":".join(
            (hand.pick("01", 2), *(hand.pick(_HEX, 4).lstrip("0") or "0" for _ in "1234567"))
        )
    ),
    "mac": _mac,
    "hostname": lambda hand: (
        f"{hand.rng.choice(('srv', 'web', 'db', 'ws', 'lap'))}-{hand.digits(2)}."
        f"{hand.fake.domain_name()}"
    ),
    "url": _faker("url"),
    "domain": _faker("domain_name"),
    "jwt": _jwt,
    "api_key": _api_key,
    "token_hex": _hex(32),
    "token_urlsafe": lambda hand: hand.pick(_URLSAFE, 43),
    "version": _version,
    "file_name": _faker("file_name"),
    "mime": _faker("mime_type"),
    "md5": _hex(32),
}
