"""Rule cases: a record and an inventory written as TOML, and what a rule must say of them.

A case file holds a ``record`` that all its cases share, and ``[[case]]`` tables: ``name`` (begins
with pass, fail or near miss, and says why), ``add`` and ``swap`` (text added to the record, pairs
of text replaced in it), ``as_of``, ``[[case.source]]``, ``[[case.asset]]`` with ``holdings``,
``expect`` (the rule's findings, each with the attributes that matter) and ``instead`` (every rule
that speaks of what was found).
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath
from typing import Any

from scanner.config import RecordRef
from scanner.model import (
    Asset,
    AssetResult,
    Confidence,
    Coverage,
    Depth,
    Field,
    Finding,
    Gap,
    GapReason,
    Holding,
    Inventory,
    Method,
    Path,
    SourceStatus,
)
from scanner.ropa import load
from scanner.ropa.types import Ropa
from scanner.rules import Compared, compare

DAY = date(2026, 1, 15)
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
        return compare(inventory(self.raw), [ropa], self.raw.get("as_of", DAY))


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
            type="log" if path.kind == "log" else "table",
            fields=tuple(Field(name) for name in names),
        ),
        Coverage(
            depth,
            raw.get("why", "default"),
            raw.get("by", ""),
            method,
            rows,
            looked_for=tuple(raw.get("looked_for", LOOKED_FOR)),
        ),
        held,
        gaps=tuple(gap(item, path.source, raw["path"]) for item in raw.get("gaps", [])),
    )


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
        text=raw.get("text", False),
        marks=tuple(sorted(raw.get("marks", {}).items())),
        examples=("aaaa@aaaa.aa",),
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
