"""Reads of every row, by ADBC and by SQLAlchemy, to be compared."""

import math
from collections.abc import Iterator

import pytest

from connectors import adbc
from connectors.sql import SqlConnector
from scanner.model import Asset, Budget, Column, Kind, Sample

ALL = Budget(rows=None, bytes=None, seconds=math.inf)
Read = dict[str, tuple[set[Kind], list[str | None]]]


def needs_adbc() -> None:
    pytest.importorskip("adbc_driver_manager")
    pytest.importorskip("adbc_driver_sqlite")
    pytest.importorskip("adbc_driver_postgresql")


def read(store: SqlConnector, asset: Asset, budget: Budget = ALL) -> tuple[Sample, Read]:
    sample = store.read(asset, budget)
    cells: Read = {}
    for column in columns(sample):
        kinds, values = cells.setdefault(column.field.name, (set(), []))
        kinds.add(column.field.kind)
        values += column.values.to_pylist()
    return sample, cells


def columns(sample: Sample) -> Iterator[Column]:
    for batch in sample.batches:
        yield from batch


def both(store: SqlConnector, asset: Asset, budget: Budget = ALL) -> tuple[Sample, Read]:
    """Read by ADBC and by SQLAlchemy; they must be equal."""
    needs_adbc()
    with pytest.MonkeyPatch.context() as patch:
        used: list[str] = []
        plain = adbc.ArrowRows.__init__

        def noted(self: adbc.ArrowRows, *args: object) -> None:
            used.append("arrow")
            plain(self, *args)  # type: ignore[arg-type]

        patch.setattr(adbc.ArrowRows, "__init__", noted)
        arrow, by_arrow = read(store, asset, budget)
        assert used
        patch.setattr(adbc, "installed", lambda _: False)
        other, by_session = read(store, asset, budget)
        assert len(used) == 1
    assert by_arrow == by_session
    assert (arrow.rows, arrow.bytes, arrow.cut, arrow.method) == (
        other.rows,
        other.bytes,
        other.cut,
        other.method,
    )
    assert (arrow.population, arrow.counted, arrow.gaps) == (
        other.population,
        other.counted,
        other.gaps,
    )
    return arrow, by_arrow
