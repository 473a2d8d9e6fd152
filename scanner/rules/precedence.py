"""One place, one headline: of several rules at one field and category, the first family speaks."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from scanner.model import Confidence, Evidence, Finding, Severity
from scanner.rules.drafting import HARMLESS

_FAMILIES = "SPCRTI"
# What is about an absence has no place to share.
_APART = frozenset({"I06"})
# Of one family and severity these speak before the others, as they say more of the same values.
_FIRST = frozenset({"I07", "P02"})

Spoken = tuple[str, str]  # place and category


def order(finding: Finding) -> tuple[int, int, str, str, str, str]:
    """Sort key of reports: heaviest, surest, then rule, place, category and qualifier."""
    return (
        -finding.severity.rank,
        -finding.confidence.rank,
        finding.rule,
        finding.store or finding.prefix,
        finding.category,
        finding.qualifier,
    )


def headlines(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put findings that share a place and category under the first family that speaks there.

    Families come in the order S, P, C, R, T, I. A finding of one category of which only some
    places are taken stays a headline for the others. A finding of several categories (a whole
    store that nothing declares) stays as it is unless all its places are taken.
    """
    kept: list[Finding] = []
    rest: list[Finding] = []
    speakers: dict[Spoken, int] = {}
    below: dict[int, list[Finding]] = defaultdict(list)
    for finding in sorted(findings, key=_speaking_order):
        mine = _spoken(finding)
        if not mine:
            rest.append(finding)
            continue
        free = [item for item in finding.evidence if _key(item) not in speakers]
        if not free or (finding.category and len(free) < len(finding.evidence)):
            for speaker, items in _taken(finding, speakers).items():
                below[speaker].append(_about(finding, items))
        if free:
            kept.append(_about(finding, free) if finding.category else finding)
            for key in mine:
                speakers.setdefault(key, len(kept) - 1)
    spoken = [replace(f, also=tuple(sorted(below[n], key=order))) for n, f in enumerate(kept)]
    return tuple(sorted((*spoken, *rest), key=order))


def _speaking_order(
    finding: Finding,
) -> tuple[int, int, bool, tuple[int, int, str, str, str, str]]:
    family = _FAMILIES.find(finding.rule[0])
    family = family if family >= 0 else len(_FAMILIES)
    return (family, -finding.severity.rank, finding.rule not in _FIRST, order(finding))


def _key(item: Evidence) -> Spoken:
    return item.place, item.category


def _spoken(finding: Finding) -> tuple[Spoken, ...]:
    if finding.section != "findings" or finding.rule in _APART:
        return ()
    return tuple(_key(item) for item in finding.evidence if item.category)


def _taken(finding: Finding, speakers: dict[Spoken, int]) -> dict[int, list[Evidence]]:
    """Return the evidence that others speak of already, by the speaker."""
    out: dict[int, list[Evidence]] = defaultdict(list)
    for item in finding.evidence:
        if _key(item) in speakers:
            out[speakers[_key(item)]].append(item)
    return out


def _about(finding: Finding, items: list[Evidence]) -> Finding:
    """Return a finding for part of its evidence; the fingerprint stays."""
    if len(items) == len(finding.evidence):
        return finding
    best = max((item.confidence for item in items), key=lambda c: c.rank)
    sure = [item for item in items if item.confidence is not Confidence.POSSIBLE] or items
    records = max(item.records for item in sure)
    part = replace(finding, evidence=tuple(items), records=records, confidence=best)
    if finding.severity is not Severity.INFO and all(_harmless(item) for item in items):
        return replace(part, severity=Severity.INFO, title=finding.title + HARMLESS)
    return part


def _harmless(item: Evidence) -> bool:
    marked = sum(count for name, count in item.marks if name in ("test", "harmless"))
    return 0 < item.matched <= marked
