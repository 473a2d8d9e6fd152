"""What the other fields of an asset add to a reading of one, and what they forbid it."""

from collections.abc import Sequence
from dataclasses import replace

from scanner.classify.cases import OF_THINGS, Case
from scanner.classify.scale import PROBABLE
from scanner.classify.verdict import Cap, Piece
from scanner.model import Kind

_NOBODY = Cap(0.5, "no field names a person, so the page is hardly a person's")
# Only people have them: what an asset with one of them is called matters less.
_SOMEBODY = frozenset(
    {
        "email_address",
        "national_id_number",
        "passport_number",
        "social_security_number",
        "tax_identifier",
    }
)
_WHO = frozenset({"person_name", "name_part", "date_of_birth", "gender", "username"})


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
    named = any(case.category in _WHO for case in sure)
    somebody = {case.evidence.field.name for case in sure if _of_the_rows(case)}
    out = []
    for case in items:
        here = case.evidence.field.name
        if case.category == "personal_url" and not named:
            case = replace(case, caps=(*case.caps, _NOBODY))
        if OF_THINGS in case.caps and somebody - {here}:
            case = replace(case, caps=tuple(cap for cap in case.caps if cap is not OF_THINGS))
        plus, sentence = _beside(case, people - {here}, parts - {here}, places)
        piece = (Piece("neighbours", plus, sentence),) if plus else ()
        out.append(replace(case, pieces=(*case.pieces, *piece)))
    return out


def _beside(
    case: Case, people: set[str], parts: set[str], places: frozenset[str]
) -> tuple[float, str]:
    """Return what other fields add to a case: those about people, and those of addresses."""
    others = len(people | parts if case.category in places else people)
    if not others or case.score <= 0 or case.evidence.field.kind is Kind.MESSAGE:
        return 0.0, ""
    plus = 0.05 if others == 1 else 0.1
    if case.category in places and not case.firm and len(parts) > 1:
        plus = 0.2  # "state" among street, city and country
    noun = "other field tells" if others == 1 else "other fields tell"
    return plus, f"{others} {noun} of people or addresses"


def _of_the_rows(case: Case) -> bool:
    """Tell whether a field holds what only people have, and of nobody but the rows: no "owner"."""
    return case.category in _SOMEBODY and not (case.named is not None and case.named.person)
