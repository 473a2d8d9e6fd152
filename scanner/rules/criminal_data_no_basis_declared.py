"""C02: data on offences without a basis in law in the record."""

from collections.abc import Iterator

from scanner.model import Confidence, Evidence, Finding, Severity, place
from scanner.rules.aside import beside, capped
from scanner.rules.comparison import Comparison
from scanner.rules.conditions import answerable, declarers, declaring, flagged, how_sure
from scanner.rules.drafting import Where, Words, called, finding, from_spots, grouped

_ADVICE = (
    "Find out who reads this and under which law or official authority: name it in the activity "
    "(criminal_basis), or keep no accusation longer than handling it needs."
)


class CriminalDataNoBasisDeclared:
    """Data on offences or accusations, and no basis in law for it in the record.

    ## What it checks
    Data on criminal convictions and offences, found in a declared store or declared for an
    activity that names no `criminal_basis`. Free text that may accuse somebody (abuse reports,
    and the texts of a store that declares such) and names of fields alone are possible only, and
    stand beside the other findings. Activities as a processor are left out.

    ## Why it matters
    Such data may be processed only under official authority or where a law allows it; a mere
    accusation can ruin somebody.

    ## Example
    Abuse notices that accuse a customer of an offence are kept in a mailbox export.

    ## How to resolve
    Name the law in the activity (`criminal_basis`); or remove the data.
    """

    code = "C02"
    name = "criminal-data-no-basis-declared"
    articles: tuple[str, ...] = ("10",)
    record_only = True

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store and category found, then for activities."""
        certain, hinting = flagged("Art. 10"), flagged("art10-proxy")
        spots = [spot for spot in comparison.spots if spot.category in certain | hinting]
        told: set[str] = set()
        for store, id_, found in grouped(spots):
            if _settled(comparison, store.id, id_):
                continue
            where = Where(store)
            told.update(a.id for a in comparison.declared.activities(store.id, id_))
            may = id_ in hinting or all(spot.holding.text for spot in found)
            what = "may accuse people of offences" if may else "is about offences"
            words = Words(
                title=f"{called(id_)}: found in {where.words}, {what}, and no basis in law is "
                "declared for it",
                advice=_ADVICE,
                category=id_,
            )
            made = from_spots(comparison, self, where, found, Severity.CRITICAL, words)
            sure = Confidence.POSSIBLE if may else how_sure(comparison, found)
            made = capped(made, sure)
            yield beside(made) if may else made
        yield from self._unread(comparison, hinting, {spot.store.id for spot in spots})
        for activity, held in declaring(comparison, certain):
            if activity.criminal_basis or activity.id in told:
                continue
            words = Words(
                title=f"Activity {activity.name or activity.id}: declares {called(held[0])}, and "
                "no basis in law (criminal_basis)",
                advice=_ADVICE,
                declared=str(activity.origin),
                activity=activity.id,
            )
            where = Where(prefix=f"[[activity]] {activity.id}")
            yield finding(comparison, self, where, Severity.CRITICAL, words)

    def _unread(
        self, comparison: Comparison, hinting: frozenset[str], spoken: set[str]
    ) -> Iterator[Finding]:
        """Yield stores declared for accusations whose texts no recognizer can tell as such."""
        for store_id, assets in comparison.by_store.items():
            named = sorted(comparison.declared.allowed(store_id) & hinting)
            texts = [
                place(at.path, name) for at in assets for name in at.result.coverage.text_fields
            ]
            if not named or not texts or store_id in spoken:
                continue
            if _settled(comparison, store_id, named[0]):
                continue
            where = Where(comparison.declared.store(store_id))
            words = Words(
                title=f"{called(named[0])}: declared for {where.words}, whose texts may accuse "
                "people of offences, and no basis in law is declared for it",
                advice=_ADVICE,
                category=named[0],
            )
            yield finding(
                comparison,
                self,
                where,
                Severity.CRITICAL,
                words,
                confidence=Confidence.POSSIBLE,
                evidence=tuple(Evidence(text, confidence=Confidence.POSSIBLE) for text in texts),
            )


def _settled(comparison: Comparison, store: str, id_: str) -> bool:
    """Tell whether a basis is declared, or is another's to declare."""
    behind = comparison.declared.activities(store, id_)
    if behind:
        return all(activity.criminal_basis for activity in answerable(behind))
    return any(activity.criminal_basis for activity in declarers(comparison, id_))
