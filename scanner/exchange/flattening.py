"""From a record to a register in the words of people: one line an activity."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from scanner.exchange import durations, words
from scanner.exchange.line import Data, Flow, Line, Person, Receiver, Register
from scanner.ropa.types import (
    Activity,
    Contact,
    DataGroup,
    Party,
    Retention,
    Ropa,
    Store,
    System,
    Transfer,
)

_KIND: Final = {
    "sub_processor": "Sub-processor",
    "joint_controller": "Joint controller",
    "affiliate": "Group company",
}


@dataclass(frozen=True, slots=True)
class Parts:
    """The record's entries by id, and which system serves which activity."""

    ropa: Ropa
    groups: Mapping[str, DataGroup]
    parties: Mapping[str, Party]
    transfers: Mapping[str, Transfer]
    stores: Mapping[str, tuple[Store, ...]]  # by system

    @classmethod
    def of(cls, ropa: Ropa) -> "Parts":
        """Index a record."""
        stores: dict[str, tuple[Store, ...]] = {}
        for store in ropa.stores:
            stores[store.system] = (*stores.get(store.system, ()), store)
        return cls(
            ropa,
            {group.id: group for group in ropa.data_groups},
            {party.id: party for party in ropa.parties},
            {transfer.id: transfer for transfer in ropa.transfers},
            stores,
        )

    def systems(self, activity: Activity) -> tuple[System, ...]:
        """Return the systems that serve an activity."""
        return tuple(s for s in self.ropa.systems if activity.id in s.activities)

    def held(self, activity: Activity) -> tuple[Store, ...]:
        """Return the stores of an activity: of its systems, holding one of its data groups."""
        mine = set(activity.data_groups)
        return tuple(
            store
            for system in self.systems(activity)
            for store in self.stores.get(system.id, ())
            if not mine or mine & set(store.data_groups) or store.backup_of
        )

    def rules(self, activity: Activity, group: DataGroup) -> tuple[Retention, ...]:
        """Return the retention rules that speak of a data group of an activity."""
        stores = {store.id for store in self.held(activity)}
        return tuple(
            rule
            for rule in self.ropa.retentions
            if (group.id in rule.selector.groups)
            or (not rule.selector.groups and set(rule.selector.categories) & set(group.categories))
            or (
                not rule.selector.groups
                and not rule.selector.categories
                and set(rule.selector.stores) & stores
            )
        )


def flatten(ropa: Ropa, *, internal: bool = True) -> Register:
    """Return a record as a register. ``internal = False`` leaves out what is not the authority's.

    That is: owners, and links to assessments of interests, consent records and breach logs.
    """
    parts = Parts.of(ropa)
    organisation = ropa.organisation
    return Register(
        organisation=Person(
            organisation.name or organisation.id,
            organisation.address,
            organisation.email,
            organisation.phone,
            words.said("countries", organisation.country) if organisation.country else "",
        ),
        dpo=_person(organisation.dpo, parts),
        representative=_person(organisation.representative, parts),
        lines=tuple(_line(activity, parts, internal) for activity in ropa.activities),
        synthetic=ropa.synthetic,
    )


def _person(contact: Contact | None, parts: Parts) -> Person:
    if contact is None:
        return Person()
    party = parts.parties.get(contact.party)
    return Person(
        contact.name or (party.name if party else ""),
        contact.address,
        contact.email or (party.contact if party else ""),
        contact.phone,
        words.said("countries", party.country) if party and party.country else "",
    )


def _line(activity: Activity, parts: Parts, internal: bool) -> Line:
    systems = parts.systems(activity)
    joint = parts.ropa.organisation.joint_controllers if activity.role == "joint_controller" else ()
    receivers = tuple(_receiver(parts.parties[id_]) for id_ in activity.recipients)
    measures = [*(m for s in systems for m in s.measures)]
    measures += [m for store in parts.held(activity) for m in store.measures]
    return Line(
        name=activity.name or activity.id,
        reference=activity.id,
        role=activity.role,
        department=activity.department,
        owner=activity.owner if internal else "",
        purposes=activity.processing if activity.role == "processor" else activity.purposes,
        on_behalf_of=activity.on_behalf_of,
        joint=tuple(_name(parts, one.party) for one in joint),
        subjects=_said("data_subjects", activity.data_subjects),
        data=tuple(_data(parts, activity, parts.groups[id_]) for id_ in activity.data_groups),
        receivers=receivers,
        contract=activity.contract,
        flows=tuple(
            flow for id_ in activity.transfers for flow in _flows(parts, parts.transfers[id_])
        ),
        measures=_said("measures", measures),
        legal_basis=_said("legal_basis", activity.legal_basis),
        special_condition=tuple(_condition(item) for item in activity.special_condition),
        legitimate_interest=activity.legitimate_interest,
        lia=activity.lia if internal else "",
        rights=activity.rights,
        automated=activity.automated_decisions,
        source=activity.source,
        consent_record=activity.consent_record if internal else "",
        systems=tuple(dict.fromkeys(system.name or system.id for system in systems)),
        dpia_required=_yes(activity),
        dpia_state=activity.dpia.state if activity.dpia else "",
        dpia_link=activity.dpia.link if activity.dpia and internal else "",
        breach_log=activity.breach_log if internal else "",
        schedule1=activity.schedule1_condition,
        created=_day(activity.created),
        reviewed=_day(activity.reviewed),
    )


def _said(kind: str, ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(words.said(kind, id_) for id_ in dict.fromkeys(ids))


def _condition(id_: str) -> str:
    return f"Article 9(2)({id_[-1]})"


def _yes(activity: Activity) -> str:
    required = activity.dpia.required if activity.dpia else None
    return "" if required is None else "Yes" if required else "No"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _name(parts: Parts, id_: str) -> str:
    party = parts.parties.get(id_)
    return (party.name or party.id) if party else parts.ropa.organisation.name or id_


def _data(parts: Parts, activity: Activity, group: DataGroup) -> Data:
    rules = parts.rules(activity, group)
    return Data(
        group.name or group.id,
        _said("categories", group.categories),
        tuple(dict.fromkeys(_limit(rule) for rule in rules)),
    )


def _limit(rule: Retention) -> str:
    text = durations.said(rule)
    if not rule.selector.categories:
        return text
    return f"{', '.join(_said('categories', rule.selector.categories))}: {text}"


def _receiver(party: Party) -> Receiver:
    return Receiver(
        party.name or party.id,
        _KIND.get(party.kind, party.kind.replace("_", " ").capitalize()),
        words.said("countries", party.country) if party.country else "",
        party.contract,
    )


def _flows(parts: Parts, transfer: Transfer) -> Iterable[Flow]:
    """Yield one flow for each safeguard: destinations under the same one stay together."""
    pairs: dict[str, list[str]] = {}
    for pair, mechanism in transfer.mechanisms:
        place = next((to for to in transfer.to if pair.endswith(f"-{to}")), "")
        pairs.setdefault(mechanism, []).extend([place] if place else [])
    if transfer.mechanism or not pairs:
        pairs = {transfer.mechanism: list(transfer.to)}
    left = [to for to in transfer.to if not any(to in places for places in pairs.values())]
    if left:
        pairs[""] = left
    importer = _name(parts, transfer.importer) if transfer.importer else ""
    for mechanism, places in pairs.items():
        yield Flow(
            _said("countries", places),
            words.said("mechanism", mechanism) if mechanism else "",
            transfer.reference,
            transfer.name or transfer.id,
            importer,
        )
