"""R03: a retention rule that nothing in the data can prove."""

from collections import Counter
from collections.abc import Iterator, Sequence

from scanner.model import Evidence, Finding, Severity
from scanner.rules.comparison import Comparison
from scanner.rules.drafting import Where, Words, finding, listed
from scanner.rules.kept import Kept, Part, all_kept

_SHOWN = 100  # assets with evidence of their own
_ADVICE = (
    "Name in the rule's proof the field, or the attribute of files, that tells when the period "
    "began (it must lie in the same source), and in store.subject how other assets are tied to it; "
    "if there is none, have the application keep the date."
)


class RetentionNotProvable:
    """A retention rule has a period, and nothing tells when it began.

    ## What it checks
    Assets in which data of the rule was found, for rules with a period: where the record names no
    proof, or one that is not there, lies in another source, cannot be read by this tool, or to
    which nothing ties the rows. Also where more than one row in a hundred has no date, for
    periods that begin with what exists: a record, a backup, an invoice. A date that is missing
    because the event has not happened, as of an open account, is no such case. What could not be
    asked this time is a gap in coverage instead. Rules without a period claim nothing to prove.

    ## Why it matters
    A promise that nobody can check is kept by chance only.

    ## Example
    Tickets are to go 90 days after the account ended; no field tells when that was.

    ## How to resolve
    Name the proof, and how rows are tied to it; else keep the date.
    """

    code = "R03"
    name = "retention-not-provable"
    articles: tuple[str, ...] = ("5(2)", "24")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store and retention rule."""
        for kept in all_kept(comparison):
            mine = kept.unprovable
            if mine:
                yield self._finding(comparison, kept, mine)

    def _finding(
        self, comparison: Comparison, kept: Kept, mine: Sequence[tuple[Part, str]]
    ) -> Finding:
        where = Where(kept.store)
        reasons = Counter(why for _, why in mine)
        told = sorted(reasons, key=lambda why: (-reasons[why], why))
        every = sum(part.matters for part in kept.parts)
        words = Words(
            title=f"{where.words}: the limit {kept.limit.rule.id} ({kept.limit.words}) cannot be "
            f"checked in {len(mine):,} of {every:,} {'asset' if every == 1 else 'assets'} with "
            f"data of it: {listed(told, 2)}",
            advice=_ADVICE,
            declared=str(kept.limit.rule.origin),
            qualifier=kept.limit.rule.id,
            children=tuple(sorted(part.at.path for part, _ in mine)),
        )
        shown = sorted(mine, key=lambda item: item[0].at.path)[:_SHOWN]
        return finding(
            comparison,
            self,
            where,
            Severity.LOW,
            words,
            evidence=tuple(Evidence(part.at.path, why=(why,)) for part, why in shown),
            records=sum(part.undated for part, _ in mine),
        )
