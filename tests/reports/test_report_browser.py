"""The HTML in a real browser: it filters, opens, prints and asks nothing of a network."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sample

from reports import html
from scanner.model import ScanResult

pytestmark = pytest.mark.browser

INSTALL = "apt-get install chromium && pip install playwright"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]

# Contrast of every text with what lies behind it, by the formula of WCAG 2.
CONTRAST = """() => {
  const parse = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = (c) => c.slice(0, 3).map((v) => v / 255)
    .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    for (let n = node; n; n = n.parentElement) {
      const c = parse(getComputedStyle(n).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const bad = [];
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !node.checkVisibility() || ["SCRIPT", "OPTION"].includes(node.tagName)) continue;
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(behind(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) bad.push(`${node.className} ${node.textContent.slice(0, 30)} ${ratio}`);
  }
  return bad;
}"""


def chromium() -> str:
    """Return the browser, or skip; fail when it is required."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        import playwright  # noqa: F401
    except ImportError:
        found = None
    if found:
        return found
    if "chromium" in os.environ.get("REQUIRE_STORES", "").split(","):
        pytest.fail(f"chromium is required and not installed: {INSTALL}")
    pytest.skip(f"no chromium: {INSTALL}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


class Visit:
    """A page of its own, and everything it complained about or asked for."""

    def __init__(self, browser: Any, file: Path, **context: Any) -> None:
        self.context = browser.new_context(**context)
        self.page = self.context.new_page()
        self.trouble: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.trouble.append(message.text))
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(file.as_uri())

    def shot(self, file: Path, *, full: bool = False) -> None:
        # The default hides the caret by a style that the page's own policy refuses.
        self.page.screenshot(path=file, caret="initial", full_page=full)
        assert file.stat().st_size > 10_000


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Iterator[Any]:
    visits: list[Visit] = []

    def make(result: ScanResult, **context: Any) -> Visit:
        file = tmp_path / "ropascan.html"
        file.write_bytes(html.render(result))
        visits.append(Visit(browser, file, **context))
        return visits[-1]

    yield make
    for made in visits:
        made.context.close()
        assert made.trouble == []
        assert [url for url in made.requests if not url.startswith("file:")] == []
        assert len(made.requests) == 1


def shown(page: Any) -> int:
    return int(re.sub(r"\D", "", page.locator(".shown").inner_text().split(" of ")[0]))


def count(page: Any) -> int:
    return int(page.locator("#findings .finding:not([hidden])").count())


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("severity", "critical", 3),
        ("confidence", "probable", 15),
        ("rule", "S04", 1),
        ("state", "new", 3),
        ("state", "resolved", 1),
    ],
)
def test_filters_narrow_and_reset(visit: Any, name: str, value: str, expected: int) -> None:
    page = visit(sample.result()).page
    page.select_option(f"select[name={name}]", value)
    assert shown(page) == count(page) == expected
    page.click("button[type=reset]")
    page.wait_for_function("document.querySelectorAll('.finding[hidden]').length === 0")
    assert shown(page) == 16


def test_search_takes_every_word_and_says_when_nothing_fits(visit: Any) -> None:
    page = visit(sample.result()).page
    page.fill("input[type=search]", "TICKETS card")
    assert count(page) == 1
    page.fill("input[type=search]", '<script>alert("1")')
    assert count(page) == 1
    page.fill("input[type=search]", "nothing has this")
    assert count(page) == 0
    assert page.locator(".empty").is_visible()


def test_search_opens_the_section_that_holds_the_match(visit: Any) -> None:
    page = visit(sample.result()).page
    assert not page.locator("#g-possible .finding").is_visible()
    page.fill("input[type=search]", "status words")
    assert page.locator("#g-possible .finding").is_visible()


def test_a_link_from_page_one_opens_its_finding(visit: Any) -> None:
    page = visit(sample.result()).page
    page.click("button[name=close]")
    assert page.locator(".finding[open]").count() == 0
    page.locator(".note a", has_text="Password in clear").click()
    assert page.locator(".finding[open] .rule", has_text="S01").count() == 1


def test_findings_open_and_close_by_keyboard(visit: Any) -> None:
    page = visit(sample.result()).page
    page.click("button[name=close]")
    page.locator("#g-high .finding summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#g-high .finding[open]").count() == 1


def test_paper_shows_findings_opened_and_closes_them_again(visit: Any, tmp_path: Path) -> None:
    made = visit(sample.result())
    made.page.click("button[name=close]")
    made.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert made.page.locator("section.group > .finding:not([open])").count() == 0
    made.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert made.page.locator(".finding[open]").count() == 0
    made.page.pdf(path=tmp_path / "print.pdf", prefer_css_page_size=True)
    assert (tmp_path / "print.pdf").stat().st_size > 20_000


def test_every_printed_page_says_synthetic(visit: Any) -> None:
    page = visit(sample.result()).page
    page.emulate_media(media="print")
    assert page.locator(".watermark").is_visible()
    style = page.evaluate("getComputedStyle(document.querySelector('.watermark')).position")
    assert style == "fixed"  # which paper repeats on each page


def test_it_reads_without_javascript(visit: Any) -> None:
    page = visit(sample.result(), java_script_enabled=False).page
    assert not page.locator(".filters").is_visible()
    page.locator("#g-possible > summary").click()
    assert page.locator("#g-possible .finding").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["result", "bare", "quiet"])
def test_text_is_readable_in_light_and_dark(
    visit: Any, tmp_path: Path, scheme: str, name: str
) -> None:
    made = visit(getattr(sample, name)(), color_scheme=scheme)
    made.page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert made.page.evaluate(CONTRAST) == []
    made.shot(tmp_path / f"{name}-{scheme}.png", full=True)


@pytest.mark.parametrize("name", ["result", "bare"])
def test_a_narrow_screen_does_not_scroll_sideways(visit: Any, tmp_path: Path, name: str) -> None:
    made = visit(getattr(sample, name)(), viewport={"width": 360, "height": 800})
    made.page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    wide = made.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360
    made.shot(tmp_path / "narrow.png")


def test_the_matrix_keeps_its_heads_in_sight(visit: Any) -> None:
    page = visit(sample.result(), viewport={"width": 500, "height": 400}).page
    page.evaluate("document.querySelector('.grid').scrollTo(200, 300)")
    box = page.locator(".grid").bounding_box()
    corner = page.locator(".matrix .corner").bounding_box()
    assert abs(corner["x"] - box["x"]) <= 2
    assert abs(corner["y"] - box["y"]) <= 2


def test_a_thousand_findings_filter(visit: Any) -> None:
    page = visit(sample.crowded()).page
    page.fill("input[type=search]", "store_77;")
    assert shown(page) == 1
    page.click("button[type=reset]")
    page.select_option("select[name=severity]", "critical")
    assert shown(page) == 200
