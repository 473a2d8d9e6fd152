"""The Data Privacy Vocabulary 2.3 of the W3C community group, as Turtle or JSON-LD, by rdflib.

Only terms that DPV has are used. Blank descriptions carry the words of the record where DPV has
no term for them.
"""

import importlib.util
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from scanner.errors import ConfigError
from scanner.exchange import dpv_terms
from scanner.exchange.flattening import Parts
from scanner.ropa.types import Activity, Contact, Party, Retention, Ropa, Store, System, Transfer
from scanner.taxonomy import taxonomy

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import BNode, Node, URIRef

SYNTHETIC: Final = "SYNTHETIC DATA"
INSTALL: Final = (
    'The export to DPV needs rdflib; install it with: pip install "ropascan[dpv]", and try again.'
)
DPV: Final = "https://w3id.org/dpv#"
PD: Final = "https://w3id.org/dpv/pd#"
GDPR: Final = "https://w3id.org/dpv/legal/eu/gdpr#"
TECH: Final = "https://w3id.org/dpv/tech#"
LOC: Final = "https://w3id.org/dpv/loc#"


def render(ropa: Ropa, kind: str, *, base: str = "") -> bytes:
    """Return a record as ``turtle`` or ``json-ld``. Raise ConfigError without rdflib.

    ``base`` is the IRI that entries hang under; by default a URN of the organisation's id.
    """
    if importlib.util.find_spec("rdflib") is None:
        raise ConfigError(INSTALL)
    graph = _Export(ropa, base or f"urn:ropa:{ropa.organisation.id}:").graph()
    note = f"# {SYNTHETIC}\n" if ropa.synthetic and kind == "turtle" else ""
    layout: dict[str, Any] = {"indent": 2, "auto_compact": True} if kind == "json-ld" else {}
    text: str = graph.serialize(format=kind, **layout)
    return (note + text).encode("utf-8")


class _Export:
    """One graph of one record."""

    def __init__(self, ropa: Ropa, base: str) -> None:
        from rdflib import Graph, Namespace
        from rdflib.namespace import DCTERMS, RDF, XSD

        self.ropa, self.parts = ropa, Parts.of(ropa)
        self.out: Graph = Graph(bind_namespaces="none")
        self.ex, self.dpv, self.pd = Namespace(base), Namespace(DPV), Namespace(PD)
        self.gdpr, self.tech, self.loc = Namespace(GDPR), Namespace(TECH), Namespace(LOC)
        self.dct, self.rdf, self.xsd = DCTERMS, RDF, XSD
        for name in ("ex", "dpv", "pd", "tech", "loc", "dct", "rdf", "xsd"):
            self.out.bind(name, getattr(self, name))
        self.out.bind("eu-gdpr", self.gdpr)

    def graph(self) -> "Graph":
        """Return the graph."""
        record = self.node("record")
        self.typed(record, "ROPA")
        keeper = self.ropa.organisation.name or self.ropa.organisation.id
        self.said(record, self.dct.title, f"Record of processing activities of {keeper}")
        if self.ropa.synthetic:
            self.said(record, self.dct.description, SYNTHETIC)
        if self.ropa.effective:
            self.add(record, self.dct.valid, self.day(self.ropa.effective))
        self.add(record, self.dpv.hasDataController, self.organisation())
        for party in self.ropa.parties:
            self.party(party)
        for system in self.ropa.systems:
            self.system(system)
        for rule in self.ropa.retentions:
            self.retention(rule)
        for store in self.ropa.stores:
            self.store(store)
        for transfer in self.ropa.transfers:
            self.transfer(transfer)
        for activity in self.ropa.activities:
            self.add(record, self.dpv.hasPersonalDataProcess, self.activity(activity))
        return self.out

    # -- small things -----------------------------------------------------------------------------
    def node(self, *parts: str) -> "URIRef":
        return self.ex["_".join(parts)]

    def add(self, subject: "Node", predicate: Any, value: "Node") -> None:
        self.out.add((subject, predicate, value))

    def typed(self, subject: "Node", *names: str) -> None:
        for name in names:
            self.add(subject, self.rdf.type, self.dpv[name])

    def said(self, subject: "Node", predicate: Any, text: str) -> None:
        from rdflib import Literal

        if text:
            self.add(subject, predicate, Literal(text))

    def day(self, day: object) -> "Node":
        from rdflib import Literal

        return Literal(str(day), datatype=self.xsd.date)

    def blank(self, kind: str, **texts: str) -> "BNode":
        """Return a blank node of a class, with texts by name of a DCT term."""
        from rdflib import BNode

        node = BNode()
        self.typed(node, kind)
        for name, text in texts.items():
            self.said(node, self.dct[name], text)
        return node

    def place(self, code: str) -> "Node":
        # DPV names countries and regions by ISO code; of subdivisions it knows those of a few.
        return self.loc[code]

    def data(self, ids: Iterable[str]) -> Iterable["Node"]:
        known = taxonomy()
        for id_ in dict.fromkeys(ids):
            if id_ in known.groups:
                yield self.blank("PersonalData", title=f"{known.groups[id_]} (all)")
                continue
            terms = [term for term in known.categories[id_].dpv if term.startswith("pd:")]
            yield from (self.pd[term.removeprefix("pd:")] for term in terms)
            if not terms:
                yield self.blank("PersonalData", title=known.categories[id_].name)

    # -- who --------------------------------------------------------------------------------------
    def organisation(self) -> "Node":
        one, node = self.ropa.organisation, self.node("organisation", self.ropa.organisation.id)
        self.typed(node, "Organisation", "DataController")
        if any(activity.role == "processor" for activity in self.ropa.activities):
            self.typed(node, "DataProcessor")
        self.contact(node, one.name or one.id, one.address, one.email, one.phone)
        if one.country:
            self.add(node, self.dpv.hasCountry, self.place(one.country))
        for contact, predicate, kind in (
            (one.dpo, self.dpv.hasDataProtectionOfficer, "DataProtectionOfficer"),
            (one.representative, self.dpv.hasRepresentative, "Representative"),
        ):
            if contact is not None:
                self.add(node, predicate, self.person(contact, kind))
        return node

    def contact(self, node: "Node", name: str, address: str, email: str, phone: str) -> None:
        self.said(node, self.dpv.hasName, name)
        self.said(node, self.dpv.hasAddress, address)
        self.said(node, self.dpv.hasContact, email)
        self.said(node, self.dpv.hasContact, phone)

    def person(self, one: Contact, kind: str) -> "Node":
        node: Node = (
            self.node("party", one.party) if one.party in self.parts.parties else self.blank(kind)
        )
        self.typed(node, kind)
        self.contact(node, one.name, one.address, one.email, one.phone)
        return node

    def party(self, one: Party) -> None:
        node = self.node("party", one.id)
        self.typed(node, dpv_terms.PARTIES.get(one.kind, "Recipient"))
        self.contact(node, one.name or one.id, "", one.contact, "")
        self.said(node, self.dpv.hasIdentifier, one.id)
        if one.country:
            self.add(node, self.dpv.hasCountry, self.place(one.country))

    # -- where and how long -----------------------------------------------------------------------
    def system(self, one: System) -> None:
        node = self.node("system", one.id)
        self.typed(node, "Technology")
        self.said(node, self.dct.title, one.name or one.id)
        if one.hosting in dpv_terms.HOSTING:
            self.add(node, self.tech.hasProvisionMethod, self.tech[dpv_terms.HOSTING[one.hosting]])
        for place in one.countries:
            self.add(node, self.dpv.hasLocation, self.place(place))

    def store(self, one: Store) -> None:
        node = self.node("store", one.id)
        self.typed(node, "StorageCondition", "StorageLocation")
        self.said(node, self.dct.title, one.name or one.id)
        for place in dict.fromkeys(site.country or site.region for site in one.sites):
            if place:
                self.add(node, self.dpv.hasLocation, self.place(place))
        for item in self.data(self.categories(one.data_groups)):
            self.add(node, self.dpv.hasPersonalData, item)
        if one.residency:
            self.said(node, self.dct.description, f"Placed by the residency rule {one.residency}")

    def categories(self, groups: Iterable[str]) -> list[str]:
        return [id_ for group in groups for id_ in self.parts.groups[group].categories]

    def retention(self, one: Retention) -> None:
        from rdflib import Literal

        node = self.node("retention", one.id)
        self.typed(node, "StorageCondition", "StorageDuration")
        if one.then == "delete":
            self.typed(node, "StorageDeletion")
        self.said(node, self.dct.title, one.name or one.id)
        covered = one.selector.categories or self.categories(one.selector.groups)
        for item in self.data(id_ for id_ in covered if id_ not in one.excludes):
            self.add(node, self.dpv.hasPersonalData, item)
        if one.starts:
            event = self.blank("UntilEventDuration", description=one.starts.replace("_", " "))
            self.add(node, self.dpv.hasDuration, event)
        if one.period:
            length = self.blank("TemporalDuration", description=one.bound.replace("_", " "))
            self.add(length, self.rdf.value, Literal(one.period, datatype=self.xsd.duration))
            self.add(node, self.dpv.hasDuration, length)
        elif one.criteria:
            unknown = self.blank("IndeterminateDuration", description=one.criteria)
            self.add(node, self.dpv.hasDuration, unknown)

    def transfer(self, one: Transfer) -> None:
        node = self.node("transfer", one.id)
        self.typed(node, "Process")
        self.add(node, self.dpv.hasProcessing, self.dpv.CrossBorderTransfer)
        self.said(node, self.dct.title, one.name or one.id)
        for place in one.to:
            self.add(node, self.dpv.hasThirdCountry, self.place(place))
        for place in one.from_:
            self.add(node, self.dpv.hasLocation, self.place(place))
        for tool in dict.fromkeys((one.mechanism, *(tool for _, tool in one.mechanisms))):
            if tool in dpv_terms.TOOLS:
                self.add(node, self.dpv.hasLegalBasis, self.gdpr[dpv_terms.TOOLS[tool]])
            elif tool:
                basis = self.blank("DataTransferLegalBasis", title=tool.replace("_", " "))
                self.add(node, self.dpv.hasLegalBasis, basis)
        for id_, predicate in (
            (one.exporter, self.dpv.hasDataExporter),
            (one.importer, self.dpv.hasDataImporter),
        ):
            if id_:
                kind = "party" if id_ in self.parts.parties else "organisation"
                self.add(node, predicate, self.node(kind, id_))
        for item in self.data(self.categories(one.data_groups)):
            self.add(node, self.dpv.hasPersonalData, item)

    # -- what and why -----------------------------------------------------------------------------
    def activity(self, one: Activity) -> "Node":
        node = self.node("activity", one.id)
        self.typed(node, "PersonalDataProcess")
        self.said(node, self.dct.title, one.name or one.id)
        self.said(node, self.dpv.hasIdentifier, one.id)
        self.add(node, self.dpv.hasActivityStatus, self.dpv[dpv_terms.STATUS[one.status]])
        for predicate, day in ((self.dct.created, one.created), (self.dct.modified, one.reviewed)):
            if day:
                self.add(node, predicate, self.day(day))
        for text in one.purposes:
            self.add(node, self.dpv.hasPurpose, self.blank("Purpose", description=text))
        for text in one.processing:
            self.add(node, self.dpv.hasProcessing, self.blank("Processing", description=text))
        self.roles(node, one)
        self.people(node, one)
        for item in self.data(self.categories(one.data_groups)):
            self.add(node, self.dpv.hasPersonalData, item)
        self.bases(node, one)
        self.safety(node, one)
        for id_ in one.transfers:
            self.add(node, self.dpv.hasProcess, self.node("transfer", id_))
        if one.automated_decisions:
            self.add(
                node,
                self.dpv.hasProcessingCondition,
                self.blank("AutomatedDecisionMaking", description=one.automated_decisions),
            )
        if one.source:
            self.add(node, self.dpv.hasDataSource, self.blank("DataSource", description=one.source))
        if one.dpia is not None:
            impact = self.blank("DPIA", description=one.dpia.state, source=one.dpia.link)
            self.add(node, self.dpv.hasImpactAssessment, impact)
        for text in one.rights:
            self.add(node, self.dpv.hasRight, self.blank("DataSubjectRight", title=text))
        return node

    def roles(self, node: "Node", one: Activity) -> None:
        mine = self.node("organisation", self.ropa.organisation.id)
        if one.role == "processor":
            self.add(node, self.dpv.hasDataProcessor, mine)
            for name in one.on_behalf_of:
                controller = self.blank("DataController")
                self.said(controller, self.dpv.hasName, name)
                self.add(node, self.dpv.hasDataController, controller)
        else:
            self.add(node, self.dpv.hasDataController, mine)
        if one.role == "joint_controller":
            for joint in self.ropa.organisation.joint_controllers:
                if joint.party:
                    self.add(
                        node, self.dpv.hasJointDataControllers, self.node("party", joint.party)
                    )
        if one.department:
            unit = self.blank("OrganisationalUnit", title=one.department)
            self.add(node, self.dpv.hasResponsibleEntity, unit)

    def people(self, node: "Node", one: Activity) -> None:
        for id_ in one.data_subjects:
            known = dpv_terms.SUBJECTS.get(id_)
            value = (
                self.dpv[known] if known else self.blank("DataSubject", title=id_.replace("_", " "))
            )
            self.add(node, self.dpv.hasDataSubject, value)
        for id_ in one.recipients:
            party = self.parts.parties[id_]
            processor = party.kind in ("processor", "sub_processor")
            predicate = self.dpv.hasDataProcessor if processor else self.dpv.hasRecipient
            self.add(node, predicate, self.node("party", id_))

    def bases(self, node: "Node", one: Activity) -> None:
        for id_ in one.legal_basis:
            term = dpv_terms.BASES.get(id_)
            basis = (
                self.gdpr[term] if term else self.blank("LegalBasis", title=id_.replace("_", " "))
            )
            self.add(node, self.dpv.hasLegalBasis, basis)
        for id_ in one.special_condition:
            if re.fullmatch("A9-2-[a-j]", id_):
                self.add(node, self.dpv.hasLegalBasis, self.gdpr[id_])
        if one.legitimate_interest:
            interest = self.blank("LegitimateInterest", description=one.legitimate_interest)
            self.add(node, self.dpv.hasLegalBasis, interest)

    def safety(self, node: "Node", one: Activity) -> None:
        stores = self.parts.held(one)
        systems = self.parts.systems(one)
        measures = [m for system in systems for m in system.measures]
        for id_ in dict.fromkeys((*measures, *(m for store in stores for m in store.measures))):
            known = dpv_terms.MEASURES.get(id_)
            value = (
                self.dpv[known]
                if known
                else self.blank("TechnicalOrganisationalMeasure", title=id_)
            )
            self.add(node, self.dpv.hasTechnicalOrganisationalMeasure, value)
        for system in systems:
            self.add(node, self.dpv.isImplementedUsingTechnology, self.node("system", system.id))
        for store in stores:
            self.add(node, self.dpv.hasStorageCondition, self.node("store", store.id))
        rules = [
            rule
            for id_ in one.data_groups
            for rule in self.parts.rules(one, self.parts.groups[id_])
        ]
        for rule in rules:
            self.add(node, self.dpv.hasStorageCondition, self.node("retention", rule.id))
