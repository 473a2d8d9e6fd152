"""Questions that retention rules need: how much lies past the limit, since when."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from scanner.model import Ask, Asset, Question
from scanner.planning.context import Context, midnight
from scanner.ropa.limits import Limit
from scanner.ropa.starts import Start, plain, start_of, tells_time
from scanner.ropa.types import Store

TOKENS = ("api_key", "session_token")  # categories of which an expiry may be told
_LINKING = frozenset({"country", "customer_identifier"})
_EXPIRY = re.compile(
    r"(?:access|api|auth|key|refresh|session|token)*"
    r"(?:exp|expire[sd]?(?:at|date|on|time)?|expiry(?:at|date|time)?|"
    r"expiration(?:at|date|time)?|notafter|valid(?:to|until))"
)


def questions(context: Context, store: Store, asset: Asset) -> Iterator[Question]:
    """Yield what to ask of an asset of a declared store."""
    file = asset.kind == "file" and asset.type == "file"
    links = _links(store)
    for limit in context.limits.of(store):
        start = start_of(limit.rule, store, asset, context.assets)
        if isinstance(start, str):
            continue
        # A file is not opened: where a rule covers all of its store, its content decides nothing.
        every = file and context.declared.allowed(store.id) <= set(limit.categories)
        for asked in _about(limit, start, context.as_of):
            question = replace(asked, aside=links)
            excluded = question.because.startswith("excluded:")
            yield replace(question, filled_of=()) if every and not excluded else question
    yield from _tokens(asset, context.as_of)


def _about(limit: Limit, start: Start, as_of: date) -> Iterator[Question]:
    """Yield what one rule needs. What its categories are not found in is not asked."""
    id_ = limit.rule.id
    every = Question(
        Ask.EXTREMES,
        start.field,
        because=f"retention:{id_}",
        filled_of=_telling(limit),
        through=start.through,
    )
    if limit.categories and limit.at_most:
        before = midnight(limit.first_allowed(as_of))
        yield replace(every, ask=Ask.COUNT_BEFORE, cutoff=before)
        if start.flag:
            yield replace(
                every,
                ask=Ask.COUNT_BEFORE,
                cutoff=before,
                flag=start.flag,
                because=f"closed:{id_}",
            )
    if limit.categories and limit.at_least:
        yield replace(every, ask=Ask.MONTHS, because=f"kept:{id_}")
    if limit.categories:
        yield every
    if limit.excluded:
        # Whatever has begun counts, as no period was given.
        yield replace(
            every,
            ask=Ask.COUNT_BEFORE,
            cutoff=midnight(as_of + timedelta(days=1)),
            because=f"excluded:{id_}",
            filled_of=limit.excluded,
        )


def _links(store: Store) -> tuple[str, ...]:
    """Return the fields that tie a row to its customer, or sort customers; they empty nothing."""
    subject = store.subject
    if subject is None:
        return ()
    names = (subject.key, subject.lookup_key, subject.country_column, subject.entity_column)
    return tuple(dict.fromkeys(name for name in names if name))


def _telling(limit: Limit) -> tuple[str, ...]:
    """Return the categories of which a row must hold one to count.

    Where rows are emptied in place of being deleted, what links them and sorts them stays.
    """
    if limit.rule.then != "anonymise":
        return limit.categories
    return tuple(id_ for id_ in limit.categories if id_ not in _LINKING) or limit.categories


def _tokens(asset: Asset, as_of: date) -> Iterator[Question]:
    """Yield the questions after tokens whose own expiry lies before the day."""
    if asset.type == "log":
        return
    for field in asset.fields:
        if tells_time(field, asset) and _EXPIRY.fullmatch(plain(field.name)):
            yield Question(
                Ask.COUNT_BEFORE,
                field.name,
                cutoff=midnight(as_of),
                because="token_expiry",
                filled_of=TOKENS,
            )
