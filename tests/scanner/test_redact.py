from hypothesis import given
from hypothesis import strategies as st

from scanner.redact import mask, shape, shapes


def test_shape_keeps_the_form_only() -> None:
    assert shape("marie.K7@acme.fr") == "aaaaa.A9@aaaa.aa"


def test_long_shapes_are_cut() -> None:
    assert shape("x" * 50) == "a" * 40 + "…"


@given(st.text(alphabet=st.characters(categories=("L", "N")), min_size=1))
def test_no_letter_or_digit_survives(value: str) -> None:
    assert set(shape(value)) <= set("aA9?…")


def test_mask_replaces_spans_and_nothing_else() -> None:
    assert mask("cv_marie.pdf", [(3, 8)]) == "cv_aaaaa.pdf"


def test_overlapping_spans_are_masked_once() -> None:
    assert mask("abcdef", [(1, 4), (2, 5)]) == "aaaaaf"


@given(st.lists(st.text(max_size=60)))
def test_shapes_of_many_are_those_of_each(values: list[str]) -> None:
    assert shapes(values) == [shape(value) for value in values]
