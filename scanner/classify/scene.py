"""What the name of an asset says of its rows, and what a field's name is worth there."""

from dataclasses import dataclass

from scanner.classify import lexicon, subjects
from scanner.classify.lexicon import Named
from scanner.classify.prefix import shared_prefix
from scanner.classify.words import bag
from scanner.model import Asset, Field, Kind, Path

PLACES = frozenset({"postal_address", "locality", "country"})
_OF_PEOPLE = frozenset({"person_name", "name_part", "username"})
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
        "racial_ethnic_origin",
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


@dataclass(frozen=True, slots=True)
class Scene:
    """The role of an asset's rows (person, linked, organisation, thing, unknown)."""

    role: str
    subject: str
    words: frozenset[str]
    prefix: str = ""  # what the names of its fields begin with

    @classmethod
    def of(cls, asset: Asset) -> "Scene":
        """Read the last segment of the asset's path."""
        segments = Path.parse(asset.path).segments if "://" in asset.path else (asset.path,)
        words = lexicon.words(segments[-1]) if segments else ()
        prefix = shared_prefix(field.name for field in asset.fields)
        role, subject = subjects.role_of(words), subjects.subject_of(words)
        return cls(role, subject, frozenset(words), prefix)

    def spoken(self, field: Field) -> tuple[Named, ...]:
        """Return the categories that a field's name or comment speaks of here."""
        return lexicon.spoken(field, self.words, self.prefix)

    def subject_of(self, field: str, kind: Kind) -> str:
        """Say whose data a field holds: its own words first, then the asset's."""
        if kind is not Kind.MESSAGE:
            own = subjects.subject_of(lexicon.words(field.rsplit(".", 1)[-1]))
            if own != "unknown":
                return own
        return self.subject

    def sure(self, named: Named | None) -> bool:
        """Tell whether a name speaks clearly here."""
        return named is not None and (lexicon.backed(named, self.role) or named.category in PLACES)

    def of_things(self, named: Named) -> bool:
        """Tell whether an attribute of people stands in an asset about things."""
        return named.category in _ATTRIBUTES and self.role == "thing" and not named.person

    def unlikely(self, named: Named) -> bool:
        """Tell whether a name of people stands in an asset about things: a course's full name."""
        return named.category in _OF_PEOPLE and self.role == "thing" and not named.person

    def worth(self, named: Named) -> tuple[float, float]:
        """Score a field's name in this asset: what it says itself, and with what the asset adds.

        Both lie between 0 and 0.65.
        """
        alone = 0.25 if named.weak else 0.5
        here = alone
        if named.category in PLACES:
            here += self._place(named)
        elif not role_word(named):  # "the head of state": whatever the rows are about
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


def role_word(named: Named) -> bool:
    """Tell whether the phrase is a mere word for somebody ("owner"), not for a name."""
    words = set(named.phrase.split())
    somebody = words <= subjects.person_words() or words <= lexicon.DOER
    return named.category == "person_name" and named.weak and somebody
