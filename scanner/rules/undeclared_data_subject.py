"""I04: persons of a kind that the activities behind a store do not name."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from scanner.model import Confidence, Finding, Severity
from scanner.ropa.types import Store
from scanner.rules.comparison import Comparison, Spot
from scanner.rules.drafting import Where, Words, evidence, finding, listed
from scanner.rules.remedies import quoted

# Only kinds of people whom nobody takes for each other; all others are one kind: customers, users,
# contacts, callers. What is found (of holdings) and what is declared (of activities) by kind.
_FOUND: Mapping[str, str] = {
    "employee": "staff",
    "job_applicant": "staff",
    "patient": "patients",
    "student": "students",
    "customer": "customers",
}
_DECLARED: Mapping[str, str] = {
    "employee": "staff",
    "job_applicant": "staff",
    "patient": "patients",
    "student": "students",
    "child": "students",
    "guardian": "students",
}
_OTHERS = "customers"
_FIELDS = 2  # of one asset, at least
_NAMED = "the asset's name says"


class UndeclaredDataSubject:
    """Data of people of a kind that the activities behind the store do not name.

    ## What it checks
    Whose data an asset holds: staff and applicants, patients, students, or customers and the like.
    At least two fields of one asset must hold such data, and its name or two other signs must say
    whose they are. They are compared with `data_subjects` of the activities behind the store, when
    all of these name some. Probable at most: whose data something is, is told by names.

    ## Why it matters
    People who are not named got no notice, and nobody weighed the processing for them.

    ## Example
    A table of staff with salaries lies in the database of a shop, whose activities name customers.

    ## How to resolve
    Name these people in the activity, or in one of its own, and check the notice; or move the data
    to a store that is declared for them.
    """

    code = "I04"
    name = "undeclared-data-subject"
    articles: tuple[str, ...] = ("30(1)(c)", "14")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store and kind of people."""
        held: dict[tuple[str, str], list[Spot]] = defaultdict(list)
        for spots in _by_asset(comparison):
            held[(spots[0].store.id, spots[0].holding.subject)] += spots
        for (_, subject), spots in sorted(held.items(), key=lambda item: item[0]):
            declared = _declared(comparison, spots[0].store)
            if declared and _FOUND[subject] not in {_DECLARED.get(s, _OTHERS) for s in declared}:
                yield self._finding(comparison, subject, spots, declared)

    def _finding(
        self, comparison: Comparison, subject: str, spots: list[Spot], declared: tuple[str, ...]
    ) -> Finding:
        store = spots[0].store
        where, assets = Where(store), {spot.holding.asset for spot in spots}
        noun = "asset" if len(assets) == 1 else "assets"
        items = [
            replace(item, category="", confidence=Confidence.PROBABLE, why=spot.holding.subject_why)
            for spot in spots
            for item in evidence((spot,))
        ]
        words = Words(
            title=f"{_called(subject)}: {len(spots)} fields of {len(assets):,} {noun} in "
            f"{where.words} look like their data; its activities name "
            f"{listed(_called(s).lower() for s in declared)}",
            advice="Ask the owner whose data this is: name these people in the activity (proposal "
            "below) and check the notice, or move the data to where they are declared.",
            fix=_fix(store, subject),
            qualifier=subject,
        )
        ordered = tuple(sorted(items, key=lambda item: (-item.matched, item.place)))
        return finding(
            comparison, self, where, Severity.MEDIUM, words,
            confidence=Confidence.PROBABLE, evidence=ordered,
            records=max(spot.holding.records for spot in spots),
        )  # fmt: skip


def _by_asset(comparison: Comparison) -> Iterator[list[Spot]]:
    """Yield the spots of each asset that plainly holds data of one kind of people."""
    found: dict[tuple[str, str], list[Spot]] = defaultdict(list)
    for spot in comparison.spots:
        held = spot.holding
        sure = held.confidence is not Confidence.POSSIBLE and held.telling > 0
        if held.subject in _FOUND and held.field and not held.text and sure and _told(spot):
            found[(held.asset, held.subject)].append(spot)
    for spots in found.values():
        if len({spot.holding.field for spot in spots}) >= _FIELDS:
            yield spots


def _told(spot: Spot) -> bool:
    """Tell whether the asset's name, or two other signs, say whose data it is."""
    why = spot.holding.subject_why
    return len(set(why)) > 1 or any(text.startswith(_NAMED) for text in why)


def _declared(comparison: Comparison, store: Store) -> tuple[str, ...]:
    """Return whom the activities behind a store name; nobody when one of them names none."""
    behind = comparison.declared.activities(store.id)
    if not all(activity.data_subjects for activity in behind):
        return ()
    return tuple(dict.fromkeys(s for activity in behind for s in activity.data_subjects))


def _called(subject: str) -> str:
    return f"{subject}s".replace("_", " ").capitalize()


def _fix(store: Store, subject: str) -> str:
    said = "customer_user" if subject == "customer" else subject
    id_ = quoted(f"{store.id}_{subject}")
    groups = ", ".join(quoted(group) for group in store.data_groups)
    return (
        "# Add to data_subjects of an activity behind the store, or declare another activity:\n"
        "[[activity]]\n"
        f"id = {id_}\n"
        'status = "draft"\n'
        'role = "controller"\n'
        f"data_subjects = [{quoted(said)}]\n"
        f"data_groups = [{groups}]\n"
        f"# then: activities = [..., {id_}] of [[system]] {store.system}\n"
    )
