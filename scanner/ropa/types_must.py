"""What must hold: retention, residency, prohibitions, notices, holds and acceptances."""

from dataclasses import dataclass, field
from datetime import date

from scanner.ropa.types_who import Origin


@dataclass(frozen=True, slots=True)
class Selector:
    """Which data a retention rule or hold is about; the parts are joined by *and*."""

    groups: tuple[str, ...] = ()
    stores: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """Where the start of a retention period can be read."""

    column: str = ""
    attribute: str = ""
    flag_column: str = ""


@dataclass(frozen=True, slots=True)
class Retention:
    """A time limit for erasure."""

    id: str
    selector: Selector
    name: str = ""
    period: str = ""
    bound: str = ""
    starts: str = ""
    criteria: str = ""
    excludes: tuple[str, ...] = ()
    combine: str = ""
    then: str = ""
    grace: str = ""
    legal_reason: str = ""
    proof: Proof | None = None
    origin: Origin = field(default_factory=Origin)


@dataclass(frozen=True, slots=True)
class Branch:
    """``when`` (or otherwise) gives a region."""

    region: str
    when: str = ""
    otherwise: bool = False


@dataclass(frozen=True, slots=True)
class ResidencyVersion:
    """The branches in force between two days; first match wins."""

    effective: date
    branches: tuple[Branch, ...]
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Residency:
    """A rule that gives each customer a region."""

    id: str
    versions: tuple[ResidencyVersion, ...]
    name: str = ""
    grandfather: bool = False
    origin: Origin = field(default_factory=Origin)


@dataclass(frozen=True, slots=True)
class Where:
    """Where a prohibition holds; an empty part does not limit."""

    stores: tuple[str, ...] = ()
    store_kinds: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prohibit:
    """Categories that must not be in some places."""

    id: str
    categories: tuple[str, ...]  # or ("*",)
    where: Where
    unless: str = ""  # masked, hashed, encrypted, synthetic
    severity: str = ""
    reason: str = ""
    origin: Origin = field(default_factory=Origin)


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of a notice, tied to a line of the record."""

    says: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A privacy notice."""

    id: str
    title: str = ""
    version: date | None = None
    url: str = ""
    activities: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    origin: Origin = field(default_factory=Origin)


@dataclass(frozen=True, slots=True)
class Hold:
    """Data kept on purpose, by a legal hold or a statutory duty."""

    id: str
    reason: str
    by: str
    selector: Selector
    review: date | None = None
    origin: Origin = field(default_factory=Origin)


@dataclass(frozen=True, slots=True)
class Accept:
    """A finding that somebody answers for until a day."""

    finding: str
    store: str
    until: date
    by: str
    reason: str
    category: str = ""
    path: str = ""
    up_to: int | None = None
    origin: Origin = field(default_factory=Origin)


@dataclass(frozen=True, slots=True)
class Approval:
    """Drafts that somebody stands by from a day on. After loading they are active and say so."""

    by: str
    on: date
    stores: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    note: str = ""
    origin: Origin = field(default_factory=Origin)
