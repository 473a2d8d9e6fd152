"""What connectors speak: sources, assets, fields, samples and the protocols."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from scanner.model.asking import Measure, Question

if TYPE_CHECKING:
    import pyarrow as pa


class Kind(StrEnum):
    """What a field holds, whatever the store calls it."""

    TEXT = "text"
    MESSAGE = "message"  # lines of a log: grouped by template after detection
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    TIMESTAMP = "timestamp"
    TIME = "time"
    UUID = "uuid"
    INET = "inet"
    MAC = "mac"
    JSON = "json"
    BYTES = "bytes"
    OTHER = "other"


class Method(StrEnum):
    """How a sample was taken. ``FIRST`` means: only the first rows, which are often the oldest."""

    WHOLE = "whole"
    RANDOM = "random"
    SPREAD = "spread"
    FIRST = "first"
    NONE = "none"


class GapReason(StrEnum):
    """Why something was not looked at although it should have been."""

    UNREACHABLE = "unreachable"
    REFUSED = "refused"  # wrong password, TLS not verified
    PERMISSION = "permission"
    CAN_WRITE = "can_write"
    DRIVER_MISSING = "driver_missing"
    MODEL_MISSING = "model_missing"
    UNREADABLE = "unreadable"
    TRUNCATED = "truncated"
    BUDGET = "budget"
    NOT_MEASURED = "not_measured"
    UNSUPPORTED = "unsupported"
    CRASHED = "crashed"
    DIFFERS = "differs"  # --verify: plain Presidio found something else


@dataclass(frozen=True, slots=True)
class Secret:
    """A reference to an environment variable; never the secret itself."""

    env: str


@dataclass(frozen=True, slots=True)
class Source:
    """A connection as the configuration names it. Holds no secret: ``url`` may be a reference."""

    name: str
    url: str | Secret = ""
    path: str = ""
    user: str | Secret = ""
    password: Secret | None = None
    country: str = ""  # where the operator says the data lies, ISO 3166 (``IE``, ``CA-QC``)
    region: str = ""
    environment: str = ""  # production, staging, test, development
    include: tuple[str, ...] = ()  # globs over paths without ``kind://source/``
    exclude: tuple[str, ...] = ()
    views: bool = False  # read views and foreign tables too
    shared: bool = False  # a shared or public place: severity one step up
    allow_write_grants: bool = False
    verify_tls: bool = True
    ca_file: str = ""
    full_scan: bool = False  # consent to scans of whole tables
    timezone: str = "UTC"  # for log times without a zone


@dataclass(frozen=True, slots=True)
class Field:
    """A column, key or template position.

    ``name`` is encoded as in a path (dots nest). ``declared`` is the store's own type.
    """

    name: str
    kind: Kind = Kind.TEXT
    declared: str = ""
    nullable: bool = True
    key: str = ""  # "primary", "unique" or ""
    references: str = ""  # ``segment/segment#field`` of the referenced field, same source
    comment: str = ""
    indexed: bool = False


@dataclass(frozen=True, slots=True)
class Asset:
    """A table, collection, file or set of rotated files."""

    path: str
    source: str
    kind: str  # the path's kind: "sqlite", "postgresql", "mysql", "log", "file", ...
    type: str = "table"  # table, view, log, file
    fields: tuple[Field, ...] = ()
    population: int | None = None  # rows, lines
    counted: bool = False  # population is exact, not the planner's estimate
    size: int | None = None  # bytes
    modified: datetime | None = None
    media_type: str = ""
    comment: str = ""
    siblings: int = 1  # files of a rotated set


@dataclass(frozen=True, slots=True)
class Gap:
    """What was not looked at, why, and what to try. ``detail`` is a sentence without values."""

    source: str
    reason: GapReason
    detail: str
    asset: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Omission:
    """What was left out on purpose: excluded, metadata only, media, a view not asked for."""

    source: str
    asset: str
    # "excluded", "declared_metadata", "declared_none", "processor", "correspondence", "media",
    # "view", "depth" or "special"
    why: str
    by: str = ""  # the line of the configuration or record that says so


@dataclass(frozen=True, slots=True)
class Listing:
    """All assets of a source, with what could not be listed."""

    assets: tuple[Asset, ...]
    gaps: tuple[Gap, ...] = ()
    omissions: tuple[Omission, ...] = ()
    complete: bool = True  # nothing is missing that the account may see
    region: str = ""  # what the store itself says of its place, if it does
    country: str = ""


@dataclass(frozen=True, slots=True)
class Budget:
    """Bounds of one read.

    Without ``rows`` every row is read as a stream of bounded batches; ``bytes`` and ``seconds``
    may then be without bound too.
    """

    rows: int | None = 10_000  # None: all
    bytes: int | None = 64 * 1024 * 1024  # None: no bound
    seconds: float = 30.0  # infinite: no bound
    cell: int = 100_000  # characters; longer cells are cut here and counted
    seed: int = 0

    @property
    def most(self) -> int:
        """The rows to deliver at most; without bound a number that no store reaches."""
        return 2**62 if self.rows is None else self.rows


@dataclass(frozen=True, slots=True)
class Column:
    """One batch of one field: strings in the canonical text form, null where the store has null.

    Canonical text: integers in base 10, numbers without an exponent where exact, booleans
    ``true``/``false``, dates ISO 8601, timestamps ISO 8601 with zone when known, UUIDs in lower
    case with hyphens.
    """

    field: Field
    values: "pa.StringArray" = dataclasses.field(repr=False)


Batch = tuple[Column, ...]


@dataclass(slots=True)
class Sample:
    """Rows of one asset: an iterator of batches, and how they were taken.

    The batches may name different fields (JSON keys, log formats). ``gaps`` and ``cut`` are
    filled while the batches are read; ``rows`` counts what was delivered.
    """

    batches: Iterator[Batch] = dataclasses.field(repr=False)
    method: Method = Method.WHOLE
    population: int | None = None
    counted: bool = False
    rows: int = 0
    bytes: int = 0
    cut: dict[str, int] = dataclasses.field(
        default_factory=dict
    )  # cells cut at the limit, by field
    gaps: list[Gap] = dataclasses.field(default_factory=list)


class Connector(Protocol):
    """Reads one source. Opened by :func:`connectors.open_store`; read-only and bounded."""

    def assets(self) -> Listing:
        """List the assets, sorted by path. Raise StoreError when nothing can be listed."""
        ...

    def read(self, asset: Asset, budget: Budget) -> Sample:
        """Sample an asset. Raise StoreError when it cannot be started."""
        ...

    def close(self) -> None:
        """Release the connection. Never raises."""
        ...


@runtime_checkable
class Answers(Protocol):
    """A connector that can answer questions in the store."""

    def ask(self, asset: Asset, question: Question) -> Measure:
        """Answer within the budget, or raise StoreError with the reason."""
        ...


@runtime_checkable
class Explains(Protocol):
    """A connector that can show what it would send."""

    def statements(
        self, asset: Asset, budget: Budget, questions: tuple[Question, ...]
    ) -> tuple[str, ...]:
        """Return every statement that reading and asking would send, in order."""
        ...


@runtime_checkable
class Probes(Protocol):
    """A connector that can check the way to its source without reading data."""

    def probe(self) -> str:
        """Connect, check rights; return one sentence ("PostgreSQL 15, read-only, TLS")."""
        ...
