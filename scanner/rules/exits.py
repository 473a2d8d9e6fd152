"""Whether a scan passes."""

from collections.abc import Iterable

from scanner.model import Confidence, Finding, Inventory, Severity, State

_SETTLED = frozenset({State.ACCEPTED, State.RESOLVED, State.NOT_SEEN})


def exit_code(
    findings: Iterable[Finding],
    inventory: Inventory,
    fail_on: Severity = Severity.HIGH,
    min_confidence: Confidence = Confidence.PROBABLE,
) -> int:
    """Return 1 for findings that fail the run, else 3 for gaps nobody declared, else 0.

    A finding fails the run at ``fail_on`` and ``min_confidence`` or above. Possible ones never do,
    nor do those about the record's own quality or coverage, nor what is accepted or gone.
    """
    least = max(min_confidence.rank, Confidence.PROBABLE.rank)
    found = tuple(findings)
    if any(
        finding.section == "findings"
        and finding.state not in _SETTLED
        and finding.severity.rank >= fail_on.rank
        and finding.confidence.rank >= least
        for finding in found
    ):
        return 1
    gaps = any(f.rule == "H05" and f.state not in _SETTLED for f in found)
    return 3 if gaps or inventory.all_gaps else 0
