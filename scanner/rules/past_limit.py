"""What is past a declared limit, and how sure that is where several rules bind the same data."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter

from scanner.model import Confidence
from scanner.ropa.starts import Start
from scanner.rules.comparison import Comparison
from scanner.rules.kept import Kept, Part, all_kept, same_rows

_EARLIEST, _LATEST, _UNKNOWN = "earliest", "latest", "unknown"
_Bound = tuple[Kept, Part]


@dataclass(frozen=True, slots=True)
class Late:
    """Rows of one asset that are past the limit of the rule that speaks for them."""

    kept: Kept
    part: Part
    rows: int
    least: bool  # at least so many: the store could not count them all
    flagged: int  # of these, rows that are marked as closed
    confidence: Confidence
    beside: tuple[str, ...] = ()  # ids of other rules for the same data

    @property
    def oldest(self) -> datetime | None:
        """The oldest start among them."""
        late = self.part.answers.late
        return late.oldest if late is not None else None

    @property
    def begun(self) -> date | None:
        """The day of the oldest start."""
        return self.oldest.date() if self.oldest is not None else None


def lates(comparison: Comparison) -> tuple[Late, ...]:
    """Return all that is past a limit, each row under one rule."""
    by_asset: dict[tuple[str, str], list[_Bound]] = defaultdict(list)
    for kept in all_kept(comparison):
        if kept.limit.at_most:
            for part in kept.parts:
                if part.matters or part.answers.late is not None:
                    by_asset[kept.store.id, part.at.path].append((kept, part))
    found = (late for mine in by_asset.values() for one in _joined(mine) for late in _late(one))
    return tuple(found)


def _joined(mine: Sequence[_Bound]) -> list[list[_Bound]]:
    """Put rules together that bind the same fields of an asset."""
    groups: list[list[_Bound]] = []
    for bound in mine:
        shared = [g for g in groups if any(_overlap(bound, other) for other in g)]
        groups = [g for g in groups if not any(g is one for one in shared)]
        groups.append([*(item for group in shared for item in group), bound])
    return groups


def _overlap(one: _Bound, other: _Bound) -> bool:
    mine, theirs = _fields(one[1]), _fields(other[1])
    if mine and theirs:
        return bool(mine & theirs)
    return bool(set(one[0].limit.categories) & set(other[0].limit.categories))


def _fields(part: Part) -> set[str]:
    late = part.answers.late
    if late is not None and late.question.not_null:
        return set(late.question.not_null)
    return {spot.holding.field for spot in part.spots}


def _late(group: Sequence[_Bound]) -> Iterator[Late]:
    """Yield what is past a limit in one asset, for rules that bind the same data."""
    known = sorted(((_count(part), n) for n, (_, part) in enumerate(group)), key=itemgetter(0))
    measured = [(count, group[n]) for count, n in known if group[n][1].answers.late is not None]
    if not measured:
        return
    combine = _combine(group)
    most, last = measured[-1]
    if combine == _EARLIEST:
        if most:
            yield _made(last, most, Confidence.CONFIRMED, group)
        return
    # Past all limits are at most as many as are past the one that the fewest are past.
    least, first = measured[0] if len(measured) == len(group) else (0, last)
    if least:
        exact = combine == _LATEST and _nested(group)
        yield _made(first, least, Confidence.CONFIRMED if exact else Confidence.PROBABLE, group)
    open_ = combine == _UNKNOWN or len(measured) < len(group)
    if open_ and most > least:
        yield _made(last, most - least, Confidence.POSSIBLE, group, skip=least)


def _count(part: Part) -> int:
    late = part.answers.late
    if late is None:
        return 0
    return late.count if late.count is not None else int(late.oldest is not None)


def _combine(group: Sequence[_Bound]) -> str:
    """Say how the limits join; where the record does not say, and they differ, nobody knows."""
    rules = [kept.limit.rule for kept, _ in group]
    said = {rule.combine for rule in rules if rule.combine}
    if len(said) == 1:
        return said.pop()
    limits = {(rule.period, rule.grace, rule.starts) for rule in rules}
    return _UNKNOWN if said or len(limits) > 1 else _EARLIEST


def _nested(group: Sequence[_Bound]) -> bool:
    """Tell whether all count by the same time, so that the fewest are past every limit."""
    answers = [part.answers.late for _, part in group]
    first = answers[0]
    return first is not None and all(a is not None and same_rows(first, a) for a in answers)


def _made(
    bound: _Bound, rows: int, sure: Confidence, group: Sequence[_Bound], skip: int = 0
) -> Late:
    kept, part = bound
    late, closed = part.answers.late, part.answers.closed
    inexact = late is not None and not late.exact
    guessed = isinstance(part.start, Start) and not part.start.declared
    if inexact or guessed or kept.backup:
        sure = least_sure((sure, Confidence.PROBABLE))
    if kept.limit.rule.then == "review":  # whether it was reviewed cannot be seen
        sure = Confidence.POSSIBLE
    marked = (closed.count or 0) if closed is not None else 0
    return Late(
        kept,
        part,
        rows,
        least=late is not None and late.count is None,
        flagged=min(max(marked - skip, 0), rows),
        confidence=sure,
        beside=tuple(k.limit.rule.id for k, _ in group if k is not kept),
    )


def least_sure(items: Iterable[Confidence]) -> Confidence:
    """Return the weakest confidence."""
    return min(items, key=lambda item: item.rank)
