"""A world as written: tables, fields and their labels."""

from dataclasses import dataclass, field
from typing import Any

SUBJECTS = frozenset(
    {"customer", "employee", "user", "patient", "student", "supplier", "contact", "person"}
) | {"organisation", "none"}


@dataclass(frozen=True, slots=True)
class Column:
    """One field: how its values are made, and what it holds."""

    name: str
    label: str
    make: str
    type: str = "TEXT"
    of: Any = None
    options: dict[str, Any] = field(default_factory=dict)
    null: float = 0.0
    empty: float = 0.0
    unique: bool = False
    refers: tuple[str, str] | None = None  # table and field
    comment: str = ""
    note: str = ""
    subject: str = ""  # whom this field is about, where it is not whom the table is about


@dataclass(frozen=True, slots=True)
class Table:
    """One table, its rows and whom it is about."""

    name: str
    rows: int
    subject: str
    fields: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class World:
    """One labelled database."""

    name: str
    about: str
    locale: str
    tags: tuple[str, ...]
    tables: tuple[Table, ...]
