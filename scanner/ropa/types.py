"""The declared record, one type for each table of its format."""

from dataclasses import dataclass, field
from datetime import date

from scanner.ropa.types_must import (
    Accept,
    Approval,
    Branch,
    Claim,
    Hold,
    Notice,
    Prohibit,
    Proof,
    Residency,
    ResidencyVersion,
    Retention,
    Selector,
    Where,
)
from scanner.ropa.types_where import (
    AccessLog,
    FieldRule,
    Site,
    Store,
    Subject,
    System,
    Transfer,
)
from scanner.ropa.types_who import (
    Activity,
    Contact,
    DataGroup,
    Dpia,
    JointController,
    Organisation,
    Origin,
    Party,
    Settings,
)

__all__ = [
    "Accept",
    "AccessLog",
    "Activity",
    "Approval",
    "Branch",
    "Claim",
    "Contact",
    "DataGroup",
    "Dpia",
    "FieldRule",
    "Hold",
    "JointController",
    "Notice",
    "Organisation",
    "Origin",
    "Party",
    "Prohibit",
    "Proof",
    "Residency",
    "ResidencyVersion",
    "Retention",
    "Ropa",
    "Selector",
    "Settings",
    "Site",
    "Store",
    "Subject",
    "System",
    "Transfer",
    "Where",
]


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
    approvals: tuple[Approval, ...] = ()  # empty after loading
    sources: tuple[str, ...] = ()  # source globs this record answers for (config); empty: all
