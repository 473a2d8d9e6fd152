"""Match the words of a field's name to categories, with the words of ``categories.toml``.

A phrase matches whole words in a row. The longest phrase keeps its words: in ``user_name`` the
phrase "user name" leaves no "name". A phrase that ends in ``?`` there is weak: it needs context
(an asset about people) or values. What is left of the name decides the strength: nothing or words
that only say whose it is (billing, customer) is full strength; words that make it something else
(verified, count, type) cancel the match.
"""

import functools
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from scanner.classify import subjects
from scanner.classify import words as _words
from scanner.classify.words import bag
from scanner.model import Field
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
_Span = tuple[int, int, tuple[str, ...]]  # start, end, words of a phrase in a name
# Keys of JSON that say nothing: the key above names what they hold.
_HOLLOW = bag("value values val text raw content data")
_NAMES = frozenset({"person_name", "name_part", "username"})
_WHERE = frozenset({"locality", "country", "approximate_location", "postal_address"})


@dataclass(frozen=True, slots=True)
class Named:
    """A category that a name speaks of."""

    category: str
    strength: float  # 0.3 to 1.0
    weak: bool  # needs context or values
    phrase: str  # the words that matched, as in the data file
    person: bool = False  # the name itself says whose: "customer name"
    by: str = "name"  # "comment": the catalogue's comment says it


def backed(named: Named, role: str) -> bool:
    """Tell whether a name speaks clearly: a firm phrase, or a weak one where it is about people."""
    if named.strength < 0.5:
        return False
    return not named.weak or named.person or role == "person"


@functools.cache
def _phrases() -> dict[tuple[str, ...], tuple[tuple[str, bool], ...]]:
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
    own = {word for phrase in _phrases() for word in phrase if len(word) > 2}
    extra = {word for word in NEGATIVE | NEUTRAL if len(word) > 3}
    # "ship" ends too many English words: ownership, membership.
    return (frozenset(own) | subjects.vocabulary() | extra) - {"ship"}


@functools.lru_cache(maxsize=16384)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name, compounds taken apart."""
    return _words.words(name, vocabulary())


def _spans(name_words: tuple[str, ...]) -> list[_Span]:
    """Return the phrases in a name, longest first, without those inside a longer one."""
    table = _phrases()
    longest = max(map(len, table))
    found: list[_Span] = []
    for size in range(min(longest, len(name_words)), 0, -1):
        for start in range(len(name_words) - size + 1):
            phrase = name_words[start : start + size]
            if phrase not in table:
                continue
            if not any(begin <= start and start + size <= end for begin, end, _ in found):
                found.append((start, start + size, phrase))
    return found


def _rest(
    name_words: tuple[str, ...],
    start: int,
    end: int,
    context: frozenset[str],
    same: frozenset[str],
) -> tuple[float, bool, bool]:
    """Judge the words beside a phrase: (strength, names a person, names a company).

    ``same`` are the words of other phrases for the same category: "county district".
    """
    strength, person, company = 1.0, False, False
    for at, word in enumerate(name_words):
        if start <= at < end or word.isdigit() or len(word) == 1:
            continue
        if word in NEGATIVE:
            return 0.0, person, company
        if word in same:
            continue
        if word in subjects.person_words():
            person = True
        elif word in subjects.organisation_words():
            company = True
        elif word in NEUTRAL or word in context or word in subjects.linked_words():
            continue
        elif word in subjects.thing_words():
            strength = min(strength, 0.3)
        else:
            strength = min(strength, 0.55)
    return strength, person, company


def _same(spans: Iterable[_Span], category: str) -> frozenset[str]:
    """Return the words of all phrases in a name that speak of a category."""
    table = _phrases()
    return frozenset(
        word for _, _, phrase in spans if category in dict(table[phrase]) for word in phrase
    )


def _somebody(name_words: tuple[str, ...]) -> str:
    """Return the word for somebody when a name says nothing else: "student_details"."""
    people = [word for word in name_words if word in subjects.person_words()]
    rest = set(name_words) - set(people)
    return people[0] if people and rest <= NEUTRAL - {"id", "no", "nr", "num"} else ""


def _headed(name_words: tuple[str, ...], spans: Iterable[_Span]) -> str:
    """Return the word for somebody that ends a name and is in no longer phrase: "city manager"."""
    at = len(name_words) - 1
    while at > 0 and name_words[at].isdigit():
        at -= 1
    if at <= 0 or name_words[at] not in subjects.person_words():
        return ""
    longer = any(start <= at < end and end - start > 1 for start, end, _ in spans)
    return "" if longer else name_words[at]


def _modifier(named: Named) -> Named:
    """Weaken a place that only says which somebody: the head of a state is no state."""
    if named.category not in _WHERE:
        return named
    return replace(named, strength=min(named.strength, 0.3))


@functools.lru_cache(maxsize=16384)
def match(name: str, asset_words: frozenset[str] = frozenset()) -> tuple[Named, ...]:
    """Return the categories that a field's name speaks of, strongest first.

    ``asset_words`` are neutral: ``dept.dept_phone`` is the phone of the asset. The last segment of
    a nested name counts first; the segments above it are context.
    """
    *parents, leaf = name.split(".")
    while parents and set(words(leaf)) <= _HOLLOW:  # {"email": {"value": ...}}
        leaf = parents.pop()
    leaf_words = words(leaf)
    above = frozenset(word for parent in parents for word in words(parent))
    best: dict[str, Named] = {}
    spans = _spans(leaf_words)
    for start, end, phrase in spans:
        for category, weak in _phrases()[phrase]:
            same = _same(spans, category)
            rest, person, company = _rest(leaf_words, start, end, asset_words | above, same)
            if not rest:
                continue
            person = person or bool(above & subjects.person_words())
            # "company name" names no person, "company phone" is a phone all the same.
            strength = min(rest, 0.3) if company and category in _NAMES else rest
            named = Named(category, strength, weak, " ".join(phrase), person)
            old = best.get(category)
            if old is None or (not weak, strength) > (not old.weak, old.strength):
                best[category] = named
    if not best and (word := _somebody(leaf_words)):
        best["person_name"] = Named("person_name", 1.0, weak=True, phrase=word)
    elif word := _headed(leaf_words, spans):
        best = {key: _modifier(named) for key, named in best.items()}
        old = best.get("person_name")
        if old is None or old.strength < 1:
            best["person_name"] = Named("person_name", 1.0, weak=True, phrase=word)
    return tuple(sorted(best.values(), key=_clearest))


_HEAD = re.compile(r"[^.,;:!?()\[\]{}=|/\n，。；：（）、]+")
_READ = 6  # words of a comment; what follows explains rather than names


def spoken(field: Field, asset_words: frozenset[str] = frozenset()) -> tuple[Named, ...]:
    """Return the categories that a field's name and its comment in the catalogue speak of.

    A comment counts for what the name does not plainly say itself, a little less than a name.
    """
    by_name = match(field.name, asset_words)
    if not field.comment or any(not named.weak for named in by_name):
        return by_name
    head = _HEAD.search(field.comment)
    text = " ".join(head[0].split()[:_READ]) if head else ""
    out = {named.category: named for named in by_name}
    told = match(text, asset_words)
    firm = any(not named.weak for named in told)
    for named in told:
        if not (firm and named.weak) and (named.category not in out or not named.weak):
            out[named.category] = replace(named, by="comment", strength=named.strength * 0.8)
    return tuple(sorted(out.values(), key=_clearest))


def _clearest(named: Named) -> tuple[bool, float, str]:
    return named.weak, -named.strength, named.category
