"""R05: data of what is marked as closed, past the limit."""

from collections.abc import Iterator

from scanner.model import Finding
from scanner.rules.comparison import Comparison
from scanner.rules.late_findings import Share, Speech, speak
from scanner.rules.past_limit import lates

_SPEECH = Speech(
    what="marked as closed, and past the declared limit",
    advice="Somebody closed this, so its owner was told that it ends: check legal minimum periods "
    "and holds first, then erase the data, and let closing it start the erasure.",
)


class ClosedButKept:
    """Data of what is marked as closed or deleted is kept past the limit.

    ## What it checks
    As past-declared-limit, for the rows in which the flag that the rule's proof names
    (`flag_column`) says yes: true, 1, yes, or any date. Rows past the limit without the flag stay
    with past-declared-limit, and copies with backup-outlives-rule. Of severity info where a
    `hold` keeps all that was found.

    ## Why it matters
    A flag hides a row from the people who use the service; the data is still there.

    ## Example
    An account is marked closed since 120 days; the limit is 90 days, and its address is kept.

    ## How to resolve
    Erase the rows, and let the flag start their erasure.
    """

    code = "R05"
    name = "closed-but-kept"
    articles: tuple[str, ...] = ("5(1)(e)", "17")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store and retention rule."""
        shares = (
            Share(late, late.flagged)
            for late in lates(comparison)
            if late.flagged and not late.kept.backup
        )
        yield from speak(comparison, self, shares, _SPEECH)
