"""What the record corrects (``is_not``, ``must_be``): shown as applied, or why it was not."""

from collections.abc import Sequence

from reports.view import words
from reports.view.types import Table
from scanner.model import Correction, Outcome, ScanResult

ROWS = 1000  # of one table of a report for people; JSON lists all
_ABOUT = (
    "The record says what a field is not (is_not), or what it must be (must_be); that was applied "
    "before anything was compared. What was found stands in the JSON report as it was found."
)
_WEIGHTY = "check this line: an id, a card, a secret or a special category"


def corrections(result: ScanResult) -> tuple[Table, ...]:
    """Tables of the corrections that were applied, and of those without effect; none if empty.

    Fields that a line corrects alike share a row.
    """
    done: dict[tuple[object, ...], list[Correction]] = {}
    rest: dict[tuple[object, ...], list[Correction]] = {}
    for item in result.corrections:
        side = done if item.outcome in (Outcome.REMOVED, Outcome.CHANGED) else rest
        key = (
            item.record,
            item.line,
            item.match,
            item.setting,
            item.outcome,
            item.found,
            item.category,
        )
        side.setdefault(key, []).append(item)
    tables = (
        _table(
            "corrections",
            "Corrections applied",
            ("Said by", "Fields", "Found", "Counts as", "Values"),
            [_applied(items) for items in done.values()],
            _ABOUT,
        ),
        _table(
            "corrections-idle",
            "Corrections without effect",
            ("Said by", "Fields", "Correction", "Why"),
            [_idle(items) for items in rest.values()],
            "The record may be out of date there, or the values contradict it.",
        ),
    )
    return tuple(table for table in tables if table.rows)


def _table(
    key: str, title: str, headings: tuple[str, ...], rows: Sequence[tuple[str, ...]], about: str
) -> Table:
    left = len(rows) - ROWS
    more = f"{words.number(left)} more are listed in the JSON report." if left > 0 else ""
    counted = f"{title} ({words.number(len(rows))})"
    return Table(counted, headings, tuple(rows[:ROWS]), about, more, key)


def _applied(items: Sequence[Correction]) -> tuple[str, ...]:
    first = items[0]
    sure = sorted({item.confidence for item in items if item.confidence}, key=lambda c: c.rank)
    values = sum(item.records for item in items)
    return (
        _said(first) + (f"; {_WEIGHTY}" if first.weighty else ""),
        _fields(items),
        f"{words.category(first.found)}, {words.listed(one.value for one in sure)}",
        words.category(first.category) if first.category else "set aside (is_not)",
        words.number(values) if values else "by name only",
    )


def _idle(items: Sequence[Correction]) -> tuple[str, ...]:
    first = items[0]
    if first.outcome is Outcome.KEPT:
        what = f"must_be, but {words.category(first.found)} was found"
    else:
        what = f"{first.setting} {words.category(first.found or first.category)}"
    return _said(first), _fields(items), what, words.sentence(first.detail)


def _fields(items: Sequence[Correction]) -> str:
    if len(items) == 1:
        return items[0].place
    return f"{items[0].match} ({words.plural(len(items), 'field')})"


def _said(item: Correction) -> str:
    return item.line + (f" ({item.note})" if item.note else "")
