"""Manifests of Fides, read."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from scanner.errors import RecordError
from scanner.exchange import fidesyaml, words
from scanner.exchange.fides import CONDITIONS, SYNTHETIC
from scanner.exchange.line import Data, Flow, Held, Line, Person, Receiver, Register
from scanner.taxonomy import taxonomy

_FROM_SUBJECT: Final = {
    "customer": "customers",
    "anonymous_user": "visitors",
    "consultant": "contractors",
    "supplier_vendor": "suppliers",
    "trainee": "employees",
    "next_of_kin": "relatives",
    "visitor": "visitors",
}


def read(content: bytes, name: str) -> Register:
    """Read a manifest. Raise RecordError."""
    top = fidesyaml.load(content, name)
    parts = {
        key: [one for one in fidesyaml.listed(top.get(key)) if isinstance(one, dict)]
        for key in ("organization", "system", "dataset", "policy")
    }
    if not parts["system"] and not parts["dataset"]:
        raise RecordError(
            f"{name} holds neither system: nor dataset:; name a manifest of Fides (YAML)."
        )
    organisation = next(iter(parts["organization"]), {})
    remarks = []
    if parts["policy"]:
        remarks.append(
            f"{len(parts['policy'])} policy was not read: it speaks of uses, not of places."
        )
    if len(parts["organization"]) > 1:
        remarks.append("Only the first organization was read: a record has one.")
    lines = [line for system in parts["system"] for line in _lines(system, name)]
    owners = {
        text: system for system in parts["system"] for text in _texts(system, "dataset_references")
    }
    return Register(
        _person(organisation.get("controller"), _text(organisation, "name")),
        _person(organisation.get("data_protection_officer"), ""),
        _person(organisation.get("representative"), ""),
        tuple(lines),
        tuple(_held(dataset, owners) for dataset in parts["dataset"]),
        synthetic=SYNTHETIC in content.decode("utf-8", "replace"),
        remarks=tuple(remarks),
    )


def _text(table: Mapping[str, Any], key: str) -> str:
    value = table.get(key)
    return value.strip() if isinstance(value, str) and value.strip() not in ("null", "~") else ""


def _texts(table: Mapping[str, Any], key: str) -> list[str]:
    return [item for item in fidesyaml.listed(table.get(key)) if isinstance(item, str)]


def _person(value: object, name: str) -> Person:
    table = value if isinstance(value, dict) else {}
    return Person(
        name or _text(table, "name"),
        _text(table, "address"),
        _text(table, "email"),
        _text(table, "phone"),
    )


def _lines(system: Mapping[str, Any], file: str) -> Iterable[Line]:
    title = _text(system, "name") or _text(system, "fides_key")
    for number, one in enumerate(fidesyaml.listed(system.get("privacy_declarations")), 1):
        if isinstance(one, dict):
            yield _declared(
                system, title, one, f"Imported from {file}, system {title}, declaration {number}."
            )


def _declared(system: Mapping[str, Any], title: str, one: Mapping[str, Any], where: str) -> Line:
    name = _text(one, "name") or f"{title}: {_text(one, 'data_use')}"
    categories, limits = _texts(one, "data_categories"), _text(one, "retention_period")
    roles = {text.lower() for text in _texts(system, "responsibility")}
    receivers = words.pieces(_text(one, "third_parties"))
    transfers = words.yes(_text(system, "does_international_transfers"))
    return Line(
        name=name,
        role="processor" if roles and "controller" not in roles else "controller",
        where=where,
        department=_text(system, "administrating_department").replace("Not defined", ""),
        purposes=(_text(one, "data_use"),) if _text(one, "data_use") else (),
        joint=words.pieces(_text(system, "joint_controller_info")),
        subjects=tuple(_FROM_SUBJECT.get(text, text) for text in _texts(one, "data_subjects")),
        data=(Data("", tuple(_category(key) for key in categories), tuple(words.pieces(limits))),),
        receivers=tuple(_receiver(text) for text in receivers),
        flows=(Flow((), "; ".join(_texts(system, "legal_basis_for_transfers"))),)
        if transfers
        else (),
        measures=words.pieces(_text(system, "data_security_practices")),
        legal_basis=tuple(filter(None, (_text(one, "legal_basis_for_processing"),))),
        special_condition=_condition(_text(one, "special_category_legal_basis")),
        lia=_text(one, "impact_assessment_location"),
        automated="yes" if words.yes(_text(system, "uses_profiling")) else "",
        systems=(title,),
        dpia_required=_text(system, "requires_data_protection_assessments"),
        dpia_state=_text(system, "dpa_progress"),
        dpia_link=_text(system, "dpa_location"),
        texts=tuple(
            (key, str(value))
            for key, value in one.items()
            if isinstance(value, str | list) and value
        ),
    )


def _receiver(text: str) -> Receiver:
    head, bracket, tail = text.rpartition(" (")
    if bracket and words.one("party_kind", tail.rstrip(")")):
        return Receiver(head, tail.rstrip(")"))
    return Receiver(text)


def _condition(text: str) -> tuple[str, ...]:
    found = [n for n, said in enumerate(CONDITIONS) if words.plain(said) == words.plain(text)]
    return (f"9(2)({'abcdefghij'[found[0]]})",) if found else (text,) if text else ()


def _category(key: str) -> str:
    """Return our word for a key, where one alone is meant; else the key, which is then listed."""
    known = taxonomy()
    same = [c for c in known.categories.values() if c.fides == key]
    below = [c for c in known.categories.values() if c.fides.startswith(f"{key}.")]
    if len(same) == 1:
        return same[0].id
    groups = {category.group for category in same or below}
    return f"{known.groups[groups.pop()]} (all)" if len(groups) == 1 else key


def _held(dataset: Mapping[str, Any], owners: Mapping[str, Mapping[str, Any]]) -> Held:
    key = _text(dataset, "fides_key")
    owner = owners.get(key, {})
    kind = _text(dataset, "description").removeprefix("Declared: ")
    return Held(
        _text(dataset, "name") or key,
        _text(owner, "name") or _text(owner, "fides_key"),
        words.one("store_kind", kind) if kind else "",
        tuple(dict.fromkeys(_category(found) for found in _dataset_keys(dataset))),
    )


def _dataset_keys(table: Mapping[str, Any], depth: int = 0) -> Iterable[str]:
    yield from _texts(table, "data_categories")
    for name in ("collections", "fields"):
        for inner in fidesyaml.listed(table.get(name)):
            if isinstance(inner, dict) and depth < 20:
                yield from _dataset_keys(inner, depth + 1)
