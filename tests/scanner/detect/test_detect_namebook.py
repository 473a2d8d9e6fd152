"""The name book beyond the first locales: scripts, romanised names, and words that are names."""

import pytest

from scanner.detect import fieldwise, peoples, places
from scanner.detect.namebook import GIVEN, NO_NAME, TWICE, is_cjk_name, kinds
from scanner.detect.romanise import romanised
from scanner.detect.written import book_score, names_in_text

IN_PROSE_TOO = [
    *("Анна Иванова", "Γιώργος Παπαδόπουλος", "Olena Shevchenko", "Mehmet Yılmaz"),
    *("Jānis Bērziņš", "Nagy László", "Zhang Wei", "Jan Kowalski", "Dmitry Ivanov"),
]
WHERE_NAMED = [
    *("Иванова", "Παπαδόπουλος", "Kowalczyk", "Ionescu", "Virtanen", "Kazlauskas", "Yılmaz"),
    *("王小明", "欧阳娜娜", "佐藤 太郎", "渡辺 花子", "サトウ タロウ", "김민수"),
]
NOBODY = [
    *(
        "Tallinn",
        "Red Wine",
        "Can Opener",
        "New Product",
        "产品",
        "会社",
        "データ",
        "Товар",
        "Цена",
    ),
    *("Schmidt GmbH", "Rossi S.p.A.", "Kowalski Holding", "Jan Kowalski s.r.o."),
]


@pytest.mark.parametrize("text", IN_PROSE_TOO)
def test_a_given_name_beside_a_surname_is_a_name_anywhere(text):
    assert book_score(text, named=False) >= 0.7


@pytest.mark.parametrize("text", WHERE_NAMED)
def test_one_name_is_a_name_where_the_field_says_so(text):
    assert book_score(text, named=True) >= 0.5
    assert book_score(text, named=False) == 0.0


@pytest.mark.parametrize("text", NOBODY)
def test_words_and_companies_are_nobody(text):
    assert book_score(text, named=False) == 0.0


def test_given_names_of_further_locales_need_a_surname_beside_them():
    assert kinds()["deniz"] & (GIVEN | TWICE) == GIVEN | TWICE
    assert not list(names_in_text("Order of Deniz Restaurant"))


def test_words_of_messages_are_no_romanised_surnames():
    assert not {"he", "you", "she"} & kinds().keys()


def test_legal_forms_are_in_the_book_as_no_name():
    assert all(kinds()[form] & NO_NAME for form in ("gmbh", "ltd", "oyj", "s.p.a", "b.v", "d.o.o"))


ROMANISED = [
    ("дмитрий", {"dmitry", "dmitrii"}),
    ("юлия", {"yuliya", "iuliia"}),
    ("παπαδοπουλος", {"papadopoulos"}),
]


@pytest.mark.parametrize(("name", "ways"), ROMANISED)
def test_names_are_romanised_in_the_usual_ways(name, ways):
    assert ways <= romanised(name)


READINGS = [
    ("サトウ タロウ", True),
    ("さとう　たろう", True),
    ("サトウ", False),
    ("カナ 名", False),
]


@pytest.mark.parametrize(("text", "expected"), READINGS)
def test_two_words_of_kana_are_how_a_name_is_read(text, expected):
    assert is_cjk_name(text) is expected


GENDERS = [
    *(("K", "M"), ("Kobieta", "Mężczyzna"), ("muž", "žena"), ("E", "K"), ("Erkek", "Kadın")),
    *(("мужской", "женский"), ("М", "Ж"), ("男", "女"), ("남", "여"), ("mand", "kvinde")),
]


@pytest.mark.parametrize("values", GENDERS)
def test_genders_of_further_languages_where_the_field_says_so(values):
    assert fieldwise.is_gender(values, named=True)


def test_letters_alone_are_no_genders_without_the_name_of_the_field():
    assert not fieldwise.is_gender(("K", "M"), named=False)
    assert not fieldwise.is_gender(("A", "K"), named=True)


COUNTRIES = [("Tyskland", 1), ("Německo", 1), ("ドイツ", 1), ("Германия", 1), ("Sales", 0)]
PEOPLES = [("German", 1), ("allemande", 1), ("Polskie", 1), ("Canadian", 1), ("Apple", 0)]


@pytest.mark.parametrize(
    ("test", "text", "expected"),
    [
        *((places.is_country, *row) for row in COUNTRIES),
        *((peoples.is_nationality, *row) for row in PEOPLES),
    ],
)
def test_places_and_peoples_in_more_languages(test, text, expected):
    assert test(text) == bool(expected)
