"""Who keeps the record and why: organisation, parties, activities and their data."""

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
    systems: tuple[str, ...] = ()  # after loading these systems list it, and this is empty
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
    note: str = ""
    # Stores and activities that the group itself names; after loading they list it, and these
    # are empty.
    stores: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    origin: Origin = field(default_factory=Origin)
