"""Findings that somebody answers for until a day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from scanner.model import Finding, Severity, State, glob_match
from scanner.ropa.types import Accept, Ropa

_LONGEST = timedelta(days=366)
_LONGEST_CRITICAL = timedelta(days=90)


def accepted(
    findings: Iterable[Finding], ropa: Ropa, as_of: date
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Mark what the record accepts; return the findings, and a sentence for each block that is
    over or reaches too far to count.
    """
    out = []
    notes: dict[str, None] = {}
    for finding in findings:
        for block in ropa.accepts:
            if _about(block, finding):
                reason = _refused(block, finding, as_of)
                if reason:
                    notes[reason] = None
                else:
                    finding = replace(finding, state=State.ACCEPTED, accepted_until=block.until)
                    break
        out.append(finding)
    return tuple(out), tuple(notes)


def _about(block: Accept, finding: Finding) -> bool:
    """Tell whether a block names a finding: by rule or fingerprint, store, category and path."""
    if block.finding.lower() not in (finding.rule.lower(), finding.name, finding.fingerprint):
        return False
    # A fingerprint names one finding, with or without the store.
    by_print = block.finding.lower() == finding.fingerprint and not (block.store and finding.store)
    if block.store != finding.store and not by_print:
        return False
    if block.category and block.category != finding.category:
        return False
    places = [item.place for item in finding.evidence]
    return not block.path or (bool(places) and all(_inside(block.path, place) for place in places))


def _inside(glob: str, place: str) -> bool:
    """Tell whether a glob of an asset or a field covers a place."""
    return glob_match(glob, place) or glob_match(glob, place.partition("#")[0])


def _refused(block: Accept, finding: Finding, as_of: date) -> str:
    """Say why a block that names a finding does not count; empty when it does."""
    place = finding.store or finding.prefix
    named = f"The accept block of {finding.rule} for {place} (until {block.until})"
    critical = finding.severity is Severity.CRITICAL
    if block.until < as_of:
        return f"{named} is over; the finding speaks again."
    if block.until - as_of > (_LONGEST_CRITICAL if critical else _LONGEST):
        longest = "90 days for a critical finding" if critical else "a year"
        return f"{named} does not count: it may run at most {longest} from the day of the scan."
    if block.up_to is not None and finding.records > block.up_to:
        return f"{named} covers up to {block.up_to:,} records; there are more, so it speaks again."
    return ""
