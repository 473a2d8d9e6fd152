"""H06: a scan that cannot be compared with the one before."""

from collections.abc import Iterator, Mapping

from scanner.model import Finding, Severity
from scanner.rules.comparison import Comparison
from scanner.rules.drafting import Where, Words, finding, listed


class NotComparable:
    """This scan detected otherwise than the one before.

    ## What it checks
    The versions of detectors, models and recognizers against those of the scan before. Shares are
    then not compared, and new or missing findings may come from the change.

    ## Why it matters
    A difference that the tool made is easily taken for one in the data.

    ## Example
    A recognizer was added, and telephone numbers appear that were always there.

    ## How to resolve
    Read new and resolved findings of this scan with that in mind; the next scan compares again.
    """

    code = "H06"
    name = "not-comparable"
    articles: tuple[str, ...] = ("5(2)",)
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding at most."""
        past = comparison.past
        if past is None or not past.detectors or not comparison.detectors:
            return
        changed = tuple(_changed(past.detectors, comparison.detectors))
        if changed:
            words = Words(
                title=f"Not comparable with the scan of {past.when:%Y-%m-%d}: "
                f"{listed(changed)} changed",
                advice="Read new and resolved findings with that in mind.",
                declared=f"scan of {past.when:%Y-%m-%d}",
                qualifier="detectors",
            )
            where = Where(prefix="detectors")
            yield finding(comparison, self, where, Severity.INFO, words, records=len(changed))


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name in sorted({*before, *now}):
        old, new = before.get(name, ""), now.get(name, "")
        if old != new:
            short = max(len(old), len(new)) <= 40
            yield f"{name} ({old or 'none'} to {new or 'none'})" if short else name
