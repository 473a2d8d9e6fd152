"""All records against the inventory: findings, summaries, and what the reader should know."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from scanner.model import Finding, Inventory, RecordSummary
from scanner.ropa.matching import answers_for
from scanner.ropa.tables import tables
from scanner.ropa.types import Ropa
from scanner.rules.accepting import accepted
from scanner.rules.base import Rule
from scanner.rules.building import comparisons
from scanner.rules.comparison import Comparison
from scanner.rules.drafting import listed
from scanner.rules.precedence import headlines, order
from scanner.rules.summarising import summarise


@dataclass(frozen=True, slots=True)
class Compared:
    """What comes of comparing. ``notes`` are sentences for the reader."""

    findings: tuple[Finding, ...]
    records: tuple[RecordSummary, ...]
    notes: tuple[str, ...] = ()
    tables: Mapping[str, str] = field(default_factory=dict)  # dated table -> its day


def compare_with(
    rules: Iterable[type[Rule]], inventory: Inventory, ropas: Sequence[Ropa], as_of: date
) -> Compared:
    """Run rules over each record. The order of the result depends on nothing but its content."""
    chosen = tuple(rule() for rule in rules)
    findings: list[Finding] = []
    notes: dict[str, None] = {}
    made = comparisons(inventory, ropas, as_of)
    for comparison in made:
        found = (finding for rule in chosen for finding in rule.check(comparison))
        spoken, refused = accepted(headlines(found), comparison.ropa, as_of)
        findings += spoken
        notes.update(dict.fromkeys((*refused, *_notes(comparison))))
    notes.update(dict.fromkeys(_of_all(inventory, ropas, as_of)))
    return Compared(
        tuple(sorted(findings, key=lambda f: (*order(f), f.record))),
        tuple(summarise(comparison) for comparison in made),
        tuple(notes),
        {name: day.isoformat() for name, day in sorted(tables().days.items())},
    )


def _notes(comparison: Comparison) -> Iterator[str]:
    """Say what was left in peace, so that nothing is silent."""
    record = comparison.ropa.organisation.id
    if comparison.vetted:
        yield (
            f"{record}: set aside because the record says what a field is not (is_not): "
            f"{comparison.vetted:,}."
        )
    if comparison.masked:
        fields = len({spot.path for spot in comparison.masked})
        yield f"{record}: fields that hold masked values, which are counted only: {fields:,}."
    left_out = sum(bool(asset.excluded_by) for asset in comparison.assets)
    if left_out:
        yield f"{record}: assets left out by the record (exclude), not compared: {left_out:,}."


def _of_all(inventory: Inventory, ropas: Sequence[Ropa], as_of: date) -> Iterator[str]:
    alone = [s.name for s in inventory.sources if not any(answers_for(r, s.name) for r in ropas)]
    if alone and ropas:
        yield f"No record answers for {listed(alone)}: what is there was not compared."
    warning = tables().warning(as_of) if ropas else ""
    if warning:
        yield warning
