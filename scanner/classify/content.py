"""Score what the values of a field say, by the class of the detector."""

from typing import NamedTuple

from scanner.classify.evidence import FieldEvidence
from scanner.classify.scale import (
    CAP_BY_NAME,
    CHECKED,
    LOOSE_CHECKS,
    STRICT,
    STRUCTURE,
    lower_bound,
)
from scanner.classify.verdict import Cap
from scanner.model import Detection, Kind

_OPEN = Cap(1.0)
_FEW = Cap(0.84, "so few values, or a form without a check, confirm nothing")
_TEXT = Cap(0.84, "a form inside text confirms nothing")
_NAMES = Cap(0.8, "names found by a model or a word list confirm nothing alone")
_PHONES = Cap(0.9, "many numbers can be dialled")
_UNNAMED = Cap(0.55, "neither the name of the field nor enough values speak for it")
_TOO_FEW = Cap(0.55, "too few values")
_VEILED = Cap(0.5, "what is masked is not held in clear")
_VERSIONS = Cap(0.5, "most numbers of that shape are something else")
_NAMELESS = Cap(0.5, "such a form says something only where the name of the field does")
_BY_NAME_CAP = Cap(CAP_BY_NAME, "by its name and form alone nothing is confirmed")
_DIGESTS = Cap(0.95, "a digest says nothing of what it was made of")
_FEW_WORDS = 5
_BESIDE = 0.62  # a checked number beside a word that says what it is
DIGEST = ("HexDigestRecognizer",)
# They look at fields whose name asks for it only: any word may be a login.
_OF_FIELD = (("UserNameRecognizer",), ("PasswordRecognizer",), ("HostFieldRecognizer",))
_PEER = "HostInTextRecognizer"  # "from host.isp.net[62.4.5.6]", "rhost="
_SINGLE = ("SingleNames",)  # single words that the name book has
# Found by the field's name and the form of the values together: the name carries the score.
_BY_NAME = frozenset(
    {
        "GENDER",
        "BIRTH_DATE",
        "USERNAME",
        "PASSWORD",
        "HOST_NAME",
        "UUID",
        "DATE_TIME",
        "COUNTRY",
        "REGION",
    }
)


class Said(NamedTuple):
    """What the values say: the points, the most that any evidence reaches with them, a sentence."""

    points: float
    cap: Cap
    text: str


def content(
    detection: Detection, item: FieldEvidence, named: bool, whole: bool, *, hinted: bool = False
) -> Said:
    """Score one detection in its field.

    ``named`` says that the field's name speaks of the same category, ``hinted`` that it does so
    vaguely (of persons: by a word for somebody), ``whole`` that the asset was read whole, so that
    a share is exact.
    """
    text = item.field.kind is Kind.MESSAGE or item.profile.free_text or _inside(detection, item)
    share = _share(detection, whole=whole)
    said = f"{detection.matched} of {detection.examined} values match {detection.entity}"
    if not detection.matched:  # masked only
        return Said(0.35 if named else 0.3, _VEILED, f"{said}; masked values only")
    if detection.category:
        return _own(detection, named, share, said)
    if detection.entity in STRICT:
        return _strict(detection, named, said, hinted=hinted)
    if detection.entity in CHECKED | LOOSE_CHECKS:
        return _checked(detection, named, said)
    if detection.entity == "PERSON":
        if not (text or named) and hinted and item.profile.like_names:
            return _written_like_names(detection, share, said)
        return _person(detection, named, share, text, said)
    if detection.entity == "PHONE_NUMBER":
        return _phone(detection, named, share, text, said)
    if detection.entity == "IP_ADDRESS" and detection.matched < detection.candidates * 0.9:
        return Said(0.1, _VERSIONS, f"{said}; most numbers of that shape are versions")
    if detection.entity in STRUCTURE:
        return _structure(detection, named, share, said)
    if detection.by in _OF_FIELD and not named:
        return Said(0.4 if item.profile.like_logins else 0.15, _BY_NAME_CAP, said)
    if detection.entity == "BIRTH_DATE" and hinted and not named:
        return Said(0.3 if share >= 0.5 else 0.0, _BY_NAME_CAP, said)
    if item.field.kind is Kind.MESSAGE and _PEER in detection.by:
        return Said(_BESIDE, _TEXT, f"{said}, as the machine on the other side")
    if detection.entity in _BY_NAME:
        return _by_name(detection, named, share, text, said)
    return _other(detection, named, share, said)


def _inside(detection: Detection, item: FieldEvidence) -> bool:
    """Tell whether the hits stand inside notes too short or too terse to pass for prose."""
    seen = item.profile
    if seen.words < 3 or detection.whole * 2 >= detection.matched or seen.json > 0.5:
        return False
    # Names of products and streets hold names of people, too; notes have verbs.
    return detection.entity != "PERSON" or seen.prose >= 0.15


def _share(detection: Detection, *, whole: bool) -> float:
    """Return the share of cells that match, at least; what rounds have settled is not redone."""
    if detection.floor is not None:
        return detection.floor
    return lower_bound(detection.matched, detection.examined, whole=whole)


def _structure(detection: Detection, named: bool, share: float, said: str) -> Said:
    """Score forms that hardly anything else has: addresses of mail, networks and machines."""
    points = 0.88 if detection.distinct >= 10 or share > 0.05 else 0.65
    if detection.distinct < 3 and not named and points > 0.8:
        points = 0.75  # few values cap what nothing else supports
    return Said(points, _OPEN, said)


def _strict(detection: Detection, named: bool, said: str, *, hinted: bool) -> Said:
    if detection.by == DIGEST:  # a hash of anything, but for the name
        return Said(0.4 if named else 0.3 if hinted else 0.0, _DIGESTS, f"{said} by length only")
    points = 0.92 if detection.score >= 0.85 else 0.65
    return Said(points, _OPEN, f"{said} by their strict format")


def _checked(detection: Detection, named: bool, said: str) -> Said:
    """Score checksummed numbers: at least half of the numbers of that shape must validate."""
    ratio = detection.matched / max(detection.candidates, detection.matched)
    said = f"{said}; {ratio:.0%} of the values of that shape pass the check"
    if detection.beside:
        said += "; a word beside says what it is"
    loose = detection.entity in LOOSE_CHECKS
    if ratio < 0.5 and detection.rare:
        return Said(_BESIDE if detection.beside else 0.35, _FEW, said)
    if ratio < 0.5:  # numbers of that shape, but not real ones: the name decides
        return Said(0.1 if named else 0.0, _BY_NAME_CAP, said)
    if loose:
        if ratio >= 0.9 and detection.distinct >= 10:
            return Said(0.75, _OPEN, said)
        if detection.beside and not named:
            return Said(_BESIDE, _FEW, said)
        return Said(0.45 if detection.distinct >= 3 else 0.3, _OPEN if named else _TOO_FEW, said)
    if detection.distinct >= 3:
        return Said(0.9, _OPEN, said)
    # Few values cap what the name says.
    return Said(_BESIDE if detection.beside and not named else 0.45, _FEW, said)


def _person(detection: Detection, named: bool, share: float, text: bool, said: str) -> Said:
    if detection.by == _SINGLE and not named:
        points = 0.5 if share >= 0.75 and detection.distinct >= 20 else 0.35
        return Said(points, _NAMES, f"{said}: single words that are names of persons")
    if text:
        enough = detection.distinct * 1000 >= max(detection.examined, 1) * 5
        if detection.floor is not None:
            enough = detection.floor > 0
        # A handful of texts, read whole: two names that differ are enough.
        if (detection.distinct >= 5 and enough) or (detection.distinct >= 2 and share >= 0.1):
            return Said(0.6, _NAMES, f"{said}, inside text")
        return Said(0.4, _TOO_FEW, f"{said}, inside text")
    if named:
        least = few_names(detection)
        return Said(0.55 if share >= 0.3 else 0.3 if share >= least else 0.1, _OPEN, said)
    if detection.by and detection.known < 0.2 * detection.matched:
        return Said(0.35 if share >= 0.5 else 0.1, _UNNAMED, f"{said}, by the language model only")
    if detection.sure >= 0.5 * detection.examined and share >= 0.5 and detection.distinct >= 5:
        return Said(0.7, _NAMES, f"{said}, most of them a known given name and surname")
    if share >= 0.5:
        return Said(0.65 if detection.distinct >= 10 else 0.5, _NAMES, said)
    return Said(0.4 if share >= 0.3 else 0.1, _UNNAMED, said)


def few_names(detection: Detection) -> float:
    """Return the share below which names in a field say nothing: one of eight does not."""
    return 0.15 if detection.examined < 100 else 0.1


def _written_like_names(detection: Detection, share: float, said: str) -> Said:
    """Score fields such as ``author`` whose values are all written as full names are.

    No list knows the names of all people: those that it knows vouch for the others.
    """
    said += "; the others are written like names, too"
    if share < 0.1 or detection.distinct < 3:
        return Said(0.2, _UNNAMED, said)
    return Said(0.5 if share >= 0.3 else 0.35, _NAMES, said)


def _phone(detection: Detection, named: bool, share: float, text: bool, said: str) -> Said:
    if named:
        return Said(0.6 if share >= 0.3 else 0.4, _OPEN, said)
    if text:
        enough = detection.distinct >= 3 or (detection.distinct == 2 and share >= 0.1)
        return Said(0.65 if enough else 0.5, _TEXT, said)
    if share >= 0.5:
        return Said(0.75 if detection.distinct >= 10 else 0.65, _PHONES, said)
    return Said(0.45 if share >= 0.1 or detection.distinct >= 10 else 0.35, _UNNAMED, said)


def _by_name(detection: Detection, named: bool, share: float, text: bool, said: str) -> Said:
    entity = detection.entity
    if named:
        return Said(0.4 if share >= 0.5 else 0.15 if share >= 0.1 else 0.0, _OPEN, said)
    if entity == "GENDER":
        return Said(0.6 if share >= 0.9 else 0.0, _BY_NAME_CAP, said)
    if entity in ("USERNAME", "PASSWORD"):  # a phrase in a text
        return Said(0.7 if detection.distinct >= 3 else 0.62, _TEXT, said)
    if entity == "HOST_NAME":
        return Said(0.4 if text or share >= 0.5 else 0.3, _UNNAMED, said)
    return Said(0.0, _NAMELESS, said)


def _own(detection: Detection, named: bool, share: float, said: str) -> Said:
    """Score what a recognizer of the user's own found: its own score says how sure it is.

    From 0.8 on a few values are enough wherever they stand, as its author vouches for them; what is
    weaker needs the field's name or most of the values, as all other forms do.
    """
    if detection.score < 0.8:
        return _other(detection, named, share, said)
    if named and share > 0.5:
        return Said(0.65, _OPEN, said)
    return Said(0.65 if detection.distinct >= 3 else 0.45, _FEW, said)


def _other(detection: Detection, named: bool, share: float, said: str) -> Said:
    """Score forms without a checksum: weak numbers need the name and most of the values."""
    if detection.entity == "LOCATION" and detection.distinct < _FEW_WORDS:
        # What a model takes a handful of words for proves nothing: "Pendiente" is no place.
        return Said(0.15 if named and share > 0.5 else 0.0, _BY_NAME_CAP, said)
    if named:
        return Said(0.55 if share > 0.5 else 0.15, _OPEN, said)
    if detection.score >= 0.5:
        return Said(0.65 if share >= 0.5 and detection.distinct >= 3 else 0.35, _FEW, said)
    return Said(0.0, _NAMELESS, said)
