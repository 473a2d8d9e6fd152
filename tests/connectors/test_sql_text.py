"""Whole columns become the same text as cell by cell."""

import math

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import sql_text
from connectors.sql_types import canonical
from scanner.model import Field, Kind

DIALECTS = ("sqlite", "postgresql", "mysql")
TELLING = [
    "2024-01-31 10:00:00",
    "2024-01-31 10:00:00.123+02",
    "2024-01-31 10:00:00+05:30",
    "2024-01-31T10:00:00Z",
    "0044-03-15 10:00:00+00 BC",
    "12024-01-31 10:00:00",
    "2024-01-31 10:00:00+02\n",
    "10.0.0.1/32",
    "::1/128",
    "10.0.0.0/8",
    "C0FFEE00-0000-4000-8000-000000000001",
    "c0ffee00000040008000000000000001",
    "{c0ffee00-0000-4000-8000-000000000001}",
    "é😀",
    "",
]
texts = st.none() | st.text(max_size=12) | st.sampled_from(TELLING)
integers = st.none() | st.integers(-2, 2) | st.integers()
floats = st.none() | st.floats()
columns = st.one_of(
    st.lists(texts, max_size=6),
    st.lists(integers, max_size=6),
    st.lists(floats, max_size=6),
    st.lists(st.none() | st.booleans(), max_size=6),
)


@given(columns, st.sampled_from(Kind), st.sampled_from(DIALECTS))
def test_columns_equal_cells(values: list[object], kind: Kind, dialect: str) -> None:
    field = Field("f", kind)
    array = sql_text.of_one_type(values)
    if array is None:  # goes through the cells one by one anyway
        return
    expected = [canonical(value, field, dialect) for value in values]
    found = sql_text.texts(array, field, dialect)
    assert found.type == pa.string()
    assert found.to_pylist() == expected


@pytest.mark.parametrize("kind", list(Kind))
def test_texts_that_tell_equal_cells(kind: Kind) -> None:
    field = Field("f", kind)
    found = sql_text.texts(pa.array(TELLING), field, "postgresql")
    assert found.to_pylist() == [canonical(value, field, "postgresql") for value in TELLING]


def test_columns_of_several_types_are_left_to_the_cells() -> None:
    for values in ([1, "a"], [1, 1.0], [True, 1], [b"a"], [2**63], ["\ud800"]):
        assert sql_text.of_one_type(values) is None


FITTING = [
    (Kind.INTEGER, ["1", "-2.5", " 3 ", "1e5", "", None], True),
    (Kind.INTEGER, ["1", "1.2.3.4"], False),
    (Kind.NUMBER, ["inf"], False),
    (Kind.BOOLEAN, ["true", "0", " NO "], True),
    (Kind.BOOLEAN, ["2"], False),
    (Kind.DATE, ["2024-01-31T10:00:00Z", "20240131"], True),
    (Kind.DATE, ["31 January"], False),
    (Kind.UUID, ["c0ffee00-0000-4000-8000-000000000001"], True),
    (Kind.UUID, ["c0ffee"], False),
    (Kind.TEXT, ["anything"], True),
]


@pytest.mark.parametrize(("kind", "values", "fits"), FITTING)
def test_texts_fit_the_kind_that_is_declared(kind: Kind, values: list[str], fits: bool) -> None:
    assert sql_text.fits_all(pa.array(values, pa.string()), kind) is fits


@given(st.lists(st.none() | st.text(max_size=9), max_size=6), st.integers(1, 9))
def test_texts_are_cut_by_signs(values: list[str | None], limit: int) -> None:
    array, over = sql_text.cut(pa.array(values, pa.string()).slice(1), limit)
    assert array.to_pylist() == [value and value[:limit] for value in values[1:]]
    assert over == sum(len(value or "") > limit for value in values[1:])


def test_numbers_that_a_store_wrote_are_read_again() -> None:
    array = pa.array(["3", "1e+16", "Infinity", "NaN", None, "0.1", "3"])
    field = Field("f", Kind.NUMBER, "real")
    assert sql_text.floats_of(array, field, "postgresql").to_pylist() == [
        "3.0",
        "10000000000000000.0",
        str(math.inf),
        str(math.nan),
        None,
        "0.1",
        "3.0",
    ]
