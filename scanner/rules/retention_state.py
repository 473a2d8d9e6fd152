"""Retention rules as reports list them: what could be measured of each, and what lies past it."""

from collections.abc import Iterator

from scanner.model import RetentionState
from scanner.rules.comparison import Comparison
from scanner.rules.kept import Kept, Part, all_kept

_UNASKED = "the store could not be asked this time; see the gaps"
_PLAIN = "nothing tells when the period began"


def retention_states(comparison: Comparison) -> Iterator[RetentionState]:
    """Yield the state of each retention rule in each store that it binds."""
    for kept in all_kept(comparison):
        measured = [part for part in kept.parts if part.answers.timed is not None]
        oldest = kept.oldest
        yield RetentionState(
            id=kept.limit.rule.id,
            store=kept.store.id,
            limit=kept.limit.words,
            measurable=bool(measured) and bool(kept.limit.rule.period),
            reason=_reason(comparison, kept, measured),
            cutoff=kept.cutoff,
            oldest=oldest.date() if oldest is not None else None,
            overdue=sum(_late(part) for part in measured),
            held=sum(_late(part) for part in measured if part.holds),
        )


def _late(part: Part) -> int:
    late = part.answers.late
    if late is None:
        return 0
    return late.count if late.count is not None else int(late.oldest is not None)


def _reason(comparison: Comparison, kept: Kept, measured: list[Part]) -> str:
    """Say why a rule could not be measured, or not everywhere."""
    if not kept.limit.rule.period:
        return "no period is declared"
    if not comparison.by_store[kept.store.id]:
        return "the store was not reached"
    if not kept.parts:
        return "nothing that it limits was found"
    unknown = [part for part in kept.parts if part.answers.timed is None and part.matters]
    if not unknown:
        return "" if measured else "nothing that it limits was found"
    phrases = [part.start for part in unknown if isinstance(part.start, str)]
    told = next((phrase for phrase in phrases if phrase), _PLAIN if phrases else _UNASKED)
    if not measured:
        return told
    return f"not in {len(unknown):,} of {len(kept.parts):,} assets: {told}"
