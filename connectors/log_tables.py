"""Logs that name their fields in a header line: Zeek (``#fields``) and W3C (``#Fields:``)."""

import functools
from collections.abc import Sequence

from connectors.log_time import Clock
from connectors.log_types import MESSAGE_KEYS, Cell, Format, timed
from scanner.model import Field, Kind, field_name

_ZEEK_KINDS = {
    "time": Kind.TIMESTAMP,
    "addr": Kind.INET,
    "port": Kind.INTEGER,
    "count": Kind.INTEGER,
    "int": Kind.INTEGER,
    "double": Kind.NUMBER,
    "interval": Kind.NUMBER,
    "bool": Kind.BOOLEAN,
}
_BOOLEANS = {"T": "true", "F": "false"}


def is_comment(line: str) -> bool:
    """Tell whether a line is part of a header or a footer, not an entry."""
    return line.startswith("#")


def header_format(lines: Sequence[str]) -> Format | None:
    """Return the format that a header among the lines describes, or None."""
    types: list[str] = []
    names: list[str] = []
    for line in lines:
        if line.startswith("#fields\t"):
            names = line.rstrip().split("\t")[1:]
        elif line.startswith("#types\t"):
            types = line.rstrip().split("\t")[1:]
        elif line.startswith("#Fields: "):
            return _w3c(line.split()[1:])
    return _zeek(names, types) if names else None


def _zeek(names: list[str], types: list[str]) -> Format:
    types = types if len(types) == len(names) else [""] * len(names)
    fields = tuple(
        # A dot in a name is nesting: the same log written as JSON has objects there.
        Field(field_name(*name.split(".")), _zeek_kind(name, type_), declared=type_)
        for name, type_ in zip(names, types, strict=True)
    )
    parse = functools.partial(_row, fields=fields, sign="\t")
    return Format("Zeek", parse, fields, time=("ts",), header=True)


def _zeek_kind(name: str, type_: str) -> Kind:
    if name.rpartition(".")[2].lower() in MESSAGE_KEYS:
        return Kind.MESSAGE
    return _ZEEK_KINDS.get(type_, Kind.TEXT)


def _w3c(names: list[str]) -> Format:
    fields = tuple(Field(field_name(name), Kind.TEXT) for name in names)
    parse = functools.partial(_row, fields=fields, sign=" ")
    return Format("W3C", parse, fields, ("date", "time"), header=True, together=True)


def _row(line: str, clock: Clock, *, fields: tuple[Field, ...], sign: str) -> list[Cell] | None:
    values = line.split(sign)
    if is_comment(line) or len(values) != len(fields):
        return None
    return [_cell(field, value, clock) for field, value in zip(fields, values, strict=True)]


def _cell(field: Field, value: str, clock: Clock) -> Cell:
    if value in ("-", "(empty)"):
        return Cell(field.name, field.kind, None)
    if field.kind is Kind.TIMESTAMP:
        return timed(field.name, value, clock)
    if field.kind is Kind.BOOLEAN:
        value = _BOOLEANS.get(value, value)
    return Cell(field.name, field.kind, value)
