"""Columns of numbers and codes that look like something personal, and are not."""

import numpy as np
import pytest

from scanner.classify import FieldEvidence, classify, profile, tally
from scanner.model import Asset, Confidence, Field, Kind, Method, Values

MANY = 400


def luhn(digits):
    """Return a number with its check digit."""
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if at % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return digits + str(-total % 10)


def ean(digits):
    """Return an article number with its check digit."""
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits))
    return digits + str(-total % 10)


LOOKALIKES = {
    "milliseconds": tuple(str(1_650_000_000_000 + n * 86_413_577) for n in range(MANY)),
    "microseconds": tuple(str(1_650_000_000_000_000 + n * 86_413_577_111) for n in range(MANY)),
    "a sequence of 16 digits": tuple(str(4_000_000_000_000_000 + n) for n in range(MANY)),
    "one prefix": tuple(f"4929{n * 7919 % 10**12:012d}" for n in range(MANY)),
    "snowflakes": tuple(str(1_380_000_000_000_000_000 + n * 4_194_304_913) for n in range(MANY)),
    "order numbers": tuple(f"ORD-2024-{n:06d}" for n in range(MANY)),
    "ten digits": tuple(f"{n * 104_729 % 10**10:010d}" for n in range(MANY)),
    "ISBN-13": tuple(ean(f"97831614{n:04d}") for n in range(MANY)),
    "EAN of Germany": tuple(ean(f"4006381{n:05d}") for n in range(MANY)),
    "versions": tuple(f"{n % 9}.{n % 20}.{n % 7}.{n * 13 % 1500}" for n in range(MANY)),
    "SHA-1": tuple(f"{n * 0x9E3779B97F4A7C15F39CC0605CEDC834 % 2**160:040x}" for n in range(1, 99)),
    "UUID": tuple(f"{n * 7919:08x}-1b2c-4d3e-8f4a-{n * 104729:012x}" for n in range(MANY)),
    "latitudes": tuple(f"{-90 + n * 0.4501:.6f}" for n in range(MANY)),
    "fractions": tuple(f"0.{n * 7_919_104_729 % 10**16:016d}" for n in range(MANY)),
    "amounts": tuple(f"{n * 37 % 9000}.{n % 100:02d}" for n in range(MANY)),
    "days": tuple(f"2024-{n % 12 + 1:02d}-{n % 28 + 1:02d}" for n in range(MANY)),
    "file names": tuple(f"scan_{n:05d}.pdf" for n in range(MANY)),
    "hex colours": tuple(f"#{n * 7919 % 2**24:06x}" for n in range(MANY)),
    "MAC-like fingerprints": tuple(
        ":".join(f"{n * k % 256:02x}" for k in range(3, 19)) for n in range(60)
    ),
    "masks of the C language": tuple(f"std::{word}::{word}" for word in ("ab", "cd", "fe", "bad")),
    "grades": ("A+", "A-", "B+", "B-", "C+"),
    "a random 15 digits": tuple(f"35{n * 7_919_104_729 % 10**13:013d}" for n in range(MANY)),
}


def found(patterns, texts, name, kind=Kind.TEXT):
    """Return what is probable or surer in a field of an asset of things."""
    field = Field(name, kind)
    values = Values(
        field, tuple(dict.fromkeys(texts)), np.ones(len(set(texts)), "int64"), len(set(texts))
    )
    asset = Asset("sqlite://s/part_stock", "s", "sqlite", fields=(field,))
    evidence = FieldEvidence(field, profile(values), tally(values, patterns.detect(values, asset)))
    holdings = classify(asset, [evidence], Method.WHOLE, len(texts)).holdings
    return {one.category for one in holdings if one.confidence is not Confidence.POSSIBLE}


@pytest.mark.parametrize("what", LOOKALIKES)
def test_a_lookalike_is_nothing(patterns, what):
    assert found(patterns, LOOKALIKES[what], "value_x") == set()


REAL = {
    "payment_card_number": [luhn(f"45390{n * 7919 % 10**10:010d}") for n in range(MANY)],
    "device_identifier": [luhn(f"35209900{n * 7919 % 10**6:06d}") for n in range(MANY)],
}


@pytest.mark.parametrize("category", REAL)
def test_the_real_ones_are_found_without_a_name(patterns, category):
    assert found(patterns, REAL[category], "value_x") == {category}


def test_an_imei_is_no_card_whatever_the_name(patterns):
    for name in ("order_reference", "number", "value_x"):
        assert "payment_card_number" not in found(patterns, REAL["device_identifier"], name)
    assert found(patterns, REAL["device_identifier"], "imei") == {"device_identifier"}


def test_cards_of_american_express_have_fifteen_digits(patterns):
    cards = [luhn(f"37{n * 7919 % 10**12:012d}") for n in range(MANY)]
    assert found(patterns, cards, "value_x") == {"payment_card_number"}
