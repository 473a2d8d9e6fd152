"""S01: a clear secret where a hash or a wrapped key is declared, or in settings."""

from collections.abc import Iterator
from dataclasses import replace

from scanner.model import Confidence, Finding, Severity
from scanner.rules.comparison import Comparison, Spot
from scanner.rules.drafting import Where, Words, called, from_spots, grouped
from scanner.rules.remedies import INCIDENT
from scanner.rules.weights import strong

# Measures after which a secret is not readable as such.
_WRAPPING = frozenset({"key_encryption", "field_encryption", "hashing"})
_KEYS = frozenset({"cryptographic_key", "api_key", "session_token", "one_time_code"})


class UnprotectedSecret:
    """A secret in clear where the record says hash or wrapped key.

    ## What it checks
    Clear passwords in a store that declares password hashes (and no clear passwords), or in a
    field declared as `must_be = "password_hash"`; clear passwords in a settings file; and readable
    keys, tokens and codes in a field declared as `protected_by` encryption or hashing. Values must
    have been seen: the name of a field alone is no evidence. A single clear value of a settings
    file or a device is probable and of severity high; what a store holds of many is critical.

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
            words = Words(
                title=f"{called(id_)}: readable in {where.words}, {_promised(comparison, found)}",
                advice=f"{INCIDENT}, protect the values, and replace those that were readable.",
                declared=_line(found),
                category=id_,
            )
            if not all(_lone(spot) for spot in strong(found)):
                yield from_spots(comparison, self, where, found, Severity.CRITICAL, words)
                continue
            made = from_spots(comparison, self, where, found, Severity.HIGH, words)
            sure = min(made.confidence, Confidence.PROBABLE, key=lambda c: c.rank)
            yield replace(made, confidence=sure)


def _unprotected(comparison: Comparison, spot: Spot) -> bool:
    if not spot.readable:
        return False
    if spot.category == "password_plaintext":
        if _hashed(spot) or _in_settings(spot):
            return True
        declared = (comparison.declared.allowed(store.id) for store in spot.at.stores)
        return any(
            "password_hash" in allowed and "password_plaintext" not in allowed
            for allowed in declared
        ) or _wrapped(spot)
    return spot.category in _KEYS and spot.holding.entity is not None and _wrapped(spot)


def _hashed(spot: Spot) -> bool:
    return any(rule.must_be == "password_hash" for rule in spot.rules)


def _in_settings(spot: Spot) -> bool:
    return spot.at.result.asset.type == "settings"


def _lone(spot: Spot) -> bool:
    """Tell whether a spot is one value of a settings file or of somebody's device."""
    device = all(store.kind == "device" for store in spot.at.stores)
    return spot.holding.records <= 1 and (_in_settings(spot) or device)


def _promised(comparison: Comparison, found: tuple[Spot, ...]) -> str:
    """Say what the record declares instead, or that it is settings that hold it."""
    if found[0].category != "password_plaintext":
        return "which declares wrapped values"
    declared = (comparison.declared.allowed(store.id) for store in found[0].at.stores)
    if any("password_hash" in allowed for allowed in declared) or _hashed(found[0]):
        return "which declares hashes"
    return "in a settings file" if _in_settings(found[0]) else "which declares wrapped values"


def _wrapped(spot: Spot) -> bool:
    return any(rule.protected_by in _WRAPPING for rule in spot.rules)


def _line(found: tuple[Spot, ...]) -> str:
    """Name the line of the record that promises protection."""
    rules = sorted({rule.match for spot in found for rule in spot.rules})
    store = found[0].store
    return f"{store.origin}, field {', '.join(rules)}" if rules else str(store.origin)
