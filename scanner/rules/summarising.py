"""A record as reports need it: its stores, and the matrix of stores against categories."""

from collections.abc import Iterator

from scanner.model import Pair, RecordSummary, StoreSummary
from scanner.rules.comparison import Comparison
from scanner.rules.declaration import stores
from scanner.rules.places import places, transfers
from scanner.rules.reach import out_of_reach
from scanner.rules.retention_state import retention_states
from scanner.rules.sight import Sights


def summarise(comparison: Comparison) -> RecordSummary:
    """Summarise a record and what is known of every declared or found category."""
    ropa = comparison.ropa
    active = [a for a in ropa.activities if a.status == "active"]
    return RecordSummary(
        id=ropa.organisation.id,
        name=ropa.organisation.name or ropa.organisation.id,
        files=ropa.files,
        effective=ropa.effective,
        until=ropa.until,
        reviewed=min((a.reviewed for a in active if a.reviewed), default=None),
        regimes=ropa.organisation.regimes,
        stores=tuple(_stores(comparison)),
        pairs=tuple(_pairs(comparison)),
        activities=len(active),
        synthetic=ropa.synthetic,
        places=tuple(places(comparison)),
        transfers=tuple(transfers(comparison)),
        retentions=tuple(retention_states(comparison)),
    )


def _stores(comparison: Comparison) -> Iterator[StoreSummary]:
    unreached = out_of_reach(comparison)
    for store in stores(comparison.declared):
        reason = unreached.get(store.id)
        yield StoreSummary(
            id=store.id,
            system=store.system,
            kind=store.kind,
            assets=len(comparison.by_store[store.id]),
            reached=reason is None,
            reason=reason.text if reason else "",
        )


def _pairs(comparison: Comparison) -> Iterator[Pair]:
    sights = Sights(comparison)
    for store in stores(comparison.declared):
        allowed = comparison.declared.allowed(store.id)
        for id_ in sights.categories(store):
            sight = sights.of(store, id_)
            yield Pair(
                store=store.id,
                category=id_,
                declared=id_ in allowed,
                state=sight.state,
                examined=sight.examined,
                bound=sight.bound,
                matched=sight.matched,
                confidence=sight.confidence,
            )
