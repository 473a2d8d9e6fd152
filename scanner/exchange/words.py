"""From the words of registers (English, French) to the words of our record, and back."""

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Final

from scanner.countries import countries
from scanner.ropa import vocabulary
from scanner.spelling import nearest
from scanner.taxonomy import taxonomy

OWN: Final = frozenset({"data_subjects", "measures"})
"""Kinds of which a record may use its own words."""
_KNOWN: Final[Mapping[str, tuple[str, ...]]] = {
    "data_subjects": vocabulary.DATA_SUBJECTS,
    "measures": vocabulary.MEASURES,
    "legal_basis": vocabulary.LEGAL_BASES,
    "special_condition": vocabulary.SPECIAL_CONDITIONS,
    "mechanism": vocabulary.MECHANISMS,
    "party_kind": vocabulary.PARTY_KINDS,
    "store_kind": vocabulary.STORE_KINDS,
    "starts": vocabulary.STARTS,
}
_ARTICLES = re.compile(
    r"^(?:the|a|an|our|all|any|le|la|les|l|un|une|des|du|de la|de l|de|d|nos|leur|leurs) "
)
_TAIL = re.compile(r"^(.*?)\s*[(\[](.*)[)\]]\s*$", re.S)
_CUTS: Final = (r"[;\n•●▪·|]|\s-\s|\.\s", r",", r"\s(?:and|et|&|or|ou|\+)\s|/")


@functools.lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Return text in small letters without accents, punctuation and doubled spaces."""
    flat = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("’", "'"))
    bare = "".join(sign for sign in flat if not unicodedata.combining(sign)).lower()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare).split())


def _singular(text: str) -> str:
    return " ".join(
        word[:-1] if len(word) > 3 and word.endswith("s") else word for word in text.split()
    )


@dataclass(slots=True)
class Found:
    """What a text meant: ids in its order, and the pieces that meant nothing here."""

    ids: dict[str, None] = field(default_factory=dict)
    unmapped: list[str] = field(default_factory=list)

    def add(self, ids: Iterable[str]) -> None:
        """Keep ids."""
        self.ids.update(dict.fromkeys(ids))


@functools.cache
def _words(kind: str) -> Mapping[str, tuple[str, ...]]:
    """Return plain word -> ids."""
    table: dict[str, list[str]] = {}
    for id_, words in _sources(kind):
        for word in words:
            ids = table.setdefault(plain(word), [])
            if id_ not in ids:
                ids.append(id_)
    for word in list(table):
        # "e-mails" are content, an "e-mail" is an address: the exact word comes first.
        table.setdefault(_singular(word), table[word])
    return {word: tuple(ids) for word, ids in table.items() if word}


def _sources(kind: str) -> Iterable[tuple[str, Iterable[str]]]:
    own = _data()[kind]
    yield from own.items()
    seen = {plain(word) for words in own.values() for word in words}
    seen |= {_singular(word) for word in seen}

    def unseen(words: Iterable[str]) -> list[str]:
        return [
            word for word in words if plain(word) not in seen and _singular(plain(word)) not in seen
        ]

    if kind == "categories":
        for category in taxonomy().categories.values():
            yield category.id, (category.id, category.name)
            # Field words with "?" are weak: they say something beside values, not alone.
            words = (*category.words.get("en", ()), *category.words.get("fr", ()))
            yield category.id, unseen(word for word in words if not word.endswith("?"))
        for id_, name in taxonomy().groups.items():
            yield id_, (f"{name} (all)",)
    elif kind == "countries":
        known = countries()
        for code, name in (*known.names.items(), *known.regions.items()):
            yield code, (name,)
    else:
        yield from ((id_, (id_,)) for id_ in _KNOWN.get(kind, ()))


@functools.cache
def _data() -> Mapping[str, Mapping[str, list[str]]]:
    text = resources.files(__name__.rpartition(".")[0]).joinpath("words.toml").read_text("utf-8")
    return tomllib.loads(text)


def one(kind: str, text: str) -> str:
    """Return the first id that a text as a whole means, or an empty text."""
    ids = _whole(kind, text, {})
    return ids[0] if ids else ""


def many(kind: str, texts: Iterable[str], extra: Mapping[str, str] | None = None) -> Found:
    """Return what texts mean, each cut where people put separators.

    ``extra`` holds words of a mapping file (plain word -> id), which come first.
    """
    found = Found()
    for text in texts:
        if text.strip():
            _cut(kind, text, extra or {}, found, 0)
    return found


def _cut(kind: str, text: str, extra: Mapping[str, str], found: Found, depth: int) -> None:
    text = text.strip(" \t\n.,;:-–•*'\"")
    if not text or plain(text) in _words("yes").keys() - {"x", "1", "0"}:
        return
    if ids := _whole(kind, text, extra):
        found.add(ids)
        return
    tail = _TAIL.match(text)
    if tail and _balanced(tail[1]) and tail[2].count("(") == tail[2].count(")"):
        inner = Found()
        _cut(kind, tail[2], extra, inner, 0)
        # What stands in brackets is more exact than what they explain: "contact (e-mail)".
        if inner.ids:
            found.add(inner.ids)
            found.unmapped += inner.unmapped
            return
        _cut(kind, tail[1], extra, found, depth)
        return
    while depth < len(_CUTS):
        pieces = _split(text, _CUTS[depth])
        depth += 1
        if len(pieces) > 1:
            for piece in pieces:
                _cut(kind, piece, extra, found, depth)
            return
    if text not in found.unmapped:
        found.unmapped.append(text)


def _balanced(text: str) -> bool:
    return text.count("(") == text.count(")")


def _split(text: str, pattern: str) -> list[str]:
    """Split where the pattern matches outside of brackets."""
    out, start = [], 0
    for match in re.finditer(pattern, text):
        if _balanced(text[start : match.start()]):
            out.append(text[start : match.start()])
            start = match.end()
    return [piece for piece in (*out, text[start:]) if piece.strip()]


def pieces(text: str) -> tuple[str, ...]:
    """Split a cell into its items: at line breaks, semicolons and bullets."""
    return tuple(
        dict.fromkeys(
            part.strip(" \t-–•*") for part in re.split(r"[;\n•●▪|]", text) if part.strip(" \t-–•*")
        )
    )


def _whole(kind: str, text: str, extra: Mapping[str, str]) -> tuple[str, ...]:
    # Codes in capitals only: "in" and "at" are no countries.
    if kind == "countries" and countries().knows(text.strip()):
        return (text.strip(),)
    known = _words(kind)
    base = plain(text)
    for form in (base, _ARTICLES.sub("", base)):
        for shape in (form, _singular(form)):
            if shape in extra:
                return (extra[shape],)
            if shape in known:
                return known[shape]
    return ()


def yes(text: str) -> bool | None:
    """Read yes or no; None when the text says neither."""
    word = one("yes", text)
    return None if not word else word == "true"


def own_word(kind: str, text: str) -> str:
    """Return a word of one's own for a record: an id that no known word is mistaken for."""
    word = snake(text)
    near = nearest(word, _KNOWN[kind], 0.85, beginnings=False)
    return near[0] if near else word


def snake(text: str, default: str = "entry") -> str:
    """Return an id made from a text: small letters, digits and underscores."""
    word = plain(text).replace(" ", "_")[:60].strip("_")
    if not word:
        return default
    return word if word[0].isalpha() else f"{default}_{word}"


def said(kind: str, id_: str) -> str:
    """Return the words for an id, such that reading them gives the id again."""
    if kind == "categories":
        known = taxonomy()
        name = known.categories[id_].name if id_ in known.categories else ""
        if not name:
            return f"{known.groups.get(id_, id_)} (all)"
        kept = _whole(kind, name, {}) == (id_,) and "," not in name
        return name if kept else id_.replace("_", " ")
    if kind == "countries":
        places = countries()
        return places.names.get(id_) or places.regions.get(id_) or id_
    return _SAID.get((kind, id_)) or id_.replace("_", " ")


_SAID: Final[Mapping[tuple[str, str], str]] = {
    ("mechanism", "scc"): "Standard contractual clauses",
    ("mechanism", "bcr"): "Binding corporate rules",
    ("mechanism", "adequacy"): "Adequacy decision",
    ("mechanism", "dpf"): "EU-US Data Privacy Framework",
    ("mechanism", "uk_idta"): "International Data Transfer Agreement",
    ("legal_basis", "consent"): "Article 6(1)(a) consent",
    ("legal_basis", "contract"): "Article 6(1)(b) contract",
    ("legal_basis", "legal_obligation"): "Article 6(1)(c) legal obligation",
    ("legal_basis", "vital_interests"): "Article 6(1)(d) vital interests",
    ("legal_basis", "public_task"): "Article 6(1)(e) public task",
    ("legal_basis", "legitimate_interests"): "Article 6(1)(f) legitimate interests",
}
