"""From files to one record, and from several records to those in force on a day."""

import functools
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from scanner.config import RecordRef
from scanner.errors import RecordError
from scanner.ropa import read_notices, read_rules, read_where, read_who
from scanner.ropa.entry import Entry, Links
from scanner.ropa.joining import joined
from scanner.ropa.types import Organisation, Ropa
from scanner.ropa.vocabulary import FORMAT
from scanner.spelling import quoted
from scanner.tomlcheck import Problems, read_toml

T = TypeVar("T")


def load(ref: RecordRef) -> Ropa:
    """Read a record: a file, or every ``*.toml`` of a folder as one.

    Raise RecordError, with a sentence per mistake (ten at most), when the structure is wrong.
    What is merely missing is not an error here.
    """
    files = _files(ref.path)
    problems, links = Problems(), Links()
    entries = []
    for path, name in files:
        entry = Entry(read_toml(path, name, RecordError), problems)
        entry.links = links
        entries.append(entry)
    ropa = read(entries, problems, ref)
    links.check()
    _check_copies(ropa, problems)
    problems.raise_if_any(RecordError)
    return joined(ropa)


def _check_copies(ropa: Ropa, problems: Problems) -> None:
    """Report stores that are copies of each other: one of them must be the original."""
    copies = {store.id: store.backup_of for store in ropa.stores}
    told: set[str] = set()
    for store in ropa.stores:
        circle = _circle(store.id, copies)
        if circle and not told & set(circle):
            told |= set(circle)
            ids = ", ".join((*circle, circle[0]))
            said = (
                f"{store.origin}: backup_of goes in a circle ({ids}); "
                "one of them must be the original."
            )
            problems.add(functools.partial(str, said))


def _circle(start: str, copies: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the stores of a circle through one, the shortest; empty when there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    for way in ways:
        for id_ in copies.get(way[-1], ()):
            if id_ == start and len(way) > 1:
                return way
            if id_ not in seen:
                seen.add(id_)
                ways.append((*way, id_))
    return ()


def _files(path: Path) -> list[tuple[Path, str]]:
    if not path.is_dir():
        return [(path, path.name)]
    found = sorted(
        (item for item in path.glob("*.toml") if not item.name.startswith(".")),
        key=lambda item: item.name,
    )
    if not found:
        raise RecordError(
            f"The record folder {path.name} holds no .toml file; check path under [[record]]."
        )
    return [(item, f"{path.name}/{item.name}") for item in found]


def read(entries: list[Entry], problems: Problems, ref: RecordRef) -> Ropa:
    """Read the parsed files of one record; mistakes go to ``problems``, references are left."""
    organisation = _organisation(entries, problems)
    first = entries[0]
    formats = [entry.text("format") for entry in entries]
    if not any(entry.has("format") for entry in entries):
        first.problem(f'format is missing; write format = "{FORMAT}" at the top.')
    for entry, text in zip(entries, formats, strict=True):
        if text and text != FORMAT:
            entry.problem(f'this version reads format = "{FORMAT}" only.', "format")
    effective = _single(entries, "effective", Entry.day)
    until = _single(entries, "until", Entry.day)
    if effective and until and until < effective:
        first.problem("until lies before effective.", "until")
    settings = [block for entry in entries if (block := entry.table("settings"))]
    for block in settings[1:]:
        block.problem(f"[settings] stands in {settings[0].doc.name} too; keep one.")
    ropa = Ropa(
        organisation=organisation,
        files=tuple(entry.doc.name for entry in entries),
        effective=effective,
        until=until,
        synthetic=bool(_single(entries, "synthetic", Entry.flag)),
        settings=read_who.settings(settings[0] if settings else None),
        parties=_all(entries, "party", read_who.party),
        activities=_all(entries, "activity", read_who.activity),
        data_groups=_all(entries, "data_group", read_who.data_group),
        systems=_all(entries, "system", read_who.system),
        stores=_all(entries, "store", read_where.store),
        retentions=_all(entries, "retention", read_rules.retention),
        residencies=_all(entries, "residency", read_rules.residency),
        transfers=_all(entries, "transfer", read_where.transfer),
        prohibits=_all(entries, "prohibit", read_rules.prohibit),
        notices=_all(entries, "notice", read_notices.notice),
        holds=_all(entries, "hold", read_rules.hold),
        accepts=_all(entries, "accept", read_rules.accept, "finding"),
        approvals=_all(entries, "approval", read_rules.approval, "by"),
        sources=ref.sources,
    )
    for entry in entries:
        entry.finish()
    return ropa


def _organisation(entries: list[Entry], problems: Problems) -> Organisation:
    blocks = [block for entry in entries if (block := entry.table("organisation"))]
    for block in blocks[1:]:
        block.problem(
            f"[organisation] stands in {blocks[0].doc.name} too; one record has one organisation "
            "(give another record or version a [[record]] of its own in config.toml)."
        )
    if blocks:
        return read_who.organisation(blocks[0])
    if not problems.sentences:
        entries[0].problem("[organisation] is missing; it needs at least an id.")
    return Organisation(id="")  # never seen: a problem was reported


def _single(entries: list[Entry], key: str, read: Callable[[Entry, str], T]) -> T | None:
    values = [(entry, read(entry, key)) for entry in entries if entry.has(key)]
    for entry, value in values[1:]:
        if value != values[0][1]:
            entry.problem(f"{key} differs from that in {values[0][0].doc.name}.", key)
    return values[0][1] if values else None


def _all(
    entries: list[Entry], key: str, read: Callable[[Entry], T], name_key: str = "id"
) -> tuple[T, ...]:
    return tuple(read(block) for entry in entries for block in entry.tables(key, name_key))


def load_all(refs: Sequence[RecordRef], as_of: date) -> tuple[Ropa, ...]:
    """Read all records and return, for each organisation, the version in force on a day.

    The order is that of the first mention. Raise RecordError when two versions of an organisation
    overlap, or when none is in force.
    """
    versions: dict[str, list[Ropa]] = {}
    for ref in refs:
        ropa = load(ref)
        versions.setdefault(ropa.organisation.id, []).append(ropa)
    return tuple(_in_force(ropas, as_of) for ropas in versions.values())


def _in_force(ropas: list[Ropa], as_of: date) -> Ropa:
    name = quoted(ropas[0].organisation.id)
    ordered = sorted(ropas, key=lambda ropa: ropa.effective or date.min)
    for before, after in pairwise(ordered):
        if (before.until or date.max) >= (after.effective or date.min):
            raise RecordError(
                f"Two records of {name} are in force at once: {_span(before)} and {_span(after)}; "
                "give them effective and until that do not overlap, or drop one."
            )
    found = [r for r in ordered if (r.effective or date.min) <= as_of <= (r.until or date.max)]
    if not found:
        spans = ", ".join(_span(ropa) for ropa in ordered)
        raise RecordError(
            f"No record of {name} is in force on {as_of}: there is {spans}; "
            "check effective and until, or choose another day with --as-of."
        )
    return found[0]


def _span(ropa: Ropa) -> str:
    start = f"from {ropa.effective}" if ropa.effective else "from the beginning"
    end = f"to {ropa.until}" if ropa.until else "without end"
    return f"{ropa.files[0]} ({start} {end})"
