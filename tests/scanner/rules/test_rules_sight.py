"""A zero is bounded by the cells that were looked at, not by the rows that were read."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
import rulecases
from rulecases import DAY

from scanner.model import Method
from scanner.rules import compare

RECORD = tomllib.loads((Path(__file__).parent / "cases" / "i01.toml").read_text("utf-8"))["record"]
LOG = "log://web/access"


def _pair(folder, partly, method=Method.RANDOM):
    raw = {"asset": [{"path": LOG, "holdings": [], "fields": ["m"]}]}
    inventory = rulecases.inventory(raw)
    results = tuple(
        replace(item, coverage=replace(item.coverage, partly=partly, method=method))
        for item in inventory.results
    )
    ropa = rulecases.record(RECORD, folder)
    found = compare(replace(inventory, results=results), [ropa], DAY)
    pairs = {(pair.store, pair.category): pair for pair in found.records[0].pairs}
    return pairs[("weblog", "ip_address")]


PARTLY = [
    ((), 1000, 0.003),
    ((("IP_ADDRESS", 400),), 400, 0.0075),
    ((("PERSON", 400),), 1000, 0.003),  # another entity
    ((("IP_ADDRESS", 5000),), 1000, 0.003),  # never more than the rows
]


@pytest.mark.parametrize(("partly", "examined", "bound"), PARTLY)
def test_a_zero_is_bounded_by_what_was_looked_at(tmp_path: Path, partly, examined, bound):
    pair = _pair(tmp_path, partly)
    assert (pair.state, pair.examined) == ("looked_for", examined)
    assert pair.bound == pytest.approx(bound)


def test_an_asset_read_whole_is_no_exact_zero_when_it_was_looked_at_in_rounds(tmp_path: Path):
    assert _pair(tmp_path, (), Method.WHOLE).bound == 0.0
    assert _pair(tmp_path, (("IP_ADDRESS", 400),), Method.WHOLE).bound > 0
