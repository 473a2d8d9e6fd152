"""What follows page one in a terminal: findings, matrix, record, coverage, inventory."""

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from reports.terminal_tables import fitted, heading, rest, tables
from reports.view import FindingView, Group, InventoryView, Matrix, View
from reports.view.inventory import HoldingView, PlaceView
from reports.view.types import EvidenceView

STYLES = {
    "critical": "bold white on red",
    "high": "bold red",
    "medium": "bold yellow",
    "low": "cyan",
    "info": "dim",
}

# What a screen can hold; the HTML and JSON reports hold the rest.
_FINDINGS, _BRIEF, _PLACES, _HOLDINGS = 100, 20, 3, 40


def findings(groups: tuple[Group, ...]) -> list[RenderableType]:
    """Lay out the findings by severity; what does not count is listed briefly."""
    out: list[RenderableType] = [heading("Findings")]
    if not groups:
        return [*out, "None."]
    room = _FINDINGS
    for group in groups:
        out += ["", Text(group.title, "bold")]
        if group.about:
            out.append(Text(group.about, "dim"))
        if group.collapsed:
            out += _brief(group)
            continue
        for finding in group.findings[:room]:
            out += ["", *_finding(finding)]
        out += rest(len(group.findings) - room)
        room = max(room - len(group.findings), 0)
    return out


def _brief(group: Group) -> list[RenderableType]:
    table = RichTable.grid(padding=(0, 1))
    for _ in range(2):
        table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for finding in group.findings[:_BRIEF]:
        text = Text(finding.title)
        if finding.state_label:
            text.append(f" ({finding.state_label})", style="dim")
        table.add_row(finding.rule, Text(finding.severity, STYLES[finding.severity]), text)
    return [table, *rest(len(group.findings) - _BRIEF)]


def _finding(finding: FindingView) -> list[RenderableType]:
    head = Text(f" {finding.severity.upper()} ", STYLES[finding.severity])
    head.append(f" {finding.rule} {finding.name}", style="bold")
    tail = ", ".join(filter(None, (finding.confidence, finding.state_label)))
    head.append(f"  {tail}", style="dim")
    table = RichTable.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for index, item in enumerate(finding.evidence[:_PLACES]):
        table.add_row("" if index else "Found", _evidence(item))
    left = len(finding.evidence) - _PLACES
    if left > 0 or finding.more_evidence:
        more = f"and {left} more {'place' if left == 1 else 'places'}; " if left > 0 else ""
        table.add_row("", Text(f"{more}{finding.more_evidence or 'see the HTML report'}", "dim"))
    if finding.children:
        table.add_row("Assets", Text("\n".join(finding.children[:_PLACES])))
        for line in rest(len(finding.children) - _PLACES):
            table.add_row("", line)
    for fact in finding.facts:
        if fact.label not in ("Category", "Values found", "Detail"):
            table.add_row(fact.label, Text(fact.text))
    for also in finding.also:
        table.add_row("Also", Text(f"{also.rule} {also.name} ({also.severity}): {also.title}"))
    if finding.advice:
        table.add_row("What to do", Text(finding.advice))
    if finding.fix:
        table.add_row("Ready TOML", Text(finding.fix))
    return [head, Padding(Text(finding.title), (0, 0, 0, 1)), Padding(table, (0, 0, 0, 1))]


def _evidence(item: EvidenceView) -> Text:
    text = Text(item.place, overflow="fold")
    text.append(f"\n{item.counted}; {item.method}; {item.confidence} ({item.score})")
    lines = (
        ("seen as ", "  ".join(item.shapes)),
        ("", item.marks),
        ("in lines ", item.template),
        ("because ", "; ".join(item.why)),
        ("by ", item.by),
    )
    for label, value in lines:
        if value:
            text.append(f"\n{label}", style="dim")
            text.append(value)
    return text


def matrices(view: View, width: int) -> list[RenderableType]:
    """Lay out one matrix for each record, its stores numbered and split to fit the width."""
    out: list[RenderableType] = []
    for item in view.matrices:
        out += ["", heading(f"Stores against categories: {item.title}"), *_matrix(item, width)]
    return out


def _matrix(item: Matrix, width: int) -> list[RenderableType]:
    legend = ", ".join(f"{cell.symbol} {cell.text}" for cell in item.legend)
    label = min(38, width // 2)
    step = max(1, (width - label) // 4)
    out: list[RenderableType] = [Text(legend, "dim")]
    for start in range(0, len(item.stores), step):
        out += ["", _matrix_part(item, start, start + step, label)]
    stores = RichTable.grid(padding=(0, 1))
    stores.add_column(justify="right")
    stores.add_column(overflow="fold")
    stores.add_column(overflow="fold", style="dim")
    for store in item.stores:
        stores.add_row(str(store.number), Text(store.id), Text(store.detail))
    return [*out, "", stores]


def _matrix_part(item: Matrix, start: int, end: int, label: int) -> RenderableType:
    table = RichTable.grid(padding=(0, 1, 0, 0))
    table.add_column(width=label - 1, no_wrap=True, overflow="ellipsis")
    stores = item.stores[start:end]
    for _ in stores:
        table.add_column(width=3, justify="right", no_wrap=True)
    table.add_row("", *(Text(str(store.number), "bold") for store in stores))
    for group in item.groups:
        table.add_row(Text(group.name, "bold"))
        for row in group.rows:
            cells = row.cells[start:end]
            marks = (
                Text(cell.symbol, "bold red" if cell.key == "undeclared" else "") for cell in cells
            )
            table.add_row(Text(f"  {row.category}"), *marks)
    return table


def record(view: View) -> list[RenderableType]:
    """Lay out what the record itself lacks."""
    out: list[RenderableType] = [heading("The record itself"), Text(view.record_sentence)]
    for group in view.record:
        out += ["", Text(group.title, "bold"), *_brief(group)]
    return out


def record_check(view: View) -> list[RenderableType]:
    """Lay out the record's own points in full, for a check of the record alone."""
    out: list[RenderableType] = [Text(f"{view.page.organisation}: the record is well formed.")]
    out.append(
        Text(view.record_sentence.replace(" They do not change the result of the scan.", ""))
    )
    for group in view.record:
        out += ["", Text(group.title, "bold")]
        for finding in group.findings:
            out += ["", *_finding(finding)]
    return out


def corrections(view: View, width: int) -> list[RenderableType]:
    """Lay out what the record corrects; nothing when it corrects nothing."""
    if not view.corrections:
        return []
    return ["", heading("Corrections"), *tables(view.corrections, width)]


def coverage(view: View, width: int) -> list[RenderableType]:
    """Lay out what was looked at."""
    out: list[RenderableType] = ["", heading("Coverage"), Text(view.coverage.sentence)]
    if view.coverage.findings:
        out += ["", *_brief(Group("coverage", "", "", view.coverage.findings))]
    return [*out, *tables(view.coverage.tables, width)]


def inventory(view: InventoryView, width: int) -> list[RenderableType]:
    """Lay out what each source holds, then how it was looked at."""
    out: list[RenderableType] = []
    if view.summary.rows:
        out += [Text(view.summary.title, "bold"), fitted(view.summary, width)]
    for source in view.sources:
        out += ["", heading(f"{source.name} ({source.about})")]
        for place in source.places:
            out += ["", *_place(place)]
        if source.silent:
            out += ["", Text(source.silent, "dim")]
    return [*out, "", heading("Coverage"), *tables(view.tables, width)]


def _place(place: PlaceView) -> list[RenderableType]:
    table = RichTable.grid(padding=(0, 2), expand=True)
    for ratio in (3, 4, 2, 5):
        table.add_column(overflow="fold", ratio=ratio)
    for item in place.holdings[:_HOLDINGS]:
        table.add_row(
            Text(item.field),
            Text(item.category, STYLES[item.severity] if item.confidence != "possible" else "dim"),
            Text(item.confidence),
            _counted(item),
        )
    head = Text(place.path, "bold", overflow="fold")
    about = Text(place.about, "dim")
    return [head, about, Padding(table, (0, 0, 0, 1)), *rest(len(place.holdings) - _HOLDINGS)]


def _counted(item: HoldingView) -> Text:
    text = Text(item.counted)
    for extra in (item.marks, "  ".join(item.shapes[:2])):
        if extra:
            text.append(f"\n{extra}", style="dim")
    return text
