"""Where declared data goes, and whether the record names a safeguard for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from scanner.model import Confidence
from scanner.ropa.residency import in_scope
from scanner.ropa.types import Activity, Party, Store, Transfer
from scanner.rules.comparison import Comparison
from scanner.rules.declaration import stores

# Where data that a regime protects comes from, if the record says no more.
_ORIGINS = {"eu_gdpr": "EEA", "uk_gdpr": "GB"}
QUEBEC = "CA-QC"
QUEBEC_ACT = "Act respecting the protection of personal information in the private sector, s. 17"


@dataclass(frozen=True, slots=True)
class Route:
    """Data that goes from one place to another under a regime without a declared safeguard."""

    regime: str
    pairs: tuple[tuple[str, str], ...]
    confidence: Confidence
    store: Store | None = None
    party: Party | None = None
    transfer: Transfer | None = None
    activities: tuple[str, ...] = field(default=())


def bare_routes(comparison: Comparison) -> Iterator[Route]:
    """Yield the routes without a safeguard: of stores, of recipients, of declared transfers.

    A declared transfer that one of the stores' routes is about is not named again.
    """
    spoken: set[str] = set()
    for regime in _regimes(comparison):
        for store in stores(comparison.declared):
            route = _of_store(comparison, regime, store)
            if route is not None:
                spoken |= {t.id for t in _about(comparison, store, route.pairs)}
                yield route
        for party in comparison.ropa.parties:
            found = _of_party(comparison, regime, party)
            if found is not None:
                yield found
    for transfer in comparison.ropa.transfers:
        if transfer.id not in spoken:
            yield from _of_transfer(comparison, transfer)


def _regimes(comparison: Comparison) -> tuple[str, ...]:
    """Return the regimes of the organisation, stated or given by the country it is in."""
    organisation = comparison.ropa.organisation
    if organisation.regimes or not organisation.country:
        return organisation.regimes
    return _regimes_of_country(comparison, organisation.country)


def _regimes_of_country(comparison: Comparison, country: str) -> tuple[str, ...]:
    found = []
    if comparison.tables.in_eea(country, comparison.as_of):
        found.append("eu_gdpr")
    if country == "GB" or country.startswith("GB-"):
        found.append("uk_gdpr")
    return tuple(found)


def _origin(comparison: Comparison, regime: str) -> str:
    if regime == "qc_law25" and comparison.ropa.organisation.country == QUEBEC:
        return QUEBEC
    return _ORIGINS.get(regime, "")


def _restricted(comparison: Comparison, regime: str, origin: str, to: str) -> bool:
    """Tell whether a pair needs a safeguard: restricted, and no adequacy for all importers."""
    tables, day = comparison.tables, comparison.as_of
    if not origin or not to or not tables.restricts(regime, origin, to, day):
        return False
    entry = tables.adequate(regime, to, day)
    return entry is None or entry.scope == "certified"


def _safeguarded(
    comparison: Comparison, regime: str, transfer: Transfer, origin: str, to: str
) -> bool:
    """Tell whether a transfer names a safeguard for a pair. Whether it is valid is not asked."""

    def leaves(place: str) -> bool:
        """A transfer from one country of a territory speaks for the territory."""
        restricts = comparison.tables.restricts(regime, place, to, comparison.as_of)
        return restricts or _reaches(comparison, origin, place)

    if not any(leaves(place) for place in transfer.from_):
        return False
    if regime == "qc_law25":
        return bool(transfer.assessment)
    tools = [transfer.mechanism] if transfer.mechanism else []
    tools += [
        mechanism
        for pair, mechanism in transfer.mechanisms
        if any(leaves(left) and _reaches(comparison, to, right) for left, right in _halves(pair))
    ]
    return any(
        tool != "adequacy" or comparison.tables.adequate(regime, to, comparison.as_of) is not None
        for tool in tools
    )


def _halves(pair: str) -> Iterator[tuple[str, str]]:
    """Split ``EU-US`` or ``CA-QC-US`` at each hyphen: only one split names two places."""
    parts = pair.split("-")
    return (("-".join(parts[:n]), "-".join(parts[n:])) for n in range(1, len(parts)))


def _reaches(comparison: Comparison, country: str, place: str) -> bool:
    """Tell whether a place covers a country; a mechanism for ``EU`` covers one for ``EEA`` too."""
    if {country, place} <= {"EU", "EEA"}:
        return True
    return comparison.tables.inside(country, place, comparison.as_of)


def _of_store(comparison: Comparison, regime: str, store: Store) -> Route | None:
    """Return the route to a store that can only lie abroad, whoever the data is about.

    A store with a site at home, or a sister of its kind there, may keep each customer at home:
    that is a question of residency, not of transfers; so is one that a residency rule is about.
    """
    origin = _origin(comparison, regime)
    if in_scope(comparison.ropa, store) or not (store.data_groups or store.backup_of) or not origin:
        return None
    places = tuple(dict.fromkeys(_places(store)))
    sisters = [
        place
        for other in stores(comparison.declared)
        if other.system == store.system and other.kind == store.kind
        for place in _places(other)
    ]
    day = comparison.as_of
    if any(not comparison.tables.restricts(regime, origin, place, day) for place in sisters):
        return None
    pairs = []
    for place in places:
        covering = _about(comparison, store, ((origin, place),))
        safe = any(_safeguarded(comparison, regime, t, origin, place) for t in covering)
        if _restricted(comparison, regime, origin, place) and not safe:
            pairs.append((origin, place))
    if not pairs:
        return None
    operator = comparison.declared.system(store.id).operator
    importers = [t.importer for t in _about(comparison, store, pairs)]
    stated = bool(operator) or any(importers)
    return Route(regime, tuple(pairs), _confidence(stated=stated), store=store)


def _places(store: Store) -> Iterator[str]:
    return (site.country or site.region for site in store.sites if site.country or site.region)


def _about(
    comparison: Comparison, store: Store, pairs: Iterable[tuple[str, str]]
) -> list[Transfer]:
    """Return the declared transfers that take data of a store to these places."""
    groups = {group.id for group in comparison.declared.groups(store.id)}
    wanted = tuple(pairs)
    return [
        transfer
        for transfer in comparison.ropa.transfers
        if (not transfer.data_groups or groups & set(transfer.data_groups))
        and any(_goes(comparison, transfer, to) for _, to in wanted)
    ]


def _goes(comparison: Comparison, transfer: Transfer, to: str) -> bool:
    return any(_reaches(comparison, to, place) for place in transfer.to)


def _of_party(comparison: Comparison, regime: str, party: Party) -> Route | None:
    """Return the route to a recipient abroad. Who runs a system is seen by the system's stores."""
    ropa, day = comparison.ropa, comparison.as_of
    origin = _origin(comparison, regime)
    gone = party.ended is not None and party.ended <= day
    if gone or (party.started is not None and party.started > day) or party.kind == "authority":
        return None
    if any(system.operator == party.id for system in ropa.systems):
        return None
    receiving = [a for a in ropa.activities if a.status == "active" and party.id in a.recipients]
    if not receiving or not _restricted(comparison, regime, origin, party.country):
        return None
    tools = [
        transfer
        for transfer in ropa.transfers
        if _goes(comparison, transfer, party.country)
        and _safeguarded(comparison, regime, transfer, origin, party.country)
    ]
    open_ = tuple(sorted(a.id for a in receiving if not any(_serves(t, a, party) for t in tools)))
    if not open_:
        return None
    # A safeguard for the same pair, but for other data: somebody may just not have linked it.
    return Route(
        regime,
        ((origin, party.country),),
        _confidence(stated=not tools),
        party=party,
        activities=open_,
    )


def _serves(transfer: Transfer, activity: Activity, party: Party) -> bool:
    """Tell whether a transfer is about an activity's disclosure to a party."""
    return (
        transfer.importer == party.id
        or transfer.id in activity.transfers
        or not transfer.data_groups
        or bool(set(transfer.data_groups) & set(activity.data_groups))
    )


def _of_transfer(comparison: Comparison, transfer: Transfer) -> Iterator[Route]:
    """Yield the pairs of a declared transfer that need a safeguard and name none."""
    for regime in exporter_regimes(comparison, transfer):
        pairs = tuple(
            (origin, to)
            for origin in transfer.from_
            for to in transfer.to
            if _restricted(comparison, regime, origin, to)
            and not _safeguarded(comparison, regime, transfer, origin, to)
        )
        if pairs:
            stated = bool(transfer.exporter and transfer.importer)
            yield Route(regime, pairs, _confidence(stated=stated), transfer=transfer)


def exporter_regimes(comparison: Comparison, transfer: Transfer) -> tuple[str, ...]:
    """Return the regimes of who sends: a party's by its country, else the organisation's."""
    party = next((p for p in comparison.ropa.parties if p.id == transfer.exporter), None)
    if party is not None and party.country:
        return _regimes_of_country(comparison, party.country)
    return _regimes(comparison)


def _confidence(*, stated: bool) -> Confidence:
    """Return how sure: possible when who sends or who receives is not stated."""
    return Confidence.CONFIRMED if stated else Confidence.POSSIBLE
