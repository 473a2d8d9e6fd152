"""OpenDocument spreadsheets (LibreOffice), read and written with the standard library alone."""

import io
import zipfile
from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from scanner.exchange.archive import Stop, encrypted, parts_named, stream
from scanner.exchange.grid import (
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_PIECES,
    MOST_ROWS,
    MOST_SHEETS,
    Book,
    Grid,
    Sheet,
    letters,
    padded,
    printable,
)
from scanner.exchange.xlsxout import unique_titles

_MIME: Final = "application/vnd.oasis.opendocument.spreadsheet"


def parse(archive: zipfile.ZipFile, name: str) -> Book:
    """Read every sheet. Raise RecordError."""
    if _encrypted(archive):
        raise encrypted(name)
    reader = _Sheets()
    stream(archive, "content.xml", reader.start, reader.end, reader.text)
    remarks = tuple(text for grid, title in reader.found if (text := grid.remark(title)))
    return Book(name, tuple(grid.sheet(title) for grid, title in reader.found), remarks)


def _encrypted(archive: zipfile.ZipFile) -> bool:
    """Tell whether the parts are encrypted, which the manifest alone says."""
    if "META-INF/manifest.xml" not in parts_named(archive):
        return False
    found: list[str] = []

    def start(tag: str, _: dict[str, str]) -> None:
        if tag == "encryption-data":
            found.append(tag)
            raise Stop

    stream(archive, "META-INF/manifest.xml", start, lambda _: None)
    return bool(found)


class _Sheets:
    """Handlers for the content of a document."""

    def __init__(self) -> None:
        self.found: list[tuple[Grid, str]] = []
        self.grid: Grid | None = None
        self.row = 0
        self.column = 0
        self.given: dict[str, str] = {}
        self.held: list[str] = []
        self.paragraphs = 0
        self.depth = 0  # of text:p inside the cell
        self.skipped = 0  # inside a remark on a cell
        self.again = 1

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "table":
            self.grid = Grid() if len(self.found) < MOST_SHEETS else None
            self.row = 0
            if self.grid is not None:
                self.found.append((self.grid, given.get("name", "")))
        elif tag == "table-row":
            self.column, self.again = 0, _count(given.get("number-rows-repeated"))
        elif tag in ("table-cell", "covered-table-cell"):
            self.given, self.held, self.paragraphs = given, [], 0
        elif tag == "annotation":
            self.skipped += 1
        elif tag == "p" and not self.skipped:
            self.depth += 1
            self.paragraphs += 1
            self.held.append("\n" if self.paragraphs > 1 else "")
        elif tag in ("s", "tab", "line-break") and self.depth:
            self.held.append(
                {"s": " " * min(_count(given.get("c")), 100), "tab": "\t"}.get(tag, "\n")
            )

    def end(self, tag: str) -> None:
        if tag == "table":
            self.grid = None
        elif tag == "table-row":
            self.row += self.again
        elif tag in ("table-cell", "covered-table-cell"):
            self._keep()
        elif tag == "annotation":
            self.skipped -= 1
        elif tag == "p" and not self.skipped:
            self.depth -= 1

    def text(self, data: str) -> None:
        fits = self.row < MOST_ROWS and len(self.held) < MOST_PIECES
        if self.depth and not self.skipped and fits:
            self.held.append(data)

    def _keep(self) -> None:
        wide = _count(self.given.get("number-columns-repeated"))
        text = self._shown().strip()
        if self.grid is not None:
            self._place(self.grid, text, wide)
        self.column += wide

    def _place(self, grid: Grid, text: str, wide: int) -> None:
        if self.given.get("formula") and not text and self.row < MOST_ROWS:
            grid.uncounted.append(f"{letters(self.column)}{self.row + 1}")
        if not text:
            return
        # Repeated rows of text: each is a line of the register, within the bounds.
        for row in range(self.row, min(self.row + self.again, MOST_ROWS)):
            for column in range(self.column, min(self.column + wide, MOST_COLUMNS)):
                grid.put(row, column, text)
        grid.full = grid.full or self.row + self.again > MOST_ROWS
        down = _count(self.given.get("number-rows-spanned"))
        right = _count(self.given.get("number-columns-spanned"))
        if down > 1 or right > 1:
            grid.spread(self.row, self.column, self.row + down - 1, self.column + right - 1)

    def _shown(self) -> str:
        kind = self.given.get("value-type", "")
        if kind == "date":
            return self.given.get("date-value", "")[:10]
        if kind == "boolean":
            return "yes" if self.given.get("boolean-value") == "true" else "no"
        shown = "".join(self.held)[:MOST_CHARACTERS]
        if kind == "float" and not shown:
            return self.given.get("value", "").removesuffix(".0")
        return "" if shown.startswith(("#REF!", "Err:", "#N/A", "#VALUE!", "#NAME?")) else shown


def _count(text: str | None) -> int:
    return min(int(text), 10_000_000) if text and text.isascii() and text.isdigit() else 1


_SPACES: Final = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("manifest", "manifest"),
    )
)
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_STYLES: Final = (
    "<office:automatic-styles>"
    '<style:style style:name="wide" style:family="table-column"><style:table-column-properties '
    'style:column-width="6cm"/></style:style>'
    '<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties '
    'fo:wrap-option="wrap" style:vertical-align="top"/></style:style>'
    '<style:style style:name="bold" style:family="table-cell" style:parent-style-name="cell">'
    '<style:table-cell-properties fo:wrap-option="wrap"/>'
    '<style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles>'
)


def render(sheets: Sequence[Sheet]) -> bytes:
    """Return a document; the same sheets give the same bytes."""
    titles = unique_titles([sheet.name for sheet in sheets])
    tables = "".join(_table(title, sheet) for title, sheet in zip(titles, sheets, strict=True))
    content = (
        f'{_HEAD}<office:document-content {_SPACES} office:version="1.2">{_STYLES}<office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = (
        f'{_HEAD}<manifest:manifest {_SPACES} manifest:version="1.2"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{_MIME}"/><manifest:file-entry '
        'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text, method in (
            ("mimetype", _MIME, zipfile.ZIP_STORED),  # first and not packed: the format's rule
            ("content.xml", content, zipfile.ZIP_DEFLATED),
            ("META-INF/manifest.xml", manifest, zipfile.ZIP_DEFLATED),
        ):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            archive.writestr(entry, text.encode("utf-8"), method)
    return out.getvalue()


def _table(title: str, sheet: Sheet) -> str:
    rows = padded(sheet.rows)
    width = max((len(row) for row in rows), default=1)
    body = "".join(
        "<table:table-row>"
        + ("".join(_cell(text, number in sheet.bold) for text in row) or "<table:table-cell/>")
        + "</table:table-row>"
        for number, row in enumerate(rows, 1)
    )
    empty = "<table:table-row><table:table-cell/></table:table-row>"
    return (
        f'<table:table table:name={quoteattr(title)}><table:table-column table:style-name="wide" '
        f'table:number-columns-repeated="{max(width, 1)}"/>{body or empty}</table:table>'
    )


def _cell(text: str, bold: bool) -> str:
    if not text:
        return "<table:table-cell/>"
    style = "bold" if bold else "cell"
    lines = "".join(f"<text:p>{_line(line)}</text:p>" for line in printable(text).split("\n"))
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">{lines}'
        "</table:table-cell>"
    )


def _line(text: str) -> str:
    # Two spaces in a row would be read as one.
    return escape(text).replace("\t", "<text:tab/>").replace("  ", " <text:s/>")
