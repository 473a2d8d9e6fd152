"""The list of data flows: which category is where, and who gets it. For impact assessments."""

from typing import Final

from scanner.exchange import words
from scanner.exchange.flattening import Parts
from scanner.exchange.grid import Sheet
from scanner.exchange.ico import SYNTHETIC
from scanner.ropa.types import Ropa, Store

HEAD: Final = (
    "store",
    "system",
    "category",
    "country",
    "party",
    "party country",
    "activity",
    "transfer",
)


def render(ropa: Ropa) -> Sheet:
    """Return one row for each store, category, country of a site, and party that receives it."""
    parts = Parts.of(ropa)
    rows = sorted({row for store in ropa.stores for row in _rows(parts, store)})
    note: list[tuple[str, ...]] = [(SYNTHETIC,)] if ropa.synthetic else []
    return Sheet("Data flows", (*note, HEAD, *rows), bold=frozenset({len(note) + 1}))


def _rows(parts: Parts, store: Store) -> list[tuple[str, ...]]:
    system = next(s for s in parts.ropa.systems if s.id == store.system)
    places = [site.country or site.region for site in store.sites] or list(system.countries) or [""]
    out: list[tuple[str, ...]] = []
    for group in store.data_groups:
        for category in parts.groups[group].categories:
            for place in dict.fromkeys(places):
                for party, activity, transfer in _parties(parts, store, group, category):
                    where = parts.parties[party].country if party in parts.parties else ""
                    who = parts.parties[party].name or party if party in parts.parties else party
                    out.append(
                        (
                            store.id,
                            system.name or system.id,
                            words.said("categories", category),
                            place,
                            who,
                            where,
                            activity,
                            transfer,
                        )
                    )
    return out


def _parties(parts: Parts, store: Store, group: str, category: str) -> list[tuple[str, str, str]]:
    """Return (party, activity, transfers of the group) for each activity that holds the group."""
    out = []
    for activity in parts.ropa.activities:
        if group not in activity.data_groups or store not in parts.held(activity):
            continue
        moved = [
            id_
            for id_ in activity.transfers
            if not parts.transfers[id_].data_groups or group in parts.transfers[id_].data_groups
        ]
        told = [
            id_
            for id_ in activity.recipients
            if not parts.parties[id_].receives or category in parts.parties[id_].receives
        ]
        out += [(party, activity.id, ", ".join(moved)) for party in told or [""]]
    return out or [("", "", "")]
