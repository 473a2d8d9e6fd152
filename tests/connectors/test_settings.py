"""Settings files are one row of keys and values; what is none stays a file."""

from pathlib import Path

import pytest

from connectors import open_store
from scanner.model import Asset, Budget, GapReason, Kind, Method, Sample, Source


def listed(folder: Path) -> dict[str, Asset]:
    store = open_store(Source("s", path=str(folder)))
    return {asset.path.removeprefix("file://s/"): asset for asset in store.assets().assets}


def read(folder: Path, name: str, budget: Budget | None = None) -> tuple[Sample, dict[str, list]]:
    store = open_store(Source("s", path=str(folder)))
    asset = next(a for a in store.assets().assets if a.path.endswith(name))
    sample = store.read(asset, budget or Budget())
    found: dict[str, list] = {}
    for batch in sample.batches:
        for column in batch:
            found.setdefault(column.field.name, []).extend(column.values.to_pylist())
    return sample, found


CASES = {
    "app.ini": (b"; remark\n[mail]\nhost = smtp.acme.fr ; ours\npassword = 'a b'\n",
                {"mail.host": ["smtp.acme.fr"], "mail.password": ["a b"]}),
    "twice.ini": (b"[a]\nkey=1\nkey=2\n", {"a.key": ["1", "2"]}),
    "windows.ini": (b"\xef\xbb\xbf[a]\r\nkey = x\r\nother = y\r\n",
                    {"a.key": ["x"], "a.other": ["y"]}),
    "wide.ini": ("[a]\nkey = été\n".encode("utf-16"), {"a.key": ["été"]}),
    "java.properties": (b"db.user=app\ndb.url=jdbc\\:x\nlong=one\\\n  two\n",
                        {"db%2Euser": ["app"], "db%2Eurl": ["jdbc:x"], "long": ["onetwo"]}),
    ".env": (b'export TOKEN="abc"\nEMPTY=\n', {"TOKEN": ["abc"], "EMPTY": [""]}),
    ".env.local": (b"A=1\n", {"A": ["1"]}),
    "nginx.conf": (b"server {\n  listen 80;\n  root /srv/www;\n}\n",
                   {"listen": ["80"], "root": ["/srv/www"]}),
    "app.toml": (b'[a]\nb = 1\nc = [1.5, 2.5]\nd = 2026-01-15\n',
                 {"a.b": ["1"], "a.c": ["1.5", "2.5"], "a.d": ["2026-01-15"]}),
    "app.yaml": (b"a: &x\n  b: yes\nc:\n  <<: *x\n",
                 {"a.b": ["true"], "c.<<.b": ["true"]}),
    "app.json": (b'{"a": {"b": "c", "marie@acme.fr": "d"}}',
                 {"a.b": ["c"], "a.{}": ["marie@acme.fr", "d"]}),
    "web.config": (b'<c><add key="Password" value="x"/><d>e</d></c>',
                   {"add.Password": ["x"], "d": ["e"]}),
    "settings": (b"name=x\ncolour=blue\nsize=4\n",
                 {"name": ["x"], "colour": ["blue"], "size": ["4"]}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_settings_are_one_row_of_their_keys(name: str, tmp_path: Path) -> None:
    content, expected = CASES[name]
    (tmp_path / name).write_bytes(content)
    assert listed(tmp_path)[name].type == "settings"
    sample, found = read(tmp_path, name)
    assert found == expected
    assert (sample.method, sample.rows, sample.population) == (Method.WHOLE, 1, 1)


LEFT = {
    "notes.txt": b"Call me back.\nThanks.\n",
    "prose.conf": b"This is a letter and no settings at all.\nIt has many words, and no keys.\n"
    * 3,
    "list.json": b'[{"a": 1}]',
    "data.json": b'{"people": [' + b",".join(b'{"name": "x"}' for _ in range(40)) + b"]}",
    "broken.json": b'{"a": ',
    "broken.toml": b"a = \n",
    "broken.yaml": b"a: [1, 2\nb: }\n",
    "scalar.yaml": b"just a text\n",
    "code.yaml": b"a: !!python/object/apply:os.system ['true']\n",
    "package.json": b'{"author": "Marie <marie@acme.fr>"}',
    "text.xml": b"<p>Some <b>running</b> text</p>",
    "entities.xml": b'<!DOCTYPE a [<!ENTITY x "y">]><a><b>&x;</b></a>',
    "outside.xml": b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a><b>c</b></a>',
    "binary.ini": b"\x00\x01\x02[a]\x00b=1" * 50,
    "huge.ini": b"a = 1\n" * 200_000,
    "huge.yaml": b"a: 1\n" * 40_000,
    "empty.ini": b"",
    "readme": b"Read me = first\nThen there is text that goes on for a while.\nAnd on.\nAnd on.\n",
}


@pytest.mark.parametrize("name", LEFT)
def test_what_is_no_settings_stays_a_file(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(LEFT[name])
    assert listed(tmp_path)[name].type == "file"


BOMBS = {
    "laughs.yaml": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(
        f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ),
    "merges.yaml": "a: &a {x: 1}\n"
    + "".join(
        f"{b}: &{b}\n  <<: [{','.join(['*' + a] * 9)}]\n"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ),
    "deep.yaml": "[" * 20_000,
    "dashes.yaml": "- " * 20_000,
    "deep.json": '{"a":' * 20_000 + "1" + "}" * 20_000,
    "deep.toml": "a = " + "[" * 20_000,
    "deep.xml": "<a>" * 20_000 + "</a>" * 20_000,
    "itself.yaml": "a: &a\n  b: *a\n  c: d\n",
    "number.toml": "a = " + "9" * 10_000,
    "many.ini": "".join(f"key{n} = value\n" for n in range(30_000)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_hostile_settings_are_read_within_bounds_or_left(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(BOMBS[name])
    if listed(tmp_path)[name].type == "settings":
        _, found = read(tmp_path, name)
        assert sum(len(values) for values in found.values()) < 40_000
        assert len(found) <= 6_000


def test_many_keys_of_one_section_stay_names(tmp_path: Path) -> None:
    (tmp_path / "a.ini").write_text("".join(f"key_{chr(97 + n % 26)}{n} = v\n" for n in range(100)))
    assert len(read(tmp_path, "a.ini")[1]) == 100


def test_long_values_are_cut_and_counted(tmp_path: Path) -> None:
    (tmp_path / "a.ini").write_text("a = " + "x" * 50 + "\nb = y\n")
    sample, found = read(tmp_path, "a.ini", Budget(cell=10))
    assert found["a"] == ["x" * 10]
    assert sample.cut == {"a": 1}


def test_words_for_yes_and_no_are_booleans(tmp_path: Path) -> None:
    (tmp_path / "a.ini").write_text("debug = off\nname = offline\n")
    store = open_store(Source("s", path=str(tmp_path)))
    batch = next(store.read(store.assets().assets[0], Budget()).batches)
    assert {c.field.name: c.field.kind for c in batch} == {"debug": Kind.BOOLEAN, "name": Kind.TEXT}


def test_a_single_settings_file_may_be_the_source(tmp_path: Path) -> None:
    path = tmp_path / "device.ini"
    path.write_text("[account]\nuser = x\n")
    store = open_store(Source("s", path=str(path)))
    assert store.assets().assets[0].type == "settings"
    assert [c.field.name for c in next(store.read(store.assets().assets[0], Budget()).batches)] == [
        "account.user"
    ]


def test_lines_of_a_log_are_no_settings(tmp_path: Path) -> None:
    (tmp_path / "app").write_text(
        "".join(f"2026-01-15T10:00:{n:02}Z level=info user=u{n} took=3\n" for n in range(30))
    )
    assert not any(asset.type == "settings" for asset in listed(tmp_path).values())


def test_a_file_beyond_the_bytes_is_a_gap_and_not_half_read(tmp_path: Path) -> None:
    (tmp_path / "a.ini").write_text("a = 1\nb = 2\n" * 10)
    sample, found = read(tmp_path, "a.ini", Budget(bytes=40))
    assert found == {}
    assert [gap.reason for gap in sample.gaps] == [GapReason.BUDGET]
    assert sample.method is not Method.WHOLE


def test_what_would_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.ini").write_text("a = 1\n")
    store = open_store(Source("s", path=str(tmp_path)))
    said = store.statements(store.assets().assets[0], Budget(), ())
    assert said == ("read the file, 6 bytes, for its keys and values",)
