"""A scan of the demo says what the list of deviations demands, and nothing else."""

import hashlib
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from scanner import config, demo, run
from scanner.model import AssetPlan, Confidence, Finding, ScanResult, Severity
from scanner.model import Path as AssetPath

Key = tuple[str, str, str]  # rule, place, category


def scan(folder: Path, *, seed: int = 0, without: frozenset[str] = frozenset(), jobs: int = 0):
    estate = demo.build(folder, seed=seed, without=without)
    settings = replace(config.load(estate.config), jobs=jobs)
    return run.scan(settings, run.Options(as_of=demo.AS_OF))


def key(finding: Finding) -> Key:
    return finding.rule, finding.store or finding.prefix, finding.category


def heavy(result: ScanResult) -> set[Key]:
    """What a scan says at level low or above."""
    return {key(f) for f in result.findings if f.severity.rank >= Severity.LOW.rank}


def said(result: ScanResult) -> set[Key]:
    return {key(finding) for finding in result.findings}


def expected(*, info: bool, without: frozenset[str] = frozenset()) -> set[Key]:
    return {(e.rule, e.place, e.category) for e in demo.expected(without) if e.info == info}


def check(result: ScanResult) -> None:
    assert heavy(result) == expected(info=False)
    assert expected(info=True) <= said(result)
    assert result.synthetic
    for expectation in demo.expected():
        place = (expectation.rule, expectation.place, expectation.category)
        found = [finding for finding in result.findings if key(finding) == place]
        assert [finding.severity.value for finding in found] == [expectation.severity], place
        assert found[0].state.value == expectation.state, place
        assert found[0].confidence.rank >= Confidence(expectation.confidence).rank, place


def test_scan_finds_every_deviation_and_nothing_else(tmp_path):
    check(scan(tmp_path / "demo"))


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_other_seeds_give_the_same_verdicts(tmp_path, seed):
    check(scan(tmp_path / "demo", seed=seed))


class Memory:
    """Reads an asset once for each content: most of an estate stays when one deviation goes."""

    def __init__(self, read):
        self.read, self.known = read, {}

    def __call__(self, worker, unit: AssetPlan):
        at = AssetPath.parse(unit.asset.path)
        content = (unit, digest(self.folder / "stores", at))
        if content not in self.known:
            self.known[content] = self.read(worker, unit)
        return self.known[content]


def digest(stores: Path, at: AssetPath) -> str:
    """The content of a table, or of a log with its rotated files."""
    found = hashlib.sha256()
    if at.kind == "sqlite":
        connection = sqlite3.connect(stores / f"{at.source}.sqlite")
        for row in connection.execute(f'SELECT * FROM "{at.segments[-1]}"'):
            found.update(repr(row).encode())
        connection.close()
    else:
        log = stores.joinpath(at.source, *at.segments)
        for path in sorted(log.parent.glob(f"{log.name}*")):
            found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


@pytest.fixture(scope="module")
def memory():
    """A reader that remembers, in place of the real one."""
    with pytest.MonkeyPatch.context() as patch:
        remembering = Memory(run.read_asset)
        patch.setattr(run, "read_asset", remembering)
        yield remembering


@pytest.fixture(scope="module")
def everything(memory, tmp_path_factory):
    """The scan with everything planted, by the remembering reader."""
    memory.folder = tmp_path_factory.mktemp("memory") / "demo"
    return scan(memory.folder, jobs=1)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("deviation", [deviation.id for deviation in demo.DEVIATIONS])
def test_leaving_a_deviation_out_removes_exactly_its_finding(memory, everything, deviation):
    without = frozenset({deviation})
    (gone,) = (e for e in demo.expected() if e.deviation == deviation)
    less = scan(memory.folder, without=without, jobs=1)
    # By comparison with the full scan, so that one wrong verdict does not fail them all.
    missing = heavy(everything) - heavy(less)
    assert missing == (set() if gone.info else {(gone.rule, gone.place, gone.category)})
    assert heavy(less) <= heavy(everything)
    if gone.info:
        assert (gone.rule, gone.place, gone.category) not in said(less)
