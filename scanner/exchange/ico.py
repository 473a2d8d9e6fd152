"""The register template of the Information Commissioner's Office: 30 columns, two sheets.

The same columns as CSV are read and written too. Columns 20 (location) and 29 (retained and
erased as the policy says) are conclusions: the first is written from sites of stores that a
person approved, the second never.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from scanner.errors import RecordError
from scanner.exchange import columns, words
from scanner.exchange.grid import Book, Sheet
from scanner.exchange.line import Line, Person, Register

SYNTHETIC: Final = "SYNTHETIC DATA"

CONTROLLER: Final[tuple[tuple[str, str], ...]] = (
    ("Business function", "department"),
    ("Purpose of processing", "purposes"),
    ("Name and contact details of joint controller (if applicable)", "joint_controllers"),
    ("Categories of individuals", "data_subjects"),
    ("Categories of personal data", "categories"),
    ("Categories of recipients", "recipients"),
    ("Link to contract with processor", "contract"),
    (
        "Names of third countries or international organisations that personal data are "
        "transferred to (if applicable)",
        "transfer_countries",
    ),
    (
        "Safeguards for exceptional transfers of personal data to third countries or "
        "international organisations (if applicable)",
        "mechanism",
    ),
    ("Retention schedule (if possible)", "retention"),
    (
        "General description of technical and organisational security measures (if possible)",
        "measures",
    ),
    ("Article 6 lawful basis for processing personal data", "legal_basis"),
    ("Article 9 condition for processing special category data", "special_condition"),
    ("Legitimate interests for the processing (if applicable)", "legitimate_interest"),
    ("Link to record of legitimate interests assessment (if applicable)", "lia"),
    ("Rights available to individuals", "rights"),
    (
        "Existence of automated decision-making, including profiling (if applicable)",
        "automated_decisions",
    ),
    ("The source of the personal data (if applicable)", "source"),
    ("Link to record of consent", "consent_record"),
    ("Location of personal data", "system"),
    ("Data Protection Impact Assessment required?", "dpia_required"),
    ("Data Protection Impact Assessment progress", "dpia_state"),
    ("Link to Data Protection Impact Assessment", "dpia_link"),
    ("Has a personal data breach occurred?", ""),
    ("Link to record of personal data breach", "breach_log"),
    ("Data Protection Act 2018 Schedule 1 Condition for processing", "schedule1_condition"),
    ("GDPR Article 6 lawful basis for processing", ""),
    ("Link to retention and erasure policy document", ""),
    ("Is personal data retained and erased in accordance with the policy document?", ""),
    ("Reasons for not adhering to policy document (if applicable)", ""),
)
PROCESSOR: Final[tuple[tuple[str, str], ...]] = (
    ("Name and contact details of controller", "on_behalf_of"),
    ("Categories of processing", "purposes"),
    CONTROLLER[7],
    CONTROLLER[8],
    CONTROLLER[10],
    ("Link to contract with controller", "contract"),
)
# Other headers under which the same is written.
_ALSO: Final[Mapping[str, tuple[str, ...]]] = {
    "department": ("business area", "department", "function"),
    "purposes": ("purpose", "purposes", "purposes of processing", "purpose of the processing"),
    "joint_controllers": ("joint controller", "name and contact details of joint controllers"),
    "data_subjects": ("categories of data subjects", "data subjects", "individuals"),
    "categories": ("personal data", "categories of data", "data categories"),
    "recipients": ("recipients", "recipient"),
    "contract": (
        "contract with processor",
        "link to contract",
        "link to contracts with processors",
    ),
    "transfer_countries": (
        "names of third countries or international organisations",
        "names of third countries or international organisations that personal data is "
        "transferred to",
        "third countries",
        "international transfers",
        "transfers",
    ),
    "mechanism": (
        "safeguards",
        "transfer safeguards",
        "safeguards for transfers of personal data to third countries or international "
        "organisations",
        "safeguards for exceptional transfers",
    ),
    "retention": ("retention", "retention period", "retention schedule"),
    "measures": (
        "security measures",
        "technical and organisational security measures",
        "general description of technical and organisational measures",
    ),
    "legal_basis": (
        "lawful basis",
        "article 6 lawful basis",
        "legal basis",
        "gdpr article 6 lawful basis for processing",
    ),
    "special_condition": (
        "article 9 condition",
        "special category condition",
        "article 9 basis for processing special category data",
    ),
    "on_behalf_of": (
        "controller",
        "controllers",
        "name of controller",
        "name and contact details of each controller",
    ),
    "source": ("source of the personal data", "source"),
    "name": ("processing activity", "name of processing activity", "activity"),
    "reference": ("reference", "ref", "id"),
    "system": ("location of the personal data", "system", "location"),
}
_SECTIONS: Final = {
    "controller": "organisation",
    "processor": "organisation",
    "data protection officer": "dpo",
    "representative": "representative",
}
_LABELS: Final = {
    "name": "name",
    "address": "address",
    "email": "email",
    "e mail": "email",
    "telephone": "phone",
    "phone": "phone",
}


def read(book: Book) -> Register:
    """Read a workbook or a table in this shape. Raise RecordError."""
    lines: list[Line] = []
    remarks = list(book.remarks)
    people: dict[str, dict[str, str]] = {}
    seen = False
    for sheet in book.sheets:
        layout = columns.find(sheet, headers())
        if layout is None:
            continue
        seen = True
        role = "processor" if "on_behalf_of" in layout.fields.values() else "controller"
        remarks += missing(sheet, layout, PROCESSOR if role == "processor" else CONTROLLER)
        remarks += uncounted(sheet)
        _people(sheet, layout.header, people)
        for number, cells, texts in columns.rows(sheet, layout):
            where = f"Imported from {book.name}, sheet {sheet.name}, row {number}."
            lines.append(columns.line(cells, where, texts, role))
    if not seen:
        raise no_header(book, "Purpose of processing, Categories of individuals, and so on")
    organisation, dpo, representative = (
        Person(**people.get(key, {})) for key in ("organisation", "dpo", "representative")
    )
    return Register(
        organisation,
        dpo,
        representative,
        lines=tuple(lines),
        synthetic=is_synthetic(book),
        home="GB",
        remarks=tuple(remarks),
    )


def no_header(book: Book, wanted: str) -> RecordError:
    """Return the error about a workbook whose headers are not known."""
    return RecordError(
        f"{book.name}: no sheet has a row of headers that this format knows ({wanted}). "
        "For headers of your own, write a mapping file and use --as table --mapping FILE."
    )


def headers() -> dict[str, list[str]]:
    """Return the headers by which each field is known."""
    forms: dict[str, list[str]] = {}
    for title, name in (*CONTROLLER, *PROCESSOR):
        if name:
            forms.setdefault(name, []).append(title.partition(" (if ")[0])
    for name, also in _ALSO.items():
        forms.setdefault(name, []).extend(also)
    return forms


def missing(sheet: Sheet, layout: columns.Layout, wanted: Iterable[tuple[str, str]]) -> list[str]:
    """Return sentences about columns that are not there, and about those that say nothing here."""
    found = set(layout.fields.values())
    absent = [title for title, name in wanted if name and name not in found]
    known = {words.plain(title) for title, _ in (*CONTROLLER, *PROCESSOR)}
    strange = [
        title
        for column, title in enumerate(layout.titles)
        if title.strip() and column not in layout.fields and words.plain(title) not in known
    ]
    out = []
    if absent:
        out.append(f"Sheet {sheet.name}: no column says {'; '.join(absent)}.")
    if strange:
        shown = "; ".join(dict.fromkeys(" ".join(title.split())[:60] for title in strange))
        out.append(f"Sheet {sheet.name}: kept in notes only, no header is known: {shown}.")
    return out


def uncounted(sheet: Sheet) -> list[str]:
    """Return a sentence about formulas whose result the file does not hold."""
    if not sheet.uncounted:
        return []
    cells = ", ".join(sheet.uncounted[:20])
    more = f" and {len(sheet.uncounted) - 20} more" if len(sheet.uncounted) > 20 else ""
    return [
        f"Sheet {sheet.name}: formulas without a saved result were not read: {cells}{more}. "
        "Open the file, let it calculate, save it, and import it again."
    ]


def is_synthetic(book: Book) -> bool:
    """Tell whether the workbook says that it holds synthetic data."""
    return any(SYNTHETIC in cell for sheet in book.sheets for row in sheet.rows for cell in row)


def _people(sheet: Sheet, until: int, people: dict[str, dict[str, str]]) -> None:
    """Read the block above the header: sections side by side, with labels before values."""
    starts: dict[int, str] = {}
    for row in range(until):
        cells = sheet.rows[row]
        for column, cell in enumerate(cells):
            label = words.plain(cell.partition("(")[0])
            if label in _SECTIONS and (column == 0 or cells[column - 1] != cell):
                starts[column] = _SECTIONS[label]
            elif label in _LABELS:
                value = next((c for c in cells[column + 1 : column + 2] if c), "")
                at = max((start for start in starts if start <= column), default=-1)
                if value and at >= 0 and words.plain(value) not in _LABELS:
                    people.setdefault(starts[at], {}).setdefault(_LABELS[label], value)
