"""Postal addresses by how they are written: a field of them, never a lone value."""

import pytest

from scanner.detect.streets import street_addresses
from scanner.model import Kind

ADDRESSES = [
    "12 Main Street",
    "31 Crest Road, Denver, CO 80206",
    "PO Box 118, Salem, OR 97308",
    "221B Baker Street",
    "Flat 3, 12 High Street",
    "28481 Crist Circle\nEast Burdettestad, IA 21232",
    "12 rue Neuve",
    "3 bis rue Haute",
    "Hauptstr. 7",
    "Lange Straße 12a",
    "Am Markt 4",
    "plac Orzeszkowej 79, 41-220 Mikołów",
    "ul. Głowackiego 69/49, 15-809 Zgorzelec",
    "Industrivägen 02",
    "Via Roma 12",
    "Calle Mayor, 3",
    "C/ Alcalá, 45",
    "Rua Augusta 120",
    "Kerkstraat 5",
    "Mannerheimintie 12",
    "Kossuth utca 14.",
    "Søndergade 3",
    "Atatürk Caddesi 15",
]
OTHERS = [
    "2 Way Speaker",
    "Wall Street",
    "12 Monkeys",
    "Order 12 shipped",
    "Route 66",
    "version 1.2 of st",
    "Model S 70",
    "7 Days a week",
    "iPhone 12 Pro",
    "2019-01-01 12:00:00",
    "Boeing 747",
    "Galaxy S10 Plus",
    "Die Hard 2",
    "Apollo 13",
    "100 Years of Solitude",
    "Platz 3",
    "10.0.0.1 GET /street/12",
    "Ring 2",
    "ticket 4711 on hold",
]


@pytest.mark.parametrize("text", ADDRESSES)
def test_written_as_an_address(text):
    hits = street_addresses([text, ADDRESSES[0] + " ", ADDRESSES[1] + " "])
    assert {hit.index for hit in hits} >= {0}
    assert all((hit.entity, hit.start) == ("STREET_ADDRESS", 0) for hit in hits)


@pytest.mark.parametrize("text", OTHERS)
def test_not_written_as_an_address(text):
    assert 0 not in {hit.index for hit in street_addresses([text, *ADDRESSES[:5]])}


def test_a_field_of_other_things_has_no_addresses():
    assert street_addresses([*OTHERS, "21 Jump Street", "12 Main Street", "Via Roma 12"]) == []


def test_two_values_are_too_few():
    assert street_addresses(ADDRESSES[:2]) == []


def test_a_field_is_told_whatever_it_is_called(ask):
    found = ask(*(f"{n} Garden Row, Salem" for n in range(1, 12)), name="f3")
    assert {hit.entity for hit in found.hits} == {"STREET_ADDRESS"}


def test_lines_of_a_log_are_no_addresses(ask):
    lines = (f"{n} Garden Row, Salem" for n in range(1, 12))
    assert not ask(*lines, name="message", kind=Kind.MESSAGE).hits
