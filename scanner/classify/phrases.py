"""The phrases of the taxonomy, and the words that may stand beside them in a name."""

import bisect
import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from scanner.classify import subjects, tongues
from scanner.classify import words as _words
from scanner.classify.words import bag
from scanner.taxonomy import taxonomy
from scanner.vocabulary import sayable

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
    neutral notices known unknown missing present ms millis
    latency bytes pixels px"""
).union(tongues.NEGATIVE)
# Words that say whose or which, and change nothing.
NEUTRAL = bag(
    """to from at on or with pickup dropoff origin destination departure arrival code cd kod codigo
    my your the of de des du der die das dem den del della do da di la le les el los las l d van
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
).union(tongues.NEUTRAL)
# How schemas cut words short, where a rule cannot tell: the word, and what it is cut to.
_CUTS = {
    "account": "acc acct",
    "address": "addrs adr adrs",
    "birth": "brth bth",
    "birthdate": "bdat bdt",
    "city": "cty",
    "code": "cd",
    "country": "ctry",
    "customer": "cust",
    "date": "dat dt",
    "doctor": "dr",
    "email": "eml",
    "employee": "emp",
    "first": "frst fst",
    "fname": "fnam",
    "gender": "gend",
    "hash": "hsh",
    "last": "lst",
    "lname": "lnam",
    "location": "loc",
    "login": "lgn",
    "manager": "mgr",
    "mobile": "mob",
    "name": "nam nm",
    "number": "nbr nmbr",
    "password": "pw",
    "phone": "cphn hphn mphn ph phn wphn",
    "post": "pst",
    "sex": "sx",
    "street": "str strt",
    "user": "usr",
    "zip": "zp",
}
_CUT = {short: word for word, shorts in _CUTS.items() for short in shorts.split()}
# Their words may be parts of others: compounds, and names written without a break.
_COMPOUNDING = ("en", "de", "fr", "es", "it", "nl", "pt")
_UNSPACED = ("ja", "ko", "zh")  # written without blanks
_FIRST_SIGN = "\u3040"  # of theirs
_USUAL = ("identity", "contact")  # what every schema has, and cuts short
_SHORTEST = 4  # letters of a beginning that stands for the word
_VOWELS = re.compile(r"(?<!^)[aeiouy]")


_Entry = tuple[tuple[str, ...], str, str, bool]  # words, category, language, weak


@functools.cache
def _entries() -> tuple[_Entry, ...]:
    """Return all phrases, in the order of the data files, taken apart once."""
    return tuple(
        (_taken_apart(item.rstrip("?")), category.id, language, item.endswith("?"))
        for category in taxonomy().categories.values()
        for language, items in category.words.items()
        for item in items
    )


def _taken_apart(phrase: str) -> tuple[str, ...]:
    plain = phrase.isascii() and phrase.replace(" ", "").isalpha()
    return tuple(phrase.split()) if plain else _words.split(phrase)  # most are: the quick way


@functools.cache
def table() -> dict[tuple[str, ...], tuple[tuple[str, bool], ...]]:
    """Return phrase -> ((category, weak), ...), in the order of the data files."""
    out: dict[tuple[str, ...], dict[str, bool]] = defaultdict(dict)
    for key, category, _, weak in _entries():
        # The same word may be firm in one language and weak in another: firm wins.
        out[key][category] = out[key].get(category, True) and weak
    return {key: tuple(found.items()) for key, found in out.items()}


@functools.cache
def longest() -> int:
    """Return the most words that a phrase has."""
    return max(map(len, table()))


@functools.cache
def vocabulary() -> frozenset[str]:
    """Return all words that may be parts of a compound.

    Of few languages: a short word of a small one ends words of the others.
    """
    used: Counter[str] = Counter()
    alone: dict[str, bool] = {}  # the word makes a phrase: firmly, or weakly only
    usual: set[str] = set()  # words that every schema has: fnm, ort
    for key, category, language, weak in _entries():
        if language not in _COMPOUNDING and (language not in _UNSPACED or key[0].isascii()):
            continue
        used.update(key)
        if len(key) == 1:
            alone[key[0]] = alone.get(key[0], False) or not weak
            if category in _usual() and not weak:
                usual.add(key[0])
    own = {word for word, times in used.items() if _joins(word, times, alone)}
    own |= {word for word in usual if len(word) > 2}
    beside = (NEGATIVE | NEUTRAL) - (tongues.NEGATIVE | tongues.NEUTRAL)
    extra = {word for word in beside if len(word) > 3} | _signs()
    # "ship" ends too many English words: ownership, membership.
    return (frozenset(own) | subjects.vocabulary() | extra) - {"ship"}


def _signs() -> frozenset[str]:
    """Return the words that may stand beside a phrase in languages written without blanks."""
    people = frozenset(subjects.subject_words()) | subjects.thing_words() | subjects.linked_words()
    return frozenset(w for w in people | tongues.NEGATIVE | tongues.NEUTRAL if w > _FIRST_SIGN)


@functools.cache
def _spoken() -> frozenset[str]:
    """Return the words of all phrases: ``imie`` is a word of its own, and cut short from none."""
    return frozenset(word for phrase in table() for word in phrase)


def _joins(word: str, times: int, alone: Mapping[str, bool]) -> bool:
    """Tell whether a word may be a part of others: a short one that says much, or is used much.

    ``int``, ``est`` and ``ins`` stand in some phrase of some language, and in too many words.
    """
    if not word.isascii():
        return True
    if len(word) >= 6:
        return True
    if len(word) == 5:
        return word in alone or times >= 5
    return len(word) > 2 and (times >= 12 or (alone.get(word, False) and times >= 3))


@functools.lru_cache(maxsize=16384)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name, compounds taken apart: those that no language knows whole."""
    own, spoken = vocabulary(), _spoken()
    out: list[str] = []
    for word in _words.split(name):
        out.extend((word,) if word in spoken else _words.compound(word, own))
    return tuple(out)


@functools.cache
def _usual() -> frozenset[str]:
    """Return the categories that every schema has: names, birth, addresses."""
    return frozenset(c.id for c in taxonomy().categories.values() if c.group in _USUAL)


@functools.cache
def _ordered() -> tuple[str, ...]:
    return tuple(sorted(w for w in vocabulary() if w.isascii() and len(w) >= _SHORTEST))


@functools.cache
def _skeletons(letter: str) -> Mapping[str, frozenset[str]]:
    """Map the consonants of the words that begin with a letter to the words."""
    found: dict[str, set[str]] = defaultdict(set)
    for word in _beginning(letter):
        bare = letter + _VOWELS.sub("", word[1:])
        if 4 <= len(bare) <= len(word) - 2:
            found[bare].add(word)
    return {bare: frozenset(words_) for bare, words_ in found.items()}


def _beginning(start: str) -> Iterator[str]:
    """Yield the words of the vocabulary that begin so."""
    ordered = _ordered()
    for at in range(bisect.bisect_left(ordered, start), len(ordered)):
        if not ordered[at].startswith(start):
            return
        yield ordered[at]


def _whole(short: str) -> str:
    """Return the word that is cut to its consonants or its beginning, or nothing.

    Only what can be nothing else: ``geschl`` is ``geschlecht``, ``cntry`` is ``country``, but
    ``versi`` may be a version or a ``versicherung``, and ``paris`` is no ``parish``. And only what
    every schema has.
    """
    if len(short) < _SHORTEST or not short.isascii() or sayable(short):
        return ""
    found = {word for word in _beginning(short) if len(word) // 2 <= len(short) < len(word)}
    found |= _skeletons(short[0]).get(short, frozenset())
    meant = ({name for name, weak in table().get((word,), ()) if not weak} for word in found)
    if not found or not _usual().intersection(*meant):
        return ""
    return min(found, key=lambda word: (len(word), word))


@functools.lru_cache(maxsize=16384)
def spelled_out(name_words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a name with those that are cut short spelled out, where that is clear."""
    own, spoken = vocabulary(), _spoken()
    out = [
        _CUT.get(word) or (word if word in own or word in spoken else _whole(word) or word)
        for word in name_words
    ]
    return tuple(out)
