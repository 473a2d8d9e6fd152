"""Invented values in the formats that real systems write; all from a seeded generator."""

import base64
import json
import random
import string
import unicodedata
from datetime import datetime, timedelta

_BCRYPT = "./" + string.ascii_letters + string.digits
_BASE32 = string.ascii_uppercase + "234567"
_POSTAL_LETTERS = "ABCEGHJKLMNPRSTVXY"
# First octets of large access providers; never private, loopback or documentation space.
_OCTETS = (24, 66, 70, 76, 82, 90, 99, 109, 142, 176, 184, 207)
# Issuer numbers that payment processors keep for their test cards, so that no number below
# can belong to anybody.
_ISSUERS = (("visa", "400000"), ("visa", "401288"), ("mastercard", "555555"), ("visa", "424242"))


def ascii_slug(text: str, joiner: str = "-") -> str:
    """Return a text as a lower-case ASCII name: ``Éric Le Gall`` becomes ``eric-le-gall``."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = "".join(char if char.isalnum() else " " for char in plain).split()
    return joiner.join(words)


def pattern(rng: random.Random, shape: str) -> str:
    """Fill a shape: ``#`` any digit, ``N`` a digit from 2 to 9, ``A`` a postal letter."""
    out = []
    for char in shape:
        if char == "#":
            out.append(rng.choice(string.digits))
        elif char == "N":
            out.append(rng.choice("23456789"))
        elif char == "A":
            out.append(rng.choice(_POSTAL_LETTERS))
        else:
            out.append(char)
    return "".join(out)


def phone(rng: random.Random, shape: str) -> str:
    """Fill the shape of a telephone number; never a 555 or service exchange."""
    while True:
        number = pattern(rng, shape)
        exchange = number.split(" ")[2]
        if exchange != "555" and not (len(exchange) == 3 and exchange.endswith("11")):
            return number


def luhn_digit(body: str) -> str:
    """Return the check digit that makes ``body`` pass the card checksum."""
    total = 0
    for at, char in enumerate(reversed(body)):
        digit = int(char) * (2 if at % 2 == 0 else 1)
        total += digit - 9 if digit > 9 else digit
    return str(-total % 10)


def card(rng: random.Random, issuer: str = "", *, joiner: str = "") -> str:
    """Return a 16-digit card number whose checksum is right; ``issuer`` fixes its start."""
    start = issuer or rng.choice(_ISSUERS)[1]
    body = start + "".join(rng.choices(string.digits, k=15 - len(start)))
    number = body + luhn_digit(body)
    return joiner.join(number[at : at + 4] for at in range(0, 16, 4))


def card_brand(number: str) -> str:
    """Name the brand by the first digit."""
    return "visa" if number[0] == "4" else "mastercard"


def not_a_card(rng: random.Random, start: str = "40") -> str:
    """Return 16 digits whose checksum is wrong."""
    body = start + "".join(rng.choices(string.digits, k=15 - len(start)))
    right = int(luhn_digit(body))
    return body + str((right + rng.randint(1, 9)) % 10)


def iban_fr(rng: random.Random) -> str:
    """Return a French IBAN, in groups of four, whose check digits are right."""
    account = "".join(rng.choices(string.digits, k=23))
    check = 98 - int(account + "152700") % 97  # F=15, R=27, then two zeros
    number = f"FR{check:02d}{account}"
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


def ssn(rng: random.Random) -> str:
    """Return a number in the form and ranges of a United States social security number."""
    area = rng.choice([n for n in range(100, 730) if n != 666])
    return f"{area:03d}-{rng.randint(11, 98):02d}-{rng.randint(1001, 9998):04d}"


def bcrypt(rng: random.Random) -> str:
    """Return a string in the form of a bcrypt hash; it is the hash of nothing."""
    salt = "".join(rng.choices(_BCRYPT, k=21)) + rng.choice(".Oeu")
    return "$2b$12$" + salt + "".join(rng.choices(_BCRYPT, k=31))


def url_safe(rng: random.Random, size: int) -> str:
    """Return ``size`` random bytes in URL-safe base 64."""
    return base64.urlsafe_b64encode(rng.randbytes(size)).decode().rstrip("=")


def jwt(rng: random.Random, moment: datetime) -> str:
    """Return a signed-looking JSON web token with a random signature."""

    def part(value: dict[str, object]) -> str:
        text = json.dumps(value, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    issued = int(moment.timestamp())
    head = part({"alg": "HS256", "typ": "JWT"})
    body = part({"sub": str(rng.randint(1000, 9999)), "iat": issued, "exp": issued + 3600})
    return f"{head}.{body}.{url_safe(rng, 32)}"


def access_key(rng: random.Random) -> str:
    """Return a string in the form of a cloud access key id."""
    return "AKI" + "A" + "".join(rng.choices(_BASE32, k=16))


def pem(rng: random.Random, label: str) -> str:
    """Return a PEM block of random bytes under a label such as ``PUBLIC KEY``."""
    text = base64.b64encode(rng.randbytes(240)).decode()
    lines = "\n".join(text[at : at + 64] for at in range(0, len(text), 64))
    return f"-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n"


def uuid4(rng: random.Random) -> str:
    """Return a random UUID with version and variant bits set."""
    digits = f"{rng.getrandbits(128):032x}"
    variant = rng.choice("89ab")
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


def hexadecimal(rng: random.Random, size: int) -> str:
    """Return ``size`` random hexadecimal digits."""
    return f"{rng.getrandbits(size * 4):0{size}x}"


def ip(rng: random.Random) -> str:
    """Return a public-looking IPv4 address."""
    return (
        f"{rng.choice(_OCTETS)}.{rng.randint(1, 254)}.{rng.randint(0, 255)}.{rng.randint(1, 254)}"
    )


def mac(rng: random.Random) -> str:
    """Return a MAC address with the prefix of a printer or desktop maker."""
    maker = rng.choice(("00:1b:a9", "3c:52:82", "a4:bb:6d", "f8:b1:56", "00:26:73"))
    return maker + "".join(f":{rng.randint(0, 255):02x}" for _ in range(3))


def device(rng: random.Random) -> str:
    """Return the serial of an office device."""
    return rng.choice(("CNB", "VNC", "XRX", "BRO")) + "".join(
        rng.choices(string.ascii_uppercase + string.digits, k=9)
    )


def moment(rng: random.Random, end: datetime, days: float) -> datetime:
    """Return a second in the ``days`` before ``end``, in office hours more often than not."""
    at = end - timedelta(seconds=rng.randint(60, int(days * 86_400)))
    if rng.random() < 0.8:
        at = at.replace(hour=rng.randint(7, 18))
    return min(at, end - timedelta(minutes=1))


def stamp(at: datetime) -> str:
    """Return a time as databases write it in text."""
    return at.strftime("%Y-%m-%d %H:%M:%S")
