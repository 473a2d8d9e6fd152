"""Of web pages only what they load from elsewhere is read, and the names of cookies."""

from pathlib import Path

import pytest

from connectors import open_store
from connectors.pages import found_in
from scanner.model import Budget, Source

PAGE = """<!doctype html><html><head>
<link rel="stylesheet" href="//fonts.googleapis.com/css?family=Inter">
<link rel="canonical" href="https://www.facebook.com/acme">
<script async src="https://static.hotjar.com/c/hotjar-1.js?id=77"></script>
<script>var u = "https:\\/\\/connect.facebook.net\\/en_US\\/fbevents.js";
document.cookie = "_hjSession=1; path=/";</script></head>
<body><a href="https://twitter.com/acme">we</a> <img src="/logo.png">
<p>Write to https://example.org/text or marie@acme.fr</p>
<form action="https://forms.typeform.com/to/x" method="post"></form></body></html>"""


def test_a_page_gives_what_it_loads_and_where_it_sends() -> None:
    resources, cookies = found_in(PAGE, page=True)
    assert sorted(resources) == [
        "https://connect.facebook.net/en_US/fbevents.js",
        "https://fonts.googleapis.com/css",
        "https://forms.typeform.com/to/x",
        "https://static.hotjar.com/c/hotjar-1.js",
    ]
    assert cookies == ["_hjSession"]


SCRIPTS = [
    ('load("https://cdn.segment.com/analytics.js")', ["https://cdn.segment.com/analytics.js"]),
    ("x='//mc.yandex.ru/metrika/tag.js'", ["https://mc.yandex.ru/metrika/tag.js"]),
    ("new WebSocket(`wss://ws.pusherapp.com/app`)", ["wss://ws.pusherapp.com/app"]),
    ("// https://example.org in a remark", []),
    ("fetch('/api/v1')", []),
    ("a = b //c.d", []),
    ("url(https://fonts.gstatic.com/a.woff2)", ["https://fonts.gstatic.com/a.woff2"]),
]


@pytest.mark.parametrize(("text", "expected"), SCRIPTS)
def test_scripts_and_styles_give_addresses_of_literals(text: str, expected: list[str]) -> None:
    assert found_in(text, page=False) == (expected, [])


HOSTILE = ["<a " * 100_000, "<!--" * 100_000, "<script>" * 50_000, "'//" * 200_000, "<" * 300_000,
           "<![CDATA[" * 50_000, "&" * 300_000, 'document.cookie="' * 50_000]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_pages_end(text: str) -> None:
    assert found_in(text, page=True) == ([], [])


def test_pages_are_assets_with_two_fields_and_rows_for_each_value(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "notes.txt").write_text("https://static.hotjar.com/a.js")
    store = open_store(Source("s", path=str(tmp_path)))
    page, text = store.assets().assets
    assert (page.type, text.type) == ("page", "file")
    assert [field.name for field in page.fields] == ["resource", "cookie"]
    sample = store.read(page, Budget())
    (batch,) = sample.batches
    assert [column.values.to_pylist()[0] is None for column in batch] == [False, False]
    assert batch[1].values.null_count == 3
    assert sample.rows == 4


def test_a_page_without_anything_from_elsewhere_is_empty(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>marie@acme.fr</p>")
    store = open_store(Source("s", path=str(tmp_path)))
    sample = store.read(store.assets().assets[0], Budget())
    assert [len(batch[0].values) for batch in sample.batches] == [0]
