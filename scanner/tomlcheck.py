"""Strict reading of TOML files that people write: every mistake named by file, line, table and key.

A :class:`Block` is one table. Asking it for a key makes the key known; :meth:`Block.finish`
reports every key that nobody asked for, with the nearest right spelling. Mistakes are collected
in :class:`Problems`, so that a person sees ten of them at once, each a sentence of its own.
Values are quoted only where they come from a closed vocabulary and never from ``url`` or
``password``.
"""

import re
import tomllib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Self

from scanner.errors import RopascanError
from scanner.spelling import hint, nearest, quoted, type_word
from scanner.toml_lines import Place, line_of

_SHOWN = 10
_NAME = 60  # signs of a table's name in a message


class Problems:
    """Sentences about mistakes, in the order in which they were found."""

    def __init__(self) -> None:
        self.sentences: list[str] = []
        self.left = 0  # mistakes beyond those that are shown

    def add(self, sentence: Callable[[], str]) -> None:
        """Keep a sentence; it is only made when it will be shown, as its line must be searched."""
        if len(self.sentences) >= _SHOWN:
            self.left += 1
        elif (text := sentence()) not in self.sentences:
            self.sentences.append(text)

    def raise_if_any(self, error: type[RopascanError]) -> None:
        """Raise ``error`` with up to ten sentences, one a line, when there are any."""
        if not self.sentences:
            return
        more = [f"and {self.left} more."] if self.left else []
        raise error("\n".join([*self.sentences, *more]))


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file. ``name`` is for people: never a full path."""

    name: str
    data: dict[str, object] = field(repr=False)
    text: str = field(repr=False)


def read_toml(path: Path, name: str, error: type[RopascanError]) -> Document:
    """Read and parse a file; raise ``error`` with one sentence when that cannot be done."""
    try:
        # utf-8-sig: Windows editors write a mark at the start, which TOML does not allow.
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise error(f"{name} does not exist; check the path.") from None
    except UnicodeDecodeError:
        raise error(f"{name} is not UTF-8 text; save it as UTF-8.") from None
    except OSError as problem:
        why = problem.strerror or "unknown reason"
        raise error(f"{name} cannot be read ({why}); check the path and its permissions.") from None
    try:
        return Document(name, tomllib.loads(text), text)
    except RecursionError:
        raise error(f"{name} is nested too deeply to be read.") from None
    except ValueError as problem:
        # tomllib's messages name a position, a key or one sign, never a value.
        said = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", str(problem), re.S)
        where = f", line {said[2]}, column {said[3]}" if said else ""
        what = said[1] if said else "it ends too early or holds an impossible number"
        raise error(f"{name}{where}: this is not valid TOML: {what}.") from None


class Block:
    """One table of a document, read key by key.

    ``label`` names it for people (``[[store]] crm``), ``at`` for finding its line. Every
    reading method reports what is wrong and returns its default then, so reading goes on.
    """

    def __init__(
        self,
        doc: Document,
        problems: Problems,
        data: dict[str, object] | None = None,
        label: str = "",
        at: Place = (),
    ) -> None:
        self.doc = doc
        self.problems = problems
        self.data = doc.data if data is None else data
        self.label = label
        self.at = at
        self._asked: dict[str, None] = {}

    def problem(self, sentence: str, key: str = "") -> None:
        """Report a mistake at a key of this table (or at the table)."""
        self.problems.add(lambda: self._located(sentence, key))

    def _located(self, sentence: str, key: str) -> str:
        line = line_of(self.doc.text, self.at, key)
        where = f"{self.doc.name}, line {line}" if line else self.doc.name
        table = f"{self.label}: " if self.label else ""
        return f"{where}: {table}{sentence}"

    def has(self, key: str) -> bool:
        """Tell whether a key is present."""
        return key in self.data

    def raw(self, key: str) -> object:
        """Return the value as parsed, or None; the key counts as known."""
        self._asked[key] = None
        return self.data.get(key)

    def mistyped(self, key: str, wanted: str, value: object) -> None:
        """Report that a value has the wrong type."""
        self.problem(f"{key} must be {wanted}, but is {type_word(value)}.", key)

    def _missing(self, key: str, *, required: bool) -> None:
        if required:
            self.problem(f"{key} is missing; it must be there.")

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """Return a text. A required one must not be empty."""
        value = self.raw(key)
        if value is None:
            self._missing(key, required=required)
            return default
        if not isinstance(value, str):
            self.mistyped(key, "a text in quotes", value)
            return default
        if required and not value.strip():
            self.problem(f"{key} is empty; it must say something.", key)
        return value

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self.raw(key)
        if value is None:
            self._missing(key, required=required)
            return ()
        if not isinstance(value, list):
            self.problem(
                f'{key} must be a list, as in {key} = ["…"], but is {type_word(value)}.', key
            )
            return ()
        wrong = next((item for item in value if not isinstance(item, str)), None)
        if wrong is not None:
            self.problem(f"{key} must hold only texts, but holds {type_word(wrong)}.", key)
        return tuple(item for item in value if isinstance(item, str))

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return true or false."""
        value = self.raw(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.mistyped(key, "true or false, without quotes", value)
            return default
        return value

    def whole(self, key: str, default: int = 0, *, least: int = 0) -> int:
        """Return a whole number that is not below ``least``."""
        value = self.raw(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int):
            self.mistyped(key, "a whole number, without quotes", value)
            return default
        if value < least:
            self.problem(f"{key} must be {least} or more.", key)
            return default
        return value

    def number(
        self, key: str, default: float = 0.0, *, least: float = 0.0, most: float = 1e12
    ) -> float:
        """Return a number between two bounds."""
        value = self.raw(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self.mistyped(key, "a number, without quotes", value)
            return default
        if not least <= value <= most:  # also true for nan
            bounds = f"{least:g} or more" if most == 1e12 else f"between {least:g} and {most:g}"
            self.problem(f"{key} must be {bounds}.", key)
            return default
        return float(value)

    def day(self, key: str, *, required: bool = False) -> date | None:
        """Return a TOML date."""
        value = self.raw(key)
        if value is None:
            self._missing(key, required=required)
            return None
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self.mistyped(key, "a date without quotes and without a time, as in 2026-01-31", value)
        return None

    def choice(
        self, key: str, options: Collection[str], default: str = "", *, required: bool = False
    ) -> str:
        """Return one word of a closed vocabulary."""
        value = self.text(key, default, required=required)
        return self._checked(key, value, options) if self.has(key) and value else default

    def choices(self, key: str, options: Collection[str]) -> tuple[str, ...]:
        """Return words of a closed vocabulary."""
        return tuple(item for item in self.texts(key) if self._checked(key, item, options))

    def _checked(self, key: str, value: str, options: Collection[str]) -> str:
        if value in options:
            return value
        self.problem(f"{key} does not know {quoted(value)}; {hint(value, options)}", key)
        return ""

    def open_choices(self, key: str, options: Collection[str]) -> tuple[str, ...]:
        """Return words of an open vocabulary: own words pass, misspelt known ones do not."""
        items = self.texts(key)
        for item in items:
            if item not in options and nearest(item, options, 0.85, beginnings=False):
                self.problem(f"{key} does not know {quoted(item)}; {hint(item, options)}", key)
        return items

    def check(self, key: str, items: Iterable[str], test: Callable[[str], str]) -> None:
        """Report what ``test`` says of each item, unless it says nothing."""
        for item in items:
            wrong = test(item)
            if wrong:
                self.problem(f"{key}: {wrong}", key)

    def table(self, key: str) -> Self | None:
        """Return a single sub-table, or None when it is absent."""
        value = self.raw(key)
        if value is None:
            return None
        if isinstance(value, dict):
            return self._child(value, key, f"[{self._dotted(key)}]", -1)
        if isinstance(value, list):
            name = self._dotted(key)
            self.problem(f"there is only one {key}: write [{name}] instead of [[{name}]].", key)
        else:
            self.mistyped(key, "a table", value)
        return None

    def tables(self, key: str, name_key: str = "id") -> list[Self]:
        """Return the tables of a list; ``name_key`` is the key that names each for people."""
        value = self.raw(key)
        dotted = self._dotted(key)
        if value is None:
            return []
        if isinstance(value, dict):
            self.problem(f"there may be several {key}: write [[{dotted}]], not [{dotted}].", key)
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.mistyped(key, f"tables that start with [[{dotted}]]", value)
            return []
        out = []
        for number, item in enumerate(value):
            name = item.get(name_key)
            shown = name if isinstance(name, str) and name.isprintable() else f"no. {number + 1}"
            out.append(self._child(item, key, f"[[{dotted}]] {shown[:_NAME]}", number))
        return out

    def _dotted(self, key: str) -> str:
        return ".".join((*(name for name, _ in self.at), key))

    def _child(self, data: dict[str, object], key: str, label: str, number: int) -> Self:
        label = f"{self.label}, {label}" if self.label else label
        return type(self)(self.doc, self.problems, data, label, (*self.at, (key, number)))

    def finish(self) -> None:
        """Report every key that was never asked for."""
        for key, value in self.data.items():
            if key not in self._asked:
                near = hint(key, self._asked)
                self.problem(f"{_shown(key, value)} is not known here; {near}", key)


def _shown(key: str, value: object) -> str:
    if isinstance(value, dict):
        return f"the table {quoted(key)}"
    several = isinstance(value, list) and value and isinstance(value[0], dict)
    return f"the table {quoted(key)}" if several else quoted(key)
