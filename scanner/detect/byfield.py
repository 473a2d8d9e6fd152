"""Recognizers that look at a field as a whole: value sets, and values of a named field."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from scanner.detect import fieldwise, places
from scanner.detect.context import Context
from scanner.detect.engine.windows import WINDOW
from scanner.detect.fieldwise import MASKED_CARD
from scanner.model import Hit, Kind, Values

# Recognizer -> entity. Excluded by name like all others.
FIELDWISE = {
    "BirthDateRecognizer": "BIRTH_DATE",
    "CountryRecognizer": "COUNTRY",
    "GenderRecognizer": "GENDER",
    "HostFieldRecognizer": "HOST_NAME",
    "MaskedCardRecognizer": "CREDIT_CARD",
    "PasswordRecognizer": "PASSWORD",
    "RegionRecognizer": "REGION",
    "UserNameRecognizer": "USERNAME",
}
# Values of a field whose name speaks of the entity.
_NAMED: dict[str, Callable[[str], bool]] = {
    "CountryRecognizer": places.is_country,
    "HostFieldRecognizer": fieldwise.is_host,
    "PasswordRecognizer": fieldwise.is_password,
    "RegionRecognizer": places.is_region,
    "UserNameRecognizer": fieldwise.is_username,
}
_GENDER_KINDS = frozenset({Kind.INTEGER, Kind.BOOLEAN})


class MaskedCards:
    """What a screen asks to tell where a masked card number can be."""

    screened_by = (MASKED_CARD,)


def by_field(
    values: Values, context: Context, names: frozenset[str], masked: Iterable[int]
) -> tuple[list[Hit], set[str]]:
    """Return the hits of the recognizers ``names``, and the entities that were looked for.

    ``masked``: the indices of the values that can hold a masked card number.
    """
    hits: list[Hit] = []
    looked: set[str] = set()
    if "GenderRecognizer" in names and (context.textual or context.kind in _GENDER_KINDS):
        looked.add("GENDER")
        if fieldwise.is_gender(values.values, named="GENDER" in context.hinted):
            hits += _wholes(values, range(len(values.values)), "GenderRecognizer", 0.7)
    if "BirthDateRecognizer" in names and "BIRTH_DATE" in context.hinted:
        looked.add("BIRTH_DATE")
        found = fieldwise.birth_dates(values.values, datetime.now(UTC).date())
        hits += _wholes(values, found, "BirthDateRecognizer", 0.7)
    if not context.textual:
        return hits, looked
    for name, test in _NAMED.items():
        entity = FIELDWISE[name]
        if name in names and entity in context.hinted:
            looked.add(entity)
            found = [index for index, value in enumerate(values.values) if test(value)]
            hits += _wholes(values, found, name, 0.6)
    if "MaskedCardRecognizer" in names:
        hits += _masked(values, masked)
    return hits, looked


def _wholes(values: Values, indexes: "range | list[int]", name: str, score: float) -> list[Hit]:
    """Return hits that are whole values."""
    return [
        Hit(index, 0, len(values.values[index]), FIELDWISE[name], score, name) for index in indexes
    ]


def _masked(values: Values, rows: Iterable[int]) -> list[Hit]:
    """Return masked card numbers: reported as masked, never counted as readable."""
    return [
        Hit(index, m.start(), m.end(), "CREDIT_CARD", 0.6, "MaskedCardRecognizer", "masked")
        for index in rows
        for m in MASKED_CARD.finditer(values.values[index][:WINDOW])
    ]
