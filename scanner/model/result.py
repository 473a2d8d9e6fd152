"""Findings and the result of a scan."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from scanner.model.evidence import Confidence, Inventory, in_proportion
from scanner.model.store import Method

SCHEMA = "1"


class Severity(StrEnum):
    """How much a finding weighs."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """Larger weighs more."""
        return list(Severity).index(self)

    def up(self, steps: int = 1) -> "Severity":
        """Return the severity ``steps`` higher, at most critical."""
        return list(Severity)[min(self.rank + steps, len(Severity) - 1)]


class State(StrEnum):
    """Where a finding stands against the scan before."""

    FIRST = "first"  # there was no scan before
    NEW = "new"
    KNOWN = "known"
    GROWN = "grown"  # ten times the records of when it was last reported
    RESOLVED = "resolved"
    NOT_SEEN = "not_seen"  # gone, but its place was not read well enough to say resolved
    ACCEPTED = "accepted"  # an ``accept`` of the record covers it


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place that speaks for a finding."""

    place: str  # asset#field
    category: str = ""
    entity: str | None = None
    matched: int = 0
    examined: int = 0
    population: int | None = None
    method: Method = Method.NONE
    confidence: Confidence = Confidence.CONFIRMED
    score: float = 1.0
    by: tuple[str, ...] = ()
    marks: tuple[tuple[str, int], ...] = ()
    examples: tuple[str, ...] = ()  # shapes
    why: tuple[str, ...] = ()
    cells: int = 0  # non-empty cells read

    @property
    def records(self) -> int:
        """Cells that match, of all that were read."""
        return in_proportion(self.matched, self.examined, self.cells)


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's verdict about one place."""

    rule: str  # "I03"
    name: str  # "misplaced-category"
    record: str  # organisation id of the record
    severity: Severity
    confidence: Confidence
    title: str  # one sentence: what was found where
    store: str = ""  # declared store id
    prefix: str = ""  # unmatched prefix (I02), source (H05), or the record's own place (Q)
    category: str = ""
    qualifier: str = ""
    evidence: tuple[Evidence, ...] = ()
    children: tuple[str, ...] = ()  # assets below an unmatched prefix
    records: int = 0  # cells or rows concerned
    declared: str = ""  # the line of the record: file, table, id
    articles: tuple[str, ...] = ()
    advice: str = ""  # how to resolve, one or two sentences
    fix: str = ""  # ready TOML, when declaring is a way out
    owner: str = ""
    activity: str = ""  # groups the record's own quality
    also: tuple["Finding", ...] = ()  # other rules at the same place
    state: State = State.FIRST
    first_seen: date | None = None
    accepted_until: date | None = None
    fingerprint: str = ""

    @property
    def section(self) -> str:
        """``record`` for the record's own quality, ``coverage`` for H, else ``findings``."""
        if self.rule[0] == "Q" or self.rule in ("R02", "R08"):
            return "record"
        return "coverage" if self.rule[0] == "H" else "findings"


class Outcome(StrEnum):
    """What became of a correction of the record."""

    REMOVED = "removed"  # is_not: what was found there is set aside
    CHANGED = "changed"  # must_be: what was found there is read as the category of the record
    KEPT = "kept"  # must_be: the values contradict it, so what was found stands
    IDLE = "idle"  # there was nothing to correct


@dataclass(frozen=True, slots=True)
class Correction:
    """What a line of the record (``is_not``, ``must_be`` of ``store.field``) made of a holding."""

    record: str  # organisation id
    store: str  # declared store id
    setting: str  # "is_not" or "must_be"
    outcome: Outcome
    place: str  # asset#field; the glob when idle
    found: str  # category as found; of an idle is_not: what it names; of an idle must_be: empty
    category: str  # category that counts now; empty when removed
    line: str  # where the record says so: file and line
    match: str  # the glob of fields that stands there
    note: str = ""  # what its author wrote beside it
    records: int = 0  # cells concerned; 0 when only a name spoke
    confidence: Confidence | None = None  # of what was found
    weighty: bool = False  # an id, a card, a secret or a special category was found
    detail: str = ""  # a sentence: why it stands, or why there was nothing to correct


@dataclass(frozen=True, slots=True)
class Pair:
    """A cell of the matrix: one declared store against one category."""

    store: str
    category: str
    declared: bool
    state: str  # "found", "looked_for", "cannot_see", "not_reached"
    examined: int = 0
    bound: float | None = None  # upper bound of prevalence (95 %) when looked for and not found
    matched: int = 0
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class StoreSummary:
    """A declared store as the report needs it."""

    id: str
    system: str
    kind: str
    assets: int
    reached: bool
    reason: str = ""  # why not


@dataclass(frozen=True, slots=True)
class PlaceSummary:
    """Where a declared store lies: as the record says, and as its sources were seen to."""

    store: str
    system: str
    declared: tuple[str, ...] = ()  # countries or regions
    observed: tuple[str, ...] = ()  # of the sources that its assets were met in
    residency: str = ""  # id of the rule that sorts its customers, where it can mean the store


@dataclass(frozen=True, slots=True)
class TransferSummary:
    """A declared transfer, and how its safeguard stands at the date."""

    id: str
    name: str
    kind: str
    origins: tuple[str, ...]
    targets: tuple[str, ...]
    safeguard: str = ""  # "scc", or for each pair "EU-US: scc, EU-CA: adequacy"
    state: str = ""  # "in_force", "lapsed", "none" (not named)
    why: str = ""  # why it lapsed


@dataclass(frozen=True, slots=True)
class RetentionState:
    """A declared retention rule in one store, and what could be measured of it."""

    id: str
    store: str
    limit: str  # in words: "at most 90 days after account termination"
    measurable: bool = False
    reason: str = ""  # why it could not be measured, or in which assets it could not
    cutoff: date | None = None  # the first start that is not past the limit
    oldest: date | None = None  # of all that was measured
    overdue: int = 0  # rows past this limit; what is held counts too
    held: int = 0  # of these, rows that a hold keeps


@dataclass(frozen=True, slots=True)
class RecordSummary:
    """A record as the report needs it."""

    id: str
    name: str
    files: tuple[str, ...]
    effective: date | None
    until: date | None
    reviewed: date | None  # the oldest review among active activities
    regimes: tuple[str, ...]
    stores: tuple[StoreSummary, ...]
    pairs: tuple[Pair, ...]
    activities: int = 0
    synthetic: bool = False
    places: tuple[PlaceSummary, ...] = ()
    transfers: tuple[TransferSummary, ...] = ()
    retentions: tuple[RetentionState, ...] = ()


@dataclass(frozen=True, slots=True)
class ScanResult:
    """Everything a report may show; JSON is written straight from it."""

    scan_id: str
    version: str
    started: datetime
    finished: datetime
    as_of: date
    records: tuple[RecordSummary, ...]
    inventory: Inventory
    findings: tuple[Finding, ...]
    settings: Mapping[str, str] = field(default_factory=dict)  # seed, rows, budgets, ...
    detectors: Mapping[str, str] = field(default_factory=dict)  # versions, model, recognizers
    tables: Mapping[str, str] = field(default_factory=dict)  # dated tables: name -> day
    notes: tuple[str, ...] = ()  # sentences for the reader: table older than 90 days, no model...
    previous: datetime | None = None
    synthetic: bool = False  # every page and format says SYNTHETIC DATA
    exit_code: int = 0
    fail_on: Severity = Severity.HIGH
    min_confidence: Confidence = Confidence.PROBABLE
    schema: str = SCHEMA
    rules: tuple[str, ...] = ()  # codes of the rules that ran: a zero may mean not looked for
    corrections: tuple[Correction, ...] = ()  # the inventory above is as found, without them
