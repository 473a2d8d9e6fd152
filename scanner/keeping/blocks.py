"""Blocks of the record as TOML text, to be appended."""

import textwrap
from collections.abc import Mapping
from datetime import date

from scanner.exchange import toml

Value = str | bool | int | date | tuple[str, ...]

_WIDTH = 98


def block(
    name: str, fields: Mapping[str, Value | None], *comments: str, single: bool = False
) -> str:
    """Return one ``[[name]]`` (``[name]`` when single) with its comments above.

    ``False`` and ``0`` are written; None, empty texts and empty lists are left out.
    """
    lines = [f"# {line}\n" for text in comments for line in textwrap.wrap(text, _WIDTH)]
    kept = {key: value for key, value in fields.items() if value not in (None, "", ())}
    return "".join(lines) + toml.table(name, kept, single=single)
