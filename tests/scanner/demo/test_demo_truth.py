"""The list of deviations and near misses is complete and documented."""

from datetime import date
from pathlib import Path

import pytest

from scanner import demo
from scanner.errors import ConfigError
from scanner.model import Confidence, Severity, State
from scanner.taxonomy import taxonomy

SYSTEMS = ("X1", "X2", "X3", "X4", "X5", "X9", "X10")
OTHERS = ("X6", "X7", "X8", "X11", "F1", "F2", "F6", "I1", "I2", "I3", "I4", "S2", "S5", "S9")
RULES = {
    *(
        "I01",
        "I02",
        "I03",
        "I05",
        "I06",
        "I07",
        "I08",
        "P01",
        "P02",
        "S01",
        "S02",
        "S03",
        "S04",
        "S07",
    ),
    *("T01", "T02", "T03", "T04", "T05", "T06", "R01", "R03", "R04", "R05", "R07"),
    *("C01", "C02", "C03", "C05", "Q01", "Q08", "Q09", "H05", "H07"),
}
DOCUMENT = Path(__file__).parents[3] / "docs" / "demo.md"


def test_every_system_has_two_deviations_and_two_near_misses():
    for system in SYSTEMS:
        assert sum(d.system == system for d in demo.DEVIATIONS) >= 2, system
        assert sum(n.system == system for n in demo.NEAR_MISSES) >= 2, system


def test_every_other_system_has_a_deviation_or_a_near_miss():
    named = {entry.system for entry in (*demo.DEVIATIONS, *demo.NEAR_MISSES)}
    assert named >= set(OTHERS)


def test_every_rule_has_a_deviation():
    assert {deviation.rule for deviation in demo.DEVIATIONS} >= RULES


def test_near_misses_are_nearly_as_many_as_deviations():
    assert len(demo.NEAR_MISSES) >= 0.8 * len(demo.DEVIATIONS)


@pytest.mark.parametrize(
    ("day", "systems"),
    [
        (date(2009, 10, 30), {"F"}),
        (date(2015, 10, 5), {"F"}),
        (date(2019, 6, 1), {"F", "X", "I"}),
        (date(2026, 1, 15), {"F", "X", "I", "S"}),
    ],
)
def test_deviations_are_those_of_the_records_in_force(day, systems):
    ids = demo.planted(day=day)
    assert {d.system[0] for d in demo.DEVIATIONS if d.id in ids} == systems


def test_void_safe_harbor_is_a_deviation_from_the_judgment_on():
    named = [e.deviation for e in demo.expected(day=date(2015, 10, 5))]
    assert "f-safe-harbor" not in named
    assert "f-safe-harbor" in [e.deviation for e in demo.expected(day=date(2015, 10, 6))]


def test_ids_are_unique_and_name_their_system():
    entries = [*demo.DEVIATIONS, *demo.NEAR_MISSES]
    assert len({entry.id for entry in entries}) == len(entries)
    assert all(
        entry.id.startswith((entry.system.lower() + "-", entry.system[0].lower() + "-"))
        for entry in entries
    )


def test_every_deviation_has_a_finding_of_its_own():
    for day in demo.DAYS:
        expected = demo.expected(day=day)
        assert len({(e.rule, e.place, e.category, e.qualifier) for e in expected}) == len(expected)
    assert {d.id for d in demo.DEVIATIONS} == {
        e.deviation for day in demo.DAYS for e in demo.expected(day=day)
    }


def test_words_are_those_of_findings():
    for deviation in demo.DEVIATIONS:
        assert Severity(deviation.severity)
        assert Confidence(deviation.confidence)
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
