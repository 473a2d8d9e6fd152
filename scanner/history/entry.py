"""What is remembered of a finding: its place, days and counts, never a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from scanner.model import AssetResult, Confidence, Finding, Severity, State

# Rules that speak of what stores counted, not of what a sample showed.
_COUNTED = frozenset({"R01", "R03", "R04", "R05", "R06", "R07", "S07", "C03", "T01", "T05", "T06"})
PLACES = 200  # assets remembered of one finding, the strongest first


@dataclass(frozen=True, slots=True)
class Look:
    """How well an asset had been read when it spoke for a finding."""

    rows: int
    share: float  # matched of examined; 0 when only the name of a field spoke
    looked_for: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()  # of the catalogue, that alone spoke; empty where others did too
    measured: bool = False  # a count of the store spoke: only another count can settle it


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding as it was last seen. ``records`` is the count when it was last reported as new."""

    fingerprint: str
    rule: str
    name: str
    record: str
    severity: Severity
    confidence: Confidence
    title: str
    first_seen: date
    last_seen: date
    records: int
    store: str = ""
    prefix: str = ""
    category: str = ""
    qualifier: str = ""
    headline: bool = True  # False: listed under another finding
    fix: str = ""  # what `record fix` appends
    advice: str = ""
    places: Mapping[str, Look] = field(default_factory=dict)  # by asset


def light(entry: Entry, state: State) -> Finding:
    """Return a remembered finding, without evidence."""
    return Finding(
        rule=entry.rule,
        name=entry.name,
        record=entry.record,
        severity=entry.severity,
        confidence=entry.confidence,
        title=entry.title,
        store=entry.store,
        prefix=entry.prefix,
        category=entry.category,
        qualifier=entry.qualifier,
        records=entry.records,
        state=state,
        first_seen=entry.first_seen,
        fingerprint=entry.fingerprint,
    )


def places_of(finding: Finding, results: Mapping[str, AssetResult]) -> dict[str, Look]:
    """Remember how well the assets that speak for a finding were read."""
    out: dict[str, Look] = {}
    if finding.section != "findings":
        return out
    if finding.rule in _COUNTED:
        paths = finding.children or [item.place.partition("#")[0] for item in finding.evidence]
        known = [path for path in dict.fromkeys(paths) if path in results][:PLACES]
        return {path: Look(results[path].coverage.rows, 0.0, measured=True) for path in known}
    for item in finding.evidence:
        path = item.place.partition("#")[0]
        if path not in results or (path not in out and len(out) == PLACES):
            continue
        coverage = results[path].coverage
        share = item.matched / item.examined if item.examined else 0.0
        entities = {item.entity} & set(coverage.looked_for)
        old = out.get(path, Look(coverage.rows, share))
        out[path] = Look(
            coverage.rows,
            _least(share, old.share),
            tuple(sorted({*old.looked_for, *(entity for entity in entities if entity)})),
            _fields(finding, results[path]),
        )
    return out


def _fields(finding: Finding, result: AssetResult) -> tuple[str, ...]:
    """Return the fields that spoke, if the catalogue lists them all."""
    path = result.asset.path
    places = (item.place.partition("#") for item in finding.evidence)
    spoken = {field for asset, _, field in places if asset == path}
    listed = {field.name for field in result.asset.fields}
    return tuple(sorted(spoken)) if spoken <= listed else ()


def _least(one: float, other: float) -> float:
    """Return the smaller share of those that a match gave."""
    return min(one, other) if one and other else one or other
