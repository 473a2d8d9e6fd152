"""I03: a category that the record declares for other stores."""

from collections.abc import Iterator

from scanner.model import Finding
from scanner.rules.comparison import Comparison
from scanner.rules.drafting import Where, Words, called, from_spots, grouped, listed
from scanner.rules.remedies import DECLARE, REMOVE, declarable, declare_in_store
from scanner.rules.standing import Standing, undeclared
from scanner.rules.weights import heaviest, whose


class MisplacedCategory:
    """Personal data in a store that does not declare it, though another one does.

    ## What it checks
    A category found in a declared store whose data groups do not name it, while the record
    declares it for another store, or for an activity without a store. The severity is the
    category's weight, one step up in logs, backups, queues, non-production and shared places; one
    step down for an address or telephone number of an organisation, unless the record declares
    `organisation_identifier`, as it does where sole traders count.

    ## Why it matters
    Data that spreads escapes the retention, access and measures of the place that is declared.

    ## Example
    A mail relay log holds e-mail addresses; they are declared for the user directory only.

    ## How to resolve
    Declare the category for this store too if it is meant to be there; else remove it, and stop
    what writes it. For secrets, cards, official identifiers and special categories remove it.
    """

    code = "I03"
    name = "misplaced-category"
    articles: tuple[str, ...] = ("30(1)(c)", "5(1)(b)", "5(1)(f)", "25(2)")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store and category."""
        spots = undeclared(comparison, Standing.ELSEWHERE)
        for store, id_, found in grouped(spots):
            where = Where(store)
            meant = declarable(id_)
            words = Words(
                title=f"{called(id_)}: found in {where.words}, not declared here; "
                f"{_elsewhere(comparison, id_)}{whose(comparison, found)}",
                advice=DECLARE if meant else REMOVE,
                fix=declare_in_store(store, id_) if meant else "",
                category=id_,
            )
            yield from_spots(comparison, self, where, found, heaviest(comparison, found), words)


def _elsewhere(comparison: Comparison, id_: str) -> str:
    stores = comparison.declared.stores(id_)
    if stores:
        # What is declared for a store itself says more than what its backup inherits.
        own = [store.id for store in stores if not store.backup_of]
        return f"declared for: {listed(own or [store.id for store in stores])}"
    groups = [group.id for group in comparison.declared.declaring(id_)]
    return f"declared for no store, but in the data group: {listed(groups)}"
