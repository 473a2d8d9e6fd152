"""Settings files: one row, the keys as fields.

What cannot be read as settings stays a file that is known by its name. Nothing is executed or
resolved: no interpolation, no includes, no variables.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from connectors.flatten import FIELDS, Flat, Shapes, flatten
from connectors.log_files import LogFile
from connectors.log_open import open_raw, plain
from connectors.media import ending
from connectors.settings_pairs import are_pairs, read_pairs
from connectors.settings_trees import DEPTH, YAML_BYTES, read_json, read_toml, read_xml, read_yaml
from scanner.model import (
    Asset,
    Batch,
    Budget,
    Column,
    Field,
    Gap,
    GapReason,
    Kind,
    Method,
    Sample,
)

BYTES = 1024 * 1024  # larger files are no settings

_LINES = frozenset({"ini", "cfg", "conf", "cnf", "properties", "env"})
_TREES = {
    "json": read_json,
    "toml": read_toml,
    "yaml": read_yaml,
    "yml": read_yaml,
    "xml": read_xml,
    "config": read_xml,
}
_YAML = frozenset({"yaml", "yml"})
# What tools write of packages and their authors, and what describes other files.
_NO_SETTINGS = re.compile(
    r"package(?:-lock)?\.json|composer\.(?:json|lock)|.*\.cyclonedx\.json|.*\.schema\.json|pom\.xml"
    r"|manifest\.json|tsconfig.*\.json|.*\.spdx\.json|pyproject\.toml|cargo\.toml|.*\.lock"
    r"|swagger\.(?:json|ya?ml)|openapi\.(?:json|ya?ml)",
    re.IGNORECASE,
)
_MOST_OBJECTS = 20  # in a list of JSON; more of them are data
_YES_OR_NO = frozenset({"true", "false", "yes", "no", "on", "off", "enabled", "disabled"})


def may_be_settings(file: LogFile) -> bool:
    """Tell whether a file may hold settings, by its name, size and first bytes."""
    kind = _kind(file.place.name)
    if not file.head.text or file.head.packed or file.place.size > BYTES:
        return False
    if _NO_SETTINGS.fullmatch(file.place.name):
        return False
    if kind in _YAML and file.place.size > YAML_BYTES:
        return False
    return kind in _LINES or kind in _TREES or (kind == "" and are_pairs(_text(file.head.data)))


def are_settings(file: LogFile) -> bool:
    """Tell whether a file is one of settings: it reads as such. Raise StoreError."""
    return may_be_settings(file) and bool(_flats(file))


def read_settings(file: LogFile, asset: Asset, budget: Budget) -> Sample:
    """Return the one row of a settings file; none of one that is larger than the budget.

    Raise StoreError when it cannot be opened.
    """
    if gap := too_large(file, asset, budget):
        return Sample(iter(()), Method.FIRST, 1, gaps=[gap])
    flats = _flats(file) if budget.most else []
    if not flats:
        return Sample(iter(()), Method.NONE)
    sample = Sample(iter(()), Method.WHOLE, 1, True, 1, file.place.size)
    sample.batches = _batches(flats, budget, sample.cut)
    return sample


def too_large(file: LogFile, asset: Asset, budget: Budget) -> Gap | None:
    """Return a gap for a file of which not all bytes may be read."""
    if budget.bytes is None or file.place.size <= budget.bytes:
        return None
    detail = "not read to the end; raise asset_bytes under [sampling] to read more"
    return Gap(asset.source, GapReason.BUDGET, detail, asset.path)


def content(file: LogFile, most: int) -> str:
    """Return the text of a file, at most so many bytes of it. Raise StoreError."""
    if file.head.whole:
        return _text(file.head.data[:most], file.head.encoding)
    place = file.place
    with open_raw(place.path, place.label) as raw:
        stream = plain(raw, file.head.packed, file.head.encoding, place.label)
        parts: list[bytes] = []
        left = most
        while left > 0 and (part := stream.read(min(left, 1 << 20))):
            parts.append(part)
            left -= len(part)
    return _text(b"".join(parts), file.head.encoding)


def _text(data: bytes, encoding: str = "utf-8") -> str:
    """Decode; UTF-16 was recoded to UTF-8 when the bytes were read."""
    name = "utf-8" if encoding.startswith("utf") else encoding
    return data.decode(name, "replace").removeprefix("\ufeff").replace("\0", "")


def _kind(name: str) -> str:
    """Return the ending that says how to read a file: ``.env.local`` is an env file."""
    lower = name.lower()
    if lower == ".env" or lower.startswith(".env."):
        return "env"
    return ending(lower)


def _flats(file: LogFile) -> list[Flat]:
    """Return the fields of a settings file with their values; none when it holds no settings."""
    kind, text = _kind(file.place.name), content(file, BYTES)
    tree: dict[str, Any] | None
    tree = _TREES[kind](text) if kind in _TREES else read_pairs(text, kind)
    if not tree or (kind not in _LINES and _is_data(tree, 0)):
        return []
    return [flat for flat in flatten("", [tree], _Keys()) if flat.name]


def _is_data(value: Any, depth: int) -> bool:
    """Tell whether a document lists more objects than settings do."""
    if depth > DEPTH or not isinstance(value, dict | list):
        return False
    if isinstance(value, list) and sum(isinstance(item, dict) for item in value) > _MOST_OBJECTS:
        return True
    inner = value.values() if isinstance(value, dict) else value
    return any(_is_data(item, depth + 1) for item in inner)


class _Keys(Shapes):
    """Keys of settings are names however many there are; only what looks like data is none."""

    def is_map(self, name: str, objects: Any, fields: int) -> bool:
        """Tell whether there are more keys than any settings have, below whatever ``name``."""
        del name
        keys = Counter(key for found in objects for key in found)
        return fields + len(keys) > FIELDS


def _batches(flats: list[Flat], budget: Budget, cut: dict[str, int]) -> Iterator[Batch]:
    """Yield the row, then the further elements of lists."""
    import pyarrow as pa

    def column(flat: Flat, values: list[str | None]) -> Column:
        name = flat.name.removeprefix(".")
        texts = [value and value[: budget.cell] for value in values]
        short = sum(text != value for text, value in zip(texts, values, strict=True))
        if short:
            cut[name] = cut.get(name, 0) + short
        return Column(Field(name, _kind_of(flat)), pa.array(texts, pa.string()))

    yield tuple(column(flat, flat.rows) for flat in flats)
    for flat in flats:
        if flat.more:
            yield (column(flat, list(flat.more)),)


def _kind_of(flat: Flat) -> Kind:
    """Return the kind of a field; formats without types write yes and no as words."""
    said = [text for text in (*flat.rows, *flat.more) if text]
    if flat.kind is Kind.TEXT and said and all(text.lower() in _YES_OR_NO for text in said):
        return Kind.BOOLEAN
    return flat.kind
