"""A result without a record: what is in here?"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from reports.view import words
from reports.view.context import Context
from reports.view.coverage import ROWS, looked, looked_sentence, status
from reports.view.types import Fact, Table, Verdict
from scanner.model import AssetResult, Confidence, Holding, Method, Severity
from scanner.taxonomy import taxonomy


@dataclass(frozen=True, slots=True)
class HoldingView:
    """One category in one field."""

    field: str
    category: str
    severity: str  # the weight of the category, for its style
    confidence: str
    counted: str
    subject: str
    by: str
    marks: str
    shapes: tuple[str, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceView:
    """An asset that holds personal data."""

    path: str
    about: str
    holdings: tuple[HoldingView, ...]
    more: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source with the assets that hold personal data."""

    name: str
    about: str
    places: tuple[PlaceView, ...]
    silent: str  # assets without a holding, and whether they were read


@dataclass(frozen=True, slots=True)
class InventoryView:
    """What is in here, without a record to compare with."""

    banner: str
    title: str
    question: str
    facts: tuple[Fact, ...]
    verdict: Verdict
    summary: Table
    sources: tuple[SourceView, ...]
    tables: tuple[Table, ...]
    made: tuple[Table, ...]
    notes: tuple[str, ...]
    generator: str


def summary(results: Sequence[AssetResult]) -> Table:
    """One row for each category: where, how many fields, how sure."""
    found: dict[str, list[Holding]] = defaultdict(list)
    for result in results:
        for holding in result.holdings:
            found[holding.category].append(holding)
    order = sorted(found, key=lambda id_: (-_weight(id_).rank, -len(found[id_]), id_))
    return Table(
        f"Categories found ({len(order)})",
        ("Category", "Weight", "Fields", "Assets", "Confirmed", "Probable", "Possible"),
        tuple(_summary_row(id_, found[id_]) for id_ in order),
        "Heaviest first. A field counts once for each category found in it.",
        key="summary",
    )


def _summary_row(id_: str, holdings: Sequence[Holding]) -> tuple[str, ...]:
    sure = [sum(h.confidence is level for h in holdings) for level in reversed(Confidence)]
    numbers = (len(holdings), len({h.asset for h in holdings}), *sure)
    return (words.category(id_), _weight(id_).value, *(words.number(n) for n in numbers))


def _weight(id_: str) -> Severity:
    known = taxonomy().categories.get(id_)
    return known.weight if known else Severity.INFO


def verdict(ctx: Context) -> Verdict:
    """Say how much was found, and in how much."""
    inventory = ctx.result.inventory
    found = inventory.holdings
    gaps = bool(inventory.all_gaps)
    if not looked(inventory).read and not found:
        return Verdict("Nothing was read.", "The section on coverage says why.", "gaps")
    if not found:
        return Verdict(
            "No personal data found in what was looked at.",
            "A sample can miss what is rare."
            + (" Not everything could be looked at." if gaps else ""),
            "gaps" if gaps else "none",
        )
    places = len({holding.asset for holding in found})
    kinds = len({holding.category for holding in found})
    sure = [
        f"{words.number(sum(h.confidence is level for h in found))} {level.value}"
        for level in reversed(Confidence)
    ]
    fields = len({(holding.asset, holding.field) for holding in found})
    return Verdict(
        f"Personal data found: {words.plural(kinds, 'category', 'categories')} in "
        f"{words.plural(fields, 'field')} of {words.plural(places, 'asset')}.",
        f"{words.plural(len(found), 'holding')}: {', '.join(sure)}."
        + (" Not everything could be looked at." if gaps else ""),
        "gaps" if gaps else "found",
    )


def facts(ctx: Context) -> tuple[Fact, ...]:
    """Return the head of the report."""
    result = ctx.result
    return (
        Fact("Looked", words.moment(result.started)),
        Fact("Looked at", looked_sentence(result.inventory)),
        Fact("Record", "none given: nothing is compared"),
    )


def source_views(ctx: Context) -> tuple[SourceView, ...]:
    """Build one view for each source."""
    results: dict[str, list[AssetResult]] = defaultdict(list)
    for result in ctx.result.inventory.results:
        results[result.asset.source].append(result)
    out = []
    for source in ctx.result.inventory.sources:
        mine = results[source.name]
        places = tuple(_place(result) for result in mine if result.holdings)
        about = f"{source.kind}, {words.plural(len(mine), 'asset')}"
        out.append(
            SourceView(
                source.name,
                about if source.reached else f"{source.kind}, not reached",
                places,
                _silent(mine),
            )
        )
    return tuple(out)


def _silent(results: Sequence[AssetResult]) -> str:
    """Say why the assets without a holding have none: a zero says whether it was looked for."""
    how = Counter(status(result) for result in results if not result.holdings)
    named = (
        ("read", "nothing found in", ""),
        ("part", "nothing found in", ", read in part"),
        ("names", "nothing in the names of", ", read by name and size only"),
        ("unread", "not known:", ", could not be read"),
    )
    parts = [
        f"{before} {words.plural(how[key], 'asset')}{after}"
        for key, before, after in named
        if how[key]
    ]
    return words.sentence("; ".join(parts)).capitalize()


def _place(result: AssetResult) -> PlaceView:
    cover = result.coverage
    exact = cover.method is Method.WHOLE or cover.counted
    total = cover.population if cover.population is not None else result.asset.population
    # Strongest first inside a field; fields in the order of the store.
    order = {field.name: index for index, field in enumerate(result.asset.fields)}
    holdings = sorted(
        result.holdings,
        key=lambda h: (order.get(h.field, len(order)), h.field, -h.score, h.category),
    )
    left = len(holdings) - ROWS
    return PlaceView(
        result.asset.path,
        f"{words.plural(cover.rows, 'row')}, {words.method(cover.method, total, exact=exact)}",
        tuple(_holding(holding) for holding in holdings[:ROWS]),
        f"{words.number(left)} more are listed in the JSON report." if left > 0 else "",
    )


def _holding(item: Holding) -> HoldingView:
    return HoldingView(
        item.field or "(the asset as a whole)",
        words.category(item.category),
        _weight(item.category).value,
        item.confidence.value,
        words.counted(item.matched, item.examined, item.method, item.cells),
        "" if item.subject == "unknown" else item.subject,
        ", ".join(item.by),
        words.marks(item.marks),
        item.examples,
        tuple(reason.rstrip(".") for reason in item.why),
    )
