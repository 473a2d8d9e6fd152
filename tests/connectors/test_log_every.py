"""Every line of a log as a stream: bounded batches, kinds that only widen, bounds that hold."""

import gzip
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from contract import rows_of

from connectors import log_every
from connectors.files import FilesConnector
from scanner.model import Asset, Budget, GapReason, Kind, Method, Sample, Source

ALL = Budget(rows=None, bytes=None, seconds=math.inf)
Write = Callable[[str, Sequence[str]], None]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_(name: str, lines: Sequence[str]) -> None:
        data = "".join(line + "\n" for line in lines).encode()
        packed = name.endswith(".gz")
        (tmp_path / name).write_bytes(gzip.compress(data) if packed else data)

    return write_


def only(tmp_path: Path) -> tuple[FilesConnector, Asset]:
    store = FilesConnector(Source("app", path=str(tmp_path)))
    (asset,) = store.assets().assets
    return store, asset


def kinds(sample: Sample) -> dict[str, list[Kind]]:
    found: dict[str, list[Kind]] = {}
    for batch in sample.batches:
        for column in batch:
            found.setdefault(column.field.name, []).append(column.field.kind)
    return found


def lines(count: int, start: int = 0) -> list[str]:
    return [f"2026-01-14 10:00:00 INFO user person{start + i} signed in" for i in range(count)]


def test_every_line_of_every_file_is_read(tmp_path: Path, write: Write) -> None:
    write("app.log.1.gz", lines(12_000))
    write("app.log", lines(13_000, 12_000))
    store, asset = only(tmp_path)
    sample = store.read(asset, ALL)
    cells = rows_of(sample)
    assert {line.split()[1] for line in cells["message"] if line} == {
        f"person{i}" for i in range(25_000)
    }
    assert (sample.method, sample.counted) == (Method.WHOLE, True)
    assert sample.rows == sample.population == 25_000


def test_batches_are_bounded(tmp_path: Path, write: Write) -> None:
    write("app.log", lines(log_every.BATCH_ROWS * 2 + 5))
    store, asset = only(tmp_path)
    sizes = [len(batch[0].values) for batch in store.read(asset, ALL).batches]
    assert sizes == [log_every.BATCH_ROWS, log_every.BATCH_ROWS, 5]


def test_long_lines_make_small_batches(tmp_path: Path, write: Write) -> None:
    write("app.log", [line + " x" * 50_000 for line in lines(300)])
    store, asset = only(tmp_path)
    sizes = [len(batch[0].values) for batch in store.read(asset, ALL).batches]
    assert sum(sizes) == 300
    assert max(sizes) < 100


def test_kinds_widen_and_never_narrow(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_every, "BATCH_ROWS", 10)
    values: list[object] = [*range(10), "many", *range(29)]
    moments = ["2026-01-14 10:00:00"] * 15 + ["soon"] + ["2026-01-14 10:00:00"] * 25
    write(
        "app.jsonl",
        [json.dumps({"n": n, "seen": t}) for n, t in zip(values, moments, strict=False)],
    )
    store, asset = only(tmp_path)
    found = kinds(store.read(asset, ALL))
    assert found["n"] == [Kind.INTEGER, Kind.TEXT, Kind.TEXT, Kind.TEXT]
    assert found["seen"] == [Kind.TIMESTAMP, Kind.TEXT, Kind.TEXT, Kind.TEXT]


def test_keys_that_are_data_stay_data(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_every, "BATCH_ROWS", 60)
    write("app.jsonl", [json.dumps({"by": {f"user{i}x": "a@b.ch"}}) for i in range(200)])
    store, asset = only(tmp_path)
    assert set(rows_of(store.read(asset, ALL))) == {"by.{}"}


def test_a_bound_that_was_set_drops_half_a_line(tmp_path: Path, write: Write) -> None:
    write("app.log", lines(100))
    store, asset = only(tmp_path)
    sample = store.read(asset, replace(ALL, bytes=10 * (len(lines(1)[0]) + 1) + 20))
    cells = rows_of(sample)
    assert len(cells["message"]) == sample.rows == 10
    assert sample.method is Method.FIRST
    assert [gap.reason for gap in sample.gaps] == [GapReason.BUDGET]
    assert "asset_bytes" in sample.gaps[0].detail


def test_damage_is_a_gap_and_the_other_files_are_read(tmp_path: Path, write: Write) -> None:
    write("app.log.1.gz", lines(20_000))
    whole = (tmp_path / "app.log.1.gz").read_bytes()
    (tmp_path / "app.log.1.gz").write_bytes(whole[: len(whole) // 2])
    write("app.log", lines(10, 50_000))
    store, asset = only(tmp_path)
    sample = store.read(asset, ALL)
    cells = rows_of(sample)
    assert [gap.reason for gap in sample.gaps] == [GapReason.TRUNCATED]
    assert sample.method is Method.FIRST
    assert "user person50009 signed in" in " ".join(filter(None, cells["message"]))
    assert 10 < sample.rows < 20_010


def test_what_would_be_read_is_said(tmp_path: Path, write: Write) -> None:
    write("app.log", lines(3))
    store, asset = only(tmp_path)
    (said,) = store.statements(asset, ALL, ())
    assert said.startswith("read every line of the file app.log")
    assert said.endswith("without a bound on bytes or seconds")
    (said,) = store.statements(asset, replace(ALL, bytes=2_000_000, seconds=5.0), ())
    assert said.endswith("up to 2.0 MB or 5 seconds")
