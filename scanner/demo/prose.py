"""Tickets, messages and cover notes in English and French, put together from many sentences."""

import functools
import random
import tomllib
from collections.abc import Mapping
from importlib import resources

from scanner.demo.cast import Customer, Person


@functools.cache
def _sentences() -> Mapping[str, Mapping[str, list[str]]]:
    text = resources.files(__package__).joinpath("data", "prose.toml").read_text("utf-8")
    return tomllib.loads(text)


def ticket(rng: random.Random, customer: Customer, sender: Person, extra: str = "") -> str:
    """Write a customer's message of one to three paragraphs; ``extra`` goes into the middle."""
    book = _sentences()[customer.language]
    details = rng.sample(book["details"], rng.randint(1, 3))
    parts = [rng.choice(book["openings"]), rng.choice(book["problems"]), " ".join(details)]
    if extra:
        parts.append(extra)
    if rng.random() < 0.8:
        parts.append(rng.choice(book["asks"]))
    parts.append(rng.choice(book["closings"]))
    return _fill("\n\n".join(parts), rng, customer, sender)


def reply(rng: random.Random, customer: Customer, agent: Person) -> str:
    """Write an answer of the help desk."""
    book = _sentences()[customer.language]
    parts = [rng.choice(book["openings"]), rng.choice(book["replies"])]
    return _fill("\n\n".join([*parts, rng.choice(book["closings"])]), rng, customer, agent)


def subject(rng: random.Random, customer: Customer) -> str:
    """Write the subject line of a ticket."""
    book = _sentences()[customer.language]
    topics = {
        "en": ("error when sending", "delay", "question about the licence", "update", "routing"),
        "fr": ("erreur à l'envoi", "retard", "question sur la licence", "mise à jour", "routage"),
    }
    product = rng.choice(book["products"])
    return f"{product[0].upper()}{product[1:]}: {rng.choice(topics[customer.language])}"


def note(rng: random.Random, customer: Customer, sender: Person, extra: str = "") -> str:
    """Write the cover note of a fax."""
    book = _sentences()[customer.language]
    text = _fill(rng.choice(book["notes"]), rng, customer, sender)
    return f"{text} {extra}" if extra else text


def _fill(text: str, rng: random.Random, customer: Customer, sender: Person) -> str:
    book = _sentences()[customer.language]
    other = rng.choice([person for person in customer.people if person != sender])
    return text.format(
        sender=sender.name,
        other=other.name,
        email=other.email,
        phone=sender.phone,
        fax=rng.choice(customer.contacts).fax,
        product=rng.choice(book["products"]),
        day=rng.choice(book["weekdays"]),
        n=rng.randint(2, 40),
        job=rng.randint(482_000_000, 499_999_999),
    )
