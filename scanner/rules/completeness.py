"""How much of what Art. 30 asks, by role, each activity of a record fills in."""

from collections.abc import Iterator

from scanner.model.register import Completeness
from scanner.rules.comparison import Comparison
from scanner.rules.incomplete_record import lacks_of_activity, lacks_of_organisation

_CONTROLLER = (
    ("(b)", "purposes", "purposes"),
    ("(c)", "kinds of persons", "data_subjects"),
    ("(c)", "categories of data", "data_groups"),
    ("(d)", "recipients", "recipients"),
    ("(f)", "time limits", "retention"),
    ("(g)", "measures", "system.measures"),
)
_JOINT = ("(a)", "the joint controller", "organisation.joint_controllers")
_PROCESSOR = (
    ("(a)", "on whose behalf", "on_behalf_of"),
    ("(b)", "kinds of processing", "processing"),
    ("(d)", "measures", "system.measures"),
)
_ORGANISATION = (
    ("(a)", "name", "organisation.name"),
    ("(a)", "contact", "organisation.email, phone or address"),
)


def completeness(comparison: Comparison) -> Iterator[Completeness]:
    """Yield the organisation, then its activities in the order of the record.

    Transfers, representatives and data-protection officers are asked for where applicable, which
    nobody can tell from the record: they are not counted. Nothing is asked outside the GDPR.
    """
    if not comparison.laws:
        return
    ropa = comparison.ropa
    roles = {activity.role for activity in ropa.activities}
    missing = {lack.key for lack in lacks_of_organisation(comparison)}
    article = "30(2)" if roles == {"processor"} else "30(1)"
    name = ropa.organisation.name or ropa.organisation.id
    yield Completeness(name, "organisation", article, _points(_ORGANISATION, missing))
    for activity in ropa.activities:
        if activity.status == "ended":
            continue
        processor = activity.role == "processor"
        asked = _PROCESSOR if processor else _CONTROLLER
        if activity.role == "joint_controller":
            asked = (_JOINT, *asked)
        missing = {lack.key for lack in lacks_of_activity(comparison, activity)}
        yield Completeness(
            activity.name or activity.id,
            activity.role.replace("_", " "),
            "30(2)" if processor else "30(1)",
            _points(asked, missing),
            "draft" if activity.status == "draft" else "",
        )


def _points(
    asked: tuple[tuple[str, str, str], ...], missing: set[str]
) -> tuple[tuple[str, str, bool], ...]:
    return tuple((point, what, key not in missing) for point, what, key in asked)
