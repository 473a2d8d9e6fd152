"""What the name of an asset says of its rows, and what a field's name is worth there."""

import functools
from dataclasses import dataclass, replace

from scanner.classify import lexicon, subjects
from scanner.classify.lexicon import Named
from scanner.classify.lookups import listed, where_it_lies
from scanner.classify.prefix import shared_prefix
from scanner.classify.whose import whose
from scanner.classify.words import bag
from scanner.model import Asset, Field, Path

PLACES = frozenset({"postal_address", "locality", "country"})
_OF_PEOPLE = frozenset({"person_name", "name_part"})
# Dogs and machines have an age too.
_ATTRIBUTES = frozenset(
    {
        "age",
        "date_of_birth",
        "family_relation",
        "gender",
        "health_data",
        "income",
        "nationality",
        "political_opinion",
        "racial_ethnic_origin",
        "religious_philosophical_belief",
        "sex_life_orientation",
        "trade_union_membership",
    }
)
ABOUT = {
    "person": "the asset is about people",
    "linked": "the asset is about records of people",
    "thing": "the asset is about things rather than people",
    "organisation": "the asset is about organisations rather than people",
}
_ADDRESS_WORDS = bag(
    """address addresses addr adresse adressen adresses direccion direcciones indirizzo indirizzi
    endereco enderecos adres location locations anschrift anschriften"""
)


# Beside them an account is one at a bank; elsewhere it is a customer's.
_BANK = bag(
    """bank banks banking iban bic swift sepa ach aba routing blz bankleitzahl payroll payout banque
    banco banca bankkonto girokonto sortcode directdebit debit lastschrift prelevement"""
)
_KEPT_AT = frozenset({"customer_identifier", "person_name"})  # "account" is a word for somebody
_ACCOUNT = bag("account acct acc konto kontonummer kontonr compte cuenta conto conta rekening")


def _of_a_bank(named: Named) -> Named:
    """Read the number of an account as that of a bank account."""
    if named.category not in _KEPT_AT or not _ACCOUNT & set(named.phrase.split()):
        return named
    return replace(named, category="bank_account_number")


@dataclass(frozen=True, slots=True)
class Scene:
    """The role of an asset's rows (person, linked, organisation, thing, unknown)."""

    asset: Asset
    role: str
    words: frozenset[str]
    lookup: bool = False  # a list to look things up in
    people: bool = False  # its fields say that the rows are people
    prefix: str = ""  # what the names of its fields begin with
    banking: bool = False  # it keeps accounts of banks rather than of customers

    @classmethod
    def of(cls, asset: Asset) -> "Scene":
        """Read the name of an asset and those of its fields."""
        return _scene(asset)

    def spoken(self, field: Field) -> tuple[Named, ...]:
        """Return the categories that a field's name or comment speaks of here."""
        found = lexicon.spoken(field, self.words, self.prefix)
        return tuple(map(_of_a_bank, found)) if self.banking else found

    def sure(self, named: Named | None) -> bool:
        """Tell whether a name speaks clearly here."""
        return named is not None and (lexicon.backed(named, self.role) or named.category in PLACES)

    def of_things(self, category: str, named: Named | None) -> bool:
        """Tell whether an attribute of people stands in an asset about things.

        What its fields say counts more than its name: a party may be a club or a guest.
        """
        if category not in _ATTRIBUTES or (named is not None and named.person):
            return False
        return (self.role == "thing" or self.lookup) and not self.people

    def unlikely(self, named: Named) -> bool:
        """Tell whether a name of people stands in an asset about things: a course's full name."""
        return named.category in _OF_PEOPLE and self.role == "thing" and not named.person

    def elsewhere(self, field: str, category: str) -> str:
        """Say why a place is that of a thing and nobody's address; empty when it may be one."""
        role = "thing" if self.role == "unknown" and self.lookup else self.role
        return where_it_lies(self.asset, role, field, category)

    def worth(self, named: Named) -> tuple[float, float]:
        """Score a field's name in this asset: what it says itself, and with what the asset adds.

        Both lie between 0 and 0.65.
        """
        alone = 0.25 if named.weak else 0.5
        here = alone
        if named.category in PLACES:
            here += self._place(named)
        elif not (role_word(named) or _by_somebody(named)):  # whatever the rows are about
            here += self._context(named)
        return alone * named.strength, max(here, 0.0) * named.strength

    def said(self, named: Named, plus: float) -> str:
        """Say why the asset adds something to a field's name, or takes something from it."""
        if named.category in PLACES and self.words & _ADDRESS_WORDS and plus > 0:
            return "the asset is about addresses"
        if named.person and plus > 0:
            return "the name itself says that it is somebody's"
        return ABOUT.get(self.role, "the asset's name")

    def _context(self, named: Named) -> float:
        """Return what the asset adds to the name of a field, or takes from it."""
        if self.unlikely(named):
            return -0.3
        if not named.weak:
            return 0.05 if self.role == "person" else 0.0
        if named.person or self.role == "person":
            return 0.2
        return {"linked": 0.1, "thing": -0.15, "organisation": -0.15}.get(self.role, 0.0)

    def _place(self, named: Named) -> float:
        """Return the same for words of places: strong among addresses, weak among things."""
        if self.words & _ADDRESS_WORDS:
            return 0.15
        # The table of cities may have a field named city.
        if self.role == "thing" and not set(named.phrase.split()) <= self.words:
            return -0.15
        return 0.05 if self.role in ("person", "linked", "organisation") else 0.0


@functools.lru_cache(maxsize=64)
def _scene(asset: Asset) -> Scene:
    """Read an asset once: each of its fields asks."""
    segments = Path.parse(asset.path).segments if "://" in asset.path else (asset.path,)
    words = lexicon.words(segments[-1]) if segments else ()
    beside = {word for field in asset.fields for word in lexicon.words(field.name)}
    return Scene(
        asset,
        subjects.role_of(words),
        frozenset(words),
        listed(asset) is not None,
        whose(asset).role == "person",
        shared_prefix(field.name for field in asset.fields),
        bool(_BANK & (beside | set(words))),
    )


_SOMEBODYS = frozenset({"person_name", "username"})


def role_word(named: Named) -> bool:
    """Tell whether the phrase is a mere word for somebody ("owner"), not for a name."""
    words = set(named.phrase.split())
    somebody = words <= subjects.person_words() or _by_somebody(named)
    return named.category in _SOMEBODYS and named.weak and somebody


def _by_somebody(named: Named) -> bool:
    """Tell whether a phrase says who did it: "created by"."""
    return named.phrase.rpartition(" ")[2] in lexicon.DOER


# Somebody who works with the system: kept by name or by login.
_WORKING = bag(
    """owner operator assignee reporter creator editor approver reviewer requester submitter
    maintainer uploader bearbeiter sachbearbeiter ersteller benutzer usuario utilisateur operateur
    operatore utente gebruiker handler author autor auteur autore poster moderator mod"""
)


def works(named: Named) -> bool:
    """Tell whether a name is a word for somebody who works with the system, or asks for a doer."""
    words = set(named.phrase.split())
    if named.category != "person_name":
        return False
    return words <= _WORKING or _by_somebody(named)
