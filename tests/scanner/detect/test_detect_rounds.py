"""Rounds: a verdict settled early is right as often as is said, and obvious fields cost little."""

import itertools
import math

import numpy as np
import pytest

from scanner.classify.scale import lower_bound
from scanner.detect.rounds import ERROR, at_least, at_most, cut, hidden, settle

CELLS = 10_000
SHARES = (0.1, 0.3, 0.5)


def _cuts(cells=CELLS):
    return tuple(cut(share, cells) for share in SHARES)


def _settle(truth, weights=None, cuts=None, **more):
    """Settle a field whose values hold a name or not, all of them unknown at first."""
    size = len(truth)
    weights = np.ones(size, dtype=np.int64) if weights is None else weights
    return settle(
        weights,
        {"PERSON": np.zeros(size, dtype=bool)},
        np.ones(size, dtype=bool),
        lambda indexes: ["PERSON" if truth[index] else "" for index in indexes],
        {"PERSON": _cuts(int(weights.sum())) if cuts is None else cuts},
        **more,
    )


def _truth(share, seed, size=CELLS):
    truth = np.zeros(size, dtype=bool)
    truth[np.random.default_rng(seed).choice(size, round(share * size), replace=False)] = True
    return truth


def _wrong(found, matching, cells=CELLS):
    """Tell whether a settled verdict contradicts that on all cells, read whole or as a sample."""
    floor = found.floors["PERSON"]
    whole, sample = matching / cells, lower_bound(matching, cells, whole=False)
    return any(
        (floor >= share and whole < share) or (floor < share and sample >= share)
        for share in SHARES
    )


@pytest.mark.parametrize("share", [0.0, 0.05, 0.08, 0.12, 0.27, 0.33, 0.46, 0.54, 0.8, 1.0])
def test_a_settled_verdict_is_hardly_ever_wrong(share):
    runs = [(_truth(share, seed), seed) for seed in range(100)]
    found = [(_settle(truth, most=3000), int(truth.sum())) for truth, _ in runs]
    settled = [(item, matching) for item, matching in found if item.floors is not None]
    wrong = sum(_wrong(item, matching) for item, matching in settled)
    assert wrong <= ERROR * len(runs)


def test_the_error_holds_where_it_is_hardest():
    # Just under a cut, most fields are not settled; those that are wrong stay below the error.
    just_under = cut(0.3, CELLS).low - 1
    wrong = 0
    for seed in range(200):
        found = _settle(_truth(just_under / CELLS, seed), most=3000)
        wrong += found.floors is not None and _wrong(found, just_under)
    assert wrong <= 2 * ERROR * 200


@pytest.mark.parametrize(("share", "most"), [(0.0, 150), (0.95, 60), (1.0, 20), (0.7, 150)])
def test_obvious_fields_cost_few_values(share, most):
    asked = sorted(_settle(_truth(share, seed)).asked for seed in range(50))
    assert asked[25] <= most


def test_an_empty_field_costs_a_few_hundred_when_names_in_two_of_a_hundred_matter():
    cuts = (cut(0.02, CELLS, first=True), *_cuts())
    found = _settle(_truth(0.0, 1), cuts=cuts)
    assert 300 <= found.asked <= 500
    assert found.drawn.sum() == found.asked
    assert hidden(int(found.drawn.sum())) < 0.01


def test_a_field_near_a_cut_is_looked_at_completely():
    found = _settle(_truth(0.3, 5))
    assert found.drawn is None
    assert found.decided.all()
    assert found.hits["PERSON"].sum() == round(0.3 * CELLS)


def test_what_is_asked_is_bounded():
    found = _settle(_truth(0.3, 5), most=1000)
    assert found.asked <= 1000
    assert found.floors is None
    # Only cells before the first that was not looked at count: the rest would be a biased sample.
    assert not (found.drawn.astype(bool) & ~found.decided).any()


def test_without_bound_everything_is_asked_at_once():
    found = _settle(_truth(0.9, 5), most=None)
    assert found.asked == CELLS
    assert found.drawn is None


def test_frequent_values_weigh_as_in_the_field():
    # One value in ten fills most of the cells, and is no name.
    weights = np.array([141, 1, 1, 1, 1, 1, 1, 1, 1, 1] * 200, dtype=np.int64)
    truth = np.array([False, *[True] * 9] * 200)
    found = _settle(truth, weights)
    share = found.drawn[found.hits["PERSON"]].sum() / found.drawn.sum()
    assert found.floors == {"PERSON": 0.0}
    assert share < 0.12


def test_the_same_field_is_drawn_in_the_same_order():
    truth = _truth(0.7, 3)
    assert _settle(truth).drawn.tolist() == _settle(truth).drawn.tolist()


def test_what_is_known_settles_without_asking():
    known = np.zeros(CELLS, dtype=bool)
    known[:6000] = True

    def refuse(_indexes):
        raise AssertionError("asked")

    found = settle(
        np.ones(CELLS, dtype=np.int64),
        {"PERSON": known},
        ~known,
        refuse,
        {"PERSON": _cuts()},
    )
    assert found.asked == 0
    assert found.drawn is None


def test_enough_hits_of_too_few_values_do_not_settle():
    # Two values fill the field, so ten distinct names will never be found: all is looked at.
    weights = np.array([5000, 5000], dtype=np.int64)
    cuts = (cut(0.5, CELLS, distinct=10),)
    found = _settle(np.array([True, True]), weights, cuts)
    assert found.drawn is None


def _exactly(found, drawn, holding, total):
    return (
        math.comb(holding, found)
        * math.comb(total - holding, drawn - found)
        / math.comb(total, drawn)
    )


def test_the_chances_are_those_of_draws_without_putting_back():
    for total, drawn, holding in itertools.product((7, 30), (1, 5, 7), (0, 1, 3, 7)):
        for found in range(min(drawn, holding) + 1):
            whole = range(min(drawn, holding) + 1)
            least = sum(_exactly(k, drawn, holding, total) for k in whole if k >= found)
            most = sum(_exactly(k, drawn, holding, total) for k in whole if k <= found)
            assert at_least(found, drawn, holding, total) == pytest.approx(least)
            assert at_most(found, drawn, holding, total) == pytest.approx(most)


def test_chances_far_from_the_mean_do_not_vanish():
    assert at_least(300, 3000, 5000, 10_000) == pytest.approx(1.0)
    assert at_most(2900, 3000, 5000, 10_000) == pytest.approx(1.0)
    assert at_least(2900, 3000, 5000, 10_000) < 1e-9


@pytest.mark.parametrize("cells", [1, 20, 21, 999, 10_000])
def test_a_cut_holds_for_whole_assets_and_for_samples(cells):
    for share in SHARES:
        found = cut(share, cells)
        assert (found.low - 1) / cells < share <= found.low / cells
        if found.high < cells:
            assert lower_bound(found.high, cells, whole=False) >= share


@pytest.mark.parametrize(("examined", "most"), [(0, 1.0), (299, 0.01), (2995, 0.001)])
def test_what_a_zero_leaves_open(examined, most):
    assert hidden(examined) == pytest.approx(most, rel=0.01)
