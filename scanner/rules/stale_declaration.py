"""Q03: entries of the record that time has passed by."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from scanner.model import Finding, Severity
from scanner.ropa.periods import Period, add, parse_period
from scanner.ropa.types import Activity, Party
from scanner.rules.comparison import Comparison
from scanner.rules.drafting import listed
from scanner.rules.entries import Said, about, first, of_system, running

_LONG = Period(months=24)


class StaleDeclaration:
    """Time has passed by an entry of the record.

    ## What it checks
    Activities whose review is overdue (`next_review`, else the last review and
    `settings.review_every`), or whose notice is newer than the last review; parties that have
    ended and are still named as recipient, operator, importer or exporter; holds whose review is
    overdue. Low; medium 24 months after the last review, the end or the due day. An activity that
    never says when it was reviewed is not overdue.

    ## Why it matters
    A record that nobody looks at describes the past.

    ## Example
    A vendor closed its service in 2019 and is still listed as a recipient.

    ## How to resolve
    Review the entry, and write the day under `reviewed`; take out who has left, or end the
    activity that named them.
    """

    code = "Q03"
    name = "stale-declaration"
    articles: tuple[str, ...] = ("5(2)", "24", "30")
    record_only = True

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each entry."""
        for activity in running(comparison):
            yield from self._activity(comparison, activity)
        users = _users(comparison)
        for party in comparison.ropa.parties:
            if party.ended and party.ended < comparison.as_of and users[party.id]:
                yield self._party(comparison, party, users[party.id])
        for hold in comparison.ropa.holds:
            if hold.review and hold.review < comparison.as_of:
                said = Said(
                    f"Hold {hold.id}: its review was due on {hold.review}",
                    "Ask whether the reason still holds; write the next review, or take it out.",
                )
                yield about(
                    comparison, self, hold.origin, _severity(hold.review, comparison.as_of), said
                )

    def _activity(self, comparison: Comparison, activity: Activity) -> Iterator[Finding]:
        as_of = comparison.as_of
        why = []
        last = activity.reviewed or activity.approved_on or activity.created
        due = activity.next_review
        if due is None and last is not None:
            due = add(last, parse_period(comparison.ropa.settings.review_every))
        if due is not None and due < as_of:
            seen = f", last on {last}" if last else ""
            why.append(f"its review was due on {due}{seen}")
        notices = {notice.id: notice for notice in comparison.ropa.notices}
        about_it = [n for n in notices.values() if activity.id in n.activities]
        if activity.notice and notices[activity.notice] not in about_it:
            about_it.append(notices[activity.notice])
        newer = [n for n in about_it if last and n.version and last < n.version <= as_of]
        why += [f"notice {n.title or n.id} of {n.version} is newer than its review" for n in newer]
        if not why:
            return
        since = [day for day in (last or due, *(n.version for n in newer)) if day]
        said = Said(
            f"Activity {activity.name or activity.id}: {'; '.join(why)}",
            "Review the activity with its owner, and write the day under reviewed.",
            activity.id,
            owner=activity.owner,
        )
        severity = _severity(min(since), as_of)
        yield about(comparison, self, activity.origin, severity, said)

    def _party(self, comparison: Comparison, party: Party, users: list[tuple[str, str]]) -> Finding:
        shown = listed(what for what, _ in users)
        said = Said(
            f"{party.name or party.id}: ended on {party.ended}, and still named as {shown}",
            "Take the party out, or end what named it; say where its data went.",
            first(activity for _, activity in users),
        )
        ended = party.ended or comparison.as_of
        return about(comparison, self, party.origin, _severity(ended, comparison.as_of), said)


def _severity(since: date, as_of: date) -> Severity:
    return Severity.MEDIUM if add(since, _LONG) < as_of else Severity.LOW


def _users(comparison: Comparison) -> dict[str, list[tuple[str, str]]]:
    """Return, for each party, what names it, and the activity that this belongs to."""
    ropa = comparison.ropa
    out: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for activity in running(comparison):
        for id_ in activity.recipients:
            out[id_].append((f"recipient of {activity.name or activity.id}", activity.id))
    for system in ropa.systems:
        out[system.operator].append(
            (f"operator of {system.name or system.id}", of_system(comparison, system))
        )
    for transfer in ropa.transfers:
        for id_ in {transfer.exporter, transfer.importer}:
            out[id_].append((f"party to the transfer {transfer.id}", ""))
    for joint in ropa.organisation.joint_controllers:
        out[joint.party].append(("joint controller", ""))
    return out
