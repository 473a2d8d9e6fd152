"""Tables of text separated by comma, semicolon or tab, in the encodings that people send."""

import csv
import io
from collections.abc import Iterator

from scanner.errors import RecordError
from scanner.exchange.grid import Book, Grid, Sheet, padded, printable

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def parse(content: bytes, name: str) -> Book:
    """Read a table of text. Raise RecordError."""
    text = decoded(content, name)
    grid = Grid()
    csv.field_size_limit(1 << 20)
    try:
        for number, row in enumerate(csv.reader(_lines(text), delimiter=_separator(text))):
            if grid.full:
                break
            for column, cell in enumerate(row):
                grid.put(number, column, _bare(cell.strip()))
    except csv.Error:
        raise RecordError(
            f"{name} cannot be read as a table of text; export the register again as CSV (UTF-8)."
        ) from None
    if not grid.cells:
        raise RecordError(f"{name} is empty; there is nothing to import.")
    return Book(name, (grid.sheet(name),), tuple(filter(None, (grid.remark(name),))))


def decoded(content: bytes, name: str) -> str:
    """Return text in UTF-8, UTF-16 with its mark, or Windows-1252. Raise RecordError for binary."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"),
                           (b"\xfe\xff", "utf-16")):  # fmt: skip
        if content.startswith(mark):
            return _decoded(content, encoding, name)
    if b"\x00" in content[:4096]:
        raise RecordError(
            f"{name} is no text and no workbook; save the register as .xlsx, .ods or .csv."
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _decoded(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise RecordError(f"{name} breaks off inside a letter; export it again.") from None


def _lines(text: str) -> Iterator[str]:
    return iter(text.splitlines(keepends=True))


def _separator(text: str) -> str:
    # The first lines outside of quotes: a comma inside a quoted cell separates nothing.
    head = "".join(part for part in text[:20_000].split('"')[::2])
    counts = {sign: head.count(sign) for sign in ("\t", ";", ",")}
    return max(counts, key=lambda sign: counts[sign])


def _bare(cell: str) -> str:
    # The mark with which spreadsheets keep text from becoming a formula is not part of the text.
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def render(sheet: Sheet) -> bytes:
    """Return the sheet as UTF-8 with a mark, as spreadsheets expect it.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in padded(sheet.rows):
        writer.writerow([_safe(printable(cell)) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
