"""Findings that stand beside those about the same values, instead of taking their place."""

from dataclasses import replace

from scanner.model import Confidence, Finding


def beside(finding: Finding) -> Finding:
    """Return a finding that takes no part in who speaks of a place: its places are kept.

    Evidence without a category claims no place. So a mere possibility never hides what is surer.
    """
    return replace(finding, evidence=tuple(replace(item, category="") for item in finding.evidence))


def capped(finding: Finding, sure: Confidence) -> Finding:
    """Return a finding that is as sure as stated, at most.

    Where that is less than its evidence, it stands :func:`beside` what says more.
    """
    best = max((item.confidence for item in finding.evidence), key=lambda c: c.rank)
    less = min(finding.confidence, sure, key=lambda c: c.rank)
    made = replace(finding, confidence=less)
    return beside(made) if less.rank < best.rank else made
