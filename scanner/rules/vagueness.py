"""Words that name nothing: periods without an end, lists without items, measures of any kind.

English and French, as the sentences of notices and registers are. What they match is shown to the
reader, so a wrong guess is seen at once.
"""

import re

from scanner.ropa.vocabulary import MEASURES

_FLAGS = re.IGNORECASE

_ENDLESS = re.compile(
    r"\b(?:(?:for )?(?:as|so) long as (?:is |are |it is |they are |reasonably |strictly |legally )*"
    r"(?:necessary|needed|required|useful|relevant|appropriate|permitted|possible|we need)"
    r"|(?:not?|no) (?:kept )?longer than (?:is |reasonably |strictly )*"
    r"(?:necessary|needed|required|allowed|permitted)"
    r"|(?:in accordance|in line|as stated|according) (?:with|in|to) (?:our|the|its|internal)"
    r" [\w ]{0,30}?polic(?:y|ies)"
    r"|(?:the )?(?:period|time|term|limit)s? (?:that |which )?(?:the )?law prescribes"
    r"|(?:as )?(?:required|prescribed|permitted|provided) (?:by|under) (?:applicable )?laws?"
    r"|(?:legal|statutory) (?:minimum |retention |limitation )?periods?"
    r"|reasonable (?:period|time|term)|case[- ]by[- ]case|varies (?:by|with|depending)"
    r"|(?:aussi longtemps|tant) que (?:\w+ ){0,3}(?:nécessaires?|utiles?|requise?s?|besoin)"
    r"|(?:la )?durée (?:\w+ )?(?:nécessaire|raisonnable|légale|variable)|le temps nécessaire"
    r"|délais? (?:raisonnables?|léga(?:l|ux))|au cas par cas|(?:prévue?s?|exigée?s?) par la loi"
    r"|selon (?:notre|la) politique)(?!\w)",
    _FLAGS,
)
_UNKNOWN = re.compile(
    r"\s*(?:tbd|tbc|to be (?:defined|determined|confirmed|decided)|n/?a|unknown|none|not defined"
    r"|variable|varies|à (?:définir|déterminer|préciser)|inconnue?|indéterminée?)\s*\.?\s*",
    _FLAGS,
)
_OPEN = re.compile(
    r"(?:\betc\b\.?|…|\.{3}|\band so (?:on|forth)\b|\b(?:and|or) more\b(?! than)|\bamong others?\b"
    r"|\bany (?:other )?(?:information|data|personal data|type of data|purposes?)\b"
    r"|\ball (?:other )?(?:information|data|personal data)\b"
    r"|\b(?:other|various|miscellaneous|diverse) (?:similar |related |personal |relevant )*"
    r"(?:information|data|details|purposes?|items|settings|metadata|things|persons?|people)\b"
    r"|\btoutes? (?:les )?(?:autres? )?(?:informations?|données)\b"
    r"|\b(?:autres?|diverses?|divers) (?:informations?|données|finalités|fins|personnes)\b"
    r"|\bentre autres\b|\bet autres\b)",
    _FLAGS,
)
_HOLLOW = re.compile(
    r"\s*(?:(?:business|internal|commercial|general|marketing|other|legitimate|statistical|"
    r"administrative|it[- ]security) (?:purposes?|needs|reasons|use)"
    r"|(?:future |further )?research|improv(?:e|ing) (?:the |our )?(?:users?['’]? )?"
    r"(?:services?|experience)|(?:third part(?:y|ies)|partners|others|anyone|everybody)"
    r"|(?:fins|besoins|finalités) (?:commercia(?:les|ux)|internes?|diverses|statistiques)"
    r"|(?:les )?(?:tiers|partenaires))\s*\.?\s*",
    _FLAGS,
)
_GENERIC = re.compile(
    r"\b(?:appropriate|adequate|suitable|reasonable|necessary|generally accepted|usual|standard"
    r"|industry[- ]standard|commercially reasonable|state[- ]of[- ]the[- ]art|high|best)\b"
    r"[\w ,/&-]{0,60}?\b(?:measures?|security|safeguards?|protections?|precautions?|procedures?"
    r"|practices?|standards?)\b"
    r"|\bmesures? [\w ,’']{0,40}?(?:appropriées?|adéquates?|nécessaires?|raisonnables?|adaptées?)",
    _FLAGS,
)
_KINDS_OF_MEASURES = (
    "technical organisational organizational physical legal procedural administrative security "
    "generic general and or our the other measures means safeguards controls "
    "mesures techniques organisationnelles juridiques physiques et"
)
_FIGURE = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|un|deux|trois|quatre|cinq|"
    r"sept|huit|neuf|dix|douze) (?:days?|weeks?|months?|years?|jours?|semaines?|mois|ans?|années?)",
    _FLAGS,
)


def endless(text: str) -> str:
    """Return the words of retention criteria that give no limit; empty when they give one.

    A figure counts as a limit, whatever stands beside it.
    """
    if _FIGURE.search(text):
        return ""
    if _UNKNOWN.fullmatch(text):
        return text.strip()
    found = _ENDLESS.search(text)
    return found[0].strip() if found else ""


def open_words(text: str) -> str:
    """Return the words that leave a list or purpose open; empty when none does."""
    if _HOLLOW.fullmatch(text) or _UNKNOWN.fullmatch(text):
        return text.strip()
    found = _OPEN.search(text)
    return found[0].strip() if found else ""


def generic_measure(text: str) -> str:
    """Return the words that promise measures without naming one; empty when there are none."""
    if text in MEASURES:
        return ""
    plain = text.replace("_", " ").strip()
    if found := _GENERIC.search(plain):
        return found[0].strip()
    words = re.findall(r"\w+", plain.lower())
    return plain if words and set(words) <= set(_KINDS_OF_MEASURES.split()) else open_words(plain)
