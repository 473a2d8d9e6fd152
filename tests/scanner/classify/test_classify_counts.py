"""Tally and profile: cells are counted, values are not kept."""

import numpy as np
import pytest

from scanner.classify import profile, tally
from scanner.classify.scale import confidence, lower_bound
from scanner.model import Confidence, Detected, Field, Hit, Values


def _values(*pairs, nulls=0):
    texts = tuple(text for text, _ in pairs)
    counts = np.array([count for _, count in pairs], dtype="int64")
    return Values(Field("f"), texts, counts, int(counts.sum()), nulls)


def _hit(index, start, end, entity="EMAIL_ADDRESS", mark="", score=0.5, by="A"):
    return Hit(index, start, end, entity, score, by, mark)


def test_cells_are_counted_by_their_frequency():
    values = _values(("a@b.de", 7), ("see c@d.de and e@f.de", 2), ("none", 1))
    hits = (_hit(0, 0, 6), _hit(1, 4, 10), _hit(1, 15, 21, score=0.9, by="B"))
    (found,) = tally(values, Detected(hits))
    assert (found.matched, found.distinct, found.whole, found.examined) == (9, 2, 7, 10)
    assert (found.score, found.by) == (0.9, ("A", "B"))
    assert found.examples == ("a@a.aa",)


def test_a_cell_bears_a_mark_only_when_all_its_hits_do():
    values = _values(("a@example.com", 3), ("b@example.com c@acme.fr", 2))
    hits = (_hit(0, 0, 13, mark="test"), _hit(1, 0, 13, mark="test"), _hit(1, 14, 23))
    (found,) = tally(values, Detected(hits))
    assert found.marks == (("test", 3),)


def test_masked_cells_are_not_matched():
    values = _values(("411111******1111", 4), ("4111111111111111 / 411111******1111", 1))
    masked = [_hit(index, 0, 16, "CREDIT_CARD", "masked") for index in (0, 1)]
    (found,) = tally(values, Detected((*masked, _hit(1, 0, 16, "CREDIT_CARD", "test"))))
    assert found.matched == 1
    assert found.marks == (("masked", 4), ("test", 1))


def test_examined_and_candidates_come_from_the_detector():
    values = _values(("4532015112830366", 1), ("4532015112830367", 1))
    detected = Detected(
        (_hit(0, 0, 16, "CREDIT_CARD"),), candidates={"CREDIT_CARD": 2}, examined={"CREDIT_CARD": 1}
    )
    (found,) = tally(values, detected)
    assert (found.candidates, found.examined) == (2, 1)


def test_examples_are_shapes():
    values = _values(("marie.k7@acme.fr", 1))
    (found,) = tally(values, Detected((_hit(0, 0, 16),)))
    assert found.examples == ("aaaaa.a9@aaaa.aa",)


@pytest.mark.parametrize(
    ("texts", "share"),
    [
        (("Marie", "Jean Paul", "O'Neil"), "alphabetic"),
        (("Abdul218 Harris789",), "alphabetic"),
        (("12", "-7"), "numeric"),
        (("1.5", "-0,25"), "decimal"),
        (("a1", "B-2"), "mixed"),
        (("2024-03-09", "09/03/2024 12:13", "2024-03-09T12:13:14Z"), "dates"),
        (('{"a": 1}', "[1, 2]"), "json"),
        (("FR", "US"), "codes"),
        (("The customer called twice and we sent the form.",), "prose"),
    ],
)
def test_shares(texts, share):
    assert getattr(profile(_values(*((text, 1) for text in texts))), share) == 1.0


@pytest.mark.parametrize(
    "text", ["12 rue de la Paix, 75002 Paris", "Mozilla/5.0 (X11; Linux x86_64)", "SKU-1 red XL"]
)
def test_not_prose(text):
    assert profile(_values((text, 1))).prose == 0.0


def test_shares_are_weighted_by_count():
    seen = profile(_values(("12", 3), ("x", 1), nulls=6))
    assert (seen.numeric, seen.examined, seen.nulls, seen.distinct) == (0.75, 4, 6, 2)


def test_degrees_need_a_fraction_and_a_range():
    assert profile(_values(("48.85", 1), ("-179.9", 1))).within_degrees
    assert not profile(_values(("48", 1), ("12", 1))).within_degrees
    assert not profile(_values(("48.85", 1), ("181.5", 1))).within_degrees


def test_an_empty_field_has_a_profile():
    assert profile(_values(nulls=9)).nulls == 9


@pytest.mark.parametrize(
    ("matched", "examined", "low", "high"),
    [(0, 1000, 0.0, 1e-9), (1000, 1000, 0.995, 1.0), (10, 1000, 0.0050, 0.0056), (5, 0, 0.0, 0.0)],
)
def test_wilson_lower_bound(matched, examined, low, high):
    assert low <= lower_bound(matched, examined, whole=False) <= high


def test_a_whole_asset_is_exact():
    assert lower_bound(3, 4, whole=True) == 0.75


def test_cut_points():
    cuts = [0.29, 0.3, 0.59, 0.6, 0.84, 0.85]
    possible, probable, confirmed = Confidence
    assert [confidence(score) for score in cuts] == [
        None,
        possible,
        possible,
        probable,
        probable,
        confirmed,
    ]
