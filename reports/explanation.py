"""The formats of ``ropascan explain``: text for a terminal, and one JSON object."""

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from reports.json import BANNER, as_object, encode
from reports.terminal_tables import fitted, heading
from reports.view.explanation import ExplanationView, ReadingView, explanation
from reports.view.types import Fact
from scanner.model import Explanation

_TONES = {"confirmed": "bold green", "probable": "bold", "possible": "bold yellow", "no": "dim"}


def render_json(item: Explanation) -> bytes:
    """Return the explanation as one JSON object, ended by a line break."""
    parts = as_object(item)
    head = {"schema": parts.pop("schema"), "banner": BANNER if item.synthetic else ""}
    return encode({**head, **parts}, indent=2) + b"\n"


def lay_out(item: Explanation, width: int) -> list[RenderableType]:
    """Lay out an explanation for a terminal."""
    view = explanation(item)
    out: list[RenderableType] = []
    if view.banner:
        out += [Text(f" {view.banner} ", "reverse bold"), ""]
    out += [Text(view.title, "bold", overflow="fold"), facts(view.facts)]
    if view.fields is not None:
        out += ["", fitted(view.fields, width, len(view.fields.rows))]
    for reading in view.readings:
        out += ["", *_reading(reading)]
    if not view.readings and view.silence:
        out += ["", Text(view.silence)]
    out += _rest(view)
    return out


def _reading(reading: ReadingView) -> list[RenderableType]:
    table = RichTable.grid(padding=(0, 1))
    table.add_column(justify="right", no_wrap=True, min_width=6)
    table.add_column(overflow="fold")
    for step in reading.steps:
        table.add_row(step.points, Text(step.text))
    if reading.steps:
        table.add_row("=" + reading.sum.points, Text(reading.sum.text, "bold"))
    return [
        Text(reading.title, _TONES[reading.tone]),
        table,
        Padding(facts(reading.facts), (0, 0, 0, 2)),
        *[Padding(_change(text), (0, 0, 0, 2)) for text in reading.changes],
    ]


def _change(text: str) -> RichTable:
    table = RichTable.grid(padding=(0, 1))
    table.add_column(width=1)
    table.add_column(overflow="fold")
    table.add_row("•", Text(text))
    return table


def _rest(view: ExplanationView) -> list[RenderableType]:
    out: list[RenderableType] = []
    if view.missed:
        out += ["", heading("Looked for and not found"), facts(view.missed)]
    if view.record:
        out += ["", heading("What the record says"), facts(view.record)]
    if view.toml:
        out += ["", heading("To correct it in the record"), Text(view.toml.rstrip())]
    return [*out, "", Text(f"Cut points: {view.cuts}. {view.generator}", "dim")]


def facts(items: tuple[Fact, ...]) -> RichTable:
    """Lay out labels and their texts."""
    table = RichTable.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for fact in items:
        table.add_row(fact.label, Text(fact.text))
    return table
