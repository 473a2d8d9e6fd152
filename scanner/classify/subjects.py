"""Whom or what an asset is about, by the words of its name."""

import functools

from scanner.classify.subject_words import LINKED_OF, SUBJECTS, THINGS
from scanner.classify.words import bag

# Words of asset names that say nothing of the rows.
_PLAIN = bag(
    """table tbl data daten donnees datos dati list liste lista info information details detail
    record records master stamm main all new old alt tmp temp test copy backup bak archive archiv
    current active inactive view base export import snapshot staging raw stg dim fact dwh and und
    et field fields"""
)
_ANYBODY = bag("person persons persona personne personen persoon pessoa osoba osoby individual")
_NO_PLURALS = frozenset({"wifi"})
_UNPARTED = "\u3040"  # Japanese, Chinese and Korean begin here
_PLURALS = ("s", "es", "n", "en", "e", "er", "x", "i")


def _plurals(text: str) -> frozenset[str]:
    """Return the words with their plurals; ``company`` gives ``companies``."""
    out: set[str] = set()
    for word in text.split():
        out.add(word)
        if len(word) < 3 or not word.isascii():
            continue
        out.update(word + end for end in _PLURALS)
        if word.endswith("y"):
            out.add(word[:-1] + "ies")
        if word.endswith(("a", "o", "e")):
            out.update(word[:-1] + end for end in ("i", "e"))
    return frozenset(out) - _NO_PLURALS


@functools.cache
def subject_words() -> dict[str, str]:
    """Map each word to its subject; the first listed subject keeps a word."""
    out: dict[str, str] = {}
    for subject, text in SUBJECTS.items():
        for word in sorted(_plurals(text)):
            out.setdefault(word, subject)
    return out


@functools.cache
def person_words() -> frozenset[str]:
    """Return the words that mean somebody, a customer's company included."""
    return frozenset(w for w, subject in subject_words().items() if subject != "organisation")


@functools.cache
def organisation_words() -> frozenset[str]:
    """Return the words that mean a company, shop, office or the like."""
    return frozenset(w for w, subject in subject_words().items() if subject == "organisation")


@functools.cache
def thing_words() -> frozenset[str]:
    """Return the words that mean a thing or a list of things."""
    return _plurals(THINGS) - person_words()


@functools.cache
def linked_words() -> frozenset[str]:
    """Return the words of records that hang on a person: orders, calls, sign-ins."""
    return frozenset(linked_subjects())


@functools.cache
def linked_subjects() -> dict[str, str]:
    """Map the words of such records to whose they mostly are; to nothing where that varies."""
    out: dict[str, str] = {}
    for subject, text in LINKED_OF.items():
        for word in sorted(_plurals(text)):
            out.setdefault(word, subject)
    return out


@functools.cache
def _eastern() -> tuple[str, ...]:
    """Return the words of scripts that part no words, longest first."""
    known = frozenset(subject_words()) | thing_words() | linked_words()
    return tuple(sorted((w for w in known if w[0] >= _UNPARTED), key=lambda w: (-len(w), w)))


@functools.lru_cache(maxsize=4096)
def _known(word: str) -> str:
    """Return the word, or of a name that parts no words the known one that ends last."""
    if word.isascii() or word[0] < _UNPARTED:
        return word
    found = [(word.rfind(one) + len(one), len(one), one) for one in _eastern() if one in word]
    return max(found)[2] if found else word


@functools.cache
def vocabulary() -> frozenset[str]:
    """Return every word above of three letters or more, for taking compounds apart."""
    all_words = frozenset(subject_words()) | thing_words() | linked_words()
    return frozenset(word for word in all_words if len(word) > 2)


def subject_of(name_words: tuple[str, ...]) -> str:
    """Return the subject that the words of a name tell, else ``unknown``.

    The last telling word decides, as in "customer employees"; organisations give way to people.
    """
    table = subject_words()
    known = [word for word in map(_known, name_words) if word in table]
    if any(table[word] not in ("person", "organisation") for word in known):
        known = [word for word in known if word not in _ANYBODY]  # "contact person"
    found = [table[word] for word in known]
    people = [subject for subject in found if subject != "organisation"]
    return people[-1] if people else (found[-1] if found else "unknown")


def role_of(name_words: tuple[str, ...]) -> str:
    """Return the role of an asset's rows: person, linked, organisation, thing or unknown.

    The last telling word names the rows: "customer_types" holds types, "product_owners" people.
    """
    table, unknown = subject_words(), False
    for word in map(_known, reversed(name_words)):
        if word in table:
            role = "organisation" if table[word] == "organisation" else "person"
            # "client_accelerator": the word that names the rows is not known.
            return "linked" if unknown and role == "person" else role
        if word in linked_words():
            return "linked"
        if word in thing_words():
            return "thing"
        unknown = unknown or not (word in _PLAIN or word.isdigit() or len(word) < 3)
    return "unknown"


def same(one: str, other: str) -> bool:
    """Tell whether two words are the same but for the plural."""
    return one == other or one in _plurals(other) or other in _plurals(one)


def singular(word: str) -> str:
    """Return the listed form of a word of which a plural was derived; else the word itself."""
    return _singulars().get(word, word)


@functools.cache
def _singulars() -> dict[str, str]:
    out: dict[str, str] = {}
    for text in SUBJECTS.values():
        for word in text.split():
            for form in _plurals(word):
                out.setdefault(form, word)
    return out
