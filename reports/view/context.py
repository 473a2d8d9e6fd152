"""What every part of a view looks up: coverage and templates by asset, anchors by finding."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.view import words
from scanner.model import Confidence, Coverage, Finding, ScanResult, Severity

_PLACEHOLDER = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Context:
    """A result and its indexes. Build with :func:`context`."""

    result: ScanResult
    coverage: Mapping[str, Coverage]  # by asset
    templates: Mapping[str, str]  # by asset#template id
    anchors: Mapping[int, str]  # by id() of a finding

    def anchor(self, finding: Finding) -> str:
        """Return the name that links lead to."""
        return self.anchors[id(finding)]

    @property
    def several(self) -> bool:
        """Tell whether more than one record was compared."""
        return len(self.result.records) > 1


def context(result: ScanResult) -> Context:
    """Index a result."""
    return Context(
        result,
        {item.asset.path: item.coverage for item in result.inventory.results},
        {
            f"{item.asset.path}#{id_}": text
            for item in result.inventory.results
            for id_, text in item.templates
            if _PLACEHOLDER.sub("", text).strip()  # else it tells nothing
        },
        _anchors(result.findings),
    )


def _anchors(findings: Iterable[Finding]) -> dict[int, str]:
    """Name findings by their fingerprint, so that a link into next week's report still works."""
    out: dict[int, str] = {}
    seen: Counter[str] = Counter()
    for finding in findings:
        key = "".join(c for c in finding.fingerprint if c.isascii() and c.isalnum()) or finding.rule
        seen[key] += 1
        out[id(finding)] = f"f-{key}" + (f"-{seen[key]}" if seen[key] > 1 else "")
    return out


def differences(result: ScanResult) -> list[Finding]:
    """Findings that count: active, at least probable, at least low. Heaviest first."""
    return words.best_first(
        finding
        for finding in _active(result)
        if finding.confidence is not Confidence.POSSIBLE and finding.severity is not Severity.INFO
    )


def possible(result: ScanResult) -> list[Finding]:
    """Findings to review: active, not sure enough to count."""
    return words.best_first(f for f in _active(result) if f.confidence is Confidence.POSSIBLE)


def informative(result: ScanResult) -> list[Finding]:
    """Findings that ask for nothing."""
    return words.best_first(
        finding
        for finding in _active(result)
        if finding.confidence is not Confidence.POSSIBLE and finding.severity is Severity.INFO
    )


def _active(result: ScanResult) -> Iterable[Finding]:
    return (f for f in result.findings if f.section == "findings" and f.state in words.ACTIVE)
