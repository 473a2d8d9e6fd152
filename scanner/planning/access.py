"""Questions to access logs: from which countries was a system reached?"""

from collections.abc import Iterator
from datetime import timedelta

from scanner.countries import country_words
from scanner.model import Ask, Asset, Question, glob_match
from scanner.planning.context import Context, midnight
from scanner.ropa.customers import has


def questions(context: Context, asset: Asset) -> Iterator[Question]:
    """Yield what to ask of an asset that is the access log of a store, be it declared or not.

    Only accesses since the record took effect count: it says nothing of those before.
    """
    since = context.ropa.effective
    for store in context.reached(asset.source):
        access = store.access
        if access is None or not has(asset, access.country):
            continue
        if glob_match(access.asset.replace("{source}", asset.source), asset.path):
            yield Question(
                Ask.GROUPS,
                access.country,
                because=f"access:{store.id}",
                when=access.when if has(asset, access.when) else "",
                since=midnight(since) if since is not None else None,
                cutoff=midnight(context.as_of + timedelta(days=1)),
                words=country_words(),
            )
