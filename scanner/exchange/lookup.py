"""From a register's words to ids, with a list of every word that meant nothing."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from scanner.exchange import words
from scanner.ropa.types import Ropa

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


@dataclass(slots=True)
class Draft:
    """A draft record with what a person should look at.

    ``unmapped`` holds (field, words of the register); ``assumed`` sentences about what the format
    demands and the register does not say; ``remarks`` about what was not read.
    """

    ropa: Ropa
    unmapped: list[tuple[str, str]] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class Lookup:
    """What a builder of a draft asks for words and ids. ``values`` are own words by kind."""

    def __init__(self, draft: Draft, values: Mapping[str, Mapping[str, str]]) -> None:
        self.draft, self.values = draft, values
        self.taken: dict[str, set[str]] = {}
        self.next: dict[tuple[str, str], int] = {}  # table, base of an id -> number to try
        self.missed: set[tuple[str, str]] = set()

    def id(self, table: str, text: str) -> str:
        """Return a new id for a table, made from a text."""
        base = words.snake(text, table)
        taken = self.taken.setdefault(table, set())
        id_, number = base, self.next.get((table, base), 2)
        while id_ in taken:
            id_, number = f"{base}_{number}", number + 1
        self.next[table, base] = number
        taken.add(id_)
        return id_

    def miss(self, what: str, pieces: Iterable[str]) -> None:
        """Keep words that meant nothing, once."""
        for piece in pieces:
            entry = (what, " ".join(piece.split())[:300])
            if entry not in self.missed:
                self.missed.add(entry)
                self.draft.unmapped.append(entry)

    def assume(self, sentence: str) -> None:
        """Keep a sentence about what had to be assumed, once."""
        if sentence not in self.draft.assumed:
            self.draft.assumed.append(sentence)

    def mapped(self, kind: str, texts: Iterable[str], what: str) -> tuple[str, ...]:
        """Return the ids that texts mean; what they leave over is listed."""
        found = words.many(kind, texts, self.values.get(kind))
        self.miss(what, found.unmapped)
        if kind in words.OWN:
            found.add(words.own_word(kind, piece) for piece in found.unmapped if len(piece) <= 60)
        return tuple(found.ids)

    def country(self, text: str, what: str) -> str:
        """Return the first country that a text names."""
        found = words.many("countries", (text,), self.values.get("countries"))
        self.miss(what, found.unmapped)
        return next(iter(found.ids), "")

    def day(self, text: str, what: str) -> date | None:
        """Return the day that a text names; what names none is listed."""
        if not text.strip():
            return None
        day = read_day(text)
        if day is None:
            self.miss(what, (text,))
        return day


def read_day(text: str) -> date | None:
    """Read a day as ``2024-02-29`` or, as in most of Europe, ``29/02/2024``; None for all else."""
    match = _DAY.search(text)
    if not match:
        return None
    year, month, day = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
    try:
        return datetime(int(year), int(month), int(day)).date()
    except ValueError:
        return None
