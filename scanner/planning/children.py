"""Questions about age: how many persons are under the age of a child?

What is counted is a difference: births from the first day of childhood on, less those from the end
on and those on days that stand for an unknown date; ages below the bound, less the zeros.
"""

import functools
from collections.abc import Iterator
from datetime import date, timedelta

from scanner.model import Ask, Asset, Question
from scanner.planning.context import Context, midnight
from scanner.ropa.childhood import births_of_children, threshold
from scanner.ropa.customers import has
from scanner.ropa.tables import tables
from scanner.ropa.types import Store

BECAUSE = "children:"  # no record asks for it: what cannot be counted is a note, and no gap


def questions(context: Context, store: Store, asset: Asset) -> Iterator[Question]:
    """Yield what to ask of an asset of a declared store that expects no children."""
    if store.id not in context.childless:
        return
    years = threshold(context.ropa, tables(), context.as_of)
    because = f"{BECAUSE}{store.id}"
    column = store.subject.birth_column if store.subject else ""
    if has(asset, column):
        yield from _births(because, context.as_of, years, column)
    yield from _births(because, context.as_of, years, "")
    yield from _ages(because, years)


# Asked of every asset of a store: made once.
@functools.lru_cache(maxsize=1024)
def _births(because: str, as_of: date, years: int, column: str) -> tuple[Question, ...]:
    found = () if column else ("date_of_birth",)
    return tuple(
        Question(Ask.COUNT_FROM, column, midnight(day), because=because, field_of=found)
        for day in birth_cutoffs(as_of, years)
    )


@functools.lru_cache(maxsize=1024)
def _ages(because: str, years: int) -> tuple[Question, ...]:
    return tuple(
        Question(Ask.COUNT_BELOW, "", because=because, field_of=("age",), below=bound)
        for bound in (years, 1)
    )


def birth_cutoffs(as_of: date, years: int) -> tuple[date, ...]:
    """Return the days from which births are counted, sorted."""
    births = births_of_children(as_of, years)
    days = {births.first, births.end}
    for day in births.left_out:
        days |= {day, day + timedelta(days=1)}
    return tuple(sorted(days))
