"""Web pages and scripts: what they load from elsewhere, and the cookies that they set.

Of a page only the addresses of other hosts are read (scripts, pictures, frames, style sheets, where
a form is sent, addresses in string literals of scripts), without what follows a question mark, and
the names of cookies. Its text is not.
"""

import re
from collections.abc import Iterator
from html import unescape

from connectors.log_files import LogFile
from connectors.media import ending
from connectors.settings import content, too_large
from scanner.model import Asset, Batch, Budget, Column, Field, Kind, Method, Sample

BYTES = 1024 * 1024  # read of one file
FIELDS = (Field("resource", Kind.TEXT), Field("cookie", Kind.TEXT))
_MOST = 2000  # different values of a field

_PAGES = frozenset({"html", "htm", "xhtml"})
_SCRIPTS = frozenset({"js", "mjs", "cjs"})
_STYLES = frozenset({"css"})
# Attribute that names what an element loads, or where it sends.
_LOADS = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "frame": "src",
    "embed": "src",
    "audio": "src",
    "video": "src",
    "source": "src",
    "object": "data",
    "link": "href",
    "form": "action",
}
_FETCHED = frozenset(
    {
        "dns-prefetch",
        "icon",
        "manifest",
        "modulepreload",
        "preconnect",
        "prefetch",
        "preload",
        "stylesheet",
    }
)
_TAG = re.compile(rf"<({'|'.join(_LOADS)})\b([^<>]{{0,4000}})>", re.IGNORECASE)
_SAID = re.compile(r"([\w-]{1,40})\s{0,4}=\s{0,4}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_LITERAL = re.compile(
    r"[\"'`(]\s{0,4}((?:(?:https?|wss?):)?\\?/\\?/[\w-]+(?:\.[\w-]+)+(?:[^\s\"'`<>\\)]|\\/){0,500})"
)
_COOKIE = re.compile(r"document\.cookie\s{0,8}=\s{0,8}[\"'`]([\w.-]{1,80})=")


def is_page(file: LogFile) -> bool:
    """Tell whether a file is a page, script or style sheet, by its name and first bytes."""
    kinds = _PAGES | _SCRIPTS | _STYLES
    return file.head.text and not file.head.packed and ending(file.place.name) in kinds


def read_page(file: LogFile, asset: Asset, budget: Budget) -> Sample:
    """Return a row for each address and each cookie. Raise StoreError when it cannot be opened."""
    gap = too_large(file, asset, budget)
    most = BYTES if budget.bytes is None else min(BYTES, budget.bytes)
    found = found_in(content(file, most), page=ending(file.place.name) in _PAGES)
    rows = max(map(len, found))
    kept = tuple(values[: budget.most] for values in found)
    whole = gap is None and file.place.size <= BYTES and rows <= budget.most
    sample = Sample(
        iter(()),
        Method.WHOLE if whole else Method.FIRST,
        rows if gap is None else None,
        gap is None,
        min(rows, budget.most),
        min(file.place.size, most),
        gaps=[gap] if gap else [],
    )
    sample.batches = _batches(kept, budget.cell, sample.cut)
    return sample


def found_in(text: str, *, page: bool) -> tuple[list[str], list[str]]:
    """Return the addresses of other hosts and the names of cookies, each once, as they come.

    ``page``: the text is HTML; else a script or style sheet.
    """
    if not page:
        return _in_script(text)
    loaded, scripts = _parts(_without_remarks(text))
    resources, cookies = _in_script("\n".join(scripts))
    outside = [address for raw in loaded if (address := _external(raw))]
    return list(dict.fromkeys((*outside, *resources)))[:_MOST], cookies


def _in_script(text: str) -> tuple[list[str], list[str]]:
    found = (_external(match[1].replace("\\/", "/")) for match in _LITERAL.finditer(text))
    resources = dict.fromkeys(address for address in found if address)
    cookies = dict.fromkeys(match[1] for match in _COOKIE.finditer(text))
    return list(resources)[:_MOST], list(cookies)[:_MOST]


def _external(raw: str) -> str:
    """Return an address of another host without its query; empty for one of the same host."""
    text = raw.strip().replace("\\/", "/")
    if text.startswith("//"):
        text = f"https:{text}"
    if not text.lower().startswith(("http://", "https://", "ws://", "wss://")):
        return ""
    return re.split(r"[?#]", text, maxsplit=1)[0][:500]


def _parts(text: str) -> tuple[list[str], list[str]]:
    """Return what the elements of a page load, and the texts of its scripts.

    Written by hand: the parser of the standard library takes very long over hostile pages.
    """
    loaded: list[str] = []
    scripts: list[str] = []
    lower, at = text.lower(), 0
    while match := _TAG.search(text, at):
        tag, at = match[1].lower(), match.end()
        said = {
            m[1].lower(): unescape(m[2] or m[3] or m[4] or "") for m in _SAID.finditer(match[2])
        }
        if (tag != "link" or _FETCHED & set(said.get("rel", "").lower().split())) and (
            value := said.get(_LOADS[tag])
        ):
            loaded.append(value)
        if tag == "script":
            end = lower.find("</script", at)
            end = len(text) if end < 0 else end
            scripts.append(text[at:end])
            at = end
    return loaded, scripts


def _without_remarks(text: str) -> str:
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        parts.append(text[at:start])
        end = text.find("-->", start)
        if end < 0:
            return "".join(parts)
        at = end + 3
    return "".join((*parts, text[at:]))


def _batches(values: tuple[list[str], ...], limit: int, cut: dict[str, int]) -> Iterator[Batch]:
    """Yield the rows: an address and a cookie in each, as far as there are both."""
    import pyarrow as pa

    rows = max(map(len, values))
    columns = []
    for field, texts in zip(FIELDS, values, strict=True):
        if short := sum(len(text) > limit for text in texts):
            cut[field.name] = short
        filled = [text[:limit] for text in texts] + [None] * (rows - len(texts))
        columns.append(Column(field, pa.array(filled, pa.string())))
    yield tuple(columns)
