"""Tables and headings in a terminal: nothing is cut off, what is left out is counted."""

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from reports.view import Table

ROWS = 25  # of one table; the HTML and JSON reports hold the rest
CELL = 22  # columns of a cell, where room is scarce
_SPACE = 2


def heading(text: str) -> RenderableType:
    """Underline the title of a section."""
    return Text(f"{text}\n{'─' * len(text)}", "bold")


def rest(count: int) -> list[RenderableType]:
    """Say that there is more than a screen shows; nothing when there is not."""
    if count <= 0:
        return []
    return [Text(f"and {count:,} more: see the HTML or JSON report", "dim")]


def tables(items: tuple[Table, ...], width: int) -> list[RenderableType]:
    """Lay out tables under their titles."""
    out: list[RenderableType] = []
    for item in items:
        out += ["", Text(item.title, "bold")]
        if item.about:
            out.append(Text(item.about, "dim"))
        if item.rows:
            out += [_sentences(item) if item.key == "gaps" else fitted(item, width)]
            out += rest(len(item.rows) - ROWS)
    return out


def _sentences(item: Table) -> RichTable:
    """Lay out rows whose cells are sentences: the place, and below it the rest."""
    table = RichTable.grid(padding=(0, 1))
    table.add_column(overflow="fold")
    for where, why, *cells in item.rows[:ROWS]:
        table.add_row(Text.assemble(where, (f": {why}", "bold")))
        table.add_row(Padding(Text(" ".join(cells)), (0, 0, 0, 2)))
    return table


def fitted(item: Table, width: int, most: int = ROWS) -> RichTable:
    """Lay out a table; where it would not fit, a list, so that no column is ever cut off."""
    longest = [max(map(len, column)) for column in zip(item.headings, *item.rows, strict=True)]
    widths = _widths(longest, width)
    if not widths:
        return _list(item, most)
    table = RichTable(box=None, padding=(0, _SPACE, 0, 0), pad_edge=False, header_style="dim")
    for index, heading in enumerate(item.headings):
        numeric = all(row[index].replace(",", "").isdigit() for row in item.rows)
        table.add_column(
            heading,
            overflow="fold",
            justify="right" if numeric else "left",
            width=widths[index],
        )
    for row in item.rows[:most]:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _widths(longest: list[int], width: int) -> list[int]:
    """Share the width out: each column a fair minimum, then what it lacks, in order."""
    out = [min(size, CELL) for size in longest]
    left = width - sum(out) - _SPACE * (len(out) - 1)
    if left < 0:
        return []
    for index, size in enumerate(longest):
        more = min(size - out[index], left)
        out[index] += more
        left -= more
    return out


def _list(item: Table, most: int) -> RichTable:
    table = RichTable.grid(padding=(0, 1))
    table.add_column(overflow="fold")
    for where, *cells in item.rows[:most]:
        pairs = zip(item.headings[1:], cells, strict=True)
        text = "; ".join(f"{heading.lower()}: {cell}" for heading, cell in pairs if cell)
        table.add_row(Text(where))
        table.add_row(Padding(Text(text, "dim"), (0, 0, 0, 2)))
    return table


def made(items: tuple[Table, ...], notes: tuple[str, ...]) -> list[RenderableType]:
    """Lay out how the result was made."""
    out: list[RenderableType] = [heading("How this was made")]
    out += [Text(f"Note: {note}") for note in notes]
    grid = RichTable.grid(padding=(0, 2))
    grid.add_column(style="dim", overflow="fold")
    grid.add_column(overflow="fold")
    for item in items:
        for row in item.rows:
            grid.add_row(*(Text(cell) for cell in row))
    return [*out, grid]
