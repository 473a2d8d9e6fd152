"""What a folder is found to hold."""

import gzip
import os
import sqlite3
import sys

import pytest
from contract import rows_of

import connectors.log_lines
from connectors.files import FilesConnector
from connectors.files_names import base_name, is_log_name
from connectors.media import media_type
from scanner.errors import StoreError
from scanner.model import Budget, GapReason, Method, Source

LINE = "2026-01-14 10:00:00 INFO user signed in\n"


def listing(path, **options):
    return FilesConnector(Source("app", path=str(path), **options)).assets()


def paths(found) -> list[str]:
    return [asset.path for asset in found.assets]


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("app.log", "app.log"),
        ("app.log.1", "app.log"),
        ("app.log.2.gz", "app.log"),
        ("app.log.old", "app.log"),
        ("app.log-20260114.xz", "app.log"),
        ("app.log.2026-01-14.1.gz", "app.log"),
        ("app-2026-01-14.log", "app.log"),
        ("app.2026-01-14.log", "app.log"),
        ("app_2026-01-14T10-30-00.log", "app.log"),
        ("app-2026-01.log", "app.log"),
        ("2026-01-14-app.log", "app.log"),
        ("2026-01-14.log", "yyyy-mm-dd.log"),
        ("server.2026-01-14.0.log.gz", "server.log"),
        ("app.1.log", "app.log"),
        ("u_ex260114.log", "u_ex.log"),
        ("syslog.7", "syslog"),
        ("messages-20260114", "messages"),
        ("app.log-1768383600", "app.log"),
        # near misses
        ("worker-1.log", "worker-1.log"),
        ("app-20269999.log", "app-20269999.log"),
        ("app-2.10.log", "app-2.10.log"),
        ("report.v1.2.pdf", "report.v1.2.pdf"),
        (".gz", ".gz"),
    ],
)
def test_rotated_names_share_a_base(name: str, base: str) -> None:
    assert base_name(name) == base


@pytest.mark.parametrize(
    ("name", "log"),
    [
        ("app.log.3.gz", True),
        ("syslog", True),
        ("ssl_access_log-20260114", True),
        ("localhost_access_log.2026-01-14.txt", True),
        ("events.jsonl", True),
        ("catalina.out", True),
        ("CHANGELOG.md", False),
        ("changelog", False),
        ("blog.txt", False),
        ("login.html", False),
        ("catalog", False),
    ],
)
def test_names_of_logs_are_known(name: str, log: bool) -> None:
    assert is_log_name(name) is log


@pytest.mark.parametrize(
    ("head", "name", "media"),
    [
        (b"\x89PNG\r\n\x1a\n", "x", "image/png"),
        (b"%PDF-1.7", "cv.txt", "application/pdf"),
        (
            b"PK\x03\x04rest",
            "cv.docx",
            _DOCX := "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (b"PK\x03\x04rest", "a.bin", "application/zip"),
        (b"RIFF\0\0\0\0WAVEfmt ", "call", "audio/wav"),
        (b"RIFF\0\0\0\0????", "call", "application/octet-stream"),
        (b"\0\0\0\x18ftypM4A ", "call", "audio/mp4"),
        (b"BM\x10\0\0\0", "a", "image/bmp"),
        (b"\x01\x02", "a.heic", "image/heic"),
        (b"\x01\x02", "a.csv", "application/octet-stream"),
        (b"\x01\x02", "a", "application/octet-stream"),
    ],
)
def test_bytes_come_before_the_name(head: bytes, name: str, media: str) -> None:
    assert media_type(head, name, text=False) == media


@pytest.mark.parametrize(
    ("name", "media"),
    [("a.csv", "text/csv"), ("BMW.txt", "text/plain"), ("README", "text/plain")],
)
def test_text_is_named_by_its_ending(name: str, media: str) -> None:
    assert media_type(b"BMW are cars", name, text=True) == media


def test_a_rotated_set_is_one_asset(tmp_path) -> None:
    (tmp_path / "app.log").write_text(LINE * 2)
    (tmp_path / "app.log.1").write_text(LINE)
    (tmp_path / "app.log.2.gz").write_bytes(gzip.compress(LINE.encode()))
    os.utime(tmp_path / "app.log", (1_700_000_000, 1_700_000_000))
    os.utime(tmp_path / "app.log.1", (1_600_000_000, 1_600_000_000))
    os.utime(tmp_path / "app.log.2.gz", (1_500_000_000, 1_500_000_000))
    found = listing(tmp_path)
    assert paths(found) == ["log://app/app.log"]
    asset = found.assets[0]
    assert asset.siblings == 3
    assert asset.size == sum(file.stat().st_size for file in tmp_path.iterdir())
    assert asset.modified is not None
    assert asset.modified.timestamp() == 1_700_000_000
    assert [field.name for field in asset.fields] == ["timestamp", "level", "message"]
    assert asset.population is None  # a compressed part: unknown before it is read


def test_sets_of_the_same_name_in_two_folders_are_two_assets(tmp_path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "app.log").write_text(LINE)
    assert paths(listing(tmp_path)) == ["log://app/a/app.log", "log://app/b/app.log"]


def test_logs_are_told_by_their_lines_where_the_name_is_silent(tmp_path) -> None:
    access = '1.2.3.4 - - [14/Jan/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5\n'
    (tmp_path / "traffic").write_text(access * 5)
    (tmp_path / "events.json").write_text('{"a": 1}\n{"a": 2}\n')
    (tmp_path / "diary.txt").write_text(LINE * 3)
    # near misses: documents, one JSON object, prose, settings, a table that begins with a time
    (tmp_path / "data.csv").write_text("2026-01-14 10:00:00,a\n" * 9)
    (tmp_path / "one.json").write_text('{"a": 1}\n')
    (tmp_path / "pretty.json").write_text('{\n  "a": 1,\n  "b": 2\n}\n')
    (tmp_path / "letter.txt").write_text("Dear Sir,\nthank you.\nYours\n")
    (tmp_path / "settings").write_text("a=1\nb=2\n")
    assert paths(listing(tmp_path)) == [
        "file://app/data.csv",
        "file://app/letter.txt",
        "file://app/one.json",
        "file://app/pretty.json",
        "file://app/settings",
        "log://app/diary.txt",
        "log://app/events.json",
        "log://app/traffic",
    ]


def test_other_files_are_listed_by_path_size_and_type(tmp_path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "cv.pdf").write_bytes(b"%PDF-1.4 \x00\x01\x02\xff" * 20)
    (tmp_path / ".hidden").write_text("x")
    sqlite3.connect(tmp_path / "crm.dat").execute("CREATE TABLE a (b)").connection.close()
    found = {asset.path: asset for asset in listing(tmp_path).assets}
    assert set(found) == {"file://app/.hidden", "file://app/crm.dat", "file://app/sub/cv.pdf"}
    assert found["file://app/crm.dat"].media_type == "application/vnd.sqlite3"
    pdf = found["file://app/sub/cv.pdf"]
    assert (pdf.type, pdf.kind, pdf.media_type, pdf.size) == (
        "file",
        "file",
        "application/pdf",
        260,
    )
    assert pdf.fields == ()


def test_content_of_other_files_is_not_sampled(tmp_path) -> None:
    (tmp_path / "cv.txt").write_text("Marie Dupont\nParis\n")
    connector = FilesConnector(Source("app", path=str(tmp_path)))
    sample = connector.read(connector.assets().assets[0], Budget())
    assert rows_of(sample) == {}
    assert sample.method is Method.NONE


def test_binary_garbage_named_log_is_a_file(tmp_path) -> None:
    (tmp_path / "app.log").write_bytes(bytes(range(256)) * 40)
    found = listing(tmp_path)
    assert paths(found) == ["file://app/app.log"]
    assert found.assets[0].media_type == "application/octet-stream"


def test_empty_files_keep_what_their_name_says(tmp_path) -> None:
    (tmp_path / "app.log").touch()
    (tmp_path / "empty").touch()
    found = listing(tmp_path)
    assert paths(found) == ["file://app/empty", "log://app/app.log"]
    connector = FilesConnector(Source("app", path=str(tmp_path)))
    sample = connector.read(found.assets[1], Budget())
    assert (sample.rows, sample.population, sample.method) == (0, 0, Method.WHOLE)


def test_a_single_file_is_named_as_it_is(tmp_path) -> None:
    (tmp_path / "app.log.1").write_text(LINE)
    (tmp_path / "app.log").write_text(LINE)
    found = listing(tmp_path / "app.log.1")
    assert paths(found) == ["log://app/app.log.1"]
    assert found.assets[0].siblings == 1


def test_prose_is_a_log_only_when_named_itself(tmp_path) -> None:
    (tmp_path / "notes.txt").write_text("call Marie\ncall Paul\n")
    assert paths(listing(tmp_path)) == ["file://app/notes.txt"]
    assert paths(listing(tmp_path / "notes.txt")) == ["log://app/notes.txt"]


def test_excluded_places_are_omissions_and_are_not_opened(tmp_path, monkeypatch) -> None:
    opened = []
    look = connectors.log_lines.open_raw
    monkeypatch.setattr(
        connectors.log_lines, "open_raw", lambda p, label: opened.append(p) or look(p, label)
    )
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "a.log").write_text(LINE)
    (tmp_path / "b.log").write_text(LINE)
    (tmp_path / "b.log.1").write_text(LINE)
    (tmp_path / "c.log").write_text(LINE)
    found = listing(tmp_path, exclude=("old/**", "b.log"))
    assert paths(found) == ["log://app/c.log"]
    assert [(o.asset, o.why, o.by) for o in found.omissions] == [
        ("file://app/old", "excluded", "exclude = 'old/**'"),
        ("log://app/b.log", "excluded", "exclude = 'b.log'"),
    ]
    assert [os.path.basename(path) for path in opened] == ["c.log"]


def test_include_leaves_the_rest_out(tmp_path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.log").write_text(LINE)
    (tmp_path / "b.log").write_text(LINE)
    found = listing(tmp_path, include=("sub/*",))
    assert paths(found) == ["log://app/sub/a.log"]
    assert [o.asset for o in found.omissions] == ["log://app/b.log"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_links_and_special_files_are_left_out(tmp_path) -> None:
    outside = tmp_path / "outside"
    root = tmp_path / "root"
    outside.mkdir()
    root.mkdir()
    (outside / "secret.log").write_text(LINE)
    (root / "app.log").write_text(LINE)
    (root / "out.log").symlink_to(outside / "secret.log")
    (root / "folder").symlink_to(outside)
    (root / "again").symlink_to(root)
    os.mkfifo(root / "pipe")
    found = listing(root)
    assert paths(found) == ["log://app/app.log"]
    assert [o.asset for o in found.omissions] == [
        "file://app/again",
        "file://app/folder",
        "file://app/pipe",
        "log://app/out.log",
    ]
    assert {o.why for o in found.omissions} == {"special"}


def test_an_unreadable_file_is_a_gap_and_the_listing_goes_on(tmp_path, monkeypatch) -> None:
    (tmp_path / "a.log").write_text(LINE)
    (tmp_path / "b.log").write_text(LINE)
    _forbid(monkeypatch, "a.log")
    found = listing(tmp_path)
    assert paths(found) == ["log://app/b.log"]
    assert [(gap.asset, gap.reason) for gap in found.gaps] == [
        ("log://app/a.log", GapReason.PERMISSION)
    ]
    assert not found.complete


def test_an_unreadable_part_of_a_set_is_a_gap_when_it_is_read(tmp_path, monkeypatch) -> None:
    (tmp_path / "a.log").write_text(LINE)
    (tmp_path / "a.log.1").write_text(LINE)
    _forbid(monkeypatch, "a.log.1")
    connector = FilesConnector(Source("app", path=str(tmp_path)))
    found = connector.assets()
    assert found.gaps == ()
    sample = connector.read(found.assets[0], Budget())
    assert sample.rows == 1
    assert not sample.counted
    assert [(gap.asset, gap.reason) for gap in sample.gaps] == [
        ("log://app/a.log", GapReason.PERMISSION)
    ]


def _forbid(monkeypatch, name: str) -> None:
    """Take the right to read a file away: chmod does not hold for root."""
    from pathlib import Path

    allowed = Path.open

    def forbidden(path, *args, **options):
        if path.name == name:
            raise PermissionError(13, "Permission denied", str(path))
        return allowed(path, *args, **options)

    monkeypatch.setattr(Path, "open", forbidden)


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="root may read every folder"
)
def test_an_unreadable_folder_is_a_gap(tmp_path) -> None:
    (tmp_path / "a.log").write_text(LINE)
    (tmp_path / "locked").mkdir(mode=0)
    found = listing(tmp_path)
    (tmp_path / "locked").chmod(0o700)
    assert paths(found) == ["log://app/a.log"]
    assert [gap.reason for gap in found.gaps] == [GapReason.PERMISSION]


def test_a_missing_path_is_one_sentence_without_the_path(tmp_path) -> None:
    with pytest.raises(StoreError) as error:
        FilesConnector(Source("app", path=str(tmp_path / "gone")))
    assert error.value.reason == "unreachable"
    assert str(tmp_path) not in str(error.value)
    assert "'app'" in str(error.value)


def test_an_unknown_time_zone_is_refused(tmp_path) -> None:
    with pytest.raises(StoreError, match="Mars/Olympus"):
        FilesConnector(Source("app", path=str(tmp_path), timezone="Mars/Olympus"))


ODD = ['quo"te.log', "a#b?.log", "per%cent.log", "{x}.log", "naïve <b>.log", " .log"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows refuses such names")
def test_odd_names_are_listed_and_read(tmp_path) -> None:
    for name in ODD:
        (tmp_path / name).write_text(LINE)
    (tmp_path / "line\nbreak*").mkdir()
    (tmp_path / "line\nbreak*" / "app.log").write_text(LINE)
    with open(os.path.join(os.fsencode(tmp_path), b"bad\xff.log"), "w") as file:
        file.write(LINE)
    connector = FilesConnector(Source("app", path=str(tmp_path)))
    found = connector.assets()
    assert len(found.assets) == len(ODD) + 2
    for asset in found.assets:
        assert connector.read(asset, Budget()).rows == 1, asset.path
        assert "\n" not in asset.path


def test_what_would_be_read_is_said_in_a_sentence(tmp_path) -> None:
    for number in range(5):
        (tmp_path / f"app.log.{number}").write_text(LINE * 300)
    connector = FilesConnector(Source("app", path=str(tmp_path)))
    asset = connector.assets().assets[0]
    assert connector.statements(asset, Budget(rows=100), ()) == (
        "read up to 100 lines spread over 5 files (app.log.0, app.log.1, app.log.2 and 2 more), "
        "60 kB",
    )
    assert connector.probe() == "folder, readable; files: 5, folders: 1"


def test_a_folder_that_cannot_be_listed_is_a_gap(tmp_path, monkeypatch) -> None:
    (tmp_path / "a.log").write_text(LINE)
    (tmp_path / "locked").mkdir()
    allowed = os.scandir

    def forbidden(path):
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return allowed(path)

    monkeypatch.setattr(os, "scandir", forbidden)
    found = listing(tmp_path)
    assert paths(found) == ["log://app/a.log"]
    assert [(gap.asset, gap.reason) for gap in found.gaps] == [
        ("file://app/locked", GapReason.PERMISSION)
    ]
