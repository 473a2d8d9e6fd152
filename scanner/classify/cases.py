"""Add up the evidence for each category of a field: values, name, fit, context."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scanner.classify import lexicon
from scanner.classify.content import content
from scanner.classify.evidence import FieldEvidence, Profile
from scanner.classify.fit import POSTCODE, choosy, fit, possible
from scanner.classify.lexicon import Named
from scanner.classify.scale import CAP_BY_NAME, NEVER_ALONE, PROBABLE
from scanner.classify.scene import Scene, role_word
from scanner.model import Detection, Kind
from scanner.taxonomy import taxonomy

_FIT: Mapping[int, tuple[float, str]] = {
    2: (0.35, "the values clearly look like it"),
    1: (0.2, "the values look like it"),
    -1: (-0.5, "the values do not look like it"),
}
_VEILED = 0.9  # share of cells from which the value was taken out, for a field to hold nothing
# What the role of the asset adds to names of persons found where no name speaks of them.
_UNNAMED = {"person": 0.15, "linked": 0.05, "thing": -0.35, "organisation": -0.2}


@dataclass(frozen=True, slots=True)
class Case:
    """The evidence for one category in one field, added up."""

    category: str
    evidence: FieldEvidence
    score: float
    cap: float
    why: tuple[str, ...]
    named: Named | None = None
    detection: Detection | None = None

    @property
    def capped(self) -> float:
        """The score within its cap."""
        return min(max(self.score, 0.0), self.cap)

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
    names = () if message else lexicon.match(item.field.name, scene.words)
    named = {n.category: n for n in names if possible(n.category, item.field.kind)}
    found: dict[str, Detection] = {}
    for category, detection in _spoken_for(item, named, scene):
        old = found.get(category)
        if old is None or _share(detection) > _share(old):
            found[category] = detection
    out = [
        _case(category, item, scene, whole, named.get(category), found.get(category))
        for category in dict.fromkeys((*found, *named))
    ]
    return out + _without_domain(item, named, found)


def _share(detection: Detection) -> float:
    """Return the share of cells that match: not all entities are looked for in all of them."""
    return detection.matched / max(detection.examined, 1)


def _spoken_for(
    item: FieldEvidence, named: Mapping[str, Named], scene: Scene
) -> list[tuple[str, Detection]]:
    """Assign each detection to the categories it speaks for in this field."""
    out: list[tuple[str, Detection]] = []
    for detection in item.detections:
        entity = detection.entity
        able = [
            category.id
            for category in taxonomy().categories.values()
            if entity in category.entities and category.group != "other"
        ]
        able = [detection.category] if detection.category else able
        spoken = [category for category in able if category in named]
        if entity == "REGION" and spoken and POSTCODE & set(named[spoken[0]].phrase.split()):
            continue  # two letters are a region somewhere
        if spoken:
            out += [(category, detection) for category in spoken]
        elif entity not in NEVER_ALONE and able:
            out.append((able[0], detection))
        elif entity == "URL" and scene.role == "person":
            out.append(("personal_url", detection))
    return out


def _case(
    category: str,
    item: FieldEvidence,
    scene: Scene,
    whole: bool,
    named: Named | None,
    detection: Detection | None,
) -> Case:
    """Add up the evidence for one category."""
    why: list[str] = []
    score, cap, sure, content_score = 0.0, CAP_BY_NAME, scene.sure(named), 0.0
    if detection is not None:
        content_score, cap, sentence = content(detection, item, sure, whole)
        score = content_score
        why.append(sentence)
    if named is not None:
        worth = scene.worth(named)
        score += min(worth, 0.35) if detection is not None else worth
        why.append(f'the name of the field says "{named.phrase}"')
        # Values that were recognized need not look like the others of their field.
        clear, proven = sure and not scene.unlikely(named), content_score >= PROBABLE
        plus, sentence = _fitting(named, item, detection, clear, proven=proven)
        score += plus
        why += [sentence] if sentence else []
        if named.weak and named.category == "person_name" and scene.unlikely(named):
            score -= 0.15  # "Hugo Desk Lamp" among products
        if scene.of_things(named):
            cap = min(cap, 0.5)
            why.append("the asset is about things rather than people")
        if detection is None and _nothing_there(item.profile):
            cap = 0.0
        if role_word(named) and (detection is None or score < PROBABLE):
            cap = min(cap, 0.5)  # "customer": a key or a word as often as a name
    elif detection is not None and detection.entity == "PERSON" and not is_text(item):
        plus = _UNNAMED.get(scene.role, 0.0)
        score += plus
        why += ["the asset is about things rather than people"] if plus < 0 else []
    return Case(category, item, round(score, 4), cap, tuple(why), named, detection)


def _nothing_there(seen: Profile) -> bool:
    """Tell whether a field was read and is always empty, or its values were all taken out."""
    return seen.veiled > _VEILED if seen.examined else bool(seen.nulls)


def _fitting(
    named: Named, item: FieldEvidence, detection: Detection | None, sure: bool, *, proven: bool
) -> tuple[float, str]:
    """Return what the look of the values adds, and the sentence that says so."""
    verdict = fit(named, item.profile, item.field.kind, item.detections)
    plus, sentence = _FIT.get(verdict, (0.0, ""))
    if not item.profile.examined and not item.profile.nulls and choosy(named.category):
        return 0.1, "the type of the field allows it"  # by the catalogue alone
    if verdict < 0:
        mostly = detection is not None and detection.matched * 2 >= detection.examined
        return (0.0, "") if mostly or proven else (plus, sentence)
    # Any word looks like a name: that says little where the field's name is vague.
    return (plus if sure else min(plus, 0.05)), sentence


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
    why = ("the name of the field says e-mail; the values look like addresses without a domain",)
    return [Case("username", item, 0.65, CAP_BY_NAME, why, named["email_address"])]


def with_neighbours(
    items: Sequence[Case], telling: frozenset[str], places: frozenset[str]
) -> list[Case]:
    """Raise cases beside others that tell of people: the rows are about somebody.

    ``telling`` are the categories that do, ``places`` those that support each other as parts of an
    address.
    """
    sure = [case for case in items if case.capped >= PROBABLE]
    people = {case.evidence.field.name for case in sure if case.category in telling}
    parts = {case.evidence.field.name for case in sure if case.category in places}
    out = []
    for case in items:
        among = people | parts if case.category in places else people
        others = len(among - {case.evidence.field.name})
        if not others or case.score <= 0 or case.evidence.field.kind is Kind.MESSAGE:
            out.append(case)
            continue
        plus = 0.05 if others == 1 else 0.1
        if (
            case.category in places
            and not case.firm
            and len(parts - {case.evidence.field.name}) > 1
        ):
            plus = 0.2  # "state" among street, city and country
        noun = "other field tells" if others == 1 else "other fields tell"
        why = (*case.why, f"{others} {noun} of people or addresses")
        out.append(replace(case, score=case.score + plus, why=why))
    return out
