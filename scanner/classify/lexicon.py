"""Match the words of a field's name to categories, with the words of the taxonomy.

A phrase matches whole words in a row. The longest phrase keeps its words: in ``user_name`` the
phrase "user name" leaves no "name". A phrase that ends in ``?`` there is weak: it needs context
(an asset about people) or values. What is left of the name decides the strength: nothing or words
that only say whose it is (billing, customer) is full strength; words that make it something else
(verified, count, type) cancel the match.
"""

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from scanner.classify import subjects
from scanner.classify.phrases import NEGATIVE, NEUTRAL, longest, spelled_out, table, words
from scanner.classify.words import bag
from scanner.model import Field
from scanner.taxonomy import SECRETS

# At the end of a name: somebody did it.
DOER = bag("by von vom par por da door av af przez")
_NO_DOER = bag(
    "order sort sorted group grouped date dates number anzahl gultig ab from caused powered"
)
__all__ = ["DOER", "Named", "backed", "match", "spoken", "words"]

_Span = tuple[int, int, tuple[str, ...]]  # start, end, words of a phrase in a name
# Keys of JSON that say nothing: the key above names what they hold.
_HOLLOW = bag("value values val text raw content data")
# Words that cancel one category only: a loyalty card is no payment card.
_TELLING = SECRETS | {
    "bank_account_number",
    "date_of_birth",
    "driver_licence_number",
    "email_address",
    "fax_number",
    "gender",
    "ip_address",
    "mac_address",
    "national_id_number",
    "passport_number",
    "payment_card_number",
    "phone_number",
    "precise_location",
    "social_security_number",
    "tax_identifier",
}
_CODES = bag("code cd kod codigo")
_NOT_HERE = {
    "payment_card_number": bag(
        """loyalty fidelity fidelite treue gift bonus reward rewards points library member
        membership sim kunden kundenkarte geschenk transit club score graphics sound memory video"""
    ),
    "person_name": _CODES,
    "name_part": _CODES,
    "postal_address": _CODES,
}
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


def _spans(name_words: tuple[str, ...]) -> list[_Span]:
    """Return the phrases in a name, longest first, without those inside a longer one."""
    phrases = table()
    found: list[_Span] = []
    for size in range(min(longest(), len(name_words)), 0, -1):
        for start in range(len(name_words) - size + 1):
            phrase = name_words[start : start + size]
            if phrase not in phrases:
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
    category: str = "",
) -> tuple[float, bool, bool]:
    """Judge the words beside a phrase: (strength, names a person, names a company).

    ``same`` are the words of other phrases for the same category: "county district".
    """
    strength, person, company = 1.0, False, False
    # The last word says what it is, and some kinds of value can be told from all others.
    last = category != "personal_url" and all(
        word.isdigit() or len(word) == 1 for word in name_words[end:]
    )
    for at, word in enumerate(name_words):
        if start <= at < end or word.isdigit() or len(word) == 1:
            continue
        if word in NEGATIVE or word in _NOT_HERE.get(category, ()):
            return 0.0, person, company
        if word in same:
            continue
        if subjects.subject_words().get(word) == "supplier":
            company = True  # most suppliers are companies
        elif word in subjects.person_words():
            person = True
        elif word in subjects.organisation_words():
            company = True
        elif word in NEUTRAL or word in context or word in subjects.linked_words():
            continue
        elif word in subjects.thing_words():
            strength = min(strength, 0.3)
        else:
            strength = min(strength, 0.8 if last or category in _TELLING else 0.55)
    return strength, person, company


def _same(spans: Iterable[_Span], category: str) -> frozenset[str]:
    """Return the words of all phrases in a name that speak of a category."""
    phrases = table()
    return frozenset(
        word for _, _, phrase in spans if category in dict(phrases[phrase]) for word in phrase
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
    for start, end, phrase in spans:
        if start <= at < end and (end - start > 1 or "person_name" not in dict(table()[phrase])):
            return ""
    return name_words[at]


def _done_by(name_words: tuple[str, ...]) -> str:
    """Return the word that asks for a doer at the end of a name: "written by", "regie von"."""
    if len(name_words) < 2 or name_words[-1] not in DOER:
        return ""
    return "" if set(name_words) & _NO_DOER else name_words[-1]


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
    best = _read(leaf_words, above, asset_words)
    plain = any(named.strength >= 0.9 and not named.weak for named in best.values())
    spelled = leaf_words if plain else spelled_out(leaf_words)
    if spelled != leaf_words:
        guessed = _read(spelled, above, asset_words)
        best = {key: _guessed(named) for key, named in guessed.items()} | best
    return tuple(sorted(best.values(), key=_clearest))


def _guessed(named: Named) -> Named:
    """Weaken what rests on a word that is cut short."""
    return replace(named, strength=named.strength * 0.8, weak=True)


def _read(
    leaf_words: tuple[str, ...], above: frozenset[str], asset_words: frozenset[str]
) -> dict[str, Named]:
    """Return the categories that the words of a name speak of."""
    best: dict[str, Named] = {}
    spans = _spans(leaf_words)
    for start, end, phrase in spans:
        for category, weak in table()[phrase]:
            same = _same(spans, category)
            rest, person, company = _rest(
                leaf_words, start, end, asset_words | above, same, category
            )
            if not rest:
                continue
            person = person or bool(above & subjects.person_words())
            # "company name" names no person, "company phone" is a phone all the same.
            strength = min(rest, 0.3) if company and category in _NAMES else rest
            named = Named(category, strength, weak, " ".join(phrase), person)
            old = best.get(category)
            if old is None or (not weak, strength) >= (not old.weak, old.strength):
                best[category] = named
    return _of_somebody(best, leaf_words, spans)


def _of_somebody(
    best: dict[str, Named], leaf_words: tuple[str, ...], spans: list[_Span]
) -> dict[str, Named]:
    """Add the word for somebody that a name consists of or ends with, or that it asks for."""
    if not best:
        if word := _somebody(leaf_words):
            return {"person_name": Named("person_name", 1.0, weak=True, phrase=word)}
        if word := _done_by(leaf_words):
            return {"person_name": Named("person_name", 0.8, weak=True, phrase=word)}
    if word := _headed(leaf_words, spans):
        best = {key: _modifier(named) for key, named in best.items()}
        old = best.get("person_name")
        if old is None or old.strength < 1:
            best["person_name"] = Named("person_name", 1.0, weak=True, phrase=word)
    return best


_HEAD = re.compile(r"[^.,;:!?()\[\]{}=|/\n，。；：（）、]+")
_READ = 6  # words of a comment; what follows explains rather than names


def spoken(
    field: Field, asset_words: frozenset[str] = frozenset(), prefix: str = ""
) -> tuple[Named, ...]:
    """Return the categories that a field's name and its comment in the catalogue speak of.

    A comment counts for what the name does not plainly say itself, a little less than a name.
    ``prefix`` is what the names of all fields begin with.
    """
    by_name = _after(field.name, asset_words, prefix)
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


def _after(name: str, asset_words: frozenset[str], prefix: str) -> tuple[Named, ...]:
    """Read a name without the beginning that all fields share, unless a phrase goes beyond it."""
    rest = name.removeprefix(prefix)
    if not prefix or rest == name or len(rest) < 2:
        return match(name, asset_words)
    begun = frozenset(words(prefix))
    found = match(name, asset_words | begun)
    if beyond := tuple(named for named in found if not set(named.phrase.split()) <= begun):
        return beyond
    of_somebody = bool(begun & subjects.person_words())
    found = match(rest, asset_words | begun)
    return tuple(replace(named, person=named.person or of_somebody) for named in found)


def _clearest(named: Named) -> tuple[bool, float, str]:
    return named.weak, -named.strength, named.category
