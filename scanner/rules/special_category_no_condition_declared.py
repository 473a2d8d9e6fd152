"""C01: special categories without a condition of Art. 9(2) in the record."""

from collections.abc import Iterator

from scanner.model import Finding, Severity
from scanner.rules.aside import beside, capped
from scanner.rules.comparison import Comparison
from scanner.rules.conditions import answerable, declarers, declaring, flagged, how_sure
from scanner.rules.drafting import Where, Words, called, finding, from_spots, grouped, listed
from scanner.rules.standing import Standing, standing

_FLAG = "Art. 9"
_ADVICE = (
    "If nobody means to hold this data, remove it and what writes it. If it is meant to be here, "
    "have somebody decide on which condition it rests (special_condition of the activity), and "
    "whether an impact assessment is due."
)


class SpecialCategoryNoConditionDeclared:
    """A special category of personal data, and no condition for it in the record.

    ## What it checks
    Health, genetic and biometric data, origin, opinions, belief, union membership and sex life:
    found in a declared store, or declared for an activity, while no activity that declares the
    category names a `special_condition`. One finding for each store and category; an activity
    without data found gets one of its own. Where only the name of a field or file speaks, or in
    content declared as open, the finding is possible and stands beside the others. Activities as
    a processor are left out: the condition is the customer's.

    ## Why it matters
    Such data may be processed on few conditions only, and harms most when it leaks.

    ## Example
    The user directory has a field `religion`; no activity names a condition for it.

    ## How to resolve
    Remove the data; or name the condition in the activity (`special_condition`), with the
    assessment that goes with it.
    """

    code = "C01"
    name = "special-category-no-condition-declared"
    articles: tuple[str, ...] = ("9", "6", "30(5)", "35(3)(b)")
    record_only = True

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store and category found, then for activities."""
        special = flagged(_FLAG)
        spots = [spot for spot in comparison.spots if spot.category in special]
        told: set[str] = set()
        for store, id_, found in grouped(spots):
            if _settled(comparison, store.id, id_):
                continue
            where = Where(store)
            told.update(a.id for a in comparison.declared.activities(store.id, id_))
            words = Words(
                title=f"{called(id_)}: found in {where.words}, and no condition of Art. 9(2) is "
                "declared for it",
                advice=_ADVICE,
                category=id_,
            )
            made = from_spots(comparison, self, where, found, Severity.CRITICAL, words)
            made = capped(made, how_sure(comparison, found))
            inside = all(standing(comparison, s) is Standing.ABSORBED for s in found)
            yield beside(made) if inside else made
        for activity, held in declaring(comparison, special):
            if activity.special_condition or activity.id in told:
                continue
            names = listed(called(id_) for id_ in held)
            words = Words(
                title=f"Activity {activity.name or activity.id}: declares {names}, and no "
                "condition of Art. 9(2)",
                advice=_ADVICE,
                declared=str(activity.origin),
                activity=activity.id,
            )
            where = Where(prefix=f"[[activity]] {activity.id}")
            yield finding(comparison, self, where, Severity.CRITICAL, words)


def _settled(comparison: Comparison, store: str, id_: str) -> bool:
    """Tell whether a condition is declared, or is another's to declare."""
    behind = comparison.declared.activities(store, id_)
    if behind:
        mine = answerable(behind)
        return all(activity.special_condition for activity in mine)
    # Not declared here: where it is declared with a condition, only the place is wrong.
    return any(activity.special_condition for activity in declarers(comparison, id_))
