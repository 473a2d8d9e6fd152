"""I08: what content declared as open is made of."""

from collections.abc import Iterator

from scanner.model import Finding, Severity
from scanner.rules.comparison import Comparison
from scanner.rules.drafting import Where, Words, called, from_spots, grouped
from scanner.rules.standing import Standing, undeclared


class UnboundedContent:
    """Categories seen inside content that is declared to hold anything, or a list left open.

    ## What it checks
    A category that the store does not name, found in free text or media of a store that
    declares an unbounded group, or of the same kind as a group whose list is left open ("etc."),
    up to weight medium. Official identifiers, cards, secrets and special categories never count
    as covered this way.

    ## Why it matters
    It says what the content is made of, so that its risk can be judged; nothing is asked.

    ## Example
    Messages of customers hold telephone numbers; messages are declared as unbounded.

    ## How to resolve
    Nothing to do. Name the category in the data group if it is always there.
    """

    code = "I08"
    name = "unbounded-content"
    articles: tuple[str, ...] = ("30(1)(c)", "25")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store and category."""
        for store, id_, found in grouped(undeclared(comparison, Standing.ABSORBED)):
            where = Where(store)
            words = Words(
                title=f"{called(id_)}: found in {where.words}, inside content declared as open",
                advice="Nothing to do; name the category in the data group if it is always there.",
                category=id_,
            )
            yield from_spots(comparison, self, where, found, Severity.INFO, words)
