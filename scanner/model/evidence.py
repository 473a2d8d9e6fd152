"""From detection to the inventory: nothing here carries a value read from a store."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from scanner.model.asking import Measure, Question
from scanner.model.store import Asset, Field, Gap, Method, Omission

if TYPE_CHECKING:
    import numpy as np


class Depth(StrEnum):
    """How deep an asset is read."""

    CONTENT = "content"
    METADATA = "metadata"  # catalogue only: names, types, sizes
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class AssetPlan:
    """What will be done with one asset, decided before anything is read."""

    asset: Asset
    depth: Depth
    why: str  # "default", "declared_metadata", "declared_none", "depth", "processor", "excluded"
    by: str = ""  # the line that says so
    questions: tuple[Question, ...] = ()
    store: str = ""  # id of the declared store that matches, for the engine's information only
    digests: tuple[str, ...] = ()  # categories whose values are to be told apart across stores
    test_domains: tuple[str, ...] = ()  # whose mailboxes are left out of the digests
    hosts: tuple[tuple[str, str], ...] = ()  # host suffixes of declared parties, with the party


@dataclass(frozen=True, slots=True)
class Plan:
    """All units of work, sorted by path."""

    units: tuple[AssetPlan, ...]


@dataclass(frozen=True, slots=True)
class Values:
    """Distinct, non-empty values of one field with their counts. Raw: never leaves a unit.

    A field with very many values comes in several parts, each with its own ``Values``. ``array``
    holds the same strings in the same order as a ``pyarrow.StringArray``, or is None. ``settled``
    names the entities whose verdict the parts before have settled (:attr:`Detected.settled`): a
    detector need not look for them again. ``partial`` says that there are other parts, so that what
    has a shape counts (:attr:`Detected.candidates`, ``misses``) though nothing in this part is a
    hit.
    """

    field: Field
    values: tuple[str, ...] = dataclasses.field(repr=False)
    counts: "np.ndarray" = dataclasses.field(repr=False)  # int64, same length
    examined: int = 0  # non-null, non-empty cells: sum(counts)
    nulls: int = 0  # null or empty cells
    cut: int = 0  # cells cut at the limit
    array: Any = dataclasses.field(default=None, repr=False, compare=False)
    settled: frozenset[str] = frozenset()
    partial: bool = False


class Hit(NamedTuple):
    """One match of one recognizer in one distinct value. A tuple, as a field may have 100,000."""

    index: int  # type: ignore[assignment]  # of the value; tuple.index is not for use
    start: int
    end: int
    entity: str
    score: float
    by: str  # recognizer
    mark: str = ""  # "masked", "test", "harmless", "role", "freemail", "weak", "bare"
    beside: bool = False  # a word that speaks of the entity stands beside it


@dataclass(frozen=True, slots=True)
class Verified:
    """What was run once more through plain Presidio, and what differed.

    ``values`` were drawn, ``pairs`` of a value and a recognizer compared; ``differing`` has the
    values that came out otherwise, by recognizer.
    """

    values: int = 0
    pairs: int = 0
    differing: tuple[tuple[str, int], ...] = ()

    def plus(self, other: "Verified") -> "Verified":
        """Return both together."""
        if not other.values:
            return self
        differing = dict(self.differing)
        for name, count in other.differing:
            differing[name] = differing.get(name, 0) + count
        pairs = self.pairs + other.pairs
        return Verified(self.values + other.values, pairs, tuple(sorted(differing.items())))


@dataclass(frozen=True, slots=True)
class Detected:
    """What a detector says of one field."""

    hits: tuple[Hit, ...] = dataclasses.field(repr=False)
    looked_for: frozenset[str] = frozenset()  # entities that were really run on this field
    candidates: Mapping[str, int] = dataclasses.field(default_factory=dict)  # same-shape cells
    examined: Mapping[str, int] = dataclasses.field(
        default_factory=dict
    )  # cells, where fewer than all
    gaps: tuple[Gap, ...] = ()
    misses: tuple[Hit, ...] = dataclasses.field(default=(), repr=False)  # same shape, check failed
    settled: frozenset[str] = frozenset()  # need not be looked for in further parts of the field
    # Where an entity was looked for in rounds: cells drawn of each value (int64), its hits being
    # only among those, and the share that the field is settled to reach.
    drawn: Mapping[str, Any] = dataclasses.field(default_factory=dict, repr=False)
    floors: Mapping[str, float] = dataclasses.field(default_factory=dict)
    rare: bool = False  # a single valid value is reported, however rare
    verified: Verified = Verified()


class Detector(Protocol):
    """Finds entities in the distinct values of a field."""

    def detect(self, values: Values, asset: Asset) -> Detected:
        """Run every recognizer that this kind of field can hold something for."""
        ...

    def names(self, text: str, kind: str) -> tuple[Hit, ...]:
        """Find personal data in a name; ``kind`` is ``asset``, ``field``, ``file`` or ``key``."""
        ...

    def describe(self) -> Mapping[str, str]:
        """Name what made the result: versions, model, recognizers, thresholds."""
        ...


@dataclass(frozen=True, slots=True)
class Detection:
    """Hits of one entity in one field, counted."""

    entity: str
    matched: int  # cells with at least one clear hit
    distinct: int  # distinct values with a hit
    whole: int  # cells that are the hit and nothing else
    examined: int
    candidates: int = 0  # cells of the same shape (class A only), hits included
    score: float = 0.0  # highest recognizer score
    by: tuple[str, ...] = ()
    marks: tuple[tuple[str, int], ...] = ()  # cells by mark; "masked" is not in matched
    examples: tuple[str, ...] = ()  # shapes
    category: str = ""  # what an entity of the user's own stands for; empty: the taxonomy says
    floor: float | None = None  # the share that rounds have settled the field to reach
    beside: int = 0  # cells in which a word that speaks of the entity stands beside a hit
    rare: bool = False  # a single valid value is reported, however rare
    known: int = 0  # cells with a hit that its recognizer itself scores 0.7 or more
    sure: int = 0  # the same with 0.8 or more


class Confidence(StrEnum):
    """How sure. Confirmed is right 98 times in 100, probable 85."""

    POSSIBLE = "possible"
    PROBABLE = "probable"
    CONFIRMED = "confirmed"

    @property
    def rank(self) -> int:
        """Larger is surer."""
        return ("possible", "probable", "confirmed").index(self.value)


def in_proportion(matched: int, examined: int, cells: int) -> int:
    """Return how many of ``cells`` match when ``matched`` of ``examined`` do."""
    return round(matched * cells / examined) if 0 < examined < cells else matched


@dataclass(frozen=True, slots=True)
class Holding:
    """We hold this category in this field, this sure, because."""

    source: str
    kind: str
    asset: str  # full path without field
    field: str  # empty: the asset as a whole
    category: str
    entity: str | None  # None: by name only
    subject: str  # employee, customer, organisation, ... or "unknown"
    confidence: Confidence
    score: float
    matched: int  # cells with a clear hit; 0 when by name only
    examined: int
    population: int | None
    method: Method
    by: tuple[str, ...]
    distinct: int = 0
    text: bool = False  # found inside free text, a message or media
    marks: tuple[tuple[str, int], ...] = ()
    examples: tuple[str, ...] = ()
    why: tuple[str, ...] = ()  # one sentence per piece of evidence
    cells: int = 0  # non-empty cells read; more than examined where rounds settled the verdict
    subject_why: tuple[str, ...] = ()  # what says whose data this is, a sentence each

    @property
    def records(self) -> int:
        """Cells that match, of all that were read: where fewer were examined, in proportion."""
        return in_proportion(self.matched, self.examined, self.cells)

    def marked(self, *names: str) -> int:
        """Count the cells that bear one of these marks."""
        return sum(count for name, count in self.marks if name in names)

    @property
    def telling(self) -> int:
        """Cells that say something about a person: without test and harmless values."""
        return max(self.matched - self.marked("test", "harmless"), 0)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How one asset was looked at."""

    depth: Depth
    why: str
    by: str = ""
    method: Method = Method.NONE
    rows: int = 0
    population: int | None = None
    counted: bool = False
    bytes: int = 0
    looked_for: tuple[str, ...] = ()  # entities run on at least one field, sorted
    text_fields: tuple[str, ...] = ()  # fields found to be free text
    # Entities that were looked for in rounds, with the cells of the field that was looked at least.
    partly: tuple[tuple[str, int], ...] = ()
    verified: Verified = Verified()


@dataclass(frozen=True, slots=True)
class Destination:
    """A third party that values of one field name as a host, or by a cookie."""

    field: str
    party: str  # id of a known third party, or "party:" and the id of a declared one
    suffix: str  # the host suffix by which it is known; empty for a cookie
    how: str  # "url", "host" or "cookie"
    count: int  # cells
    configured: bool = False  # settings or a page: data is sent there, not merely seen with it


@dataclass(frozen=True, slots=True)
class AssetResult:
    """What one unit of work returns."""

    asset: Asset
    coverage: Coverage
    holdings: tuple[Holding, ...] = ()
    gaps: tuple[Gap, ...] = ()
    omissions: tuple[Omission, ...] = ()
    measures: tuple[Measure, ...] = ()
    templates: tuple[tuple[str, str], ...] = ()  # id, masked text
    destinations: tuple[Destination, ...] = ()
    # category -> keyed digests of distinct values, for one scan and in memory only: personal data,
    # dropped before a result is made. Filled where the plan asks for it.
    digests: Mapping[str, frozenset[int]] = dataclasses.field(
        default_factory=dict, repr=False, compare=False
    )


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """How a whole source was met."""

    name: str
    kind: str
    reached: bool
    complete: bool = False
    country: str = ""  # observed: the store's own word, else the configuration's
    region: str = ""
    environment: str = ""
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Inventory:
    """What we hold, what we could not look at, and what was left out on purpose."""

    sources: tuple[SourceStatus, ...] = ()
    results: tuple[AssetResult, ...] = ()
    gaps: tuple[Gap, ...] = ()  # of whole sources
    omissions: tuple[Omission, ...] = ()  # at listing

    @property
    def holdings(self) -> tuple[Holding, ...]:
        """All holdings, in the order of their paths."""
        return tuple(holding for result in self.results for holding in result.holdings)

    @property
    def all_gaps(self) -> tuple[Gap, ...]:
        """Gaps of sources and assets."""
        return self.gaps + tuple(gap for result in self.results for gap in result.gaps)

    @property
    def all_omissions(self) -> tuple[Omission, ...]:
        """Omissions of sources and assets."""
        return self.omissions + tuple(o for result in self.results for o in result.omissions)
