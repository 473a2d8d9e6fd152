"""Every rule against its case file, and the promises that all rules keep."""

import re
from pathlib import Path

import pytest
import rulecases
from rulecases import Case

from scanner.rules import RULES, Rule, page, summary

FOLDER = Path(__file__).parent / "cases"
FILES = {rule.code: FOLDER / f"{rule.code.lower()}.toml" for rule in RULES}
CASES = [(code, case) for code, path in FILES.items() for case in rulecases.cases(path)]


@pytest.mark.parametrize(
    ("code", "case"), CASES, ids=[f"{code}: {case.name}" for code, case in CASES]
)
def test_rule_says_what_its_case_expects(code: str, case: Case, tmp_path: Path) -> None:
    found = rulecases.told(case.compared(tmp_path).findings, code)
    assert len(found) == len(case.expected), [f.title for f in found]
    for finding, expected in zip(found, case.expected, strict=True):
        said = {name: rulecases.attribute(finding, name) for name in expected}
        assert said == expected


@pytest.mark.parametrize(
    ("code", "case"),
    [(code, case) for code, case in CASES if "instead" in case.raw],
    ids=lambda item: item.name if isinstance(item, Case) else item,
)
def test_another_rule_speaks_where_a_near_miss_says_so(
    code: str, case: Case, tmp_path: Path
) -> None:
    findings = case.compared(tmp_path).findings
    spoken = [f.rule for f in findings if f.section == "findings" and f.rule not in ("I06", "T03")]
    assert sorted(spoken) == case.raw["instead"]


@pytest.mark.parametrize("code", FILES)
def test_every_rule_has_a_passing_a_failing_and_a_near_miss_case(code: str) -> None:
    kinds = {case.name.partition(":")[0] for case in rulecases.cases(FILES[code])}
    assert kinds >= {"pass", "fail", "near miss"}


@pytest.mark.parametrize(("code", "case"), CASES, ids=[f"{c}: {k.name}" for c, k in CASES])
def test_case_names_tell_the_outcome(code: str, case: Case) -> None:
    kind = case.name.partition(":")[0]
    assert bool(case.expected) == (kind == "fail")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rule_is_its_own_page(rule: type[Rule]) -> None:
    text = page(rule)
    for section in ("What it checks", "Why it matters", "Example", "How to resolve"):
        assert re.search(rf"^## {section}\n\S", text, re.M), section
    assert text.startswith(f"# {rule.code} {rule.name}\n\n{summary(rule)}")
    assert not re.search("violat|illegal|complian", text, re.I)


def test_ids_and_names_are_unique() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(("code", "case"), CASES, ids=[f"{c}: {k.name}" for c, k in CASES])
def test_findings_are_whole(code: str, case: Case, tmp_path: Path) -> None:
    seen = set()
    for finding in case.compared(tmp_path).findings:
        assert re.fullmatch("[0-9a-f]{16}", finding.fingerprint)
        assert finding.fingerprint not in seen
        seen.add(finding.fingerprint)
        assert finding.record == "acme"
        assert finding.title
        assert finding.advice
        assert finding.store or finding.prefix
        assert not re.search("violat|illegal|complian", f"{finding.title} {finding.advice}", re.I)
