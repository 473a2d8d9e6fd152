"""What a rule is."""

from collections.abc import Iterator
from typing import Protocol

from scanner.model import Finding
from scanner.rules.comparison import Comparison


class Rule(Protocol):
    """One check of a record against the inventory. Its docstring is its page.

    The first line is the page's title; then come ``## What it checks``, ``## Why it matters``,
    ``## Example`` and ``## How to resolve``. ``record_only`` tells that the record alone suffices:
    such rules also run without a scan.
    """

    code: str
    name: str
    articles: tuple[str, ...]
    record_only: bool

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield the findings of one record, in any order."""
        ...
