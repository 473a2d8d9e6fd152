"""Categories made of several fields: a call, a fax, an invoice, an audit trail, a contact."""

from collections.abc import Sequence
from dataclasses import dataclass

from scanner.classify import lexicon
from scanner.classify.evidence import FieldEvidence
from scanner.classify.scale import confidence
from scanner.model import Asset, Holding, Kind, Method

_TIME_WORDS = "time date at start started timestamp heure debut zeit datum beginn fecha hora data ora tijd when created begin end stop ts"


@dataclass(frozen=True, slots=True)
class Recipe:
    """A composite: words of the asset that point at it, and parts that its fields must show.

    A part is a set of words of which one must stand in a field's name, or categories that a field
    must hold (written ``=category``).
    """

    category: str
    asset: frozenset[str]
    parts: tuple[frozenset[str], ...]


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


RECIPES = (
    Recipe(
        "call_detail_record",
        _set(
            "call calls cdr cdrs appel appels anruf anrufe llamada llamadas chiamata chiamate telephony voip"
        ),
        (
            _set(
                "caller calling src from source ani origin appelant anrufer origen chiamante beller originating"
            ),
            _set(
                "callee called dst to destination dnis dialed appele angerufener destino recipient dest"
            ),
            _set(_TIME_WORDS),
            _set("duration billsec seconds minutes duree dauer duracion durata duur length"),
        ),
    ),
    Recipe(
        "fax_metadata",
        _set("fax faxes telecopie faxe transmission transmissions"),
        (
            _set("sender from source tsid origin expediteur absender =fax_number =phone_number"),
            _set("recipient to destination dest csid destinataire empfanger"),
            _set(_TIME_WORDS),
            _set("pages page status result state statut etat seiten paginas duration"),
        ),
    ),
    Recipe(
        "invoice_data",
        _set(
            "invoice invoices facture factures rechnung rechnungen factura facturas fattura fatture fatura bill bills billing"
        ),
        (
            _set(
                "=person_name =name_part =postal_address =email_address =customer_identifier customer client cust account kunde kunden subscriber"
            ),
            _set(
                "amount total montant betrag importe price sum subtotal due totaal valor prix preis"
            ),
            _set("number no invoice id facture rechnung nummer numero num"),
        ),
    ),
    Recipe(
        "audit_trail",
        _set(
            "audit audits trail log logs history journal activity activities access login logins event events signin sessions historique protokoll"
        ),
        (
            _set(
                "=username user actor who admin operator account utilisateur benutzer usuario by login principal"
            ),
            _set(
                "action event operation activity verb method act type what aktion change command ereignis"
            ),
            _set(_TIME_WORDS),
        ),
    ),
    Recipe(
        "address_book_entry",
        _set(
            "contact contacts phonebook phonebooks addressbook directory annuaire adressbuch kontakt kontakte contacto contactos rubrica recipients correspondents"
        ),
        (
            _set("=person_name =name_part"),
            _set("=email_address =phone_number =fax_number =postal_address"),
        ),
    ),
)


def _has(part: frozenset[str], names: Sequence[frozenset[str]], held: frozenset[str]) -> bool:
    """Tell whether a part is there: one of its categories is held, or a field has its word."""
    categories = {word[1:] for word in part if word.startswith("=")}
    return bool(categories & held) or any(part & words for words in names)


def composites(
    asset: Asset,
    evidence: Sequence[FieldEvidence],
    holdings: Sequence[Holding],
    role: str,
    method: Method,
    population: int | None,
) -> list[Holding]:
    """Return asset-level holdings of the composites whose parts the fields show."""
    path = asset.path.rsplit("/", 1)[-1]
    asset_words = frozenset(lexicon.words(path))
    names = [
        frozenset(lexicon.words(item.field.name))
        for item in evidence
        if item.field.kind is not Kind.MESSAGE
    ]
    held = frozenset(holding.category for holding in holdings)
    subject = next((h.subject for h in holdings if h.subject != "unknown"), "unknown")
    out = []
    for recipe in RECIPES:
        present = sum(_has(part, names, held) for part in recipe.parts)
        speaks = bool(recipe.asset & asset_words)
        complete = present == len(recipe.parts)
        score = (
            (0.65 if complete else 0.35 if present * 4 >= len(recipe.parts) * 3 else 0.0)
            if speaks
            else (0.45 if complete and recipe.category in ("call_detail_record",) else 0.0)
        )
        sure = confidence(score)
        if sure is None:
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
