"""Assets of keys and values: each key is read as a field of its own.

``usermeta`` keeps (user_id, meta_key, meta_value): in one field lie surnames, colours and telephone
numbers. The key says which, as a column's name does, so the values of ``billing_phone`` become the
field ``meta_value.billing_phone``.
"""

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from scanner.classify.words import bag, split
from scanner.model import Asset, Batch, Column, Field, Kind, encode

_KEYS = bag(
    """key keys name attribute attr property prop setting field param parameter item label
    schlussel merkmal eigenschaft attribut cle propriete clave propiedad atributo chiave sleutel
    kenmerk chave"""
)
_VALUES = bag("value val values wert valeur valor valore waarde")
_TEXT = frozenset({Kind.TEXT, Kind.OTHER})
_MOST = 200  # keys; an asset with more of them keeps data as keys
_REPEATED = 2  # rows for each key, on average; settings have one
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_:. -]{0,63}")


def pair(asset: Asset) -> tuple[str, str] | None:
    """Return the fields that keep keys and values, or None: by their names, both of text."""
    texts = [field for field in asset.fields if field.kind in _TEXT]
    values = [field.name for field in texts if split(field.name)[-1:] and _ends(field, _VALUES)]
    if len(values) != 1:
        return None
    stem = split(values[0])[:-1]
    keys = [field.name for field in texts if _ends(field, _KEYS) and field.name not in values]
    alike = [name for name in keys if split(name)[:-1] == stem]
    found = alike or (keys if len(keys) == 1 else [])
    return (found[0], values[0]) if len(found) == 1 else None


def _ends(field: Field, words: frozenset[str]) -> bool:
    return split(field.name)[-1:] != () and split(field.name)[-1] in words


@dataclass(slots=True)
class Spreader:
    """Spreads the values of one asset over its keys, if it is one of keys and values."""

    pair: tuple[str, str] | None
    keys: dict[str, Field] = dataclasses.field(default_factory=dict, repr=False)
    decided: bool = False

    @classmethod
    def of(cls, asset: Asset) -> "Spreader":
        """Look at the names of an asset's fields."""
        return cls(pair(asset))

    def columns(self, batch: Batch) -> Iterator[Column]:
        """Yield the columns of a batch, that of values once for each key."""
        found = {column.field.name: column for column in batch}
        if self.pair is None or not set(self.pair) <= set(found):
            yield from batch
            return
        keys, values = found[self.pair[0]], found[self.pair[1]]
        if not self.decided:
            self.decided = True
            if not _repeats(keys):
                self.pair = None
        for column in batch:
            if self.pair is not None and column is values:
                yield from self._spread(keys.values, values)
            else:
                yield column

    def _spread(self, keys: Any, column: Column) -> Iterator[Column]:
        """Yield the values of each key as a field of its own; those of other keys as they are."""
        import pyarrow as pa
        import pyarrow.compute as pc

        coded = pc.dictionary_encode(keys)
        rest = pc.is_null(keys)
        for code, key in enumerate(coded.dictionary.to_pylist()):
            here = pc.fill_null(pc.equal(coded.indices, code), False)
            if field := self._field(key, column.field):
                yield Column(field, column.values.filter(here))
            else:
                rest = pc.or_(rest, here)
        left = column.values.filter(rest)
        yield Column(column.field, left if len(left) else pa.array([], pa.string()))

    def _field(self, key: str, field: Field) -> Field | None:
        """Return the field of a key; None for what is hardly a name, or comes too late."""
        if key not in self.keys:
            if len(self.keys) >= _MOST or not _PLAIN.fullmatch(key):
                return None
            name = f"{field.name}.{encode(key, dots=True)}"
            self.keys[key] = replace(field, name=name, indexed=False)
        return self.keys[key]


def _repeats(keys: Column) -> bool:
    """Tell whether keys come again and again, as few of them as an asset has fields."""
    import pyarrow.compute as pc

    distinct: int = pc.count_distinct(keys.values, mode="only_valid").as_py()
    rows: int = len(keys.values) - keys.values.null_count
    return 1 < distinct <= _MOST and rows >= _REPEATED * distinct
