"""Where customers' rows lie against where the residency rule wants them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from scanner.model import Ask, Asset, Confidence, Customers, Measure
from scanner.ropa.customers import way
from scanner.ropa.residency import (
    Decision,
    Inside,
    in_scope,
    inside_on,
    place_of,
    region_for,
    turns,
    version_on,
)
from scanner.ropa.types import Residency, ResidencyVersion, Store
from scanner.rules.comparison import Comparison, Matched
from scanner.rules.declaration import stores


@dataclass(slots=True)
class Tally:
    """Rows, and customers as the asset with the most of them counts them."""

    rows: int = 0
    customers: int = 0
    assets: dict[str, int] = field(default_factory=dict)  # customers by asset

    def add(self, asset: str, group: Customers) -> None:
        """Count a group of an asset in."""
        self.rows += group.rows
        self.assets[asset] = self.assets.get(asset, 0) + group.customers
        # The same customers have rows in several assets: only one of them counts them.
        self.customers = max(self.assets.values())


@dataclass(slots=True)
class Regions:
    """What was found of one store: ``wrong`` by (required, actual) and how sure; ``open`` by why.

    ``unmeasured`` has the assets whose rows cannot be tied to a customer, by reason. The reasons of
    ``open`` are those of :class:`scanner.ropa.residency.Decision`, ``version`` (none in force) and
    ``place`` (the record does not say where the rows lie, or not closely enough).
    """

    store: Store
    rule: Residency
    version: ResidencyVersion | None
    wrong: dict[tuple[str, str], dict[Confidence, Tally]] = field(default_factory=dict)
    open: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    unmeasured: dict[str, list[Matched]] = field(default_factory=lambda: defaultdict(list))


def regions(comparison: Comparison) -> Iterator[Regions]:
    """Yield what was found of each store with a residency rule that can mean it."""
    rules = {rule.id: rule for rule in comparison.ropa.residencies}
    listed = {at.path: at.result.asset for at in comparison.assets} if rules else {}
    for store in stores(comparison.declared):
        if in_scope(comparison.ropa, store):
            yield _Judge(comparison, store, rules[store.residency]).judged(listed)


class _Judge:
    """Judges the assets of one store, at the date of the comparison."""

    def __init__(self, comparison: Comparison, store: Store, rule: Residency) -> None:
        self.comparison, self.rule = comparison, rule
        self.turns = turns(rule)
        self.found = Regions(store, rule, version_on(rule, comparison.as_of))
        self.inside = self._inside_on(None)
        self.decisions: dict[tuple[str, str, str], Decision] = {}

    def _inside_on(self, period: int | None) -> Inside:
        """Membership at the date, or at the beginning of a period."""
        comparison = self.comparison
        day = comparison.as_of if period is None else self.turns[period - 1]
        territories = comparison.ropa.settings.us_territories
        return inside_on(comparison.tables, day, us_territories=territories)

    def judged(self, listed: Mapping[str, Asset]) -> Regions:
        """Return what the answers about the store's assets say; ``listed`` is every asset."""
        mine = self.comparison.by_store[self.found.store.id]
        tied = False
        for at in (at for at in mine if len(at.stores) == 1):
            answers = [m for m in at.result.measures if self._about(m)]
            for measure in answers:
                for group in measure.customers:
                    self._judge(at, group)
            found = None if answers else way(self.found.store, at.result.asset, listed)
            tied = tied or bool(answers) or found is not None
            if isinstance(found, str):
                self.found.unmeasured[found].append(at)
        known = [at for at in mine if at.result.asset.fields]
        subject = self.found.store.subject
        # With a lookup, assets without the key may have nothing to do with customers.
        if known and not tied and subject is not None and not subject.lookup:
            self.found.unmeasured["no asset has a field that store.subject names"].extend(known)
        return self.found

    def _about(self, measure: Measure) -> bool:
        because = f"residency:{self.rule.id}"
        return measure.question.ask is Ask.CUSTOMERS and measure.question.because == because

    def _judge(self, at: Matched, group: Customers) -> None:
        version = self.found.version
        place = place_of(at.site, self.inside)
        if version is None:
            return self._leave_open("version", at, group)
        said = self._said(version, group)
        if not said.region:
            return self._leave_open(said.open, at, group)
        lies = self.inside(place, said.region) if place else None
        if lies is None:
            return self._leave_open("place", at, group)
        if not lies:
            self._differs(at, group, place, said.region)
        return None

    def _said(self, version: ResidencyVersion, group: Customers) -> Decision:
        """Decide once for all groups that are alike: assets by the hundred have the same."""
        key = (group.country, group.entity, group.agreement)
        if key not in self.decisions:
            self.decisions[key] = region_for(version, *key, self.inside)
        return self.decisions[key]

    def _leave_open(self, why: str, at: Matched, group: Customers) -> None:
        self.found.open[why].add(at.path, group)

    def _differs(self, at: Matched, group: Customers, place: str, required: str) -> None:
        sure = self._sure(group, place)
        if sure is not None:
            key = (required, self._called(place, required))
            self.found.wrong.setdefault(key, {}).setdefault(sure, Tally()).add(at.path, group)

    def _called(self, place: str, required: str) -> str:
        """Name the region of a place; the place itself where the region is the same."""
        comparison = self.comparison
        region = comparison.tables.region_of(
            place, comparison.as_of, us_territories=comparison.ropa.settings.us_territories
        )
        return place if self.inside(required, region) else region

    def _sure(self, group: Customers, place: str) -> Confidence | None:
        """Return how sure a difference is; None for a customer whom the rule leaves where it is."""
        if group.agreement:
            return Confidence.CONFIRMED
        keeps = self.rule.grandfather
        if group.period is None:
            earlier = [p for p in range(1, len(self.turns) + 1) if self._earlier(p)]
            if not any(self._right(group, place, period) for period in earlier):
                return Confidence.CONFIRMED
            return Confidence.POSSIBLE if keeps else Confidence.PROBABLE
        if not self._earlier(group.period) or not self._right(group, place, group.period):
            return Confidence.CONFIRMED
        return None if keeps else Confidence.POSSIBLE

    def _earlier(self, period: int) -> bool:
        """Tell whether another version than today's was in force in a period."""
        version = version_on(self.rule, self.turns[period - 1]) if period else None
        return version is not None and version != self.found.version

    def _right(self, group: Customers, place: str, period: int) -> bool:
        """Tell whether the place was right under the version of a period."""
        version = version_on(self.rule, self.turns[period - 1])
        inside = self._inside_on(period)
        if version is None:
            return False
        said = region_for(version, group.country, group.entity, group.agreement, inside)
        return bool(said.region) and inside(place, said.region) is True
