"""Lines of every format, as fields with their kinds."""

import json
import os
from datetime import UTC, datetime, timedelta, timezone

import pytest
from contract import rows_of

from connectors.files import FilesConnector
from connectors.log_formats import vote
from connectors.log_time import Clock
from scanner.model import Budget, Kind, Source

NEAR = datetime(2026, 1, 20, tzinfo=UTC)


def read(tmp_path, content: str | bytes, name: str = "app.log", **budget):
    """Return the cells by field and the kinds by field of one file."""
    data = content.encode() if isinstance(content, str) else content
    (tmp_path / name).write_bytes(data)
    connector = FilesConnector(Source("app", path=str(tmp_path / name)))
    sample = connector.read(connector.assets().assets[0], Budget(**budget))
    batches = list(sample.batches)
    kinds = {column.field.name: column.field.kind for batch in batches for column in batch}
    sample.batches = iter(batches)
    return rows_of(sample), kinds


FORMATS = {
    "syslog": (
        "Jan 14 10:00:00 web1 sshd[42]: Failed password for marie\n"
        "<34>Jan  4 10:00:00 web1 su: 'su root' failed\n"
        "Jan 14 10:00:01 web1 last message repeated 2 times\n",
        {
            "host": ["web1", "web1", "web1"],
            "message": [
                "Failed password for marie",
                "'su root' failed",
                "last message repeated 2 times",
            ],
            "pid": ["42", None, None],
            "program": ["sshd", "su", None],
            "timestamp": ["2026-01-14T10:00:00", "2026-01-04T10:00:00", "2026-01-14T10:00:01"],
        },
    ),
    "syslog with ISO times": (
        "2026-01-14T10:00:00.123456+01:00 web1 sshd[42]: hello\n" * 2,
        {
            "host": ["web1"] * 2,
            "message": ["hello"] * 2,
            "pid": ["42"] * 2,
            "program": ["sshd"] * 2,
            "timestamp": ["2026-01-14T10:00:00.123456+01:00"] * 2,
        },
    ),
    "RFC 5424": (
        '<165>1 2026-01-14T10:00:00Z web1 app 8710 ID47 [origin@1 user="mar\\"ie" ip="10.0.0.1"]'
        '[x y="1"] \ufeffhello\n<165>1 2026-01-14T10:00:00Z web1 app - - - bye\n',
        {
            "host": ["web1"] * 2,
            "message": ["hello", "bye"],
            "msgid": ["ID47", None],
            "origin@1.ip": ["10.0.0.1", None],
            "origin@1.user": ['mar"ie', None],
            "pid": ["8710", None],
            "program": ["app"] * 2,
            "timestamp": ["2026-01-14T10:00:00+00:00"] * 2,
            "x.y": ["1", None],
        },
    ),
    "common access log": (
        '1.2.3.4 - marie [14/Jan/2026:10:00:00 +0000] "GET /?q=\\"a\\" HTTP/1.1" 200 -\n' * 2,
        {
            "ident": [None] * 2,
            "remote_addr": ["1.2.3.4"] * 2,
            "remote_user": ["marie"] * 2,
            "request": ['GET /?q="a" HTTP/1.1'] * 2,
            "size": [None] * 2,
            "status": ["200"] * 2,
            "time": ["2026-01-14T10:00:00+00:00"] * 2,
        },
    ),
    "combined with host": (
        'www.acme.fr:443 ::1 - - [14/Jan/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5 "-" "curl"'
        " 0.003\n" * 2,
        {
            "extra": ["0.003"] * 2,
            "ident": [None] * 2,
            "referer": [None] * 2,
            "remote_addr": ["::1"] * 2,
            "remote_user": [None] * 2,
            "request": ["GET / HTTP/1.1"] * 2,
            "size": ["5"] * 2,
            "status": ["200"] * 2,
            "time": ["2026-01-14T10:00:00+00:00"] * 2,
            "user_agent": ["curl"] * 2,
            "vhost": ["www.acme.fr:443"] * 2,
        },
    ),
    "logfmt": (
        'time=2026-01-14T10:00:00Z level=info msg="user \\"x\\" in" user.id=7 empty=\n' * 2,
        {
            "empty": [""] * 2,
            "level": ["info"] * 2,
            "msg": ['user "x" in'] * 2,
            "time": ["2026-01-14T10:00:00+00:00"] * 2,
            "user%2Eid": ["7"] * 2,
        },
    ),
    "text with times": (
        "2026-01-14 10:00:00,123 - INFO  [main] - started\n"
        "[2026-01-14 10:00:01] stopped\n"
        "no time here\n",
        {
            "level": ["INFO", None, None],
            "message": ["[main] - started", "stopped", "no time here"],
            "timestamp": ["2026-01-14T10:00:00.123000", "2026-01-14T10:00:01", None],
        },
    ),
    "stack traces": (
        "2026-01-14 10:00:00 ERROR failed\njava.lang.Error: x\n\tat a.B.c(B.java:1)\n\n"
        "2026-01-14 10:00:01 INFO again\n  detail one\n  detail two\n",
        {
            "level": ["ERROR", None, "INFO"],
            "message": [
                "failed",
                "java.lang.Error: x\n\tat a.B.c(B.java:1)",
                "again\n  detail one\n  detail two",
            ],
            "timestamp": ["2026-01-14T10:00:00", None, "2026-01-14T10:00:01"],
        },
    ),
    "bare text": ("hello there\nbye\n", {"message": ["hello there", "bye"]}),
    "Zeek": (
        "#separator \\x09\n#fields\tts\tid.orig_h\tok\tmsg\n#types\ttime\taddr\tbool\tstring\n"
        "1521911724.5\t10.0.0.1\tT\thello you\n1521911725.5\t10.0.0.2\t-\t-\n#close\t2026\n",
        {
            "id.orig_h": ["10.0.0.1", "10.0.0.2"],
            "msg": ["hello you", None],
            "ok": ["true", None],
            "ts": ["2018-03-24T17:15:24.500000+00:00", "2018-03-24T17:15:25.500000+00:00"],
        },
    ),
    "W3C": (
        "#Version: 1.0\n#Fields: date time c-ip cs-username\n"
        "2026-01-14 10:00:00 1.2.3.4 marie\n2026-01-14 10:00:01 1.2.3.4 -\n",
        {
            "c-ip": ["1.2.3.4"] * 2,
            "cs-username": ["marie", None],
            "date": ["2026-01-14"] * 2,
            "time": ["10:00:00", "10:00:01"],
        },
    ),
    "JSON with a broken line": (
        '{"a": 1}\n{"a": 2}\n{"a": \n2026-01-14 10:00:00 WARN rotated\n',
        {
            "a": ["1", "2", None, None],
            "level": [None, None, None, "WARN"],
            "message": [None, None, '{"a": ', "rotated"],
            "timestamp": [None, None, None, "2026-01-14T10:00:00"],
        },
    ),
}


@pytest.mark.parametrize(("content", "cells"), FORMATS.values(), ids=FORMATS.keys())
def test_lines_become_fields(tmp_path, content: str, cells) -> None:
    path = tmp_path / "app.log"
    path.write_bytes(content.encode())
    os.utime(path, (NEAR.timestamp(), NEAR.timestamp()))  # syslog times have no year of their own
    connector = FilesConnector(Source("app", path=str(path)))
    sample = connector.read(connector.assets().assets[0], Budget())
    assert rows_of(sample) == cells


def test_json_is_flattened_with_kinds(tmp_path) -> None:
    lines = [
        {
            "@timestamp": "2026-01-14T10:00:00Z",
            "message": "hello",
            "user": {"mail": "a@b.fr", "age": 7, "vip": True},
            "tags": ["x", "y"],
            "items": [{"sku": "1"}, {"sku": "2"}],
            "took": 0.5,
            "dotted.key": None,
        }
    ] * 2
    cells, kinds = read(tmp_path, "\n".join(map(json.dumps, lines)))
    assert kinds == {
        "@timestamp": Kind.TIMESTAMP,
        "items.sku": Kind.TEXT,
        "message": Kind.MESSAGE,
        "tags": Kind.TEXT,
        "took": Kind.NUMBER,
        "user.age": Kind.INTEGER,
        "user.mail": Kind.TEXT,
        "user.vip": Kind.BOOLEAN,
    }
    assert cells["tags"] == ["x", "x", "y", "y"]  # first elements in their rows, then the others
    assert cells["items.sku"] == ["1", "1", "2", "2"]
    assert cells["user.vip"] == ["true", "true"]


@pytest.mark.parametrize("key", ["message", "msg", "text", "log", "Message"])
def test_free_text_keeps_its_key_and_is_a_message(tmp_path, key: str) -> None:
    _, kinds = read(tmp_path, json.dumps({key: "hello you", "other": "x"}) + "\n")
    assert kinds[key] is Kind.MESSAGE
    assert kinds["other"] is Kind.TEXT


def test_keys_that_are_data_collapse(tmp_path) -> None:
    lines = [{"sessions": {f"p{i}@acme.fr": {"n": i}}, "by": {f"u{i:03}x": 1}} for i in range(80)]
    cells, _ = read(tmp_path, "\n".join(map(json.dumps, lines)))
    assert {name for name in cells if "acme" in name or "%40" in name} == set()
    assert "sessions.{}.n" in cells
    assert "by.{}" in cells


def test_an_epoch_is_a_time_only_under_a_name_for_times(tmp_path) -> None:
    line = json.dumps({"ts": 1768383600.5, "phone": 1768383600})
    cells, kinds = read(tmp_path, f"{line}\n{line}\n")
    assert kinds == {"ts": Kind.TIMESTAMP, "phone": Kind.INTEGER}
    assert cells["ts"][0] == "2026-01-14T09:40:00.500000+00:00"


@pytest.mark.parametrize(
    ("line", "format_"),
    [
        ('{"a": 1}', "JSON lines"),
        ("2026-01-14T10:00:00Z INFO main: started", "text with times"),
        ("2026-01-14T10:00:00Z web1 app: started", "syslog"),
        ("Jan 14 10:00:00 app: started", "text with times"),
        ("a=1 b=2", "logfmt"),
        ("a=1", "text"),
        ("where a=1 and b=2", "text"),
        ("10.0.0.1 is up", "text"),
        ("1234567890 is up", "text with times"),
        ("12345678901 is up", "text"),
        ("<34>1 2026-01-14T10:00:00Z h p - - - m", "syslog (RFC 5424)"),
        ('1.2.3.4 - - [14/Jan/2026:10:00:00 +0000] "GET /" 200 1', "access log"),
    ],
)
def test_a_file_has_the_format_of_most_lines(line: str, format_: str) -> None:
    assert vote([line] * 3, Clock(UTC, NEAR)).format.name == format_


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-14T10:00:00Z", datetime(2026, 1, 14, 10, tzinfo=UTC)),
        ("2026-01-14 10:00:00,500", datetime(2026, 1, 14, 10, 0, 0, 500_000, tzinfo=UTC)),
        (
            "2026-01-14T10:00:00-05:00",
            datetime(2026, 1, 14, 10, tzinfo=timezone(timedelta(hours=-5))),
        ),
        ("14/Jan/2026:10:00:00 +0100", datetime(2026, 1, 14, 9, tzinfo=UTC)),
        ("Wed Jan 14 10:00:00 2026", datetime(2026, 1, 14, 10, tzinfo=UTC)),
        ("14-Jan-2026 10:00:00.000", datetime(2026, 1, 14, 10, tzinfo=UTC)),
        ("20260114T100000Z", datetime(2026, 1, 14, 10, tzinfo=UTC)),
        ("Jan 14 10:00:00", datetime(2026, 1, 14, 10, tzinfo=UTC)),
        ("Jan 21 10:00:00", datetime(2026, 1, 21, 10, tzinfo=UTC)),  # within a day of the file
        ("Dec 31 10:00:00", datetime(2025, 12, 31, 10, tzinfo=UTC)),
        ("1768383600", datetime(2026, 1, 14, 9, 40, tzinfo=UTC)),
        ("1768383600000", datetime(2026, 1, 14, 9, 40, tzinfo=UTC)),
        ("2026-02-30 10:00:00", None),
        ("2026-01-14", None),
        ("10:00:00", None),
        ("17683836001", None),
        ("2026-01-14T10:00:00Z and more", None),
        ("", None),
    ],
)
def test_times_are_read(text: str, moment: datetime | None) -> None:
    assert Clock(UTC, NEAR + timedelta(hours=12)).read(text) == moment


def test_a_time_without_zone_has_the_zone_of_the_source(tmp_path) -> None:
    zone = timezone(timedelta(hours=-5))
    assert Clock(zone, NEAR).read("2026-01-14 10:00:00") == datetime(2026, 1, 14, 15, tzinfo=UTC)
    assert Clock(zone, NEAR).canonical("2026-01-14 10:00:00") == "2026-01-14T10:00:00"
    assert Clock(zone, NEAR).canonical("no time") == "no time"


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        ("héllo\nbye".encode("latin-1"), ["héllo", "bye"]),
        ("héllo\n".encode(), ["héllo"]),
        ("\ufeffhéllo\n".encode(), ["héllo"]),
        ("héllo\r\nbye\r\n".encode("utf-16"), ["héllo", "bye"]),
        ("héllo ".encode() + b"\xff\xfe\n", ["héllo \ufffd\ufffd"]),
        (b"one\r\ntwo\r\n", ["one", "two"]),
        (b"one\n\n   \ntwo", ["one", "two"]),
        (b"\0" * 5000 + b"after a hole\n", ["after a hole"]),
        (b"a\0b\n" + b"text " * 100 + b"\n", ["ab", "text " * 100]),
    ],
    ids=["latin-1", "utf-8", "bom", "utf-16", "invalid", "crlf", "blank", "hole", "nul"],
)
def test_bytes_become_text(tmp_path, data: bytes, texts: list[str]) -> None:
    cells, _ = read(tmp_path, data)
    assert cells == {"message": texts}
