"""The rules: what the record declares against what was found. One module for each rule.

A rule never says that something is allowed or forbidden: it says what is declared, what was
found, and what to read. To add one, write its module, name it in :data:`RULES`, and add a case
file beside the tests.
"""

from collections.abc import Sequence
from datetime import date

from scanner.model import Finding, Inventory
from scanner.ropa.types import Ropa
from scanner.rules import pages
from scanner.rules.ambiguous_match import AmbiguousMatch
from scanner.rules.base import Rule
from scanner.rules.card_data_exposed import CardDataExposed
from scanner.rules.comparing import Compared, compare_with
from scanner.rules.coverage_gap import CoverageGap
from scanner.rules.dead_match import DeadMatch
from scanner.rules.declared_not_observed import DeclaredNotObserved
from scanner.rules.exits import exit_code
from scanner.rules.incomplete_record import IncompleteRecord
from scanner.rules.misplaced_category import MisplacedCategory
from scanner.rules.no_safeguard_declared import NoSafeguardDeclared
from scanner.rules.pages import page, summary
from scanner.rules.prohibited_placement import ProhibitedPlacement
from scanner.rules.restricted_content import RestrictedContent
from scanner.rules.secret_in_log import SecretInLog
from scanner.rules.unbounded_content import UnboundedContent
from scanner.rules.undeclared_category import UndeclaredCategory
from scanner.rules.undeclared_store import UndeclaredStore
from scanner.rules.unprotected_secret import UnprotectedSecret

RULES: tuple[type[Rule], ...] = (
    UndeclaredCategory,
    UndeclaredStore,
    MisplacedCategory,
    DeclaredNotObserved,
    UnboundedContent,
    ProhibitedPlacement,
    NoSafeguardDeclared,
    UnprotectedSecret,
    SecretInLog,
    CardDataExposed,
    IncompleteRecord,
    DeadMatch,
    AmbiguousMatch,
    CoverageGap,
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


def compare(inventory: Inventory, ropas: Sequence[Ropa], as_of: date) -> Compared:
    """Compare records with what was found, at a date.

    The configured sources are ``inventory.sources``. Findings come sorted: heaviest, surest, then
    by rule and place; what another rule says of the same place is under ``also``.
    """
    return compare_with(RULES, inventory, ropas, as_of)


def check_record(ropas: Sequence[Ropa], as_of: date) -> tuple[Finding, ...]:
    """Return what the records alone say: their own gaps, and transfers without a safeguard."""
    alone = tuple(rule for rule in RULES if rule.record_only)
    return compare_with(alone, Inventory(), ropas, as_of).findings


def find(code_or_name: str) -> type[Rule]:
    """Return a rule by code (``I03``) or short name. Raise ConfigError when there is none."""
    return pages.find_in(RULES, code_or_name)
