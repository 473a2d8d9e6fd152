"""The parts of a report for people: strings ready to be shown, nothing to compute later."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its text."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to the question of page one."""

    headline: str
    detail: str
    tone: str  # "differences", "none", "gaps" (no difference, but something was not read)


@dataclass(frozen=True, slots=True)
class Note:
    """A short text that may lead to a finding."""

    text: str
    rule: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One numbered line of page one. A count of "–" means: not looked for in this scan."""

    number: int
    title: str
    count: str
    notes: tuple[Note, ...] = ()
    rest: str = ""  # how many more there are, and what this scan did not look for
    level: str = ""  # heaviest severity on the line; empty: nothing there


@dataclass(frozen=True, slots=True)
class Block:
    """A column of page one, for one reader."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar. ``share`` is 0 to 1 of the whole, ``start`` the sum of the parts before."""

    key: str  # "found", "looked_for", "cannot_see", "not_reached"
    label: str
    count: str
    start: float
    share: float


@dataclass(frozen=True, slots=True)
class Bar:
    """Declared pairs of store and category, and what became of them."""

    title: str
    sentence: str
    parts: tuple[Part, ...]
    undeclared: str  # found and not declared


@dataclass(frozen=True, slots=True)
class Page:
    """Page one: does the record match, on what date, and how much was looked at?"""

    question: str
    organisation: str
    facts: tuple[Fact, ...]
    verdict: Verdict
    blocks: tuple[Block, ...]
    bar: Bar
    since: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One place that speaks for a finding."""

    place: str
    category: str
    counted: str  # "412 of 1,000 values examined (41%)"
    method: str  # "random sample of about 9,800 rows"
    confidence: str
    score: str
    by: str
    marks: str
    template: str  # text of the log template, masked
    shapes: tuple[str, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AlsoView:
    """Another rule that speaks at the same place."""

    rule: str
    name: str
    title: str
    severity: str
    articles: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding."""

    anchor: str
    rule: str
    name: str
    title: str
    severity: str  # value; also the key of its style
    confidence: str
    state: str  # value
    state_label: str  # empty for a first scan
    place: str
    facts: tuple[Fact, ...]  # record, store, category, owner, declared line, articles...
    evidence: tuple[EvidenceView, ...]
    more_evidence: str  # how many places are left out, and where they are listed
    children: tuple[str, ...]
    advice: str
    fix: str
    also: tuple[AlsoView, ...]
    open: bool = False  # shown opened


@dataclass(frozen=True, slots=True)
class Group:
    """Findings under one heading."""

    key: str
    title: str
    about: str
    findings: tuple[FindingView, ...]
    collapsed: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One store against one category. ``text`` says in words what ``symbol`` shows."""

    symbol: str
    key: str  # "found", "undeclared", "maybe", "looked_for", "cannot_see", "not_reached", "nothing"
    text: str


@dataclass(frozen=True, slots=True)
class MatrixStore:
    """A column of the matrix."""

    number: int
    id: str
    detail: str
    reached: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A category against every store, in the order of the matrix's stores."""

    category: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class MatrixGroup:
    """Categories of one group of the taxonomy."""

    name: str
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Stores of one record against categories."""

    title: str
    stores: tuple[MatrixStore, ...]
    groups: tuple[MatrixGroup, ...]
    legend: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings, as many strings in each row as there are headings."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    about: str = ""
    more: str = ""  # how many rows are left out, and where they are listed
    key: str = ""


@dataclass(frozen=True, slots=True)
class CoverageView:
    """What was looked at and what was not."""

    sentence: str
    tables: tuple[Table, ...]
    findings: tuple[FindingView, ...]  # rules about coverage


@dataclass(frozen=True, slots=True)
class View:
    """A scan compared with a record."""

    banner: str  # "SYNTHETIC DATA" or empty
    title: str
    page: Page
    groups: tuple[Group, ...]
    rules: tuple[Fact, ...]  # rule and name of every finding, for filters
    matrices: tuple[Matrix, ...]
    record: tuple[Group, ...]  # the record's own gaps, by activity
    record_sentence: str
    corrections: tuple[Table, ...]  # of the record: applied, and without effect
    coverage: CoverageView
    made: tuple[Table, ...]
    notes: tuple[str, ...]
    generator: str
    places: tuple[Table, ...] = ()  # where stores lie, and declared transfers
    retentions: tuple[Table, ...] = ()  # declared limits, and what could be measured of them
