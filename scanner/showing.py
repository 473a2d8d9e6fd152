"""The declared register for people: records in, sections of entries out; nothing is scanned."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from scanner import rules
from scanner.config import RecordRef
from scanner.errors import RecordError
from scanner.model import Inventory
from scanner.model.register import Completeness, Register, RegisterEntry, RegisterSection
from scanner.ropa import load_all
from scanner.ropa.declared import Declared
from scanner.ropa.limits import Limits
from scanner.ropa.types import Activity, DataGroup, Ropa, Store, System, Transfer
from scanner.rules.building import comparisons
from scanner.rules.completeness import completeness
from scanner.spelling import hint, quoted
from scanner.taxonomy import taxonomy

Line = tuple[str, str]


def show(
    refs: Sequence[RecordRef], as_of: date, *, system: str = "", store: str = ""
) -> tuple[Register, ...]:
    """Return the records in force on a day, whole or for one system or store.

    Raise RecordError when a record cannot be read, or has no such system or store.
    """
    ropas = load_all(refs, as_of)
    for what, wanted, known in (
        ("system", system, [s.id for ropa in ropas for s in ropa.systems]),
        ("store", store, [s.id for ropa in ropas for s in ropa.stores]),
    ):
        if wanted and wanted not in known:
            raise RecordError(f"no {what} has the id {quoted(wanted)}; {hint(wanted, known)}")
    found = rules.check_record(ropas, as_of).findings
    out = []
    for ropa in ropas:
        view = _View(ropa, system, store)
        if (system or store) and not view.systems:
            continue
        whole = not system and not store
        points = [
            f"{f.rule} {f.title}"
            for f in found
            if f.record == ropa.organisation.id and (whole or view.speaks(f.store, f.activity))
        ]
        out.append(view.register(as_of, tuple(points)))
    return tuple(out)


def complete(refs: Sequence[RecordRef], as_of: date) -> tuple[Completeness, ...]:
    """Tell how much of what Art. 30 asks each activity fills in. Raise RecordError."""
    ropas = load_all(refs, as_of)
    return tuple(
        item for made in comparisons(Inventory(), ropas, as_of) for item in completeness(made)
    )


class _View:
    """One record, or the part of it that belongs to a system or store."""

    def __init__(self, ropa: Ropa, system: str, store: str) -> None:
        self.ropa = ropa
        self.declared = Declared(ropa)
        self.limits = Limits(self.declared)
        self.whole = not system and not store
        self.stores = [s for s in ropa.stores if store in ("", s.id) and system in ("", s.system)]
        own = {s.system for s in self.stores}
        self.systems = [
            s for s in ropa.systems if self.whole or s.id == system or (store and s.id in own)
        ]
        ids = {id_ for s in self.systems for id_ in s.activities}
        if store:
            ids = {a.id for s in self.stores for a in self.declared.activities(s.id)}
        self.activities = [a for a in ropa.activities if self.whole or a.id in ids]
        self._parties = {p.id: p.name or p.id for p in ropa.parties}
        self._groups = {g.id: g for g in ropa.data_groups}

    def speaks(self, store: str, activity: str) -> bool:
        """Tell whether a finding about a store or activity belongs to this part."""
        return any(store == s.id for s in self.stores) or (
            not store and any(activity == a.id for a in self.activities)
        )

    def register(self, as_of: date, points: tuple[str, ...]) -> Register:
        """Return the view."""
        ropa = self.ropa
        sections = (
            RegisterSection("Organisation", (self._organisation(),) if self.whole else ()),
            RegisterSection("Activities", tuple(map(self._activity, self.activities))),
            RegisterSection("Systems and stores", tuple(self._places())),
            RegisterSection("Transfers", tuple(self._transfers())),
            RegisterSection("Parties", tuple(self._named()) if self.whole else ()),
        )
        return Register(
            name=ropa.organisation.name or ropa.organisation.id,
            as_of=as_of,
            in_force=_span(ropa),
            files=ropa.files,
            sections=tuple(section for section in sections if section.entries),
            open_points=points,
            synthetic=ropa.synthetic,
        )

    def _organisation(self) -> RegisterEntry:
        who = self.ropa.organisation
        contact = ", ".join(filter(None, (who.address, who.email, who.phone)))
        dpo, rep = who.dpo, who.representative
        lines = (
            ("Country", who.country),
            ("Contact", contact),
            ("Regimes", _words(who.regimes)),
            ("Data protection officer", f"{dpo.name} {dpo.email}".strip() if dpo else ""),
            ("Representative", self._party(rep.party) or rep.name if rep else ""),
            ("Joint controllers", "; ".join(self._party(j.party) for j in who.joint_controllers)),
        )
        return RegisterEntry(who.name or who.id, _filled(lines))

    def _activity(self, activity: Activity) -> RegisterEntry:
        groups = [self._groups[id_] for id_ in activity.data_groups]
        systems = [s for s in self.ropa.systems if activity.id in s.activities]
        lines = (
            ("Role", activity.role.replace("_", " ")),
            ("On behalf of", "; ".join(activity.on_behalf_of)),
            ("Purposes", "; ".join(activity.purposes)),
            ("Processing", "; ".join(activity.processing)),
            ("Legal basis", _words(activity.legal_basis)),
            ("Legitimate interest", activity.legitimate_interest),
            ("Condition of Art. 9", ", ".join(activity.special_condition)),
            ("Persons", _words(activity.data_subjects)),
            ("Categories", "; ".join(map(_categories, groups))),
            ("Source", activity.source),
            ("Recipients", "; ".join(map(self._party, activity.recipients))),
            ("Transfers", ", ".join(activity.transfers)),
            ("Time limits", self._limits_of(activity)),
            ("Measures", _words(dict.fromkeys(m for s in systems for m in s.measures))),
            ("Systems", ", ".join(s.name or s.id for s in systems)),
            ("Owner", ", ".join(filter(None, (activity.owner, activity.department)))),
            ("Reviewed", str(activity.reviewed or "")),
        )
        note = "" if activity.status == "active" else activity.status
        return RegisterEntry(activity.name or activity.id, _filled(lines), note)

    def _limits_of(self, activity: Activity) -> str:
        wanted = set(activity.data_groups)
        found = dict.fromkeys(
            f"{limit.rule.name or limit.rule.id}: {limit.words}"
            for store in self.ropa.stores
            if wanted & set(store.data_groups)
            for limit in self.limits.of(store)
            if not limit.rule.selector.groups or wanted & set(limit.rule.selector.groups)
        )
        return "; ".join(found)

    def _places(self) -> Iterator[RegisterEntry]:
        for system in self.systems:
            yield self._system(system)
            for store in self.stores:
                if store.system == system.id:
                    yield self._store(store)

    def _system(self, system: System) -> RegisterEntry:
        lines = (
            ("Hosting", system.hosting.replace("_", " ")),
            ("Operator", self._party(system.operator)),
            ("Countries", ", ".join(system.countries)),
            ("Access from", ", ".join(system.access_from)),
            ("Measures", _words(system.measures)),
            ("Owner", system.owner),
        )
        return RegisterEntry(f"System {system.name or system.id}", _filled(lines))

    def _store(self, store: Store) -> RegisterEntry:
        sites = [
            f"{site.country or site.region or 'place not said'} ({', '.join(site.match)})"
            for site in store.sites
        ]
        if store.reach == "none":
            sites = ["cannot be reached by design"]
        lines = (
            ("Kind", f"{store.kind.replace('_', ' ')}, {store.environment}"),
            ("Categories", "; ".join(map(_categories, self.declared.groups(store.id)))),
            ("Sites", "; ".join(sites)),
            ("Residency rule", store.residency),
            ("Copies", ", ".join(store.backup_of)),
            ("Time limits", "; ".join(limit.words for limit in self.limits.of(store))),
            ("Measures", _words(store.measures)),
            ("Read as", store.sample),
        )
        note = "" if store.status == "active" else store.status
        return RegisterEntry(f"Store {store.name or store.id}", _filled(lines), note)

    def _transfers(self) -> Iterator[RegisterEntry]:
        ids = {id_ for activity in self.activities for id_ in activity.transfers}
        for transfer in self.ropa.transfers:
            if self.whole or transfer.id in ids:
                yield self._transfer(transfer)

    def _transfer(self, transfer: Transfer) -> RegisterEntry:
        pairs = ", ".join(f"{pair}: {_word(how)}" for pair, how in transfer.mechanisms)
        lines = (
            ("Kind", transfer.kind.replace("_", " ")),
            ("From", ", ".join(transfer.from_)),
            ("To", ", ".join(transfer.to)),
            ("Exporter", self._party(transfer.exporter)),
            ("Importer", self._party(transfer.importer)),
            ("Safeguard", _word(transfer.mechanism) or pairs),
            ("Reference", transfer.reference),
            ("Expires", str(transfer.expires or "")),
        )
        return RegisterEntry(transfer.name or transfer.id, _filled(lines))

    def _named(self) -> Iterator[RegisterEntry]:
        for party in self.ropa.parties:
            lines = (
                ("Kind", _word(party.kind)),
                ("Country", party.country),
                ("Contract", party.contract),
                ("Receives", _words(party.receives)),
                ("Ended", str(party.ended or "")),
            )
            yield RegisterEntry(party.name or party.id, _filled(lines))

    def _party(self, id_: str) -> str:
        who = self.ropa.organisation
        return (who.name or who.id) if id_ and id_ == who.id else self._parties.get(id_, id_)


def _categories(group: DataGroup) -> str:
    known = taxonomy()
    names = [known.categories[id_].name if id_ in known.categories else id_ for id_ in
             group.categories]  # fmt: skip
    if group.unbounded:
        names.append("any content")
    if group.open_ended:
        names.append("and what the record leaves open")
    return f"{group.name or group.id} ({', '.join(names)})"


def _word(text: str) -> str:
    return text.replace("_", " ")


def _words(items: Iterable[str]) -> str:
    return ", ".join(map(_word, items))


def _filled(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple((label, text) for label, text in lines if text.strip())


def _span(ropa: Ropa) -> str:
    start = f"from {ropa.effective}" if ropa.effective else "from the beginning"
    return f"{start} to {ropa.until}" if ropa.until else f"{start}, without end"
