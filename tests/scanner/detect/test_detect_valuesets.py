"""Sets of values: found where the name says so, or where they nearly cover the field."""

import pytest

from scanner.detect.fieldwise import birth_dates
from scanner.detect.valuesets import SETS, plain
from scanner.model import Kind

ENTITIES = {one.entity for one in SETS.values()} | {"BLOOD_TYPE"}


@pytest.mark.parametrize(
    ("name", "texts", "entity"),
    [
        ("religion", ("Catholic", "none"), "RELIGION"),
        ("konfession", ("rk", "ev", "ohne"), "RELIGION"),
        ("f7", ("Catholic", "Muslim", "Jewish", "None"), "RELIGION"),
        ("f7", ("römisch-katholisch", "evangelisch", "muslimisch"), "RELIGION"),
        ("marital_status", ("S", "M", "D"), "MARITAL_STATUS"),
        ("f7", ("Single", "Married", "Divorced", "Widowed"), "MARITAL_STATUS"),
        ("f7", ("célibataire", "marié(e)", "divorcé(e)", "veuf"), "MARITAL_STATUS"),
        ("f7", ("Solteiro(a)", "Casado(a)", "Viúvo(a)"), "MARITAL_STATUS"),
        ("f7", ("ledig", "verheiratet", "geschieden"), "MARITAL_STATUS"),
        ("race", ("white", "black"), "ETHNICITY"),
        ("f7", ("Hispanic or Latino", "African American", "Caucasian", "Other"), "ETHNICITY"),
        ("sexual_orientation", ("straight", "gay"), "SEXUAL_ORIENTATION"),
        ("f7", ("heterosexual", "bisexual", "gay", "unknown"), "SEXUAL_ORIENTATION"),
        ("political_party", ("SPD", "CDU"), "POLITICAL_AFFILIATION"),
        ("trade_union", ("ver.di", "IG Metall"), "TRADE_UNION"),
        ("blood_type", ("A+", "B-"), "BLOOD_TYPE"),
        ("blood_group", ("A", "0"), "BLOOD_TYPE"),
        ("f7", ("A+", "AB-", "O+", "0 neg"), "BLOOD_TYPE"),
    ],
)
def test_found(ask, name, texts, entity):
    found = {hit.entity for hit in ask(*texts, name=name).hits} & ENTITIES
    assert found == {entity}


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("status", ("single", "separated", "engaged")),  # tickets, files, lines
        ("colour", ("white", "black", "mixed")),
        ("cuisine", ("Indian", "Chinese", "Japanese", "Korean", "European")),
        ("restaurant", ("halal", "kosher", "vegan")),
        ("grade", ("A+", "A-", "B+", "B-")),
        ("grade", ("A+", "B-", "O")),
        ("party", ("left", "right", "independent")),
        ("road", ("straight", "curious", "fluid")),
        ("code", ("S", "M", "D", "W")),
        ("style", ("Orthodox", "Reformed", "Spiritual")),
        ("title", ("Catholic", "The Muslims of France", "A history of Rome", "Buddhist art")),
        ("f7", ("married", "divorced", "a", "b", "c")),
        ("f7", ("married", "single")),  # too few
        ("f7", tuple(f"{word} {n}" for n in range(40) for word in ("married", "single"))),
        ("ticket_type", ("single", "return", "group")),
        ("network", ("UNITE", "VER", "GEW")),
    ],
)
def test_not_found(ask, name, texts):
    assert not {hit.entity for hit in ask(*texts, name=name).hits} & ENTITIES


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Never-Married", "never_married"),
        ("Divorcé(e)", "divorce"),
        ("Verwitwet/e", "verwitwet"),
        (" IG  Metall ", "ig_metall"),
        ("ver.di", "ver_di"),
    ],
)
def test_words_are_compared_without_accents_and_endings(text, word):
    assert plain(text) == word


BORN = [
    "01.02.1980",
    "2/28/1980",
    "19800102",
    "02-Jan-80",
    "02-JAN-1980",
    "1980-01-02 00:00:00",
    "1980-01-02T00:00:00.000Z",
    "1980-01-02 00:00:00+00",
    "Jan  2 1980 12:00AM",
    "02/01/1980 00:00",
    "1980.01.02",
    "315532800",
    "-157766400",
    "315532800000",
    "01/02/48",
]


@pytest.mark.parametrize("text", BORN)
def test_a_birth_date_in_any_usual_form(ask, text):
    assert {"BIRTH_DATE"} == {hit.entity for hit in ask(text, name="date_of_birth").hits}
    assert "BIRTH_DATE" not in {hit.entity for hit in ask(text, name="created").hits}


@pytest.mark.parametrize(
    "text", ["12", "unknown", "3021-01-01", "1980-13-45", "1234567890123", "A-12"]
)
def test_no_birth_date(ask, text):
    assert "BIRTH_DATE" not in {hit.entity for hit in ask(text, name="date_of_birth").hits}


def test_two_digits_of_a_year_to_come_are_of_the_last_century():
    from datetime import date

    assert birth_dates(("01/02/48", "05/06/61", "07/08/99"), date(2026, 1, 1)) == [0, 1, 2]


def test_gender_codes_need_the_name(ask):
    named = ask("0", "1", name="gender", kind=Kind.INTEGER).hits
    assert {hit.entity for hit in named} == {"GENDER"}
    assert not ask("0", "1", name="enabled", kind=Kind.INTEGER).hits
