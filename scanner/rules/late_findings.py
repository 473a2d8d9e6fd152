"""From rows past a limit to findings: one for each store and retention rule."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from scanner.model import Confidence, Evidence, Finding, Severity, place
from scanner.ropa.periods import add
from scanner.ropa.types import Hold
from scanner.rules.base import Rule
from scanner.rules.comparison import Comparison
from scanner.rules.drafting import Where, Words, finding, listed
from scanner.rules.kept import Kept, Part
from scanner.rules.past_limit import Late
from scanner.rules.weights import category

_SHOWN = 100  # assets with evidence of their own; the others are named only
BY = ("counted by the store",)
HELD = (
    "Nothing to do now: the record says that this is kept on purpose. Check that the hold still "
    "stands when its review is due, and erase the data when it ends."
)


@dataclass(frozen=True, slots=True)
class Share:
    """The rows of one asset that a rule speaks of."""

    late: Late
    rows: int


@dataclass(frozen=True, slots=True)
class Speech:
    """How a rule speaks: ``what`` ends the sentence ``12 rows in crm (database) ...``."""

    what: str
    advice: str


def speak(
    comparison: Comparison, rule: Rule, shares: Iterable[Share], speech: Speech
) -> Iterator[Finding]:
    """Yield a finding for each store and retention rule; what is held apart, as info."""
    free: dict[tuple[str, str], list[Share]] = defaultdict(list)
    held: dict[tuple[str, str, str], list[Share]] = defaultdict(list)
    holds: dict[str, Hold] = {}
    for share in shares:
        kept = share.late.kept
        key = kept.store.id, kept.limit.rule.id
        if share.late.part.holds:
            hold = share.late.part.holds[0]
            holds[hold.id] = hold
            held[(*key, hold.id)].append(share)
        else:
            free[key].append(share)
    for _, mine in sorted(free.items()):
        yield _free(comparison, rule, mine, speech)
    for (_, _, id_), mine in sorted(held.items()):
        yield _held(comparison, rule, mine, holds[id_])


def _free(comparison: Comparison, rule: Rule, mine: Sequence[Share], speech: Speech) -> Finding:
    kept = mine[0].late.kept
    best = max((share.late.confidence for share in mine), key=lambda c: c.rank)
    sure = [share for share in mine if share.late.confidence is best]
    rest = sum(share.rows for share in mine if share.late.confidence is not best)
    where = Where(kept.store)
    words = Words(
        title=f"{_rows(sure)} in {where.words} {speech.what}: {kept.limit.words} "
        f"({kept.limit.rule.id}){aged(comparison, _oldest(sure))}{_beside(sure, best)}"
        + (f"; {counted(rest)} more, less surely" if rest else ""),
        advice=speech.advice,
        declared=str(kept.limit.rule.origin),
        qualifier=kept.limit.rule.id,
        children=tuple(sorted(share.late.part.at.path for share in mine)),
    )
    return finding(
        comparison,
        rule,
        where,
        _severity(comparison, rule, kept, sure),
        words,
        confidence=best,
        evidence=tuple(_evidence(comparison, share) for share in _first(mine)),
        records=sum(share.rows for share in sure),
    )


def _held(comparison: Comparison, rule: Rule, mine: Sequence[Share], hold: Hold) -> Finding:
    kept = mine[0].late.kept
    where = Where(kept.store)
    due = hold.review is not None and hold.review < comparison.as_of
    late = f" (its review was due on {hold.review})" if due else ""
    words = Words(
        title=f"{_rows(mine)} in {where.words} kept past the declared limit "
        f"({kept.limit.rule.id}); held: {hold.reason}{late}",
        advice=HELD,
        declared=f"{kept.limit.rule.origin}; {hold.origin}",
        qualifier=f"{kept.limit.rule.id}/{hold.id}",
        children=tuple(sorted(share.late.part.at.path for share in mine)),
    )
    return finding(
        comparison,
        rule,
        where,
        Severity.INFO,
        words,
        confidence=max((share.late.confidence for share in mine), key=lambda c: c.rank),
        evidence=tuple(_evidence(comparison, share) for share in _first(mine)),
        records=sum(share.rows for share in mine),
    )


def _severity(comparison: Comparison, rule: Rule, kept: Kept, mine: Sequence[Share]) -> Severity:
    """Weigh: R05 is high, R07 medium; else high past twice the period, or for what weighs most."""
    if rule.code != "R01":
        return Severity.HIGH if rule.code == "R05" else Severity.MEDIUM
    declared = comparison.declared.allowed(kept.store.id)
    if any(_heavy(share.late.part, declared) for share in mine):
        return Severity.HIGH
    oldest = _oldest(mine)
    if oldest is None:
        return Severity.MEDIUM
    twice = kept.limit.ends(kept.limit.ends(oldest.date()))
    past = comparison.as_of > add(twice, kept.limit.grace)
    return Severity.HIGH if past else Severity.MEDIUM


def _heavy(part: Part, declared: frozenset[str]) -> bool:
    """Tell whether special categories, secrets or card data of the store's own were found.

    What turned up in content that may hold anything weighs by rules of its own.
    """
    found = [category(spot.category) for spot in part.spots if spot.category in declared]
    return any(
        c.group == "special" or c.secret or any(flag.startswith("pci") for flag in c.flags)
        for c in found
    )


def _evidence(comparison: Comparison, share: Share) -> Evidence:
    late = share.late
    measure = late.part.answers.late
    start = late.part.named
    cutoff = late.kept.cutoff
    of = f" of {measure.rows:,}" if measure is not None and measure.rows is not None else ""
    noun = _noun(late.part)
    rows = f"{_at_least(share)}{counted(share.rows, noun)}{of}"
    why = [f"{rows}: began before {cutoff}, by {start}"]
    if late.begun is not None:
        why.append(f"oldest: {late.begun}{aged(comparison, late.oldest, said=False)}")
    why.append(f"as of {comparison.as_of}")
    if comparison.ropa.effective is not None:
        why.append(f"by the version of the record of {comparison.ropa.effective}")
    return Evidence(
        place=_place(late.part),
        matched=share.rows,
        population=measure.rows if measure is not None else None,
        confidence=late.confidence,
        by=BY,
        why=tuple(why),
    )


def _place(part: Part) -> str:
    """Name the asset, with its field of time where that lies in it."""
    start = part.start
    own = not isinstance(start, str) and start.through is None
    return place(part.at.path, start.field if own and not isinstance(start, str) else "")


def _first(mine: Sequence[Share]) -> list[Share]:
    """Return the shares that are shown one by one, the surest and largest first."""
    ordered = sorted(mine, key=lambda s: (-s.late.confidence.rank, -s.rows, s.late.part.at.path))
    return ordered[:_SHOWN]


def _rows(mine: Sequence[Share]) -> str:
    rows = sum(share.rows for share in mine)
    least = "at least " if any(share.late.least for share in mine) else ""
    nouns = {_noun(share.late.part) for share in mine}
    return least + counted(rows, nouns.pop() if len(nouns) == 1 else "row")


def _noun(part: Part) -> str:
    return _NOUNS.get(part.at.result.asset.type, "row")


_NOUNS = {"log": "entry", "file": "file", "settings": "file", "page": "file"}
_MANY = {"entry": "entries"}


def _at_least(share: Share) -> str:
    return "at least " if share.late.least else ""


def counted(number: int, noun: str = "row") -> str:
    """Return ``1 row`` or ``2 rows``."""
    return f"{number:,} {noun if number == 1 else _MANY.get(noun, noun + 's')}"


def _oldest(mine: Sequence[Share]) -> datetime | None:
    known = [share.late.oldest for share in mine]
    return min((day for day in known if day is not None), default=None)


def aged(comparison: Comparison, oldest: datetime | None, *, said: bool = True) -> str:
    """Say how old the oldest is: ``; oldest of 2025-10-16, 91 days ago``."""
    if oldest is None:
        return ""
    days = (comparison.as_of - oldest.date()).days
    ago = counted(days, "day") + (" ago" if said else " before the day of the comparison")
    return f"; oldest of {oldest.date()}, {ago}" if said else f", {ago}"


def _beside(mine: Sequence[Share], sure: Confidence) -> str:
    """Name the other rules for the same data, where they decide how sure it is."""
    others = sorted({id_ for share in mine for id_ in share.late.beside})
    if not others or sure is Confidence.CONFIRMED:
        return ""
    if sure is Confidence.POSSIBLE:
        return f"; which limit applies is not declared, not all are past (also: {listed(others)})"
    return f"; past every limit declared for it (also: {listed(others)})"
