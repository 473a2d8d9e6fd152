"""Q07: activities whose legal basis is missing, incompatible or not explained."""

from collections.abc import Iterator

from scanner.model import Finding, Severity
from scanner.ropa.types import Activity
from scanner.rules.comparison import Comparison
from scanner.rules.drafting import listed
from scanner.rules.entries import Said, about, running


class LegalBasisMissing:
    """The legal basis of an activity is missing, incompatible, or lacks its statement.

    ## What it checks
    Running activities of a controller or joint controller without `legal_basis`; with both
    consent and contract; with legitimate interests and no `legitimate_interest` that says which.
    Only records under the GDPR or UK GDPR are asked, from the day they apply.

    ## Why it matters
    People must be told the basis. Consent that a contract depends on can hardly be withdrawn, so
    one purpose does not rest on both.

    ## Example
    Orders rest on the contract in one section and on consent in another.

    ## How to resolve
    Decide on one basis for each purpose; where purposes differ, make them activities of their
    own. Say which interest is pursued.
    """

    code = "Q07"
    name = "legal-basis-missing"
    articles: tuple[str, ...] = ("6", "13(1)(c)", "13(1)(d)")
    record_only = True

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each activity."""
        if not comparison.laws:
            return
        for activity in running(comparison):
            why = _why(activity) if activity.role != "processor" else []
            if why:
                said = Said(
                    f"Activity {activity.name or activity.id}: {'; '.join(why)}",
                    "Name one basis for each purpose; purposes with different bases are activities "
                    "of their own. For legitimate interests say which interest.",
                    activity.id,
                    owner=activity.owner,
                )
                yield about(comparison, self, activity.origin, Severity.MEDIUM, said)


def _why(activity: Activity) -> list[str]:
    bases = activity.legal_basis
    if not bases:
        return ["no legal basis is declared"]
    why = []
    if {"consent", "contract"} <= set(bases):
        purposes = listed(activity.purposes)
        many = len(activity.purposes) > 1
        which = "it is not said which serves which purpose" if many else "for one purpose"
        why.append(f"consent and contract are both declared, {which} ({purposes})")
    if "legitimate_interests" in bases and not activity.legitimate_interest.strip():
        why.append("legitimate interests are declared, and not which")
    return why
