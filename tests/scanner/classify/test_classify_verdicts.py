"""Every verdict is the sum of its pieces, and says what it set aside and why."""

import numpy as np
import pytest

from scanner.classify import FieldEvidence, classify, lexicon, profile, tally, weigh
from scanner.classify.scene import Scene
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
    fields = tuple(Field(name, Kind.TEXT, comment=comment) for name in columns)
    place = Asset(f"sqlite://s/{asset}", "s", "sqlite", fields=fields)
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


MAILS = [f"marie.k{n}@acme.fr" for n in range(20)]
LOGINS = ["moth_man", "kestrel9", "jdoe", "a.smith", "root2", "mkeller", "pbraun", "zed"]
HEX = [f"{n * 7919:064x}"[:64].replace("0", "a", 3) for n in range(11, 31)]
READINGS = [
    ("logins of the author", "author", LOGINS, "posts", "username", 1),
    ("logins of who did it", "set_by", LOGINS, "limits", "username", 1),
    ("names of the author", "author", AUTHORS, "posts", "person_name", 1),
    ("handles", "twitter_handle", ["@ana", "@joe_b", "@kim9"], "members", "username", 1),
    ("identifiers of messages", "message_id", MAILS, "outbox", "email_address", 0),
    ("addresses", "reply_to", MAILS, "outbox", "email_address", 2),
    (
        "birth dates of composers",
        "geburtsdatum",
        ["1685-03-31", "1770-12-17"],
        "c",
        "date_of_birth",
        1,
    ),
    (
        "dates of the future",
        "geburtsdatum",
        ["2985-03-31", "2970-12-17"],
        "c",
        "date_of_birth",
        None,
    ),
    ("town codes", "wohnort_plz", ["80203", "80014", "95050"], "kunden", "locality", 1),
    (
        "a page of nobody",
        "url",
        ["https://anna.dev/1", "https://b.anna.dev/2"],
        "t",
        "personal_url",
        0,
    ),
]


@pytest.mark.parametrize(
    ("field", "values", "asset", "category", "rank"),
    [row[1:] for row in READINGS],
    ids=[row[0] for row in READINGS],
)
def test_the_values_tell_what_a_name_means(verdicts, field, values, asset, category, rank):
    made = verdicts({field: values}, asset=asset).get((field, category))
    sure = made.confidence if made is not None and made.outcome == "held" else None
    if rank is None:
        assert sure is None
    else:
        assert sure is not None
        assert (sure.rank >= rank) if rank else (sure.rank == 0)


def test_an_account_is_one_at_a_bank_beside_words_of_banks(verdicts):
    numbers = [str(4013802922 + n * 77) for n in range(12)]
    alone = verdicts({"account_number": numbers}, asset="customers")
    beside = verdicts({"account_number": numbers, "iban": ["-"] * 12}, asset="mandates")
    assert ("account_number", "customer_identifier") in alone
    assert ("account_number", "bank_account_number") in beside


def test_data_that_only_people_have_overrules_the_name_of_the_asset(verdicts):
    sexes = {"sex": ["M", "F"] * 10}
    assert verdicts(sexes, asset="devices")["sex", "gender"].confidence.rank == 0
    both = verdicts({**sexes, "email": MAILS}, asset="devices")
    assert both["sex", "gender"].confidence.rank >= 1


PREFIXED = [
    (("EMDOB", "EMSEX", "EMZIP", "EMADR1", "EMSALARY"), "EMDOB", "date_of_birth"),
    (("pat_id", "pat_dob", "pat_zip", "pat_x", "pat_note"), "pat_dob", "date_of_birth"),
    (("usrId", "usrMail", "usrTel", "usrLang"), "usrMail", "email_address"),
]


@pytest.mark.parametrize(("names", "field", "category"), PREFIXED)
def test_a_beginning_that_all_fields_share_is_left_away(names, field, category):
    found = scene_of(names).spoken(Field(field))
    assert category in {named.category for named in found}


def test_a_shared_beginning_that_belongs_to_a_phrase_stays():
    scene = scene_of(("user_id", "user_name", "user_lang", "user_since"))
    assert {n.category for n in scene.spoken(Field("user_name"))} >= {"username"}
    assert not {n.category for n in scene.spoken(Field("user_lang"))} & {"username"}


def scene_of(names):
    fields = tuple(Field(name) for name in names)
    return Scene.of(Asset("sqlite://s/tbl", "s", "sqlite", fields=fields))
