"""Which activities stand behind a category, and what they name for it."""

from collections.abc import Iterable, Iterator, Sequence

from scanner.model import Confidence
from scanner.ropa.types import Activity
from scanner.rules.comparison import Comparison, Spot
from scanner.rules.standing import Standing, standing
from scanner.rules.weights import surest
from scanner.taxonomy import taxonomy

_ANSWERABLE = frozenset({"controller", "joint_controller"})


def flagged(flag: str) -> frozenset[str]:
    """Return the categories of the taxonomy that bear a flag (``Art. 9``)."""
    return frozenset(c.id for c in taxonomy().categories.values() if flag in c.flags)


def answerable(activities: Iterable[Activity]) -> tuple[Activity, ...]:
    """Keep the active ones whose purposes the organisation decides on.

    A processor acts on the condition or basis of its customer, which is not in this record.
    """
    return tuple(a for a in activities if a.role in _ANSWERABLE and a.status == "active")


def declaring(
    comparison: Comparison, wanted: frozenset[str]
) -> Iterator[tuple[Activity, tuple[str, ...]]]:
    """Yield each answerable activity that declares some of the categories, with those."""
    groups = {group.id: group for group in comparison.ropa.data_groups}
    for activity in answerable(comparison.ropa.activities):
        named = (groups[id_].categories for id_ in activity.data_groups if id_ in groups)
        held = wanted & taxonomy().leaves(item for one in named for item in one)
        if held:
            yield activity, tuple(sorted(held))


def declarers(comparison: Comparison, id_: str) -> tuple[Activity, ...]:
    """Return the answerable activities that declare a category anywhere in the record."""
    wanted = frozenset((id_,))
    return tuple(activity for activity, _ in declaring(comparison, wanted))


def how_sure(comparison: Comparison, spots: Sequence[Spot]) -> Confidence:
    """Return how sure spots of a category make that data of persons is of that kind.

    Without a value seen it is possible at most, and so it is inside content declared as open.
    """
    seen = [s for s in spots if s.readable and standing(comparison, s) is not Standing.ABSORBED]
    return surest(seen) if seen else Confidence.POSSIBLE
