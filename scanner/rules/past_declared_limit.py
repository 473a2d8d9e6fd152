"""R01: data that is older than the record says it is kept."""

from collections.abc import Iterator

from scanner.model import Finding
from scanner.rules.comparison import Comparison
from scanner.rules.late_findings import Share, Speech, speak
from scanner.rules.past_limit import lates

_SPEECH = Speech(
    what="past the declared limit",
    advice="Check legal minimum periods and holds first (declare a hold that applies). Then delete "
    "or anonymise what is past the limit, and find out why it was not done in time.",
)


class PastDeclaredLimit:
    """Data is kept past the limit that the record declares.

    ## What it checks
    The limit is the start of the period and the period, by the calendar: 2024-02-29 and a year
    give 2025-02-28. The whole day of the limit is allowed, and so is the grace that the rule
    grants; days are those of UTC. The store counts the rows whose start lies before the one
    cutoff that follows from that, and in which a field of the declared categories holds
    something: emptied rows count as anonymised. What has not begun, an account that is still
    open, has no limit. The start is the declared proof, also in the asset that `subject.lookup`
    names; of logs the entries' own time. Where the record names no proof of a creation, one field
    with a telling name is taken, and the finding is probable. Several rules for the same data:
    `combine` decides. Where it is unknown, past one limit is possible, past all of them probable.
    High past twice the period, and for special categories, secrets and card data; of severity
    info where a `hold` keeps all that was found.

    ## Why it matters
    What is kept longer than declared was promised to be gone; it can still leak.

    ## Example
    Accounts are to go 90 days after they end; the rows of one that ended 91 days ago are there.

    ## How to resolve
    Check legal minimum periods and holds. Then delete or anonymise, or correct the period with
    those who decide it.
    """

    code = "R01"
    name = "past-declared-limit"
    articles: tuple[str, ...] = ("5(1)(e)", "17(1)(a)", "25", "30(1)(f)")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store and retention rule."""
        shares = (
            Share(late, late.rows - late.flagged)
            for late in lates(comparison)
            if late.rows > late.flagged and not late.kept.backup
        )
        yield from speak(comparison, self, shares, _SPEECH)
