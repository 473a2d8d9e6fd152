"""Where data may be: systems, stores, sites and transfers."""

from dataclasses import dataclass, field
from datetime import date

from scanner.ropa.types_who import Origin


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
