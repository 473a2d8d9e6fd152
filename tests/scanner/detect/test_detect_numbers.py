"""National numbers: each is found with its check, and its class is what random numbers say."""

import random
import string

import pytest

from scanner import detect
from scanner.classify.scale import CHECKED, LOOSE_CHECKS
from scanner.config import Detection
from scanner.detect import known
from scanner.detect.anynation import STRICTER, any_nation, some_nation
from scanner.detect.numerals import MADE, NUMBERS
from scanner.detect.registry import _classes
from scanner.model import Asset, Kind

# Of these hardly any random number is valid.
RARE = {
    "CN_RIC": "360426199101010071",
    "CN_USCC": "91110000600037341L",
    "IN_GSTIN": "27AAPFU0939F1ZV",
    "IT_FISCAL_CODE": "RCCMNL83S18D969H",
    "LU_NATIONAL_ID": "1983012210186",
    "MX_CURP": "BOXW310820HNERXN09",
    "UY_RUT": "211003420017",
}
# Nothing but a form that hardly anything else has.
FORMS = {"AD_NRT", "AL_NIPT", "IN_PAN", "PK_CNIC", "UK_NINO", "US_SSN"}
DRAWS = 600


def drawn(form, draw, star=string.digits):
    """Return a random number of a form, and how rare its fixed signs are among random ones."""
    signs = {"#": string.digits, "@": string.ascii_uppercase, "*": star}
    text = "".join(draw.choice(signs[sign]) if sign in signs else sign for sign in form)
    fixed = sum(sign.isalpha() for sign in form) + (3 if form.startswith("756") else 0)
    return text.replace("_", ""), 10.0**-fixed


def valid(row, draw, count=1):
    """Return some valid numbers of a row."""
    if row.entity in RARE:
        return [RARE[row.entity]] * count
    out = []
    for _ in range(60_000):
        form = draw.choice(row.forms)
        text, _ = drawn(form, draw, draw.choice((string.digits, string.ascii_uppercase)))
        if row.valid(text):
            out.append(text)
            if len(out) == count:
                return out
    raise AssertionError(row.entity)


def _drawn(row):
    draw = random.Random(11)
    return [drawn(draw.choice(row.forms), draw)[0] for _ in range(40)]


def test_known_numbers_pass():
    assert all(row.valid(RARE[row.entity]) for row in NUMBERS if row.entity in RARE)


@pytest.mark.parametrize("row", NUMBERS, ids=lambda row: row.entity)
def test_a_class_is_what_random_numbers_say(row):
    draw = random.Random(7)
    worst = 0.0
    for form in row.forms:
        for star in (string.digits, string.digits + string.ascii_uppercase):
            texts = [drawn(form, draw, star) for _ in range(DRAWS)]
            worst = max(worst, sum(row.valid(text) for text, _ in texts) / DRAWS * texts[0][1])
    if row.entity in FORMS:
        assert worst > 0.055
    elif row.entity in CHECKED | STRICTER:
        assert worst <= 0.055
    else:
        assert row.entity in LOOSE_CHECKS
        assert worst <= 0.25


@pytest.mark.parametrize("row", MADE, ids=lambda row: row.entity)
def test_a_number_is_found_in_its_country_and_one_that_fails_its_check_is_not(row):
    recognizer = _classes()[row.name]()
    text = valid(row, random.Random(row.entity))[0]
    found = recognizer.analyze(f"no. {text} of", [row.entity], None)
    assert [(one.start, one.end, one.score) for one in found] == [(4, 4 + len(text), 1.0)]
    wrong = [text for text in _drawn(row) if not row.valid(text)]
    assert wrong
    assert not [one for one in wrong if recognizer.analyze(one, [row.entity], None)]
    assert not recognizer.analyze(f"7{text}5x", [row.entity], None)


def test_the_classes_are_new_and_known_by_name():
    from presidio_analyzer import predefined_recognizers

    assert not {row.name for row in MADE} & set(vars(predefined_recognizers))
    theirs = {row.name: row.entity for row in NUMBERS if not row.made}
    assert {known.entity_of(name) for name in theirs} == set(theirs.values())


@pytest.fixture(scope="module")
def nowhere(values):
    """Detect where no country is configured."""
    detector = detect.build(Detection(names=False))

    def _ask(name, texts, kind=Kind.TEXT):
        asset = Asset("sqlite://s/people", "s", "sqlite")
        return detector.detect(values(*texts, name=name, kind=kind), asset)

    return _ask


@pytest.mark.parametrize(
    ("entity", "name"),
    [
        ("NL_BSN", "bsn"),
        ("PL_PESEL", "national_id"),
        ("FR_NIR", "social_security_number"),
        ("BR_CPF", "tax_id"),
        ("RO_CNP", "national_id_number"),
        ("UK_NINO", "national_insurance_number"),
        ("SE_PERSONNUMMER", "personal_identification_number"),
        ("FR_VAT", "vat_number"),
    ],
)
def test_a_named_field_tells_whose_numbers_it_holds(nowhere, entity, name):
    row = next(one for one in NUMBERS if one.entity == entity)
    texts = dict.fromkeys(valid(row, random.Random(3), 12))
    hits = [hit for hit in nowhere(name, (*texts, "?")).hits if hit.entity == "NATIONAL_NUMBER"]
    assert len(hits) == len(texts)
    assert nowhere("order_number", tuple(texts)).looked_for.isdisjoint({"NATIONAL_NUMBER"})


PERSON = frozenset({"NL_BSN", "NATIONAL_NUMBER"})


@pytest.mark.parametrize(
    "texts",
    [
        tuple(str(100_000_000 + n) for n in range(300)),  # a sequence
        tuple(str(1_699_999_999_000 + n * 977) for n in range(300)),  # milliseconds
        tuple(str(digit) * 9 for digit in range(10)),  # 111111111 passes many checks
        ("111222333", "123456782"),  # too few
        ("123456782", "123456783", "123456784", "123456785"),
        tuple(f"ORD-{n:06d}" for n in range(50)),
    ],
)
def test_numbers_that_pass_no_check_are_none(texts):
    assert any_nation(texts, PERSON) is None


@pytest.mark.parametrize("entity", ["BR_CPF", "RO_CNP", "PL_PESEL", "FR_VAT", "IN_PAN", "MX_CURP"])
def test_a_strict_check_needs_no_name(nowhere, entity):
    row = next(one for one in NUMBERS if one.entity == entity)
    texts = tuple(dict.fromkeys(valid(row, random.Random(4), 14)))
    if entity in RARE:
        assert some_nation(texts) is None  # one value proves nothing
        return
    assert {hit.entity for hit in nowhere("column_7", texts).hits} >= {entity}
    assert some_nation((*texts, "12345678901", "12345678902", "12345678903")) is None
    assert some_nation(texts[:9]) is None


@pytest.mark.parametrize("entity", ["NL_BSN", "FR_SIREN", "US_SSN", "DK_CPR", "UK_NINO"])
def test_a_loose_check_needs_a_name(nowhere, entity):
    row = next(one for one in NUMBERS if one.entity == entity)
    texts = tuple(dict.fromkeys(valid(row, random.Random(4), 30)))
    assert some_nation(texts) is None or some_nation(texts)[0].entity != entity


def test_numbers_of_companies_are_tried_where_the_name_asks_for_them():
    row = next(one for one in NUMBERS if one.entity == "NO_ORGNR")
    texts = tuple(valid(row, random.Random(5), 20))
    found = any_nation(texts, PERSON)
    assert found is None or found[0].entity != "NO_ORGNR"
    named = any_nation(texts, frozenset({"NO_ORGNR", "FR_SIREN", "NATIONAL_NUMBER"}))
    assert named is not None
    assert len(named[1]) >= 18
