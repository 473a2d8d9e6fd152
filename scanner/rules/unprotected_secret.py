"""S01: a clear secret where a hash or a wrapped key is declared."""

from collections.abc import Iterator

from scanner.model import Finding, Severity
from scanner.rules.comparison import Comparison, Spot
from scanner.rules.drafting import Where, Words, called, from_spots, grouped
from scanner.rules.remedies import INCIDENT

# Measures after which a secret is not readable as such.
_WRAPPING = frozenset({"key_encryption", "field_encryption", "hashing"})
_KEYS = frozenset({"cryptographic_key", "api_key", "session_token", "one_time_code"})


class UnprotectedSecret:
    """A secret in clear where the record says hash or wrapped key.

    ## What it checks
    Clear passwords in a store that declares password hashes (and no clear passwords), or in a
    field declared as `must_be = "password_hash"`; and readable keys, tokens and codes in a field
    declared as `protected_by` encryption or hashing. Values must have been seen: the name of a
    field alone is no evidence.

    ## Why it matters
    Who can read the store can act as the person, here and wherever the password is used again.

    ## Example
    The field `users#password` holds readable words; the record declares password hashes.

    ## How to resolve
    Confirm whether this is an incident; if so follow your procedure. Hash or wrap the values, and
    make the clear ones worthless: reset the passwords, replace the keys. Look at backups too.
    """

    code = "S01"
    name = "unprotected-secret"
    articles: tuple[str, ...] = ("32(1)(a)", "5(1)(f)", "25")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store and category."""
        spots = (spot for spot in comparison.spots if _unprotected(comparison, spot))
        for store, id_, found in grouped(spots):
            where = Where(store)
            promised = "hashes" if id_ == "password_plaintext" else "wrapped values"
            words = Words(
                title=f"{called(id_)}: readable in {where.words}, which declares {promised}",
                advice=f"{INCIDENT}, protect the values, and replace those that were readable.",
                declared=_line(found),
                category=id_,
            )
            yield from_spots(comparison, self, where, found, Severity.CRITICAL, words)


def _unprotected(comparison: Comparison, spot: Spot) -> bool:
    if not spot.readable:
        return False
    if spot.category == "password_plaintext":
        if any(rule.must_be == "password_hash" for rule in spot.rules):
            return True
        declared = (comparison.declared.allowed(store.id) for store in spot.at.stores)
        return any(
            "password_hash" in allowed and "password_plaintext" not in allowed
            for allowed in declared
        ) or _wrapped(spot)
    return spot.category in _KEYS and spot.holding.entity is not None and _wrapped(spot)


def _wrapped(spot: Spot) -> bool:
    return any(rule.protected_by in _WRAPPING for rule in spot.rules)


def _line(found: tuple[Spot, ...]) -> str:
    """Name the line of the record that promises protection."""
    rules = sorted({rule.match for spot in found for rule in spot.rules})
    store = found[0].store
    return f"{store.origin}, field {', '.join(rules)}" if rules else str(store.origin)
