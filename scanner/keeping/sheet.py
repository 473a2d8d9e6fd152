"""The spreadsheet in which people decide what undeclared places are."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scanner.errors import ConfigError
from scanner.keeping.families import Family
from scanner.keeping.suggesting import Suggestion
from scanner.private import write_private
from scanner.ropa.types import Ropa

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

DECISIONS = ("new", "not personal", "delete", "later")
COVERED = "covered by "
_HEADERS = (
    ("Place", 46),
    ("Categories found", 44),
    ("Possible", 24),
    ("Likely subject", 16),
    ("Rows", 12),
    ("Suggested activity", 26),
    ("Why", 44),
    ("Owner", 20),
    ("Decision", 28),
    ("Note", 36),
)
_OWNER, _DECISION, _NOTE = 7, 8, 9
_KEY = "families"  # hidden sheet: what each row stands for
_LISTS = ("globs", "categories", "possible", "assets")
_MOST_BYTES = 32 * 1024 * 1024
_MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Decided:
    """One row as a person left it."""

    family: Family
    owner: str
    decision: str
    note: str
    row: int  # in the sheet, from 1 on: for sentences about it


def write(
    path: Path, rows: Sequence[tuple[Family, Suggestion | None]], ropas: Sequence[Ropa]
) -> Path:
    """Write the sheet, readable by its owner alone. Raise OutputError."""
    from io import BytesIO

    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "assign"
    sheet.append([title for title, _ in _HEADERS])
    for cell, (_, width) in zip(sheet[1], _HEADERS, strict=True):
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "B2"
    for family, suggestion in rows:
        sheet.append([_plain(value) for value in _cells(family, suggestion)])
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # never a formula
    _choices(sheet, book, ropas, len(rows))
    _hidden(book, [family for family, _ in rows])
    out = BytesIO()
    book.save(out)
    return write_private(path, out.getvalue())


def _cells(family: Family, suggestion: Suggestion | None) -> list[Any]:
    more = f" ({len(family.assets):,} assets)" if len(family.assets) > 1 else ""
    return [
        family.place + more,
        ", ".join(family.categories),
        ", ".join(family.possible),
        family.subject,
        family.rows,
        suggestion.activity.id if suggestion else "",
        suggestion.why if suggestion else "",
        suggestion.activity.owner if suggestion else "",
        "",
        "",
    ]


def _plain(value: Any) -> Any:
    """Take out what a spreadsheet cannot hold."""
    return "".join(c for c in value if c.isprintable()) if isinstance(value, str) else value


def _choices(sheet: "Worksheet", book: Any, ropas: Sequence[Ropa], rows: int) -> None:
    """Offer the decisions in a list, and say in a second sheet what each does."""
    from openpyxl.worksheet.datavalidation import DataValidation

    options = [
        *(COVERED + a.id for ropa in ropas for a in ropa.activities if a.status != "ended"),
        *DECISIONS,
    ]
    help_ = book.create_sheet("decisions")
    told = (
        ("Decision", "What ropascan record assign --apply does"),
        ("covered by X", "X is an activity or a store of the record: the place becomes its store"),
        ("new", "a new activity (a draft), its data group and its store are written"),
        ("not personal", "the place is declared, what was found there noted as a false alarm"),
        ("delete", "nothing is written: the finding stays until the data is gone"),
        ("later", "nothing is written: the finding stays"),
        ("", "nothing is written: the row waits"),
    )  # fmt: skip
    for line in told:
        help_.append(line)
    for option in options:
        help_.append([None, None, option])
    last = len(told) + len(options)
    list_ = DataValidation(
        type="list", formula1=f"=decisions!$C${len(told) + 1}:$C${last}", allow_blank=True
    )
    list_.showErrorMessage = False  # a store's id may be typed in, too
    sheet.add_data_validation(list_)
    if rows:
        list_.add(f"I2:I{rows + 1}")


def _hidden(book: Any, families: Sequence[Family]) -> None:
    sheet = book.create_sheet(_KEY)
    sheet.sheet_state = "hidden"
    for family in families:
        raw = {name: getattr(family, name) for name in Family.__slots__ if name != "assets"}
        sheet.append([family.place, json.dumps(raw | {"assets": list(family.assets[:50])})])


def read(path: Path) -> list[Decided]:
    """Read a filled sheet. Raise ConfigError when it is not one that was written here."""
    book = _open(path)
    try:
        if "assign" not in book.sheetnames or _KEY not in book.sheetnames:
            raise ConfigError(
                f"{path.name} is no sheet of `ropascan record assign --out`; fill in one that it "
                "wrote, and keep its hidden sheet."
            )
        known = dict(_families(book[_KEY], path))
        return list(_decided(book["assign"], known, path))
    finally:
        book.close()


def _open(path: Path) -> Any:
    import zipfile

    from openpyxl import load_workbook

    wrong = f"{path.name} cannot be read as an .xlsx workbook"
    try:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > _MOST_BYTES:
                raise ConfigError(f"{wrong}: it unpacks to more than {_MOST_BYTES >> 20} MiB.")
        return load_workbook(path, read_only=True, data_only=True)
    except OSError as error:
        raise ConfigError(f"{path.name} cannot be opened; check the path.") from error
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError) as error:
        raise ConfigError(f"{wrong}; save it as .xlsx and try again.") from error


def _families(sheet: "Worksheet", path: Path) -> Iterator[tuple[str, Family]]:
    for place, text in sheet.iter_rows(max_col=2, max_row=_MOST_ROWS, values_only=True):
        try:
            yield str(place), _family(json.loads(str(text)))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ConfigError(
                f"the hidden sheet of {path.name} is damaged; write a new one with "
                "`ropascan record assign --out`."
            ) from error


def _family(raw: dict[str, Any]) -> Family:
    made: dict[str, Any] = {n: tuple(v) if n in _LISTS else v for n, v in raw.items()}
    return Family(**made)


def _decided(sheet: "Worksheet", known: dict[str, Family], path: Path) -> Iterator[Decided]:
    rows = sheet.iter_rows(min_row=2, max_col=len(_HEADERS), max_row=_MOST_ROWS, values_only=True)
    for number, row in enumerate(rows, start=2):
        cells = [str(cell).strip() if cell is not None else "" for cell in row]
        cells += [""] * (len(_HEADERS) - len(cells))
        if not any(cells):
            continue
        place = cells[0].rpartition(" (")[0] if cells[0].endswith(" assets)") else cells[0]
        if place not in known:
            raise ConfigError(
                f"{path.name}, row {number}: the place is none of those that were written; "
                "leave the first column as it is."
            )
        yield Decided(known[place], cells[_OWNER], cells[_DECISION], cells[_NOTE], number)
