"""Every verdict is the sum of its pieces, and says what it set aside and why."""

import numpy as np
import pytest

from scanner.classify import FieldEvidence, classify, lexicon, profile, tally, weigh
from scanner.classify.words import bag
from scanner.model import Asset, Detected, Field, Kind, Method, Values

GIVEN = sorted(
    bag(
        """Agnieszka Wojciech Katarzyna Grzegorz Zofia Piotr Krystyna Tomasz Beata Marcin Dorota
        Janusz Ewa Pawel Urszula Andrzej Bozena Stanislaw Renata Mariusz Halina Zbigniew"""
    )
)
AUTHORS = ["Ines Marek", "Peter Zwack", "Oluwa Femi", "Anna Rossi", "Thao Bich", "John Ekwueme"]


def _evidence(detector, columns, asset="t", comment=""):
    place = Asset(f"sqlite://s/{asset}", "s", "sqlite")
    items = []
    for name, texts in columns.items():
        counts = np.ones(len(texts), dtype="int64")
        field = Field(name, Kind.TEXT, comment=comment)
        values = Values(field, tuple(texts), counts, len(texts))
        found = tally(values, detector.detect(values, place))
        items.append(FieldEvidence(field, profile(values), found))
    return place, items


@pytest.fixture
def verdicts(detector):
    def _verdicts(columns, asset="t", comment=""):
        place, items = _evidence(detector, columns, asset, comment)
        return {(v.field, v.category): v for v in weigh(place, items, Method.WHOLE)}

    return _verdicts


COLUMNS = {
    "email": [f"marie.k{n}@acme.fr" for n in range(12)],
    "name": ["Oak Table", "Desk Lamp", "Steel Bolt"] * 4,
    "author": AUTHORS * 2,
    "created_by": [f"p.{n}@acme.fr" for n in range(12)],
    "zip": ["75011", "69002", "31000"] * 4,
}


def test_the_score_is_the_sum_of_the_pieces_within_the_cap(verdicts):
    made = verdicts(COLUMNS)
    assert {"email_address", "person_name", "locality"} <= {category for _, category in made}
    for verdict in made.values():
        total = sum(piece.points for piece in verdict.pieces)
        assert verdict.score == pytest.approx(min(max(total, 0), verdict.cap), abs=0.0006)
        assert verdict.cap == 1 or verdict.cap_why
        assert all(piece.kind and piece.text for piece in verdict.pieces)


def test_what_is_held_is_what_the_verdicts_say(detector):
    place, items = _evidence(detector, COLUMNS)
    made = weigh(place, items, Method.WHOLE)
    held = {
        (h.field, h.category, h.score) for h in classify(place, items, Method.WHOLE, 12).holdings
    }
    assert held == {(v.field, v.category, v.score) for v in made if v.outcome == "held"}
    assert held


def test_another_reading_that_is_surer_is_named(verdicts):
    made = verdicts({"created_by": COLUMNS["created_by"]})["created_by", "username"]
    assert (made.outcome, made.against) == ("set aside", "email_address")
    assert made.reason


def test_what_stays_below_the_lowest_cut_is_told(verdicts):
    made = verdicts({"name": ["Oak Table", "Desk Lamp"]}, asset="products")["name", "person_name"]
    assert (made.outcome, made.confidence) == ("below", None)


COMMENTS = [
    ("c1", "E-mail address of the customer", {"email_address"}),
    ("c2", "Date of birth. ISO 8601, may be empty", {"date_of_birth"}),
    ("c3", "Indicates whether the e-mail is verified", set()),
    ("c4", "number of e-mails sent", set()),
    ("c5", "0 = male, 1 = female", set()),
    ("c6", "", set()),
    ("telefon", "city of the office", {"phone_number"}),  # the name itself is plain
]


@pytest.mark.parametrize(("name", "comment", "expected"), COMMENTS)
def test_the_comment_speaks_where_the_name_does_not(name, comment, expected):
    found = lexicon.spoken(Field(name, comment=comment))
    assert {named.category for named in found} == expected


def test_a_comment_is_a_piece_of_its_own(verdicts):
    made = verdicts({"c1": ["Ana Lopez", "Jan Novak"]}, comment="full name of the member")
    (piece,) = [p for p in made["c1", "person_name"].pieces if p.kind == "comment"]
    assert piece.points > 0
    assert "comment" in piece.text


HEADS = [
    ("staatsoberhaupt", {"person_name"}),
    ("city_manager", {"person_name"}),
    ("team_captain_2", {"person_name"}),
    ("team_mascot_2", set()),  # no word for somebody that is known
    ("state", {"locality"}),
    ("manager_city", {"locality"}),
]


@pytest.mark.parametrize(("name", "expected"), HEADS)
def test_the_last_word_says_what_a_field_holds(name, expected):
    strong = {n.category for n in lexicon.match(name) if n.strength > 0.5}
    assert strong & {"person_name", "locality"} == expected


def test_full_names_beside_those_of_the_book_are_names(verdicts):
    made = verdicts({"author": AUTHORS, "title": ["A day", "Rain", "Two", "Sea", "Ice", "Sun"]})
    assert made["author", "person_name"].confidence.rank >= 1


def test_titles_in_a_role_field_are_no_names(verdicts):
    shown = ["Oak Table", "Desk Lamp", "Steel Bolt", "Red Chair", "Long Shelf", "Tin Box"]
    made = verdicts({"author": shown})
    assert made["author", "person_name"].outcome == "below" or (
        made["author", "person_name"].confidence.rank == 0
    )


def test_single_names_speak_beside_other_data_of_people(verdicts):
    mails = [f"x{n}@acme.pl" for n in range(len(GIVEN))]
    alone = verdicts({"f1": GIVEN})["f1", "person_name"]
    beside = verdicts(
        {"f1": GIVEN, "email": mails, "telefon": [f"+48 22 555 {n:02} 11" for n in range(22)]}
    )
    assert alone.confidence.rank == 0
    assert beside["f1", "person_name"].confidence.rank == 1


NO_NAMES = {
    "cities": sorted(
        bag("Berlin Hamburg Munich Cologne Frankfurt Stuttgart Leipzig Dresden Hanover Bremen")
    ),
    "colours": sorted(bag("Red Green Blue Yellow Black White Grey Orange Pink Brown")),
    "few": GIVEN[:5],
    "sentences": [f"{name} called twice" for name in GIVEN],
    "codes": [name.upper()[:3] + "1" for name in GIVEN],
}


@pytest.mark.parametrize("case", NO_NAMES)
def test_words_that_are_no_names_are_not_taken_for_some(detector, case):
    texts = tuple(NO_NAMES[case])
    values = Values(Field("f"), texts, np.ones(len(texts), dtype="int64"), len(texts))
    found: Detected = detector.detect(values, Asset("sqlite://s/t", "s", "sqlite"))
    whole = [
        hit
        for hit in found.hits
        if hit.entity == "PERSON" and hit.end - hit.start == len(texts[hit.index])
    ]
    assert not whole
