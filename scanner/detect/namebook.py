"""Given names and surnames of European and American locales, loaded once when first needed."""

import functools
import importlib
from collections.abc import Mapping

from scanner.classify.words import bag, fold

LOCALES = (
    "de_AT",
    "de_DE",
    "en_GB",
    "en_IE",
    "en_US",
    "es_ES",
    "fr_BE",
    "fr_CA",
    "fr_FR",
    "it_IT",
    "nl_NL",
    "pl_PL",
    "pt_BR",
    "pt_PT",
    "sv_SE",
)

# Given names that are words, places or months too: no proof of a person on their own.
AMBIGUOUS = bag(
    """april art august autumn bill bob bradford brooklyn carol chance charity chase chelsea
    christian clay crystal dakota dale dallas dawn dean denver destiny drew eden faith florence
    ford frank georgia grace grant guy heather holly hope hunter iris ivy jack jade jasmine jean
    jersey jesus jordan joy june king kelly lance lane laurel lee lily lincoln london madison
    major mark marina martin mason max may melody mercedes mercy miles miller misty norman olive
    paris parker pat patience pearl penny pierce pierre prince princess ray reed rich rob robin
    rocky rose ruby ruth rusty sandy savannah sierra sky skylar star sterling stone storm sue
    summer sydney taylor terry tiffany trinity troy tucker valentine van vera victor victoria
    violet virginia wade walker ward will windy wood alba alma angel angeles asuncion carmen
    concepcion consuelo cruz dolores domingo encarnacion luz maria mercedes milagros noel nieves
    pilar rosario santiago sol soledad paz aurore clemence constant desire fidele france honore
    innocent juste lune modeste parfait prudence reine rolland blanche claire marine emile ernst
    hans kai sven axel bernd anna may sun mini log test java per job lot mar par sep sol mio jet
    tea fem una uno pol edu del lex dom cal gun don bas ruby perl dash python sam alexa siri
    cortana daemon"""
)
TITLES = bag(
    "mr mrs ms miss dr prof sir mme mlle m herr frau sr sra dott ing jr iii ii phd md dds dvm"
)
PARTICLES = bag(
    "de la le du des da di do dos das van von der den del della el al bin ter ten zu y e"
)
# In capitals at the start of a sentence or a label, and in the name book.
NO_NAMES = bag(
    """the this that and for with from user users client server error failed session order status
    new york san los saint st north south east west united great hello dear regards best thanks
    street avenue road house company inc ltd gmbh llc corp bank hotel group team service services
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december"""
)

# What a word of the book is; TWICE: a given name that is a common word too.
GIVEN, FAMILY, TWICE, TITLE, PARTICLE, NO_NAME = 1, 2, 4, 8, 16, 32


def _listed(locale: str, names: tuple[str, ...]) -> set[str]:
    """Collect the names of one locale's provider, folded and in lower case."""
    module = importlib.import_module(f"faker.providers.person.{locale}")
    provider = module.Provider
    found: set[str] = set()
    for attribute in names:
        found.update(fold(str(name)).lower() for name in getattr(provider, attribute, ()))
    return {name for name in found if len(name) > 1}


@functools.cache
def given_names() -> frozenset[str]:
    """Return the given names, lower case and without accents."""
    out: set[str] = set()
    for locale in LOCALES:
        out |= _listed(
            locale,
            ("first_names", "first_names_male", "first_names_female", "first_names_nonbinary"),
        )
    return frozenset(out)


@functools.cache
def _cjk_surnames() -> frozenset[str]:
    out: set[str] = set()
    for locale in ("ja_JP", "ko_KR", "zh_CN", "zh_TW"):
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        out.update(str(name) for name in provider.last_names)
    return frozenset(name for name in out if not name.isascii())


def _cjk(char: str) -> bool:
    return "\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3"


def is_cjk_name(text: str) -> bool:
    """Tell whether two to five Chinese, Japanese or Korean signs begin as a name does."""
    bare = text.strip().replace(" ", "")
    if not 2 <= len(bare) <= 5 or not all(map(_cjk, bare)):
        return False
    return any(bare[:size] in _cjk_surnames() for size in (1, 2, 3) if size < len(bare))


@functools.cache
def surnames() -> frozenset[str]:
    """Return the surnames, lower case and without accents."""
    out: set[str] = set()
    for locale in LOCALES:
        out |= _listed(locale, ("last_names", "last_names_male", "last_names_female"))
    return frozenset(out)


@functools.cache
def kinds() -> Mapping[str, int]:
    """Return what each word of the book is, as a sum of the ``GIVEN`` to ``NO_NAME`` signs.

    One look-up for each word of each value: asking six sets took most of the time.
    """
    out: dict[str, int] = {}
    lists = (
        (GIVEN, given_names()),
        (FAMILY, surnames()),
        (TWICE, AMBIGUOUS),
        (TITLE, TITLES),
        (PARTICLE, PARTICLES),
        (NO_NAME, NO_NAMES),
    )
    for sign, words in lists:
        for word in words:
            out[word] = out.get(word, 0) | sign
    return out
