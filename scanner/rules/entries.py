"""Findings about entries of the record: one for each rule and entry, grouped by activity."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from scanner.model import Confidence, Finding, Severity
from scanner.ropa.types import Activity, Origin, System
from scanner.rules.base import Rule
from scanner.rules.comparison import Comparison
from scanner.rules.drafting import Where, Words, finding


@dataclass(frozen=True, slots=True)
class Said:
    """What a finding says of an entry of the record."""

    title: str
    advice: str
    activity: str = ""  # id of the activity that it is listed under
    qualifier: str = ""  # tells findings about one entry apart
    fix: str = ""
    articles: tuple[str, ...] | None = None  # None: those of the rule
    owner: str = ""


def about(
    comparison: Comparison,
    rule: Rule,
    origin: Origin,
    severity: Severity,
    said: Said,
    *,
    records: int = 0,
    confidence: Confidence = Confidence.CONFIRMED,
) -> Finding:
    """Build a finding about one entry; its line in the record is ``declared``."""
    entry = f"{origin.table}:{origin.id}"
    words = Words(
        title=said.title,
        advice=said.advice,
        fix=said.fix,
        declared=str(origin),
        articles=said.articles,
        qualifier=said.qualifier or entry,
        activity=said.activity,
    )
    where = Where(prefix=f"[[{origin.table}]] {origin.id}", key=entry)
    made = finding(comparison, rule, where, severity, words, confidence=confidence, records=records)
    return replace(made, owner=said.owner) if said.owner else made


def running(comparison: Comparison) -> Iterator[Activity]:
    """Yield the activities that somebody stands by and that have not ended."""
    return (a for a in comparison.ropa.activities if a.status == "active")


def using_group(comparison: Comparison, group: str) -> str:
    """Return the first running activity that uses a data group, itself or through a store."""
    for activity in running(comparison):
        if group in activity.data_groups:
            return activity.id
    for store in comparison.ropa.stores:
        if group in store.data_groups:
            behind = comparison.declared.activities(store.id)
            if behind:
                return behind[0].id
    return ""


def of_system(comparison: Comparison, system: System) -> str:
    """Return the first running activity of a system."""
    known = {activity.id for activity in running(comparison)}
    return next((id_ for id_ in system.activities if id_ in known), "")


def first(ids: Iterable[str]) -> str:
    """Return the first id that is not empty."""
    return next((id_ for id_ in ids if id_), "")
