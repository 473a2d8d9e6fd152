"""T04: a declared safeguard that carries its transfer no more."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from scanner.model import Finding, Severity
from scanner.rules.comparison import Comparison
from scanner.rules.drafting import Where, Words, finding, listed
from scanner.rules.safeguards import Lapsed, lapsed, renewed

_ADVICE = (
    "Find out how the data is safeguarded today: name the mechanism that is in force with its "
    "reference in a transfer of its own (proposal below), or decide with counsel what to do."
)
# Until the day before the GDPR applied: "Transfer of personal data to third countries".
_DIRECTIVE = ("Directive 95/46/EC Art. 25", "Directive 95/46/EC Art. 26")
_DIRECTIVE_FROM, _GDPR_FROM = date(1998, 10, 24), date(2018, 5, 25)


class SafeguardInvalid:
    """A transfer rests on a safeguard that is void or has expired.

    ## What it checks
    The mechanism of every declared transfer, at the date: tools that a court or an authority ended
    (Safe Harbor from 2015-10-06, the Privacy Shield from 2020-07-16, older standard clauses from
    2022-12-28), tools that did not exist yet, tools of another regime, and `signed` and `expires`
    of the transfer itself. It is judged by the law of the place that the data leaves. A transfer
    that another one replaces for the same data, pairs and importer is left in peace, and so is a
    pair that needs no safeguard at the date.

    ## Why it matters
    What was a safeguard when the contract was made may be none today, and the record would not
    show it.

    ## Example
    The record names Safe Harbor for data that goes from the EU to the USA; the day is 2015-10-07.

    ## How to resolve
    Name the safeguard that is in force in a `transfer` of its own; the old block may stay as
    history.
    """

    code = "T04"
    name = "safeguard-invalid"
    articles: tuple[str, ...] = ("44", "46")
    record_only = True

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each transfer, mechanism and regime."""
        for item in lapsed(comparison):
            yield self._finding(comparison, item)

    def _finding(self, comparison: Comparison, item: Lapsed) -> Finding:
        transfer = item.transfer
        pairs = listed(f"{origin} to {to}" for origin, to in item.pairs)
        taken = frozenset(other.id for other in comparison.ropa.transfers)
        words = Words(
            title=f"Transfer {transfer.name or transfer.id} ({pairs}) rests on {item.mechanism}, "
            f"which does not carry it on {comparison.as_of}: {item.why}",
            advice=_ADVICE,
            fix=renewed(transfer, taken),
            declared=str(transfer.origin),
            qualifier=f"{item.mechanism}:{item.regime}".rstrip(":"),
        )
        where = Where(prefix=f"[[transfer]] {transfer.id}")
        made = finding(comparison, self, where, Severity.HIGH, words)
        return replace(made, articles=self._articles(comparison, item.regime))

    def _articles(self, comparison: Comparison, regime: str) -> tuple[str, ...]:
        """Name what applied, at the date, where the data comes from."""
        if regime == "uk_gdpr":
            return tuple(f"UK GDPR Art. {article}" for article in self.articles)
        if regime == "eu_gdpr" and comparison.as_of < _GDPR_FROM:
            return _DIRECTIVE if comparison.as_of >= _DIRECTIVE_FROM else ()
        if regime == "eu_gdpr":
            return tuple(f"GDPR Art. {article}" for article in self.articles)
        return comparison.cite(self.articles)
