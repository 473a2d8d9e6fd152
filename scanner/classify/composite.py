"""Categories made of several fields: a call, a fax, an invoice, an audit trail, a contact."""

from collections.abc import Sequence
from dataclasses import dataclass

from scanner.classify import lexicon
from scanner.classify.evidence import FieldEvidence
from scanner.classify.scale import confidence
from scanner.classify.words import bag
from scanner.model import Asset, Holding, Kind, Method

_COMPLETE, _NEARLY, _UNNAMED = 0.65, 0.35, 0.45
_WHEN = bag(
    """time date at start started timestamp heure debut zeit datum beginn fecha hora data ora tijd
    when created begin end stop ts"""
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """A composite: words of the asset that point at it, and parts that its fields must show.

    A part is a set of words, one of which must stand in a field's name, or of categories that a
    field may hold instead, written ``=category``.
    """

    category: str
    asset: frozenset[str]
    parts: tuple[frozenset[str], ...]
    alone: bool = False  # all parts together are enough, whatever the asset is called


RECIPES = (
    Recipe(
        "call_detail_record",
        bag(
            """call calls cdr cdrs appel appels anruf anrufe llamada llamadas chiamata chiamate
            telephony voip"""
        ),
        (
            bag("caller calling src from source ani origin appelant anrufer chiamante beller"),
            bag("callee called dst to destination dnis dialed appele angerufener recipient dest"),
            _WHEN,
            bag("duration billsec seconds minutes duree dauer duracion durata duur length"),
        ),
        alone=True,
    ),
    Recipe(
        "fax_metadata",
        bag("fax faxes telecopie faxe transmission transmissions"),
        (
            bag("sender from source tsid origin expediteur absender =fax_number =phone_number"),
            bag("recipient to destination dest csid destinataire empfanger"),
            _WHEN,
            bag("pages page status result state statut etat seiten paginas duration"),
        ),
    ),
    Recipe(
        "invoice_data",
        bag(
            """invoice invoices facture factures rechnung rechnungen factura facturas fattura
            fatture fatura bill bills billing"""
        ),
        (
            bag(
                """=person_name =name_part =postal_address =email_address =customer_identifier
                customer client cust account kunde kunden subscriber"""
            ),
            bag(
                "amount total montant betrag importe price sum subtotal due totaal valor prix preis"
            ),
            bag("number no invoice id facture rechnung nummer numero num"),
        ),
    ),
    Recipe(
        "audit_trail",
        bag(
            """audit audits trail log logs history journal activity activities access login logins
            event events signin sessions historique protokoll"""
        ),
        (
            bag(
                """=username user actor who admin operator account utilisateur benutzer usuario by
                login principal"""
            ),
            bag(
                """action event operation activity verb method act type what aktion change command
                ereignis"""
            ),
            _WHEN,
        ),
    ),
    Recipe(
        "address_book_entry",
        bag(
            """contact contacts phonebook phonebooks addressbook directory annuaire adressbuch
            kontakt kontakte contacto contactos rubrica recipients correspondents"""
        ),
        (
            bag("=person_name =name_part"),
            bag("=email_address =phone_number =fax_number =postal_address"),
        ),
    ),
)


def _has(part: frozenset[str], names: Sequence[frozenset[str]], held: frozenset[str]) -> bool:
    """Tell whether a part is there: one of its categories is held, or a field has its word."""
    categories = {word[1:] for word in part if word.startswith("=")}
    return bool(categories & held) or any(part & words for words in names)


def _score(recipe: Recipe, present: int, speaks: bool) -> float:
    """Score a composite: all parts and the asset's name make it probable."""
    if present == len(recipe.parts):
        return _COMPLETE if speaks else (_UNNAMED if recipe.alone else 0.0)
    return _NEARLY if speaks and present + 1 == len(recipe.parts) > 3 else 0.0


def composites(
    asset: Asset,
    evidence: Sequence[FieldEvidence],
    holdings: Sequence[Holding],
    method: Method,
    population: int | None,
) -> list[Holding]:
    """Return asset-level holdings (field ``""``) of the composites whose parts the fields show."""
    asset_words = frozenset(lexicon.words(asset.path.rsplit("/", 1)[-1]))
    fields = [item.field.name for item in evidence if item.field.kind is not Kind.MESSAGE]
    names = [frozenset(lexicon.words(name)) for name in fields]
    held = frozenset(holding.category for holding in holdings)
    subject = next((h.subject for h in holdings if h.subject != "unknown"), "unknown")
    out = []
    for recipe in RECIPES:
        present = sum(_has(part, names, held) for part in recipe.parts)
        score = _score(recipe, present, bool(recipe.asset & asset_words))
        if (sure := confidence(score)) is None:
            continue
        out.append(
            Holding(
                source=asset.source,
                kind=asset.kind,
                asset=asset.path,
                field="",
                category=recipe.category,
                entity=None,
                subject=subject,
                confidence=sure,
                score=score,
                matched=0,
                examined=max((item.profile.examined for item in evidence), default=0),
                population=population,
                method=method,
                by=("Composite",),
                why=(f"{present} of {len(recipe.parts)} parts are among the fields",),
            )
        )
    return out
