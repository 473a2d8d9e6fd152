"""Assets of keys and values are read key by key; settings and other pairs of fields are not."""

import pyarrow as pa
import pytest

from scanner.gather import Gatherer
from scanner.keyvalue import Spreader, pair
from scanner.model import Asset, Column, Field, Kind, Sample

PAIRS = [
    (("umeta_id", "user_id", "meta_key", "meta_value"), ("meta_key", "meta_value")),
    (("id", "name", "value"), ("name", "value")),
    (("attribute_name", "attribute_value", "label"), ("attribute_name", "attribute_value")),
    (("Schluessel", "Wert"), None),  # "schluessel" is folded by no rule here
    (("schlussel", "wert"), ("schlussel", "wert")),
    (("key", "value", "old_value"), None),
    (("name", "market_value"), ("name", "market_value")),  # its keys decide
    (("first_name", "last_name", "value"), None),
    (("value",), None),
    (("key", "note"), None),
]


def _asset(*names, kind=Kind.TEXT):
    return Asset("sqlite://s/t", "s", "sqlite", fields=tuple(Field(name, kind) for name in names))


@pytest.mark.parametrize(("names", "expected"), PAIRS)
def test_the_names_of_the_fields_say_which_are_keys_and_values(names, expected):
    assert pair(_asset(*names)) == expected


def test_numbers_are_no_values_of_keys():
    assert pair(_asset("name", "value", kind=Kind.NUMBER)) is None


def _batch(rows):
    keys, values = zip(*rows, strict=True)
    return (
        Column(Field("id"), pa.array([str(n) for n in range(len(rows))], pa.string())),
        Column(Field("meta_key"), pa.array(keys, pa.string())),
        Column(Field("meta_value"), pa.array(values, pa.string())),
    )


def _spread(*batches):
    spreader = Spreader.of(_asset("id", "meta_key", "meta_value"))
    out = {}
    for rows in batches:
        for column in spreader.columns(_batch(rows)):
            out.setdefault(column.field.name, []).extend(column.values.to_pylist())
    return out


ROWS = [("city", "Lyon"), ("phone", "1"), ("city", "Paris"), ("phone", "2"), (None, "x")]


def test_each_key_becomes_a_field():
    found = _spread(ROWS, [("city", "Nice"), ("a.b", "late"), ("<script>", "y"), ("phone", None)])
    assert found["meta_value.city"] == ["Lyon", "Paris", "Nice"]
    assert found["meta_value.phone"] == ["1", "2", None]
    assert found["meta_value"] == ["x", "y"]
    assert found["meta_value.a%2Eb"] == ["late"]
    assert found["meta_key"].count("city") == 3
    assert "meta_value.<script>" not in found


def test_no_value_is_lost():
    found = _spread(ROWS)
    values = [v for name, cells in found.items() if name.startswith("meta_value") for v in cells]
    assert sorted(values) == sorted(value for _, value in ROWS)


UNSPREAD = {
    "settings, each key once": [(f"option {n}", str(n)) for n in range(30)],
    "one key only": [("city", str(n)) for n in range(30)],
    "keys that are data": [(f"k{n % 300}", str(n)) for n in range(900)],
}


@pytest.mark.parametrize("case", UNSPREAD)
def test_other_pairs_stay_as_they_are(case):
    found = _spread(UNSPREAD[case])
    assert set(found) == {"id", "meta_key", "meta_value"}
    assert found["meta_value"] == [value for _, value in UNSPREAD[case]]


class _KnowsMarie:
    def names(self, text, kind):
        return (object(),) if "marie" in text and kind == "key" else ()


def test_a_key_that_names_somebody_is_not_shown():
    rows = [("marie", "1"), ("city", "Lyon")] * 20
    sample = Sample(iter([_batch(rows)]))
    gatherer = Gatherer(sample, _asset("id", "meta_key", "meta_value"), _KnowsMarie())
    names = {values.field.name for values, _ in gatherer.parts()}
    assert {"meta_value.city", "meta_value.{}"} <= names
    assert not any("marie" in name for name in names)
