"""T03: data that goes abroad without a declared safeguard."""

from collections.abc import Iterator
from dataclasses import replace

from scanner.model import Finding, Severity
from scanner.ropa.types import Transfer
from scanner.rules.comparison import Comparison
from scanner.rules.drafting import Where, Words, finding, listed
from scanner.rules.routes import QUEBEC_ACT, Route, bare_routes
from scanner.rules.safeguards import proposal

_TOOLS = (
    "Find out how the data is safeguarded there, and name the mechanism and its reference in a "
    "[[transfer]] with exporter and importer; if there is none, decide with counsel what to do."
)


class NoSafeguardDeclared:
    """Data goes to a third country, and the record names no safeguard for it.

    ## What it checks
    Pairs of places that a regime of the exporter restricts: of stores that lie only abroad, of
    recipients abroad, of declared transfers. A pair needs nothing when the country counts as
    adequate for everybody at the date; a decision for certified importers only does not suffice.
    Possible only, when the exporter or the importer is not stated. Whether a named mechanism is
    still valid is another question.

    ## Why it matters
    The record must name third countries, and people must be told what protects their data there.

    ## Example
    Tickets of customers in the EU lie with a hosted help desk in the USA; no transfer is declared.

    ## How to resolve
    Name the mechanism and its reference in a `transfer`, with exporter and importer; or bring the
    data home.
    """

    code = "T03"
    name = "no-safeguard-declared"
    articles: tuple[str, ...] = ("44", "45", "46", "49", "13(1)(f)", "30(1)(e)", "30(2)(c)")
    record_only = True

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store, recipient or transfer, and regime."""
        for route in bare_routes(comparison):
            yield self._finding(comparison, route)

    def _finding(self, comparison: Comparison, route: Route) -> Finding:
        where, subject, line = _told(route)
        pairs = listed(f"{origin} to {to}" for origin, to in route.pairs)
        quebec = route.regime == "qc_law25"
        what = "no assessment" if quebec else "no safeguard"
        words = Words(
            title=f"{subject}: {what} is declared for {pairs}",
            advice=_TOOLS,
            fix=_proposed(comparison, route),
            declared=line,
            qualifier=",".join(f"{origin}-{to}" for origin, to in route.pairs),
            activity=route.activities[0] if len(route.activities) == 1 else "",
        )
        made = finding(comparison, self, where, Severity.HIGH, words, confidence=route.confidence)
        return replace(made, articles=(QUEBEC_ACT,)) if quebec else made


def _proposed(comparison: Comparison, route: Route) -> str:
    """Propose a transfer for data that none of the record's is about."""
    if route.transfer is not None or route.regime == "qc_law25":
        return ""
    ropa = comparison.ropa
    declared, subject = comparison.declared, route.store or route.party
    operator = declared.system(route.store.id).operator if route.store else ""
    name = subject.id if subject else ""
    meant = Transfer(
        id=name,
        kind="storage" if route.store else "disclosure",
        from_=tuple(dict.fromkeys(origin for origin, _ in route.pairs)),
        to=tuple(dict.fromkeys(to for _, to in route.pairs)),
        exporter=ropa.organisation.id,
        importer=operator or (route.party.id if route.party else ""),
        data_groups=route.store.data_groups if route.store else (),
    )
    return proposal(meant, f"{name}_abroad", frozenset(t.id for t in ropa.transfers))


def _told(route: Route) -> tuple[Where, str, str]:
    """Return the place of a route, its subject in words, and the line that declares it."""
    if route.store is not None:
        return Where(route.store), f"Data of {Where(route.store).words}", str(route.store.origin)
    if route.party is not None:
        party = route.party
        named = f"Data that {party.name or party.id} receives for {listed(route.activities)}"
        return Where(prefix=f"[[party]] {party.id}"), named, str(party.origin)
    if route.transfer is not None:
        transfer = route.transfer
        named = f"Transfer {transfer.name or transfer.id}"
        return Where(prefix=f"[[transfer]] {transfer.id}"), named, str(transfer.origin)
    raise ValueError("a route has a store, a party or a transfer")
