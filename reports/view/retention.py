"""How long data is kept: every declared rule with what could be measured of it."""

from collections.abc import Iterator, Sequence

from reports.view import words
from reports.view.types import Table
from scanner.model import RecordSummary, RetentionState, ScanResult

ROWS = 1000  # of one table of a report for people; JSON lists all
_HEADINGS = ("Rule", "Store", "Limit", "Oldest", "Past the limit", "Measured")


def retentions(result: ScanResult) -> tuple[Table, ...]:
    """One table of retention rules for each record; none where no rule binds a store."""
    several = len(result.records) > 1
    return tuple(_table(r, several=several) for r in result.records if r.retentions)


def sentence(result: ScanResult) -> str:
    """Say how many rules could be measured, so that a zero means something; empty without any."""
    states = [state for record in result.records for state in record.retentions]
    if not states:
        return ""
    measured = [state for state in states if state.measurable]
    past = sum(state.overdue > state.held for state in measured)
    held = sum(state.held > 0 for state in measured)
    kept = f", {words.number(held)} with data that is held" if held else ""
    return (
        f"{words.number(len(measured))} of {words.plural(len(states), 'rule')} measurable, "
        f"{words.number(past)} past the limit{kept}"
    )


def _table(record: RecordSummary, *, several: bool) -> Table:
    states = sorted(record.retentions, key=_urgency)
    left = len(states) - ROWS
    return Table(
        f"How long data is kept{f' ({record.name})' if several else ''} "
        f"({words.number(len(states))})",
        _HEADINGS,
        tuple(_rows(states[:ROWS])),
        "A rule is listed once for each store that it binds. Past the limit: rows whose start lies "
        "before the one day that follows from the limit and the day of the comparison.",
        f"{words.number(left)} more are listed in the JSON report." if left > 0 else "",
        f"retention-{record.id}" if several else "retention",
    )


def _urgency(state: RetentionState) -> tuple[bool, bool, str, str]:
    return state.overdue <= state.held, state.measurable, state.store, state.id


def _rows(states: Sequence[RetentionState]) -> Iterator[tuple[str, ...]]:
    for state in states:
        yield (
            state.id,
            state.store,
            state.limit,
            words.day(state.oldest) or "–",
            _late(state),
            _measured(state),
        )


def _late(state: RetentionState) -> str:
    if not state.measurable or state.cutoff is None:
        return "–"
    before = f" (begun before {words.day(state.cutoff)})"
    held = f", {words.number(state.held)} of them held" if state.held else ""
    return f"{words.number(state.overdue)}{before}{held}"


def _measured(state: RetentionState) -> str:
    if state.measurable:
        return f"yes; {state.reason}" if state.reason else "yes"
    return f"no: {state.reason}" if state.reason else "no"
