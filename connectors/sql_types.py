"""Types of SQL stores in our words, and the canonical text of their values."""

import re
import uuid
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from scanner.model import Field, Kind

_POSTGRESQL = {
    Kind.INTEGER: "int2 int4 int8 oid",
    Kind.NUMBER: "float4 float8 numeric money",
    Kind.BOOLEAN: "bool",
    Kind.DATE: "date",
    Kind.TIMESTAMP: "timestamp timestamptz",
    Kind.TIME: "time timetz",
    Kind.UUID: "uuid",
    Kind.INET: "inet cidr",
    Kind.MAC: "macaddr macaddr8",
    Kind.JSON: "json jsonb",
    Kind.BYTES: "bytea",
    Kind.TEXT: "text varchar bpchar char name citext xml hstore tsvector ltree",
}
_MYSQL = {
    Kind.INTEGER: "tinyint smallint mediumint int integer bigint year bit",
    Kind.NUMBER: "decimal numeric float double",
    Kind.DATE: "date",
    Kind.TIMESTAMP: "datetime timestamp",
    Kind.TIME: "time",
    Kind.UUID: "uuid",
    Kind.INET: "inet4 inet6",
    Kind.JSON: "json",
    Kind.BYTES: "tinyblob blob mediumblob longblob binary varbinary vector",
    Kind.TEXT: "char varchar tinytext text mediumtext longtext enum set",
}
# SQLite takes any word for a type; the first of these that occurs in it decides.
_SQLITE = (
    ("POINT", Kind.OTHER),
    ("INT", Kind.INTEGER),
    ("BOOL", Kind.BOOLEAN),
    ("DATETIME", Kind.TIMESTAMP),
    ("TIMESTAMP", Kind.TIMESTAMP),
    ("DATE", Kind.DATE),
    ("TIME", Kind.TIME),
    ("UUID", Kind.UUID),
    ("GUID", Kind.UUID),
    ("UNIQUEIDENTIFIER", Kind.UUID),
    ("JSON", Kind.JSON),
    ("CHAR", Kind.TEXT),
    ("CLOB", Kind.TEXT),
    ("TEXT", Kind.TEXT),
    ("BLOB", Kind.BYTES),
    ("BINARY", Kind.BYTES),
    ("REAL", Kind.NUMBER),
    ("FLOA", Kind.NUMBER),
    ("DOUB", Kind.NUMBER),
    ("NUM", Kind.NUMBER),
    ("DEC", Kind.NUMBER),
)
_NAMED = {
    dialect: {name: kind for kind, names in table.items() for name in names.split()}
    for dialect, table in (("postgresql", _POSTGRESQL), ("mysql", _MYSQL))
}


def kind_of_type(dialect: str, name: str) -> Kind:
    """Return the kind of a type: the base name in PostgreSQL and MySQL, any word in SQLite."""
    if dialect == "sqlite":
        upper = name.upper()
        return next((kind for part, kind in _SQLITE if part in upper), Kind.TEXT)
    return _NAMED[dialect].get(name.lower(), Kind.OTHER)


def canonical(value: Any, field: Field, dialect: str) -> str | None:
    """Return the canonical text of a value that is not bytes; null stays null."""
    if value is None:
        return None
    if isinstance(value, str):
        return _text(value, field)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        if field.kind is Kind.BOOLEAN and value in (0, 1):
            return "true" if value else "false"
        return str(value)
    if isinstance(value, float):
        return float_text(value)
    if isinstance(value, Decimal):
        return _decimal(value)
    if isinstance(value, datetime):
        # The session's zone is UTC, and MySQL's TIMESTAMP is the one of its types that has a zone.
        zoned = dialect == "mysql" and field.declared.startswith("timestamp")
        return value.isoformat() + ("+00:00" if zoned and value.tzinfo is None else "")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return _duration(value)
    return str(value)


_INSTANT = re.compile(
    r"(\d{4,}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?)(?:([+-]\d\d)(:\d\d)?)?( BC)?\Z", re.ASCII
)


def _text(value: str, field: Field) -> str:
    if field.kind is Kind.TIMESTAMP and (match := _INSTANT.match(value)):
        day, clock, hours, minutes, era = match.groups()
        zone = f"{hours}{minutes or ':00'}" if hours else ""
        return f"{day}T{clock}{zone}{era or ''}"
    if field.kind is Kind.INET:  # PostgreSQL writes a single address as a network of one
        return value.removesuffix("/128" if ":" in value else "/32")
    if field.kind is Kind.UUID:
        try:
            return str(uuid.UUID(value))
        except ValueError:
            return value
    return value


def float_text(value: float) -> str:
    """Return the shortest digits that give the number back, without an exponent where exact."""
    text = repr(value)
    if "e" not in text or not 1e-7 < abs(value) < 1e21:
        return text
    plain = format(Decimal(text), "f")
    return plain if "." in plain else plain + ".0"


def _decimal(value: Decimal) -> str:
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -200 < exponent < 200:
        return format(value, "f")
    return str(value)


def _duration(value: timedelta) -> str:
    seconds = abs(value) // timedelta(seconds=1)
    sign = "-" if value < timedelta(0) else ""
    rest = abs(value) - timedelta(seconds=seconds)
    text = f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return text + (f".{rest.microseconds:06}" if rest else "")
