"""Retention rules against the answers of stores: one view that all retention rules share."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from scanner.model import Ask, Asset, Confidence, Depth, Measure, Severity, Through
from scanner.ropa.limits import Limit
from scanner.ropa.starts import Start, start_of
from scanner.ropa.types import Hold, Store
from scanner.rules.comparison import Comparison, Matched, Spot
from scanner.rules.declaration import stores
from scanner.rules.weights import category

_HAPPENED = frozenset({"record_creation", "backup_creation", "invoice_date"})


@dataclass(frozen=True, slots=True)
class Answers:
    """What a store answered about one rule in one asset; None where it did not."""

    late: Measure | None = None  # rows before the cutoff
    closed: Measure | None = None  # those of them whose flag says yes
    span: Measure | None = None  # oldest and newest
    months: Measure | None = None
    excluded: Measure | None = None  # rows of excluded categories that have begun

    @property
    def timed(self) -> Measure | None:
        """An answer that tells how many rows bear a time."""
        return self.late or self.span


_NOTHING = Answers()


@dataclass(frozen=True, slots=True)
class Part:
    """One rule in one asset. ``spots`` are what was found there of the categories it limits."""

    at: Matched
    start: Start | str  # a phrase: why the start cannot be told
    answers: Answers
    spots: tuple[Spot, ...] = ()
    holds: tuple[Hold, ...] = ()  # that keep everything of the rule that was found there

    @property
    def matters(self) -> bool:
        """Tell whether data of the rule is there: found, or in a file that nobody opened."""
        return bool(self.spots) or (unopened(self.at) and not self.at.result.holdings)

    @property
    def named(self) -> str:
        """What the start is read from, in words."""
        return self.start.words if isinstance(self.start, Start) else "the field that was asked"

    @property
    def undated(self) -> int:
        """Rows without a time."""
        measure = self.answers.timed
        return (measure.undated or 0) if measure is not None else 0


@dataclass(frozen=True, slots=True)
class Kept:
    """One retention rule in one declared store, with the assets that it is about."""

    store: Store
    limit: Limit
    cutoff: date | None  # first start that is not past the limit; None without one
    parts: tuple[Part, ...]
    holds: tuple[tuple[Hold, frozenset[str]], ...] = ()  # on data of the store, with categories

    @property
    def backup(self) -> bool:
        """Tell whether the rule is about copies."""
        copies = self.store.kind == "backup" or bool(self.store.backup_of)
        return copies or self.limit.rule.starts == "backup_creation"

    @property
    def oldest(self) -> datetime | None:
        """The oldest start of all that was measured."""
        known = [p.answers.span.oldest for p in self.parts if p.answers.span is not None]
        known += [p.answers.late.oldest for p in self.parts if p.answers.late is not None]
        return min((day for day in known if day is not None), default=None)

    @property
    def unprovable(self) -> tuple[tuple[Part, str], ...]:
        """Assets in which the rule cannot be proven, with the reason in words."""
        return tuple((part, why) for part in self.parts if (why := self._why_not(part)))

    def _why_not(self, part: Part) -> str:
        if not part.matters or not self.limit.rule.period or not self.limit.categories:
            return ""
        if isinstance(part.start, str):
            return "" if part.answers.timed is not None else part.start
        measure = part.answers.timed
        rows = measure.rows if measure is not None else None
        if not rows or self.limit.rule.starts not in _HAPPENED or part.undated * 100 <= rows:
            return ""
        return f"{part.undated:,} of {rows:,} rows have no date in {part.start.words}"


def unopened(at: Matched) -> bool:
    """Tell whether an asset is a file of which only the name and the time are known."""
    asset, coverage = at.result.asset, at.result.coverage
    return asset.kind == "file" and asset.type != "log" and coverage.depth is Depth.METADATA


def all_kept(comparison: Comparison) -> tuple[Kept, ...]:
    """Return every retention rule of every declared store, in the order of the record."""
    return comparison.once(_joined)


def _joined(comparison: Comparison) -> tuple[Kept, ...]:
    return tuple(_Desk(comparison).kept())


class _Desk:
    """Joins rules, answers and what was found."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._limits = comparison.limits
        self._listed: Mapping[str, Asset] = {at.path: at.result.asset for at in comparison.assets}
        self._spots: dict[str, list[Spot]] = defaultdict(list)
        for spot in comparison.spots:
            if told(spot):
                self._spots[spot.at.path].append(spot)

    def kept(self) -> Iterator[Kept]:
        for store in stores(self._comparison.declared):
            limits = self._limits.of(store)
            if not limits:
                continue
            # Of an asset that several stores claim nobody can say which rule is meant.
            mine = [at for at in self._comparison.by_store[store.id] if len(at.stores) == 1]
            holds = self._limits.held(store)
            for limit in limits:
                yield self._one(store, limit, mine, holds)

    def _one(
        self,
        store: Store,
        limit: Limit,
        mine: Sequence[Matched],
        holds: Sequence[tuple[Hold, frozenset[str]]],
    ) -> Kept:
        first = limit.first_allowed(self._comparison.as_of) if limit.at_most else None
        parts = (self._part(store, limit, at, holds) for at in mine)
        return Kept(store, limit, first, tuple(p for p in parts if p is not None), tuple(holds))

    def _part(
        self,
        store: Store,
        limit: Limit,
        at: Matched,
        holds: Sequence[tuple[Hold, frozenset[str]]],
    ) -> Part | None:
        """Return what is known of a rule in an asset; None where nothing of it is there."""
        wanted = frozenset(limit.categories)
        spots = tuple(s for s in self._spots.get(at.path, ()) if s.category in wanted)
        answers = self._known(limit, _answers(limit.rule.id, at.result.measures))
        if not spots and answers == _NOTHING and not unopened(at):
            return None
        return Part(
            at,
            start_of(limit.rule, store, at.result.asset, self._listed),
            answers,
            spots,
            tuple(hold for hold, cats in holds if _covers(hold, cats, spots, wanted)),
        )

    def _known(self, limit: Limit, answers: Answers) -> Answers:
        """Take the oldest for an answer where rows could not be counted: at least one is late."""
        span = answers.span
        if answers.late is not None or not limit.at_most or span is None or span.oldest is None:
            return answers
        first = limit.first_allowed(self._comparison.as_of)
        late = span.oldest.date() < first
        if not late and not span.exact:
            return answers
        return replace(answers, late=replace(span, count=None if late else 0, exact=False))


def told(spot: Spot) -> bool:
    """Tell whether a spot is sure enough for its field to be asked about."""
    sure = spot.holding.confidence is not Confidence.POSSIBLE
    return sure and (spot.readable or spot.holding.entity is None)


def _covers(
    hold: Hold, cats: frozenset[str], spots: Sequence[Spot], wanted: frozenset[str]
) -> bool:
    """Tell whether a hold keeps all that was found; what weighs nothing goes with the rest."""
    if not hold.selector.groups and not hold.selector.categories:
        return True
    found = {s.category for s in spots if category(s.category).weight is not Severity.INFO}
    return (found or wanted) <= cats


def _answers(id_: str, measures: Sequence[Measure]) -> Answers:
    known: dict[tuple[str, Ask], Measure] = {}
    for measure in measures:
        question = measure.question
        aim, _, about = question.because.partition(":")
        if about == id_:
            known.setdefault((aim, question.ask), measure)
    return Answers(
        late=known.get(("retention", Ask.COUNT_BEFORE)),
        closed=known.get(("closed", Ask.COUNT_BEFORE)),
        span=known.get(("retention", Ask.EXTREMES)),
        months=known.get(("kept", Ask.MONTHS)),
        excluded=known.get(("excluded", Ask.COUNT_BEFORE)),
    )


def same_rows(one: Measure, other: Measure) -> bool:
    """Tell whether two answers count by the same time, so that the smaller lies in the larger."""

    def by(measure: Measure) -> tuple[str, Through | None]:
        return measure.question.field, measure.question.through

    return by(one) == by(other)
