"""Rule cases: a record and an inventory written as TOML, and what a rule must say of them.

A case file holds a ``record`` that all its cases share, and ``[[case]]`` tables: ``name`` (begins
with pass, fail or near miss, and says why), ``add`` and ``swap`` (text added to the record, pairs
of text replaced in it), ``as_of``, ``[[case.source]]``, ``[[case.asset]]`` with ``holdings``
and ``[[case.asset.measure]]`` (answers to questions), ``[[case.past]]`` (assets as the scan
before saw them),
``expect`` (the rule's findings, each with the attributes that matter) and ``instead`` (every rule
that speaks of what was found).
"""

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path as FilePath
from typing import Any

from scanner.config import RecordRef
from scanner.model import (
    Ask,
    Asset,
    AssetResult,
    Confidence,
    Coverage,
    Customers,
    Depth,
    Destination,
    Field,
    Finding,
    Gap,
    GapReason,
    Holding,
    Inventory,
    Measure,
    Method,
    Past,
    PastAsset,
    Path,
    Question,
    SourceStatus,
)
from scanner.ropa import load
from scanner.ropa.types import Ropa
from scanner.rules import Compared, compare

DAY = date(2026, 1, 15)
_ASKING = ("field", "because", "cutoff", "since", "below", "flag", "when")
LOOKED_FOR = ("CREDIT_CARD", "EMAIL_ADDRESS", "IP_ADDRESS", "MAC_ADDRESS", "PHONE_NUMBER")


@dataclass(frozen=True)
class Case:
    """One case: build it with :func:`cases`."""

    name: str
    record: str
    raw: dict[str, Any]

    @property
    def expected(self) -> list[dict[str, Any]]:
        return list(self.raw.get("expect", []))

    def compared(self, folder: FilePath) -> Compared:
        ropa = record(self.record, folder)
        day, detectors = self.raw.get("as_of", DAY), self.raw.get("detectors")
        return compare(inventory(self.raw), [ropa], day, past(self.raw), detectors)


def cases(path: FilePath) -> list[Case]:
    """Read a case file."""
    data = tomllib.loads(path.read_text("utf-8"))
    out = []
    for raw in data["case"]:
        text = data["record"]
        for old, new in raw.get("swap", []):
            assert old in text, f"{raw['name']}: {old!r} is not in the record"
            text = text.replace(old, new)
        out.append(Case(raw["name"], text + raw.get("add", ""), raw))
    return out


def record(text: str, folder: FilePath, name: str = "record.toml") -> Ropa:
    """Load a record from its text."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, "utf-8")
    return load(RecordRef(path))


def inventory(raw: dict[str, Any]) -> Inventory:
    """Build an inventory; sources that no ``source`` table describes are reached and complete."""
    results = [result(item) for item in raw.get("asset", [])]
    told = {item["name"]: SourceStatus(**{"kind": "", "reached": True, **item})
            for item in raw.get("source", [])}  # fmt: skip
    for item in results:
        name = item.asset.source
        told.setdefault(name, SourceStatus(name, item.asset.kind, reached=True, complete=True))
    return Inventory(
        tuple(told[name] for name in sorted(told)),
        tuple(sorted(results, key=lambda item: item.asset.path)),
        tuple(gap(item, item["source"]) for item in raw.get("gap", [])),
    )


def past(raw: dict[str, Any]) -> Past | None:
    """Build the scan before from the ``past`` tables of a case, one for each asset.

    ``past_detectors`` and ``detectors`` are what that scan and this one detected with.
    """
    if "past" not in raw and "past_detectors" not in raw:
        return None
    day = raw.get("past_as_of", date(2026, 1, 8))
    assets = {
        item["path"]: PastAsset(**{key: item[key] for key in item if key != "path"})
        for item in raw.get("past", [])
    }
    return Past(instant(day), day, raw.get("past_detectors", {}), assets=assets)


def gap(raw: dict[str, Any], source: str, asset: str = "") -> Gap:
    return Gap(source, GapReason(raw["reason"]), raw.get("detail", "It happened."), asset)


def result(raw: dict[str, Any]) -> AssetResult:
    """Build what reading one asset gave."""
    path = Path.parse(raw["path"])
    held = tuple(holding(item, raw) for item in raw.get("holdings", []))
    names = raw.get("fields", sorted({item.field for item in held if item.field}))
    depth = Depth(raw.get("depth", "content"))
    method = Method(raw.get("method", "random" if depth is Depth.CONTENT else "none"))
    rows = raw.get("rows", 1000 if depth is Depth.CONTENT else 0)
    return AssetResult(
        Asset(
            raw["path"],
            path.source,
            path.kind,
            type=raw.get("type", "log" if path.kind == "log" else "table"),
            fields=tuple(Field(name) for name in names),
            population=raw.get("population"),
            counted="population" in raw,
            media_type=raw.get("media_type", ""),
        ),
        Coverage(
            depth,
            raw.get("why", "default"),
            raw.get("by", ""),
            method,
            rows,
            looked_for=tuple(raw.get("looked_for", LOOKED_FOR)),
            text_fields=tuple(raw.get("text_fields", ())),
        ),
        held,
        measures=tuple(measure(item, raw["path"]) for item in raw.get("measure", [])),
        destinations=tuple(destination(item) for item in raw.get("destination", [])),
        gaps=tuple(gap(item, path.source, raw["path"]) for item in raw.get("gaps", [])),
        digests={
            id_: frozenset(range(first, end))  # of values that two assets may share
            for id_, (first, end) in raw.get("digests", {}).items()
        },
    )


def measure(raw: dict[str, Any], asset: str) -> Measure:
    """Build an answer; ``groups`` is a table, ``customers`` a list of tables."""
    asking = {"field": "", "because": "", **{k: raw[k] for k in raw if k in _ASKING}}
    for key in ("cutoff", "since"):
        if key in asking:
            asking[key] = instant(asking[key])
    said = {key: raw[key] for key in ("count", "rows", "undated", "later", "exact") if key in raw}
    for key in ("oldest", "newest"):
        if key in raw:
            said[key] = instant(raw[key])
    groups = tuple(sorted(raw.get("groups", {}).items()))
    customers = tuple(
        Customers(**{"country": "", "entity": "", "agreement": "", "period": None, **item})
        for item in raw.get("customers", [])
    )
    question = Question(Ask(raw["ask"]), **asking)
    return Measure(asset, question, groups=groups, customers=customers, **said)


def instant(value: date) -> datetime:
    """Read a day of a case file as its first instant, UTC; a time stays."""
    if isinstance(value, datetime):
        return value
    return datetime(value.year, value.month, value.day, tzinfo=UTC)


def destination(raw: dict[str, Any]) -> Destination:
    return Destination(**{"suffix": "", "how": "url", "count": 1, **raw})


def holding(raw: dict[str, Any], asset: dict[str, Any]) -> Holding:
    path = Path.parse(asset["path"])
    matched = raw.get("matched", 400)
    by_name = raw.get("by_name", False)
    return Holding(
        source=path.source,
        kind=path.kind,
        asset=asset["path"],
        field=raw.get("field", ""),
        category=raw["category"],
        entity=None if by_name else raw.get("entity", "SOME_ENTITY"),
        subject=raw.get("subject", "unknown"),
        confidence=Confidence(raw.get("confidence", "confirmed")),
        score=0.9,
        matched=0 if by_name else matched,
        examined=raw.get("examined", 1000),
        population=None,
        method=Method.RANDOM,
        by=(),
        distinct=raw.get("distinct", 0),
        text=raw.get("text", False),
        marks=tuple(sorted(raw.get("marks", {}).items())),
        examples=("aaaa@aaaa.aa",),
        subject_why=tuple(raw.get("subject_why", ())),
    )


def told(findings: tuple[Finding, ...], rule: str) -> list[Finding]:
    """Return the headlines of one rule."""
    return [finding for finding in findings if finding.rule == rule]


def attribute(finding: Finding, name: str) -> Any:
    """Return an attribute of a finding in the form that a case file writes."""
    if name == "places":
        return [item.place for item in finding.evidence]
    value = getattr(finding, name)
    if name == "also":
        return [item.rule for item in value]
    if name in ("children", "articles"):
        return list(value)
    return str(value) if name in ("severity", "confidence", "state") else value
