"""Questions that residency rules need: rows and customers by what decides a customer's region."""

import functools
from collections.abc import Iterator

from scanner.countries import country_words
from scanner.model import Ask, Asset, Question
from scanner.planning.context import Context, midnight
from scanner.ropa.customers import Way, way
from scanner.ropa.residency import turns
from scanner.ropa.types import Organisation, Party, Store


def questions(context: Context, store: Store, asset: Asset) -> Iterator[Question]:
    """Yield what to ask of an asset of a declared store."""
    if store.id not in context.sorting:
        return
    rule = next(rule for rule in context.ropa.residencies if rule.id == store.residency)
    found = way(store, asset, context.assets)
    if not isinstance(found, Way):
        return
    yield Question(
        Ask.CUSTOMERS,
        found.created,
        because=f"residency:{rule.id}",
        through=found.through,
        by=(found.country, found.entity, found.agreement),
        steps=tuple(midnight(day) for day in turns(rule)),
        customer=found.customer,
        words=_words(context.ropa.organisation, context.ropa.parties),
    )


@functools.lru_cache(maxsize=8)
def _words(organisation: Organisation, parties: tuple[Party, ...]) -> tuple[tuple[str, str], ...]:
    """Return the words for countries, regions, and those who process orders, with their codes."""
    known = dict(country_words())
    every: tuple[Organisation | Party, ...] = (organisation, *parties)
    for who in every:
        for word in _spellings(who.id, who.name):
            known.setdefault(word, who.id)
    return tuple(sorted(known.items()))


def _spellings(id_: str, name: str) -> Iterator[str]:
    yield from (id_, id_.replace("_", " "), id_.replace("_", "-"))
    low = name.strip().lower()
    if low:
        yield from (low, low.rstrip("."), low.replace(",", ""), low.replace(".", ""))
