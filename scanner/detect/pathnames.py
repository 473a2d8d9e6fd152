"""Personal data in the names of assets and fields: a mailbox as a folder, a CV as a file."""

import re

from scanner.classify.words import bag, fold
from scanner.detect.custom.added import is_added
from scanner.detect.features import features
from scanner.detect.finder import Finder
from scanner.detect.gates import card
from scanner.detect.namebook import AMBIGUOUS, given_names, surnames
from scanner.detect.networks import address
from scanner.detect.written import names_in_text
from scanner.model import Hit

_STRICT = frozenset({"EMAIL_ADDRESS", "IBAN_CODE", "CREDIT_CARD", "IP_ADDRESS", "JWT", "API_KEY"})
_INTERNATIONAL = re.compile(r"(?<![A-Za-z0-9.])(?:\+|00)[1-9]\d(?:[ .()-]?\d){6,12}(?!\d)")
_PARTS = re.compile(r"[^\W\d_]+")
# Words of file and key names that are given names or surnames somewhere.
_ORDINARY = bag(
    """app log logs main data file files test temp tmp backup export import report invoice order
    orders users user client clients customer customers message messages error access server
    service worker queue cache session sessions mail fax call calls key keys index list config
    archive daily weekly monthly old new final draft copy image images photo scan document
    documents letter contract contrat facture rapport rechnung bericht vertrag page"""
)


_LEADS = bag(
    """cv resume lebenslauf curriculum photo portrait passport passeport mailbox mail inbox
    contract contrat letter lettre payslip bulletin user profile of for de fur von"""
)


def _family(word: str) -> bool:
    return word in surnames() and word not in _ORDINARY


def _beside(words: list[str], at: int) -> int | None:
    """Return the index of the surname beside a given name."""
    for other in (at + 1, at - 1):
        if not 0 <= other < len(words) or not _family(words[other]):
            continue
        # "jordan_martin": two given names that are words or places prove nothing.
        if words[at] not in AMBIGUOUS or words[other] not in given_names():
            return other
    return None


def _person(text: str) -> tuple[int, int] | None:
    """Return the span of a given name beside a surname, or of one after cv, photo and kin."""
    parts = list(_PARTS.finditer(text))
    words = [fold(part[0]).lower() for part in parts]
    for at, word in enumerate(words):
        if word not in given_names() or word in _ORDINARY or len(word) < 3:
            continue
        if (other := _beside(words, at)) is not None:
            return parts[min(at, other)].start(), parts[max(at, other)].end()
        if not _LEADS.isdisjoint(words[:at]) and word not in AMBIGUOUS:
            more = at + 1 < len(words) and len(words[at + 1]) > 3
            return parts[at].start(), parts[at + more].end()
    return None


def find_in_name(text: str, kind: str, finders: tuple[Finder, ...]) -> tuple[Hit, ...]:
    """Return the personal data in a name.

    ``kind`` is ``asset``, ``field``, ``file`` or ``key``: names of persons are looked for in files
    and keys only, where people name things after people.
    """
    seen = features(text)
    hits: list[Hit] = []
    for finder in finders:
        if finder.entity not in _STRICT or is_added(finder) or not finder.can(text, seen):
            continue
        for start, end, score in finder.find(text):
            if finder.entity == "IP_ADDRESS" and (end - start < 7 or not address(text, start, end)):
                continue
            if finder.entity == "CREDIT_CARD" and not card(text, start, end):
                continue
            hits.append(Hit(0, start, end, finder.entity, score, finder.name))
    hits += [
        Hit(0, match.start(), match.end(), "PHONE_NUMBER", 0.7, "PhoneRecognizer")
        for match in _INTERNATIONAL.finditer(text)
    ]
    if kind in ("file", "key"):
        hits += _people(text)
    return tuple(sorted(hits, key=lambda hit: (hit.start, hit.end, hit.entity)))


def _people(text: str) -> list[Hit]:
    """Return names of persons in the name of a file or key."""
    found = [(start, end) for start, end, sure in names_in_text(text) if sure]
    if not found and (span := _person(text)):
        found = [span]
    return [Hit(0, start, end, "PERSON", 0.7, "NameBook") for start, end in found]
