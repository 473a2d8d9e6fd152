"""The phrases of ``categories.toml``, and the words that may stand beside them in a name."""

import functools
import re
from collections import defaultdict

from scanner.classify import subjects
from scanner.classify import words as _words
from scanner.classify.words import bag
from scanner.taxonomy import taxonomy

# Words that turn "e-mail" into a fact about e-mails. Any language; compare with `_phrases`.
NEGATIVE = bag(
    """verified verify confirmed confirmation sent send count counter enabled enable disabled
    template templates format type typ types kind status valid validated validation required
    changed change updated update expires expiry expiration expired reset length size score rank
    ranking index sort order version limit policy rule attempts attempt retries rate rates ratio
    percent percentage total sum avg average min max changedate pattern regex label labels flag
    is has allow allowed allows bounce bounced delivered opened job queue provider service domain
    domains config setting settings option options visible public hidden mode enabled
    method category categories group groups level verifie envoye modele statut nombre nb anzahl
    vorlage gesendet bestatigt geandert bestehen verificado enviado aantal tipo created deleted
    ended started checked signature warning notice requirements requirement strength history
    capacity population area surface gnp gdp founded opened opening indep independence stage uri
    typ art modified tracking pool range ranges mask netmask subnet
    neutral notices"""
)
# Words that say whose or which, and change nothing.
NEUTRAL = bag(
    """my your the of de des du der die das dem den del della do da di la le les el los las l d van
    het een and und et y e o in for fur pour no nr num number numero nummer value val text txt
    str string data info details detail new old current previous primary secondary main alt
    alternate alternative other home work private business personal office billing shipping
    delivery mailing bill ship invoice contact id emergency first second original raw line field
    col column fld attr x legal official external internal reporting source concept actual full
    own principal prive professionnel privat geschaftlich dienstlich haupt lieferung rechnung
    facturation livraison actuel ancien neu alt particular trabajo casa facturacion envio prive
    zakelijk residencial comercial cobranca registered last default preferred preferida bevorzugt
    support hq address entity content inhalt contenu meta attribute attributes properties json param
    daten donnees datos dati dados gegevens angaben infos
    params payload request response body header headers args"""
)
_SHORTEST = 4  # letters of a beginning that stands for the word
_VOWELS = re.compile(r"(?<!^)[aeiouy]")


@functools.cache
def table() -> dict[tuple[str, ...], tuple[tuple[str, bool], ...]]:
    """Return phrase -> ((category, weak), ...), in the order of the data file."""
    out: dict[tuple[str, ...], dict[str, bool]] = defaultdict(dict)
    for category in taxonomy().categories.values():
        for items in category.words.values():
            for item in items:
                key = tuple(_words.split(item.rstrip("?")))
                weak = item.endswith("?")
                # The same word may be firm in one language and weak in another: firm wins.
                out[key][category.id] = out[key].get(category.id, True) and weak
    return {key: tuple(found.items()) for key, found in out.items()}


@functools.cache
def vocabulary() -> frozenset[str]:
    """Return all words that may be parts of a compound."""
    own = {word for phrase in table() for word in phrase if len(word) > 2}
    extra = {word for word in NEGATIVE | NEUTRAL if len(word) > 3}
    # "ship" ends too many English words: ownership, membership.
    return (frozenset(own) | subjects.vocabulary() | extra) - {"ship"}


@functools.lru_cache(maxsize=16384)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name, compounds taken apart."""
    return _words.words(name, vocabulary())


@functools.cache
def _short() -> dict[str, str]:
    """Map what words are cut to, their consonants or their beginning, to the word that it can be.

    Only what can be nothing else: ``geschl`` is ``geschlecht``, ``cntry`` is ``country``, but
    ``versi`` may be a version or a ``versicherung``.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for word in vocabulary():
        if not word.isascii() or len(word) < _SHORTEST:
            continue
        bare = word[0] + _VOWELS.sub("", word[1:])
        if 4 <= len(bare) <= len(word) - 2:
            found[bare].add(word)
        for size in range(max(_SHORTEST, len(word) // 2), len(word)):
            found[word[:size]].add(word)
    speaking = {phrase[0]: dict(meant) for phrase, meant in table().items() if len(phrase) == 1}
    out: dict[str, str] = {}
    for short, words_ in found.items():
        meant = [speaking.get(word) for word in sorted(words_, key=len)]
        if all(meant) and len(set.intersection(*(set(one or ()) for one in meant))) > 0:
            out[short] = min(words_, key=len)
    return out


@functools.lru_cache(maxsize=16384)
def spelled_out(name_words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a name with those that are cut short spelled out, where that is clear."""
    known = vocabulary()
    return tuple(word if word in known else _short().get(word, word) for word in name_words)
