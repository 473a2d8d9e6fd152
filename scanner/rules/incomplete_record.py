"""Q01: what Art. 30 asks for, by role, and the record leaves empty."""

from collections.abc import Iterator
from dataclasses import dataclass

from scanner.model import Finding, Severity
from scanner.ropa.types import Activity, Origin
from scanner.rules.comparison import Comparison
from scanner.rules.drafting import Where, Words, finding, listed


@dataclass(frozen=True, slots=True)
class Lack:
    """Something missing: what, where it belongs, and the point of the article."""

    what: str
    key: str
    article: str

    @property
    def heavy(self) -> bool:
        """Tell whether it is the name or contact of who answers: point (a)."""
        return self.article.endswith("(a)")


class IncompleteRecord:
    """A field that Art. 30 asks for is empty.

    ## What it checks
    For the organisation its name and a contact; for each activity that has not ended what its
    role asks for. As a controller: purposes, persons, categories, recipients, and where possible
    time limits and measures. As a processor: on whose behalf, the kinds of processing, and where
    possible measures; no categories and no time limits. Point (a) is high, the rest medium. Asked
    only of records under the GDPR or UK GDPR, from the day they apply.

    ## Why it matters
    The record is what an authority asks for first.

    ## Example
    An activity says whose data it uses, but not for what.

    ## How to resolve
    Fill the field in. Where no time limit can be given, criteria will do.
    """

    code = "Q01"
    name = "incomplete-record"
    articles: tuple[str, ...] = ("30(1)", "30(2)")
    record_only = True

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for the organisation, and one for each incomplete entry."""
        if not comparison.laws:
            return
        organisation = comparison.ropa.organisation
        lacks = lacks_of_organisation(comparison)
        if lacks:
            name = organisation.name or organisation.id
            yield self._finding(
                comparison, "organisation", f"Organisation {name}", organisation.origin, lacks
            )
        for activity in comparison.ropa.activities:
            lacks = lacks_of_activity(comparison, activity)
            if activity.status != "ended" and lacks:
                draft = " (a draft)" if activity.status == "draft" else ""
                subject = f"Activity {activity.name or activity.id}{draft}"
                yield self._finding(
                    comparison, activity.id, subject, activity.origin, lacks, activity
                )
        yield from self._empty_groups(comparison)

    def _empty_groups(self, comparison: Comparison) -> Iterator[Finding]:
        """A data group that names only a group whose categories must be named lists nothing."""
        by_group: dict[str, list[str]] = {}
        origins: dict[str, Origin] = {}
        for group, id_ in comparison.declared.uncovering():
            by_group.setdefault(group.id, []).append(id_)
            origins[group.id] = group.origin
        for group_id, ids in by_group.items():
            lack = Lack(
                f"the categories meant by {listed(ids)} (there each must be named)",
                "categories",
                "30(1)(c)",
            )
            yield self._finding(
                comparison, group_id, f"Data group {group_id}", origins[group_id], [lack]
            )

    def _finding(
        self,
        comparison: Comparison,
        entry: str,
        subject: str,
        origin: Origin,
        lacks: list[Lack],
        activity: Activity | None = None,
    ) -> Finding:
        words = Words(
            title=f"{subject}: not declared: {listed((lack.what for lack in lacks), 12)}",
            advice=f"Fill in {', '.join(dict.fromkeys(lack.key for lack in lacks))}.",
            declared=str(origin),
            articles=tuple(dict.fromkeys(lack.article for lack in lacks)),
            qualifier=entry,
            activity=activity.id if activity else "",
        )
        heavy = any(lack.heavy for lack in lacks)
        severity = Severity.HIGH if heavy else Severity.MEDIUM
        prefix = f"[[{origin.table}]] {origin.id}" if origin.table else entry
        return finding(
            comparison, self, Where(prefix=prefix, key=entry), severity, words, records=len(lacks)
        )


def lacks_of_organisation(comparison: Comparison) -> list[Lack]:
    """Return what the organisation itself lacks."""
    ropa = comparison.ropa
    who = ropa.organisation
    processor = bool(ropa.activities) and all(a.role == "processor" for a in ropa.activities)
    point = "30(2)(a)" if processor else "30(1)(a)"
    lacks = []
    if not who.name:
        lacks.append(Lack("its name", "organisation.name", point))
    if not (who.email or who.phone or who.address):
        lacks.append(Lack("a contact", "organisation.email, phone or address", point))
    if not ropa.activities:
        lacks.append(Lack("any activity", "[[activity]]", "30(1)"))
    return lacks


def lacks_of_activity(comparison: Comparison, activity: Activity) -> list[Lack]:
    """Return what an activity lacks of what Art. 30 asks for its role."""
    if activity.role == "processor":
        lacks: list[Lack | None] = [
            _missing(activity.on_behalf_of, "on whose behalf", "on_behalf_of", "30(2)(a)"),
            _missing(activity.processing, "the kinds of processing", "processing", "30(2)(b)"),
            _missing(_measures(comparison, activity), "measures", "system.measures", "30(2)(d)"),
        ]
    else:
        limits = _limits(comparison, activity)
        lacks = [
            _missing(activity.purposes, "purposes", "purposes", "30(1)(b)"),
            _missing(activity.data_subjects, "kinds of persons", "data_subjects", "30(1)(c)"),
            _missing(activity.data_groups, "categories of data", "data_groups", "30(1)(c)"),
            _missing(activity.recipients, "recipients", "recipients", "30(1)(d)"),
            _missing(limits, "time limits", "retention", "30(1)(f)"),
            _missing(_measures(comparison, activity), "measures", "system.measures", "30(1)(g)"),
        ]
        if activity.role == "joint_controller":
            joint = comparison.ropa.organisation.joint_controllers
            lacks.insert(
                0,
                _missing(
                    tuple(item.party for item in joint),
                    "the joint controller",
                    "organisation.joint_controllers",
                    "30(1)(a)",
                ),
            )
    return [lack for lack in lacks if lack is not None]


def _missing(value: tuple[str, ...], what: str, key: str, article: str) -> Lack | None:
    return None if any(item.strip() for item in value) else Lack(what, key, article)


def _limits(comparison: Comparison, activity: Activity) -> tuple[str, ...]:
    """Return the retention rules about data of an activity."""
    groups = set(activity.data_groups)
    stores = set().union(*(comparison.keeping.get(group, ()) for group in groups))
    out = []
    for rule in comparison.ropa.retentions:
        chosen = rule.selector
        about = not chosen.groups or not groups.isdisjoint(chosen.groups)
        where = not chosen.stores or not stores.isdisjoint(chosen.stores)
        if about and where and (rule.period or rule.criteria):
            out.append(rule.id)
    return tuple(out)


def _measures(comparison: Comparison, activity: Activity) -> tuple[str, ...]:
    """Return the measures of the systems and stores that an activity uses."""
    systems = comparison.serving.get(activity.id, ())
    stores = [store for system in systems for store in comparison.within.get(system.id, ())]
    declared = [measure for system in systems for measure in system.measures]
    return tuple(declared + [measure for store in stores for measure in store.measures])
