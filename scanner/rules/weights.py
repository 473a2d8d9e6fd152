"""How much a finding weighs, and how sure it is."""

from collections.abc import Iterable

from scanner.model import Confidence, Severity
from scanner.rules.comparison import Comparison, Spot
from scanner.taxonomy import Category, taxonomy

# Places where data is copied without much thought, or outlives its purpose: one step up.
_EXPOSED_KINDS = frozenset({"log", "backup", "queue"})
# What organisations and buildings have as well as people; of them it is no personal data.
_REACHED = frozenset({"fax_number", "locality", "phone_number", "postal_address"})
_NOBODY = frozenset({"none", "organisation"})
# Numbers of organisations are personal of sole traders only: who declares them, counts those.
_SOLE_TRADERS = "organisation_identifier"
OF_ORGANISATIONS = f" (of organisations; if sole traders count, declare {_SOLE_TRADERS} too)"


def category(id_: str) -> Category:
    """Return a category of the taxonomy; holdings and records name no other."""
    return taxonomy().categories[id_]


def exposed(comparison: Comparison, spot: Spot) -> bool:
    """Tell whether the place is a log, backup, queue, non-production store, or shared."""
    status = comparison.status(spot.holding.asset)
    environments = {store.environment for store in spot.at.stores}
    kinds = {store.kind for store in spot.at.stores} or {spot.at.result.asset.kind}
    if status is not None:
        environments.add(status.environment)
        if status.shared:
            return True
    return bool(kinds & _EXPOSED_KINDS or environments - {"production", ""})


def of_organisation(comparison: Comparison, spot: Spot) -> bool:
    """Tell whether a holding is an address or a telephone number of no person.

    Never where the record declares numbers of organisations: then its sole traders are persons.
    """
    if spot.category not in _REACHED or spot.holding.subject not in _NOBODY:
        return False
    return not comparison.declared.anywhere(_SOLE_TRADERS)


def weigh(comparison: Comparison, spot: Spot) -> Severity:
    """Weigh one holding: its category's weight, one step up where it is exposed.

    An address or telephone number of an organisation weighs one step less. Categories of weight
    info stay info, and so does what only test or harmless values show.
    """
    weight = category(spot.category).weight
    if weight is Severity.INFO or spot.harmless:
        return Severity.INFO
    if of_organisation(comparison, spot):
        weight = weight.up(-1)  # of what is not info there is a step below
    return weight.up() if exposed(comparison, spot) else weight


def strong(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    """Return the spots that decide: those that tell something and are at least probable.

    If none is that sure, all that tell something; if none does, all.
    """
    found = tuple(spots)
    telling = tuple(spot for spot in found if not spot.harmless)
    sure = tuple(s for s in telling if s.holding.confidence is not Confidence.POSSIBLE)
    return sure or telling or found


def whose(comparison: Comparison, spots: Iterable[Spot]) -> str:
    """Return what a title adds when all that decides belongs to organisations; else nothing."""
    decisive = strong(spots)
    return OF_ORGANISATIONS if all(of_organisation(comparison, s) for s in decisive) else ""


def heaviest(comparison: Comparison, spots: Iterable[Spot]) -> Severity:
    """Return the greatest weight among the strong spots: a mere possibility raises nothing."""
    return max((weigh(comparison, s) for s in strong(spots)), key=lambda s: s.rank)


def surest(spots: Iterable[Spot]) -> Confidence:
    """Return the confidence of the best of the strong spots."""
    return max((s.holding.confidence for s in strong(spots)), key=lambda c: c.rank)
