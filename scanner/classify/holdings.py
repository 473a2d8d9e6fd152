"""Decide what is held: one additive, explainable score for each field and category."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scanner.classify.cases import Case, cases, is_text
from scanner.classify.composite import composites
from scanner.classify.evidence import Classified, FieldEvidence
from scanner.classify.filenames import by_file_name
from scanner.classify.neighbours import with_neighbours
from scanner.classify.scale import CAP_CATALOGUE, PROBABLE, confidence
from scanner.classify.scene import PLACES, Scene
from scanner.classify.verdict import BELOW, HELD, SET_ASIDE, Cap, Verdict
from scanner.classify.whose import Whose, owned, whose
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
_CATALOGUE = Cap(CAP_CATALOGUE, "no value was read")
_CATALOGUE_CAPS: Mapping[str, Cap] = {
    "password_plaintext": Cap(0.55, "no value was read, and most passwords are kept hashed")
}
_OF_RELATIVES = frozenset({"child_data", "family_relation"})  # they have names, too
# Their hits do not exclude another reading of the same values.
_OPEN = frozenset({"PERSON", "LOCATION", "USERNAME", "UUID"})


@dataclass(frozen=True, slots=True)
class _Decided:
    """A case, and the other reading of the same values that excludes it, if there is one."""

    case: Case
    against: str = ""
    reason: str = ""


def classify(
    asset: Asset, evidence: Sequence[FieldEvidence], method: Method, population: int | None
) -> Classified:
    """Classify all fields of one asset from what was seen in a sample.

    ``method`` says how it was taken (a whole asset is exact), ``population`` how many rows there
    are. Holdings are sorted by field and category; possible ones below the lowest cut are dropped.
    """
    if asset.type == "page":  # read for where it sends to, not for data
        return Classified((), ())
    scene = Scene.of(asset)
    decided = _decide(_seen(evidence, scene, method))
    holdings = _holdings(asset, decided, evidence, method, population)
    texts = tuple(sorted({item.field.name for item in evidence if is_text(item)}))
    return Classified(holdings, texts)


def weigh(asset: Asset, evidence: Sequence[FieldEvidence], method: Method) -> tuple[Verdict, ...]:
    """Return the verdict on every category that was considered, sorted by field and category.

    The holdings of :func:`classify` are those of the verdicts that are ``held``, and the composites
    of the asset as a whole.
    """
    scene = Scene.of(asset)
    decided = _decide(_seen(evidence, scene, method))
    about = whose(asset, evidence, _kept(asset, decided, method, None))
    made = [_verdict(item, about) for item in decided]
    return tuple(sorted(made, key=lambda verdict: (verdict.field, verdict.category)))


def by_name(asset: Asset) -> tuple[Holding, ...]:
    """Classify an asset by its catalogue alone: names and kinds; nothing was read."""
    if asset.type == "file":
        return by_file_name(asset)
    scene = Scene.of(asset)
    items = [FieldEvidence(field) for field in asset.fields]
    decided = _decide(_named(items, scene))
    return _holdings(asset, decided, items, Method.NONE, asset.population)


def weigh_names(asset: Asset) -> tuple[Verdict, ...]:
    """Return the verdicts behind :func:`by_name`, sorted by field and category."""
    scene = Scene.of(asset)
    items = [FieldEvidence(field) for field in asset.fields]
    decided = _decide(_named(items, scene))
    about = whose(asset, items, _kept(asset, decided, Method.NONE, asset.population))
    made = [_verdict(item, about) for item in decided]
    return tuple(sorted(made, key=lambda verdict: (verdict.field, verdict.category)))


def _named(items: Sequence[FieldEvidence], scene: Scene) -> list[Case]:
    return [
        replace(case, caps=(*case.caps, _CATALOGUE_CAPS.get(case.category, _CATALOGUE)))
        for item in items
        for case in cases(item, scene, whole=False)
    ]


def _seen(evidence: Sequence[FieldEvidence], scene: Scene, method: Method) -> list[Case]:
    whole = method is Method.WHOLE
    return [case for item in evidence for case in cases(item, scene, whole=whole)]


def _decide(found: Sequence[Case]) -> list[_Decided]:
    """Weigh the cases of all fields against each other."""
    by_field: dict[str, list[Case]] = {}
    for case in with_neighbours(found, _TELLING, PLACES):
        by_field.setdefault(case.evidence.field.name, []).append(case)
    return [_settled(case, items) for items in by_field.values() for case in items]


def _settled(case: Case, items: Sequence[Case]) -> _Decided:
    """Settle one reading of a field: some of the others exclude it."""
    for other in items:
        if case is not other and (reason := _excludes(other, case)):
            return _Decided(case, other.category, reason)
    return _Decided(case)


def _excludes(other: Case, case: Case) -> str:
    """Say why another reading of a field excludes this one; empty when it does not."""
    if other.capped < PROBABLE:
        return ""
    if case.detection is None:
        if case.firm and case.category == "username":
            return ""  # a login may be an e-mail address: both
        if _solid(other) and case.capped <= other.capped:
            return "most values were recognized as that"
        if other.firm and not case.firm:
            return "the name of the field plainly speaks of that, and only vaguely of this"
        return ""
    if case.category == "username" and not case.firm and _solid(other):
        return "most values were recognized as that"  # "created by" holds addresses
    unnamed = case.named is None and case.detection.entity == "HOST_NAME"
    if unnamed and other.firm and other.category == "username" and not _solid(case):
        return "logins written with a dot read like host names"  # jan.me
    # A city called Charlotte is no person: a firm name for something else decides.
    unnamed = case.named is None and case.detection.entity == "PERSON"
    if unnamed and other.category == "postal_address" and _solid(other):
        return "streets are named after people"
    if unnamed and other.firm and not case.text and other.category not in _OF_RELATIVES:
        return "the name of the field plainly speaks of that"
    return ""


def _verdict(decided: _Decided, about: Whose) -> Verdict:
    """Say what was decided, and all that decided it."""
    case = decided.case
    score, field = round(case.capped, 3), case.evidence.field
    subject, subject_why = about.of(field, case.category)
    sure = confidence(score)
    outcome = SET_ASIDE if decided.against else HELD if sure else BELOW
    return Verdict(
        field=field.name,
        category=case.category,
        entity=case.detection.entity if case.detection else None,
        pieces=case.pieces,
        cap=case.cap.limit,
        cap_why=case.cap.text,
        score=score,
        confidence=sure,
        outcome=outcome,
        against=decided.against,
        reason=decided.reason,
        subject=subject,
        subject_why=subject_why,
    )


def _holdings(
    asset: Asset,
    decided: Sequence[_Decided],
    evidence: Sequence[FieldEvidence],
    method: Method,
    population: int | None,
) -> tuple[Holding, ...]:
    """Make the holdings of what nothing excludes, and of the asset as a whole."""
    found = _kept(asset, decided, method, population)
    holdings = list(owned(asset, evidence, found))
    holdings += composites(asset, evidence, holdings, method, population)
    return tuple(sorted(holdings, key=lambda holding: (holding.field, holding.category)))


def _kept(
    asset: Asset, decided: Sequence[_Decided], method: Method, population: int | None
) -> list[Holding]:
    """Make the holdings of what nothing excludes; whose data they are is not yet known."""
    kept = [item.case for item in decided if not item.against]
    made = [_holding(asset, case, method, population) for case in kept]
    return [holding for holding in made if holding is not None]


def _solid(case: Case) -> bool:
    """Tell whether most values were recognized as wholes."""
    found = case.detection
    return found is not None and found.entity not in _OPEN and found.whole * 2 > found.examined


def _holding(asset: Asset, case: Case, method: Method, population: int | None) -> Holding | None:
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
        subject="unknown",
        confidence=sure,
        score=score,
        matched=0,
        examined=case.evidence.profile.examined,
        population=population,
        method=method,
        by=("FieldName",),
        text=_in_text(case),
        why=tuple(piece.text for piece in case.pieces if piece.points),
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
