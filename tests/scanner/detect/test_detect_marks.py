"""Marks are put on values that say little about a person; the values still count."""

import pytest

from scanner.detect.marks import mark

MARKS = [
    ("EMAIL_ADDRESS", "a@example.com", "test"),
    ("EMAIL_ADDRESS", "a@mail.example.org", "test"),
    ("EMAIL_ADDRESS", "a@acme.test", "test"),
    ("EMAIL_ADDRESS", "a@notexample.com", ""),
    ("EMAIL_ADDRESS", "info@acme.fr", "role"),
    ("EMAIL_ADDRESS", "Support+fr@acme.fr", "role"),
    ("EMAIL_ADDRESS", "informatik.meier@acme.fr", ""),
    ("IP_ADDRESS", "127.0.0.1", "harmless"),
    ("IP_ADDRESS", "::1", "harmless"),
    ("IP_ADDRESS", "169.254.1.2", "harmless"),
    ("IP_ADDRESS", "203.0.113.7", "harmless"),
    ("IP_ADDRESS", "2001:db8::7", "harmless"),
    ("IP_ADDRESS", "0.0.0.0", "harmless"),  # noqa: S104
    ("IP_ADDRESS", "10.1.2.3", ""),
    ("IP_ADDRESS", "203.0.114.7", ""),
    ("CREDIT_CARD", "4111 1111 1111 1111", "test"),
    ("CREDIT_CARD", "4532015112830366", ""),
    ("PHONE_NUMBER", "(212) 555-0142", "test"),
    ("PHONE_NUMBER", "(212) 556-0142", ""),
    ("US_SSN", "078-05-1120", "test"),
    ("US_SSN", "536-90-4399", ""),
    ("MAC_ADDRESS", "ff:ff:ff:ff:ff:ff", "harmless"),
    ("MAC_ADDRESS", "aa:bb:cc:11:22:33", ""),
]


@pytest.mark.parametrize(("entity", "text", "expected"), MARKS)
def test_mark(entity, text, expected):
    assert mark(entity, text) == expected


@pytest.mark.parametrize(
    "text", ["411111******1111", "4111 11** **** 1111", "****-****-****-1234", "XXXXXXXXXXXX4242"]
)
def test_masked_cards_are_marked(ask, text):
    hits = [hit for hit in ask(text).hits if hit.entity == "CREDIT_CARD"]
    assert [hit.mark for hit in hits] == ["masked"]


@pytest.mark.parametrize("text", ["********", "xxxx-1234", "a*b*c*1234"])
def test_other_masks_are_no_cards(ask, text):
    assert not [hit for hit in ask(text).hits if hit.entity == "CREDIT_CARD"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("marie@gmail.com", "freemail"),
        ("Marie@Yahoo.fr", "freemail"),
        ("marie@hotmail.co.uk", "freemail"),
        ("marie@gmx.de", "freemail"),
        ("info@gmail.com", "role"),
        ("marie@acme.fr", ""),
        ("marie@gmail.acme.fr", ""),
        ("marie@mygmail.com", ""),
        ("marie@live.example", "test"),
    ],
)
def test_private_mailboxes_are_marked(text: str, expected: str) -> None:
    assert mark("EMAIL_ADDRESS", text) == expected


def test_a_host_of_private_mailboxes_bears_no_mark() -> None:
    assert mark("HOST_NAME", "gmail.com") == ""
