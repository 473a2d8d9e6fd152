"""T05: access from countries that the record does not name."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from scanner.model import Ask, Confidence, Finding, Measure, Severity
from scanner.ropa.residency import UNKNOWN
from scanner.ropa.types import Store
from scanner.rules.comparison import Comparison
from scanner.rules.declaration import stores
from scanner.rules.drafting import Where, Words, finding

_ADVICE = (
    "Find out who accessed it from there and for whom: if that is meant to be, add the country to "
    "access_from of the system, and check transfers and instructions; if not, close the way."
)
_UNREAD = "Complete the country in the access log: a code or a name of the country."


class UndeclaredAccessCountry:
    """Somebody reached a system from a country that the record does not name.

    ## What it checks
    `store.access` names the asset of an access log and its fields; `access_from` of the system
    says from where the record expects access. The log counts its entries by its own country field,
    since the record took effect, up to the date. No address is ever looked up. Without
    `access_from` nothing is claimed and nothing asked.

    ## Why it matters
    To look at data from abroad is a transfer, and access is to follow instructions.

    ## Example
    Staff is declared in Canada and the EU; an engineer opens the database of the EU from the USA.

    ## How to resolve
    Declare the country if the access is meant to be, or close the way.
    """

    code = "T05"
    name = "undeclared-access-country"
    articles: tuple[str, ...] = ("29", "32(4)", "44")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store and country, and one for entries without a country."""
        answers = _answers(comparison)
        for store in stores(comparison.declared):
            if store.access is not None and comparison.declared.system(store.id).access_from:
                mine = answers.get(f"access:{store.id}", ())
                yield from self._of(comparison, store, mine)

    def _of(
        self, comparison: Comparison, store: Store, answers: Sequence[Measure]
    ) -> Iterator[Finding]:
        found = Counter[str]()
        for measure in answers:
            found.update(dict(measure.groups))
        logs = tuple(sorted({measure.asset for measure in answers}))
        oldest = min((m.oldest for m in answers if m.oldest is not None), default=None)
        declared = comparison.declared.system(store.id).access_from
        total = sum(found.values())
        unread = sum(found[code] for code in UNKNOWN)
        since = f", the oldest of {oldest.date()}" if oldest is not None else ""
        for country, count in sorted(found.items()):
            if country in UNKNOWN or _expected(comparison, country, declared):
                continue
            words = Words(
                title=f"{_accesses(count)} to {Where(store).words} from {country}, which "
                f"is not declared (access_from: {', '.join(declared)}); "
                f"{_accesses(total)} counted{since}",
                advice=_ADVICE,
                declared=str(comparison.declared.system(store.id).origin),
                qualifier=country,
                children=logs,
            )
            yield finding(comparison, self, Where(store), Severity.MEDIUM, words, records=count)
        if unread:
            words = Words(
                title=f"{_accesses(unread)} of {total:,} to {Where(store).words}: the "
                "country is empty or no known one",
                advice=_UNREAD,
                qualifier="unknown",
                children=logs,
            )
            yield finding(
                comparison,
                self,
                Where(store),
                Severity.INFO,
                words,
                confidence=Confidence.POSSIBLE,
                records=unread,
            )


def _answers(comparison: Comparison) -> Mapping[str, Sequence[Measure]]:
    """Return the counts by country, by what asked for them."""
    out: dict[str, list[Measure]] = defaultdict(list)
    for at in comparison.assets:
        for measure in at.result.measures:
            if measure.question.ask is Ask.GROUPS:
                out[measure.question.because].append(measure)
    return out


def _expected(comparison: Comparison, country: str, declared: tuple[str, ...]) -> bool:
    """Tell whether a country lies in a declared place; a place wider than one may."""
    tables, day = comparison.tables, comparison.as_of
    territories = comparison.ropa.settings.us_territories
    return any(
        tables.inside(country, place, day, us_territories=territories)
        or tables.inside(place, country, day, us_territories=territories)
        for place in declared
    )


def _accesses(number: int) -> str:
    return "1 access" if number == 1 else f"{number:,} accesses"
