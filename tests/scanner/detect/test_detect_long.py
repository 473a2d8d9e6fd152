"""Long values: read to their end, in windows; hits stand where they stand."""

import re

from scanner.model import Kind


def test_hits_behind_the_first_window_are_found(ask):
    text = "lorem ipsum " * 8000 + "write to marie@acme.fr " + "dolor " * 300
    (hit,) = (hit for hit in ask(text, kind=Kind.TEXT).hits if hit.entity == "EMAIL_ADDRESS")
    assert text[hit.start : hit.end] == "marie@acme.fr"


def test_a_hit_across_a_window_is_found_once(ask):
    for before in range(3985, 4005):
        text = "x" * (before - 1) + " marie@acme.fr " + "y" * 1000
        hits = [hit for hit in ask(text).hits if hit.entity == "EMAIL_ADDRESS"]
        assert [text[hit.start : hit.end] for hit in hits] == ["marie@acme.fr"], before


def test_addresses_in_a_long_line_stand_where_they_stand(ask):
    text = " ".join(f"user{n}@acme.fr" + " lorem" * 40 for n in range(20))
    hits = [hit for hit in ask(text).hits if hit.entity == "EMAIL_ADDRESS"]
    assert [(hit.start, hit.end) for hit in hits] == [
        match.span() for match in re.finditer(r"user\d+@acme\.fr", text)
    ]


def test_a_hundred_thousand_signs_without_a_blank(ask):
    for text in ("a" * 100_000, "1" * 100_000, "a@" * 50_000):
        assert {hit.entity for hit in ask(text).hits} <= {"UUID"}
