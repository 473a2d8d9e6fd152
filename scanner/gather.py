"""From batches of a sample to the distinct values of each field, with their counts.

Memory is bounded whatever the size of an asset. The cells of a field are held as Arrow arrays and
reduced to distinct values every 30,000 cells; a field whose distinct values outgrow their bounds is
handed on as a part, and begins anew. So a field of few distinct values, and every field of a usual
sample, is one part; the parts of the others are added up by whoever looks at them.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from scanner.keyvalue import Spreader
from scanner.model import Asset, Column, Detector, Field, Kind, Sample, Values, decode
from scanner.names import personal_words

if TYPE_CHECKING:
    import pyarrow as pa

_MESSAGES = frozenset({Kind.MESSAGE})
_ARRAY = 1024  # bytes that an Arrow array takes beside its data


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is held of the fields of one asset before a part is handed on."""

    values: int = 30_000  # distinct values of a field; also cells between two reductions
    bytes: int = 8 * 1024 * 1024  # of the distinct values of a field
    total: int = 32 * 1024 * 1024  # bytes of all fields


@dataclass(slots=True)
class _Held:
    """What is held of one field: distinct values with counts, and cells not yet reduced."""

    field: Field
    distinct: Any = dataclasses.field(default=None, repr=False)  # pa.StringArray
    counts: Any = dataclasses.field(default=None, repr=False)  # np.ndarray of int64
    pieces: list[Any] = dataclasses.field(default_factory=list, repr=False)
    cells: int = 0  # in the pieces
    bytes: int = 0  # of distinct values and pieces
    nulls: int = 0
    told: bool = False  # a part was handed on
    raw: set[str] = dataclasses.field(default_factory=set, repr=False)  # names in the store

    def add(self, array: "pa.Array") -> None:
        """Hold cells of one batch."""
        import pyarrow as pa

        self.pieces.append(array if array.type == pa.string() else array.cast(pa.string()))
        self.cells += len(array)
        self.bytes += array.nbytes + _ARRAY

    def reduce(self) -> None:
        """Turn the cells held into distinct values; null and blank cells are counted apart."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        if not self.pieces:
            return
        found = pc.value_counts(pa.chunked_array(self.pieces, pa.string()))
        values, counts = found.field(0), found.field(1).to_numpy()
        blank = pc.or_kleene(pc.is_null(values), pc.equal(pc.utf8_trim_whitespace(values), ""))
        empty = pc.fill_null(blank, True).to_numpy(zero_copy_only=False)
        if empty.any():
            self.nulls += int(counts[empty].sum())
            values, counts = values.filter(pa.array(~empty)), counts[~empty]
        if self.distinct is not None and len(self.distinct):
            both = pa.chunked_array([self.distinct, values]).combine_chunks().dictionary_encode()
            weights = np.concatenate([self.counts, counts])
            values = both.dictionary
            counts = np.zeros(len(values), dtype=np.int64)
            np.add.at(counts, both.indices.to_numpy(), weights)
        self.distinct, self.counts = values, counts
        self.pieces, self.cells, self.bytes = [], 0, values.nbytes + _ARRAY

    def widen(self, kind: Kind) -> None:
        """Follow a field that turns out to hold more than its first batch showed."""
        if kind is not self.field.kind and not {kind, self.field.kind} & _MESSAGES:
            both = {kind, self.field.kind}
            self.field = replace(self.field, kind=Kind.TEXT if Kind.TEXT in both else kind)

    def over(self, bounds: Bounds) -> bool:
        """Tell whether the field must be handed on: reduced, it is over half of a bound."""
        if self.cells < bounds.values and self.bytes < bounds.bytes:
            return False
        self.reduce()
        return len(self.distinct) * 2 > bounds.values or self.bytes * 2 > bounds.bytes

    def take(self, cut: int, *, last: bool) -> Values:
        """Hand on what is held, sorted, and begin anew."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        self.reduce()
        array, counts = self.distinct, self.counts
        if array is None:
            array, counts = pa.array([], pa.string()), np.zeros(0, dtype=np.int64)
        order = pc.array_sort_indices(array)
        array, counts = array.take(order), counts[order.to_numpy()].astype(np.int64)
        nulls, self.nulls = self.nulls, 0
        partial, self.told = self.told or not last, True
        self.distinct, self.counts, self.bytes = None, None, 0
        texts = tuple(array.to_pylist())
        return Values(
            self.field, texts, counts, int(counts.sum()), nulls, cut, array, partial=partial
        )


class Gatherer:
    """Reads a sample into parts of its fields. Keys that are personal data collapse to ``{}``."""

    def __init__(
        self, sample: Sample, asset: Asset, detector: Detector, bounds: Bounds | None = None
    ) -> None:
        self._sample = sample
        self._asset = asset
        self._detector = detector
        self._bounds = bounds or Bounds()
        self._known = {f.name for f in asset.fields}
        self._held: dict[str, _Held] = {}
        self._by_raw: dict[str, _Held] = {}
        self._cut: dict[str, int] = {}  # cells cut at the limit that a part has told of

    @property
    def order(self) -> tuple[str, ...]:
        """The names of the fields in the order first seen."""
        return tuple(self._held)

    def parts(self) -> Iterator[tuple[Values, bool]]:
        """Yield the parts of all fields, each with whether it is the field's last.

        Every field has a last part, which may be empty. Only one part is alive at a time, if the
        caller keeps none. Raise StoreError when the store fails in a way that its sample does not
        note as a gap.
        """
        total = 0
        spreader = Spreader.of(self._asset)
        for batch in self._sample.batches:
            for column in spreader.columns(batch):
                held = self._of(column)
                for piece in _slices(column.values, self._bounds.values):
                    before = held.bytes
                    held.add(piece)
                    if held.over(self._bounds):
                        yield self._take(held)
                    total += held.bytes - before
            if total >= self._bounds.total:
                yield from self._relieve()
                total = sum(held.bytes for held in self._held.values())
        for held in self._held.values():
            yield self._take(held, last=True)

    def fields(self) -> tuple[Field, ...]:
        """The fields as sampled, then those of the catalogue that no row showed."""
        seen = set(self._held)
        nested = {name.split(".")[0] for name in seen}
        rest = tuple(f for f in self._asset.fields if f.name not in seen and f.name not in nested)
        return tuple(held.field for held in self._held.values()) + rest

    def _of(self, column: Column) -> _Held:
        raw = column.field.name
        held = self._by_raw.get(raw)
        if held is None:
            name = raw if raw in self._known else collapse(raw, self._detector)
            held = self._held.get(name)
            if held is None:
                held = self._held[name] = _Held(replace(column.field, name=name))
            held.raw.add(raw)
            self._by_raw[raw] = held
        held.widen(column.field.kind)
        return held

    def _take(self, held: _Held, *, last: bool = False) -> tuple[Values, bool]:
        name = held.field.name
        cut = sum(self._sample.cut.get(raw, 0) for raw in held.raw)
        values = held.take(cut - self._cut.get(name, 0), last=last)
        self._cut[name] = cut
        return values, last

    def _relieve(self) -> Iterator[tuple[Values, bool]]:
        """Reduce all fields; hand on the heaviest while they are still more than half the bound."""
        for held in self._held.values():
            held.reduce()
        total = sum(held.bytes for held in self._held.values())
        for held in sorted(self._held.values(), key=lambda h: h.bytes, reverse=True):
            if total <= self._bounds.total // 2:
                return
            total -= held.bytes
            yield self._take(held)


def _slices(array: "pa.Array", most: int) -> Iterator["pa.Array"]:
    for start in range(0, len(array), most):
        yield array if len(array) <= most else array.slice(start, most)


def collapse(name: str, detector: Detector) -> str:
    """Replace each part of a field's name that holds personal data by ``{}``."""
    return ".".join(
        "{}" if part != "{}" and _personal(decode(part), detector) else part
        for part in name.split(".")
    )


def _personal(key: str, detector: Detector) -> bool:
    return bool(detector.names(key, "key") or personal_words(key))
