"""The declared register as people read it: sections of entries, each with labelled lines."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """An activity, system, store, party or limit. ``lines`` are label and text."""

    title: str
    lines: tuple[tuple[str, str], ...] = ()
    note: str = ""  # draft, ended


@dataclass(frozen=True, slots=True)
class RegisterSection:
    """Entries of one kind."""

    title: str
    entries: tuple[RegisterEntry, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """One record as it is in force on a day. ``open_points`` are sentences."""

    name: str
    as_of: date
    in_force: str  # from when to when, in words
    files: tuple[str, ...]
    sections: tuple[RegisterSection, ...]
    open_points: tuple[str, ...] = ()
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Completeness:
    """What Art. 30 asks of one activity (or of the organisation), by role.

    ``points`` are the points that are asked, as in ``(c)``, with what each is about and whether
    it is filled in.
    """

    title: str
    role: str
    article: str  # 30(1) or 30(2)
    points: tuple[tuple[str, str, bool], ...]
    note: str = ""

    @property
    def filled(self) -> int:
        """The number of points that are filled in."""
        return sum(filled for _, _, filled in self.points)
