"""The report as one HTML file that needs nothing else and asks nothing of a network.

Styles and script stand inside the file and are named by their hashes in a content security
policy, so that a name that found its way in could run nothing even if escaping failed. The page
reads without JavaScript; the script adds filters.
"""

import base64
import functools
import hashlib
from importlib import resources
from typing import TYPE_CHECKING

from markupsafe import Markup

from reports.view import InventoryView, View, of
from scanner.model import ScanResult

if TYPE_CHECKING:
    from jinja2 import Environment

FILENAME = "ropascan.html"

_MANY = 200  # findings above which a browser lays out only what is in sight


def render(subject: ScanResult | View | InventoryView, /) -> bytes:
    """Return the whole page as UTF-8."""
    view = of(subject)
    name = "scan.html.j2" if isinstance(view, View) else "inventory.html.j2"
    css, script = _part("report.css"), _part("report.js")
    page = _environment().get_template(name)
    text = page.render(
        view=view,
        # Our own files, no data in them; as markup, because escaping would change their hashes.
        css=Markup(css),  # noqa: S704
        script=Markup(script),  # noqa: S704
        policy=_policy(css, script),
        many=isinstance(view, View) and sum(len(g.findings) for g in view.groups) > _MANY,
    )
    return text.encode("utf-8", "replace")


def _part(name: str) -> str:
    # Universal line ends: a browser hashes what stands between the tags with \n alone.
    text = resources.files("reports").joinpath("templates", name).read_text("utf-8")
    return text.replace("\r\n", "\n")


def _policy(css: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_hash(css)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@functools.cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
