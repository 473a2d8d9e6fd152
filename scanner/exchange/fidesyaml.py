"""YAML without its traps: every scalar is text, and nothing refers to anything.

``NO`` stays Norway and not false; anchors and aliases, with which a small file grows without
bound, are refused, and so are tags.
"""

from typing import Any

import yaml

from scanner.errors import RecordError
from scanner.exchange.csvfile import decoded


class _Texts(yaml.BaseLoader):
    """A loader of texts, lists and mappings."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("alias")
        return super().compose_node(parent, index)


def load(content: bytes, name: str) -> dict[str, Any]:
    """Return the top mapping of a document. Raise RecordError with one sentence."""
    try:
        top = yaml.load(decoded(content, name), Loader=_Texts)  # noqa: S506 - texts only, no tags
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f", line {mark.line + 1}" if mark else ""
        raise RecordError(f"{name}{where}: this is not valid YAML.") from None
    except (yaml.YAMLError, RecursionError, ValueError):
        raise RecordError(
            f"{name} is no plain YAML (an alias, or nested too deeply); write it out in full."
        ) from None
    if not isinstance(top, dict):
        raise RecordError(f"{name} is no manifest of Fides: it does not start with keys.")
    return top


def dump(content: dict[str, Any]) -> str:
    """Return YAML in the order of the content, with texts that could be misread in quotes."""
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)


def listed(value: object) -> list[Any]:
    """Return a list: a single value becomes a list of one."""
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]
