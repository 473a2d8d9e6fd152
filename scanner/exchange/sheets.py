"""Workbooks read and written, whatever the file's format."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from scanner.errors import RecordError
from scanner.exchange import csvfile, odsfile, xlsxfile, xlsxout
from scanner.exchange.grid import Book, Sheet

KINDS: Final = ("xlsx", "ods", "csv")


def read(path: Path) -> Book:
    """Read a workbook or a table of text. Raise RecordError with one sentence.

    The kind is told by the content, not by the extension. Formulas are never evaluated: what the
    program that wrote the file last computed counts. Values of merged cells stand in every cell
    of the merge, so that a row that belongs to a merged name keeps it.
    """
    from scanner.exchange import archive

    content = archive.checked_bytes(path)
    if not content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
        return csvfile.parse(content, path.name)
    with archive.opened(path) as opened:
        parts = archive.parts_named(opened)
        if "xl/workbook.xml" in parts:
            return xlsxfile.parse(opened, path.name)
        if "content.xml" in parts:
            return odsfile.parse(opened, path.name)
    raise RecordError(
        f"{path.name} is a zip archive but no workbook; save the register as .xlsx, .ods or .csv."
    )


def write(sheets: Sequence[Sheet], kind: str) -> bytes:
    """Return the bytes of a workbook (``xlsx``, ``ods``), or of the first sheet as ``csv``.

    Every cell is text: what begins with ``=``, ``+``, ``-`` or ``@`` is never a formula.
    """

    if kind == "xlsx":
        return xlsxout.render(sheets)
    if kind == "ods":
        return odsfile.render(sheets)
    return csvfile.render(sheets[0])
