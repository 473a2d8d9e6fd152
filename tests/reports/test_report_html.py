"""The HTML file stands alone, keeps names as text, and names its own style and script by hash."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
import sample

from reports import html, view

RESULTS = {"scan": sample.result(), "quiet": sample.quiet(), "inventory": sample.bare()}
VOID = {"meta", "input", "br"}


class Page(HTMLParser):
    """Tags, attributes and text of a page, with tags that were not closed."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.words = ""
        self.feed(page.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, name: str) -> list[str]:
        return [attrs[name] or "" for _, attrs in self.tags if name in attrs]


@pytest.fixture(params=RESULTS.values(), ids=list(RESULTS))
def page(request: pytest.FixtureRequest) -> Page:
    return Page(html.render(request.param))


def test_tags_are_closed_in_order(page: Page) -> None:
    assert (page.open, page.wrong) == ([], [])


def test_nothing_comes_from_outside(page: Page) -> None:
    assert not page.all("src")
    assert all(link.startswith("#") for link in page.all("href"))
    assert {tag for tag, _ in page.tags} & {"link", "img", "iframe", "object", "base"} == set()


def test_links_lead_somewhere_and_ids_are_single(page: Page) -> None:
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.all("href")} <= set(ids)
    labels = [part for text in page.all("aria-labelledby") for part in text.split()]
    assert set(labels) <= set(ids)


def test_the_policy_names_the_only_style_and_script() -> None:
    text = html.render(sample.result()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy
    for tag in ("style", "script"):
        parts = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.S)
        assert len(parts) == 1
        digest = base64.b64encode(hashlib.sha256(parts[0].encode()).digest()).decode()
        assert f"{tag}-src &#39;sha256-{digest}&#39;" in policy[1]
    assert policy[1].startswith("default-src &#39;none&#39;")


def test_hostile_names_are_text() -> None:
    page = Page(html.render(sample.result()))
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert not [tag for tag, _ in page.tags if tag in ("i", "b", "textarea")]
    assert '<script>alert("1")</script>\'"&' in page.words
    assert "# </textarea></pre><b>bold</b>" in page.words
    assert not [attr for _, attrs in page.tags for attr in attrs if attr.startswith("on")]


def test_headings_do_not_skip_a_level(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 2 for before, after in pairwise(levels))


def test_synthetic_is_in_title_strip_and_watermark_only_when_it_is() -> None:
    assert html.render(sample.result()).count(b"SYNTHETIC DATA") == 3
    assert b"SYNTHETIC" not in html.render(sample.quiet())


def test_a_view_renders_as_its_result_does() -> None:
    result = sample.result()
    assert html.render(view.of(result)) == html.render(result)


def test_every_finding_can_be_linked_to() -> None:
    ids = set(Page(html.render(sample.result())).all("id"))
    shown = view.build(sample.result())
    assert {f.anchor for g in (*shown.groups, *shown.record) for f in g.findings} <= ids


def test_a_thousand_findings_stay_a_small_file() -> None:
    assert len(html.render(sample.crowded())) < 4_000_000
