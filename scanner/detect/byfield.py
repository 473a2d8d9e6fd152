"""Recognizers that look at a field as a whole: value sets, and values of a named field."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from scanner.detect import fieldwise, places, streets
from scanner.detect.anynation import ENTITY as ANY_NATION
from scanner.detect.anynation import any_nation, some_nation
from scanner.detect.context import Context
from scanner.detect.engine.windows import WINDOW
from scanner.detect.fieldwise import MASKED_CARD
from scanner.detect.named import NAMED
from scanner.detect.valuesets import SETS, blood_types, words_of
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
    streets.NAME: streets.ENTITY,
    "UserNameRecognizer": "USERNAME",
    "BloodTypeRecognizer": "BLOOD_TYPE",
    "NationalNumberRecognizer": ANY_NATION,
    **{name: one.entity for name, one in NAMED.items()},
    **{name: one.entity for name, one in SETS.items()},
}
# Values of a field whose name speaks of the entity.
_NAMED: dict[str, Callable[[str], bool]] = {
    "CountryRecognizer": places.is_country,
    "HostFieldRecognizer": fieldwise.is_host,
    "PasswordRecognizer": fieldwise.is_password,
    "RegionRecognizer": places.is_region,
    "UserNameRecognizer": fieldwise.is_username,
}
_SET = 0.6  # what a value of a set is worth
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
    for more, entities in (_by_test(values, context, names), _number(values, context, names)):
        hits += more
        looked |= entities
    if not context.textual:
        return hits, looked
    if not context.message:
        more, entities = _sets(values, context, names)
        hits += more
        looked |= entities
        if streets.NAME in names:
            hits += streets.street_addresses(values.values)
            looked.add(streets.ENTITY)
    for name, test in _NAMED.items():
        entity = FIELDWISE[name]
        if name in names and entity in context.hinted:
            looked.add(entity)
            found = [index for index, value in enumerate(values.values) if test(value)]
            hits += _wholes(values, found, name, 0.6)
    if "MaskedCardRecognizer" in names:
        hits += _masked(values, masked)
    return hits, looked


def _by_test(values: Values, context: Context, names: frozenset[str]) -> tuple[list[Hit], set[str]]:
    """Return the values of a named field that have the form that its name asks for."""
    hits: list[Hit] = []
    looked: set[str] = set()
    for name, one in NAMED.items():
        if name in names and one.entity in context.hinted and context.kind in one.kinds:
            looked.add(one.entity)
            found = [index for index, value in enumerate(values.values) if one.test(value)]
            hits += _wholes(values, found, name, one.score)
    return hits, looked


def _number(values: Values, context: Context, names: frozenset[str]) -> tuple[list[Hit], set[str]]:
    """Return national numbers of whatever country; the hits bear the name of its recognizer.

    Where no name asks for a number, the entity is that of the country's.
    """
    able = context.textual or context.kind is Kind.INTEGER
    if not able or context.message or "NationalNumberRecognizer" not in names:
        return [], set()
    asked = ANY_NATION in context.hinted
    found = any_nation(values.values, context.hinted) if asked else some_nation(values.values)
    looked = {ANY_NATION} if asked else set()
    if found is None:
        return [], looked
    row, indexes = found
    hits = _wholes(values, indexes, "NationalNumberRecognizer", 1.0)
    entity = ANY_NATION if asked else row.entity
    return [hit._replace(entity=entity, by=row.name) for hit in hits], looked


def _sets(values: Values, context: Context, names: frozenset[str]) -> tuple[list[Hit], set[str]]:
    """Return the values of the sets that the field's name speaks of or that nearly cover it."""
    hits: list[Hit] = []
    looked: set[str] = set()
    words = words_of(values.values)
    for name, one in SETS.items():
        named = one.entity in context.hinted
        if name not in names or not (named or one.alone):
            continue
        looked.add(one.entity)
        if named or one.covers(words):
            found = [index for index, value in enumerate(values.values) if value in one]
            hits += _wholes(values, found, name, _SET)
    if "BloodTypeRecognizer" in names:
        looked.add("BLOOD_TYPE")
        found = blood_types(values.values, named="BLOOD_TYPE" in context.hinted)
        hits += _wholes(values, found, "BloodTypeRecognizer", _SET)
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
