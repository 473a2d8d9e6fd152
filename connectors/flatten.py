"""JSON documents as fields: nested keys joined by dots, elements of arrays as values.

Objects that are maps (their keys are data: ids, addresses, days) would make a field of every key.
Such keys collapse to ``{}`` and become values of the field ``name.{}``, where detectors see them.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from scanner.model import Kind, field_name

DEPTH = 12  # levels; what is deeper stays JSON text
KEYS = 40  # distinct keys of one object over the sample before it may be a map
FIELDS = 1000  # fields of one document field; beyond it every object is a map
_FEW = 5  # documents below which a frequent key proves nothing
_LONG = 64

_DATA_KEY = re.compile(
    r""".+@.+
    | [+-]?[\d.,:/ ()-]*\d[\d.,:/ ()-]*              # numbers, days, telephones, addresses
    | \{?[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-.*            # UUID
    | (?=.*\d)[0-9a-fA-F]{12,}                       # digest, object id
    | (?=(?:\D*\d){3})[A-Za-z0-9_-]{22,}            # token
    | https?://.*
    """,
    re.X | re.S,
)


class _Integer(str):
    """The digits of a JSON integer, however many."""

    __slots__ = ()


class _Number(str):
    """The digits of a JSON number with a fraction or an exponent."""

    __slots__ = ()


def digits(value: int | float) -> str:
    """Return a number of another format as the number of a JSON document would be."""
    return _Integer(value) if isinstance(value, int) else _Number(repr(value))


NOT_JSON = object()
"""What :func:`parse` returns for a text that is no JSON."""


def parse(text: str) -> Any:
    """Return a JSON document, or :data:`NOT_JSON`. Numbers keep their digits."""
    try:
        return json.loads(text, parse_int=_Integer, parse_float=_Number, parse_constant=_Number)
    except (ValueError, RecursionError):
        return NOT_JSON


def is_document(text: str) -> bool:
    """Tell whether a text is a JSON object or array."""
    return text.lstrip()[:1] in ("{", "[") and parse(text) is not NOT_JSON


@dataclass(slots=True)
class Flat:
    """One field found in documents: a value or null for each row, and the further elements."""

    name: str  # encoded, with the name of the document's field before it
    rows: list[str | None] = field(repr=False)
    more: list[str] = field(default_factory=list, repr=False)
    kinds: set[Kind] = field(default_factory=set)

    @property
    def kind(self) -> Kind:
        """The kind of all values; mixed is text."""
        return self.kinds.copy().pop() if len(self.kinds) == 1 else Kind.TEXT

    def add(self, row: int, text: str, kind: Kind) -> None:
        """Take a value: the first of a row has its place, others follow."""
        self.kinds.add(kind)
        if self.rows[row] is None:
            self.rows[row] = text
        else:
            self.more.append(text)


_Nodes = list[tuple[int, Any]]


@dataclass(slots=True)
class Shapes:
    """What the documents seen so far had in common, for documents that come in several batches.

    An object that was a map stays one, and a field's kind only ever widens. Bounded: an object
    keeps counting its keys only while they are structure.
    """

    maps: set[str] = field(default_factory=set)
    keys: dict[str, Counter[str]] = field(default_factory=dict, repr=False)  # by object
    objects: dict[str, int] = field(default_factory=dict)  # how many of each were seen
    kinds: dict[str, set[Kind]] = field(default_factory=dict)  # by field

    def is_map(self, name: str, objects: Sequence[dict[str, Any]], fields: int) -> bool:
        """Tell whether the keys of an object are data, not structure.

        So they are when they are many and most objects lack most of them.
        """
        if name in self.maps:
            return True
        if max(fields, len(self.kinds)) > FIELDS:
            return True
        counts = self.keys.setdefault(name, Counter())
        counts.update(key for keys in objects for key in keys)
        seen = self.objects[name] = self.objects.get(name, 0) + len(objects)
        if len(counts) <= KEYS:
            return False
        if seen >= _FEW and counts.total() >= 0.5 * len(counts) * seen:
            return False
        self.maps.add(name)
        del self.keys[name]
        return True

    def widen(self, flat: Flat) -> None:
        """Give a field the kinds it had in earlier batches too."""
        flat.kinds = self.kinds[flat.name] = flat.kinds | self.kinds.get(flat.name, set())


def flatten(name: str, documents: Sequence[Any], shapes: Shapes | None = None) -> list[Flat]:
    """Return the fields of the documents of one field, sorted; ``None`` is a row without document.

    ``name`` is the encoded name of the field. There is always at least one field back: the field
    itself, all null, when the documents hold nothing. ``shapes`` is handed from batch to batch
    where the documents do not come at once.
    """
    found: dict[str, Flat] = {}
    shapes = shapes or Shapes()
    nodes = [(row, document) for row, document in enumerate(documents) if document is not None]
    _walk(name, nodes, 0, found, len(documents), shapes)
    if not found:
        found[name] = Flat(name, [None] * len(documents))
    for flat in found.values():
        shapes.widen(flat)
    return [found[key] for key in sorted(found)]


def _walk(
    name: str, nodes: _Nodes, depth: int, found: dict[str, Flat], rows: int, shapes: Shapes
) -> None:
    objects: list[tuple[int, dict[str, Any]]] = []
    for row, value in _elements(nodes):
        if isinstance(value, dict) and depth < DEPTH:
            objects.append((row, value))
        elif value is not None:
            text, kind = _leaf(value)
            found.setdefault(name, Flat(name, [None] * rows)).add(row, text, kind)
    if not objects:
        return
    all_keys = shapes.is_map(name, [keys for _, keys in objects], len(found))
    children: dict[str, _Nodes] = {}
    for row, mapping in objects:
        for key, value in mapping.items():
            part = "{}" if all_keys or _is_data(key) else key
            child = f"{name}.{field_name(part)}"
            if part == "{}":
                found.setdefault(child, Flat(child, [None] * rows)).add(row, _clean(key), Kind.TEXT)
            children.setdefault(child, []).append((row, value))
    for child, nested in children.items():
        _walk(child, nested, depth + 1, found, rows, shapes)


def _elements(nodes: _Nodes) -> Iterator[tuple[int, Any]]:
    """Yield the values of nodes, arrays (and arrays in them) as their elements."""
    for row, value in nodes:
        if not isinstance(value, list):
            yield row, value
            continue
        stack = [iter(value)]
        while stack:
            for element in stack[-1]:
                if isinstance(element, list):
                    stack.append(iter(element))
                    break
                yield row, element
            else:
                stack.pop()


def _is_data(key: str) -> bool:
    return len(key) > _LONG or _DATA_KEY.fullmatch(key) is not None


def _leaf(value: Any) -> tuple[str, Kind]:
    if isinstance(value, bool):
        return ("true" if value else "false"), Kind.BOOLEAN
    if isinstance(value, _Integer):
        return str(value), Kind.INTEGER
    if isinstance(value, _Number):
        return _plain(value), Kind.NUMBER
    if isinstance(value, str):
        return _clean(value), Kind.TEXT
    try:
        return _clean(json.dumps(value, ensure_ascii=False)), Kind.TEXT
    except RecursionError:
        return "", Kind.TEXT


def _plain(number: str) -> str:
    if "e" not in number.lower():
        return str(number)
    try:
        exact = Decimal(number)
    except InvalidOperation:
        return str(number)
    return format(exact, "f") if -30 < exact.adjusted() < 30 else str(number)


def _clean(text: str) -> str:
    r"""Replace lone surrogates, which ``"\ud800"`` may give and UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
