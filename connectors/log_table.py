"""From sampled entries to batches: cells gathered by field, kinds settled, long cells cut."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from connectors.log_formats import PLAIN
from connectors.log_json import Object, SeenObjects, fields_of, load
from connectors.log_time import Clock
from connectors.log_types import Cell, Format, message
from scanner.model import Batch, Column, Field, Kind

_ROWS = 10_000  # of one batch
_NUMBERS = {Kind.INTEGER, Kind.NUMBER}


def parse(entry: str, format_: Format, clock: Clock) -> tuple[list[Cell], Object | None]:
    """Return the cells of an entry, or the object that it is; what fits nothing is a message.

    An object is one in a file of another format too; a line that begins with a time keeps it.
    """
    found = load(entry) if entry.startswith("{") else None
    if found is not None:
        return [], found
    cells = format_.parse(entry, clock) or PLAIN.parse(entry, clock)
    return (cells or [message(entry)]), None


@dataclass(slots=True)
class _Cells:
    """One field: a value or null for each row, then further elements of arrays."""

    rows: list[str | None] = field(repr=False)
    more: list[str] = field(default_factory=list, repr=False)
    kinds: set[Kind] = field(default_factory=set)

    def add(self, row: int, value: str | None, kind: Kind) -> None:
        if value is None:
            if not self.kinds:  # a field without any value has the kind of its format
                self.kinds.add(kind)
            return
        self.kinds.add(kind)
        if self.rows[row] is None:
            self.rows[row] = value
        else:
            self.more.append(value)

    @property
    def kind(self) -> Kind:
        if Kind.MESSAGE in self.kinds:
            return Kind.MESSAGE
        if len(self.kinds) == 1:
            return next(iter(self.kinds))
        return Kind.NUMBER if self.kinds <= _NUMBERS else Kind.TEXT


@dataclass(slots=True)
class Seen:
    """What earlier tables of the same asset have shown."""

    kinds: dict[str, set[Kind]] = field(default_factory=dict)  # by field
    objects: SeenObjects = field(default_factory=SeenObjects)


class Table:
    """Gathers parsed entries; gives batches whose columns have the same length.

    ``seen`` is handed from table to table where the entries do not come at once.
    """

    def __init__(self, rows: int, limit: int, seen: Seen | None = None) -> None:
        self._limit, self._size = limit, rows
        self._seen = seen or Seen()
        self._fields: dict[str, _Cells] = {}
        self._objects: list[Object | None] = [None] * rows
        self._next = 0
        self.cut: dict[str, int] = {}  # cells cut, by field

    def add(self, entry: str, format_: Format, clock: Clock, *, short: bool) -> None:
        """Take one entry; ``short`` says that its end was cut off while it was read."""
        cells, found = parse(entry, format_, clock)
        row, self._next = self._next, self._next + 1
        self._objects[row] = found
        for cell in cells:
            self._put(cell.name, row, cell.value, cell.kind)
        if short and cells:
            last = cells[-1].name
            self.cut[last] = self.cut.get(last, 0) + 1

    def _put(self, name: str, row: int, value: str | None, kind: Kind) -> None:
        if name not in self._fields:
            kinds = self._seen.kinds.setdefault(name, set())
            self._fields[name] = _Cells([None] * self._size, kinds=kinds)
        if value is not None and len(value) > self._limit:
            value = value[: self._limit]
            self.cut[name] = self.cut.get(name, 0) + 1
        self._fields[name].add(row, value, kind)

    def batches(self, clock: Clock) -> Iterator[Batch]:
        """Flatten the objects and yield everything, the fields in order of their names."""
        if any(found is not None for found in self._objects):
            for flat in fields_of(self._objects, clock, self._seen.objects):
                for row, value in enumerate(flat.rows):
                    self._put(flat.name, row, value, flat.kind)
                for value in flat.more:
                    self._put(flat.name, 0, value, flat.kind)
        self._objects = []
        yield from _columns(self._fields, self._next)


def _columns(fields: dict[str, _Cells], rows: int) -> Iterator[Batch]:
    named = sorted(fields.items())
    for at in range(0, rows, _ROWS):
        yield tuple(_column(name, c, c.rows[at : at + _ROWS]) for name, c in named)
    lengths: dict[int, list[Column]] = {}
    for name, cells in named:
        if cells.more:
            lengths.setdefault(len(cells.more), []).append(_column(name, cells, cells.more))
    for batch in lengths.values():
        yield tuple(batch)


def _column(name: str, cells: _Cells, values: Sequence[str | None]) -> Column:
    import pyarrow as pa

    return Column(Field(name, cells.kind), pa.array(values, pa.string()))
