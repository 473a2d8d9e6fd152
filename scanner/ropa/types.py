"""The declared record, one type for each table of its format."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a block stands: file name (never a full path) and ``[[table]] id``."""

    file: str = ""
    table: str = ""
    id: str = ""

    def __str__(self) -> str:
        return f"{self.file} [[{self.table}]] {self.id}".strip()


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or office to write to (DPO, representative)."""

    name: str = ""
    party: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class JointController:
    """A joint controller and the arrangement with it."""

    party: str = ""
    arrangement: str = ""
    contact_point: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who keeps the record."""

    id: str
    name: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    regimes: tuple[str, ...] = ()
    joint_controllers: tuple[JointController, ...] = ()
    supervisory_authority: str = ""
    dpo: Contact | None = None
    representative: Contact | None = None
    origin: Origin = field(default_factory=Origin)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the record says about its own reading."""

    review_every: str = "P12M"
    adequacy_table: date | None = None
    child_age: int | tuple[tuple[str, int], ...] | None = None  # one age, or per country
    us_territories: bool = True
    test_domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who receives or handles data."""

    id: str
    name: str = ""
    kind: str = ""
    country: str = ""
    contact: str = ""
    contract: str = ""
    receives: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    started: date | None = None
    ended: date | None = None
    origin: Origin = field(default_factory=Origin)


@dataclass(frozen=True, slots=True)
class Dpia:
    """State of a data protection impact assessment."""

    required: bool | None = None
    state: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """A processing activity: one line of the register."""

    id: str
    role: str  # controller, joint_controller, processor
    name: str = ""
    purposes: tuple[str, ...] = ()
    processing: tuple[str, ...] = ()
    on_behalf_of: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    legitimate_interest: str = ""
    lia: str = ""
    special_condition: tuple[str, ...] = ()
    criminal_basis: str = ""
    schedule1_condition: str = ""
    data_subjects: tuple[str, ...] = ()
    data_groups: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    consent_only: bool = False
    transfers: tuple[str, ...] = ()
    source: str = ""
    automated_decisions: str = ""
    rights: tuple[str, ...] = ()
    dpia: Dpia | None = None
    consent_record: str = ""
    contract: str = ""
    breach_log: str = ""
    owner: str = ""
    department: str = ""
    status: str = "active"  # draft, active, ended
    approved_by: str = ""
    approved_on: date | None = None
    created: date | None = None
    reviewed: date | None = None
    next_review: date | None = None
    notice: str = ""
    note: str = ""
    origin: Origin = field(default_factory=Origin)


@dataclass(frozen=True, slots=True)
class DataGroup:
    """A named set of categories."""

    id: str
    categories: tuple[str, ...]  # leaf or group ids of the taxonomy
    name: str = ""
    source: str = ""
    optional: bool = False
    unbounded: bool = False
    open_ended: bool = False
    claims: tuple[str, ...] = ()
    origin: Origin = field(default_factory=Origin)


@dataclass(frozen=True, slots=True)
class System:
    """An application or service that stores belong to."""

    id: str
    name: str = ""
    version: str = ""
    hosting: str = ""
    operator: str = ""
    countries: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    access_from: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    owner: str = ""
    security_note: str = ""
    origin: Origin = field(default_factory=Origin)


@dataclass(frozen=True, slots=True)
class Site:
    """Where (a part of) a store lies, and which paths it covers."""

    match: tuple[str, ...]
    country: str = ""
    region: str = ""  # as declared; empty means: that of the country
    exclude: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """How a row is tied to its customer."""

    key: str = ""
    lookup: str = ""
    lookup_key: str = ""
    country_column: str = ""
    entity_column: str = ""
    created_column: str = ""
    agreement_column: str = ""
    birth_column: str = ""


@dataclass(frozen=True, slots=True)
class AccessLog:
    """Columns of an access log."""

    asset: str = ""
    who: str = ""
    country: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class FieldRule:
    """What named fields of a store must be, or are not."""

    match: str
    must_be: str = ""
    protected_by: str = ""
    is_not: tuple[str, ...] = ()
    note: str = ""
    line: int = field(default=0, compare=False)  # of its block in the store's file; 0: not known


@dataclass(frozen=True, slots=True)
class Store:
    """A declared store: what may be where."""

    id: str
    system: str
    kind: str
    name: str = ""
    data_groups: tuple[str, ...] = ()
    environment: str = "production"
    not_allowed: tuple[str, ...] = ()
    residency: str = ""
    measures: tuple[str, ...] = ()
    backup_of: tuple[str, ...] = ()
    sample: str = ""  # content, metadata, none; empty: not said
    scan_authorised_by: str = ""
    reach: str = ""  # "none": cannot be reached by design
    status: str = "active"
    approved_by: str = ""
    approved_on: date | None = None
    sites: tuple[Site, ...] = ()
    subject: Subject | None = None
    access: AccessLog | None = None
    fields: tuple[FieldRule, ...] = ()
    note: str = ""
    origin: Origin = field(default_factory=Origin)


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
class Transfer:
    """A declared transfer between places."""

    id: str
    kind: str
    from_: tuple[str, ...]
    to: tuple[str, ...]
    name: str = ""
    exporter: str = ""
    importer: str = ""
    purposes: tuple[str, ...] = ()
    data_groups: tuple[str, ...] = ()
    mechanism: str = ""  # one for all pairs
    mechanisms: tuple[tuple[str, str], ...] = ()  # ("EU-US", "scc")
    reference: str = ""
    assessment: str = ""
    signed: date | None = None
    expires: date | None = None
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
class Ropa:
    """One version of one organisation's record."""

    organisation: Organisation
    files: tuple[str, ...] = ()  # names for people, not full paths
    effective: date | None = None
    until: date | None = None
    synthetic: bool = False  # invented data: every report says so
    settings: Settings = field(default_factory=Settings)
    parties: tuple[Party, ...] = ()
    activities: tuple[Activity, ...] = ()
    data_groups: tuple[DataGroup, ...] = ()
    systems: tuple[System, ...] = ()
    stores: tuple[Store, ...] = ()
    retentions: tuple[Retention, ...] = ()
    residencies: tuple[Residency, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    prohibits: tuple[Prohibit, ...] = ()
    notices: tuple[Notice, ...] = ()
    holds: tuple[Hold, ...] = ()
    accepts: tuple[Accept, ...] = ()
    sources: tuple[str, ...] = ()  # source globs this record answers for (config); empty: all
