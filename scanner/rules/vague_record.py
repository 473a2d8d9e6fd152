"""Q02: words of the record that name nothing."""

from collections.abc import Iterator

from scanner.model import Finding, Severity
from scanner.ropa.types import DataGroup, Origin
from scanner.rules.comparison import Comparison
from scanner.rules.drafting import called, listed
from scanner.rules.entries import Said, about, of_system, running, using_group
from scanner.rules.vagueness import endless, generic_measure, open_words
from scanner.spelling import quoted

_NAME_IT = "Write what is meant: the items, the period or the event that ends it, the measures."


class VagueRecord:
    """Words of the record that name nothing.

    ## What it checks
    Retention criteria such as "as long as necessary"; purposes, persons and lists that end in
    "etc." or mean "any information"; measures that are only "appropriate"; data groups that list
    no category. English and French. Criteria with a figure are never vague. What was found in the
    stores of a group without items is listed, so that it can be written down; it is not reported
    as undeclared besides. Of severity info: a list that is marked `open_ended` and has items, and
    unbounded content of a processor's customers.

    ## Why it matters
    People and authorities cannot tell from such words what is done, and nothing can be compared
    with them.

    ## Example
    `criteria = "as long as necessary, case by case"`.

    ## How to resolve
    Name the items, the period or the event that ends it, the measures that are taken.
    """

    code = "Q02"
    name = "vague-record"
    articles: tuple[str, ...] = ("5(1)(a)", "30(1)(c)", "30(1)(f)")
    record_only = True

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each entry with such words."""
        yield from self._activities(comparison)
        yield from self._groups(comparison)
        yield from self._measures(comparison)
        for rule in comparison.ropa.retentions:
            words = "" if rule.period else endless(rule.criteria)
            if words:
                groups = rule.selector.groups
                activity = using_group(comparison, groups[0]) if groups else ""
                text = f"Retention {rule.name or rule.id}: {quoted(words)} gives no limit"
                yield self._one(comparison, rule.origin, text, activity, "5(1)(e)", "30(1)(f)")

    def _one(
        self, comparison: Comparison, origin: Origin, text: str, activity: str, *articles: str
    ) -> Finding:
        said = Said(text, _NAME_IT, activity, articles=("5(1)(a)", *articles))
        return about(comparison, self, origin, Severity.MEDIUM, said)

    def _activities(self, comparison: Comparison) -> Iterator[Finding]:
        for activity in running(comparison):
            texts = (
                *(("purposes", text) for text in activity.purposes),
                *(("processing", text) for text in activity.processing),
                *(("data_subjects", text) for text in activity.data_subjects),
                ("source", activity.source),
            )
            found = [(key, words) for key, text in texts if (words := open_words(text))]
            if found:
                shown = listed(f"{key}: {quoted(words)}" for key, words in found)
                text = f"Activity {activity.name or activity.id}: words that name nothing ({shown})"
                yield self._one(
                    comparison, activity.origin, text, activity.id, "30(1)(b)", "30(1)(c)"
                )

    def _groups(self, comparison: Comparison) -> Iterator[Finding]:
        for group in comparison.ropa.data_groups:
            activity = using_group(comparison, group.id)
            title = f"Data group {group.name or group.id}"
            if not group.categories:
                seen = _seen(comparison, group)
                found = f"; found there: {listed(map(called, seen), 12)}" if seen else ""
                yield self._itemless(comparison, group, f"{title}: no item is named{found}", seen)
            elif words := open_words(group.name):
                text = f"{title}: {quoted(words)} names nothing"
                yield self._one(comparison, group.origin, text, activity, "30(1)(c)")
            elif group.open_ended:
                text = f'{title}: its list is left open ("etc.")'
                said = Said(text, "Name the rest of the list.", activity, articles=("30(1)(c)",))
                yield about(comparison, self, group.origin, Severity.INFO, said)

    def _itemless(
        self, comparison: Comparison, group: DataGroup, title: str, seen: tuple[str, ...]
    ) -> Finding:
        named = ", ".join(f'"{id_}"' for id_ in seen)
        advice = "Name the categories that are meant."
        if seen:
            advice += f" As found: categories = [{named}]."
        activity = using_group(comparison, group.id)
        said = Said(title, advice, activity, articles=("5(1)(a)", "30(1)(c)"))
        # What customers keep may be anything, and Art. 30(2) asks a processor for no categories.
        others = group.unbounded and _for_others(comparison, group)
        severity = Severity.INFO if others else Severity.MEDIUM
        return about(comparison, self, group.origin, severity, said, records=len(seen))

    def _measures(self, comparison: Comparison) -> Iterator[Finding]:
        for system in comparison.ropa.systems:
            stores = [s for s in comparison.ropa.stores if s.system == system.id]
            texts = [*system.measures, *(text for store in stores for text in store.measures)]
            if not texts:  # a note that names nothing stands for the measures
                texts = [system.security_note]
            found = list(dict.fromkeys(words for t in texts if (words := generic_measure(t))))
            if found and len(found) == len(dict.fromkeys(texts)):
                shown = listed(map(quoted, found))
                text = f"System {system.name or system.id}: measures that name nothing ({shown})"
                activity = of_system(comparison, system)
                yield self._one(comparison, system.origin, text, activity, "30(1)(g)", "32")


def _for_others(comparison: Comparison, group: DataGroup) -> bool:
    """Tell whether only a processor's activities use a group."""
    users = [a for a in running(comparison) if group.id in a.data_groups]
    return bool(users) and all(activity.role == "processor" for activity in users)


def _seen(comparison: Comparison, group: DataGroup) -> tuple[str, ...]:
    """Return the categories found in stores of a group that no other group of theirs declares."""
    stores = {store.id for store in comparison.ropa.stores if group.id in store.data_groups}
    return tuple(
        sorted(
            {
                spot.category
                for spot in comparison.spots
                if stores & {store.id for store in spot.at.stores} and not comparison.permits(spot)
            }
        )
    )
