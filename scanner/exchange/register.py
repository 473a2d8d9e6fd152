"""Which part of a record is exported."""

from dataclasses import replace

from scanner.ropa.types import Activity, Retention, Ropa


def chosen(ropa: Ropa, *, authority: bool, whole: bool) -> tuple[Ropa, tuple[str, ...]]:
    """Return what an export holds, and sentences about what was left out.

    The register is what is in force: ended activities are left out of foreign formats, and what
    is for the authority holds neither drafts nor anything that is only about scanning.
    """
    remarks: list[str] = []
    if not whole or authority:
        ropa = _without(ropa, "ended", remarks)
    if not authority:
        return ropa, tuple(remarks)
    ropa = _without(ropa, "draft", remarks)
    stores = tuple(
        replace(
            store,
            fields=tuple(replace(rule, note="") for rule in store.fields if not rule.is_not),
            note="",
            scan_authorised_by="",
        )
        for store in ropa.stores
        if store.status != "draft"
    )
    kept = {store.id for store in stores}
    remarks.append("Notes, accepted findings and vetted false alarms are not part of the register.")
    return (
        replace(
            ropa,
            activities=tuple(replace(activity, note="") for activity in ropa.activities),
            data_groups=tuple(replace(group, note="") for group in ropa.data_groups),
            systems=tuple(replace(system, security_note="") for system in ropa.systems),
            stores=tuple(
                replace(store, backup_of=tuple(id_ for id_ in store.backup_of if id_ in kept))
                for store in stores
            ),
            retentions=_of_kept(ropa.retentions, kept),
            holds=(),
            prohibits=(),
            accepts=(),
        ),
        tuple(remarks),
    )


def _without(ropa: Ropa, status: str, remarks: list[str]) -> Ropa:
    kept: tuple[Activity, ...] = tuple(a for a in ropa.activities if a.status != status)
    gone = [a.name or a.id for a in ropa.activities if a.status == status]
    if not gone:
        return ropa
    word = {"ended": "has ended", "draft": "is a draft that nobody approved"}[status]
    remarks += [f"Left out: {name} {word}." for name in gone]
    ids = {activity.id for activity in kept}
    systems = tuple(
        replace(system, activities=tuple(id_ for id_ in system.activities if id_ in ids))
        for system in ropa.systems
    )
    notices = tuple(
        replace(notice, activities=tuple(id_ for id_ in notice.activities if id_ in ids))
        for notice in ropa.notices
    )
    return replace(ropa, activities=kept, systems=systems, notices=notices)


def _of_kept(rules: tuple[Retention, ...], kept: set[str]) -> tuple[Retention, ...]:
    """Return the rules without stores that are not exported; a rule of such stores alone goes."""
    out = []
    for rule in rules:
        one = rule.selector
        selector = replace(one, stores=tuple(id_ for id_ in one.stores if id_ in kept))
        if selector.groups or selector.categories or selector.stores:
            out.append(replace(rule, selector=selector))
    return tuple(out)
