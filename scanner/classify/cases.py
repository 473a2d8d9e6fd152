"""Add up the evidence for each category of a field: values, name, fit, context."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scanner.classify.content import content, few_names
from scanner.classify.evidence import FieldEvidence, Profile
from scanner.classify.fit import choosy, fit
from scanner.classify.lexicon import Named
from scanner.classify.readings import recognized, told
from scanner.classify.scale import CAP_BY_NAME, PROBABLE
from scanner.classify.scene import ABOUT, Scene, role_word
from scanner.classify.verdict import Cap, Piece
from scanner.classify.words import bag, split
from scanner.model import Detection, Kind
from scanner.taxonomy import taxonomy

_FIT: Mapping[int, tuple[float, str]] = {
    2: (0.35, "the values clearly look like it"),
    1: (0.2, "the values look like it"),
    -1: (-0.5, "the values do not look like it"),
}
_NO_CAP = Cap(1.0)
_BY_NAME = Cap(CAP_BY_NAME, "by its name and the look of its values alone nothing is confirmed")
OF_THINGS = Cap(0.5, "the asset is about things rather than people")
_EMPTY = Cap(0.0, "nothing is there: every value is empty or was taken out")
_ROLE = Cap(0.5, "such a word names a key or a role as often as a person")
_OF_MESSAGES = Cap(0.5, "identifiers of messages are written as addresses are")
_OF_SOFTWARE = Cap(0.55, "settings speak of machines and services rather than of people")
# What settings hold of somebody: what else they name is mostly the software's own.
_IN_SETTINGS = frozenset({"email_address", "phone_number", "fax_number", "postal_address"})
_SECRETIVE = bag("secret token secrets tokens geheimnis segreto secreto segredo")
_BESIDE_VALUES = 0.35  # what a name adds at most to values that were recognized
_SOME_VALUES = 0.15  # points of values from which on they count for more than the name
_VEILED = 0.9  # share of cells from which the value was taken out, for a field to hold nothing
# What the role of the asset adds to names of persons found where no name speaks of them.
_UNNAMED = {"person": 0.15, "linked": 0.05, "thing": -0.35, "organisation": -0.2}


@dataclass(frozen=True, slots=True)
class Case:
    """The evidence for one category in one field, added up."""

    category: str
    evidence: FieldEvidence
    pieces: tuple[Piece, ...]
    caps: tuple[Cap, ...]
    named: Named | None = None
    detection: Detection | None = None

    @property
    def score(self) -> float:
        """The sum of all pieces."""
        return _sum(self.pieces)

    @property
    def cap(self) -> Cap:
        """The lowest of the caps."""
        return min(self.caps, key=lambda cap: cap.limit, default=_NO_CAP)

    @property
    def capped(self) -> float:
        """The score within its cap."""
        return min(max(self.score, 0.0), self.cap.limit)

    @property
    def firm(self) -> bool:
        """Whether the field's name speaks of the category without doubt."""
        return self.named is not None and not self.named.weak

    @property
    def text(self) -> bool:
        """Whether the field holds free text or messages."""
        return is_text(self.evidence)


def is_text(item: FieldEvidence) -> bool:
    """Tell whether a field holds free text or messages."""
    return item.field.kind is Kind.MESSAGE or item.profile.free_text


def cases(item: FieldEvidence, scene: Scene, *, whole: bool) -> list[Case]:
    """Return a case for every category that the name or the values of a field speak of.

    ``whole``: the asset was read whole, so that shares are exact.
    """
    message = item.field.kind is Kind.MESSAGE
    named = {} if message else told(item, scene)
    found = recognized(item, named)
    out = [
        _case(category, item, scene, whole, named.get(category), found.get(category))
        for category in dict.fromkeys((*found, *named))
    ]
    return out if scene.asset.type == "settings" else out + _without_domain(item, named, found)


def _case(
    category: str,
    item: FieldEvidence,
    scene: Scene,
    whole: bool,
    named: Named | None,
    detection: Detection | None,
) -> Case:
    """Add up the evidence for one category."""
    sure = scene.sure(named)
    hinted = named is not None and (named.category != "person_name" or role_word(named))
    values = content(detection, item, sure, whole, hinted=hinted) if detection else None
    pieces = [Piece("values", values.points, values.text)] if values else []
    caps = [values.cap if values else _BY_NAME]
    if scene.of_things(category, named):
        caps.append(OF_THINGS)
    if category == "email_address" and _names_messages(item.field.name):
        caps.append(_OF_MESSAGES)
    if scene.asset.type == "settings" and (detection is None or _of_software(category)):
        caps.append(_OF_SOFTWARE)
    if named is not None:
        beside = values is not None and values.points >= _SOME_VALUES
        pieces += _said_by_name(named, scene, beside=beside)
        # Values that were recognized need not look like the others of their field.
        proven = values is not None and values.points >= PROBABLE
        clear = sure and not scene.unlikely(named)
        pieces += _fitting(named, item, detection, clear, proven=proven)
        if named.weak and named.category == "person_name" and scene.unlikely(named):
            pieces.append(Piece("asset", -0.15, "things bear names of people, too"))
        if reason := scene.elsewhere(item.field.name, category):
            caps.append(Cap(0.5, reason))
        if detection is None and _nothing_there(item.profile):
            caps.append(_EMPTY)
        if role_word(named) and (detection is None or _sum(pieces) < PROBABLE):
            caps.append(_ROLE)
    elif detection is not None and detection.entity == "PERSON" and not is_text(item):
        pieces += _unnamed(scene, detection, item.profile)
    return Case(category, item, tuple(pieces), tuple(caps), named, detection)


def _of_software(category: str) -> bool:
    """Tell whether a category in settings is mostly about the software: its user, host, address."""
    found = taxonomy().categories[category]
    return not (found.untouchable or category in _IN_SETTINGS)


def _unnamed(scene: Scene, detection: Detection, seen: Profile) -> list[Piece]:
    """Return what the asset adds to names of persons that the field's name does not speak of."""
    plus = _UNNAMED.get(scene.role, 0.0)
    sure = detection.sure >= 0.5 * detection.examined and detection.distinct >= 5
    if plus < 0 and sure and _share(detection) >= 0.5 and seen.like_names:
        return []  # things bear names of people, but hardly all of them full ones
    return [Piece("asset", plus, ABOUT[scene.role])] if plus else []


def _sum(pieces: Sequence[Piece]) -> float:
    return round(sum(piece.points for piece in pieces), 4)


def _said_by_name(named: Named, scene: Scene, *, beside: bool) -> list[Piece]:
    """Return what the name of the field weighs, and what the name of the asset adds or takes.

    ``beside``: there are recognized values, which count for more.
    """
    alone, here = scene.worth(named)
    most = _BESIDE_VALUES if beside else 1.0
    said = f'the {named.by} of the field says "{named.phrase}"'
    out = [Piece(named.by, min(alone, most), said)]
    if plus := round(min(here, most) - min(alone, most), 4):
        out.append(Piece("asset", plus, scene.said(named, plus)))
    return out


def _names_messages(field: str) -> bool:
    """Tell whether a field holds identifiers of messages, which are written as addresses are."""
    run = "".join(split(field.rpartition(".")[2]))
    return run.endswith(("messageid", "msgid")) or run in ("inreplyto", "references", "mid")


def _nothing_there(seen: Profile) -> bool:
    """Tell whether a field was read and is always empty, or its values were all taken out."""
    return seen.veiled > _VEILED if seen.examined else bool(seen.nulls)


def _fitting(
    named: Named, item: FieldEvidence, detection: Detection | None, sure: bool, *, proven: bool
) -> list[Piece]:
    """Return what the look of the values adds or takes."""
    verdict = fit(named, item.profile, item.field.kind, item.detections)
    if not item.profile.examined and not item.profile.nulls and choosy(named.category):
        return [Piece("kind", 0.1, "the type of the field allows it")]  # by the catalogue alone
    if verdict not in _FIT:
        return []
    plus, sentence = _FIT[verdict]
    if verdict < 0:
        mostly = detection is not None and detection.matched * 2 >= detection.examined
        return [] if mostly or proven else [Piece("look", plus, sentence)]
    if verdict > 1 and _SECRETIVE & set(named.phrase.split()):
        return [Piece("look", plus, sentence)]
    # Any word looks like a name: that says little where the field's name is vague.
    return [Piece("look", plus if sure and not _nobody(named, item) else min(plus, 0.05), sentence)]


def _share(detection: Detection) -> float:
    """Return the share of cells that match, or what rounds have settled it to reach."""
    return detection.matched / detection.examined if detection.floor is None else detection.floor


def _nobody(named: Named, item: FieldEvidence) -> bool:
    """Tell whether a field so vaguely named hardly holds a name that is known to be one."""
    if not named.weak or named.category not in ("person_name", "name_part"):
        return False
    found = [one for one in item.detections if one.entity == "PERSON"]
    return item.profile.examined >= 8 and all(_share(one) < few_names(one) for one in found)


def _without_domain(
    item: FieldEvidence, named: Mapping[str, Named], found: Mapping[str, Detection]
) -> list[Case]:
    """Return a case of user names for an e-mail field that holds addresses without a domain."""
    seen = item.profile
    if "email_address" not in named or "email_address" in found or "username" in named:
        return []
    if not seen.examined or seen.single < 0.9 or seen.uniqueness < 0.5 or not 2 < seen.mean < 32:
        return []
    if seen.numeric + seen.dates + seen.codes > 0.2:
        return []
    why = "the name of the field says e-mail; the values look like addresses without a domain"
    pieces = (Piece("look", 0.65, why),)
    return [Case("username", item, pieces, (_BY_NAME,), named["email_address"])]
