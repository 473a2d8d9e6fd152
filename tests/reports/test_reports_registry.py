"""Formats are found by name, ours and those of other packages, through the same door."""

from importlib import metadata
from types import SimpleNamespace

import pytest

import reports
from scanner.errors import ConfigError


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("terminal", "ropascan.txt"),
        ("html", "ropascan.html"),
        ("json", "ropascan.json"),
        ("jsonl", "ropascan.jsonl"),
    ],
)
def test_our_formats_load_and_name_their_file(name: str, file: str) -> None:
    assert callable(reports.load(name).render)
    assert reports.filename(name) == file


def test_every_builtin_is_named() -> None:
    assert reports.names()[: len(reports.BUILTIN)] == tuple(reports.BUILTIN)


def test_an_unknown_format_names_the_nearest() -> None:
    with pytest.raises(ConfigError, match=r"'htlm'; did you mean 'html'\? the formats are: term"):
        reports.load("htlm")


def announce(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    entry = metadata.EntryPoint("markdown", value, reports.GROUP)
    monkeypatch.setattr(metadata, "entry_points", lambda **_: [entry])


def test_a_plug_in_is_loaded_by_the_same_door(monkeypatch: pytest.MonkeyPatch) -> None:
    plugin = SimpleNamespace(FILENAME="r.md", render=lambda _: b"# ok")
    monkeypatch.setattr("string.plugin", plugin, raising=False)
    announce(monkeypatch, "string:plugin")
    assert reports.names()[-1] == "markdown"
    assert reports.filename("markdown") == "r.md"


@pytest.mark.parametrize(
    ("value", "sentence"),
    [("no_such_module_here", "cannot be imported"), ("string:digits", "has no FILENAME or no")],
)
def test_a_broken_plug_in_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, value: str, sentence: str
) -> None:
    announce(monkeypatch, value)
    with pytest.raises(ConfigError, match=sentence):
        reports.load("markdown")
