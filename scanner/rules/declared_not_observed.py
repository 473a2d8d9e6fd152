"""I06: what is declared, was looked for and was not seen."""

from collections.abc import Iterator

from scanner.model import Evidence, Finding, Severity
from scanner.rules.comparison import Comparison
from scanner.rules.declaration import named, stores
from scanner.rules.drafting import Where, Words, called, finding
from scanner.rules.sight import Sight, Sights


class DeclaredNotObserved:
    """A category that the record declares for a store, and that was not seen there.

    ## What it checks
    Categories that a store names one by one, when its content was read, a recognizer for the
    category ran, and nothing was found. Categories that this tool can only see by a field's name
    are left out, and so are optional groups and what a backup inherits.

    ## Why it matters
    A record that lists too much is as little use as one that lists too little; and data that is
    gone may be a line less to answer for.

    ## Example
    MAC addresses are declared for a log; 1,000 of its lines were read and hold none.

    ## How to resolve
    Nothing to do, or take the category out of the data group. A sample proves no absence: the
    bound says how many rows in a hundred could still hold it.
    """

    code = "I06"
    name = "declared-not-observed"
    articles: tuple[str, ...] = ("5(1)(c)-(d)", "30(1)(c)")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store and category."""
        sights = Sights(comparison)
        for store in stores(comparison.declared):
            for id_ in sorted(named(comparison.declared, store)):
                sight = sights.of(store, id_)
                if sight.state == "looked_for":
                    where = Where(store)
                    words = Words(
                        title=f"{called(id_)}: declared for {where.words}, looked for and not "
                        f"found ({bound(sight)})",
                        advice="Nothing to do; take it out of the data group if it is gone.",
                        category=id_,
                    )
                    yield finding(
                        comparison, self, where, Severity.INFO, words, evidence=_evidence(sight)
                    )


def bound(sight: Sight) -> str:
    """Say what a search without a hit proves: ``0 of 1,000 rows: under 0.3 %``."""
    if sight.bound == 0.0:
        return f"0 of all {sight.examined:,} rows"
    if sight.bound is None or sight.bound >= 1:
        return f"0 of {sight.examined:,} rows: too few to say more"
    return f"0 of {sight.examined:,} rows: under {100 * sight.bound:.2g} %"


def _evidence(sight: Sight) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            place=asset.path,
            examined=asset.result.coverage.rows,
            population=asset.result.coverage.population,
            method=asset.result.coverage.method,
        )
        for asset in sight.assets
    )
