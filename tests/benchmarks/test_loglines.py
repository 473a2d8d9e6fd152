"""The benchmark of log lines: its lines bear their truth, and it counts what it compares."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
REFERENCE = """
import re
USER_FILES = {"a.log"}
IP = re.compile(r"\\d+(?:\\.\\d+){3}")
NONE = lambda line: []
FIND = {"IPV4": IP.findall, "IPV6": NONE, "MAC_ADDRESS": NONE, "EMAIL_ADDRESS": NONE,
        "HOSTNAME": NONE, "USERNAME": lambda line: re.findall(r"user=(\\w+)", line)}
"""
KINDS = ("IPV4", "IPV6", "MAC_ADDRESS", "EMAIL_ADDRESS", "HOSTNAME", "USERNAME")
COUNTS = ",".join(["file", *(f"{kind}_lines" for kind in KINDS)]) + "\na.log,40,0,0,1,0,\n"


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[ModuleType, ModuleType]]:
    """The benchmark and its worlds."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    before = set(sys.modules)
    import loglines
    import logworlds

    yield loglines, logworlds
    for name in set(sys.modules) - before:
        if BENCHMARKS in Path(getattr(sys.modules[name], "__file__", None) or "/").parents:
            del sys.modules[name]


def test_lines_hold_their_truth(modules):
    _, logworlds = modules
    made = [line for log in logworlds.logs(7, 1) for line in log.lines]
    assert len(made) > 150
    for line in made:
        assert "%{" not in line.text
        for _, value in line.must:
            assert value in line.text


def test_a_seed_makes_the_same_lines(modules):
    _, logworlds = modules
    assert list(logworlds.logs(7, 1)) == list(logworlds.logs(7, 1))
    assert list(logworlds.logs(7, 1)) != list(logworlds.logs(8, 1))


def test_every_kind_occurs_and_so_do_lines_without_any(modules):
    _, logworlds = modules
    lines = [line for log in logworlds.logs(7, 1) for line in log.lines]
    assert {entity for line in lines for entity, _ in line.must} == logworlds.ENTITIES
    assert not all(line.must for line in lines)


def test_addresses_are_compared_in_one_form(modules):
    loglines, _ = modules
    assert loglines.plain("IP_ADDRESS", "::ffff:10.0.0.1") == "10.0.0.1"
    assert loglines.plain("IP_ADDRESS", "2001:DB8:0::1/64") == "2001:db8::1"
    assert loglines.plain("MAC_ADDRESS", "AA-BB-CC-00-11-22") == "aa:bb:cc:00:11:22"


def test_counts_of_lines_and_pairs(modules):
    loglines, _ = modules
    score = loglines.Score()
    score.add(frozenset("ab"), frozenset("bc"), "one")
    score.add(frozenset("a"), frozenset(), "two")
    score.add(frozenset(), frozenset("a"), "three")
    assert dict(score.lines) == {"right": 1, "missed": 1, "extra": 1}
    assert dict(score.pairs) == {"right": 1, "missed": 2, "extra": 2}
    assert len(score.errors) == 3


def test_a_folder_with_a_reference_is_compared(modules, tmp_path):
    loglines, _ = modules
    (tmp_path / "logs").mkdir()
    lines = [f"2024-01-01 10:00:{n:02} user=anna from 62.4.{n}.6" for n in range(40)]
    (tmp_path / "logs" / "a.log").write_text("\n".join([*lines, "rv:1.9.0.19"]), "utf-8")
    (tmp_path / "logs_reference.py").write_text(REFERENCE, "utf-8")
    (tmp_path / "logs.csv").write_text(COUNTS, "utf-8")
    detector = loglines.detect.build(loglines.Detection(names=False))
    scores = {e: s for _, e, s in loglines.against_reference(tmp_path, detector)}
    assert scores["IP_ADDRESS"].lines == {"right": 40, "missed": 1}
    assert scores["USERNAME"].lines == {"right": 40}
    counts, differ = loglines.present(tmp_path)
    assert counts == {"right": 1, "missed": 1}
    assert differ == ["a.log EMAIL_ADDRESS missed"]
