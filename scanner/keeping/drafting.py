"""A first record, drafted from what a scan found. Every guess is a draft until it is approved."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from scanner.keeping.blocks import block
from scanner.keeping.families import Family
from scanner.model import Path
from scanner.ropa.types import Ropa
from scanner.rules.remedies import declarable
from scanner.rules.weights import category

TO_FILL = "Say what for (purposes), on which legal_basis, who receives it, how long it is kept."

_ANYBODY = "person"
# Words of the record's vocabulary for inferred subjects.
PERSONS = {
    "customer": "customer_user",
    "user": "customer_user",
    "supplier": "supplier_contact",
}
_NAMES = {
    "customer": "customers",
    "user": "users",
    "contact": "contacts",
    "person": "persons",
    "employee": "staff",
    "job_applicant": "job applicants",
    "supplier": "suppliers",
    "patient": "patients",
    "student": "students",
    "organisation": "organisations",
}
_BACKUP = re.compile(r"backup|bkp|dump|snapshot|sauvegarde", re.I)


@dataclass(slots=True)
class Ids:
    """Ids that are taken, by table; ids need be unique within their table only."""

    taken: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, ropas: Iterable[Ropa]) -> "Ids":
        """Take the ids of records."""
        ids = cls()
        for ropa in ropas:
            ids.taken["activity"] |= {item.id for item in ropa.activities}
            ids.taken["data_group"] |= {item.id for item in ropa.data_groups}
            ids.taken["system"] |= {item.id for item in ropa.systems}
            ids.taken["store"] |= {item.id for item in ropa.stores}
        return ids

    def new(self, table: str, wanted: str) -> str:
        """Return an id that is not taken yet, and take it."""
        plain = re.sub(r"[^a-z0-9]+", "_", wanted.lower()).strip("_") or table
        plain = plain if plain[0].isalpha() else f"{table}_{plain}"
        id_, number = plain, 1
        while id_ in self.taken[table]:
            number += 1
            id_ = f"{plain}_{number}"
        self.taken[table].add(id_)
        return id_


def store_kind(family: Family) -> str:
    """Guess the kind of a store."""
    if _BACKUP.search(family.place):
        return "backup"
    return {"log": "log", "file": "file_share"}.get(family.kind, "database")


def persons(subject: str) -> tuple[str, ...]:
    """Return the data subjects to declare for an inferred one."""
    if subject in ("", _ANYBODY, "organisation"):
        return ()
    return (PERSONS.get(subject, subject),)


def kept(family: Family) -> tuple[str, ...]:
    """Return the categories that a draft may declare: no secrets, cards, ids, Art. 9."""
    return tuple(id_ for id_ in family.categories if declarable(id_))


def left_out(family: Family) -> str:
    """Say what a draft does not declare; empty when it declares all."""
    out = [id_ for id_ in family.categories if not declarable(id_)]
    return (
        f"Found there too, and not declared, as removing it is the better way out: {', '.join(out)}"
        if out
        else ""
    )


def record(
    organisation: str, name: str, country: str, places: Sequence[Family], parts: Sequence[Family]
) -> str:
    """Return a first record: a draft store for each place, a draft activity for each subject.

    ``places`` are whole sources, databases or schemas, ``parts`` the families of assets in them:
    what is known of staff and of customers becomes a data group each.
    """
    ids, out = Ids(), _Parts()
    for place in places:
        inside = [part for part in parts if set(part.assets) <= set(place.assets)]
        groups = _by_subject(inside or [place])
        if not groups:
            out.groups.append(f"# {place.place}: no store drafted. {left_out(place)}\n")
            continue
        store, named = ids.new("store", _called(place)), []
        for subject, categories in groups.items():
            group = ids.new("data_group", f"{store}_{_NAMES.get(subject, subject)}")
            out.groups.append(data_group(group, categories, f"{place.place}: found by the scan"))
            out.activities[subject].append(group)
            named.append(group)
        system = out.system(ids, place.source)
        out.uses[place.source] |= set(groups)
        out.stores[place.source].append(_store(place, store, system, named))
    return "\n".join((_head(organisation, name, country), *out.blocks(ids)))


def _by_subject(parts: Iterable[Family]) -> dict[str, tuple[str, ...]]:
    """Return the declarable categories of each subject; of nobody in particular: of persons."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for part in parts:
        found[part.subject or _ANYBODY].update(dict.fromkeys(kept(part)))
    return {subject: tuple(found[subject]) for subject in sorted(found) if found[subject]}


@dataclass(slots=True)
class _Parts:
    """The blocks of a draft as they come together."""

    groups: list[str] = field(default_factory=list)
    activities: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    stores: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    systems: dict[str, str] = field(default_factory=dict)  # source -> id
    uses: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def system(self, ids: Ids, source: str) -> str:
        """Return the system of a source."""
        if source not in self.systems:
            self.systems[source] = ids.new("system", source)
        return self.systems[source]

    def blocks(self, ids: Ids) -> Iterator[str]:
        """Yield activities, data groups, systems and stores."""
        named = {
            s: ids.new("activity", f"{_NAMES.get(s, s)}_data") for s in sorted(self.activities)
        }
        for subject, id_ in named.items():
            yield _activity(id_, subject, self.activities[subject])
        yield from self.groups
        for source, stores in self.stores.items():
            uses = tuple(named[subject] for subject in sorted(self.uses[source]))
            yield block(
                "system",
                {"id": self.systems[source], "name": source, "activities": uses},
                "Name the application that this belongs to, and its measures.",
            )
            yield from stores


def _head(organisation: str, name: str, country: str) -> str:
    lines = [
        "# A first record, drafted by ropascan from what a scan found. Nothing here counts yet:",
        "# read each block, correct it, and approve it (ropascan record approve ID --by NAME).",
        'format = "1"',
        "",
        block("organisation", {"id": organisation, "name": name, "country": country}, single=True),
    ]
    return "\n".join(lines)


def _called(family: Family) -> str:
    path = Path.parse(family.place.replace("**", "x"))
    return "_".join((path.source, *path.segments)).replace("*", "")


def data_group(id_: str, categories: Sequence[str], note: str) -> str:
    """Return a data group with the names of its categories beside it."""
    names = ", ".join(category(one).name for one in categories)
    return block("data_group", {"id": id_, "categories": tuple(categories), "note": note}, names)


def _activity(id_: str, subject: str, groups: Sequence[str]) -> str:
    return block(
        "activity",
        {
            "id": id_,
            "name": f"Data of {_NAMES.get(subject, subject)}",
            "role": "controller",
            "status": "draft",
            "data_subjects": persons(subject),
            "data_groups": tuple(groups),
        },
        TO_FILL,
    )


def _store(family: Family, id_: str, system: str, groups: Sequence[str]) -> str:
    fields: dict[str, str | tuple[str, ...]] = {
        "id": id_,
        "system": system,
        "kind": store_kind(family),
        "data_groups": tuple(groups),
        "environment": family.environment,
        "status": "draft",
    }
    comments = [text for text in (left_out(family),) if text]
    return block("store", fields, *comments) + "\n" + site(family.globs, family.country)


def site(globs: Sequence[str], country: str) -> str:
    """Return where a store lies."""
    comments = () if country else ("Add the country in which it lies.",)
    return block("store.site", {"country": country, "match": tuple(globs)}, *comments)
