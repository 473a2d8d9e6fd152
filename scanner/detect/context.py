"""What a field's name and its asset's say before a value is looked at."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from scanner.classify import lexicon
from scanner.classify.scene import Scene, role_word
from scanner.classify.words import bag
from scanner.detect import national
from scanner.detect.finder import Finder
from scanner.model import Asset, Field, Kind
from scanner.taxonomy import taxonomy

CONTEXT = 0.35  # what a context word adds, as in Presidio
TEXTUAL = frozenset({Kind.TEXT, Kind.MESSAGE, Kind.JSON, Kind.OTHER})
_BY_KIND: Mapping[Kind, frozenset[str]] = {
    Kind.UUID: frozenset({"UUID"}),
    Kind.INET: frozenset({"IP_ADDRESS"}),
    Kind.MAC: frozenset({"MAC_ADDRESS"}),
}
# Words in the context lists of recognizers that say nothing on their own.
_VAGUE = bag(
    """number code id no num date call transaction account state type card credit key permit
    identification identifier reference ref name service document value issued"""
)
_VERSION = bag("version versions ver release firmware build revision rev versie versione versao")
# A vague "name" speaks of persons only where the asset is about people.
_OR_LOGINS = frozenset({"person_name", "personal_url"})
_PEOPLE_ONLY = frozenset({"person_name", "name_part"})


@dataclass(frozen=True, slots=True)
class Context:
    """The entities that a field's name speaks of, and the words around it."""

    kind: Kind
    hinted: frozenset[str]
    words: frozenset[str]
    versions: bool = False  # the field's name speaks of versions: four numbers are no address
    added: frozenset[str] = frozenset()  # entities of the user's own

    @classmethod
    def of(
        cls, field: Field, asset: Asset, added: Mapping[str, str] = MappingProxyType({})
    ) -> "Context":
        """Read the names of a field and its asset. A message's name says nothing of its lines.

        ``added`` are the entities of the user's own recognizers with their categories.
        """
        if field.kind is Kind.MESSAGE:
            return cls(field.kind, frozenset(), frozenset(), added=frozenset(added))
        scene, categories = Scene.of(asset), taxonomy().categories
        named = scene.spoken(field)
        entities = {
            entity
            for item in named
            if item.category not in _PEOPLE_ONLY
            or lexicon.backed(item, scene.role)
            or role_word(item)
            for entity in (*categories[item.category].entities, *_of(item.category, added))
        }
        if any(item.category in _OR_LOGINS for item in named):
            entities.add("USERNAME")  # "owner", "twitter": a person or page, or a login
        own = frozenset(lexicon.words(field.name))
        around = scene.words | own
        versions = bool(own & _VERSION)
        return cls(field.kind, frozenset(entities), around, versions, frozenset(added))

    @property
    def textual(self) -> bool:
        """Whether the field can hold any text."""
        return self.kind in TEXTUAL

    @property
    def message(self) -> bool:
        """Whether the field holds lines of a log."""
        return self.kind is Kind.MESSAGE

    def runs(self, entity: str) -> bool:
        """Tell whether an entity is looked for here.

        Weak numbers need a name that speaks of them; integers are cards, what the name says, or
        what the user's own recognizers find.
        """
        if entity == "IP_ADDRESS" and (self.versions or self._only("PHONE_NUMBER", entity)):
            return False  # "88.60.15.31" is a telephone number there
        if entity in national.WEAK and entity not in self.hinted:
            return False
        if self.textual:
            return True
        if self.kind is Kind.INTEGER:
            return entity == "CREDIT_CARD" or entity in self.hinted | self.added
        return entity in _BY_KIND.get(self.kind, frozenset())

    def _only(self, entity: str, other: str) -> bool:
        """Tell whether the field's name speaks of one entity and not of the other."""
        return entity in self.hinted and other not in self.hinted

    def boost(self, finder: Finder) -> float:
        """Return what the words around add: whole words only, never parts of words."""
        if finder.entity in self.hinted:
            return CONTEXT
        listed: Iterable[str] = getattr(getattr(finder, "recognizer", None), "context", None) or ()
        telling = {word.strip().lower() for word in listed} - _VAGUE
        if telling & self.words:
            return CONTEXT
        phrases: Iterable[frozenset[str]] = getattr(finder, "phrases", ())
        return CONTEXT if any(words <= self.words for words in phrases) else 0.0


def _of(category: str, added: Mapping[str, str]) -> Iterator[str]:
    return (entity for entity, meant in added.items() if meant == category)
