"""From spots to findings: one for each rule, place, category and qualifier."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from scanner.model import Confidence, Evidence, Finding, Severity
from scanner.ropa.types import Store
from scanner.rules.base import Rule
from scanner.rules.comparison import Comparison, Spot
from scanner.rules.declaration import owner
from scanner.rules.weights import category, strong, surest

HARMLESS = " (only values that are reserved for tests or name nobody)"


@dataclass(frozen=True, slots=True)
class Where:
    """The place that a finding speaks of: a declared store, or something that none matches."""

    store: Store | None = None
    prefix: str = ""
    key: str = ""  # stands for ``prefix`` in the fingerprint, when that may grow

    @property
    def id(self) -> str:
        """What the fingerprint is made of."""
        return self.store.id if self.store else self.key or self.prefix

    @property
    def words(self) -> str:
        """The place in a sentence."""
        return (
            f"{self.store.id} ({_KINDS.get(self.store.kind, self.store.kind)})"
            if self.store
            else self.prefix
        )


@dataclass(frozen=True, slots=True)
class Words:
    """What a finding says."""

    title: str
    advice: str = ""
    fix: str = ""
    declared: str = ""
    articles: tuple[str, ...] | None = None  # None: those of the rule
    category: str = ""
    qualifier: str = ""
    activity: str = ""
    children: tuple[str, ...] = field(default=())


_KINDS = {
    "database": "database",
    "document_store": "document store",
    "object_store": "object store",
    "file_share": "file share",
    "log": "log",
    "queue": "queue",
    "search_index": "search index",
    "analytics": "analytics",
    "cache": "cache",
    "backup": "backup",
    "mail": "mail",
    "saas": "hosted service",
    "device": "device",
    "transit": "in transit",
}


def fingerprint(rule: str, record: str, where: str, category: str, qualifier: str) -> str:
    """Return the 16 hexadecimal signs by which a finding is known from scan to scan.

    Fields, counts, scores, times and order are never in it.
    """
    text = "\x1f".join((rule, record, where, category, qualifier))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def from_spots(
    comparison: Comparison,
    rule: Rule,
    where: Where,
    spots: Iterable[Spot],
    severity: Severity,
    words: Words,
) -> Finding:
    """Build a finding from the holdings that speak for it.

    What only test or harmless values show is of severity info, and its title says so.
    """
    found = tuple(spots)
    harmless = all(spot.harmless for spot in found)
    return finding(
        comparison,
        rule,
        where,
        Severity.INFO if harmless else severity,
        words,
        confidence=surest(found),
        evidence=evidence(found),
        records=max(spot.holding.records for spot in strong(found)),
        note=HARMLESS if harmless else "",
    )


def finding(
    comparison: Comparison,
    rule: Rule,
    where: Where,
    severity: Severity,
    words: Words,
    *,
    confidence: Confidence = Confidence.CONFIRMED,
    evidence: tuple[Evidence, ...] = (),
    records: int | None = None,
    note: str = "",
) -> Finding:
    """Build a finding. ``records`` is by default the largest count of its evidence."""
    record = comparison.ropa.organisation.id
    store = where.store
    articles = rule.articles if words.articles is None else words.articles
    counted = max((item.records for item in evidence), default=0)
    return Finding(
        rule=rule.code,
        name=rule.name,
        record=record,
        severity=severity,
        confidence=confidence,
        title=words.title + note,
        store=store.id if store else "",
        prefix=where.prefix,
        category=words.category,
        qualifier=words.qualifier,
        evidence=evidence,
        children=words.children,
        records=counted if records is None else records,
        declared=words.declared or (str(store.origin) if store else ""),
        articles=comparison.cite(articles),
        advice=words.advice,
        fix=words.fix,
        owner=owner(comparison.declared, store) if store else "",
        activity=words.activity,
        fingerprint=fingerprint(rule.code, record, where.id, words.category, words.qualifier),
    )


def evidence(spots: Iterable[Spot]) -> tuple[Evidence, ...]:
    """Return one piece of evidence for each holding, the strongest first."""
    found = [
        Evidence(
            place=spot.path,
            category=spot.category,
            entity=spot.holding.entity,
            matched=spot.holding.matched,
            examined=spot.holding.examined,
            population=spot.holding.population,
            method=spot.holding.method,
            confidence=spot.holding.confidence,
            score=spot.holding.score,
            by=spot.holding.by,
            marks=spot.holding.marks,
            examples=spot.holding.examples,
            why=spot.holding.why,
            cells=spot.holding.cells,
        )
        for spot in spots
    ]
    return tuple(sorted(found, key=lambda e: (-e.confidence.rank, -e.matched, e.place, e.category)))


def grouped(spots: Iterable[Spot]) -> Iterable[tuple[Store, str, tuple[Spot, ...]]]:
    """Yield the spots of declared stores by store and category."""
    found: dict[tuple[str, str], list[Spot]] = defaultdict(list)
    for spot in spots:
        found[(spot.store.id, spot.category)].append(spot)
    for (_, id_), mine in sorted(found.items(), key=lambda item: item[0]):
        yield mine[0].store, id_, tuple(mine)


def anywhere(
    comparison: Comparison, spots: Iterable[Spot]
) -> Iterable[tuple[Where, str, tuple[Spot, ...]]]:
    """Yield spots by place and category, be the place a declared store or an undeclared one."""
    wanted = {id(spot) for spot in spots}
    mine = (spot for spot in comparison.spots if id(spot) in wanted)
    for store, id_, found in grouped(mine):
        yield Where(store), id_, found
    for shadow in comparison.shadows:
        by_category: dict[str, list[Spot]] = defaultdict(list)
        for spot in shadow.spots:
            if id(spot) in wanted:
                by_category[spot.category].append(spot)
        for id_, held in sorted(by_category.items()):
            yield Where(prefix=shadow.prefix, key=shadow.key), id_, tuple(held)


def called(id_: str) -> str:
    """Return the name of a category for a sentence."""
    return category(id_).name


def listed(ids: Iterable[str], limit: int = 4) -> str:
    """Return ``a, b, c and 2 more``."""
    items = tuple(ids)
    shown = ", ".join(items[:limit])
    return f"{shown} and {len(items) - limit} more" if len(items) > limit else shown
