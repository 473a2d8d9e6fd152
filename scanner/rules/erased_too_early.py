"""R06: data that is gone before the declared minimum was over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from scanner.model import Confidence, Evidence, Finding, Method, Severity
from scanner.rules.comparison import Comparison, Matched
from scanner.rules.drafting import Where, Words, finding, listed
from scanner.rules.kept import Kept, Part, all_kept
from scanner.rules.late_findings import BY, counted

_ADVICE = (
    "Ask the owner of the store what removed it: a correction, a request to erase, or a job that "
    "runs too early. If a law asks for this data, look for a copy before backups rotate."
)


@dataclass(frozen=True, slots=True)
class _Loss:
    """Rows of one asset that the scan before counted and this one did not, by month of start."""

    path: str
    months: Mapping[str, tuple[int, int]]  # month -> then, now

    @property
    def rows(self) -> int:
        return sum(then - now for then, now in self.months.values())


class ErasedTooEarly:
    """Data is gone although the declared minimum has not passed.

    ## What it checks
    Rules with `bound = "exactly"`, or `"at_least"` with a `legal_reason`. The store counts rows
    by the month in which their period began; where this scan counts fewer than the scan before,
    for a month of which no start has reached its limit, the rows were erased or emptied too
    early. Months that the limit has reached in part are left out. Probable, as rows may have been
    corrected or moved; nothing without an earlier scan.

    ## Why it matters
    A duty to keep is a promise too; what is gone proves nothing.

    ## Example
    Data is kept for 90 days, exactly; rows of accounts that ended six weeks ago are gone.

    ## How to resolve
    Find what removed them. If the period is meant as a ceiling, declare `bound = "at_most"`.
    """

    code = "R06"
    name = "erased-too-early"
    articles: tuple[str, ...] = ("6(1)(c)", "5(1)(f)")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store and retention rule."""
        if comparison.past is None or comparison.past.as_of > comparison.as_of:
            return
        for kept in all_kept(comparison):
            if kept.limit.at_least:
                losses = tuple(_losses(comparison, kept))
                if losses:
                    yield self._finding(comparison, kept, losses)

    def _finding(self, comparison: Comparison, kept: Kept, losses: tuple[_Loss, ...]) -> Finding:
        where = Where(kept.store)
        before = comparison.past.as_of if comparison.past is not None else comparison.as_of
        months = sorted({month for loss in losses for month in loss.months})
        rows = sum(loss.rows for loss in losses)
        rule = kept.limit.rule
        reason = f"; reason to keep it: {rule.legal_reason}" if rule.legal_reason else ""
        words = Words(
            title=f"{counted(rows)} in {where.words} gone since {before}, before the declared "
            f"minimum has passed: {kept.limit.words} ({rule.id}); period begun in "
            f"{listed(months, 3)}{reason}",
            advice=_ADVICE,
            declared=str(rule.origin),
            qualifier=rule.id,
            children=tuple(loss.path for loss in losses),
        )
        return finding(
            comparison,
            self,
            where,
            Severity.MEDIUM,
            words,
            confidence=Confidence.PROBABLE,
            evidence=tuple(_evidence(loss) for loss in losses),
            records=rows,
        )


def _evidence(loss: _Loss) -> Evidence:
    why = tuple(
        f"begun in {month}: {counted(then)} at the scan before, {now:,} now"
        for month, (then, now) in sorted(loss.months.items())
    )
    return Evidence(loss.path, matched=loss.rows, confidence=Confidence.PROBABLE, by=BY, why=why)


def _losses(comparison: Comparison, kept: Kept) -> Iterator[_Loss]:
    if comparison.past is None:
        return
    first = kept.limit.first_kept(comparison.as_of)
    parts = {part.at.path: part for part in kept.parts}
    for at in comparison.by_store[kept.store.id]:
        past = comparison.past.assets.get(at.path)
        then = past.months.get(f"retention:{kept.limit.rule.id}") if past is not None else None
        now = _now(at, parts.get(at.path))
        if not then or now is None:
            continue
        lost = {
            month: (count, now.get(month, 0))
            for month, count in then.items()
            if now.get(month, 0) < count and _running(month, first)
        }
        if lost:
            yield _Loss(at.path, lost)


def _now(at: Matched, part: Part | None) -> Mapping[str, int] | None:
    """Return today's rows by month; none where all is gone, None where that is not known."""
    if part is not None and part.answers.months is not None:
        measure = part.answers.months
        return dict(measure.groups) if measure.exact else None
    if part is not None and part.matters:
        return None  # it is there, but could not be asked this time
    whole = at.result.coverage.method is Method.WHOLE and not at.result.gaps
    return {} if whole else None


def _running(month: str, first: date) -> bool:
    """Tell whether no start in a month has reached its limit."""
    try:
        begun = date.fromisoformat(f"{month}-01")
    except ValueError:
        return False
    return begun >= first
