"""The boundary of a worker: whatever a store does becomes a gap, told by type and place only."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from fakes import AnsweringConnector, FakeDetector

from scanner.config import Config, Sampling
from scanner.errors import ConfigError, StoreError
from scanner.model import AssetPlan, Connector, Depth, Explains, GapReason, Source, field_name
from scanner.worker import Worker, explain, list_source, read_asset

PATH = "fake://crm/users"
SECRET = "marie@acme.fr"


class FakeWorker(Worker):
    """A worker whose only store and detector are fakes."""

    def __init__(self, connector: Connector, sampling: Sampling | None = None) -> None:
        config = Config(sources=(Source("crm", path="x"),), sampling=sampling or Sampling())
        super().__init__(config, "ropascan test", ())
        self._detector = FakeDetector()  # type: ignore[assignment]
        self.connector = connector
        self.opened = 0

    def store(self, name: str) -> Connector:
        if name not in self._stores:
            self.opened += 1
            self._stores[name] = self.connector
            self._until.setdefault(name, self._clock() + self._config.sampling.most_source_seconds)
        return self._stores[name]

    @staticmethod
    def _clock() -> float:
        import time

        return time.monotonic()


def connector(**settings: object) -> AnsweringConnector:
    return AnsweringConnector({PATH: {"email": [SECRET] * 30}}, **settings)  # type: ignore[arg-type]


def unit(worker: Worker) -> AssetPlan:
    return AssetPlan(list_source(worker, "crm").listing.assets[0], Depth.CONTENT, "default")


def test_an_unforeseen_error_of_a_store_is_a_gap_without_its_text() -> None:
    store = connector(fail={PATH: RuntimeError(SECRET)})
    worker = FakeWorker(store)
    (gap,) = read_asset(worker, unit(worker)).gaps
    assert gap.reason is GapReason.CRASHED
    assert "RuntimeError" in gap.detail
    assert SECRET not in gap.detail
    assert store.closed


def test_after_a_failure_the_store_is_opened_again() -> None:
    worker = FakeWorker(connector(fail={PATH: RuntimeError()}))
    planned = unit(worker)
    read_asset(worker, planned)
    worker.connector = connector()
    assert read_asset(worker, planned).holdings
    assert worker.opened == 2


def failing(error: Exception) -> Callable[[], object]:
    def assets() -> object:
        raise error

    return assets


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (StoreError("it is down; start it", "unreachable"), GapReason.UNREACHABLE),
        (ValueError(SECRET), GapReason.CRASHED),
    ],
)
def test_a_source_that_cannot_be_listed_is_one_gap(error: Exception, reason: GapReason) -> None:
    store = connector()
    store.assets = failing(error)  # type: ignore[method-assign, assignment]
    listed = list_source(FakeWorker(store), "crm")
    assert not listed.reached
    assert [gap.reason for gap in listed.listing.gaps] == [reason]
    assert SECRET not in repr(listed)


def test_a_mistake_of_the_user_is_no_gap() -> None:
    store = connector()
    store.assets = failing(ConfigError("no such thing"))  # type: ignore[method-assign, assignment]
    with pytest.raises(ConfigError):
        list_source(FakeWorker(store), "crm")


def test_an_asset_that_is_gone_is_a_gap() -> None:
    worker = FakeWorker(connector())
    planned = unit(worker)
    gone = replace(planned, asset=replace(planned.asset, path="fake://crm/gone"))
    assert [gap.reason for gap in read_asset(worker, gone).gaps] == [GapReason.UNREADABLE]


def test_a_source_whose_time_is_over_is_a_gap_for_what_is_left() -> None:
    worker = FakeWorker(connector(), Sampling(source_seconds=-1))
    assert [gap.reason for gap in read_asset(worker, unit(worker)).gaps] == [GapReason.BUDGET]


class Explaining(AnsweringConnector):
    """Shows a statement that names its asset."""

    def statements(self, asset: object, *_: object) -> tuple[str, ...]:
        return (f'SELECT * FROM "{asset.path}"',)  # type: ignore[attr-defined]


def test_a_statement_that_would_show_a_hidden_name_is_counted_only() -> None:
    plain = Explaining({PATH: {"email": ["x"]}})
    assert isinstance(plain, Explains)
    worker = FakeWorker(plain)
    assert explain(worker, unit(worker)) == (f'SELECT * FROM "{PATH}"',)
    hidden = FakeWorker(Explaining({f"fake://crm/{SECRET}": {"email": ["x"]}}))
    assert explain(hidden, unit(hidden)) == (
        "-- 1 statement(s) on fake://crm/aaaaa@aaaa.aa, whose names are hidden",
    )
    column = FakeWorker(Explaining({PATH: {field_name(SECRET): ["x"]}}))
    (said,) = explain(column, unit(column))
    assert said == f"-- 1 statement(s) on {PATH}, whose names are hidden"
