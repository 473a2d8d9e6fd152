"""Why a field is held to be what it is: everything that decided it, and no value read there."""

from dataclasses import dataclass

from scanner.model.evidence import AssetResult, Confidence, Depth
from scanner.model.result import Correction
from scanner.model.store import Gap, Kind, Method


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of evidence and what it weighed; ``points`` may be negative."""

    kind: str  # "values", "name", "comment", "asset", "look", "keys", "neighbours", "table", "kind"
    points: float
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One category that was considered for a field, and what became of it.

    ``score`` is the sum of the steps, at least 0 and at most ``cap``. ``outcome`` is ``held``,
    ``below`` (the lowest cut point) or ``set aside``; then ``against`` is the surer category.
    """

    category: str
    entity: str | None
    steps: tuple[Step, ...]
    total: float  # the sum, before the cap
    cap: float
    cap_why: str
    score: float
    confidence: Confidence | None
    outcome: str
    against: str = ""
    reason: str = ""
    subject: str = "unknown"
    subject_why: tuple[str, ...] = ()
    examined: int = 0  # cells in which the entity was looked for; fewer than all may be enough
    changes: tuple[str, ...] = ()  # what would change the verdict, a sentence each


@dataclass(frozen=True, slots=True)
class Missed:
    """What was looked for in a field and not found.

    ``bound`` is the share of cells that may hold it all the same (95 %); 0 when all were read.
    ``shaped`` counts cells of the same shape that failed the check.
    """

    entity: str
    examined: int
    bound: float
    shaped: int = 0


@dataclass(frozen=True, slots=True)
class ExplainedField:
    """One field: how it was read, what was considered, and what was looked for in vain."""

    field: str
    kind: Kind
    examined: int = 0  # non-empty cells
    nulls: int = 0  # null or empty cells
    distinct: int = 0
    shortest: int = 0  # characters
    longest: int = 0
    text: bool = False  # free text or messages
    template: str = ""  # masked text of the log template
    shapes: tuple[tuple[str, int], ...] = ()  # commonest shapes with their cells; 0: not counted
    readings: tuple[Reading, ...] = ()  # surest first, those not held behind
    missed: tuple[Missed, ...] = ()
    places: tuple[str, ...] = ()  # of a field of messages: the fields of its templates

    @property
    def best(self) -> Reading | None:
        """The surest reading that is held."""
        return next((one for one in self.readings if one.outcome == "held"), None)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a record says of a category at the field."""

    record: str
    category: str  # empty: of the asset
    said: str  # a sentence
    line: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer of ``ropascan explain``: one field (``field``), or all fields of an asset."""

    path: str
    field: str
    depth: Depth
    why: str  # of the depth, as in a plan
    by: str
    method: Method
    rows: int
    population: int | None
    counted: bool
    cuts: tuple[tuple[str, float], ...]  # confidence and least score, highest first
    fields: tuple[ExplainedField, ...]
    whole: tuple[Reading, ...] = ()  # what the fields make together: held by the asset as a whole
    statements: tuple[Statement, ...] = ()
    corrections: tuple[Correction, ...] = ()  # of the record, that speak of the field
    toml: str = ""  # a correction to paste into the record
    gaps: tuple[Gap, ...] = ()
    records: bool = False  # a record was consulted
    synthetic: bool = False
    version: str = ""
    schema: str = "1"


@dataclass(frozen=True, slots=True)
class Explained:
    """What one process found out about an asset: its result as in a scan, and its fields."""

    result: AssetResult
    fields: tuple[ExplainedField, ...]
