"""Decide what is held: one additive, explainable score for each field and category."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from scanner.classify.cases import Case, cases, is_text, with_neighbours
from scanner.classify.composite import composites
from scanner.classify.evidence import Classified, FieldEvidence
from scanner.classify.scale import CAP_CATALOGUE, PROBABLE, confidence
from scanner.classify.scene import PLACES, Scene
from scanner.model import Asset, Holding, Method

# Categories whose presence in an asset tells that its rows are about people.
_TELLING = frozenset(
    {
        "bank_account_number",
        "date_of_birth",
        "email_address",
        "fax_number",
        "gender",
        "name_part",
        "national_id_number",
        "passport_number",
        "password_hash",
        "payment_card_number",
        "person_name",
        "phone_number",
        "postal_address",
        "social_security_number",
        "username",
    }
)
# In which form a password is kept cannot be told from a name; most are kept hashed.
_CATALOGUE_CAPS: Mapping[str, float] = {"password_plaintext": 0.55}
# Their hits do not exclude another reading of the same values.
_OPEN = frozenset({"PERSON", "LOCATION", "USERNAME", "UUID"})


def classify(
    asset: Asset, evidence: Sequence[FieldEvidence], method: Method, population: int | None
) -> Classified:
    """Classify all fields of one asset from what was seen in a sample.

    ``method`` says how it was taken (a whole asset is exact), ``population`` how many rows there
    are. Holdings are sorted by field and category; possible ones below the lowest cut are dropped.
    """
    scene, whole = Scene.of(asset), method is Method.WHOLE
    found = [case for item in evidence for case in cases(item, scene, whole=whole)]
    holdings = _decide(asset, scene, found, evidence, method, population)
    texts = tuple(sorted({item.field.name for item in evidence if is_text(item)}))
    return Classified(holdings, texts)


def by_name(asset: Asset) -> tuple[Holding, ...]:
    """Classify an asset by its catalogue alone: names and kinds; nothing was read."""
    scene = Scene.of(asset)
    items = [FieldEvidence(field) for field in asset.fields]
    found = [
        replace(case, cap=_CATALOGUE_CAPS.get(case.category, CAP_CATALOGUE))
        for item in items
        for case in cases(item, scene, whole=False)
    ]
    return _decide(asset, scene, found, items, Method.NONE, asset.population)


def _decide(
    asset: Asset,
    scene: Scene,
    found: Sequence[Case],
    evidence: Sequence[FieldEvidence],
    method: Method,
    population: int | None,
) -> tuple[Holding, ...]:
    """Settle the cases of all fields and make the holdings."""
    by_field: dict[str, list[Case]] = {}
    for case in with_neighbours(found, _TELLING, PLACES):
        by_field.setdefault(case.evidence.field.name, []).append(case)
    kept = [case for items in by_field.values() for case in _settle(items)]
    made = [_holding(asset, case, scene, method, population) for case in kept]
    holdings = [holding for holding in made if holding is not None]
    holdings += composites(asset, evidence, holdings, method, population)
    return tuple(sorted(holdings, key=lambda holding: (holding.field, holding.category)))


def _settle(items: list[Case]) -> list[Case]:
    """Settle one field: some readings of it exclude others."""
    return [case for case in items if not any(_beaten(case, other) for other in items)]


def _beaten(case: Case, other: Case) -> bool:
    """Tell whether another reading of a field excludes this one."""
    if case is other or other.capped < PROBABLE:
        return False
    if case.detection is None:
        if case.firm and case.category == "username":
            return False  # a login may be an e-mail address: both
        # Values recognized as wholes silence guesses by name, firm names silence vague ones.
        return (_solid(other) and case.capped <= other.capped) or (other.firm and not case.firm)
    if case.category == "username" and not case.firm and _solid(other):
        return True  # "created by" holds addresses: that is what they are
    # A city called Charlotte is no person: a firm name for something else decides.
    unnamed = case.named is None and case.detection.entity == "PERSON"
    return unnamed and other.firm and not case.text


def _solid(case: Case) -> bool:
    """Tell whether most values were recognized as wholes."""
    found = case.detection
    return found is not None and found.entity not in _OPEN and found.whole * 2 > found.examined


def _holding(
    asset: Asset, case: Case, scene: Scene, method: Method, population: int | None
) -> Holding | None:
    """Make the holding of a case; None below the lowest cut."""
    score = round(case.capped, 3)
    sure = confidence(score)
    if sure is None:
        return None
    found, field = case.detection, case.evidence.field
    base = Holding(
        source=asset.source,
        kind=asset.kind,
        asset=asset.path,
        field=field.name,
        category=case.category,
        entity=None,
        subject=scene.subject_of(field.name, field.kind),
        confidence=sure,
        score=score,
        matched=0,
        examined=case.evidence.profile.examined,
        population=population,
        method=method,
        by=("FieldName",),
        text=_in_text(case),
        why=case.why,
        cells=case.evidence.profile.examined,
    )
    if found is None:
        return base
    return replace(
        base,
        entity=found.entity,
        matched=found.matched,
        examined=found.examined,
        by=found.by,
        distinct=found.distinct,
        marks=found.marks,
        examples=found.examples,
    )


def _in_text(case: Case) -> bool:
    """Tell whether the data lies inside text rather than being the field's content."""
    if case.text:
        return True
    found = case.detection
    if found is None or not found.matched:
        return False
    return case.evidence.profile.words > 4 and found.whole * 2 < found.matched
