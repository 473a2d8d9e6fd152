"""What was looked at, what was left out on purpose, and what could not be read."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reports.view import words
from reports.view.context import Context
from reports.view.findings import finding_views
from reports.view.types import CoverageView, Table
from scanner.model import AssetResult, Depth, Gap, Inventory, Method, SourceStatus

ROWS = 1000  # of one table of a report for people; JSON lists all


@dataclass(frozen=True, slots=True)
class Looked:
    """How many assets were looked at, and how."""

    listed: int
    read: int  # content read, wholly or in part
    names: int  # names and sizes only, or nothing: on purpose
    unread: int  # should have been read
    rows: int
    unlisted: int  # sources whose assets are not known


def looked(inventory: Inventory) -> Looked:
    """Count assets by how they were looked at."""
    how = Counter(status(result) for result in inventory.results)
    return Looked(
        listed=len(inventory.results),
        read=how["read"] + how["part"],
        names=how["names"],
        unread=how["unread"],
        rows=sum(result.coverage.rows for result in inventory.results),
        unlisted=sum(not source.reached for source in inventory.sources),
    )


def status(result: AssetResult) -> str:
    """Say how an asset was looked at: ``read``, ``part``, ``names`` or ``unread``."""
    if result.coverage.depth is not Depth.CONTENT:
        return "names"
    if result.coverage.method is Method.NONE and result.gaps:
        return "unread"
    return "part" if result.gaps else "read"


def looked_sentence(inventory: Inventory) -> str:
    """Say how much was looked at, with the denominator named."""
    seen = looked(inventory)
    share = f" ({words.percent(seen.read, seen.listed)})" if seen.listed else ""
    parts = [
        f"{words.number(seen.read)} of {words.plural(seen.listed, 'asset')} listed{share}, "
        f"{words.plural(seen.rows, 'row')} read"
    ]
    if seen.names:
        parts.append(f"{words.number(seen.names)} by name and size only, on purpose")
    if seen.unread:
        parts.append(f"{words.number(seen.unread)} could not be read")
    if seen.unlisted:
        them = "its assets are" if seen.unlisted == 1 else "their assets are"
        parts.append(f"{words.plural(seen.unlisted, 'source')} not reached: {them} not counted")
    return "; ".join(parts)


def places(gaps: Iterable[Gap]) -> dict[tuple[str, str], Gap]:
    """Return one gap for each source or asset that was not read, or not wholly."""
    out: dict[tuple[str, str], Gap] = {}
    for gap in gaps:
        out.setdefault((gap.source, gap.asset), gap)
    return out


def coverage(ctx: Context) -> CoverageView:
    """Build the section on coverage."""
    inventory = ctx.result.inventory
    findings = [
        finding
        for finding in words.best_first(ctx.result.findings)
        if finding.section == "coverage" and finding.state in words.ACTIVE
    ]
    return CoverageView(
        words.sentence(f"Looked at {looked_sentence(inventory)}"),
        coverage_tables(inventory),
        finding_views(ctx, findings),
    )


def coverage_tables(inventory: Inventory) -> tuple[Table, ...]:
    """Tables of gaps, sources, assets and omissions; empty ones are left out, gaps never."""
    tables = (
        _gaps(inventory.all_gaps),
        _sources(inventory),
        _assets(inventory.results),
        _omissions(inventory),
    )
    return tuple(table for table in tables if table.rows or table.key == "gaps")


def _cut(
    key: str,
    title: str,
    headings: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    about: str,
) -> Table:
    left = len(rows) - ROWS
    more = f"{words.number(left)} more are listed in the JSON report." if left > 0 else ""
    return Table(
        f"{title} ({words.number(len(rows))})", headings, tuple(rows[:ROWS]), about, more, key
    )


def _gaps(gaps: Sequence[Gap]) -> Table:
    rows = []
    for gap in gaps:
        reason, attempt = words.REASONS[gap.reason]
        where = gap.asset or gap.source
        rows.append(
            (
                f"{where}#{gap.field}" if gap.field else where,
                reason,
                words.sentence(gap.detail),
                attempt,
            )
        )
    table = _cut(
        "gaps",
        "Not scanned, or not wholly",
        ("Where", "Why", "What happened", "What to try"),
        rows,
        "Silence about these places says nothing."
        if rows
        else "Everything that was to be read was read.",
    )
    # As on page one: a place with two reasons is one place.
    title = f"Not scanned, or not wholly ({words.plural(len(places(gaps)), 'place')})"
    return replace(table, title=title)


def _sources(inventory: Inventory) -> Table:
    assets = Counter(result.asset.source for result in inventory.results)
    read = Counter(
        result.asset.source for result in inventory.results if status(result) in ("read", "part")
    )
    rows = [
        (
            source.name,
            source.kind,
            _met(source),
            ", ".join(filter(None, (source.country, source.region))) or "not stated",
            source.environment + (", shared" if source.shared else ""),
            words.number(assets[source.name]),
            words.number(read[source.name]),
        )
        for source in inventory.sources
    ]
    return _cut(
        "sources",
        "Sources",
        ("Source", "Kind", "Met", "Place", "Environment", "Assets listed", "Assets read"),
        rows,
        "Place: what the store itself says, else what the configuration says.",
    )


def _met(source: SourceStatus) -> str:
    if not source.reached:
        return "not reached"
    return "listed completely" if source.complete else "listed in part"


def _assets(results: Sequence[AssetResult]) -> Table:
    rows = [
        (
            result.asset.path,
            _how_words(result),
            words.number(result.coverage.rows),
            _population(result),
            words.number(len(result.holdings)),
        )
        for result in results
    ]
    return _cut(
        "assets",
        "Assets",
        ("Asset", "How it was looked at", "Rows read", "Rows in all", "Holdings"),
        rows,
        "A sample can miss what is rare. A holding is one category in one field.",
    )


def _how_words(result: AssetResult) -> str:
    cover = result.coverage
    how = status(result)
    if how == "names":
        why = words.OMISSIONS.get(cover.why, cover.why)
        return why + (f" ({cover.by})" if cover.by else "")
    if how == "unread":
        return "could not be read"
    text = {
        Method.WHOLE: "read whole",
        Method.RANDOM: "random sample",
        Method.SPREAD: "sample spread over the whole",
        Method.FIRST: "only the first rows",
        Method.NONE: "nothing to read",
    }[cover.method]
    return text + (", in part" if how == "part" and cover.method is not Method.NONE else "")


def _population(result: AssetResult) -> str:
    cover = result.coverage
    total = cover.population if cover.population is not None else result.asset.population
    if total is None:
        return "not known"
    exact = cover.counted or result.asset.counted
    return ("" if exact else "about ") + words.number(total)


def _omissions(inventory: Inventory) -> Table:
    rows = [
        (item.asset or item.source, words.OMISSIONS.get(item.why, item.why), item.by)
        for item in inventory.all_omissions
    ]
    return _cut(
        "omissions",
        "Left out on purpose",
        ("Where", "Why", "Said by"),
        rows,
        "These are choices, not gaps.",
    )
