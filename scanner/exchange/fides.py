"""Manifests of Fides: ``organization``, ``system`` and ``dataset`` in one YAML file, written.

What Fides has no place for stands under ``meta.ropascan`` of each system; it is for people and
other tools and is not read back, as the format's own keys are what other people edit.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from scanner.exchange import fidesyaml, words
from scanner.exchange.flattening import Parts
from scanner.exchange.line import Line, Person, Register
from scanner.ropa.types import Activity, Ropa, System
from scanner.taxonomy import taxonomy

SYNTHETIC: Final = "SYNTHETIC DATA"

_SUBJECTS: Final = {
    "customer_admin": "customer",
    "customer_user": "customer",
    "subscriber": "customer",
    "payer": "customer",
    "prospect": "prospect",
    "site_visitor": "visitor",
    "employee": "employee",
    "job_applicant": "job_applicant",
    "supplier_contact": "supplier_vendor",
    "patient": "patient",
}
_BASES: Final = {
    "consent": "Consent",
    "contract": "Contract",
    "legal_obligation": "Legal obligations",
    "vital_interests": "Vital interests",
    "public_task": "Public interest",
    "legitimate_interests": "Legitimate interests",
}
CONDITIONS: Final = (
    "Explicit consent",
    "Employment, social security and social protection",
    "Vital interests",
    "Not-for-profit bodies",
    "Made public by the data subject",
    "Legal claims or judicial acts",
    "Reasons of substantial public interest (with a basis in law)",
    "Health or social care (with a basis in law)",
    "Public health (with a basis in law)",
    "Archiving, research and statistics (with a basis in law)",
)
_TRANSFERS: Final = {"adequacy": "Adequacy Decision", "scc": "SCCs", "bcr": "BCRs"}
_ROLES: Final = {
    "controller": "Controller",
    "joint_controller": "Controller",
    "processor": "Processor",
}
# A purpose is free text here and a key there: the first word that is found decides.
_USES: Final = (
    ("essential.service.payment_processing", ("invoice", "billing", "payment", "facturation")),
    ("essential.fraud_detection", ("fraud", "abuse")),
    ("essential.service.security", ("security", "securite", "investigat")),
    ("employment.recruitment", ("recruit", "candidat")),
    ("employment", ("payroll", "staff", "human resources", "paie", "personnel")),
    ("marketing.communications", ("marketing", "newsletter", "promotion", "prospection")),
    ("essential.service.operations.support", ("support", "troubleshoot", "help desk")),
    ("essential.service.operations.improve", ("improve", "optimis")),
    ("analytics.reporting", ("statistic", "analytic", "measure", "audience")),
    ("essential.service.authentication", ("authenticat", "sign in")),
    ("essential.legal_obligation", ("legal obligation", "obligation legale")),
)
_DEFAULT_USE: Final = "essential.service"


def render(ropa: Ropa, register: Register) -> bytes:
    """Return a manifest that Fides' own models accept."""
    parts = Parts.of(ropa)
    lines = {line.reference: line for line in register.lines}
    organisation = ropa.organisation
    systems = [_system(parts, system, lines) for system in ropa.systems]
    served = {id_ for system in ropa.systems for id_ in system.activities}
    systems += [
        _alone(parts, activity, lines[activity.id])
        for activity in ropa.activities
        if activity.id not in served and activity.id in lines
    ]
    note = f" {SYNTHETIC}." if ropa.synthetic else ""
    manifest = {
        "organization": [
            _bare(
                fides_key=organisation.id,
                name=register.organisation.name,
                description=f"Record of processing activities.{note}",
                controller=_contact(register.organisation),
                data_protection_officer=_contact(register.dpo),
                representative=_contact(register.representative),
            )
        ],
        "data_subject": _own_subjects(ropa),
        "system": [{**system, "organization_fides_key": organisation.id} for system in systems],
        "dataset": [
            {**dataset, "organization_fides_key": organisation.id}
            for dataset in _datasets(ropa, parts)
        ],
    }
    head = f"# {SYNTHETIC}\n" if ropa.synthetic else ""
    return (head + fidesyaml.dump({k: v for k, v in manifest.items() if v})).encode("utf-8")


def _bare(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", [], {}, ())}


def _contact(person: Person) -> dict[str, str]:
    return _bare(name=person.name, address=person.address, email=person.email, phone=person.phone)


def _own_subjects(ropa: Ropa) -> list[dict[str, Any]]:
    used = {id_ for activity in ropa.activities for id_ in activity.data_subjects}
    return [
        {"fides_key": id_, "name": words.said("data_subjects", id_).capitalize()}
        for id_ in sorted(used - _SUBJECTS.keys())
    ]


def _system(parts: Parts, system: System, lines: Mapping[str, Line]) -> dict[str, Any]:
    activities = [a for a in parts.ropa.activities if a.id in system.activities and a.id in lines]
    stores = parts.stores.get(system.id, ())
    meta = {
        "hosting": system.hosting,
        "countries": list(system.countries),
        "access_from": list(system.access_from),
        "stores": [
            _bare(id=s.id, kind=s.kind, places=[p.country or p.region for p in s.sites])
            for s in stores
        ],
    }
    return {
        **_bare(
            fides_key=system.id,
            name=system.name or system.id,
            description=SYNTHETIC if parts.ropa.synthetic else "",
            system_type="Service",
            administrating_department=next((a.department for a in activities if a.department), ""),
            dataset_references=[s.id for s in stores if s.data_groups],
            data_security_practices="; ".join(words.said("measures", m) for m in system.measures),
            meta={"ropascan": _bare(**meta)},
        ),
        **_shared(parts, activities, [lines[a.id] for a in activities]),
    }


def _alone(parts: Parts, activity: Activity, line: Line) -> dict[str, Any]:
    """Return a system that stands for an activity that no system is declared for."""
    return {
        "fides_key": f"{activity.id}_system",
        "name": f"{line.name} (system not named)",
        "system_type": "Service",
        **_bare(administrating_department=activity.department),
        **_shared(parts, [activity], [line]),
    }


def _shared(parts: Parts, activities: Sequence[Activity], lines: Sequence[Line]) -> dict[str, Any]:
    flows = [parts.transfers[id_] for activity in activities for id_ in activity.transfers]
    tools = [m for flow in flows for m in ({flow.mechanism} | {m for _, m in flow.mechanisms}) if m]
    dpia = [activity.dpia for activity in activities if activity.dpia]
    out = _bare(
        responsibility=sorted({_ROLES[activity.role] for activity in activities}),
        legal_basis_for_transfers=sorted({_TRANSFERS.get(tool, "Other") for tool in tools}),
        dpa_location=next((one.link for one in dpia if one.link), ""),
        dpa_progress=next((one.state for one in dpia if one.state), ""),
        joint_controller_info="; ".join(
            dict.fromkeys(name for line in lines for name in line.joint)
        ),
    )
    return {
        **out,
        "does_international_transfers": bool(flows),
        "requires_data_protection_assessments": any(one.required for one in dpia),
        "uses_profiling": any(
            words.yes(a.automated_decisions) is not False and bool(a.automated_decisions)
            for a in activities
        ),
        "privacy_declarations": [
            _declaration(parts, a, line) for a, line in zip(activities, lines, strict=True)
        ],
    }


def _declaration(parts: Parts, activity: Activity, line: Line) -> dict[str, Any]:
    groups = [parts.groups[id_] for id_ in activity.data_groups]
    condition = activity.special_condition[:1]
    limits = [f"{data.label}: {text}" for data in line.data for text in data.retention]
    named = [f"{one.name} ({one.kind})" if one.kind else one.name for one in line.receivers]
    out = _bare(
        legal_basis_for_processing=next(
            (_BASES[b] for b in activity.legal_basis if b in _BASES), ""
        ),
        special_category_legal_basis=CONDITIONS["abcdefghij".index(condition[0][-1])]
        if condition
        else "",
        impact_assessment_location=line.lia,
        retention_period="; ".join(limits),
        third_parties="; ".join(named),
    )
    return {
        "name": line.name,
        "data_categories": _keys(id_ for group in groups for id_ in group.categories),
        "data_use": _use(" ".join((*line.purposes, line.name))),
        "data_subjects": list(
            dict.fromkeys(_SUBJECTS.get(id_, id_) for id_ in activity.data_subjects)
        ),
        "processes_special_category_data": bool(condition),
        "data_shared_with_third_parties": bool(named),
        **out,
    }


def _keys(ids: Iterable[str]) -> list[str]:
    known = taxonomy()
    leaves = known.leaves(ids)
    return sorted({known.categories[id_].fides for id_ in leaves if known.categories[id_].fides})


def _use(text: str) -> str:
    flat = words.plain(text)
    return next((use for use, signs in _USES if any(sign in flat for sign in signs)), _DEFAULT_USE)


def _datasets(ropa: Ropa, parts: Parts) -> list[dict[str, Any]]:
    """Return the stores: each declared data group is a collection, each category a field."""
    return [
        {
            "fides_key": store.id,
            "name": store.name or store.id,
            "description": f"Declared: {store.kind}",
            "collections": [
                {
                    "name": group,
                    "fields": [
                        {"name": id_, "data_categories": keys}
                        for id_ in sorted(taxonomy().leaves(parts.groups[group].categories))
                        if (keys := _keys((id_,)))
                    ],
                }
                for group in store.data_groups
            ],
        }
        for store in ropa.stores
        if store.data_groups
    ]
