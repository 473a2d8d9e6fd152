"""The report as text for a terminal or a plain file.

:func:`render` lays out a view at a width; with colour only when asked, and readable without.
:func:`show` prints it as the terminal at hand can show it; :func:`progress` shows a scan while it
runs.
"""

import io
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from reports import explanation
from reports import terminal_body as body
from reports import terminal_tables as tables
from reports.progress import Progress
from reports.view import InventoryView, View, build, of
from reports.view.types import Bar, Block, Fact, Line, Page, Verdict
from scanner.model import Explanation, ScanResult

__all__ = [
    "FILENAME",
    "Progress",
    "print_explanation",
    "print_record_check",
    "progress",
    "render",
    "show",
]

FILENAME = "ropascan.txt"

_NARROW = 72  # below this, the two columns of page one stand one under the other
_NARROWEST, _WIDEST = 40, 140
_PLAIN = 100  # columns, where there is no terminal to ask

_ASCII = str.maketrans(
    {
        "●": "*",
        "○": "o",
        "–": "-",
        "█": "#",
        "▒": "=",
        "░": ".",
        "─": "-",
        "━": "=",
        "│": "|",
        "…": "~",
        "’": "'",
        "•": "*",
        "“": '"',
        "”": '"',
        "\ufffd": "?",
    }
)

_TONES = {"differences": "bold red", "gaps": "bold yellow", "none": "bold green", "found": "bold"}

_FILL = {"found": "█", "looked_for": "▒", "cannot_see": "?", "not_reached": "░"}


def render(
    subject: ScanResult | View | InventoryView,
    /,
    *,
    width: int = 100,
    colour: bool = False,
    ascii_only: bool = False,
) -> bytes:
    """Return the report as UTF-8 text.

    ``width`` is in columns (40 to 140 are used); ``colour`` adds ANSI colours; ``ascii_only``
    keeps to ASCII, for terminals that show nothing else.
    """
    view = of(subject)
    width = max(_NARROWEST, min(width, _WIDEST))
    parts = _scan(view, width) if isinstance(view, View) else _inventory(view, width)
    return _lay_out(parts, width, colour=colour, ascii_only=ascii_only)


def show(subject: ScanResult | View | InventoryView, file: TextIO | None = None) -> None:
    """Print the report: at the terminal's width, with the colours and signs that it can show."""
    target = file if file is not None else sys.stdout
    width, colour, ascii_only = _abilities(target)
    text = render(subject, width=width, colour=colour, ascii_only=ascii_only)
    target.write(text.decode("utf-8"))
    target.flush()


def progress(sources: Sequence[str] = (), file: TextIO | None = None) -> Progress:
    """Return a display of a running scan; see :class:`~reports.progress.Progress`."""
    return Progress(sources, file)


def print_record_check(result: ScanResult, file: TextIO | None = None) -> None:
    """Print what a record itself lacks; the inventory of the result is not looked at."""
    target = file if file is not None else sys.stdout
    width, colour, ascii_only = _abilities(target)
    view = build(result)
    parts = [*_banner(view.banner), *body.record_check(view)]
    text = _lay_out(parts, width, colour=colour, ascii_only=ascii_only)
    target.write(text.decode("utf-8"))
    target.flush()


def print_explanation(item: Explanation, file: TextIO | None = None) -> None:
    """Print why a field, or each field of an asset, is held to be what it is."""
    target = file if file is not None else sys.stdout
    width, colour, ascii_only = _abilities(target)
    width = max(_NARROWEST, min(width, _WIDEST))
    text = _lay_out(explanation.lay_out(item, width), width, colour=colour, ascii_only=ascii_only)
    target.write(text.decode("utf-8"))
    target.flush()


def _abilities(file: TextIO) -> tuple[int, bool, bool]:
    """Return width, colour, and whether only ASCII can be shown."""
    seen = Console(file=file)
    width = seen.width if seen.is_terminal else _PLAIN
    colour = bool(seen.color_system) and not seen.no_color and not seen.legacy_windows
    try:
        "".join(map(chr, _ASCII)).encode(file.encoding or "ascii")
    except UnicodeEncodeError:
        return width, colour, True
    return width, colour, False


def _lay_out(
    parts: Iterable[RenderableType], width: int, *, colour: bool, ascii_only: bool
) -> bytes:
    target = io.StringIO()
    console = Console(
        file=target,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    for part in parts:
        console.print(part)
    text = "\n".join(line.rstrip() for line in target.getvalue().splitlines()) + "\n"
    if ascii_only:
        return text.translate(_ASCII).encode("ascii", "replace")
    return text.encode("utf-8", "replace")


def _scan(view: View, width: int) -> list[RenderableType]:
    parts: list[RenderableType] = [*_banner(view.banner), *_page(view.page, width), ""]
    parts += [*_banner(view.banner), *body.findings(view.groups), *body.matrices(view, width)]
    parts += ["", *_banner(view.banner), *body.record(view)]
    parts += [*body.corrections(view, width), *body.coverage(view, width)]
    parts += ["", *_banner(view.banner), *tables.made(view.made, view.notes), "", view.generator]
    return parts


def _inventory(view: InventoryView, width: int) -> list[RenderableType]:
    parts: list[RenderableType] = [*_banner(view.banner), Text(view.question, "bold")]
    parts += [_facts(view.facts), "", _verdict(view.verdict), ""]
    parts += body.inventory(view, width)
    parts += ["", *_banner(view.banner), *tables.made(view.made, view.notes), "", view.generator]
    return parts


def _banner(text: str) -> list[RenderableType]:
    if not text:
        return []
    return [Text(f" {text} ", "reverse bold"), ""]


def _page(page: Page, width: int) -> list[RenderableType]:
    head = Table.grid(expand=True)
    head.add_column(no_wrap=True)
    head.add_column(justify="right", overflow="ellipsis", no_wrap=True)
    head.add_row(Text(page.question, "bold"), Text(page.organisation, "bold"))
    left, right = (_block(block) for block in page.blocks)
    if width < _NARROW:
        blocks: RenderableType = Group(left, "", right)
    else:
        columns = Table.grid(expand=True, padding=(0, 2))
        columns.add_column(ratio=1)
        columns.add_column(ratio=1)
        columns.add_row(left, right)
        blocks = columns
    return [
        head,
        _facts(page.facts),
        "",
        _verdict(page.verdict),
        "",
        blocks,
        "",
        _bar(page.bar, width),
        "",
        Text(page.since),
        *_steps(page.steps),
    ]


def _facts(facts: tuple[Fact, ...]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for fact in facts:
        table.add_row(fact.label, Text(fact.text))
    return table


def _verdict(verdict: Verdict) -> Table:
    style = _TONES[verdict.tone]
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(Text(" RESULT", style), Text(verdict.headline, style))
    table.add_row("", Text(verdict.detail))
    return table


def _block(block: Block) -> Group:
    table = Table.grid(expand=True, padding=(0, 1))
    table.add_column(width=1)
    table.add_column(ratio=1, overflow="ellipsis")
    table.add_column(justify="right", no_wrap=True, min_width=3)
    for line in block.lines:
        _line(table, line)
    return Group(Text(block.title, "bold underline"), table)


def _line(table: Table, line: Line) -> None:
    style = "bold" if line.level else ""
    table.add_row(str(line.number), Text(line.title, style), Text(line.count, style))
    for note in line.notes:
        text = f"{note.rule} {note.text}".strip()
        table.add_row("", Text(text, no_wrap=True, overflow="ellipsis"), "")
    if line.rest:
        table.add_row("", Text(line.rest, "dim"), "")


def _bar(bar: Bar, width: int) -> Group:
    cells = max(10, min(48, width - 52))
    text = Text(f"{bar.title}  ", "bold")
    for part in bar.parts:
        size = round((part.start + part.share) * cells) - round(part.start * cells)
        text.append(_FILL[part.key] * size, style="green" if part.key == "found" else "dim")
    text.append(f"  {bar.sentence}", style="")
    key = ", ".join(f"{_FILL[part.key]} {part.count} {part.label}" for part in bar.parts)
    return Group(text, Text(f"{key}; {bar.undeclared}", "dim"))


def _steps(steps: tuple[str, ...]) -> list[RenderableType]:
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    for number, step in enumerate(steps, 1):
        table.add_row("Next:" if number == 1 else "", Text(step))
    return [table]
