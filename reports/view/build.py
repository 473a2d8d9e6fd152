"""Put the parts of a view together."""

from collections.abc import Mapping

from reports.view import words
from reports.view.context import Context, context
from reports.view.corrections import corrections
from reports.view.coverage import coverage, coverage_tables
from reports.view.findings import groups, record_groups, rules
from reports.view.inventory import InventoryView, facts, source_views, summary, verdict
from reports.view.matrix import matrix
from reports.view.page import page
from reports.view.places import places
from reports.view.retention import retentions
from reports.view.types import Group, Table, View
from scanner.model import ScanResult


def of(subject: "ScanResult | View | InventoryView") -> "View | InventoryView":
    """Return the view of a result: compared with a record when there is one."""
    if not isinstance(subject, ScanResult):
        return subject
    return build(subject) if subject.records else build_inventory(subject)


def build(result: ScanResult) -> View:
    """Build the view of a scan that was compared with a record."""
    ctx = context(result)
    found = groups(ctx)
    own = record_groups(ctx)
    view = View(
        banner=_banner(result),
        title=f"Record against reality, {words.day(result.as_of)}",
        page=page(ctx),
        groups=found,
        rules=rules(finding for finding in result.findings if finding.section == "findings"),
        matrices=tuple(matrix(record) for record in result.records if record.pairs),
        record=own,
        record_sentence=_record_sentence(own),
        corrections=corrections(result),
        places=places(result),
        retentions=retentions(result),
        coverage=coverage(ctx),
        made=_made(ctx),
        notes=tuple(words.sentence(note) for note in result.notes),
        generator=f"ropascan {result.version}, scan {result.scan_id}",
    )
    return words.clean(view)


def build_inventory(result: ScanResult) -> InventoryView:
    """Build the view of what was found, with no record to compare with."""
    ctx = context(result)
    view = InventoryView(
        banner=_banner(result),
        title=f"What is in here, {words.day(result.as_of)}",
        question="What is in here?",
        facts=facts(ctx),
        verdict=verdict(ctx),
        summary=summary(result.inventory.results),
        sources=source_views(ctx),
        tables=coverage_tables(result.inventory),
        made=_made(ctx),
        notes=tuple(words.sentence(note) for note in result.notes),
        generator=f"ropascan {result.version}, scan {result.scan_id}",
    )
    return words.clean(view)


def _banner(result: ScanResult) -> str:
    invented = result.synthetic or any(record.synthetic for record in result.records)
    return words.BANNER if invented else ""


def _record_sentence(own: tuple[Group, ...]) -> str:
    count = sum(len(group.findings) for group in own)
    if not count:
        return "Nothing missing was found in the record itself, in what this scan checks."
    return (
        f"{words.plural(count, 'point')} about the record itself, whatever the stores hold. "
        "They do not change the result of the scan."
    )


def _made(ctx: Context) -> tuple[Table, ...]:
    result = ctx.result
    run = {
        "Scan": result.scan_id,
        "Version": result.version,
        "Started": words.moment(result.started),
        "Finished": words.moment(result.finished),
        "As of": words.day(result.as_of),
    }
    if result.records:
        run["Rules that ran"] = ", ".join(result.rules) or "not stated"
        run["Fails at"] = f"{result.fail_on.value}, at least {result.min_confidence.value}"
    run["Exit code"] = f"{result.exit_code} ({_EXITS.get(result.exit_code, 'see the manual')})"
    tables = (
        _table("The run", run),
        _table("Settings", result.settings),
        _table("Detection", result.detectors),
        _table("Dated tables", result.tables),
    )
    return tuple(table for table in tables if table.rows)


_EXITS = {
    0: "ran, nothing at or above the level that fails",
    1: "findings at or above the level that fails",
    2: "could not run",
    3: "something could not be read",
}


def _table(title: str, pairs: Mapping[str, str]) -> Table:
    return Table(title, ("What", "Value"), tuple((key, str(pairs[key])) for key in pairs))
