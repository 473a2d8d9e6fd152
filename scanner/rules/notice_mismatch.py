"""Q05: what a notice tells people against what the record says."""

from collections.abc import Iterator

from scanner.model import Finding, Severity
from scanner.ropa.claimed import meets, parts, stands
from scanner.ropa.types import Claim, Notice
from scanner.rules.comparison import Comparison
from scanner.rules.drafting import listed
from scanner.rules.entries import Said, about, using_group
from scanner.spelling import quoted


class NoticeMismatch:
    """A notice tells people something that the record does not say.

    ## What it checks
    Each `notice.claim` of a notice that is published at the date, against the line of the record
    that it names: a list must contain the value, a single key must equal it. Periods are compared
    as periods (`P12M` is `P1Y`), and a group of categories contains its own.

    ## Why it matters
    People rely on the notice, authorities on the record, and one of them is wrong.

    ## Example
    The notice says 90 days; `retention:accounts.period` is `P1Y`.

    ## How to resolve
    Find out what is done, and correct the notice or the record.
    """

    code = "Q05"
    name = "notice-mismatch"
    articles: tuple[str, ...] = ("13", "14", "5(1)(a)")
    record_only = True

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each claim that the record does not meet."""
        for notice in comparison.ropa.notices:
            if notice.version is not None and notice.version > comparison.as_of:
                continue
            for claim in notice.claims:
                said = stands(comparison.ropa, claim.field)
                if not meets(said, claim.value):
                    yield self._finding(comparison, notice, claim, said)

    def _finding(
        self, comparison: Comparison, notice: Notice, claim: Claim, stated: tuple[str, ...]
    ) -> Finding:
        record = f"says {listed(stated, 8)}" if stated else "says nothing"
        said = Said(
            f"Notice {notice.title or notice.id} says {quoted(claim.says)}: the record "
            f"({claim.field}) {record}, not {claim.value}",
            "Find out what is done, and correct the notice or the record.",
            _activity(comparison, notice, claim),
            qualifier=f"{notice.id}|{claim.field}|{claim.value}",
        )
        return about(comparison, self, notice.origin, Severity.HIGH, said)


def _activity(comparison: Comparison, notice: Notice, claim: Claim) -> str:
    table, id_, _ = parts(claim.field)
    if table == "activity":
        return id_
    if table == "store":
        behind = comparison.declared.activities(id_)
        return behind[0].id if behind else ""
    if table == "data_group":
        return using_group(comparison, id_)
    return notice.activities[0] if len(notice.activities) == 1 else ""
