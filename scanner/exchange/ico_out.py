"""The workbook of the ICO, written."""

from scanner.exchange import columns, words
from scanner.exchange.flattening import Parts
from scanner.exchange.grid import Sheet
from scanner.exchange.ico import CONTROLLER, PROCESSOR, SYNTHETIC
from scanner.exchange.line import Flow, Line, Receiver, Register
from scanner.ropa.types import Activity, Ropa


def render(ropa: Ropa, register: Register) -> tuple[Sheet, ...]:
    """Return the controller's and the processor's sheet."""
    parts = Parts.of(ropa)
    activities = {activity.id: activity for activity in ropa.activities}
    out = []
    for title, shape, processor in (
        ("Controller", CONTROLLER, False),
        ("Processor", PROCESSOR, True),
    ):
        head = _head(register, title)
        body = [
            tuple(_cell(line, activities[line.reference], parts, name) for _, name in shape)
            for line in register.lines
            if (line.role == "processor") is processor
        ]
        rows = (*head, tuple(name for name, _ in shape), *body)
        out.append(Sheet(title, rows, bold=frozenset({1, len(head) + 1})))
    return tuple(out)


def _head(register: Register, title: str) -> list[tuple[str, ...]]:
    people = (register.organisation, register.dpo, register.representative)
    rows: list[tuple[str, ...]] = [
        (
            title,
            "",
            "Data Protection Officer (if applicable)",
            "",
            "Representative (if applicable)",
            "",
        )
    ]
    for label, key in (
        ("Name", "name"),
        ("Address", "address"),
        ("Email", "email"),
        ("Telephone", "phone"),
    ):
        rows.append(tuple(cell for one in people for cell in (label, str(getattr(one, key)))))
    rows.append((SYNTHETIC if register.synthetic else "",))
    return rows


def _cell(line: Line, activity: Activity, parts: Parts, name: str) -> str:
    simple = {
        "department": line.department or line.name,
        "purposes": "\n".join(line.purposes),
        "on_behalf_of": "\n".join(line.on_behalf_of),
        "joint_controllers": "\n".join(line.joint),
        "data_subjects": "\n".join(line.subjects),
        "categories": data_cell(line),
        "recipients": "\n".join(receiver_cell(one) for one in line.receivers),
        "contract": contract_cell(line),
        "transfer_countries": "\n".join("; ".join(flow.places) for flow in line.flows),
        "mechanism": "\n".join(map(flow_cell, line.flows)),
        "retention": retention_cell(line),
        "measures": "\n".join(line.measures),
        "legal_basis": "\n".join(line.legal_basis),
        "special_condition": "\n".join(line.special_condition),
        "legitimate_interest": line.legitimate_interest,
        "lia": line.lia,
        "rights": "\n".join(line.rights),
        "automated_decisions": line.automated,
        "source": line.source,
        "consent_record": line.consent_record,
        "dpia_required": line.dpia_required,
        "dpia_state": line.dpia_state,
        "dpia_link": line.dpia_link,
        "breach_log": line.breach_log,
        "schedule1_condition": line.schedule1,
    }
    if name == "contract" and line.role == "processor":
        return line.contract
    if name == "system":
        return "\n".join(approved_places(activity, parts))
    return simple.get(name, "")


def data_cell(line: Line) -> str:
    """Return the groups of data, one a line: ``Label: one; two``."""
    return "\n".join(f"{_label(one.label)}: {'; '.join(one.categories)}" for one in line.data)


def retention_cell(line: Line) -> str:
    """Return the limits, one a line: ``Label: at most 90 days after account termination``."""
    return "\n".join(
        f"{_label(one.label)}: {limit}" for one in line.data for limit in one.retention
    )


def _label(text: str) -> str:
    # A colon or semicolon inside the name would end it when the cell is read again.
    return text.replace(":", " -").replace(";", ",").replace("\n", " ")


def receiver_cell(one: Receiver) -> str:
    """Return ``Name (Processor, Ireland)``."""
    inside = ", ".join(part for part in (one.kind, one.country) if part)
    return f"{one.name} ({inside})" if inside else one.name


def contract_cell(line: Line) -> str:
    """Return the contracts of the recipients, one a line, and that of the activity."""
    own = [f"{_label(one.name)}: {one.contract}" for one in line.receivers if one.contract]
    return "\n".join([*own, *([line.contract] if line.contract else [])])


def flow_cell(flow: Flow) -> str:
    """Return ``Standard contractual clauses [SCC-2021-M3]``."""
    tool = flow.mechanism or columns.NOT_STATED.capitalize()
    return f"{tool} [{flow.reference}]" if flow.reference else tool


def approved_places(activity: Activity, parts: Parts) -> list[str]:
    """Return ``Store: country`` for the sites of stores that a person approved."""
    out = []
    for store in parts.held(activity):
        if store.status == "active" and store.approved_by and store.approved_on:
            places = dict.fromkeys(site.country or site.region for site in store.sites)
            shown = ", ".join(words.said("countries", place) for place in places if place)
            out += [f"{store.name or store.id}: {shown}"] if shown else []
    return list(dict.fromkeys(out))
