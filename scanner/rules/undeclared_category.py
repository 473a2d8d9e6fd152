"""I01: a category that the record does not declare."""

from collections.abc import Iterator

from scanner.model import Finding
from scanner.rules.comparison import Comparison
from scanner.rules.drafting import Where, Words, called, from_spots, grouped
from scanner.rules.remedies import DECLARE, REMOVE, declarable, declare_in_store
from scanner.rules.standing import Standing, undeclared
from scanner.rules.weights import heaviest, whose


class UndeclaredCategory:
    """Personal data of a category that the record does not declare at all.

    ## What it checks
    A category found in a declared store, which no data group of the record names. What an
    unbounded or open-ended group absorbs is I08; what is declared for another store is I03.
    The severity is the category's weight, one step up in logs, backups, queues, non-production
    and shared places; one step down for an address or telephone number of an organisation, unless
    the record declares `organisation_identifier`, as it does where sole traders count.

    ## Why it matters
    The record must list the categories of personal data, and notices, retention and measures
    follow from it: what is not listed has none of them.

    ## Example
    The table of users holds dates of birth, and no data group names `date_of_birth`.

    ## How to resolve
    Declare the category for this store if the processing is meant, and check the notice; else
    remove the field. For secrets, cards, official identifiers and special categories remove it.
    """

    code = "I01"
    name = "undeclared-category"
    articles: tuple[str, ...] = ("30(1)(c)", "5(1)(a)-(b)", "13(1)", "14(1)(d)")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store and category."""
        spots = undeclared(comparison, Standing.NOWHERE)
        for store, id_, found in grouped(spots):
            where = Where(store)
            meant = declarable(id_)
            words = Words(
                title=f"{called(id_)}: found in {where.words}, not declared in this record"
                f"{whose(comparison, found)}",
                advice=DECLARE if meant else REMOVE,
                fix=declare_in_store(store, id_) if meant else "",
                category=id_,
            )
            yield from_spots(comparison, self, where, found, heaviest(comparison, found), words)
