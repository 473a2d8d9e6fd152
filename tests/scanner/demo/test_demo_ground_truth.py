"""A scan of the demo says what the list of deviations demands, and nothing else."""

import hashlib
import sqlite3
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scanner import config, demo, run
from scanner.model import AssetPlan, Confidence, Finding, ScanResult, Severity
from scanner.model import Path as AssetPath

Key = tuple[str, str, str]  # rule, place, category

COMPLETE = ("R02", "R08", "Q04", "Q05")  # nothing else is said by these

# One or more for each rule; leaving every deviation out in turn would take an hour.
LEFT_OUT = (
    *("x1-birth-date", "x1-cover-iban", "x1-overseas", "x1-day-91", "x1-dead-glob", "x2-card"),
    *("x2-token", "x3-clear-password", "x3-staging", "x3-region", "x3-no-entity", "x3-access"),
    *("x3-weak-hash", "x3-religion", "x3-no-subjects", "x4-closed", "x5-old-lines"),
    *("x5-file-name", "x6-old-backup", "x7-transcripts", "x7-no-safeguard"),
    *("x10-card-kept", "x10-seven-years", "f1-ssn", "f1-child", "f6-log-user"),
    *("i2-visits", "i3-card", "i4-place", "s2-child", "s9-vendor"),
)


def scan(
    folder: Path,
    *,
    seed: int = 0,
    without: frozenset[str] = frozenset(),
    jobs: int = 0,
    day: date = demo.AS_OF,
):
    estate = demo.build(folder, seed=seed, without=without, day=day)
    settings = replace(config.load(estate.config), jobs=jobs)
    return run.scan(settings, run.Options(as_of=day))


def key(finding: Finding) -> Key:
    return finding.rule, finding.store or finding.prefix, finding.category


def heavy(result: ScanResult) -> Counter[Key]:
    """What a scan says of the stores at level low or above, and how often."""
    return Counter(
        key(f)
        for f in result.findings
        if f.section != "record" and f.severity.rank >= Severity.LOW.rank
    )


def lacking(result: ScanResult) -> set[Key]:
    """What a scan says of the records themselves."""
    return {key(finding) for finding in result.findings if finding.section == "record"}


def said(result: ScanResult) -> set[Key]:
    return {key(finding) for finding in result.findings}


def expected(day: date, *, info: bool, record: bool = False) -> Counter[Key]:
    return Counter(
        (e.rule, e.place, e.category)
        for e in demo.expected(day=day)
        if e.info == info and e.about_record == record
    )


def check(result: ScanResult, day: date = demo.AS_OF) -> None:
    assert heavy(result) == expected(day, info=False)
    assert set(expected(day, info=True)) <= said(result)
    assert set(expected(day, info=False, record=True)) <= lacking(result)
    assert result.synthetic
    for expectation in demo.expected(day=day):
        place = (expectation.rule, expectation.place, expectation.category)
        found = [
            finding
            for finding in result.findings
            if key(finding) == place and expectation.qualifier in finding.qualifier
        ]
        assert [finding.severity.value for finding in found] == [expectation.severity], place
        assert found[0].state.value == expectation.state, place
        assert found[0].confidence.rank >= Confidence(expectation.confidence).rank, place


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """A scan of each day that has a ground truth."""
    folder = tmp_path_factory.mktemp("days")
    return {day: scan(folder / str(day), day=day) for day in demo.DAYS}


@pytest.mark.parametrize("day", demo.DAYS, ids=str)
def test_scan_finds_every_deviation_and_nothing_else(results, day):
    check(results[day], day)


@pytest.mark.parametrize("day", demo.DAYS, ids=str)
def test_records_are_told_what_they_lack(results, day):
    told = {(f.rule, f.record, f.store or f.prefix) for f in results[day].findings}
    in_force = {record.organisation for record in demo.RECORDS if record.in_force(day)}
    must = {
        (item.rule, item.record, place)
        for item in demo.recorded(day)
        if item.record in in_force
        for place in item.places
    }
    assert must <= told
    for rule in COMPLETE:
        assert {item for item in told if item[0] == rule} <= must


def test_before_the_gdpr_applies_nothing_cites_it(results):
    findings = results[date(2015, 10, 7)].findings
    cited = [article for finding in findings for article in finding.articles]
    assert cited
    assert not [article for article in cited if "GDPR" in article]
    later = results[demo.AS_OF].findings
    assert any("GDPR" in article for finding in later for article in finding.articles)


def test_each_finding_is_that_of_the_record_which_answers_for_it(results):
    findings = results[demo.AS_OF].findings
    named = {"f": "faxcom", "i": "ixanet", "s": "xmserver", "x": "xmedius_solutions"}
    for expectation in demo.expected():
        place = (expectation.rule, expectation.place, expectation.category)
        records = {finding.record for finding in findings if key(finding) == place}
        assert named[expectation.deviation[0]] in records, place


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("day", demo.DAYS, ids=str)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_other_seeds_give_the_same_verdicts(tmp_path, seed, day):
    check(scan(tmp_path / "demo", seed=seed, day=day), day)


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
    else:  # a log with its rotated files, or another file
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
@pytest.mark.parametrize("deviation", LEFT_OUT)
def test_leaving_a_deviation_out_removes_exactly_its_finding(memory, everything, deviation):
    without = frozenset({deviation})
    (gone,) = (e for e in demo.expected() if e.deviation == deviation)
    less = scan(memory.folder, without=without, jobs=1)
    # By comparison with the full scan, so that one wrong verdict does not fail them all.
    place = (gone.rule, gone.place, gone.category)
    if gone.about_record:
        assert heavy(less) == heavy(everything)
        assert lacking(everything) - lacking(less) == {place}
        return
    missing = heavy(everything) - heavy(less)
    assert missing == (Counter() if gone.info else Counter([place]))
    assert heavy(less) <= heavy(everything)
    if gone.info:
        assert place not in said(less)
