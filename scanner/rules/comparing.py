"""All records against the inventory: findings, summaries, and what the reader should know."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from scanner.model import Correction, Finding, Inventory, Measure, Outcome, Past, RecordSummary
from scanner.ropa.matching import answers_for
from scanner.ropa.tables import tables
from scanner.ropa.types import Ropa
from scanner.rules.accepting import accepted
from scanner.rules.base import Rule
from scanner.rules.building import comparisons
from scanner.rules.comparison import Comparison
from scanner.rules.drafting import called, listed
from scanner.rules.precedence import headlines, order
from scanner.rules.standing import Standing, undeclared
from scanner.rules.summarising import summarise

_APPLIED = (Outcome.REMOVED, Outcome.CHANGED)


@dataclass(frozen=True, slots=True)
class Compared:
    """What comes of comparing. ``notes`` are sentences for the reader."""

    findings: tuple[Finding, ...]
    records: tuple[RecordSummary, ...]
    notes: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    tables: Mapping[str, str] = field(default_factory=dict)  # dated table -> its day


def compare_with(
    rules: Iterable[type[Rule]],
    inventory: Inventory,
    ropas: Sequence[Ropa],
    as_of: date,
    past: Past | None = None,
    detectors: Mapping[str, str] | None = None,
) -> Compared:
    """Run rules over each record. The order of the result depends on nothing but its content."""
    chosen = tuple(rule() for rule in rules)
    findings: list[Finding] = []
    notes: dict[str, None] = {}
    made = comparisons(inventory, ropas, as_of, past, detectors)
    for comparison in made:
        found = (finding for rule in chosen for finding in rule.check(comparison))
        spoken, refused = accepted(headlines(found), comparison.ropa, as_of)
        findings += spoken
        notes.update(dict.fromkeys((*refused, *_notes(comparison))))
    notes.update(dict.fromkeys(_of_all(inventory, ropas, as_of)))
    return Compared(
        findings=tuple(sorted(findings, key=lambda f: (*order(f), f.record))),
        records=tuple(summarise(comparison) for comparison in made),
        notes=tuple(notes),
        corrections=tuple(item for comparison in made for item in comparison.corrections),
        tables={name: day.isoformat() for name, day in sorted(tables().days.items())},
    )


def _notes(comparison: Comparison) -> Iterator[str]:
    """Say what was left in peace, so that nothing is silent."""
    record = comparison.ropa.organisation.id
    behind = comparison.tables.behind(comparison.ropa.settings.adequacy_table)
    if behind:
        yield f"{record}: {behind}"
    yield from _corrected(comparison, record)
    if comparison.masked:
        fields = len({spot.path for spot in comparison.masked})
        yield f"{record}: fields that hold masked values, which are counted only: {fields:,}."
    uncounted = len({(m.asset, m.question.field) for m in _uncounted(comparison)})
    if uncounted:
        yield (
            f"{record}: fields of birth dates or ages that the store could not count by (no index "
            f"on a large asset, or not of such a type): {uncounted:,}."
        )
    if comparison.business:
        quiet = {s.holding.asset for s in undeclared(comparison, Standing.LEFT_OUT)}
        yield (
            f"{record}: assets of business contacts only, which PIPEDA leaves out: "
            f"{len(comparison.business):,}; what they hold undeclared is no finding in: "
            f"{len(quiet):,}."
        )
    left_out = sum(bool(asset.excluded_by) for asset in comparison.assets)
    if left_out:
        yield f"{record}: assets left out by the record (exclude), not compared: {left_out:,}."


def _uncounted(comparison: Comparison) -> Iterator[Measure]:
    for asset in comparison.assets:
        for measure in asset.result.measures:
            if measure.count is None and measure.question.because.startswith("children:"):
                yield measure


def _corrected(comparison: Comparison, record: str) -> Iterator[str]:
    """Say how many corrections were applied, and name those that must not be overlooked."""
    applied = [c for c in comparison.corrections if c.outcome in _APPLIED]
    if applied:
        yield (
            f"{record}: corrections of the record (is_not, must_be) applied: {len(applied):,}; "
            "they are listed with the lines that say so."
        )
    weighty = [item for item in applied if item.weighty]
    for line, glob in dict.fromkeys((item.line, item.match) for item in weighty):
        found = [item for item in weighty if (item.line, item.match) == (line, glob)]
        categories = listed(sorted({called(item.found) for item in found}))
        fields = len({item.place for item in found})
        values = sum(item.records for item in found)
        yield (
            f"{record}: {categories} set aside or read otherwise on the word of {line} "
            f"({glob}); fields: {fields:,}, values: {values:,}."
        )


def _of_all(inventory: Inventory, ropas: Sequence[Ropa], as_of: date) -> Iterator[str]:
    alone = [s.name for s in inventory.sources if not any(answers_for(r, s.name) for r in ropas)]
    if alone and ropas:
        yield f"No record answers for {listed(alone)}: what is there was not compared."
    warning = tables().warning(as_of) if ropas else ""
    if warning:
        yield warning
