"""The way from a row to its customer, as the record declares it."""

from collections.abc import Mapping
from dataclasses import dataclass

from scanner.model import Asset, Path, Through
from scanner.ropa.types import Store, Subject


@dataclass(frozen=True, slots=True)
class Way:
    """How the customers of an asset's rows are told, and what decides their region.

    The fields are those of the asset that lists the customers, but for ``customer``, which is the
    asset's own; "" where the record names none, or there is none of that name.
    """

    customer: str
    country: str
    entity: str
    agreement: str
    created: str
    birth: str
    through: Through | None = None  # None: the asset itself lists the customers


def way(store: Store, asset: Asset, assets: Mapping[str, Asset]) -> Way | str | None:
    """Find the way for an asset of a declared store.

    Returns a sentence when the declared way leads nowhere, and None for an asset that is not tied
    to customers. ``assets`` are all that were listed, by path.
    """
    subject = store.subject
    if subject is None:
        return "the record does not say how a row is tied to its customer (store.subject)"
    if not subject.lookup:
        return _direct(subject, asset) if _tells(subject, asset) else None
    target = subject.lookup.replace("{source}", asset.source)
    if asset.path == target:
        return _direct(subject, asset)
    if not has(asset, subject.key):
        return None
    if Path.parse(target).source != asset.source:
        return "lookup names an asset of another source; it must lie in the same one as the data"
    listing = assets.get(target)
    if listing is None:
        return f"lookup names {target.rpartition('/')[2]}, which was not found there"
    if not has(listing, subject.lookup_key):
        return "the asset that lookup names has no field of the name that lookup_key gives"
    return _made(subject, listing, Through(subject.key, target, subject.lookup_key))


def has(asset: Asset, name: str) -> bool:
    """Tell whether an asset has a field; of a log that is known only after reading it."""
    if asset.type == "log" and not asset.fields:
        return bool(name)
    return any(field.name == name for field in asset.fields)


def _tells(subject: Subject, asset: Asset) -> bool:
    names = (subject.country_column, subject.entity_column, subject.agreement_column)
    return any(has(asset, name) for name in names)


def _direct(subject: Subject, asset: Asset) -> Way:
    return _made(subject, asset, None)


def _customer(subject: Subject, listing: Asset, through: Through | None) -> str:
    """Return the field that tells customers apart on the rows themselves."""
    if through is not None:
        return through.key
    name = subject.lookup_key if subject.lookup else subject.key
    return name if has(listing, name) else ""


def _made(subject: Subject, listing: Asset, through: Through | None) -> Way:
    def known(name: str) -> str:
        return name if has(listing, name) else ""

    return Way(
        customer=_customer(subject, listing, through),
        country=known(subject.country_column),
        entity=known(subject.entity_column),
        agreement=known(subject.agreement_column),
        created=known(subject.created_column),
        birth=known(subject.birth_column),
        through=through,
    )
