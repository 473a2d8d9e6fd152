"""Answers to findings: the exact TOML that resolves one, or that accepts it for a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from scanner.config import RecordRef
from scanner.errors import ConfigError
from scanner.history import Entry, History
from scanner.keeping.appending import add, in_force
from scanner.keeping.blocks import Value, block
from scanner.model import Severity
from scanner.ropa import load_all
from scanner.spelling import hint

ACCEPTED, AMENDED, APPROVED = "accepted.toml", "amended.toml", "approved.toml"
_LONGEST, _LONGEST_CRITICAL = timedelta(days=365), timedelta(days=90)
_SHORTEST_ID = 6
_DRAFT = 'status = "draft"'


@dataclass(frozen=True, slots=True)
class Answer:
    """What was appended, and where."""

    path: Path
    text: str


def find(history: Path, finding: str) -> Entry:
    """Return the open finding of the last scan that a fingerprint, or its beginning, names.

    Raise ConfigError when there is none or more than one.
    """
    entries = History.load(history).entries
    if not entries:
        raise ConfigError(
            f"there is no finding in {history}; scan with --out first, or name that folder "
            "with --out"
        )
    wanted = finding.lower()
    named = [e for key, e in sorted(entries.items()) if key.startswith(wanted)]
    if len(wanted) < _SHORTEST_ID:
        named = [entry for entry in entries.values() if wanted == entry.rule.lower()]
    if len(named) == 1:
        return named[0]
    if named:
        some = "; ".join(f"{entry.fingerprint} {_short(entry.title)}" for entry in named[:5])
        raise ConfigError(f"{finding} names {len(named)} findings; give one of them: {some}")
    raise ConfigError(
        f"the last scan has no finding {finding[:40]}; {hint(wanted, list(entries))}"
        if len(wanted) >= _SHORTEST_ID
        else f"the last scan has no finding {finding[:40]}; give the fingerprint from a report"
    )


def _short(title: str) -> str:
    return title if len(title) <= 60 else title[:57] + "..."


def record_of(refs: Sequence[RecordRef], entry: Entry, day: date) -> RecordRef:
    """Return the record that a finding is about. Raise ConfigError."""
    for ref, ropa in in_force(refs, day):
        if ropa.organisation.id == entry.record:
            return ref
    raise ConfigError(f"no record of the configuration is that of {entry.record}")


def record_with(refs: Sequence[RecordRef], ids: Sequence[str], day: date) -> RecordRef:
    """Return the record that knows the first of some stores or activities. Raise ConfigError."""
    found = in_force(refs, day)
    for ref, ropa in found:
        known = {s.id for s in ropa.stores} | {a.id for a in ropa.activities}
        if ids[0] in known:
            return ref
    if len(found) != 1:
        raise ConfigError(f"no record of the configuration has a store or activity {ids[0][:60]}")
    return found[0][0]


def accept(
    ref: RecordRef,
    entry: Entry,
    *,
    by: str,
    reason: str,
    day: date,
    until: date | None = None,
    up_to: int | None = None,
) -> Answer:
    """Append an exception: who answers for a finding, why, until when and up to how many records.

    Without an end date it runs as long as it may: a year, 90 days for a critical finding. Raise
    ConfigError when the end date is further away or past.
    """
    critical = entry.severity is Severity.CRITICAL
    longest = day + (_LONGEST_CRITICAL if critical else _LONGEST)
    end = until or longest
    if not day <= end <= longest:
        what = "90 days for a critical finding" if critical else "a year"
        raise ConfigError(
            f"--until must lie between {day} and {longest}: at most {what} from today"
        )
    fields: dict[str, Value | None] = {
        "finding": entry.fingerprint,
        "store": entry.store,
        "category": entry.category,
        "until": end,
        "by": by,
        "reason": reason,
        "up_to": entry.records if up_to is None else up_to,
    }
    text = block("accept", fields, f"{entry.rule} {entry.name}, accepted on {day}: {entry.title}")
    return Answer(add(ref, text, ACCEPTED), text)


def fix(ref: RecordRef, entry: Entry, *, by: str, reason: str, day: date) -> Answer:
    """Append the declaration that resolves a finding. Raise ConfigError when there is none.

    A store that the finding proposes as a draft is approved by ``by``.
    """
    if not entry.fix:
        raise ConfigError(
            f"{entry.rule} {entry.fingerprint}: no declaration resolves it. {entry.advice}".strip()
        )
    approved = f'status = "active"\napproved_by = "{_escaped(by)}"\napproved_on = {day}'
    body = "\n".join(
        line for line in entry.fix.replace(_DRAFT, approved).splitlines() if "draft" not in line
    )
    head = f"# {entry.rule} {entry.name}, {day}, {by}: {reason}\n# {entry.title}\n"
    text = head + body + "\n"
    return Answer(add(ref, text, AMENDED), text)


def _escaped(text: str) -> str:
    from scanner.rules.remedies import quoted

    return quoted(text)[1:-1]


def approve(ref: RecordRef, ids: Sequence[str], *, by: str, day: date, note: str = "") -> Answer:
    """Append an approval of drafts: of stores and activities by their ids.

    Raise ConfigError when an id is neither, or names no draft.
    """
    (ropa,) = load_all([ref], day)
    stores = {store.id: store.status for store in ropa.stores}
    activities = {activity.id: activity.status for activity in ropa.activities}
    for id_ in ids:
        if id_ not in stores and id_ not in activities:
            near = hint(id_, [*stores, *activities])
            raise ConfigError(f"the record has no store or activity {id_[:60]}; {near}")
        if "draft" not in (stores.get(id_), activities.get(id_)):
            raise ConfigError(f"{id_} is no draft; there is nothing to approve")
    fields: dict[str, Value | None] = {
        "by": by,
        "on": day,
        "stores": tuple(id_ for id_ in ids if stores.get(id_) == "draft"),
        "activities": tuple(id_ for id_ in ids if activities.get(id_) == "draft"),
        "note": note,
    }
    text = block("approval", fields)
    return Answer(add(ref, text, APPROVED), text)
