"""Q04: two statements of the record that cannot both hold."""

from collections.abc import Iterator

from scanner.model import Finding, Severity
from scanner.ropa.limits import Limit, Limits
from scanner.ropa.periods import add
from scanner.ropa.residency import inside_on, place_of, version_on
from scanner.ropa.types import Residency, Site, Store
from scanner.rules.comparison import Comparison
from scanner.rules.declaration import stores
from scanner.rules.drafting import listed
from scanner.rules.entries import Said, about, running

_OWN_ROLE = ("processor", "sub_processor", "authority")  # not a disclosure of one's own choice


class ContradictoryRecord:
    """Two statements of the record cannot both hold.

    ## What it checks
    A closed list. Backups that are kept longer than the grace of the limit of what they copy, so
    that data outlives what is promised. Sites of a store in a region that its residency rule
    never gives; a store without such a rule that lies in one place, while it copies or shares the
    data of one for which the rule gives several. Recipients of an activity that says nobody
    receives its data without consent, and names no record of consent. A limit that a notice
    tells people, while the latest of several rules applies and is longer.

    ## Why it matters
    One of the two is what people were told, and the other is what happens.

    ## Example
    Data is deleted 90 days after the account ends, and backups are kept for a year.

    ## How to resolve
    Decide which of the two holds, and correct the other; tell people about backups.
    """

    code = "Q04"
    name = "contradictory-record"
    articles: tuple[str, ...] = ("5(1)(a)", "5(2)")
    record_only = True

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store or activity, and kind of contradiction."""
        limits = comparison.limits
        for store in stores(comparison.declared):
            yield from self._backup(comparison, store, limits)
            yield from self._placed(comparison, store)
        yield from self._consent(comparison)
        yield from self._promised(comparison, limits)

    def _of_store(
        self, comparison: Comparison, store: Store, kind: str, title: str, advice: str
    ) -> Finding:
        behind = comparison.declared.activities(store.id)
        activity = behind[0].id if behind else ""
        said = Said(title, advice, activity, qualifier=f"{kind}:{store.id}")
        return about(comparison, self, store.origin, Severity.MEDIUM, said)

    def _backup(self, comparison: Comparison, store: Store, limits: Limits) -> Iterator[Finding]:
        own = [limit for limit in limits.of(store) if limit.at_most]
        own = [limit for limit in own if store.id in limit.rule.selector.stores]
        if not store.backup_of or not own:
            return
        day = comparison.as_of
        backup = max(own, key=lambda limit: add(day, limit.period))
        originals = [comparison.declared.store(id_) for id_ in store.backup_of]
        outlived = [
            (original, limit)
            for original in originals
            for limit in limits.of(original)
            if limit.at_most and add(day, backup.period) > add(day, limit.grace)
        ]
        if outlived:
            first_, limit = outlived[0]
            rules = dict.fromkeys(item.rule.id for _, item in outlived)
            yield self._of_store(
                comparison,
                store,
                "backup",
                f"Backups outlive the promise: data of {listed(o.id for o in originals)} is "
                f"declared as kept {limit.words} ({first_.id}; {listed(rules)}), while "
                f"{store.id} keeps copies {backup.period.words} more ({backup.rule.id})",
                "Say in the notice and in the rule how long copies remain, or shorten them.",
            )

    def _placed(self, comparison: Comparison, store: Store) -> Iterator[Finding]:
        rule = _residency(comparison, store.residency)
        if rule is not None:
            outside = [s for s in store.sites if _outside(comparison, s, rule)]
            if outside:
                named = listed(dict.fromkeys(s.country or s.region for s in outside))
                yield self._of_store(
                    comparison,
                    store,
                    "residency",
                    f"Store {store.id} has a site in {named}, a place that its residency rule "
                    f"{rule.id} gives to nobody",
                    "Correct the place of the site or the rule; if both are right, say who the "
                    "site is for.",
                )
            return
        other = _bound_kin(comparison, store)
        places = dict.fromkeys(site.country or site.region for site in store.sites)
        if other is None or len(places) != 1 or not next(iter(places)):
            return
        bound = _residency(comparison, other.residency)
        regions = _regions(comparison, bound) if bound else ()
        if len(regions) > 1:
            how = "copies" if other.id in store.backup_of else "holds the same data as"
            yield self._of_store(
                comparison,
                store,
                "single-site",
                f"Store {store.id} lies in {next(iter(places))} alone and {how} {other.id}, whose "
                f"residency rule {other.residency} gives {listed(regions, 8)}",
                "Declare the rule and the sites of this store, or say in the rule which data it "
                "leaves out.",
            )

    def _consent(self, comparison: Comparison) -> Iterator[Finding]:
        parties = {party.id: party for party in comparison.ropa.parties}
        for activity in running(comparison):
            if not activity.consent_only or activity.consent_record.strip():
                continue
            others = [parties[id_] for id_ in activity.recipients if id_ in parties]
            named = [p.name or p.id for p in others if p.kind not in _OWN_ROLE]
            if named:
                said = Said(
                    f"Activity {activity.name or activity.id}: nobody is to receive its data "
                    f"without consent (consent_only), and it names recipients: {listed(named)}",
                    "Say where their consent is recorded (consent_record), or take out the "
                    "recipients or consent_only.",
                    activity.id,
                    qualifier=f"consent:{activity.id}",
                    owner=activity.owner,
                )
                yield about(comparison, self, activity.origin, Severity.MEDIUM, said)

    def _promised(self, comparison: Comparison, limits: Limits) -> Iterator[Finding]:
        told = {
            claim.field.removeprefix("retention:").removesuffix(".period"): notice
            for notice in comparison.ropa.notices
            for claim in notice.claims
            if claim.field.startswith("retention:") and claim.field.endswith(".period")
        }
        found: dict[str, tuple[Limit, Limit, Store]] = {}
        for store in stores(comparison.declared) if told else ():
            for one in limits.of(store):
                longer = _longer(comparison, one, limits.of(store))
                if one.rule.id in told and longer is not None:
                    found.setdefault(one.rule.id, (one, longer, store))
        for id_, (short, long, store) in sorted(found.items()):
            notice = told[id_]
            yield self._of_store(
                comparison,
                store,
                f"notice:{id_}",
                f"Notice {notice.title or notice.id} tells people {short.words} ({id_}), and "
                f"{store.id} keeps the same data {long.words} ({long.rule.id}): the latest applies",
                "Correct the notice or the rules.",
            )


def _longer(comparison: Comparison, one: Limit, others: tuple[Limit, ...]) -> Limit | None:
    """Return a rule for the same data that the record lets win and that lasts longer."""
    day = comparison.as_of
    return next(
        (
            other
            for other in others
            if other.at_most
            and one.at_most
            and "latest" in (one.rule.combine, other.rule.combine)
            and set(one.categories) & set(other.categories)
            and add(day, other.period) > add(day, one.period)
        ),
        None,
    )


def _residency(comparison: Comparison, id_: str) -> Residency | None:
    return next((rule for rule in comparison.ropa.residencies if rule.id == id_), None)


def _regions(comparison: Comparison, rule: Residency) -> tuple[str, ...]:
    version = version_on(rule, comparison.as_of)
    branches = version.branches if version else ()
    return tuple(dict.fromkeys(branch.region for branch in branches))


def _outside(comparison: Comparison, site: Site, rule: Residency) -> bool:
    """Tell whether a site lies in none of the regions that a rule gives."""
    territories = comparison.ropa.settings.us_territories
    inside = inside_on(comparison.tables, comparison.as_of, us_territories=territories)
    place, regions = place_of(site, inside), _regions(comparison, rule)
    return bool(place and regions) and all(inside(place, r) is False for r in regions)


def _bound_kin(comparison: Comparison, store: Store) -> Store | None:
    """Return a store with a residency rule whose data a store of the same system holds too."""
    groups = set(store.data_groups)
    for other in stores(comparison.declared):
        copied = other.id in store.backup_of
        shared = other.system == store.system and groups & set(other.data_groups)
        if other.residency and other.id != store.id and (copied or shared):
            return other
    return None
