"""From a register in the words of people to a draft record, and a list of what had no word here.

Nothing is invented: what a register does not say stays out, what had to be assumed for the format
is listed, and what was read stays in the note of the activity. No place is matched: no register
says where data is.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from scanner.exchange import durations, words
from scanner.exchange.line import Data, Flow, Held, Line, Person, Receiver, Register
from scanner.exchange.lookup import Draft, Lookup
from scanner.ropa.tables import tables
from scanner.ropa.types import (
    Activity,
    Contact,
    DataGroup,
    Dpia,
    JointController,
    Organisation,
    Party,
    Retention,
    Ropa,
    Selector,
    Store,
    System,
    Transfer,
)

_VOID: Final = ("safe_harbor", "privacy_shield")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NO_PLACE: Final = "No register says where data is: write [[store.site]] with match."
_NOTE = 20_000  # signs of one note


def build(
    register: Register,
    as_of: date,
    *,
    organisation: str = "",
    values: Mapping[str, Mapping[str, str]] | None = None,
) -> Draft:
    """Return the draft of a register.

    ``organisation`` is the id when the register names nobody; ``values`` are own words of a
    mapping file by kind; transfer tools that carry nothing on ``as_of`` are kept as words only.
    """
    return _Builder(register, as_of, values or {}).run(organisation)


class _Builder(Lookup):
    def __init__(
        self, register: Register, as_of: date, values: Mapping[str, Mapping[str, str]]
    ) -> None:
        super().__init__(Draft(Ropa(Organisation("draft")), remarks=list(register.remarks)), values)
        self.register, self.as_of = register, as_of
        self.home = register.home
        self.parties: dict[str, Party] = {}
        self.systems: dict[str, System] = {}
        self.stores: dict[str, Store] = {}
        self.groups: list[DataGroup] = []
        self.known: dict[tuple[str, tuple[str, ...]], str] = {}  # a group named twice is one
        self.limits: set[tuple[str, tuple[str, ...], durations.Limit]] = set()
        self.retentions: list[Retention] = []
        self.transfers: list[Transfer] = []

    def run(self, given: str) -> Draft:
        organisation = self._organisation(given)
        self.home = organisation.country or self.register.home
        self.draft.ropa = Ropa(organisation)
        activities = tuple(self._activity(line) for line in self.register.lines)
        for held in self.register.stores:
            self._store(held)
        joint = dict.fromkeys(name for line in self.register.lines for name in line.joint)
        organisation = replace(
            organisation,
            joint_controllers=tuple(
                JointController(self._party(Receiver(name, "joint controller"))) for name in joint
            ),
        )
        self.draft.ropa = Ropa(
            organisation,
            synthetic=self.register.synthetic,
            parties=tuple(self.parties.values()),
            activities=activities,
            data_groups=tuple(self.groups),
            systems=tuple(self.systems.values()),
            stores=tuple(self.stores.values()),
            retentions=tuple(self.retentions),
            transfers=tuple(self.transfers),
        )
        return self.draft

    def _organisation(self, given: str) -> Organisation:
        person = self.register.organisation
        id_ = given or (words.snake(person.name) if person.name else "organisation")
        if not given and not person.name:
            self.assume("The register names no organisation: its id is written as organisation.")
        return Organisation(
            id_,
            name=person.name,
            country=self.country(person.country, "country of the organisation"),
            email=_email(person.email),
            phone=person.phone,
            address=person.address,
            dpo=_contact(self.register.dpo),
            representative=_contact(self.register.representative),
        )

    def _activity(self, line: Line) -> Activity:
        name = line.name or line.department or next(iter(line.purposes), "") or line.reference
        own = self.id("activity", line.reference if _is_id(line.reference) else name)
        processor = line.role == "processor"
        self._systems(line, own, name)
        return Activity(
            own,
            line.role,
            name=name,
            purposes=() if processor else line.purposes,
            processing=line.purposes if processor else (),
            on_behalf_of=line.on_behalf_of,
            legal_basis=self.mapped("legal_basis", line.legal_basis, "legal basis"),
            legitimate_interest=line.legitimate_interest,
            lia=line.lia,
            special_condition=self.mapped(
                "special_condition", line.special_condition, "Art. 9 condition"
            ),
            schedule1_condition=line.schedule1,
            data_subjects=self.mapped("data_subjects", line.subjects, "categories of individuals"),
            data_groups=self._data(line, own),
            recipients=self._recipients(line),
            transfers=tuple(id_ for flow in line.flows if (id_ := self._transfer(flow, name))),
            source=line.source,
            automated_decisions=line.automated,
            rights=line.rights,
            dpia=self._dpia(line),
            consent_record=line.consent_record,
            contract=line.contract,
            breach_log=line.breach_log,
            owner=line.owner,
            department=line.department,
            status="draft",
            created=self.day(line.created, "date of creation"),
            reviewed=self.day(line.reviewed, "date of the last update"),
            note=self._note(line),
        )

    @staticmethod
    def _note(line: Line) -> str:
        texts = [line.where, *(f"{header}: {cell}" for header, cell in line.texts if cell)]
        return "\n".join(text for text in texts if text)[:_NOTE]

    def _data(self, line: Line, activity: str) -> tuple[str, ...]:
        return tuple(id_ for data in line.data if (id_ := self._group(data, activity, line.name)))

    def _group(self, data: Data, activity: str, name: str) -> str:
        categories = self.mapped("categories", data.categories, "categories of data")
        if not categories:
            self.miss("retention of data without a known category", data.retention)
            return ""
        label = data.label or f"Data of {name}"[:200]
        key = (words.plain(label), categories)
        if key not in self.known:
            self.known[key] = self.id("data_group", data.label or f"{activity}_data")
            self.groups.append(DataGroup(self.known[key], categories, name=label))
        for text in data.retention:
            self._retention(text, self.known[key], data.label or name)
        return self.known[key]

    def _retention(self, text: str, group: str, name: str) -> None:
        head, colon, tail = text.partition(": ")
        only: tuple[str, ...] = ()
        if colon:
            found = words.many("categories", (head,), self.values.get("categories"))
            only = () if found.unmapped else tuple(found.ids)
        limit = durations.read(tail if only else text)
        if (group, only, limit) in self.limits:
            return
        self.limits.add((group, only, limit))
        if not limit.sure:
            kind = (
                "retention (no single period, kept as criteria)" if limit.criteria else "retention"
            )
            self.miss(kind, (text,))
        self.retentions.append(
            Retention(
                self.id("retention", f"{group}_limit"),
                Selector(groups=(group,), categories=only),
                name=name,
                period=limit.period,
                bound=limit.bound,
                starts=limit.starts,
                criteria=limit.criteria,
                excludes=limit.excludes,
                then=limit.then,
            )
        )

    def _recipients(self, line: Line) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._party(receiver) for receiver in line.receivers))

    def _party(self, receiver: Receiver) -> str:
        key = words.plain(receiver.name)
        if key not in self.parties:
            kind = words.one("party_kind", receiver.kind) if receiver.kind else ""
            if receiver.kind and not kind:
                self.miss("type of recipient", (receiver.kind,))
            if not kind:
                kind = words.one("party_kind", receiver.name) or "recipient"
            self.parties[key] = Party(
                self.id("party", receiver.name),
                name=receiver.name,
                kind=kind,
                country=self.country(receiver.country, "country of a recipient"),
                contract=receiver.contract,
            )
        return self.parties[key].id

    def _transfer(self, flow: Flow, activity: str) -> str:
        places = self.mapped("countries", flow.places, "countries of transfers")
        if not places:
            words_left = (flow.mechanism or flow.reference,)
            self.miss("transfer safeguards without a country", (w for w in words_left if w))
            return ""
        mechanism = self._mechanism(flow.mechanism)
        if not self.draft.ropa.organisation.country:
            start = self.home or "EU"
            self.assume(f"The register does not say from where data leaves: {start} is written.")
        self.assume("The register does not say how data is transferred: disclosure is written.")
        reference = flow.reference
        if flow.mechanism and not mechanism:
            reference = f"{flow.mechanism}; {reference}" if reference else flow.mechanism
        transfer = Transfer(
            self.id("transfer", flow.name or f"{activity} {' '.join(places)}"),
            "disclosure",
            (self.home or "EU",),
            places,
            name=flow.name,
            importer=self._party(Receiver(flow.importer)) if flow.importer else "",
            mechanism=mechanism,
            reference=reference,
        )
        self.transfers.append(transfer)
        return transfer.id

    def _mechanism(self, text: str) -> str:
        found = words.many("mechanism", (text,), self.values.get("mechanism"))
        self.miss("transfer safeguards", found.unmapped)
        for id_ in found.ids:
            void = id_ in _VOID or tables().mechanism_state(id_, self.as_of).state == "void"
            # Adequacy is a fact of dated tables, not of a cell: the cell's word is kept.
            if void or id_ == "adequacy":
                why = "no transfer tool on this day" if void else "a decision about a country"
                self.miss(f"transfer safeguards ({why}, kept as reference)", (text,))
                return ""
            return id_
        return ""

    def _systems(self, line: Line, activity: str, name: str) -> None:
        measures = self.mapped("measures", line.measures, "security measures")
        named = line.systems or (
            (f"{name} (system not named)",) if measures or line.measures else ()
        )
        for text in named:
            key = words.plain(text)
            known = self.systems.get(key)
            if known is None:
                known = self._system(text)
            self.systems[key] = replace(
                known,
                activities=tuple(dict.fromkeys((*known.activities, activity))),
                measures=tuple(dict.fromkeys((*known.measures, *measures))),
            )

    def _system(self, text: str) -> System:
        places = words.many("countries", (text,), self.values.get("countries"))
        system = System(self.id("system", text), name=text, countries=tuple(places.ids))
        kind = words.one("store_kind", text)
        if kind:
            store = Store(
                self.id("store", text),
                system.id,
                kind,
                name=text,
                status="draft",
                note=_NO_PLACE,
            )
            self.stores[store.id] = store
        return system

    def _store(self, held: Held) -> None:
        key = words.plain(held.system or held.name)
        if key not in self.systems:
            self.systems[key] = self._system(held.system or held.name)
        group = self._group(Data(f"Data of {held.name}", held.categories), "store", held.name)
        known = next(
            (s for s in self.stores.values() if words.plain(s.name) == words.plain(held.name)), None
        )
        store = known or Store(
            self.id("store", held.name),
            self.systems[key].id,
            held.kind or "database",
            name=held.name,
            status="draft",
            note=_NO_PLACE,
        )
        if not held.kind and known is None:
            self.assume("The register does not say what kind of store it is: database is written.")
        self.stores[store.id] = replace(store, data_groups=(group,) if group else ())

    def _dpia(self, line: Line) -> Dpia | None:
        if not (line.dpia_required or line.dpia_state or line.dpia_link):
            return None
        required = words.yes(line.dpia_required)
        if line.dpia_required and required is None:
            self.miss("impact assessment required", (line.dpia_required,))
        return Dpia(required, line.dpia_state, line.dpia_link)


def _is_id(text: str) -> bool:
    return re.fullmatch(r"[a-z][a-z0-9_]*", text) is not None


def _email(text: str) -> str:
    found = _EMAIL.search(text)
    return found[0] if found else text


def _contact(person: Person) -> Contact | None:
    if not person:
        return None
    return Contact(
        name=person.name, email=_email(person.email), phone=person.phone, address=person.address
    )
