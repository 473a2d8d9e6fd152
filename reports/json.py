"""The whole result as one JSON object, for programs. The format is docs/report-format.md.

Keys come in the order of the model's types, dates are ISO 8601, enumerations their values, and
what is not a number is null. A field of the model that is hidden from ``repr`` may hold values
read from a store and is never written.
"""

import dataclasses
import json
import math
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from scanner.model import Asset, AssetPlan, AssetResult, Finding, Question, ScanResult

FILENAME = "ropascan.json"

BANNER = "SYNTHETIC DATA"

# Not written, with the reason.
LEFT_OUT = {
    (Asset, "comment"): "free text by people, unread by the detectors",
    (Asset, "fields"): "the catalogue: long, and every field that matters has a holding",
    (AssetPlan, "digests"): "says which values were told apart: of no use without them",
    (AssetResult, "digests"): "personal data of this scan, in memory only",
    (Question, "words"): "the shipped tables of countries, with every spelling: long",
    (ScanResult, "schema"): "stands first",
}


def render(result: ScanResult) -> bytes:
    """Return the JSON document, ended by a line break."""
    head = {"schema": result.schema, "banner": banner(result)}
    return encode({**head, **as_object(result)}, indent=2) + b"\n"


def banner(result: ScanResult) -> str:
    """Return ``SYNTHETIC DATA`` when the data is invented, else an empty string."""
    invented = result.synthetic or any(record.synthetic for record in result.records)
    return BANNER if invented else ""


def plain(item: object) -> object:
    """Turn a part of a result into what JSON knows: dicts, lists, strings, numbers, null."""
    if isinstance(item, Enum):
        return item.value
    if dataclasses.is_dataclass(item) and not isinstance(item, type):
        return as_object(item)
    if isinstance(item, datetime | date):
        return item.isoformat()
    if isinstance(item, Mapping):
        return {str(key): plain(value) for key, value in item.items()}
    if isinstance(item, tuple | list):
        return [plain(part) for part in item]
    if isinstance(item, float):
        return round(item, 6) if math.isfinite(item) else None
    if item is None or isinstance(item, str | int):
        return item
    raise TypeError(f"{type(item).__name__} has no form in the JSON report")


def encode(item: object, indent: int | None = None) -> bytes:
    """Return UTF-8 JSON without line breaks that are not JSON's own, whatever names hold."""
    text = json.dumps(item, ensure_ascii=False, allow_nan=False, indent=indent)
    for sign in "\x85\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    # A lone surrogate becomes \udcxx, which is how JSON writes it.
    return text.encode("utf-8", "backslashreplace")


def as_object(item: Any) -> dict[str, object]:
    """Turn a part of the model into a JSON object, in the order of its fields."""
    out = {name: plain(getattr(item, name)) for name in _keys(type(item))}
    if isinstance(item, Finding):
        out["section"] = item.section
    return out


def _keys(kind: Any) -> tuple[str, ...]:
    return tuple(
        field.name
        for field in dataclasses.fields(kind)
        if field.repr and (kind, field.name) not in LEFT_OUT
    )
