"""S05: a readable key beside what it may protect."""

from collections.abc import Iterator

from scanner.model import Confidence, Finding, Severity
from scanner.rules.aside import capped
from scanner.rules.comparison import Comparison, Spot
from scanner.rules.declaration import measures
from scanner.rules.drafting import Where, Words, called, from_spots, grouped

_WRAPPED = "key_encryption"
_ENCRYPTING = frozenset({"field_encryption", "encryption_at_rest", "key_encryption"})
_ENTITIES = frozenset({"PRIVATE_KEY"})


class KeyWithData:
    """A readable private key in a store whose data is declared as encrypted.

    ## What it checks
    Private keys in a store for which encryption is declared, of a field or of the whole. A field
    declared as `protected_by = "key_encryption"` is left in peace. Always possible: which key
    opens what cannot be seen.

    ## Why it matters
    Encryption protects nothing from somebody who copies the key along with the data.

    ## Example
    The store encrypts a field, and a table beside it holds the private key in PEM.

    ## How to resolve
    Find out what the key opens. Keep keys apart from the data (a key service, a vault), or wrap
    them with a key that is elsewhere, and replace this one.
    """

    code = "S05"
    name = "key-with-data"
    articles: tuple[str, ...] = ("32(1)(a)",)
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store and category."""
        spots = (spot for spot in comparison.spots if _beside(comparison, spot))
        for store, id_, found in grouped(spots):
            where = Where(store)
            words = Words(
                title=f"{called(id_)}: readable in {where.words}, beside data that is declared "
                "as encrypted; whether it opens that data cannot be seen",
                advice="Find out what the key opens; if it is this data, keep the key elsewhere "
                "or wrap it, and replace it.",
                category=id_,
            )
            made = from_spots(comparison, self, where, found, Severity.HIGH, words)
            yield capped(made, Confidence.POSSIBLE)


def _beside(comparison: Comparison, spot: Spot) -> bool:
    if not spot.readable or spot.holding.entity not in _ENTITIES:
        return False
    if any(rule.protected_by == _WRAPPED for rule in spot.rules):
        return False
    store = spot.store
    declared = measures(comparison.declared, store, spot.at.site, store.fields)
    return bool(declared & _ENCRYPTING)
