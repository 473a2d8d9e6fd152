"""Shares that rounds have settled, words beside numbers, and single values in the rare mode."""

import pytest

from scanner.classify import FieldEvidence, Profile, classify
from scanner.model import Asset, Detection, Field, Method
from scanner.model.evidence import in_proportion

_WORDS = Profile(examined=10_000, distinct=9000, mean=14, words=2, letters=0.9, alphabetic=1.0)
_NOTES = Profile(examined=10_000, distinct=10_000, mean=120, words=20, letters=0.8, prose=0.9)


def _sure(profile, asset="sqlite://s/items", **found):
    item = FieldEvidence(Field("value"), profile, (Detection(**found),))
    holdings = classify(Asset(asset, "s", "sqlite"), [item], Method.RANDOM, 10_000).holdings
    return {str(holding.confidence) for holding in holdings}


SHARES = [
    (None, {"possible"}),  # the interval of 20 values reaches down to 48 of 100
    (0.5, {"probable"}),
    (0.3, {"possible"}),
    (0.0, set()),
]


@pytest.mark.parametrize(("floor", "expected"), SHARES)
def test_a_settled_share_is_not_judged_again(floor, expected):
    person = {"entity": "PERSON", "matched": 14, "distinct": 14, "whole": 14, "examined": 20}
    assert _sure(_WORDS, "sqlite://s/q", floor=floor, **person) == expected


@pytest.mark.parametrize(
    ("floor", "expected"),
    [(None, {"possible"}), (0.005, {"probable"}), (0.0, {"possible"})],
)
def test_a_settled_share_of_texts_is_not_judged_again(floor, expected):
    person = {"entity": "PERSON", "matched": 6, "distinct": 6, "whole": 0, "examined": 3000}
    assert _sure(_NOTES, floor=floor, **person) == expected


RARE = [
    # beside, rare, cells of that shape, confidence
    (0, False, 1, {"possible"}),
    (1, False, 1, {"probable"}),
    (0, False, 900, set()),
    (1, False, 900, set()),
    (0, True, 900, {"possible"}),
    (1, True, 900, {"probable"}),
]


@pytest.mark.parametrize(("beside", "rare", "candidates", "expected"), RARE)
@pytest.mark.parametrize("entity", ["CREDIT_CARD", "FR_NIR", "PL_PESEL"])
def test_one_checked_number_among_many_notes(entity, beside, rare, candidates, expected):
    one = {"matched": 1, "distinct": 1, "whole": 0, "examined": 10_000, "score": 1.0}
    told = {"entity": entity, "beside": beside, "rare": rare, "candidates": candidates}
    assert _sure(_NOTES, **one, **told) == expected


@pytest.mark.parametrize(
    ("matched", "examined", "cells", "records"),
    [(19, 20, 10_000, 9500), (10, 10_000, 10_000, 10), (0, 0, 50, 0), (5, 9, 4, 5)],
)
def test_records_are_those_of_all_cells_that_were_read(matched, examined, cells, records):
    assert in_proportion(matched, examined, cells) == records
