"""S02: password hashes that are quickly guessed."""

from collections.abc import Iterator

from scanner.model import Confidence, Finding, Severity
from scanner.rules.aside import capped
from scanner.rules.comparison import Comparison, Spot
from scanner.rules.drafting import Words, anywhere, from_spots
from scanner.rules.weights import strong

_WEAK, _BARE = "weak", "bare"  # marks of scanner.detect.weakhash
_REPEATED = 100  # one value in so many that occurs again tells that there is no salt


class WeakHash:
    """Password hashes that are made without salt, or by a method that is too fast.

    ## What it checks
    Values in fields of passwords: plain MD5, SHA-1 and SHA-2 digests, NTLM, MD5-crypt, DES crypt,
    bcrypt below cost 10, PBKDF2 below 10,000 rounds, argon2 and scrypt with hardly any memory.
    Formats that name their method are confirmed; plain digests are when equal ones occur again,
    which a salt prevents, else they are probable.

    ## Why it matters
    Whoever copies such a table guesses most passwords within hours, and all equal ones at once.

    ## Example
    `users#password` holds 32 hexadecimal digits, and a tenth of them more than once.

    ## How to resolve
    Wrap the hashes in a slow one at once (argon2id, bcrypt, scrypt over the old digest), and renew
    each at the next sign-in; reset what nobody renews.
    """

    code = "S02"
    name = "weak-hash"
    articles: tuple[str, ...] = ("32(1)(a)",)
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each place."""
        shadows = (spot for shadow in comparison.shadows for spot in shadow.spots)
        spots = [spot for spot in (*comparison.spots, *shadows) if _weak(spot)]
        for where, id_, found in anywhere(comparison, spots):
            weak = sum(spot.holding.marked(_WEAK, _BARE) for spot in found)
            seen = sum(spot.holding.matched for spot in found)
            again = " many of them equal," if any(map(_repeats, found)) else ""
            words = Words(
                title=f"Weak password hashes in {where.words}: {weak:,} of {seen:,} seen,{again} "
                "without salt or by a fast method",
                advice="Wrap the hashes in a slow one (argon2id, bcrypt or scrypt over the old "
                "digest), renew each at the next sign-in, and reset what nobody renews.",
                category=id_,
            )
            made = from_spots(comparison, self, where, found, Severity.HIGH, words)
            yield capped(made, _sure(found))


def _weak(spot: Spot) -> bool:
    return spot.category == "password_hash" and spot.holding.marked(_WEAK, _BARE) > 0


def _repeats(spot: Spot) -> bool:
    """Tell whether values occur again, so that equal passwords have equal hashes."""
    again = spot.holding.matched - spot.holding.distinct
    return spot.holding.distinct > 0 and again > 1 and again * _REPEATED >= spot.holding.matched


def _sure(found: tuple[Spot, ...]) -> Confidence:
    named = any(s.holding.marked(_WEAK) or _repeats(s) for s in strong(found))
    return Confidence.CONFIRMED if named else Confidence.PROBABLE
