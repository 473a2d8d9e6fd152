"""Where the cells of one field go: canonical text, cut at the limit, documents flattened.

Most fields are delivered as they are read. Of a sample, documents, bytes and (in SQLite) whatever
may hold another type than it declares are held until the last row, because what they are shows only
then. Of a read of every row nothing is held: what the batches before have shown is kept, so that a
field's kind only ever widens to text.
"""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from connectors import sql_text
from connectors.flatten import NOT_JSON, Shapes, flatten, is_document, parse
from connectors.sql_media import examine
from connectors.sql_types import canonical
from scanner.model import Column, Field, Kind, Sample

_BINARY = (bytes, bytearray, memoryview)
_LOOK = 64  # cells looked at together for the first one that is no document
_MEDIA = 3  # media types named of one field


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a cell is kept, and whether a field may wait for the last row."""

    cell: int  # signs
    head: int  # bytes that were asked for of a binary cell: one more than are kept
    streaming: bool = False  # every row is read: nothing waits


@dataclass(frozen=True, slots=True)
class Taken:
    """Cells as text, not cut yet."""

    texts: pa.StringArray = dataclasses.field(repr=False)
    raw: tuple[tuple[int, int], ...] = ()  # cells of bytes: their row and size
    cut: tuple[int, ...] = ()  # rows whose bytes were cut when they were made a text
    media: tuple[tuple[int, str], ...] = ()  # of cells of bytes: their row and media type

    @property
    def weights(self) -> "np.ndarray":
        """Bytes of each cell."""
        sizes = sql_text.lengths(self.texts)
        if self.raw:
            rows, weights = zip(*self.raw, strict=True)
            sizes[list(rows)] = weights
        return sizes


@dataclass(slots=True)
class Cells:
    """The cells of one field, delivered as they come unless all of them are JSON documents."""

    field: Field
    dialect: str
    limits: Limits
    sample: Sample
    arrays: list[pa.StringArray] = dataclasses.field(default_factory=list, repr=False)
    checked: int = 0  # arrays known to be null, blank or documents
    documents: bool = False  # a text was a document
    other: bool = False  # a text was none
    shapes: Shapes = dataclasses.field(default_factory=Shapes, repr=False)

    def read(self, values: Any) -> Taken:
        """Return cells (a driver's values, or its Arrow array) as text; nothing is kept yet."""
        array = values if isinstance(values, pa.Array) else sql_text.of_one_type(values)
        if array is None or pa.types.is_binary(array.type):
            return self._one_by_one(values.tolist() if array is not None else values)
        return Taken(sql_text.texts(array, self.field, self.dialect))

    def _one_by_one(self, values: Iterable[Any]) -> Taken:
        said: list[str | None] = []
        raw: list[tuple[int, int]] = []
        cut, media = [], []
        for row, value in enumerate(values):
            if isinstance(value, _BINARY):
                size = len(value)
                over = size >= self.limits.head
                head = bytes(value[: self.limits.head - 1])
                value, type_ = examine(head if over else bytes(value), cut=over)
                if over and value is not None:
                    cut.append(row)
                raw.append((row, size))
                media.append((row, type_))
            said.append(canonical(value, self.field, self.dialect))
        return Taken(strings(said), tuple(raw), tuple(cut), tuple(media))

    def keep(self, taken: Taken, start: int, stop: int) -> None:
        """Take these rows of what was read, cut at the limit."""
        array, over = sql_text.cut(taken.texts.slice(start, stop - start), self.limits.cell)
        over += sum(start <= row < stop for row in taken.cut)
        if over:
            self.sample.cut[self.field.name] = self.sample.cut.get(self.field.name, 0) + over
        self.arrays.append(array)

    def flush(self, *, last: bool) -> list[Column]:
        """Return the columns that are ready."""
        if not self.arrays:
            return []
        if self.field.kind is Kind.TEXT and self._only_documents():
            if not self.limits.streaming and not last:
                return []
            return self._flattened()
        return [Column(self.field, self._all())]

    def _all(self) -> pa.StringArray:
        arrays, self.arrays, self.checked = self.arrays, [], 0
        return arrays[0] if len(arrays) == 1 else pa.concat_arrays(arrays)

    def _flattened(self) -> list[Column]:
        texts = self._all().tolist()
        return documents(self.field, texts, self.shapes)

    def _only_documents(self) -> bool:
        """Tell whether every text so far was a document: of a sample held, of all rows ever."""
        if not self.limits.streaming and not self.checked:
            self.documents = self.other = False
        for array in self.arrays[self.checked :]:
            if self.other:
                break
            found = _are_documents(array)
            self.documents = self.documents or bool(found)
            self.other = found is False
        self.checked = len(self.arrays)
        return self.documents and not self.other


@dataclass(slots=True)
class _Held(Cells):
    """Cells that wait for the last row, unless every row is read."""

    def flush(self, *, last: bool) -> list[Column]:
        if not self.arrays or not (last or self.limits.streaming):
            return []
        return self._ready()

    def _ready(self) -> list[Column]:
        """Documents, and arrays of PostgreSQL that it was asked for as documents."""
        return self._flattened()


@dataclass(slots=True)
class _Declared(_Held):
    """A field of SQLite that is not text: its cells may be of any type."""

    kind: Kind | None = None  # as found before, or in the batches so far

    def _ready(self) -> list[Column]:
        array = self._all()
        if self.kind is None and not sql_text.fits_all(array, self.field.kind):
            self.kind = Kind.TEXT
        kind = self.kind or self.field.kind
        if not self.limits.streaming:
            self.kind = None
        return [Column(replace(self.field, kind=kind), array)]


@dataclass(slots=True)
class _Bytes(_Held):
    """Bytes that are text are read as text; the others are named by their media type."""

    media: set[str] = dataclasses.field(default_factory=set)
    said: bool = False  # some were text

    def keep(self, taken: Taken, start: int, stop: int) -> None:
        self.media.update(media for row, media in taken.media if start <= row < stop)
        Cells.keep(self, taken, start, stop)

    def _ready(self) -> list[Column]:
        array = self._all()
        self.said = self.said or bool(pc.any(pc.greater(pc.binary_length(array), 0)).as_py())
        media = sorted(self.media)
        if len(media) > _MEDIA:
            media = [*media[:_MEDIA], "..."]
        kind = Kind.TEXT if self.said else Kind.BYTES
        held = replace(self.field, kind=kind, declared=" ".join([self.field.declared, *media]))
        found = _are_documents(array) if not self.other else False
        self.other = self.other or found is False
        if found:
            return documents(held, array.tolist(), self.shapes)
        return [Column(held, array)]


def cells_of(of: Field, dialect: str, limits: Limits, sample: Sample, *, mixed: bool) -> Cells:
    """Return where the cells of a field go.

    ``mixed``: a look at every row before reading has shown texts that are not of its kind.
    """
    if of.kind is Kind.JSON or of.declared.endswith("[]"):
        return _Held(of, dialect, limits, sample)
    if of.kind is Kind.BYTES:
        return _Bytes(of, dialect, limits, sample)
    if dialect == "sqlite" and of.kind not in (Kind.TEXT, Kind.OTHER):
        kind = Kind.TEXT if mixed else None
        return _Declared(of, dialect, limits, sample, kind=kind)
    return Cells(of, dialect, limits, sample)


def strings(values: Sequence[str | None]) -> pa.StringArray:
    """Return texts as an Arrow array; lone surrogates, which it refuses, are replaced."""
    try:
        return pa.array(values, pa.string())
    except UnicodeEncodeError:
        return pa.array([v and v.encode("utf-8", "replace").decode() for v in values], pa.string())


def documents(of: Field, texts: Sequence[str | None], shapes: Shapes) -> list[Column]:
    """Flatten documents; a text that is none stays a value of the field itself."""
    parsed = [parse(text) if text and text.strip() else None for text in texts]
    parsed = [
        text if document is NOT_JSON else document
        for text, document in zip(texts, parsed, strict=True)
    ]
    array = of.declared.endswith("[]")
    out = []
    for flat in flatten(of.name, parsed, shapes):
        kind = of.kind if array and of.kind not in (Kind.BYTES, Kind.JSON) else flat.kind
        nested = Field(flat.name, kind, of.declared, key=of.key if flat.name == of.name else "")
        out.append(Column(nested, strings(flat.rows)))
        if flat.more:
            out.append(Column(nested, strings(flat.more)))
    return out


def _are_documents(array: pa.StringArray) -> bool | None:
    """Tell whether all texts of an array are documents; null without any text."""
    found = None
    for at in range(0, len(array), _LOOK):
        for text in array.slice(at, _LOOK).tolist():
            if text and text.strip():
                if not is_document(text):
                    return False
                found = True
    return found
