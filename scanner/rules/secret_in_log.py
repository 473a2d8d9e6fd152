"""S03: a secret in a log, queue or analytics store."""

from collections.abc import Iterator

from scanner.model import Finding, Severity
from scanner.rules.comparison import Comparison, Spot
from scanner.rules.drafting import Words, anywhere, called, from_spots
from scanner.rules.remedies import INCIDENT
from scanner.taxonomy import SECRETS

_KINDS = frozenset({"log", "queue", "analytics"})


class SecretInLog:
    """A password, key, token or code in a log, queue or analytics store.

    ## What it checks
    Passwords and their hashes, session tokens, API and cryptographic keys, one-time codes and
    answers to security questions, in stores of kind log, queue or analytics and in log files
    that no store matches. Declaring them there does not silence it; a field that the record
    declares as `protected_by` does. Whether a token still works is never tried.

    ## Why it matters
    Logs are copied, kept and read by many, and whoever reads a live token is signed in.

    ## Example
    A message of the fax log holds a JSON Web Token.

    ## How to resolve
    Confirm whether this is an incident; if so follow your procedure. Stop logging the value,
    revoke or replace it, and clean the log and its copies.
    """

    code = "S03"
    name = "secret-in-log"
    articles: tuple[str, ...] = ("32", "5(1)(f)", "33")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each place and category."""
        shadows = (spot for shadow in comparison.shadows for spot in shadow.spots)
        spots = [spot for spot in (*comparison.spots, *shadows) if _in_log(spot)]
        for where, id_, found in anywhere(comparison, spots):
            words = Words(
                title=f"{called(id_)}: found in {where.words}",
                advice=f"{INCIDENT}, and revoke what was readable or make it worthless.",
                category=id_,
            )
            yield from_spots(comparison, self, where, found, Severity.CRITICAL, words)


def _in_log(spot: Spot) -> bool:
    if spot.category not in SECRETS or any(rule.protected_by for rule in spot.rules):
        return False
    kinds = {store.kind for store in spot.at.stores} or {spot.at.result.asset.kind}
    return bool(kinds & _KINDS)
