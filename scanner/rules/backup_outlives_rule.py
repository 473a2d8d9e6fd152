"""R07: copies that are older than the record says."""

from collections.abc import Iterator

from scanner.model import Finding
from scanner.rules.comparison import Comparison
from scanner.rules.late_findings import Share, Speech, speak
from scanner.rules.past_limit import lates

_SPEECH = Speech(
    what="older than declared for backups",
    advice="Check legal minimum periods and holds first, and whether these are backups that nobody "
    "needs. Then delete them, and check the rotation that should have done so.",
)


class BackupOutlivesRule:
    """A backup is older than the retention rule of its store.

    ## What it checks
    In stores of kind `backup`, stores with `backup_of`, and for rules that start with the
    creation of a backup: what past-declared-limit checks elsewhere. Of files the time of the last
    change is asked. Probable only, as a copy may have been touched or restored since. Of severity
    info where a `hold` keeps it.

    ## Why it matters
    What was erased lives on in an old copy, and comes back when it is restored.

    ## Example
    Backups are kept for a year; one of thirteen months ago is still there.

    ## How to resolve
    Delete the copies that are past their limit, and check the rotation.
    """

    code = "R07"
    name = "backup-outlives-rule"
    articles: tuple[str, ...] = ("5(1)(e)", "17", "32")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store and retention rule."""
        shares = (Share(late, late.rows) for late in lates(comparison) if late.kept.backup)
        yield from speak(comparison, self, shares, _SPEECH)
