"""C03: persons under the age of a child where the record expects none."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from scanner.model import Ask, Confidence, Evidence, Finding, Measure, Severity, place
from scanner.ropa.childhood import births_of_children, expects_children, threshold
from scanner.ropa.types import Store
from scanner.rules.comparison import Comparison, Matched, Spot
from scanner.rules.declaration import stores
from scanner.rules.drafting import Where, Words, called, evidence, finding

_BORN, _AGED = "date_of_birth", "age"
_ADVICE = (
    "Check with the owner of the store whether these are children or wrong dates. If children use "
    "the service, name them among the data subjects of the activity and look at consent, notices "
    "and what is kept of them; if they must not, follow your procedure for such records."
)
# Regimes beside the GDPR that speak of children.
_LAWS = {
    "coppa": "16 CFR Part 312 (COPPA)",
    "qc_law25": "Act respecting the protection of personal information in the private sector, "
    "s. 4.1",
}


@dataclass(frozen=True, slots=True)
class _Young:
    """Rows of persons under the age in one field, with the spot that says what the field is."""

    at: Matched
    field: str
    category: str
    rows: int
    spot: Spot | None  # None: the record names the field, nothing was found in it

    @property
    def confidence(self) -> Confidence:
        """How sure it is that the field is a birth date or an age."""
        return self.spot.holding.confidence if self.spot else Confidence.CONFIRMED

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What was found in the field; the field alone when that is nothing."""
        if self.spot is not None:
            return evidence((self.spot,))
        return (Evidence(place(self.at.path, self.field), self.category),)


class ChildData:
    """Persons under the age of a child, where no activity names children.

    ## What it checks
    The store counts birth dates and ages: of fields found to hold them and of the declared
    `birth_column`. The age is `settings.child_age`, else the strictest that is known for the
    record: 13 under COPPA, 14 in Quebec, that of Article 8 GDPR in the organisation's country (16
    where no country is known), 13 outside them. It is exact to the day. Births in the year before
    the day, on 1 January of the first year of a decade, and the age 0 are left out: they mostly
    stand for days of entry and unknown dates. Where an activity behind the store names `child`
    among its data subjects nothing is asked. Probable, unless the field is confirmed or declared.

    ## Why it matters
    Children need protection of their own, and some services promise not to collect their data.

    ## Example
    A service that is not meant for children under 13 holds a birth date of eleven years ago.

    ## How to resolve
    Check the dates. Declare children as data subjects and what that asks for, or remove the data.
    """

    code = "C03"
    name = "child-data"
    articles: tuple[str, ...] = ("8",)
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store and category."""
        years = threshold(comparison.ropa, comparison.tables, comparison.as_of)
        spots = {(s.path, s.category): s for s in comparison.spots}
        for store in stores(comparison.declared):
            if expects_children(comparison.declared, store):
                continue
            found: dict[str, list[_Young]] = defaultdict(list)
            for young in _young(comparison, store, years, spots):
                found[young.category].append(young)
            for category, mine in sorted(found.items()):
                yield self._finding(comparison, Where(store), category, years, mine)

    def _finding(
        self,
        comparison: Comparison,
        where: Where,
        category: str,
        years: int,
        found: Sequence[_Young],
    ) -> Finding:
        best = max((item.confidence for item in found), key=lambda c: c.rank)
        rows = sum(item.rows for item in found if item.confidence is best)
        persons = "1 person" if rows == 1 else f"{rows:,} persons"
        words = Words(
            title=f"{persons} under {years} in {where.words}, by {called(category).lower()}; no "
            "activity behind the store names children among its data subjects",
            advice=_ADVICE,
            category=category,
        )
        made = finding(
            comparison,
            self,
            where,
            Severity.HIGH,
            words,
            confidence=best,
            evidence=tuple(item for young in found for item in young.evidence),
            records=rows,
        )
        return replace(made, articles=(*made.articles, *_others(comparison)))


def _others(comparison: Comparison) -> tuple[str, ...]:
    regimes, day = comparison.ropa.organisation.regimes, comparison.as_of
    applying = [r for r in regimes if comparison.tables.regime_applies(r, day)]
    return tuple(_LAWS[regime] for regime in applying if regime in _LAWS)


def _young(
    comparison: Comparison, store: Store, years: int, spots: dict[tuple[str, str], Spot]
) -> Iterator[_Young]:
    column = store.subject.birth_column if store.subject else ""
    for at in comparison.by_store[store.id]:
        for category, field, rows in _counted(at, store, comparison.as_of, years):
            spot = spots.get((place(at.path, field), category))
            declared = bool(column) and field == column and category == _BORN
            if rows > 0 and (spot is not None or declared):
                yield _Young(at, field, category, rows, None if declared else spot)


def _counted(at: Matched, store: Store, as_of: date, years: int) -> Iterator[tuple[str, str, int]]:
    """Yield category, field and rows of persons under the age, from the answers of an asset."""
    mine = [m for m in at.result.measures if m.question.because == f"children:{store.id}"]
    for field in sorted({m.question.field for m in mine}):
        answers = [m for m in mine if m.question.field == field]
        counts = {_day(m): m.count for m in answers if m.question.ask is Ask.COUNT_FROM}
        born = _born(counts, as_of, years)
        if born is not None:
            yield _BORN, field, born
        aged = {m.question.below: m.count for m in answers if m.question.ask is Ask.COUNT_BELOW}
        below, zeros = aged.get(years), aged.get(1)
        if below is not None and zeros is not None:
            yield _AGED, field, below - zeros


def _day(measure: Measure) -> date | None:
    return measure.question.cutoff.date() if measure.question.cutoff else None


def _born(counts: dict[date | None, int | None], as_of: date, years: int) -> int | None:
    """Return the births of children; None when an answer is missing."""
    births = births_of_children(as_of, years)

    def between(first: date, end: date) -> int | None:
        many, fewer = counts.get(first), counts.get(end)
        return None if many is None or fewer is None else many - fewer

    total = between(births.first, births.end)
    if total is None:
        return None
    out = [between(day, day + timedelta(days=1)) or 0 for day in births.left_out]
    return total - sum(out)
