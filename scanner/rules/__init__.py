"""The rules: what the record declares against what was found. One module for each rule.

A rule never says that something is allowed or forbidden: it says what is declared, what was
found, and what to read. To add one, write its module, name it in :data:`RULES`, and add a case
file beside the tests.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from scanner.model import Inventory, Past
from scanner.ropa.types import Ropa
from scanner.rules import pages
from scanner.rules.ambiguous_match import AmbiguousMatch
from scanner.rules.backup_outlives_rule import BackupOutlivesRule
from scanner.rules.base import Rule
from scanner.rules.biometric_capable import BiometricCapable
from scanner.rules.card_data_exposed import CardDataExposed
from scanner.rules.child_data import ChildData
from scanner.rules.claim_not_matched import ClaimNotMatched
from scanner.rules.closed_but_kept import ClosedButKept
from scanner.rules.comparing import Compared, compare_with
from scanner.rules.contradictory_record import ContradictoryRecord
from scanner.rules.coverage_gap import CoverageGap
from scanner.rules.criminal_data_no_basis_declared import CriminalDataNoBasisDeclared
from scanner.rules.dead_match import DeadMatch
from scanner.rules.declared_not_observed import DeclaredNotObserved
from scanner.rules.erased_too_early import ErasedTooEarly
from scanner.rules.excluded_data_retained import ExcludedDataRetained
from scanner.rules.exits import exit_code
from scanner.rules.incomplete_record import IncompleteRecord
from scanner.rules.key_with_data import KeyWithData
from scanner.rules.legal_basis_missing import LegalBasisMissing
from scanner.rules.location_mismatch import LocationMismatch
from scanner.rules.measure_not_observed import MeasureNotObserved
from scanner.rules.misplaced_category import MisplacedCategory
from scanner.rules.national_id_use import NationalIdUse
from scanner.rules.no_safeguard_declared import NoSafeguardDeclared
from scanner.rules.not_comparable import NotComparable
from scanner.rules.notice_mismatch import NoticeMismatch
from scanner.rules.pages import page, summary
from scanner.rules.past_declared_limit import PastDeclaredLimit
from scanner.rules.processor_terms_missing import ProcessorTermsMissing
from scanner.rules.production_data_in_test import ProductionDataInTest
from scanner.rules.prohibited_placement import ProhibitedPlacement
from scanner.rules.region_differs_from_rule import RegionDiffersFromRule
from scanner.rules.residency_undecidable import ResidencyUndecidable
from scanner.rules.restricted_content import RestrictedContent
from scanner.rules.retention_conflict import RetentionConflict
from scanner.rules.retention_not_provable import RetentionNotProvable
from scanner.rules.retention_undefined import RetentionUndefined
from scanner.rules.safeguard_invalid import SafeguardInvalid
from scanner.rules.secret_in_log import SecretInLog
from scanner.rules.special_category_no_condition_declared import (
    SpecialCategoryNoConditionDeclared,
)
from scanner.rules.stale_declaration import StaleDeclaration
from scanner.rules.token_outlives_session import TokenOutlivesSession
from scanner.rules.unbounded_content import UnboundedContent
from scanner.rules.undeclared_access_country import UndeclaredAccessCountry
from scanner.rules.undeclared_category import UndeclaredCategory
from scanner.rules.undeclared_data_subject import UndeclaredDataSubject
from scanner.rules.undeclared_recipient import UndeclaredRecipient
from scanner.rules.undeclared_store import UndeclaredStore
from scanner.rules.unprotected_secret import UnprotectedSecret
from scanner.rules.vague_record import VagueRecord
from scanner.rules.volume_change import VolumeChange
from scanner.rules.weak_hash import WeakHash

RULES: tuple[type[Rule], ...] = (
    UndeclaredCategory,
    UndeclaredStore,
    MisplacedCategory,
    UndeclaredDataSubject,
    UndeclaredRecipient,
    DeclaredNotObserved,
    ClaimNotMatched,
    UnboundedContent,
    ProhibitedPlacement,
    ProductionDataInTest,
    RegionDiffersFromRule,
    LocationMismatch,
    NoSafeguardDeclared,
    SafeguardInvalid,
    UndeclaredAccessCountry,
    ResidencyUndecidable,
    PastDeclaredLimit,
    RetentionUndefined,
    RetentionNotProvable,
    ExcludedDataRetained,
    ClosedButKept,
    ErasedTooEarly,
    BackupOutlivesRule,
    RetentionConflict,
    UnprotectedSecret,
    WeakHash,
    SecretInLog,
    CardDataExposed,
    KeyWithData,
    MeasureNotObserved,
    TokenOutlivesSession,
    SpecialCategoryNoConditionDeclared,
    CriminalDataNoBasisDeclared,
    ChildData,
    NationalIdUse,
    BiometricCapable,
    IncompleteRecord,
    VagueRecord,
    StaleDeclaration,
    ContradictoryRecord,
    NoticeMismatch,
    ProcessorTermsMissing,
    LegalBasisMissing,
    DeadMatch,
    AmbiguousMatch,
    VolumeChange,
    CoverageGap,
    NotComparable,
    RestrictedContent,
)

__all__ = [
    "RULES",
    "Compared",
    "Rule",
    "check_record",
    "compare",
    "exit_code",
    "find",
    "page",
    "summary",
]


def compare(
    inventory: Inventory,
    ropas: Sequence[Ropa],
    as_of: date,
    past: Past | None = None,
    detectors: Mapping[str, str] | None = None,
) -> Compared:
    """Compare records with what was found, at a date.

    The configured sources are ``inventory.sources``. ``past`` is the scan before, ``detectors``
    what this one detected with. Findings come sorted: heaviest, surest, then by rule and place;
    what another rule says of the same place is under ``also``.
    """
    return compare_with(RULES, inventory, ropas, as_of, past, detectors)


def check_record(ropas: Sequence[Ropa], as_of: date) -> Compared:
    """Run the rules that need nothing but the record."""
    alone = (rule for rule in RULES if rule.record_only)
    return compare_with(alone, Inventory(), ropas, as_of)


def find(code_or_name: str) -> type[Rule]:
    """Return a rule by code (``I03``) or short name. Raise ConfigError when there is none."""
    return pages.find_in(RULES, code_or_name)
