"""Rows under a header: which column says what, and how a row of cells becomes a line.

The workbook of the ICO, one-line-a-category CSV of the CNIL and home-made tables behind a mapping
file differ in their headers only.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from scanner.exchange import words
from scanner.exchange.grid import Sheet
from scanner.exchange.line import Data, Flow, Line, Receiver

FIELDS: Final = (
    "name", "reference", "role", "department", "owner", "purposes", "on_behalf_of",
    "joint_controllers", "data_subjects", "group", "categories", "sensitive", "recipients",
    "recipient_type", "recipient_country", "contract", "transfer_countries", "mechanism",
    "retention", "measures", "legal_basis", "special_condition", "legitimate_interest", "lia",
    "rights", "automated_decisions", "source", "consent_record", "system", "dpia_required",
    "dpia_state", "dpia_link", "breach_log", "schedule1_condition", "created", "reviewed",
)  # fmt: skip
"""What a column may say."""

_AS_WRITTEN: Final = (
    "reference", "department", "owner", "legitimate_interest", "lia", "source", "consent_record",
    "dpia_required", "dpia_state", "dpia_link", "breach_log", "created", "reviewed",
)  # fmt: skip
NOT_STATED: Final = "not stated"
_LABELLED = re.compile(r"([^:;\n]{2,120}):\s+(.+)", re.S)
_BRACKETS = re.compile(r"(.*\S)\s*\[([^\]]*)\]")
_ROUND = re.compile(r"(.*\S)\s*\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table begins and what its columns say.

    ``fields`` maps a column (from 0) to a field; ``titles`` holds the header as written.
    """

    header: int
    fields: Mapping[int, str]
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cells:
    """One row by field: the texts of every column that says the same."""

    by_field: Mapping[str, tuple[str, ...]] = field(repr=False)

    def text(self, name: str) -> str:
        """Return the texts of a field, one a line."""
        return "\n".join(self.by_field.get(name, ()))

    def items(self, name: str, separators: str = "") -> tuple[str, ...]:
        """Return the items of a field, cut at line breaks, semicolons and bullets."""
        text = self.text(name)
        if separators:
            text = re.sub(f"[{re.escape(separators)}]", "\n", text)
        return tuple(item for item in words.pieces(text) if words.plain(item) != NOT_STATED)


def find(
    sheet: Sheet, headers: Mapping[str, Iterable[str]], least: int = 4, rows: int = 40
) -> Layout | None:
    """Find the row that holds at least so many known headers, among the first rows."""
    known = {words.plain(form): name for name, forms in headers.items() for form in forms}
    best: Layout | None = None
    for number, row in enumerate(sheet.rows[:rows]):
        fields = {
            column: name
            for column, cell in enumerate(row)
            if (name := _field(cell, known)) and (column == 0 or row[column - 1] != cell)
        }
        if len(set(fields.values())) >= least and (not best or len(fields) > len(best.fields)):
            best = Layout(number, fields, row)
    return best


def _field(cell: str, known: Mapping[str, str]) -> str:
    text = re.sub(r"\((?:if|si|where)[^)]*\)", " ", cell)
    plain = words.plain(text)
    return known.get(plain) or known.get(plain.removesuffix("s")) or known.get(f"{plain}s") or ""


def rows(sheet: Sheet, layout: Layout) -> Iterable[tuple[int, Cells, tuple[tuple[str, str], ...]]]:
    """Yield the rows under the header: number from 1, cells by field, and the texts as read."""
    for number, row in enumerate(sheet.rows[layout.header + 1 :], layout.header + 2):
        by_field: dict[str, list[str]] = {}
        for column, name in layout.fields.items():
            if column < len(row) and row[column].strip():
                by_field.setdefault(name, []).append(row[column].strip())
        if not by_field:
            continue
        texts = tuple(
            (title, cell)
            for title, cell in zip(layout.titles, row, strict=False)
            if title.strip() and cell.strip()
        )
        yield number, Cells({name: tuple(held) for name, held in by_field.items()}), texts


def line(
    cells: Cells, where: str, texts: Sequence[tuple[str, str]], role: str = "controller"
) -> Line:
    """Return the line that a row of cells says."""
    data = _data(cells)
    name = cells.text("name")
    purposes = cells.items("purposes")
    said_role = _role(cells.text("role")) or role
    joint = cells.items("joint_controllers")
    if joint and said_role == "controller" and not _none(joint):
        said_role = "joint_controller"
    receivers, contract = _receivers(cells)
    same: dict[str, Any] = {field: cells.text(field) for field in _AS_WRITTEN}
    return Line(
        name=name or next(iter(purposes), "")[:120],
        role=said_role,
        where=where,
        purposes=purposes,
        on_behalf_of=cells.items("on_behalf_of"),
        joint=() if _none(joint) else joint,
        subjects=cells.items("data_subjects"),
        data=data,
        receivers=receivers,
        contract=contract,
        flows=_flows(cells),
        measures=cells.items("measures"),
        legal_basis=cells.items("legal_basis"),
        special_condition=cells.items("special_condition"),
        rights=cells.items("rights"),
        automated=cells.text("automated_decisions"),
        systems=cells.items("system"),
        schedule1=cells.text("schedule1_condition"),
        texts=tuple(texts),
        **same,
    )


def _none(items: Sequence[str]) -> bool:
    return all(words.yes(item) is False for item in items)


def _role(text: str) -> str:
    kind = words.one("party_kind", text) if text else ""
    return {"sub_processor": "processor"}.get(kind, kind) if kind in (
        "controller", "joint_controller", "processor", "sub_processor") else ""  # fmt: skip


def labelled(items: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Split ``label: text`` items by label; those without one stand under an empty label."""
    out: dict[str, tuple[str, ...]] = {}
    for item in items:
        match = _LABELLED.fullmatch(item)
        key, text = (match[1].strip(), match[2]) if match else ("", item)
        out[key] = (*out.get(key, ()), text)
    return out


def _data(cells: Cells) -> tuple[Data, ...]:
    lines = cells.text("categories").split("\n")
    groups = labelled(part for part in lines if part.strip())
    if cells.text("group"):
        groups = {cells.text("group"): tuple(part for part in lines if part.strip())}
    sensitive = tuple(s for s in cells.items("sensitive") if words.yes(s) is None)
    if sensitive:
        groups[""] = (*groups.get("", ()), *sensitive)
    limits = labelled(part for part in cells.text("retention").split("\n") if part.strip())
    for_all = limits.pop("", ())
    names = {words.plain(label): label for label in groups}
    own: dict[str, tuple[str, ...]] = {}
    for label, texts in limits.items():
        if words.plain(label) in names:
            own[names[words.plain(label)]] = texts
        else:  # the label names no group: it is part of the sentence
            for_all = (*for_all, *(f"{label}: {text}" for text in texts))
    return tuple(
        Data(label, texts, (*own.get(label, ()), *for_all)) for label, texts in groups.items()
    )


def _receivers(cells: Cells) -> tuple[tuple[Receiver, ...], str]:
    kind, country = cells.text("recipient_type"), cells.text("recipient_country")
    receivers = [_receiver(text, kind, country) for text in cells.items("recipients")]
    receivers = [one for one in receivers if words.yes(one.name) is None]
    contracts = labelled(cells.items("contract"))
    left = contracts.pop("", ())
    for label, texts in contracts.items():
        at = next(
            (n for n, one in enumerate(receivers) if words.plain(one.name) == words.plain(label)),
            None,
        )
        if at is None:
            left = (*left, *(f"{label}: {text}" for text in texts))
        else:
            receivers[at] = replace(receivers[at], contract="; ".join(texts))
    return tuple(receivers), "\n".join(left)


def _receiver(text: str, kind: str, country: str) -> Receiver:
    """Read ``Name (Processor, Ireland)``; brackets that say neither are part of the name."""
    match = _ROUND.fullmatch(text)
    parts = [part.strip() for part in match[2].split(",")] if match else []
    kinds = [part for part in parts if words.one("party_kind", part)]
    places = [part for part in parts if words.one("countries", part)]
    if match and len(kinds) + len(places) == len(parts):
        return Receiver(match[1], "".join(kinds[:1]) or kind, "".join(places[:1]) or country)
    return Receiver(text, kind, country)


def _flows(cells: Cells) -> tuple[Flow, ...]:
    places = [p for p in cells.text("transfer_countries").split("\n") if p.strip()]
    tools = [t for t in cells.text("mechanism").split("\n") if t.strip()]
    places = [place for place in places if words.yes(place) is None]
    if len(places) == len(tools):
        pairs = list(zip(places, tools, strict=True))
    elif len(tools) == 1 or not tools:
        pairs = [(place, "".join(tools)) for place in places] or [("", tool) for tool in tools]
    else:
        # Which safeguard is for which country cannot be told: the words are kept and listed.
        pairs = [(place, "; ".join(tools)) for place in places]
    return tuple(_flow(place, tool) for place, tool in pairs)


def _flow(place: str, tool: str) -> Flow:
    match = _BRACKETS.fullmatch(tool.strip())
    name, reference = (match[1], match[2]) if match else (tool.strip(), "")
    if words.plain(name) == NOT_STATED or words.yes(name) is not None:
        name = ""
    return Flow((place,), name, reference)


def merged(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Join lines of one activity: what each says of data, recipients and transfers is added."""
    out: dict[str, Line] = {}
    for number, one in enumerate(lines):
        key = words.plain(one.reference or one.name) or f"row {number}"
        known = out.get(key)
        out[key] = _joined(known, one) if known else one
    return tuple(out.values())


_TUPLES: Final = (
    "purposes", "on_behalf_of", "joint", "subjects", "data", "receivers", "flows", "measures",
    "legal_basis", "special_condition", "rights", "systems", "texts",
)  # fmt: skip


def _joined(first: Line, second: Line) -> Line:
    lists = {
        name: tuple(dict.fromkeys((*getattr(first, name), *getattr(second, name))))
        for name in _TUPLES
    }
    empty = {
        name: getattr(second, name)
        for name in Line.__dataclass_fields__
        if name not in _TUPLES and not getattr(first, name)
    }
    changes: dict[str, Any] = {**lists, **empty}
    return replace(first, **changes)
