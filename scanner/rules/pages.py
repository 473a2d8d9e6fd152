"""Rules as documentation: found by code or name, and shown as a page."""

import difflib
import inspect
from collections.abc import Sequence

from scanner.errors import ConfigError
from scanner.rules.base import Rule

SECTIONS = ("What it checks", "Why it matters", "Example", "How to resolve")


def find_in(rules: Sequence[type[Rule]], code_or_name: str) -> type[Rule]:
    """Return the rule with a code or short name. Raise ConfigError when there is none."""
    wanted = code_or_name.strip().lower()
    for rule in rules:
        if wanted in (rule.code.lower(), rule.name):
            return rule
    names = [name for rule in rules for name in (rule.code.lower(), rule.name)]
    near = difflib.get_close_matches(wanted, names, 1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise ConfigError(
        f"There is no rule {code_or_name!r}.{hint} List them all with: ropascan rules"
    )


def summary(rule: type[Rule]) -> str:
    """Return the first line of a rule's docstring."""
    return (inspect.getdoc(rule) or "").partition("\n")[0]


def page(rule: type[Rule]) -> str:
    """Return a rule's docstring as a Markdown page, with the articles to read."""
    text = (inspect.getdoc(rule) or "").partition("\n")[2].strip()
    articles = ", ".join(rule.articles)
    return (
        f"# {rule.code} {rule.name}\n\n{summary(rule)}\n\n{text}\n\n"
        f"## Articles to read\nGDPR {articles}, where it applies at the date of the scan.\n"
    )
