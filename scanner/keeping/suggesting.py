"""Which activity of a record a family of assets most likely belongs to, and why."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scanner.keeping.families import Family
from scanner.ropa.types import Activity, Ropa
from scanner.taxonomy import taxonomy

# Inferred subjects and the persons of the record that they may be.
_PERSONS = {
    "customer": ("customer", "subscriber", "payer", "prospect"),
    "user": ("customer_user", "customer_admin", "user", "subscriber", "site_visitor"),
    "contact": ("contact", "prospect", "correspondent", "friend", "caller"),
    "person": (),
    "employee": ("employee",),
    "job_applicant": ("job_applicant",),
    "supplier": ("supplier",),
    "patient": ("patient",),
    "student": ("student",),
}
_ENOUGH = 0.5  # half of the categories, or a subject and a word: less is no suggestion
_WORD = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposal for a person to judge."""

    activity: Activity
    why: str


class Suggester:
    """Compares families with the activities of a record."""

    def __init__(self, ropa: Ropa) -> None:
        leaves = {g.id: taxonomy().leaves(g.categories) for g in ropa.data_groups}
        self._of = [
            (activity, frozenset().union(*(leaves[id_] for id_ in activity.data_groups)))
            for activity in ropa.activities
            if activity.status != "ended"
        ]

    def suggest(self, family: Family) -> Suggestion | None:
        """Return the best activity, or None when nothing speaks for one."""
        scored = [
            (*self._score(family, activity, leaves), activity) for activity, leaves in self._of
        ]
        best = max(scored, key=lambda item: (item[0], item[2].id), default=None)
        if best is None or best[0] < _ENOUGH:
            return None
        return Suggestion(best[2], best[1])

    def _score(
        self, family: Family, activity: Activity, leaves: frozenset[str]
    ) -> tuple[float, str]:
        found = [id_ for id_ in family.categories if id_ in leaves]
        share = len(found) / len(family.categories) if family.categories else 0.0
        words = sorted(_words(family.assets) & _words(_texts(activity)))
        persons = _PERSONS.get(family.subject, (family.subject,)) if family.subject else ()
        same = [s for s in activity.data_subjects if any(word in s for word in persons)]
        reasons = []
        if found:
            reasons.append(f"declares {len(found)} of {len(family.categories)} categories found")
        if same:
            reasons.append(f"is about {same[0]}")
        if words:
            reasons.append(f'shares the word "{words[0]}"')
        return 0.6 * share + 0.25 * bool(same) + 0.3 * bool(words), "; ".join(reasons)


def _texts(activity: Activity) -> Iterable[str]:
    return (
        activity.id,
        activity.name,
        activity.department,
        *activity.purposes,
        *activity.processing,
    )


def _words(texts: Iterable[str] | Sequence[str]) -> set[str]:
    """Return the words of at least four letters, plurals cut to their stem."""
    found = (
        word
        for text in texts
        for word in _WORD.findall(text.lower().partition("://")[2] or text.lower())
    )
    return {word.rstrip("s") for word in found} - {"data", "main", "public", "customer"}
