"""S04: readable card numbers, and verification codes anywhere."""

from collections.abc import Iterator

from scanner.model import Finding, Severity
from scanner.rules.comparison import Comparison, Spot
from scanner.rules.declaration import measures
from scanner.rules.drafting import Where, Words, anywhere, called, from_spots
from scanner.rules.remedies import INCIDENT

_NUMBER = "payment_card_number"
_CODE = "payment_card_security_code"
_PROTECTING = frozenset(
    {
        "encryption_at_rest",
        "field_encryption",
        "key_encryption",
        "hashing",
        "masking",
        "pseudonymisation",
    }
)


class CardDataExposed:
    """Card numbers in clear where they should not be, or a card's verification code.

    ## What it checks
    Readable payment card numbers outside the stores that declare them (critical), or inside one
    for which no encryption, hashing or masking is declared (high); and card verification codes
    anywhere (critical), also where they are declared. Masked numbers are counted and left in
    peace; numbers reserved for tests are info.

    ## Why it matters
    A card number in a ticket or a log is read, copied and stolen outside every control made for
    it; a verification code must not be kept after the payment at all.

    ## Example
    The text of a help-desk ticket holds a customer's card number.

    ## How to resolve
    Confirm whether this is an incident; if so follow your procedure. Remove or mask the numbers,
    close the way in, and tell those who answer for card payments (PCI DSS).
    """

    code = "S04"
    name = "card-data-exposed"
    articles: tuple[str, ...] = ("32", "5(1)(c)")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each place and category."""
        shadows = tuple(spot for shadow in comparison.shadows for spot in shadow.spots)
        spots = [spot for spot in (*comparison.spots, *shadows) if _exposed(comparison, spot)]
        for where, id_, found in anywhere(comparison, spots):
            inside = id_ == _NUMBER and all(_at_home(comparison, spot) for spot in found)
            words = Words(
                title=f"{called(id_)}: {_title(id_, where, inside=inside)}",
                advice=f"{INCIDENT} or mask it, and tell those who answer for card payments.",
                category=id_,
            )
            severity = Severity.HIGH if inside else Severity.CRITICAL
            yield from_spots(comparison, self, where, found, severity, words)


def _title(id_: str, where: Where, *, inside: bool) -> str:
    if inside:
        return f"readable in {where.words}, which declares cards but no protection of them"
    if id_ == _NUMBER:
        return f"readable in {where.words}, which does not declare cards"
    return f"found in {where.words}; it is not to be kept after a payment"


def _at_home(comparison: Comparison, spot: Spot) -> bool:
    return bool(spot.at.stores) and comparison.permits(spot)


def _exposed(comparison: Comparison, spot: Spot) -> bool:
    if spot.category == _CODE:
        return True
    if spot.category != _NUMBER or not spot.readable:
        return False
    return not (_at_home(comparison, spot) and _protected(comparison, spot))


def _protected(comparison: Comparison, spot: Spot) -> bool:
    declared = measures(comparison.declared, spot.store, spot.at.site, spot.rules)
    return bool(declared & _PROTECTING)
