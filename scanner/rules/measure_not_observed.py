"""S06: readable values in a field that is declared as protected."""

from collections import defaultdict
from collections.abc import Iterator

from scanner.model import Finding, Severity
from scanner.rules.comparison import Comparison, Spot
from scanner.rules.drafting import Where, Words, called, from_spots
from scanner.rules.remedies import INCIDENT
from scanner.rules.weights import category, strong

_SAID = {
    "field_encryption": "encryption",
    "key_encryption": "encryption of keys",
    "hashing": "hashing",
    "masking": "masking",
    "pseudonymisation": "pseudonymisation",
}
# What a measure leaves behind, and what merely looks like something in protected values.
_LEFT: dict[str, frozenset[str]] = {
    "hashing": frozenset({"password_hash"}),
    "pseudonymisation": frozenset(
        {"username", "customer_identifier", "device_identifier", "cookie_identifier"}
    ),
}
_NEVER = frozenset({"unique_identifier", "unclassified_personal_data"})


class MeasureNotObserved:
    """Readable values where the record declares encryption, hashing or masking of the field.

    ## What it checks
    Fields with `protected_by` encryption, hashing, masking or pseudonymisation: whether personal
    data is readable in them, in how many of the values. Measures of a whole store are not looked
    for, as values do not show them. High, or as heavy as what is readable if nothing declares it.

    ## Why it matters
    Everybody who relies on the record believes that a copy of this field tells nothing.

    ## Example
    `users#phone` is declared as masked; 300 of 1,000 values are whole numbers.

    ## How to resolve
    Find out since when, and whether what reads or writes the field skips the measure; protect the
    values, and look at backups. Or correct the record.
    """

    code = "S06"
    name = "measure-not-observed"
    articles: tuple[str, ...] = ("32", "30(1)(g)", "25")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store, category and measure."""
        found: dict[tuple[str, str, str], list[Spot]] = defaultdict(list)
        for spot in comparison.spots:
            measure = _broken(spot)
            if measure:
                found[(spot.store.id, spot.category, measure)].append(spot)
        for (_, id_, measure), spots in sorted(found.items()):
            store = spots[0].store
            where = Where(store)
            rules = sorted({r.match for s in spots for r in s.rules if r.protected_by == measure})
            words = Words(
                title=f"{called(id_)}: readable in {where.words}, {_share(spots)}, where the "
                f"record declares {_SAID[measure]}",
                advice=f"{INCIDENT}, and protect the values as declared, backups included; or "
                "correct the record.",
                declared=f"{store.origin}, field {', '.join(rules)}",
                category=id_,
                qualifier=measure,
            )
            yield from_spots(comparison, self, where, spots, _severity(comparison, spots), words)


def _broken(spot: Spot) -> str:
    """Return the measure of a field that readable values contradict."""
    if not spot.readable or spot.holding.entity is None or spot.category in _NEVER:
        return ""
    for rule in spot.rules:
        measure = rule.protected_by
        if measure in _SAID and spot.category not in _LEFT.get(measure, ()):
            return measure
    return ""


def _share(spots: list[Spot]) -> str:
    seen = sum(spot.holding.matched for spot in spots)
    of = sum(max(s.holding.examined, s.holding.matched) for s in spots)
    return f"{seen:,} of {of:,} values"


def _severity(comparison: Comparison, spots: list[Spot]) -> Severity:
    """Never lighter than what it is the headline of: data that nothing declares here."""
    stray = (s for s in strong(spots) if not comparison.permits(s))
    weights = [category(s.category).weight for s in stray]
    return max((Severity.HIGH, *weights), key=lambda severity: severity.rank)
