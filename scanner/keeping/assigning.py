"""From decisions in a sheet to blocks of the record."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from scanner.config import RecordRef
from scanner.errors import ConfigError
from scanner.keeping import sheet
from scanner.keeping.appending import add, in_force
from scanner.keeping.blocks import Value, block
from scanner.keeping.drafting import (
    TO_FILL,
    Ids,
    data_group,
    kept,
    left_out,
    persons,
    site,
    store_kind,
)
from scanner.keeping.families import Family, families, merged
from scanner.keeping.sheet import COVERED, DECISIONS, Decided
from scanner.keeping.suggesting import Suggester
from scanner.model import Inventory
from scanner.ropa import load_all
from scanner.ropa.matching import Matcher, answers_for
from scanner.ropa.types import Activity, Ropa, Store
from scanner.rules.reach import source_pattern
from scanner.spelling import hint

ASSIGNED = "assigned.toml"


@dataclass(frozen=True, slots=True)
class Assigned:
    """Text to append, and a sentence for each row that gave none."""

    text: str
    written: int
    notes: tuple[str, ...]


def write_sheet(path: Path, inventory: Inventory, refs: Sequence[RecordRef], day: date) -> int:
    """Write the sheet of what waits for a decision; return the number of rows.

    Raise RecordError, OutputError.
    """
    ropas = load_all(refs, day)
    suggesters = [Suggester(ropa) for ropa in ropas]
    rows = []
    for family in families(inventory, ropas, day):
        found = [one for suggester in suggesters if (one := suggester.suggest(family))]
        rows.append((family, found[0] if found else None))
    sheet.write(path, rows, ropas)
    return len(rows)


def apply_sheet(
    filled: Path, refs: Sequence[RecordRef], by: str, day: date
) -> tuple[Path | None, Assigned]:
    """Append what a filled sheet decides to the record; return the file, if one was written.

    Where there are several records, each row goes to the one that answers for its source. Raise
    ConfigError, RecordError, OutputError; nothing has been written then.
    """
    rows = sheet.read(filled)
    path: Path | None = None
    texts: list[str] = []
    notes: list[str] = []
    written = 0
    left = list(rows)
    planned = []
    for ref, ropa in in_force(refs, day):
        mine = [row for row in left if answers_for(ropa, row.family.source)]
        left = [row for row in left if row not in mine]
        made = assign(ropa, mine, by, day)
        notes += made.notes
        if made.text:
            planned.append((ref, made))
    for ref, made in planned:
        path = add(ref, f"# Assigned by {by}, {day}, from {filled.name}\n{made.text}", ASSIGNED)
        texts.append(made.text)
        written += made.written
    notes += [
        f"row {row.row}, {row.family.place}: no record answers for its source" for row in left
    ]
    return path, Assigned("\n".join(texts), written, tuple(notes))


def assign(ropa: Ropa, rows: Sequence[Decided], by: str, day: date) -> Assigned:
    """Turn decisions into blocks. Raise ConfigError for a decision that cannot be read."""
    writer = _Writer(ropa, by, day)
    parts, notes, written = [], [], 0
    for together in _together(rows):
        for row in together:
            writer.check(row)
        waiting = [(row, writer.without(row)) for row in together]
        notes += [f"row {row.row}, {row.family.place}: {why}" for row, why in waiting if why]
        left = [row for row, why in waiting if not why]
        if left:
            one = replace(left[0], family=merged([row.family for row in left]))
            parts.append(writer.blocks(one))
            written += len(left)
            notes += [f"row {one.row}, {one.family.place}: {note}" for note in writer.aside(one)]
    return Assigned("\n".join(parts), written, tuple(notes))


def _together(rows: Sequence[Decided]) -> Iterable[list[Decided]]:
    """Group rows of one source that become one store: the same decision, owner and note.

    What is new stays apart, unless the same note names its activity.
    """
    out: dict[object, list[Decided]] = defaultdict(list)
    for row in rows:
        family, decision = row.family, _plain(row.decision)
        alone = row.row if decision == "new" and not row.note else 0
        place = (family.source, family.kind, family.environment)
        out[(place, decision, row.owner, row.note, alone)].append(row)
    return out.values()


def _plain(decision: str) -> str:
    return " ".join(decision.lower().split())


class _Writer:
    """Writes the blocks of one record; ids that it gives away are taken."""

    def __init__(self, ropa: Ropa, by: str, day: date) -> None:
        self._ropa, self._by, self._day = ropa, by, day
        self._ids = Ids.of([ropa])
        self._matcher = Matcher(ropa)
        self._systems: dict[str, str] = {}  # source -> system that was written for it

    def check(self, row: Decided) -> None:
        """Raise ConfigError for a decision that is none."""
        decision = _plain(row.decision)
        if decision in ("", *DECISIONS):
            return
        if not decision.startswith(COVERED):
            choices = ", ".join((f"{COVERED}ID", *DECISIONS))
            raise ConfigError(
                f'row {row.row}: the decision "{row.decision[:60]}" is not one of: {choices}.'
            )
        id_ = decision.removeprefix(COVERED)
        known = [a.id for a in self._ropa.activities] + [s.id for s in self._ropa.stores]
        if id_ not in known:
            raise ConfigError(
                f'row {row.row}: no activity or store of the record is called "{id_[:60]}"; '
                f"{hint(id_, known)}"
            )

    def without(self, row: Decided) -> str:
        """Say why a row gives no block; empty when it gives one."""
        if all(self._matcher.match(path).store for path in row.family.assets):
            return "the record declares it already"
        return {
            "": "waits for a decision",
            "later": "left for later",
            "delete": "to be deleted: the finding stays until the data is gone",
        }.get(_plain(row.decision), "")

    def aside(self, row: Decided) -> Iterator[str]:
        """Say what a new declaration leaves out."""
        out = left_out(row.family) if _plain(row.decision) == "new" else ""
        if out:
            yield out

    def blocks(self, row: Decided) -> str:
        """Return the blocks of a row that :meth:`check` let pass."""
        decision = _plain(row.decision)
        if decision == "new":
            return self._new(row)
        if decision == "not personal":
            return self._nothing(row)
        return self._covered(row, decision.removeprefix(COVERED))

    def _covered(self, row: Decided, id_: str) -> str:
        store = next((s for s in self._ropa.stores if s.id == id_), None)
        activity = next((a for a in self._ropa.activities if a.id == id_), None)
        if activity is None:
            if store is None:
                raise ConfigError(f"row {row.row}: the record has no {id_[:60]}")
            return self._store(row, store.system, store.data_groups)
        system, text = self._system(row.family.source, activity.id, self._of(activity, row.family))
        return text + self._store(row, system, activity.data_groups)

    def _new(self, row: Decided) -> str:
        family = row.family
        store = _wanted(family)
        group = self._ids.new("data_group", f"{store}_data") if kept(family) else ""
        activity = self._ids.new("activity", store)
        beside = self._beside(family.source)
        system, text = self._system(family.source, "" if beside else activity, beside)
        parts = [
            block(
                "activity",
                {
                    "id": activity,
                    "name": row.note or f"Data in {family.place}",
                    "role": "controller",
                    "status": "draft",
                    "owner": row.owner,
                    "data_subjects": persons(family.subject),
                    "data_groups": (group,) if group else (),
                    "systems": () if text else (system,),
                },
                TO_FILL,
            ),
            data_group(group, kept(family), f"{family.place}: found by the scan") if group else "",
            text + self._store(row, system, (group,) if group else ()),
        ]
        return "\n".join(part for part in parts if part)

    def _nothing(self, row: Decided) -> str:
        system, text = self._system(row.family.source, "", self._beside(row.family.source))
        fields = [
            block(
                "store.field",
                {
                    "match": f"{glob}#**",
                    "is_not": (*row.family.categories, *row.family.possible),
                    "note": row.note or f"not personal, says {self._by}",
                },
            )
            for glob in row.family.globs
        ]
        return "\n".join((text + self._store(row, system, ()), *fields))

    def _store(self, row: Decided, system: str, groups: Sequence[str]) -> str:
        family = row.family
        fields: dict[str, Value | None] = {
            "id": self._ids.new("store", _wanted(family)),
            "system": system,
            "kind": store_kind(family),
            "data_groups": tuple(groups),
            "environment": family.environment,
            "status": "active",
            "approved_by": self._by,
            "approved_on": self._day,
            "note": row.note,
        }
        return block("store", fields) + "\n" + site(family.globs, family.country)

    def _system(self, source: str, activity: str, found: str) -> tuple[str, str]:
        """Return a system's id: one that is there, else a new one with its block."""
        if found:
            return found, ""
        if source in self._systems and not activity:
            return self._systems[source], ""
        id_ = self._ids.new("system", source)
        self._systems.setdefault(source, id_)
        uses = (activity,) if activity else ()
        fields: dict[str, Value | None] = {"id": id_, "name": source, "activities": uses}
        return id_, block("system", fields, "Check: the application that this belongs to.") + "\n"

    def _of(self, activity: Activity, family: Family) -> str:
        """Find a system of an activity, one with a store in the same source first."""
        systems = [s.id for s in self._ropa.systems if activity.id in s.activities]
        near = [s.system for s in self._near(family.source) if s.system in systems]
        return next(iter((*near, *systems)), "")

    def _beside(self, source: str) -> str:
        return next((store.system for store in self._near(source)), "")

    def _near(self, source: str) -> Iterator[Store]:
        """Yield the stores that name a source outright."""
        for store in self._ropa.stores:
            globs = (glob for one in store.sites for glob in one.match)
            if any(source_pattern(glob) == source for glob in globs):
                yield store


def _wanted(family: Family) -> str:
    return family.place.partition("://")[2].replace("*", "")
