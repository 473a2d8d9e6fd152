"""The contract of all connectors, as tests to inherit.

A test class derives from :class:`ConnectorContract` and overrides the fixture ``store`` with a
:class:`Store`: how to open it, and how to try to write through the connector's own connection.
The store must hold at least one asset with more than 20 rows and one with an empty and a null cell
or none; nothing else is assumed.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import pyarrow as pa
import pytest

from scanner.errors import StoreError
from scanner.model import (
    Answers,
    Ask,
    Asset,
    Budget,
    Connector,
    Explains,
    GapReason,
    Method,
    Path,
    Probes,
    Question,
    Sample,
)

EVERY_ROW = Budget(rows=None, bytes=None, seconds=math.inf)


@dataclass(frozen=True)
class Store:
    """What the contract needs of a store."""

    open: Callable[[], Connector]
    gone: Callable[[Asset], Asset] | None = None  # the asset under a name that is not there
    write: Callable[[Connector], None] | None = None  # must raise; None: no way to write at all


def rows_of(sample: Sample) -> dict[str, list[str | None]]:
    """Read a sample: the cells of each field, in the order delivered."""
    cells: dict[str, list[str | None]] = {}
    for batch in sample.batches:
        assert batch
        assert len({len(column.values) for column in batch}) == 1
        assert len({column.field.name for column in batch}) == len(batch)
        for column in batch:
            assert column.values.type == pa.string()
            cells.setdefault(column.field.name, []).extend(column.values.to_pylist())
    return cells


class ConnectorContract:
    """Every connector keeps this, whatever it reads."""

    @pytest.fixture
    def store(self) -> Store:
        """Override: the store under test."""
        raise NotImplementedError

    @pytest.fixture
    def connector(self, store: Store):
        """The open connector, closed afterwards."""
        opened = store.open()
        yield opened
        opened.close()

    def largest(self, connector: Connector) -> Asset:
        """The asset with the most rows."""
        return max(connector.assets().assets, key=lambda asset: asset.population or 0)

    def test_listing_is_sorted_and_stable(self, store: Store, connector: Connector) -> None:
        first = connector.assets()
        other = store.open()
        assert other.assets() == first
        other.close()
        paths = [asset.path for asset in first.assets]
        assert paths == sorted(set(paths))
        assert paths

    def test_paths_name_the_source_and_nothing_of_the_machine(self, connector: Connector) -> None:
        for asset in connector.assets().assets:
            path = Path.parse(asset.path)
            assert (path.source, path.kind) == (asset.source, asset.kind)
            assert path.segments
            assert all(path.segments)
            assert str(path) == asset.path

    def test_field_names_are_unique(self, connector: Connector) -> None:
        for asset in connector.assets().assets:
            names = [field.name for field in asset.fields]
            assert len(names) == len(set(names))

    def test_sample_stays_within_the_rows(self, connector: Connector) -> None:
        asset = self.largest(connector)
        sample = connector.read(asset, Budget(rows=7))
        cells = rows_of(sample)
        assert cells
        assert 0 < sample.rows <= 7
        assert sample.method is not Method.WHOLE

    def test_sample_read_whole_says_so(self, connector: Connector) -> None:
        asset = self.largest(connector)
        sample = connector.read(asset, Budget(rows=100_000))
        rows_of(sample)
        assert sample.method is Method.WHOLE
        assert sample.counted
        assert sample.population == sample.rows > 20
        assert sample.bytes > 0
        assert not sample.gaps

    def test_same_seed_gives_the_same_rows(self, store: Store, connector: Connector) -> None:
        asset = self.largest(connector)
        budget = Budget(rows=10, seed=3)
        first = rows_of(connector.read(asset, budget))
        other = store.open()
        assert rows_of(other.read(asset, budget)) == first
        other.close()

    def test_bytes_end_a_read_with_a_gap(self, connector: Connector) -> None:
        asset = self.largest(connector)
        sample = connector.read(asset, Budget(rows=100_000, bytes=40))
        rows_of(sample)
        assert sample.method is not Method.WHOLE
        assert [gap.reason for gap in sample.gaps] == [GapReason.BUDGET]

    def test_every_row_is_what_a_whole_sample_is(self, connector: Connector) -> None:
        asset = self.largest(connector)
        whole = connector.read(asset, Budget(rows=100_000))
        expected = rows_of(whole)
        every = connector.read(asset, EVERY_ROW)
        cells = rows_of(every)
        assert {name: sorted(map(str, values)) for name, values in cells.items()} == {
            name: sorted(map(str, values)) for name, values in expected.items()
        }
        assert every.method is Method.WHOLE
        assert every.counted
        assert every.population == every.rows == whole.rows
        assert every.bytes > 0
        assert (every.cut, every.gaps) == (whole.cut, [])

    def test_every_row_comes_in_a_stable_order(self, store: Store, connector: Connector) -> None:
        asset = self.largest(connector)
        first = rows_of(connector.read(asset, EVERY_ROW))
        other = store.open()
        assert rows_of(other.read(asset, EVERY_ROW)) == first
        other.close()

    def test_bytes_that_were_set_end_a_read_of_every_row(self, connector: Connector) -> None:
        asset = self.largest(connector)
        sample = connector.read(asset, replace(EVERY_ROW, bytes=40))
        rows_of(sample)
        assert sample.method is not Method.WHOLE
        assert [gap.reason for gap in sample.gaps] == [GapReason.BUDGET]

    def test_a_read_of_every_row_may_be_given_up(self, connector: Connector) -> None:
        asset = self.largest(connector)
        abandoned = connector.read(asset, EVERY_ROW)
        next(iter(abandoned.batches))
        again = connector.read(asset, EVERY_ROW)
        assert rows_of(again)
        assert (again.method, again.gaps) == (Method.WHOLE, [])

    def test_long_cells_are_cut_and_counted(self, connector: Connector) -> None:
        asset = self.largest(connector)
        sample = connector.read(asset, Budget(rows=100_000, cell=2))
        cells = rows_of(sample)
        assert max(len(cell) for column in cells.values() for cell in column if cell) <= 2
        assert sum(sample.cut.values()) > 0
        assert set(sample.cut) <= set(cells) | {name.split(".")[0] for name in cells}

    def test_values_stay_out_of_reprs(self, connector: Connector) -> None:
        asset = self.largest(connector)
        sample = connector.read(asset, Budget(rows=5))
        text = repr(sample)
        batches = list(sample.batches)
        text += repr(batches) + repr(sample)
        longest = max(
            (cell for batch in batches for column in batch for cell in column.values.to_pylist()),
            key=lambda cell: len(cell or ""),
        )
        assert longest not in text

    def test_a_sample_may_be_given_up(self, connector: Connector) -> None:
        asset = self.largest(connector)
        abandoned = connector.read(asset, Budget(rows=100_000))
        next(iter(abandoned.batches))
        again = connector.read(asset, Budget(rows=5))
        assert rows_of(again)
        assert not again.gaps

    def test_missing_asset_is_our_error(self, store: Store, connector: Connector) -> None:
        if store.gone is None:
            pytest.skip("this store has no way to name what is not there")
        asset = store.gone(self.largest(connector))
        with pytest.raises(StoreError) as error:
            rows_of(connector.read(asset, Budget(rows=5)))
        assert GapReason(error.value.reason)

    def test_nothing_can_be_written(self, store: Store, connector: Connector) -> None:
        if store.write is None:
            pytest.skip("this store has no way to write")
        before = connector.assets()
        with pytest.raises(Exception, match=r"(?i)read.?only|readonly"):
            store.write(connector)
        assert connector.assets() == before

    def test_unknown_question_is_refused_and_not_guessed(self, connector: Connector) -> None:
        if not isinstance(connector, Answers):
            pytest.skip("answers no questions")
        with pytest.raises(StoreError) as error:
            connector.ask(self.largest(connector), Question(Ask.EXTREMES, "no_such_field"))
        assert error.value.reason == GapReason.NOT_MEASURED

    def test_statements_are_shown(self, connector: Connector) -> None:
        if not isinstance(connector, Explains):
            pytest.skip("shows no statements")
        asset = self.largest(connector)
        assert connector.statements(asset, Budget(rows=5), ())
        assert connector.statements(asset, EVERY_ROW, ())
        assert connector.statements(asset, Budget(rows=0), ()) == ()

    def test_probe_is_one_sentence(self, connector: Connector) -> None:
        if not isinstance(connector, Probes):
            pytest.skip("has no probe")
        said = connector.probe()
        assert said
        assert "\n" not in said

    def test_close_may_be_repeated(self, store: Store) -> None:
        opened = store.open()
        opened.assets()
        opened.close()
        opened.close()


def renamed(asset: Asset) -> Asset:
    """The asset under a name that is not there."""
    return replace(asset, path=asset.path + "_not_there")
