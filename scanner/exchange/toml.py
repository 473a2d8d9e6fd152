"""The record's own format, written: complete, stable, and equal when it is read again.

:func:`table` writes one block from a mapping; :func:`blocks` and :func:`record` write what is in a
:class:`~scanner.ropa.types.Ropa`, leaving out what has its default.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import date
from typing import Any, Final

from scanner.ropa.types import Ropa
from scanner.ropa.vocabulary import FORMAT

# Controls, and signs that make text look like what it is not, are written as escapes.
_SPECIAL = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\u202a-\u202e]')
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LINE: Final = 100
# Written in one line, as people do: short, and part of a sentence ("in", "mechanism").
_INLINE: Final = frozenset({"in", "mechanism", "mechanisms", "branches", "child_age"})
_ESCAPES: Final = {
    "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f",
}  # fmt: skip

TABLES: Final = {
    "party": "parties",
    "activity": "activities",
    "data_group": "data_groups",
    "system": "systems",
    "store": "stores",
    "retention": "retentions",
    "residency": "residencies",
    "transfer": "transfers",
    "prohibit": "prohibits",
    "notice": "notices",
    "hold": "holds",
    "approval": "approvals",
    "accept": "accepts",
}
"""Table of the format -> field of ``Ropa``, in the order in which they are written."""

_NAMES: Final = {
    "from_": "from",
    "sites": "site",
    "versions": "version",
    "claims": "claim",
    "where": "in",
}
_SKIPPED: Final = frozenset({"origin", "line"})


def record(ropa: Ropa, *, comment: str = "") -> str:
    """Return a whole record; ``comment`` stands at the top, each line behind ``#``."""
    parts = [f"# {line}".rstrip() for line in _plain_lines(comment)]
    parts.append(f"format = {_value(FORMAT)}")
    if ropa.synthetic:
        parts.append("synthetic = true")
    parts += [
        f"{key} = {day}"
        for key in ("effective", "until")
        if (day := getattr(ropa, key)) is not None
    ]
    settings = mapping(ropa.settings)
    text = (
        "\n".join(parts) + "\n\n" + table("organisation", mapping(ropa.organisation), single=True)
    )
    if settings:
        text += "\n" + table("settings", settings, single=True)
    return "\n".join([text, *blocks(ropa)])


def blocks(ropa: Ropa, *names: str) -> Iterable[str]:
    """Yield one ``[[table]]`` block for each entry; ``names`` limits it to some tables."""
    for name, attribute in TABLES.items():
        if not names or name in names:
            for entry in getattr(ropa, attribute):
                yield table(name, mapping(entry))


def mapping(entry: Any) -> dict[str, Any]:
    """Return what a dataclass of the record holds, by the keys of the format, without defaults."""
    out: dict[str, Any] = {}
    claims = type(entry).__name__ == "DataGroup"  # there it is a list of words
    for part in fields(entry):
        value = getattr(entry, part.name)
        if part.name in _SKIPPED or (_default(part) == value and part.name != "where"):
            continue
        if part.name == "selector":
            out |= mapping(value)
        elif part.name == "mechanisms":
            out["mechanism"] = dict(value)
        elif part.name == "child_age" and isinstance(value, tuple):
            out["child_age"] = dict(value)
        else:
            key = part.name if claims else _NAMES.get(part.name, part.name)
            if part.name == "fields":
                key = "field"
            out[key] = _plain(value)
    return out


def _default(part: Any) -> Any:
    if part.default is not MISSING:
        return part.default
    return part.default_factory() if part.default_factory is not MISSING else MISSING


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return mapping(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def table(name: str, content: Mapping[str, Any], *, single: bool = False) -> str:
    """Return one block: ``[[name]]`` (``[name]`` when single), its keys, then its sub-tables.

    A value is a text, a whole number, a truth, a date, a list of these, a mapping (written as
    ``[name.key]``) or a list of mappings (``[[name.key]]``). None is left out. The block ends
    with a line break; put an empty line between blocks.
    """
    lines = [f"[{name}]" if single else f"[[{name}]]"]
    later: list[str] = []
    for key, value in content.items():
        if value is None:
            continue
        if isinstance(value, Mapping) and key not in _INLINE:
            later.append(table(f"{name}.{_key(key)}", value, single=True))
        elif _is_tables(value) and key not in _INLINE:
            later += [table(f"{name}.{_key(key)}", item) for item in value]
        else:
            lines.append(f"{_key(key)} = {_value(value, len(key) + 3)}")
    return "\n".join([*lines, ""]) + "".join(later)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and isinstance(value[0], Mapping)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _value(value: Any, used: int = 0) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return _long_text(value) if "\n" in value.strip("\n") else _text(value)
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, Sequence):
        return _list(value, used)
    raise TypeError(f"a record holds no {type(value).__name__}")


def _list(value: Sequence[Any], used: int) -> str:
    # Each item on one line of its own when they do not fit: a change is then one line of a diff.
    items = [_text(item) if isinstance(item, str) else _value(item) for item in value]
    short = f"[{', '.join(items)}]"
    if len(short) + used <= _LINE and not any(isinstance(item, Mapping) for item in value):
        return short
    return "[\n" + "".join(f"  {item},\n" for item in items) + "]"


def _text(text: str) -> str:
    return f'"{_escaped(text)}"'


def _long_text(text: str) -> str:
    # The break after the opening quotes is not part of the text.
    lines = (_escaped(line) for line in text.split("\n"))
    return '"""\n' + "\n".join(lines) + '"""'


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: _sign(found[0]), text)


def _sign(sign: str) -> str:
    return _ESCAPES.get(sign) or f"\\u{ord(sign):04x}"


def _plain_lines(comment: str) -> list[str]:
    # What stands in a comment comes from a foreign file: no sign of it may end the comment.
    plain = "".join(sign if sign >= " " and sign != "\x7f" else "\n" for sign in comment)
    return [" ".join(line.split()) for line in plain.split("\n")] if comment else []
