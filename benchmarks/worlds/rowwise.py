"""Values built from other fields of the same row: ``{first:slug}.{last:slug}@firma.pl``."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

from .base import Made
from .model import Column, Table

_PART = re.compile(r"\{\{|\}\}|\{([^{}:]+)(?::(\w+))?\}")
_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss", "æ": "ae", "ı": "i", "đ": "d"}
)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[\W_]+", "-", kept.lower()).strip("-")


FILTERS: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "slug": _slug,
    "initial": lambda text: text[:1],
}


def _parts(column: Column) -> list[tuple[str, str]]:
    return [(name, how) for name, how in _PART.findall(str(column.of or "")) if name]


def faults(table: Table) -> Iterator[str]:
    """Yield what is wrong with the ``row`` fields of a table."""
    names = {field.name for field in table.fields}
    done = {field.name for field in table.fields if field.make != "row"}
    for column in table.fields:
        if column.make != "row":
            continue
        if not _parts(column):
            yield f"field {column.name}: make = 'row' needs of = text with {{field}} in it"
        for name, how in _parts(column):
            if name not in done:
                why = "is itself a row field that stands later" if name in names else "is not there"
                yield f"field {column.name}: field {name!r} {why}"
            if how and how not in FILTERS:
                yield f"field {column.name}: filter {how!r}: it is {', '.join(FILTERS)}"
        done.add(column.name)


def value(column: Column, row: Mapping[str, Made]) -> Made:
    """Return the value for one row; None where a field that it is built from is None."""
    if any(row[name] is None for name, _ in _parts(column)):
        return None

    def one(match: re.Match[str]) -> str:
        if not match[1]:
            return match[0][0]
        text = str(row[match[1]])
        return FILTERS[match[2]](text) if match[2] else text

    return _PART.sub(one, str(column.of))
