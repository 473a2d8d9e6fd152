"""Score what the values of a field say, by the class of the detector."""

from scanner.classify.evidence import FieldEvidence
from scanner.classify.scale import (
    CAP_BY_NAME,
    CHECKED,
    LOOSE_CHECKS,
    STRICT,
    STRUCTURE,
    lower_bound,
)
from scanner.model import Detection, Kind

_FEW = 0.84  # probable at most
_FEW_WORDS = 5
_BESIDE = 0.62  # a checked number beside a word that says what it is
_DIGEST = ("HexDigestRecognizer",)
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


def content(
    detection: Detection, item: FieldEvidence, named: bool, whole: bool
) -> tuple[float, float, str]:
    """Return (score, cap, sentence) for one detection in its field.

    ``named`` says that the field's name speaks of the same category, ``whole`` that the asset was
    read whole, so that a share is exact.
    """
    text = item.field.kind is Kind.MESSAGE or item.profile.free_text
    share = _share(detection, whole=whole)
    said = f"{detection.matched} of {detection.examined} values match {detection.entity}"
    if not detection.matched:  # masked only
        return (0.35 if named else 0.3), 0.5, f"{said}; masked values only"
    if detection.category:
        return _own(detection, named, share, said)
    if detection.entity in STRICT:
        return _strict(detection, named, said)
    if detection.entity in CHECKED | LOOSE_CHECKS:
        return _checked(detection, named, said)
    if detection.entity == "PERSON":
        return _person(detection, named, share, text, said)
    if detection.entity == "PHONE_NUMBER":
        return _phone(detection, named, share, text, said)
    if detection.entity == "IP_ADDRESS" and detection.matched < detection.candidates * 0.9:
        return 0.1, 0.5, f"{said}; most numbers of that shape are versions"
    if detection.entity in STRUCTURE:
        enough = detection.distinct >= 10 or share > 0.05
        score = 0.88 if enough else 0.65
        if detection.distinct < 3 and not named and score > 0.8:
            score = 0.75  # few values cap what nothing else supports
        return score, 1.0, said
    if detection.entity in _BY_NAME:
        return _by_name(detection, named, share, text, said)
    return _other(detection, named, share, said)


def _share(detection: Detection, *, whole: bool) -> float:
    """Return the share of cells that match, at least; what rounds have settled is not redone."""
    if detection.floor is not None:
        return detection.floor
    return lower_bound(detection.matched, detection.examined, whole=whole)


def _strict(detection: Detection, named: bool, said: str) -> tuple[float, float, str]:
    if detection.by == _DIGEST:  # a hash of anything, but for the name
        return (0.4 if named else 0.0), 0.95, f"{said} by length only"
    return (0.92 if detection.score >= 0.85 else 0.65), 1.0, f"{said} by their strict format"


def _checked(detection: Detection, named: bool, said: str) -> tuple[float, float, str]:
    """Score checksummed numbers: at least half of the numbers of that shape must validate."""
    ratio = detection.matched / max(detection.candidates, detection.matched)
    said = f"{said}; {ratio:.0%} of the values of that shape pass the check"
    if detection.beside:
        said += "; a word beside says what it is"
    loose = detection.entity in LOOSE_CHECKS
    if ratio < 0.5 and detection.rare:
        return (_BESIDE if detection.beside else 0.35), _FEW, said
    if ratio < 0.5:  # numbers of that shape, but not real ones: the name decides
        return (0.1 if named else 0.0), CAP_BY_NAME, said
    if loose:
        if ratio >= 0.9 and detection.distinct >= 10:
            return 0.75, 1.0, said
        if detection.beside and not named:
            return _BESIDE, _FEW, said
        return (0.45 if detection.distinct >= 3 else 0.3), (1.0 if named else 0.55), said
    if detection.distinct >= 3:
        return 0.9, 1.0, said
    # Few values cap what the name says.
    return (_BESIDE if detection.beside and not named else 0.45), _FEW, said


def _person(
    detection: Detection, named: bool, share: float, text: bool, said: str
) -> tuple[float, float, str]:
    if text:
        enough = detection.distinct * 1000 >= max(detection.examined, 1) * 5
        if detection.floor is not None:
            enough = detection.floor > 0
        if detection.distinct >= 5 and enough:
            return 0.6, 0.8, f"{said}, inside text"
        return 0.4, 0.55, f"{said}, inside text"
    if named:
        return (0.55 if share >= 0.3 else 0.3 if share >= 0.1 else 0.1), 1.0, said
    if share >= 0.5:
        return (0.65 if detection.distinct >= 10 else 0.5), 0.8, said
    return (0.4 if share >= 0.3 else 0.1), 0.55, said


def _phone(
    detection: Detection, named: bool, share: float, text: bool, said: str
) -> tuple[float, float, str]:
    if named:
        return (0.6 if share >= 0.3 else 0.4), 1.0, said
    if text:
        return (0.65 if detection.distinct >= 3 else 0.5), 0.84, said
    if share >= 0.5:
        return (0.75 if detection.distinct >= 10 else 0.65), 0.9, said
    return (0.45 if share >= 0.1 or detection.distinct >= 10 else 0.35), 0.55, said


def _by_name(
    detection: Detection, named: bool, share: float, text: bool, said: str
) -> tuple[float, float, str]:
    entity = detection.entity
    if named:
        return (0.4 if share >= 0.5 else 0.15 if share >= 0.1 else 0.0), 1.0, said
    if entity == "GENDER":
        return (0.6 if share >= 0.9 else 0.0), CAP_BY_NAME, said
    if entity in ("USERNAME", "PASSWORD"):  # a phrase in a text
        return (0.7 if detection.distinct >= 3 else 0.62), 0.84, said
    if entity == "HOST_NAME":
        return (0.4 if text or share >= 0.5 else 0.3), 0.55, said
    return 0.0, 0.5, said


def _own(detection: Detection, named: bool, share: float, said: str) -> tuple[float, float, str]:
    """Score what a recognizer of the user's own found: its own score says how sure it is.

    From 0.8 on a few values are enough wherever they stand, as its author vouches for them; what is
    weaker needs the field's name or most of the values, as all other forms do.
    """
    if detection.score < 0.8:
        return _other(detection, named, share, said)
    if named and share > 0.5:
        return 0.65, 1.0, said
    return (0.65 if detection.distinct >= 3 else 0.45), _FEW, said


def _other(detection: Detection, named: bool, share: float, said: str) -> tuple[float, float, str]:
    """Score forms without a checksum: weak numbers need the name and most of the values."""
    if detection.entity == "LOCATION" and detection.distinct < _FEW_WORDS:
        # What a model takes a handful of words for proves nothing: "Pendiente" is no place.
        return (0.15 if named and share > 0.5 else 0.0), CAP_BY_NAME, said
    if named:
        return (0.55 if share > 0.5 else 0.15), 1.0, said
    if detection.score >= 0.5:
        return (0.65 if share >= 0.5 and detection.distinct >= 3 else 0.35), 0.84, said
    return 0.0, 0.5, said
