"""Where the stores of a record lie and what is transferred, for reports."""

from collections.abc import Iterator

from scanner.model import PlaceSummary, TransferSummary
from scanner.ropa.residency import in_scope
from scanner.ropa.types import Transfer
from scanner.rules.comparison import Comparison
from scanner.rules.declaration import stores
from scanner.rules.location_mismatch import observed_place
from scanner.rules.safeguards import of_transfer


def places(comparison: Comparison) -> Iterator[PlaceSummary]:
    """Yield one summary for each declared store, in the order of the record."""
    for store in stores(comparison.declared):
        own = [site.country or site.region for site in store.sites]
        declared = [place for place in own if place] or comparison.declared.system(
            store.id
        ).countries
        met = (comparison.status(at.path) for at in comparison.by_store[store.id])
        observed = {place for place in map(observed_place, met) if place}
        yield PlaceSummary(
            store=store.id,
            system=store.system,
            declared=tuple(dict.fromkeys(declared)),
            observed=tuple(sorted(observed)),
            residency=store.residency if in_scope(comparison.ropa, store) else "",
        )


def transfers(comparison: Comparison) -> Iterator[TransferSummary]:
    """Yield one summary for each declared transfer, in the order of the record."""
    for transfer in comparison.ropa.transfers:
        lapses = dict.fromkeys(item.why for item in of_transfer(comparison, transfer))
        safeguard = _safeguard(transfer)
        yield TransferSummary(
            id=transfer.id,
            name=transfer.name,
            kind=transfer.kind,
            origins=transfer.from_,
            targets=transfer.to,
            safeguard=safeguard,
            state="lapsed" if lapses else "in_force" if safeguard else "none",
            why="; ".join(lapses),
        )


def _safeguard(transfer: Transfer) -> str:
    if transfer.mechanism:
        return transfer.mechanism
    pairs = ", ".join(f"{pair}: {mechanism}" for pair, mechanism in transfer.mechanisms)
    return pairs or ("assessment" if transfer.assessment else "")
