"""Invented secrets and cards, as stores keep them."""

import base64
import hashlib
import json
import random

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

WORDS = ("Trombone", "zeppelin", "Harvest", "meadow", "Copper", "lantern", "Orchid", "walnut")


def readable(count: int) -> list[str]:
    return [f"{WORDS[n % 8]}{WORDS[(n * 3 + 1) % 8]}{n}!" for n in range(count)]


def bcrypts(count: int) -> list[str]:
    draw = random.Random(5)
    signs = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    return ["$2b$12$" + "".join(draw.choices(signs, k=53)) for _ in range(count)]


def jwt(number: int) -> str:
    def part(content: dict[str, object]) -> str:
        return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")

    signature = hashlib.sha256(f"seed {number}".encode()).digest()
    body = {"sub": str(80_000 + number), "iat": 1764000000 + number, "exp": 1764003600 + number}
    return ".".join(
        (
            part({"alg": "HS256", "typ": "JWT"}),
            part(body),
            base64.urlsafe_b64encode(signature).decode().rstrip("="),
        )
    )


def card(prefix: str, number: int, length: int = 16) -> str:
    """Invent a card number with a valid check digit."""
    body = (prefix + f"{random.Random(number).randrange(10**12):012d}")[: length - 1]
    digits = [int(sign) for sign in reversed(body)]
    doubled = sum((d * 2 - 9 if d > 4 else d * 2) for d in digits[::2]) + sum(digits[1::2])
    return body + str(-doubled % 10)


def pem_keys(count: int) -> list[str]:
    return [
        ec.generate_private_key(ec.SECP256R1())
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        .decode()
        for _ in range(count)
    ]
