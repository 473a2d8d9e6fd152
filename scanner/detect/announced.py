"""Names of persons that a word before them announces: "assigned to", "Customer", "Mme", "name":.

No list knows the names of all people. Beside such a word one known part of a name is enough, and
none at all where an address of mail in brackets follows.
"""

import re
from collections.abc import Iterator

from scanner.classify.words import bag, fold
from scanner.detect.namebook import NO_NAME, PARTICLE, TITLE, TWICE, kinds
from scanner.vocabulary import sayable

_WHO = (
    "customers? clients? patiente?s? contact employee member guest passenger driver student teacher"
    " organi[sz]er attendee participant assignee reporter author signatory cardholder holder"
    " recipient sender caller callee beneficiary applicant candidate tenant owner mr mrs ms miss mx"
    " dr prof herrn? frau kund(?:e|in) monsieur madame mme mlle cliente paziente señora? sra?"
    " signora? dott dhr mevr meneer mevrouw klant senhora? (?:\\w{1,20}_)?name nom nombre"
)
_DID = (
    "assigned requested sent mailed moved created updated approved rejected signed called resolved"
    " delivered forwarded shipped invited voicemail message call e-?mail(?:ed)? letter fax invoice"
    " appointment meeting booking reservation refund payment declined ticket submitted uploaded"
    " opened closed deleted reviewed commented written reported prescribed admitted discharged"
    " ordered paid received account order contract policy profile record reassigned"
)
_CUE = re.compile(
    rf"(?i)(?<![\w-])(?:(?:{_WHO.replace(' ', '|')})\.?[\"']?\s?[:=]?\s?[\"'(]?"
    rf"|(?:{_DID.replace(' ', '|')}) (?:to|by|for|from|with|of)\s)$"
)
_LEAD = re.compile(rf"(?i)(?:{_WHO.replace(' ', '|')})\.?")
_PART = r"[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?:['’-][^\W\d_]+)*"
_BETWEEN = "van von de da di del della der den la le ter bin al dos zu y e"
_RUN = re.compile(
    rf"(?<![\w'’-]){_PART}\.?(?: (?:(?:{_BETWEEN.replace(' ', '|')}) ){{0,2}}{_PART})+"
)
_MAIL = re.compile(r" ?[<(]\S{1,64}@")
_PARTICLES = bag(_BETWEEN)
_BEFORE = 40  # signs in which a word that announces a name stands
_LONGEST = 3  # words with a capital


def announced(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each name that is announced."""
    for match in _RUN.finditer(text):
        start, words = match.start(), match[0].split(" ")
        said = False
        while words and _LEAD.fullmatch(words[0]):  # "Customer Giulia Rossi"
            start, said = start + len(words[0]) + 1, True
            words = words[1:]
        words = _first(words)
        if len(words) < 2:
            continue
        end = start + len(" ".join(words))
        if not _is_name(words, mailed=_MAIL.match(text, end) is not None):
            continue
        if said or _CUE.search(text[max(0, start - _BEFORE) : start]):
            yield start, end


def _first(words: list[str]) -> list[str]:
    """Return the first few words with a capital, and the particles between them."""
    out: list[str] = []
    capitals = 0
    for word in words:
        if word not in _PARTICLES:
            if capitals == _LONGEST:
                break
            capitals += 1
        out.append(word)
    while out and out[-1] in _PARTICLES:
        out.pop()
    return out if capitals > 1 else []


def _is_name(words: list[str], *, mailed: bool) -> bool:
    book, told, doubtful = kinds(), False, False
    for word in words:
        sign = book.get(fold(word.rstrip(".")).lower(), 0)
        if sign & PARTICLE:
            continue
        if sign & (NO_NAME | TITLE) or (len(word) > 2 and word.isupper()):
            return False
        if sign and not sign & TWICE:
            told = True
        elif sayable(word.lower()):
            return False  # "Grace Period", "Contact Page"
        else:
            doubtful = doubtful or bool(sign)
    return told or doubtful or mailed
