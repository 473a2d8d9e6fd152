"""Registers of other tools and authorities, in and out.

Import: file -> sheets or YAML -> :class:`~scanner.exchange.line.Register` (words of people) ->
draft record. Export: the way back. Every import is a draft; every export lists what it left out.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scanner.errors import ConfigError
from scanner.exchange.outcome import Exported, Imported

if TYPE_CHECKING:
    from scanner.ropa.types import Ropa

IMPORTS: Final[Mapping[str, str]] = {
    "ico": "workbook of the ICO (xlsx, ods) or the same columns as CSV",
    "cnil": "register of the CNIL (ods, xlsx: one sheet an activity; CSV: one row a category)",
    "fides": "manifest of Fides (YAML)",
    "table": "any table (xlsx, ods, CSV), through --mapping FILE",
}
"""Format -> what it is, for ``record import --as``."""

EXPORTS: Final[Mapping[str, tuple[str, ...]]] = {
    "ico": ("xlsx", "ods", "csv"),
    "cnil": ("ods", "xlsx", "csv"),
    "fides": ("yml", "yaml"),
    "dpv": ("ttl", "jsonld"),
    "flows": ("csv", "xlsx", "ods"),
    "toml": ("toml",),
}
"""Format -> endings of the file, the usual one first, for ``record export --as``."""


def read(
    path: Path, kind: str = "", *, as_of: date, mapping: Path | None = None, organisation: str = ""
) -> Imported:
    """Read a foreign register as a draft record. Raise RecordError or ConfigError.

    ``kind`` is one of :data:`IMPORTS`; guessed when empty. ``organisation`` is the id to write.
    """
    from scanner.exchange import building, drafttext, reading

    register, values, used = reading.register(path, kind, mapping)
    draft = building.build(register, as_of, organisation=organisation, values=values)
    return drafttext.imported(draft, path.name, used)


def write(
    ropa: "Ropa", kind: str, ending: str = "", *, authority: bool = False, base: str = ""
) -> Exported:
    """Return a record in a foreign format. Raise ConfigError.

    ``ending`` chooses among :data:`EXPORTS`; ``authority`` leaves out what is not a part of the
    register: drafts, notes, vetted false alarms, accepted findings. ``base``: see ``dpv``.
    """
    from scanner.exchange import register as registers
    from scanner.exchange import writing

    ending = ending or EXPORTS[kind][0]
    if ending not in EXPORTS[kind]:
        known = ", ".join(f".{one}" for one in EXPORTS[kind])
        raise ConfigError(f"--as {kind} writes {known}; .{ending[:20]} is none of these.")
    chosen, remarks = registers.chosen(ropa, authority=authority, whole=kind == "toml")
    out = writing.render(chosen, kind, ending, authority=authority, base=base)
    return replace(out, remarks=(*remarks, *out.remarks))


__all__ = ["EXPORTS", "IMPORTS", "Exported", "Imported", "read", "write"]
