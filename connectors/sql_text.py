"""Canonical text of whole columns: Arrow's casts where they give what :func:`canonical` gives.

Everything here equals :func:`connectors.sql_types.canonical` cell by cell; a column whose cells
are not of one type, or of a type without an equal cast, goes through it one cell at a time.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from connectors.sql_types import canonical, float_text
from scanner.model import Field, Kind

_ARROW = {int: pa.int64(), float: pa.float64(), bool: pa.bool_(), str: pa.string()}
_INSTANT = r"^([0-9]{4,}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?)"
_HOURS = _INSTANT + r"([+-][0-9]{2})( BC)?\z"  # PostgreSQL writes a zone of whole hours so
_OTHER = _INSTANT + r"([+-][0-9]{2}:[0-9]{2})?( BC)?\z"
_UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\z"
_NUMBER = r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*"
_DATED = r"[0-9\s:./,+-]*(?:[TZ][0-9\s:./,+-]*){0,2}"
_HEX = "[0-9a-fA-F{}-]"
_TRUTH = "0|1|f|false|n|no|off|on|t|true|y|yes"
_FITTING = {
    Kind.INTEGER: _NUMBER,
    Kind.NUMBER: _NUMBER,
    Kind.BOOLEAN: rf"(?i:\s*(?:{_TRUTH})\s*)",
    Kind.DATE: _DATED,
    Kind.TIMESTAMP: _DATED,
    Kind.TIME: _DATED,
    Kind.UUID: f"(?:{_HEX}{{32}}|{_HEX}{{36}}|{_HEX}{{38}})",
}


def of_one_type(values: Sequence[Any]) -> pa.Array | None:
    """Return cells as an Arrow array when all are null or of one plain type, else ``None``."""
    types = set(map(type, values))
    types.discard(type(None))
    if not types:
        return pa.nulls(len(values), pa.string())
    if len(types) > 1 or (found := types.pop()) not in _ARROW:
        return None
    try:
        return pa.array(values, _ARROW[found])
    except (OverflowError, pa.ArrowInvalid, UnicodeEncodeError):
        return None  # integers beyond 64 bits, lone surrogates


def texts(array: pa.Array, of: Field, dialect: str) -> pa.StringArray:
    """Return the canonical text of an array from :func:`of_one_type` or of a driver's."""
    kind = array.type
    if pa.types.is_integer(kind):
        return _integers(array, of)
    if pa.types.is_floating(kind):
        return pa.array(
            [None if cell is None else float_text(cell) for cell in array.tolist()], pa.string()
        )
    if pa.types.is_string(kind):
        return _strings(array, of, dialect)
    return array.cast(pa.string())


def _integers(array: pa.Array, of: Field) -> pa.StringArray:
    out = array.cast(pa.string())
    if of.kind is not Kind.BOOLEAN:
        return out
    out = pc.if_else(pc.equal(array, 0), "false", out)
    return pc.if_else(pc.equal(array, 1), "true", out)


def _strings(array: pa.StringArray, of: Field, dialect: str) -> pa.StringArray:
    if of.kind is Kind.TIMESTAMP:
        array = pc.replace_substring_regex(array, _HOURS, r"\1T\2\3:00\4")
        return pc.replace_substring_regex(array, _OTHER, r"\1T\2\3\4")
    if of.kind is Kind.INET:
        array = pc.replace_substring_regex(array, r"^([^:]*)/32\z", r"\1")
        return pc.replace_substring_regex(array, r"(?s)^(.*:.*)/128\z", r"\1")
    if of.kind is Kind.UUID and not _all(array, _UUID):
        cells = [None if cell is None else canonical(cell, of, dialect) for cell in array.tolist()]
        return pa.array(cells, pa.string())
    return array


def floats_of(array: pa.StringArray, of: Field, dialect: str) -> pa.StringArray:
    """Return the canonical text of numbers with a binary fraction that a store wrote as text."""
    coded = array.dictionary_encode()
    said = [canonical(float(cell), of, dialect) for cell in coded.dictionary.tolist()]
    return pa.array(said, pa.string()).take(coded.indices)


def valid(array: pa.StringArray) -> pa.StringArray:
    """Return a driver's texts with what is not UTF-8 replaced, as the other drivers do."""
    try:
        array.validate(full=True)
    except pa.ArrowInvalid:
        raw = array.cast(pa.binary()).tolist()
        cells = [None if cell is None else cell.decode("utf-8", "replace") for cell in raw]
        return pa.array(cells, pa.string())
    return array


def cut(array: pa.StringArray, limit: int) -> tuple[pa.StringArray, int]:
    """Cut texts at ``limit`` signs; return them and how many were longer."""
    if total_bytes(array) <= limit or int(lengths(array).max(initial=0)) <= limit:
        return array, 0
    over = pc.sum(pc.greater(pc.utf8_length(array), limit)).as_py() or 0
    return (pc.utf8_slice_codeunits(array, 0, limit), over) if over else (array, 0)


def lengths(array: pa.StringArray) -> "np.ndarray":
    """Return the bytes of each text; 0 for null."""
    return np.diff(_offsets(array))


def total_bytes(array: pa.StringArray) -> int:
    """Return the bytes of all texts."""
    places = _offsets(array)
    return int(places[-1] - places[0])


def _offsets(array: pa.StringArray) -> "np.ndarray":
    """Where each text begins and the last one ends; Arrow gives nulls no length."""
    buffer = array.buffers()[1]
    if buffer is None or not len(array):
        return np.zeros(len(array) + 1, dtype=np.int32)
    every = np.frombuffer(buffer, dtype=np.int32)
    return every[array.offset : array.offset + len(array) + 1]


def fits_all(array: pa.StringArray, kind: Kind) -> bool:
    """Tell whether all texts found in a field of SQLite are of the kind the field declares.

    SQLite stores what it is given: an address in an INTEGER column is a text all the same. Nulls
    and empty texts fit everything.
    """
    pattern = _FITTING.get(kind)
    return pattern is None or _all(array, rf"^(?:{pattern})?\z")


def _all(array: pa.StringArray, pattern: str) -> bool:
    return bool(pc.all(pc.match_substring_regex(array, pattern)).as_py() is not False)
