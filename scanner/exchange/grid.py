"""A workbook as people see it: sheets of text, whatever the file's format."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

MOST_ROWS: Final = 20_000
"""Rows of one sheet that are read."""
MOST_COLUMNS: Final = 256
MOST_SHEETS: Final = 200
MOST_CELLS: Final = 1_000_000
MOST_CHARACTERS: Final = 32_767  # of one cell: what Excel can hold

MOST_PIECES: Final = 1_000  # in which a parser hands over one text; each has up to 8 KiB
NOT_CARRIED: Final = "Not carried"
"""Name of the sheet in which an export lists what the format has no place for."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: rows of texts of equal meaning by position.

    ``uncounted`` names cells (``C7``) with a formula whose result the file does not hold;
    ``bold`` counts from 1 the rows that are written in bold.
    """

    name: str
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    uncounted: tuple[str, ...] = ()
    bold: frozenset[int] = frozenset()

    def cell(self, row: int, column: int) -> str:
        """Return a cell's text, counted from 0; empty where there is none."""
        if not 0 <= row < len(self.rows) or not 0 <= column < len(self.rows[row]):
            return ""
        return self.rows[row][column]


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook. ``remarks`` are sentences about what was not read, for the person."""

    name: str
    sheets: tuple[Sheet, ...]
    remarks: tuple[str, ...] = ()


def padded(rows: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Return rows of equal length, without empty rows and columns at the end."""
    kept = [tuple(row) for row in rows]
    while kept and not any(kept[-1]):
        kept.pop()
    width = max((_width(row) for row in kept), default=0)
    return tuple((row + ("",) * width)[:width] for row in kept)


def _width(row: Sequence[str]) -> int:
    return max((number for number, cell in enumerate(row, 1) if cell), default=0)


def letters(column: int) -> str:
    """Return the letters of a column counted from 0: ``A``, ``AA``."""
    out = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out


def printable(text: str) -> str:
    """Return text without the control signs that XML 1.0 and people cannot take."""
    return "".join(
        sign
        for sign in text
        if sign in "\t\n"
        or (
            sign >= " "
            and not "\x7f" <= sign <= "\x9f"
            and sign not in "\ufffe\uffff"
            and not "\ud800" <= sign <= "\udfff"
        )
    )[:MOST_CHARACTERS]


@dataclass(slots=True)
class Grid:
    """Cells of a sheet as they come, within the bounds."""

    cells: dict[tuple[int, int], str] = field(default_factory=dict, repr=False)
    full: bool = False
    uncounted: list[str] = field(default_factory=list)

    def put(self, row: int, column: int, text: str) -> None:
        """Keep a text, unless it lies outside of what is read."""
        if not text or row >= MOST_ROWS or column >= MOST_COLUMNS:
            self.full = self.full or bool(text)
            return
        if len(self.cells) >= MOST_CELLS:
            self.full = True
            return
        self.cells[row, column] = text[:MOST_CHARACTERS]

    def spread(self, top: int, left: int, bottom: int, right: int) -> None:
        """Copy the first cell of a merge down and right, within the bounds."""
        text = self.cells.get((top, left), "")
        if not text or (bottom - top + 1) * (right - left + 1) > MOST_ROWS:
            return
        for row in range(top, min(bottom, MOST_ROWS - 1) + 1):
            for column in range(left, min(right, MOST_COLUMNS - 1) + 1):
                self.cells.setdefault((row, column), text)

    def sheet(self, name: str) -> Sheet:
        """Return the sheet."""
        height = 1 + max((row for row, _ in self.cells), default=-1)
        width = 1 + max((column for _, column in self.cells), default=-1)
        rows: list[list[str]] = [[""] * width for _ in range(height)]
        for (row, column), text in self.cells.items():
            rows[row][column] = text
        return Sheet(name, tuple(tuple(row) for row in rows), tuple(self.uncounted))

    def remark(self, name: str) -> str:
        """Return a sentence when the sheet holds more than was read."""
        if not self.full:
            return ""
        return (
            f"Sheet {name}: only the first {MOST_ROWS:,} rows, {MOST_COLUMNS} columns and "
            f"{MOST_CELLS:,} cells were read."
        )
