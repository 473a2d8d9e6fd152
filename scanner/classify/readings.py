"""Which categories a field may hold: those that its name speaks of, and those of its values."""

from collections.abc import Mapping
from dataclasses import replace

from scanner.classify.content import DIGEST
from scanner.classify.evidence import FieldEvidence
from scanner.classify.fit import possible, postal
from scanner.classify.lexicon import Named
from scanner.classify.scale import NEVER_ALONE
from scanner.classify.scene import Scene, works
from scanner.classify.words import bag, split
from scanner.model import Detection
from scanner.taxonomy import SECRETS, taxonomy

_NETWORKS = bag(
    """twitter instagram facebook linkedin github gitlab telegram skype mastodon tiktok snapchat
    handle xing wechat vk discord reddit pinterest"""
)
_FROM_TO = bag("from to by sender receiver starter poster member author")
_LOGINS = ("UserNameRecognizer",)


def told(item: FieldEvidence, scene: Scene) -> dict[str, Named]:
    """Return the categories that a field's name or comment speaks of and its kind can hold."""
    names = scene.spoken(item.field)
    named = {one.category: one for one in names if possible(one.category, item.field.kind)}
    return _by_login(named, item, scene)


def recognized(item: FieldEvidence, named: Mapping[str, Named]) -> dict[str, Detection]:
    """Return the detection that speaks for each category: of several the one with most cells."""
    found: dict[str, Detection] = {}
    for category, detection in _spoken_for(item, named):
        old = found.get(category)
        if old is None or _share(detection) > _share(old):
            found[category] = detection
    return found


def _by_login(named: dict[str, Named], item: FieldEvidence, scene: Scene) -> dict[str, Named]:
    """Read a word for somebody ("owner", "set by") as that for a login where logins stand there."""
    seen, profile = item.profile, named.get("personal_url")
    if profile is not None and seen.like_handles and _NETWORKS & set(profile.phrase.split()):
        kept = {key: value for key, value in named.items() if key != "personal_url"}
        return kept | {"username": replace(profile, category="username")}
    vague = named.get("person_name")
    if vague is None or "username" in named or not seen.like_logins:
        return named
    somebodys = vague.person or scene.role == "person" or _FROM_TO & set(split(item.field.name))
    by_name = "name" in vague.phrase.split() and somebodys
    if not (works(vague) or by_name):
        return named
    kept = {key: value for key, value in named.items() if key != "person_name"}
    return kept | {"username": replace(vague, category="username")}


def _share(detection: Detection) -> float:
    """Return the share of cells that match: not all entities are looked for in all of them."""
    return detection.matched / max(detection.examined, 1)


def _spoken_for(item: FieldEvidence, named: Mapping[str, Named]) -> list[tuple[str, Detection]]:
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
        if detection.by == _LOGINS and "username" not in named:
            continue  # any word may be a login: the field's name must ask for one
        spoken = [category for category in able if category in named]
        if detection.by == DIGEST and not spoken and (secret := SECRETS & set(named)):
            spoken = [min(secret)]  # a hashed PIN
        if entity == "REGION" and spoken and postal(named[spoken[0]]):
            continue  # two letters are a region somewhere
        if spoken:
            out += [(category, detection) for category in spoken]
        elif entity not in NEVER_ALONE and able:
            out.append((able[0], detection))
    return out
