"""Addresses of wallets by their checks: Ethereum, Tron, Litecoin, Dogecoin, Ripple and others."""

import hashlib
import re

_BITCOIN = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_RIPPLE = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
_BECH = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_LANE = (1 << 64) - 1


def base58(text: str, alphabet: str = _BITCOIN) -> bool:
    """Tell whether an address of 25 bytes ends in the checksum of the others."""
    number = 0
    for sign in text:
        at = alphabet.find(sign)
        if at < 0:
            return False
        number = number * 58 + at
    if number >> 200:
        return False
    raw = number.to_bytes(25, "big")
    return hashlib.sha256(hashlib.sha256(raw[:-4]).digest()).digest()[:4] == raw[-4:]


def bech32(text: str) -> bool:
    """Tell whether an address such as ``ltc1...`` or ``cosmos1...`` passes its polynomial."""
    prefix, _, rest = text.lower().rpartition("1")
    if not prefix or text not in (text.lower(), text.upper()) or not set(rest) <= set(_BECH):
        return False
    values = [ord(sign) >> 5 for sign in prefix] + [0] + [ord(sign) & 31 for sign in prefix]
    check = 1
    for value in values + [_BECH.index(sign) for sign in rest]:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, term in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= term if top >> bit & 1 else 0
    return check in (1, 0x2BC830A3)  # the constants of BIP 173 and of BIP 350


def ethereum(text: str) -> bool:
    """Tell whether the capitals of an address are those that EIP-55 sets.

    An address in one case has no check.
    """
    digits = text[2:]
    if digits in (digits.lower(), digits.upper()):
        return False
    told = keccak(digits.lower().encode()).hex()
    pairs = zip(digits, told, strict=False)
    return all(sign.isdigit() or sign.isupper() == (int(half, 16) > 7) for sign, half in pairs)


def _turned(lane: int, by: int) -> int:
    return (lane << by % 64 | lane >> (64 - by % 64)) & _LANE


def _permuted(lanes: list[list[int]]) -> list[list[int]]:
    """Run the 24 rounds of Keccak-f[1600] on lanes[x][y]."""
    register = 1
    five = range(5)
    for _ in range(24):
        columns = [
            lanes[x][0] ^ lanes[x][1] ^ lanes[x][2] ^ lanes[x][3] ^ lanes[x][4] for x in five
        ]
        mixed = [columns[(x + 4) % 5] ^ _turned(columns[(x + 1) % 5], 1) for x in five]
        lanes = [[lanes[x][y] ^ mixed[x] for y in five] for x in five]
        x, y, current = 1, 0, lanes[1][0]
        for step in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            current, lanes[x][y] = lanes[x][y], _turned(current, (step + 1) * (step + 2) // 2)
        for y in five:
            row = [lanes[x][y] for x in five]
            for x in five:
                lanes[x][y] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5])
        for bit in range(7):
            register = (register << 1 ^ (register >> 7) * 0x71) % 256
            if register & 2:
                lanes[0][0] ^= 1 << ((1 << bit) - 1)
    return lanes


def keccak(data: bytes) -> bytes:
    """Return the Keccak-256 digest of at most 135 bytes, as Ethereum uses it (not SHA-3)."""
    block = bytearray(136)
    block[: len(data)] = data
    block[len(data)] ^= 0x01
    block[135] ^= 0x80
    lanes = [[0] * 5 for _ in range(5)]
    for at in range(17):
        lanes[at % 5][at // 5] = int.from_bytes(block[at * 8 : at * 8 + 8], "little")
    lanes = _permuted(lanes)
    return b"".join(lanes[at % 5][at // 5].to_bytes(8, "little") for at in range(4))


def wallet(text: str) -> bool:
    """Tell whether an address passes the check of its chain."""
    if text.startswith("0x"):
        return ethereum(text)
    if re.match(r"(?:ltc|cosmos|osmo|addr)1", text):
        return bech32(text)
    if text.startswith("r"):
        return base58(text, _RIPPLE)
    return base58(text)
