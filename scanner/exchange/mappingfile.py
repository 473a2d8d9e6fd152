"""Tables with headers of one's own, read through a mapping file.

::

    format = "1"
    role = "controller"          # of every row; or give role a column
    join_rows = true             # rows of one reference (else one name) are one activity
    separators = ";"             # between items of a cell, besides line breaks
    sheet = "Register"           # default: every sheet that has the header
    home = "DE"                  # from where data leaves when the table does not say

    [columns]                    # our field = header of the table, or a list of headers
    name = "Processing"
    categories = ["Data", "Sensitive data"]

    [values.legal_basis]         # word of the table = word of the record
    "Art. 6 Abs. 1 b" = "contract"
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scanner.countries import countries
from scanner.errors import ConfigError
from scanner.exchange import columns, words
from scanner.exchange.grid import Book
from scanner.exchange.ico import is_synthetic, no_header, uncounted
from scanner.exchange.line import Line, Register
from scanner.ropa import vocabulary
from scanner.taxonomy import taxonomy
from scanner.tomlcheck import Block, Problems, read_toml

_VALUES: Mapping[str, tuple[str, ...]] = {
    "data_subjects": (),
    "measures": (),
    "legal_basis": vocabulary.LEGAL_BASES,
    "special_condition": vocabulary.SPECIAL_CONDITIONS,
    "mechanism": vocabulary.MECHANISMS,
}


@dataclass(frozen=True, slots=True)
class Columns:
    """What a mapping file says."""

    columns: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    role: str = "controller"
    join_rows: bool = False
    separators: str = ""
    sheet: str = ""
    home: str = ""


def load(path: Path) -> Columns:
    """Read a mapping file. Raise ConfigError with a sentence for each mistake."""
    problems = Problems()
    top = Block(read_toml(path, path.name, ConfigError), problems)
    if top.text("format", required=True) not in ("", vocabulary.FORMAT):
        top.problem(f'this version reads format = "{vocabulary.FORMAT}" only.', "format")
    table = top.table("columns")
    if table is None and not top.has("columns"):
        top.problem("[columns] is missing; it says which header holds which field.")
    out = Columns(
        columns=_columns(table) if table else {},
        values=_values(top.table("values")),
        role=top.choice("role", vocabulary.ROLES, "controller"),
        join_rows=top.flag("join_rows"),
        separators=top.text("separators"),
        sheet=top.text("sheet"),
        home=top.text("home"),
    )
    top.check("home", (out.home,) if out.home else (), countries().wrong)
    top.finish()
    problems.raise_if_any(ConfigError)
    return out


def _columns(table: Block) -> dict[str, tuple[str, ...]]:
    out = {}
    for name in (*columns.FIELDS, "role"):
        if table.has(name):
            single = isinstance(table.data[name], str)
            out[name] = (table.text(name),) if single else table.texts(name)
    table.finish()
    if not out:
        table.problem("it names no column.")
    return out


def _values(table: Block | None) -> dict[str, dict[str, str]]:
    out: dict[str, dict[str, str]] = {}
    if table is None:
        return out
    for kind in ("categories", "countries", *_VALUES):
        block = table.table(kind)
        if block is None:
            continue
        out[kind] = {}
        for word in block.data:
            id_ = block.text(word)
            wrong = _wrong(kind, id_)
            if wrong:
                block.problem(wrong, word)
            out[kind][words.plain(word)] = id_
        block.finish()
    table.finish()
    return out


def _wrong(kind: str, id_: str) -> str:
    if kind == "countries":
        return countries().wrong(id_)
    known = _VALUES.get(kind, ())
    if kind == "categories":
        return "" if taxonomy().knows(id_) else f'there is no category "{id_[:60]}".'
    return "" if not known or id_ in known else f'"{id_[:60]}" is none of {", ".join(known)}.'


def read(book: Book, how: Columns) -> Register:
    """Read a table with headers of one's own. Raise RecordError."""
    lines: list[Line] = []
    remarks = list(book.remarks)
    seen: set[str] = set()
    wanted = len(how.columns)
    found = False
    for sheet in book.sheets:
        if how.sheet and words.plain(sheet.name) != words.plain(how.sheet):
            continue
        layout = columns.find(sheet, how.columns, least=min(2, wanted))
        if layout is None:
            continue
        found = True
        seen |= set(layout.fields.values())
        remarks += uncounted(sheet)
        for number, cells, texts in columns.rows(sheet, layout):
            where = f"Imported from {book.name}, sheet {sheet.name}, row {number}."
            lines.append(columns.line(_cut(cells, how.separators), where, texts, how.role))
    if not found:
        raise no_header(book, "those of the mapping file")
    absent = [name for name in how.columns if name not in seen]
    if absent:
        remarks.append(f"No column was found for: {', '.join(absent)}.")
    return Register(
        lines=columns.merged(lines) if how.join_rows else tuple(lines),
        synthetic=is_synthetic(book),
        home=how.home,
        remarks=tuple(remarks),
    )


_WHOLE = frozenset({"name", "reference", "group", "retention", "source", "created", "reviewed"})


def _cut(cells: columns.Cells, separators: str) -> columns.Cells:
    if not separators:
        return cells
    table = str.maketrans(dict.fromkeys(separators, "\n"))
    return columns.Cells(
        {
            name: held if name in _WHOLE else tuple(text.translate(table) for text in held)
            for name, held in cells.by_field.items()
        }
    )
