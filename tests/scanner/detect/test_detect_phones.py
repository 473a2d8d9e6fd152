"""The shared walk finds what Presidio's recognizer finds, region by region, on fresh values."""

import random

import phonenumbers
import pyarrow as pa
import pytest
from phonenumbers import PhoneNumberMatcher
from phonenumbers.phonenumbermatcher import _verify
from phonetexts import CODES, REGIONS, digits, national, phone_text
from presidio_analyzer.predefined_recognizers import PhoneRecognizer

from benchmarks.columns import KINDS, mixed, mutated, words
from scanner.detect.phone import SCORE, PhoneFinder
from scanner.detect.phones import SharedPhones, verdicts, walk
from scanner.detect.phones.dialled import Dialled, with_plus
from scanner.detect.phones.verdicts import Verdicts
from scanner.detect.phones.walk import ManyTriesError, Walk
from scanner.detect.phones.wild import Expression
from scanner.detect.silence import silence

DEFAULT = PhoneRecognizer.DEFAULT_SUPPORTED_REGIONS
EUROPE = tuple(
    words(
        """AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO
        SE"""
    )
)
SETS = {
    "default": DEFAULT,
    "US": ("US",),
    "FR": ("FR",),
    "DE FR": ("DE", "FR"),
    "Europe": EUROPE,
    "rewritten": ("AR", "MX", "BR", "JP", "SM", "NF", "AG", "GG", "JE", "IM"),
    "shared codes": ("CA", "US", "KZ", "RU", "CX", "AU", "FI", "AX", "VA", "IT"),
    "unknown": ("us", "ZZ", "DE"),
}


def seeded() -> tuple[int, random.Random]:
    """Return a fresh seed, to be shown with what differs, and its generator."""
    seed = random.SystemRandom().randrange(1 << 32)
    return seed, random.Random(seed)


def plain(regions, text, leniency=1):
    """Return the spans of Presidio's own recognizer."""
    silence()
    recognizer = PhoneRecognizer(supported_regions=regions, leniency=leniency)
    found = recognizer.analyze(text, ["PHONE_NUMBER"])
    assert all(result.score == SCORE for result in found)
    return sorted((result.start, result.end) for result in found)


def texts(rng, regions, count):
    known = [region for region in regions if region in phonenumbers.SUPPORTED_REGIONS]
    numbers = [phone_text(rng, known) for _ in range(count)]
    return numbers + [mutated(text, rng)[:2000] for text in numbers[: count // 4]]


@pytest.mark.parametrize("regions", SETS.values(), ids=SETS)
def test_numbers_of_all_kinds_give_the_same_spans(regions):
    seed, rng = seeded()
    phones = SharedPhones(regions)
    values = texts(rng, regions, 300)
    differ = [text for text in values if phones.find(text) != plain(regions, text)]
    assert (seed, differ) == (seed, [])
    assert any(phones.find(text) for text in values)


@pytest.mark.parametrize("kind", KINDS)
def test_columns_of_one_kind_give_the_same_spans(kind):
    seed, rng = seeded()
    phones = SharedPhones(DEFAULT)
    values = [KINDS[kind](rng) for _ in range(40)]
    values += [mutated(value, rng)[:2000] for value in values[:20]]
    differ = [value for value in values if phones.find(value) != plain(DEFAULT, value)]
    assert (seed, differ) == (seed, [])


def test_fuzzed_values_give_the_same_spans():
    seed, rng = seeded()
    phones = SharedPhones(DEFAULT)
    expressions = [
        r"\d{3}-\d{2}-\d{4}",
        r"[+(]?\d{2,3}[) ./-]{1,3}(\d{2,4}[ .-]?){2,4}",
        r"0\d{8,12}",
    ]
    values = [value[:2000] for value in mixed(expressions, 400, rng)]
    differ = [value for value in values if phones.find(value) != plain(DEFAULT, value)]
    assert (seed, differ) == (seed, [])


# Where a shortcut goes wrong easily: region, text, what the library finds.
TRAPS = [
    ("US", "011491699", [(0, 9)]),  # fewer digits than any US number, by the exit code
    ("US", "011491609", []),
    ("DE", "030 123456", [(0, 10)]),
    ("DE", "30 123456", []),  # the national prefix must be there
    ("DE", "4930123456", [(0, 10)]),  # the country code without a plus sign
    ("FR", "0033 1 23 45 67 89", [(0, 18)]),
    ("FR", "+49 30 123456", [(0, 13)]),
    ("FR", "+0033123456789", [(0, 14)]),  # no such country code: read again as dialled in France
    ("FR", "a0123456789", []),
    ("FR", "$0123456789", []),
    ("FR", "01 23 45 67 89 / 01 98 76 54 32", [(0, 14), (17, 31)]),
    ("FR", "0123456789 ext. 12", [(0, 18)]),
    ("US", "212-456-7890x123", [(0, 16)]),
    ("US", "1xx2x3456", []),
    ("US", "２１２ ４５６ ７８９０", [(0, 12)]),
    ("US", "2012-01-02 08:00", []),
    ("US", "651-234-2345/332-445-1234", [(0, 12), (13, 25)]),
    ("US", "(650 223 3345 (754) 223 3321)", [(0, 13), (14, 28)]),
    ("US", "3/10/2011", []),
    ("BR", "0 15 11 96123-4567", [(0, 18)]),  # with the code of a carrier
    ("AR", "0 11 15 2345 6789", [(0, 17)]),  # rewritten
]


@pytest.mark.parametrize(("region", "text", "spans"), TRAPS, ids=[f"{r}: {t}" for r, t, _ in TRAPS])
def test_traps(region, text, spans):
    assert SharedPhones((region,)).find(text) == spans
    assert plain((region,), text) == spans


@pytest.mark.parametrize("regions", [DEFAULT, ("US",), ("FR",), EUROPE], ids=str)
def test_screened_values_hold_no_number(regions):
    seed, rng = seeded()
    values = texts(rng, regions, 600) + [make(rng) for make in KINDS.values() for _ in range(20)]
    phones = SharedPhones(regions)
    chosen = set(phones.candidates(pa.array([*values, None])).tolist())
    walked = [_walk(text, phones) for text in values]
    lost = [text for at, text in enumerate(values) if walked[at] and at not in chosen]
    missed = [
        text for text, spans in zip(values, walked, strict=True) if spans and not phones.find(text)
    ]
    assert (seed, lost, missed) == (seed, [], [])
    assert 0 < len(chosen) < len(values)


def _walk(text, phones):
    """Return the spans without any shortcut."""
    return Walk(text, phones._verdicts, 3, counted=True).spans()


def test_few_digits_decide_as_the_whole_number():
    seed, rng = seeded()
    wrong, decided = [], 0
    for region in rng.sample(REGIONS, 60):
        plan = Dialled(region)
        for _ in range(25):
            number = _digits_of(rng, region)
            expected = _accepted(number, region), _accepted(f"+{number}", region)
            for known in {2, 3, 4, 6, len(number)}:
                part = number[:known].ljust(len(number), "?")
                answers = plan.accepts(part), with_plus(part)
                decided += answers[0] is not None
                wrong += [
                    (region, part, answer)
                    for answer, right in zip(answers, expected, strict=True)
                    if answer not in (None, right)
                ]
    assert (seed, wrong) == (seed, [])
    assert decided > 3000


def _digits_of(rng, region):
    number = national(rng, region)
    bare = list(phonenumbers.national_significant_number(number))
    for _ in range(rng.choice((0, 0, 1, 2))):
        bare[rng.randrange(len(bare))] = digits(rng, 1, 1)
    code = rng.choice(("", "", str(number.country_code), str(rng.choice(CODES))))
    before = rng.choice(("", "", "0", "1", "00", "011", "8", "0014")) + code
    return (before + "".join(bare) + digits(rng, 0, 1))[:21].ljust(3, "0")


def _accepted(text, region):
    try:
        number = phonenumbers.parse(text, region, keep_raw_input=True)
        return bool(_verify(1, number, text, None))
    except phonenumbers.NumberParseException:
        return False


def test_a_text_is_given_up_where_the_library_gives_it_up(monkeypatch):
    seed, rng = seeded()
    monkeypatch.setattr(walk, "TRIES", 12)
    phones = SharedPhones(("US", "FR"))
    for _ in range(60):
        text = " ; ".join(phone_text(rng, ["US", "FR"]) for _ in range(rng.randint(1, 8)))
        spans = {
            (match.start, match.end)
            for region in phones.regions
            for match in PhoneNumberMatcher(text, region, leniency=1, max_tries=12)
        }
        assert (seed, text, _walk(text, phones)) == (seed, text, spans)


def test_a_text_with_very_many_candidates_is_counted(monkeypatch):
    monkeypatch.setattr(walk, "TRIES", 300)
    text = "12 34 56 " * 200 + "+33 1 23 45 67 89"
    with pytest.raises(ManyTriesError):
        Walk(text, Verdicts(("FR",)), 3, counted=False).spans()
    assert SharedPhones(("FR",)).find(text) == []  # given up before the number
    assert SharedPhones(("FR",)).find("12 34 56 " * 5 + "+33 1 23 45 67 89") == [(45, 62)]


@pytest.mark.parametrize("leniency", [0, 2, 3])
def test_another_leniency_is_left_to_the_library(leniency):
    seed, rng = seeded()
    phones = SharedPhones(("US", "DE"), leniency)
    values = texts(rng, ("US", "DE"), 60)
    differ = [text for text in values if phones.find(text) != plain(("US", "DE"), text, leniency)]
    chosen = set(phones.candidates(pa.array(values)).tolist())
    lost = [text for at, text in enumerate(values) if phones.find(text) and at not in chosen]
    assert (seed, differ, lost) == (seed, [], [])


def test_another_library_is_asked_about_everything(monkeypatch):
    seed, rng = seeded()
    monkeypatch.setattr(verdicts, "_FOLLOWED", "none")
    phones = SharedPhones(("US", "DE"))
    values = texts(rng, ("US", "DE"), 60)
    differ = [text for text in values if phones.find(text) != plain(("US", "DE"), text)]
    assert (seed, differ) == (seed, [])


def test_full_memories_are_emptied(monkeypatch):
    seed, rng = seeded()
    monkeypatch.setattr(verdicts, "_MOST", 5)
    phones = SharedPhones(DEFAULT)
    values = texts(rng, DEFAULT, 60)
    differ = [text for text in values if phones.find(text) != plain(DEFAULT, text)]
    assert (seed, differ) == (seed, [])
    memories = [item for item in vars(phones._verdicts).values() if isinstance(item, dict)]
    assert [len(memory) <= 5 for memory in memories] == [True] * 3


def test_no_repr_shows_a_value():
    finder = PhoneFinder(("FR",))
    assert list(finder.find("call 01 23 45 67 89")) == [(5, 19, SCORE)]
    shown = repr(finder) + repr(finder.phones) + repr(finder.phones._verdicts)
    assert "23" not in shown.replace("0x", "").split("at ")[0]


@pytest.mark.parametrize(
    ("source", "number", "full", "starts"),
    [
        (r"[2-9]\d{2}", "2??", True, True),
        (r"[2-9]\d{2}", "1??", False, False),
        (r"1[2-9]\d", "1??", None, None),
        (r"1(?:2|3\d)?", "12?", False, True),
        (r"1\d", "1??", False, True),
        (r"(?!1)\d\d", "2?", None, None),  # not understood: nothing is known of a part
        (r"(?!1)\d\d", "12", False, False),
    ],
)
def test_numbers_known_in_part(source, number, full, starts):
    expression = Expression(source)
    assert (expression.full(number), expression.starts(number)) == (full, starts)
