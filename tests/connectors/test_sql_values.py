import json

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from connectors.flatten import NOT_JSON, flatten, is_document, parse
from connectors.sql_errors import connection_lost, store_error
from connectors.sql_grants import writes_in
from connectors.sql_media import examine
from scanner.model import Kind


def flat(*documents: object) -> dict[str, list[str | None]]:
    parsed = [None if d is None else parse(json.dumps(d)) for d in documents]
    return {found.name: [*found.rows, *found.more] for found in flatten("f", parsed)}


FLAT = [
    ([{"a": 1}], {"f.a": ["1"]}),
    ([{"a": {"b": "x"}}, None], {"f.a.b": ["x", None]}),
    ([{"a": ["x", "y"]}, {"a": "z"}], {"f.a": ["x", "z", "y"]}),
    ([{"a": [{"b": 1}, {"b": 2}]}], {"f.a.b": ["1", "2"]}),
    ([["x", ["y", ["z"]]]], {"f": ["x", "y", "z"]}),
    (["bare"], {"f": ["bare"]}),
    ([{}], {"f": [None]}),
    ([None, None], {"f": [None, None]}),
    ([{"a": ""}, {"a": None}], {"f.a": ["", None]}),
    ([{"a.b": 1, "c d": 2, "e/f": 3}], {"f.a%2Eb": ["1"], "f.c d": ["2"], "f.e%2Ff": ["3"]}),
    ([{"marie@example.com": {"n": 1}}], {"f.{}": ["marie@example.com"], "f.{}.n": ["1"]}),
    ([{"1042": "x", "name": "y"}], {"f.name": ["y"], "f.{}": ["1042", "x"]}),
    ([{"c0ffee00-0000-4000-8000-000000000001": 1}], None),
    ([{"2024-01-31": 1}], None),
    ([{"+41 21 555 01 02": 1}], None),
    ([{"5f2b8c9e1a7d4e3f": 1}], None),
    ([{"x" * 65: 1}], None),
]


@pytest.mark.parametrize(("documents", "expected"), FLAT)
def test_documents_flatten(documents: list[object], expected: object) -> None:
    found = flat(*documents)
    if expected is None:
        assert list(found) == ["f.{}"]
    else:
        assert found == expected


@pytest.mark.parametrize(
    "key", ["address1", "line_2", "sha256", "é", "first name", "a" * 64, "ip4"]
)
def test_names_are_no_data(key: str) -> None:
    assert "f.{}" not in flat({key: "v"})


def test_many_changing_keys_are_a_map_and_many_steady_ones_are_not() -> None:
    maps = [{f"user{row * 10 + i}": "x" for i in range(10)} for row in range(10)]
    assert list(flat(*maps)) == ["f.{}"]
    forms = [{f"question_{i}": "x" for i in "abcdefgh" * 1} | WIDE for _ in range(10)]
    assert len(flat(*forms)) == 8 + len(WIDE)
    assert list(flat({f"user{i}": "x" for i in range(41)})) == ["f.{}"]


WIDE = {f"answer_{chr(97 + i)}{chr(97 + j)}": "x" for i in range(6) for j in range(10)}


def test_kinds_and_digits_are_kept() -> None:
    text = '{"i": 12345678901234567890123, "n": 1.50, "e": 1e3, "b": true, "m": [1, "x"]}'
    found = {part.name: (part.rows[0], part.kind) for part in flatten("f", [parse(text)])}
    assert found == {
        "f.i": ("12345678901234567890123", Kind.INTEGER),
        "f.n": ("1.50", Kind.NUMBER),
        "f.e": ("1000", Kind.NUMBER),
        "f.b": ("true", Kind.BOOLEAN),
        "f.m": ("1", Kind.TEXT),
    }


def test_hostile_documents_do_no_harm() -> None:
    deep = "[" * 100_000 + "]" * 100_000
    assert parse(deep) is NOT_JSON
    assert parse("9" * 10_000) == "9" * 10_000
    nested: object = "leaf"
    for _ in range(40):
        nested = {"k": nested}
    (found,) = flatten("f", [nested])
    assert found.name.count(".") == 12
    assert "leaf" in (found.rows[0] or "")
    assert flat({"a": "\ud800"}) == {"f.a": ["?"]}


@pytest.mark.parametrize(
    ("text", "expected"), [("{}", True), (" [1]", True), ("1", False), ("{x}", False), ("", False)]
)
def test_only_objects_and_arrays_are_documents(text: str, expected: bool) -> None:
    assert is_document(text) is expected


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.lists(json_values, max_size=5))
def test_any_documents_give_unique_fields_with_a_cell_for_each_row(documents: list[object]) -> None:
    parts = flatten("f", [parse(json.dumps(d)) for d in documents])
    names = [part.name for part in parts]
    assert names == sorted(set(names))
    assert all(len(part.rows) == len(documents) for part in parts)


BYTES = [
    (b"Marie", False, ("Marie", "text/plain")),
    (b"", False, ("", "text/plain")),
    ("é".encode()[:1], False, (None, "application/octet-stream")),
    ("aé".encode()[:2], True, ("a", "text/plain")),
    (b"a\xffb", True, (None, "application/octet-stream")),
    (b"a\x00b", False, (None, "application/octet-stream")),
    (b"%PDF-1.7 text", False, (None, "application/pdf")),
    (b"BM is text", False, ("BM is text", "text/plain")),
    (b"\x1f\x8b\x08\x00", False, (None, "application/gzip")),
]


@pytest.mark.parametrize(("raw", "cut", "expected"), BYTES)
def test_bytes_are_text_only_when_they_print(raw: bytes, cut: bool, expected: object) -> None:
    assert examine(raw, cut=cut) == expected


GRANTS = [
    ("GRANT USAGE ON *.* TO `u`@`%` IDENTIFIED BY PASSWORD '*ABC'", []),
    ("GRANT SELECT, SHOW VIEW ON `app`.* TO `u`@`%`", []),
    ("GRANT SELECT, PROCESS, REPLICATION CLIENT ON *.* TO `u`@`%` WITH GRANT OPTION", []),
    ("GRANT ALL PRIVILEGES ON *.* TO `u`@`%`", ["ALL PRIVILEGES"]),
    ("GRANT SELECT, INSERT, DELETE ON `app`.* TO `u`@`%`", ["INSERT", "DELETE"]),
    ("GRANT INSERT ON `other`.* TO `u`@`%`", []),
    ("GRANT INSERT ON `ap_`.* TO `u`@`%`", ["INSERT"]),
    (r"GRANT INSERT ON `ap\_`.* TO `u`@`%`", []),
    ("GRANT INSERT ON `app`.`users` TO `u`@`%`", ["INSERT"]),
    ("GRANT INSERT ON `app`.`others` TO `u`@`%`", []),
    ("GRANT SELECT (`update`), UPDATE (`a`, `b`) ON `app`.`users` TO `u`@`%`", ["UPDATE"]),
    ("GRANT SELECT ON `app`.`INSERT ON x` TO `u`@`%`", []),
    ("GRANT EXECUTE ON PROCEDURE `app`.`p` TO `u`@`%`", []),
    ("GRANT `role` TO `u`@`%`", []),
    ('GRANT DROP ON "app".* TO "u"@"%"', ["DROP"]),
    ("GRANT PROXY ON ''@'%' TO 'root'@'localhost' WITH GRANT OPTION", []),
]


@pytest.mark.parametrize(("line", "expected"), GRANTS)
def test_grants_that_change_something_are_found(line: str, expected: list[str]) -> None:
    assert [what for what, _ in writes_in(line, {("app", "users")})] == expected


def wrapped(original: Exception) -> sa.exc.DBAPIError:
    return sa.exc.OperationalError("SELECT secret", {"v": "value"}, original)


def test_errors_of_drivers_are_judged_by_code_and_never_quoted() -> None:
    import psycopg.errors
    import pymysql

    cases = [
        (wrapped(pymysql.err.OperationalError(1045, "secret")), "refused"),
        (wrapped(pymysql.err.OperationalError(2013, "secret")), "unreachable"),
        (wrapped(pymysql.err.ProgrammingError(1146, "secret")), "unreadable"),
        (wrapped(pymysql.err.OperationalError(1969, "secret")), "budget"),
        (wrapped(pymysql.err.OperationalError()), "unreadable"),
        (wrapped(psycopg.errors.InsufficientPrivilege("secret")), "permission"),
        (wrapped(psycopg.errors.QueryCanceled("secret")), "budget"),
        (wrapped(psycopg.errors.AdminShutdown("secret")), "unreachable"),
        (wrapped(psycopg.errors.DivisionByZero("secret")), "unreadable"),
        (wrapped(psycopg.errors.LockNotAvailable("secret")), "budget"),
        (wrapped(psycopg.OperationalError("connection failed: certificate secret")), "refused"),
        (wrapped(psycopg.OperationalError("connection failed: secret")), "unreachable"),
        (wrapped(RuntimeError("secret")), "unreadable"),
        (sa.exc.ResourceClosedError("secret"), "unreadable"),
        (UnicodeDecodeError("utf-8", b"secret", 0, 1, "secret"), "unreadable"),
    ]
    for error, reason in cases:
        ours = store_error(error)
        assert (ours.reason, "secret" in repr(ours)) == (reason, False), repr(error)
    assert connection_lost(cases[1][0])
    assert not connection_lost(cases[2][0])
