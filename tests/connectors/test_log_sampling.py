"""Samples of logs: whole when small, spread when large, honest when cut short."""

import bz2
import gzip
import json
import lzma
import random
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from contract import rows_of

from connectors import log_ask_entries, log_sample
from connectors.files import FilesConnector
from connectors.log_lines import split_lines
from scanner.errors import StoreError
from scanner.model import Ask, Budget, GapReason, Method, Question, Source


def line(number: int) -> str:
    return f"2026-01-{1 + number % 28:02} 10:00:00 INFO entry {number:07} of the log\n"


def lines(first: int, last: int) -> bytes:
    return "".join(map(line, range(first, last))).encode()


def zstd(data: bytes) -> bytes:
    try:
        from compression.zstd import compress
    except ImportError:
        from zstandard import compress
    return compress(data)


PACK = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zstd}


def opened(path, **options):
    connector = FilesConnector(Source("app", path=str(path), **options))
    return connector, connector.assets().assets[0]


def numbers(sample) -> list[int]:
    return [int(text.split()[1]) for text in rows_of(sample)["message"] if text]


@pytest.mark.parametrize("ending", PACK)
def test_each_compression_is_read(tmp_path, ending: str) -> None:
    (tmp_path / f"app.log.{ending}").write_bytes(PACK[ending](lines(0, 300)))
    sample = FilesConnector(Source("app", path=str(tmp_path))).read(opened(tmp_path)[1], Budget())
    assert sorted(numbers(sample)) == list(range(300))
    assert (sample.method, sample.population, sample.counted) == (Method.WHOLE, 300, True)


@pytest.mark.parametrize("ending", PACK)
def test_several_frames_are_read_to_the_end(tmp_path, ending: str) -> None:
    data = PACK[ending](lines(0, 100)) + PACK[ending](lines(100, 200))
    (tmp_path / f"app.log.{ending}").write_bytes(data)
    connector, asset = opened(tmp_path)
    sample = connector.read(asset, Budget())
    assert sample.gaps == []
    assert sample.rows == 200


@pytest.mark.parametrize("ending", PACK)
def test_truncated_compression_is_a_gap_and_what_came_before_is_kept(tmp_path, ending) -> None:
    noise = random.Random(1)
    content = "".join(line(i)[:-1] + f" {noise.random()}\n" for i in range(30_000)).encode()
    packed = PACK[ending](content)
    (tmp_path / f"app.log.{ending}").write_bytes(packed[: len(packed) * 2 // 3])
    (tmp_path / "app.log").write_bytes(lines(500_000, 500_010))
    connector, asset = opened(tmp_path)
    sample = connector.read(asset, Budget(rows=200_000))
    assert [gap.reason for gap in sample.gaps] == [GapReason.TRUNCATED]
    assert f"app.log.{ending}" in sample.gaps[0].detail
    assert sample.rows > 1000
    assert not sample.counted
    assert sample.method is Method.FIRST


@pytest.mark.parametrize("ending", PACK)
def test_damage_from_the_start_is_a_gap(tmp_path, ending: str) -> None:
    packed = bytearray(PACK[ending](lines(0, 100)))
    packed[12:] = bytes(len(packed) - 12)
    (tmp_path / f"app.log.{ending}").write_bytes(packed)
    connector, asset = opened(tmp_path)
    assert asset.path == "log://app/app.log"
    sample = connector.read(asset, Budget())
    assert [gap.reason for gap in sample.gaps] == [GapReason.TRUNCATED]


def test_a_sample_is_spread_over_all_files(tmp_path) -> None:
    (tmp_path / "app.log").write_bytes(lines(8000, 10_000))
    (tmp_path / "app.log.1").write_bytes(lines(4000, 8000))
    (tmp_path / "app.log.2.gz").write_bytes(gzip.compress(lines(0, 4000)))
    connector, asset = opened(tmp_path)
    sample = connector.read(asset, Budget(rows=1000, seed=5))
    found = numbers(sample)
    assert (sample.method, sample.population, sample.counted) == (Method.SPREAD, 10_000, True)
    assert len(set(found)) == sample.rows == 1000
    for part in range(10):  # about 100 of each thousand
        assert 50 < sum(1 for number in found if number // 1000 == part) < 160


def test_other_seeds_take_other_entries(tmp_path) -> None:
    (tmp_path / "app.log").write_bytes(lines(0, 5000))
    connector, asset = opened(tmp_path)
    one, same, other = (
        numbers(connector.read(asset, Budget(rows=50, seed=seed))) for seed in (1, 1, 2)
    )
    assert one == same != other


def test_large_files_are_read_at_places_spread_over_them(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(log_sample, "SEEK_FROM", 100_000)
    (tmp_path / "app.log").write_bytes(lines(0, 200_000))
    size = (tmp_path / "app.log").stat().st_size
    connector, asset = opened(tmp_path)
    sample = connector.read(asset, Budget(rows=400, seed=5))
    found = numbers(sample)
    assert len(set(found)) == len(found) == sample.rows
    assert 380 <= sample.rows <= 400
    assert sample.bytes < size / 4
    assert (sample.method, sample.counted) == (Method.SPREAD, False)
    assert sample.population is not None
    assert 190_000 < sample.population < 210_000
    for part in range(10):
        assert 20 <= sum(1 for number in found if number // 20_000 == part) <= 60
    assert numbers(connector.read(asset, Budget(rows=400, seed=5))) == found


def test_large_and_small_files_share_the_rows_by_size(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(log_sample, "SEEK_FROM", 1_000_000)
    (tmp_path / "app.log").write_bytes(lines(0, 100_000))
    (tmp_path / "app.log.1.gz").write_bytes(gzip.compress(lines(200_000, 225_000)))
    connector, asset = opened(tmp_path)
    found = numbers(connector.read(asset, Budget(rows=100, seed=5)))
    assert 10 <= sum(1 for number in found if number >= 200_000) <= 30
    assert 90 <= len(found) <= 100


def test_bytes_end_a_compressed_read_early_and_say_so(tmp_path) -> None:
    (tmp_path / "app.log.gz").write_bytes(gzip.compress(lines(0, 20_000)))
    connector, asset = opened(tmp_path)
    sample = connector.read(asset, Budget(rows=100, bytes=100_000))
    assert sample.method is Method.FIRST
    assert [gap.reason for gap in sample.gaps] == [GapReason.BUDGET]
    assert "asset_bytes" in sample.gaps[0].detail
    assert sample.bytes <= 100_000
    assert max(numbers(sample)) < 3000
    assert not sample.counted


def test_no_time_left_is_one_gap_for_the_whole_set(tmp_path) -> None:
    for number in range(20):
        (tmp_path / f"app.log.{number}").write_bytes(lines(0, 5))
    connector, asset = opened(tmp_path)
    sample = connector.read(asset, Budget(seconds=-1))
    assert [gap.reason for gap in sample.gaps] == [GapReason.BUDGET]
    assert "asset_seconds" in sample.gaps[0].detail
    assert "19 more" in sample.gaps[0].detail
    assert sample.method is Method.FIRST


def test_a_line_of_many_megabytes_is_cut_in_bounded_memory(tmp_path) -> None:
    with (tmp_path / "app.log").open("wb") as file:
        file.write(b"2026-01-14 10:00:00 INFO ")
        for _ in range(40):
            file.write(b"x" * 1_000_000)
        file.write(b"\nlast\n")
    connector, asset = opened(tmp_path)
    tracemalloc.start()
    sample = connector.read(asset, Budget(cell=1000))
    cells = rows_of(sample)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000
    assert [len(text or "") for text in cells["message"]] == [1000, 4]
    assert sample.cut["message"] >= 1


def test_lines_are_split_alike_however_they_come() -> None:
    data = b"".join(b"x" * n + b"\r\n" for n in range(200)) + b"end"

    class Drip:
        def __init__(self, step: int) -> None:
            self.at, self.step = 0, step

        def read(self, size: int, /) -> bytes:
            chunk = data[self.at : self.at + min(size, self.step)]
            self.at += len(chunk)
            return chunk

    expected = [(b"x" * n, False) for n in range(200)] + [(b"end", False)]
    for step in (1, 2, 7, 1000, 10**6):
        assert list(split_lines(Drip(step), 1000)) == expected


@pytest.mark.parametrize("length", [9, 10, 11, 1000])
def test_lines_are_cut_at_the_limit_and_marked(length: int) -> None:
    class Once:
        data = b"a" * length + b"\nnext\n"

        def read(self, size: int, /) -> bytes:
            size = min(size, 3)
            out, self.data = self.data[:size], self.data[size:]
            return out

    whole, *rest = split_lines(Once(), 10)
    assert whole == (b"a" * min(length, 10), length > 10)
    assert rest == [(b"next", False)]


# -- questions --------------------------------------------------------------------------------


def days(*numbers: int) -> bytes:
    return "".join(f"2026-01-{n:02} 10:00:00 INFO user{n} in\n" for n in numbers).encode()


def day(number: int) -> datetime:
    return datetime(2026, 1, number, 10, tzinfo=UTC)


def test_oldest_and_newest_entry_of_the_whole_set(tmp_path) -> None:
    (tmp_path / "app.log").write_bytes(days(9, 20, 12))
    (tmp_path / "app.log.1.gz").write_bytes(gzip.compress(days(3, 8)))
    connector, asset = opened(tmp_path)
    measure = connector.ask(asset, Question(Ask.EXTREMES, ""))
    assert (measure.oldest, measure.newest, measure.exact) == (day(3), day(20), True)


def test_entries_before_a_day_are_counted_with_those_that_continue_them(tmp_path) -> None:
    (tmp_path / "app.log").write_bytes(days(9) + b"no time\n  indented\n" + days(20, 12))
    connector, asset = opened(tmp_path)
    measure = connector.ask(asset, Question(Ask.COUNT_BEFORE, "", cutoff=day(12)))
    assert (measure.count, measure.oldest) == (2, day(9))
    none = connector.ask(asset, Question(Ask.COUNT_BEFORE, "", cutoff=day(1)))
    assert (none.count, none.oldest) == (0, None)


def test_only_entries_that_hold_one_of_the_fields_are_counted(tmp_path) -> None:
    (tmp_path / "app.log").write_text(
        '{"ts": "2026-01-03T10:00:00Z", "user": {"mail": "a@b.fr"}}\n'
        '{"ts": "2026-01-04T10:00:00Z", "user": {"mail": ""}}\n'
        '{"ts": "2026-01-05T10:00:00Z"}\n'
    )
    connector, asset = opened(tmp_path)
    question = Question(Ask.COUNT_BEFORE, "", cutoff=day(30), not_null=("user.mail", "x"))
    assert connector.ask(asset, question).count == 1


def test_entries_are_counted_by_a_field(tmp_path) -> None:
    rows = [{"c": {"r": code}} for code in ("FR", "FR", "IE")]
    (tmp_path / "app.log").write_text("\n".join(map(json.dumps, rows)))
    connector, asset = opened(tmp_path)
    measure = connector.ask(asset, Question(Ask.GROUPS, "c.r"))
    assert measure.groups == (("FR", 2), ("IE", 1))
    assert "FR" not in repr(measure)


def test_a_time_field_has_extremes_too(tmp_path) -> None:
    (tmp_path / "app.log").write_text(
        '{"ts": "2026-01-03T10:00:00Z", "born": "1980-01-01 00:00:00"}\n'
        '{"ts": "2026-01-04T10:00:00Z", "born": null}\n'
    )
    connector, asset = opened(tmp_path)
    measure = connector.ask(asset, Question(Ask.EXTREMES, "born"))
    assert measure.oldest == measure.newest == datetime(1980, 1, 1, tzinfo=UTC)


def test_file_times_answer_where_no_entry_tells_its_time(tmp_path) -> None:
    (tmp_path / "app.log").write_text("hello\nbye\n")
    connector, asset = opened(tmp_path)
    measure = connector.ask(asset, Question(Ask.EXTREMES, ""))
    assert measure.oldest == measure.newest == asset.modified
    assert not measure.exact
    with pytest.raises(StoreError) as error:
        connector.ask(asset, Question(Ask.COUNT_BEFORE, "", cutoff=day(1)))
    assert error.value.reason == "not_measured"
    # No entry was written after the last change.
    late = Question(Ask.COUNT_BEFORE, "", cutoff=datetime(2100, 1, 1, tzinfo=UTC))
    counted = connector.ask(asset, late)
    assert (counted.count, counted.oldest, counted.exact) == (2, asset.modified, False)
    with pytest.raises(StoreError, match="tells its time"):
        connector.ask(asset, replace(late, ask=Ask.COUNT_FROM))


def test_a_large_log_is_not_counted_but_its_ends_are_read(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(log_ask_entries, "WHOLE_BYTES", 10_000)
    (tmp_path / "app.log").write_bytes(days(3) + days(5) * 3000 + days(27))
    connector, asset = opened(tmp_path)
    measure = connector.ask(asset, Question(Ask.EXTREMES, ""))
    assert (measure.oldest, measure.newest, measure.exact) == (day(3), day(27), False)
    for ask, cutoff, count, end in (
        (Ask.COUNT_BEFORE, day(4), None, day(3)),  # at least one
        (Ask.COUNT_BEFORE, day(3), 0, None),
        (Ask.COUNT_FROM, day(27), None, day(27)),
        (Ask.COUNT_FROM, day(28), 0, None),
    ):
        measure = connector.ask(asset, Question(ask, "", cutoff=cutoff))
        found = measure.oldest or measure.newest
        assert (measure.count, found, measure.exact) == (count, end, False)
    for question in (Question(Ask.MONTHS, ""), Question(Ask.GROUPS, "level")):
        with pytest.raises(StoreError, match="it is large") as error:
            connector.ask(asset, question)
        assert error.value.reason == "not_measured"


def test_ends_that_hold_nothing_asked_about_say_nothing(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(log_ask_entries, "WHOLE_BYTES", 10_000)
    line = '{{"ts": "2026-01-{:02}T10:00:00Z", "mail": "{}"}}\n'
    middle = line.format(4, "a@b.fr") + line.format(5, "") * 3000
    (tmp_path / "app.log").write_text(line.format(3, "") * 100 + middle + line.format(27, "x@y.fr"))
    connector, asset = opened(tmp_path)
    with pytest.raises(StoreError, match="it is large"):
        connector.ask(asset, Question(Ask.COUNT_BEFORE, "", day(5), ("mail",)))
    assert connector.ask(asset, Question(Ask.COUNT_BEFORE, "", day(3), ("mail",))).count == 0


def test_places_of_templates_are_passed_over(tmp_path) -> None:
    (tmp_path / "app.log").write_bytes(days(3, 12))
    connector, asset = opened(tmp_path)
    for name in ("t3f2a1b0c.2", "t0.0", "msg.t3f2a1b0c.12"):
        question = Question(Ask.COUNT_BEFORE, "", cutoff=day(9), not_null=(name,))
        assert connector.ask(asset, question).count == 1
    question = Question(Ask.COUNT_BEFORE, "", cutoff=day(9), not_null=("tab.x",))
    assert connector.ask(asset, question).count == 0  # a field as any other


def test_entries_of_months_and_of_a_day_on(tmp_path) -> None:
    (tmp_path / "app.log").write_text(
        "2025-12-31 23:59:59 INFO in\n2026-01-01 00:00:00 INFO in\n2026-01-31 23:30:00 INFO in\n"
    )
    connector, asset = opened(tmp_path)
    months = connector.ask(asset, Question(Ask.MONTHS, ""))
    assert (months.groups, months.count) == ((("2025-12", 1), ("2026-01", 2)), 3)
    new_year = datetime(2026, 1, 1, tzinfo=UTC)
    later = connector.ask(asset, Question(Ask.COUNT_FROM, "@timestamp", cutoff=new_year))
    assert (later.count, later.rows, later.undated) == (2, 3, 0)
    west, log = opened(tmp_path, timezone="America/Toronto")
    assert west.ask(log, Question(Ask.MONTHS, "")).groups[-1] == ("2026-02", 1)


def test_months_of_a_field_leave_out_entries_without_it(tmp_path) -> None:
    (tmp_path / "app.log").write_text(
        '{"ts": "2026-01-03T10:00:00Z", "end": "2025-11-30 23:59:59"}\n'
        '{"ts": "2026-01-04T10:00:00Z", "end": "soon"}\n'
    )
    connector, asset = opened(tmp_path)
    measure = connector.ask(asset, Question(Ask.MONTHS, "end"))
    assert (measure.groups, measure.rows, measure.undated) == ((("2025-11", 1),), 2, 1)
    with pytest.raises(StoreError, match="tells its time"):
        connector.ask(asset, Question(Ask.MONTHS, "no_such"))


def test_groups_of_a_log_become_codes_within_bounds(tmp_path) -> None:
    rows = [
        ("03", "Canada"), ("04", "canada "), ("04", "CA"), ("04", "Narnia"), ("04", ""),
        ("09", "CA"),
    ]  # fmt: skip
    (tmp_path / "app.log").write_text(
        "".join(
            json.dumps({"ts": f"2026-01-{n}T10:00:00Z", "from": code}) + "\n" for n, code in rows
        )
    )
    connector, asset = opened(tmp_path)
    words = (("canada", "CA"), ("ca", "CA"))
    question = Question(Ask.GROUPS, "from", day(9), since=day(4), words=words)
    for when in ("", "@timestamp", "ts"):
        measure = connector.ask(asset, replace(question, when=when))
        assert measure.groups == (("CA", 2), ("?", 1))
        assert (measure.count, measure.later) == (3, 1)


def test_an_empty_log_has_no_entries_before_a_day(tmp_path) -> None:
    (tmp_path / "app.log").write_bytes(b"")
    connector, asset = opened(tmp_path)
    measure = connector.ask(asset, Question(Ask.COUNT_BEFORE, "", cutoff=day(9)))
    assert (measure.count, measure.rows) == (0, 0)


def test_ends_of_a_log_come_with_its_count(tmp_path, monkeypatch) -> None:
    (tmp_path / "app.log").write_bytes(days(3, 12, 20))
    connector, asset = opened(tmp_path)
    connector.ask(asset, Question(Ask.COUNT_BEFORE, "", day(9), because="retention:logs"))
    read = log_ask_entries.entries
    monkeypatch.setattr("connectors.log_ask.entries", lambda *_: pytest.fail("read again"))
    measure = connector.ask(asset, Question(Ask.EXTREMES, "", because="coverage"))
    assert (measure.oldest, measure.newest, measure.rows) == (day(3), day(20), 3)
    monkeypatch.setattr("connectors.log_ask.entries", read)
    (tmp_path / "app.log").write_bytes(days(3, 12, 20, 21))
    assert connector.ask(asset, Question(Ask.EXTREMES, "")).newest == day(21)


@pytest.mark.parametrize(
    "question",
    [
        Question(Ask.CUSTOMERS, "", by=("", "", "")),
        Question(Ask.COUNT_BELOW, "age", below=13),
        Question(Ask.EXTREMES, "", flag="closed"),
    ],
)
def test_a_log_is_not_asked_about_customers(tmp_path, question: Question) -> None:
    (tmp_path / "app.log").write_bytes(days(3))
    connector, asset = opened(tmp_path)
    with pytest.raises(StoreError) as error:
        connector.ask(asset, question)
    assert error.value.reason == "not_measured"


def test_what_a_log_would_be_asked_is_said(tmp_path) -> None:
    (tmp_path / "app.log").write_bytes(days(3))
    connector, asset = opened(tmp_path)
    asked = (
        Question(Ask.COUNT_BEFORE, "", day(3)),
        Question(Ask.COUNT_FROM, "born", day(3)),
        Question(Ask.MONTHS, ""),
        Question(Ask.COUNT_FROM, "", day(3), field_of=("date_of_birth",)),
        Question(Ask.CUSTOMERS, ""),
    )
    assert connector.statements(asset, Budget(rows=0), asked) == (
        "count the entries whose time of entry lies before 2026-01-03 in 1 file",
        "count the entries whose field born lies on or after 2026-01-03 in 1 file",
        "count the entries by the month of time of entry in 1 file",
        "after reading: ask about the fields holding date_of_birth in 1 file",
        "not asked: a log cannot be asked about the time of entry so",
    )


def test_other_files_answer_with_their_time_of_change(tmp_path) -> None:
    (tmp_path / "cv.pdf").write_bytes(b"%PDF-1.4")
    connector, asset = opened(tmp_path)
    measure = connector.ask(asset, Question(Ask.EXTREMES, ""))
    assert measure.oldest == measure.newest == asset.modified
    later = datetime(2100, 1, 1, tzinfo=UTC)
    assert connector.ask(asset, Question(Ask.COUNT_BEFORE, "", cutoff=later)).count == 1
    assert connector.ask(asset, Question(Ask.COUNT_BEFORE, "", cutoff=day(1))).count == 0
    assert asset.modified is not None
    for cutoff, count in ((asset.modified, 1), (later, 0)):  # that very instant is not before
        assert connector.ask(asset, Question(Ask.COUNT_FROM, "", cutoff=cutoff)).count == count
    assert connector.ask(asset, Question(Ask.COUNT_BEFORE, "", cutoff=asset.modified)).count == 0
    month = asset.modified.strftime("%Y-%m")
    assert connector.ask(asset, Question(Ask.MONTHS, "")).groups == ((month, 1),)
    for other in (Question(Ask.MONTHS, "made"), Question(Ask.GROUPS, "")):
        with pytest.raises(StoreError, match="time of change"):
            connector.ask(asset, other)


def test_times_without_zone_are_those_of_the_source(tmp_path) -> None:
    (tmp_path / "app.log").write_bytes(days(3))
    connector, asset = opened(tmp_path, timezone="America/Toronto")
    measure = connector.ask(asset, Question(Ask.EXTREMES, ""))
    assert measure.oldest == datetime(2026, 1, 3, 15, tzinfo=UTC)


def test_planted_values_are_in_no_error_gap_or_repr(tmp_path) -> None:
    planted = "marie.planted@acme.fr"
    (tmp_path / "app.log").write_text(f"2026-01-14 10:00:00 INFO {planted}\n" * 30)
    packed = gzip.compress(f"2026-01-14 10:00:00 INFO {planted}\n".encode() * 30)
    (tmp_path / "app.log.1.gz").write_bytes(packed[:-9])
    connector, asset = opened(tmp_path)
    sample = connector.read(asset, Budget())
    batches = list(sample.batches)
    assert sample.gaps
    assert planted not in repr((asset, sample, batches, connector))
