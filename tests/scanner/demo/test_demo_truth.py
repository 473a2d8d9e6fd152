"""The list of deviations and near misses is complete and documented."""

from pathlib import Path

import pytest

from scanner import demo
from scanner.errors import ConfigError
from scanner.model import Confidence, Severity, State
from scanner.taxonomy import taxonomy

SYSTEMS = ("X1", "X2", "X3", "X4", "X5", "X9", "X10")
RULES = {
    *("I01", "I02", "I03", "I06", "I08", "P01", "S01", "S03", "S04", "T03"),
    *("Q01", "Q08", "Q09", "H05", "H07"),
}
DOCUMENT = Path(__file__).parents[3] / "docs" / "demo.md"


def test_every_system_has_two_deviations_and_two_near_misses():
    for system in SYSTEMS:
        assert sum(d.system == system for d in demo.DEVIATIONS) >= 2, system
        assert sum(n.system == system for n in demo.NEAR_MISSES) >= 2, system


def test_every_rule_has_a_deviation():
    assert {deviation.rule for deviation in demo.DEVIATIONS} == RULES


def test_there_are_as_many_near_misses_as_deviations():
    assert len(demo.NEAR_MISSES) >= len(demo.DEVIATIONS)


def test_ids_are_unique_and_name_their_system():
    entries = [*demo.DEVIATIONS, *demo.NEAR_MISSES]
    assert len({entry.id for entry in entries}) == len(entries)
    assert all(entry.id.startswith(entry.system.lower() + "-") for entry in entries)


def test_every_deviation_has_a_finding_of_its_own():
    keys = {(e.rule, e.place, e.category) for e in demo.expected()}
    assert len(keys) == len(demo.DEVIATIONS)


def test_words_are_those_of_findings():
    for deviation in demo.DEVIATIONS:
        assert Severity(deviation.severity)
        assert Confidence(deviation.confidence).rank >= Confidence.PROBABLE.rank
        assert State(deviation.state)
        assert bool(deviation.store) != bool(deviation.prefix), deviation.id
        assert not deviation.category or deviation.category in taxonomy().categories


def test_what_is_left_out_is_not_expected():
    left = {e.deviation for e in demo.expected(without={"x2-card", "x9-leads"})}
    assert {e.deviation for e in demo.expected()} - left == {"x2-card", "x9-leads"}


def test_unknown_deviation_is_refused():
    with pytest.raises(ConfigError, match="no deviation"):
        demo.expected(without={"x99"})


def test_every_deviation_and_near_miss_is_documented():
    text = DOCUMENT.read_text("utf-8")
    for entry in (*demo.DEVIATIONS, *demo.NEAR_MISSES):
        assert f"| `{entry.id}` | {entry.system} |" in text
