"""From rows of a store to batches of a sample: canonical text, counted and bounded.

Most fields are delivered as they are read. Documents, bytes and (in SQLite) whatever may hold
another type than it declares are held until the last row, because what they are shows only then.
"""

import dataclasses
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import pyarrow as pa

from connectors.flatten import NOT_JSON, flatten, is_document, parse
from connectors.sampling import Draw
from connectors.sql_media import examine
from connectors.sql_target import cut_limits
from connectors.sql_types import canonical, fits
from scanner.errors import StoreError
from scanner.model import Batch, Budget, Column, Field, Gap, GapReason, Kind, Method, Sample

_Texts = list[str | None]


class _Cells(Protocol):
    """Where the cells of one field go."""

    def add(self, value: Any) -> int:
        """Take a cell; return its weight in signs or bytes."""
        ...

    def flush(self, last: bool) -> list[Column]:
        """Return the columns that are ready."""
        ...


def column(of: Field, values: Sequence[str | None]) -> Column:
    """Return values as a column; lone surrogates, which Arrow refuses, are replaced."""
    try:
        array = pa.array(values, pa.string())
    except UnicodeEncodeError:
        array = pa.array([v and v.encode("utf-8", "replace").decode() for v in values], pa.string())
    return Column(of, array)


@dataclass(slots=True)
class _Plain:
    """Cells delivered as they come, unless all of them are JSON documents."""

    field: Field
    dialect: str
    limit: int
    head: int
    sample: Sample
    texts: _Texts = dataclasses.field(default_factory=list)
    checked: int = 0  # texts known to be null, blank or documents
    documents: bool = False  # everything so far was a document: wait for the others

    def add(self, value: Any) -> int:
        text = self.text(value)
        self.texts.append(text)
        return len(text) if text else 0

    def text(self, value: Any) -> str | None:
        """The canonical text of a cell, cut at the limit."""
        if isinstance(value, bytes | bytearray | memoryview):
            value, _ = self.examined(bytes(value))
        text = canonical(value, self.field, self.dialect)
        if text is not None and len(text) > self.limit:
            self.cut()
            text = text[: self.limit]
        return text

    def examined(self, raw: bytes) -> tuple[str | None, str]:
        """The text of bytes, or null, and their media type."""
        over = len(raw) >= self.head
        text, media = examine(raw[: self.head - 1] if over else raw, cut=over)
        if over and text is not None:
            self.cut()
        return text, media

    def cut(self) -> None:
        """Count a cell that was cut."""
        self.sample.cut[self.field.name] = self.sample.cut.get(self.field.name, 0) + 1

    def flush(self, last: bool) -> list[Column]:
        if self.field.kind is Kind.TEXT and self._only_documents():
            return _documents(self.field, self.texts) if last else []
        texts, self.texts, self.checked, self.documents = self.texts, [], 0, False
        return [column(self.field, texts)] if texts else []

    def _only_documents(self) -> bool:
        said = [text for text in self.texts[self.checked :] if text and text.strip()]
        self.checked = len(self.texts)
        if not all(is_document(text) for text in said):
            return False
        self.documents = self.documents or bool(said)
        return self.documents


@dataclass(slots=True)
class _Held(_Plain):
    """Cells kept until the last row: documents, bytes, fields of SQLite that are not text."""

    media: set[str] = dataclasses.field(default_factory=set)

    def add(self, value: Any) -> int:
        if not isinstance(value, bytes | bytearray | memoryview):
            return _Plain.add(self, value)
        text, media = self.examined(bytes(value))
        self.media.add(media)
        self.texts.append(text)
        return len(value)

    def flush(self, last: bool) -> list[Column]:
        if not last or not self.texts:
            return []
        if self.field.kind is Kind.JSON or self.field.declared.endswith("[]"):
            return _documents(self.field, self.texts)
        if self.field.kind is Kind.BYTES:
            return self._bytes()
        said = [text for text in self.texts if text]
        if all(fits(text, self.field.kind) for text in said):
            return [column(self.field, self.texts)]
        return [column(replace(self.field, kind=Kind.TEXT), self.texts)]

    def _bytes(self) -> list[Column]:
        """Bytes that are text are read as text; the others are named by their media type."""
        said = [text for text in self.texts if text]
        media = sorted(self.media) if len(self.media) < 4 else [*sorted(self.media)[:3], "..."]
        kind = Kind.TEXT if said else Kind.BYTES
        held = replace(self.field, kind=kind, declared=" ".join([self.field.declared, *media]))
        if said and all(is_document(text) for text in said):
            return _documents(held, self.texts)
        return [column(held, self.texts)]


def _documents(of: Field, texts: _Texts) -> list[Column]:
    """Flatten documents; a text that is none stays a value of the field itself."""
    parsed = [parse(text) if text and text.strip() else None for text in texts]
    parsed = [
        text if document is NOT_JSON else document
        for text, document in zip(texts, parsed, strict=True)
    ]
    array = of.declared.endswith("[]")
    out = []
    for flat in flatten(of.name, parsed):
        kind = of.kind if array and of.kind not in (Kind.BYTES, Kind.JSON) else flat.kind
        nested = Field(flat.name, kind, of.declared, key=of.key if flat.name == of.name else "")
        out.append(column(nested, flat.rows))
        if flat.more:
            out.append(column(nested, flat.more))
    return out


class Reader:
    """Reads a draw into batches; fills the counters and gaps of its sample."""

    def __init__(
        self, sample: Sample, draw: Draw, fields: Sequence[Field], dialect: str, budget: Budget
    ) -> None:
        self._sample = sample
        self._draw = draw
        self._budget = budget
        self._until = time.monotonic() + budget.seconds
        _, head = cut_limits(budget)
        self._cells: list[_Cells] = [
            (_Held if _waits(of, dialect) else _Plain)(of, dialect, budget.cell, head, sample)
            for of in fields
        ]

    def batches(self, source: str, asset: str) -> Iterator[Batch]:
        """Yield the batches; all columns of one batch have the same length."""
        sample, ended = self._sample, False
        try:
            for rows in self._draw.rows:
                ended = self._take(rows, source, asset)
                yield from _batches(self._flush(last=False))
                if ended:
                    break
        except StoreError as error:
            ended = True
            sample.gaps.append(Gap(source, GapReason(error.reason), str(error), asset))
        finally:
            self._draw.close()
        yield from _batches(self._flush(last=True))
        if self._draw.complete:
            whole = not ended
            sample.method = Method.WHOLE if whole else Method.FIRST
            if whole:
                sample.population, sample.counted = sample.rows, True

    def _flush(self, *, last: bool) -> list[Column]:
        return [ready for cells in self._cells for ready in cells.flush(last)]

    def _take(self, rows: Sequence[Sequence[Any]], source: str, asset: str) -> bool:
        """Take rows until a bound is met; tell whether one was."""
        sample, budget = self._sample, self._budget
        for row in rows:
            if sample.rows >= budget.rows:
                return True
            weight = 0
            for cells, value in zip(self._cells, row, strict=True):
                weight += cells.add(value)
            sample.rows += 1
            sample.bytes += weight
            if sample.bytes >= budget.bytes:
                self._over(source, asset, f"{budget.bytes} bytes", "asset_bytes")
                return True
        if time.monotonic() > self._until:
            self._over(source, asset, f"{budget.seconds:g} seconds", "asset_seconds")
            return True
        return False

    def _over(self, source: str, asset: str, what: str, setting: str) -> None:
        detail = (
            f"reading stopped after {self._sample.rows} rows: the {what} allowed were used up; "
            f"raise {setting} under [sampling] to read more"
        )
        self._sample.gaps.append(Gap(source, GapReason.BUDGET, detail, asset))


def _waits(of: Field, dialect: str) -> bool:
    if of.kind in (Kind.JSON, Kind.BYTES) or of.declared.endswith("[]"):
        return True
    return dialect == "sqlite" and of.kind not in (Kind.TEXT, Kind.OTHER)


def _batches(columns: list[Column]) -> Iterator[Batch]:
    """Group columns of the same length; elements of arrays are often more than the rows."""
    by_length: dict[int, list[Column]] = {}
    for ready in columns:
        by_length.setdefault(len(ready.values), []).append(ready)
    for group in by_length.values():
        names = [ready.field.name for ready in group]
        if len(set(names)) == len(names):
            yield tuple(group)
        else:
            yield from ((ready,) for ready in group)
