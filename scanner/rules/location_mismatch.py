"""T02: a store that lies elsewhere than the record says."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from scanner.countries import countries
from scanner.model import Finding, Severity, SourceStatus
from scanner.ropa.residency import Inside, inside_on, place_of
from scanner.rules.comparison import Comparison, Matched
from scanner.rules.declaration import stores
from scanner.rules.drafting import Where, Words, finding, listed
from scanner.rules.routes import QUEBEC, QUEBEC_ACT

_ADVICE = (
    "Find out where the data lies: correct the site of the store in the record and what notices "
    "say of places, or the country of the source in the configuration. Where it lies in another "
    "country than declared, check transfers and their safeguards too."
)
_SECTION_17 = (
    " Data that leaves Quebec: check whether the assessment of section 17 was made, also for a "
    "provider that keeps it."
)


class LocationMismatch:
    """A store lies in another place than the record declares.

    ## What it checks
    The declared country or region of a site (of a site without one: the countries of its system)
    against what the operator wrote beside the source in the configuration and, over it, what the
    store itself says. Only when both are stated; no address is looked up. Medium inside the same
    region (two countries of the EU), else high. A place that is merely wider or narrower than the
    other (CA and CA-QC) is no difference.

    ## Why it matters
    Transfers, residency and what people are told all rest on the declared place.

    ## Example
    The record says that data is principally in Canada; the source is configured as in the USA.

    ## How to resolve
    Correct the record or the configuration, whichever is wrong; then look at transfers again.
    """

    code = "T02"
    name = "location-mismatch"
    articles: tuple[str, ...] = ("30(1)(e)", "13(1)(f)", "5(2)")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store, declared and observed place."""
        territories = comparison.ropa.settings.us_territories
        inside = inside_on(comparison.tables, comparison.as_of, us_territories=territories)
        for store in stores(comparison.declared):
            found: dict[tuple[str, str], list[Matched]] = defaultdict(list)
            for at in comparison.by_store[store.id]:
                declared = _declared(comparison, at, inside)
                observed = observed_place(comparison.status(at.path))
                if declared and observed and not _agree(declared, observed, inside):
                    found[(",".join(declared), observed)].append(at)
            for (place, observed), assets in sorted(found.items()):
                yield self._finding(comparison, Where(store), place, observed, assets)

    def _finding(
        self,
        comparison: Comparison,
        where: Where,
        place: str,
        observed: str,
        assets: list[Matched],
    ) -> Finding:
        sources = listed(sorted({at.result.asset.source for at in assets}))
        near = any(
            _region(comparison, p) == _region(comparison, observed) for p in place.split(",")
        )
        quebec = _leaves_quebec(comparison, place, observed)
        words = Words(
            title=f"{where.words}: declared in {place.replace(',', ', ')}, found in {observed} "
            f"(source: {sources})",
            advice=_ADVICE + (_SECTION_17 if quebec else ""),
            qualifier=f"{place}|{observed}",
        )
        rows = sum(at.result.coverage.population or at.result.coverage.rows for at in assets)
        severity = Severity.MEDIUM if near else Severity.HIGH
        made = finding(comparison, self, where, severity, words, records=rows)
        return replace(made, articles=(*made.articles, QUEBEC_ACT)) if quebec else made


def observed_place(status: SourceStatus | None) -> str:
    """Return where a source was seen to lie: its country, else its region if that is a code."""
    if status is None:
        return ""
    region = status.region.strip().upper()
    return status.country or (region if countries().knows(region) else "")


def _declared(comparison: Comparison, at: Matched, inside: Inside) -> tuple[str, ...]:
    if len(at.stores) != 1:
        return ()
    place = place_of(at.site, inside)
    return (place,) if place else comparison.declared.system(at.stores[0].id).countries


def _agree(declared: tuple[str, ...], observed: str, inside: Inside) -> bool:
    """Tell whether one of the places may be the observed one; a wider one may."""
    return any(inside(observed, place) is not False for place in declared)


def _region(comparison: Comparison, place: str) -> str:
    territories = comparison.ropa.settings.us_territories
    return comparison.tables.region_of(place, comparison.as_of, us_territories=territories)


def _leaves_quebec(comparison: Comparison, place: str, observed: str) -> bool:
    """Tell whether the Quebec Act speaks of it at the date: declared in Canada, found outside."""
    if "qc_law25" not in comparison.ropa.organisation.regimes:
        return False
    home = {"CA", QUEBEC} & set(place.split(","))
    return bool(home) and comparison.tables.restricts(
        "qc_law25", QUEBEC, observed, comparison.as_of
    )
