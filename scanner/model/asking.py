"""Questions to a store in its own language, and their answers: counts and dates, never a record."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class Ask(StrEnum):
    """The kinds of question."""

    COUNT_BEFORE = "count_before"  # rows whose time lies before the cutoff, and the oldest
    COUNT_FROM = "count_from"  # rows whose time lies at or after the cutoff, and the newest
    COUNT_BELOW = "count_below"  # rows whose number is from 0 on and below ``below``
    EXTREMES = "extremes"  # oldest and newest value of a time field
    GROUPS = "groups"  # counts grouped by the value of a field
    MONTHS = "months"  # counts grouped by the calendar month (UTC) of a time field: "2025-12"
    CUSTOMERS = "customers"  # rows and customers, grouped by what decides a customer's region


@dataclass(frozen=True, slots=True)
class Through:
    """The way from a row to its customer, of whom the question really asks.

    ``field``, ``flag`` and ``by`` of the question are then fields of ``asset``.
    """

    key: str  # field of the asset that is asked about
    asset: str  # path of the asset that lists the customers, in the same source
    match: str  # its field that ``key`` refers to


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a store in its own language, so that no record leaves it.

    ``not_null`` limits counting to rows in which at least one of these fields holds something.
    Which fields those are may be known only after reading: ``filled_of`` names categories, and
    their fields take the place of ``not_null``; ``field_of`` names categories of whose every field
    the question is asked. Where no such field was found, nothing is asked. Fields that are named
    in ``aside`` decide only where no other does: a row that keeps nothing but the link to its
    customer is empty.
    """

    ask: Ask
    field: str  # empty for the entry time of a log and the modification time of files
    cutoff: datetime | None = None
    not_null: tuple[str, ...] = ()
    because: str = ""  # id of the rule and entry that needs it: "retention:logs_1y"
    filled_of: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    field_of: tuple[str, ...] = ()
    through: Through | None = None
    flag: str = ""  # only rows in which this field says yes: true, 1, yes, or any date
    below: int | None = None
    # GROUPS: only rows whose ``when`` lies from ``since`` on and before ``cutoff``.
    when: str = ""
    since: datetime | None = None
    # CUSTOMERS: the fields of country, ordering entity and written agreement, "" where the record
    # names none; ``field`` is the time of creation (or ""), cut into periods by ``steps``;
    # ``customer`` is the field that tells customers apart, on the side that is asked about.
    by: tuple[str, ...] = ()
    steps: tuple[datetime, ...] = ()
    customer: str = ""
    # Words that the grouping fields may hold, in small letters, with the code that stands for
    # them; whatever else they hold comes back as "?", so that no value leaves the store.
    words: tuple[tuple[str, str], ...] = ()

    def renamed(
        self,
        own: Callable[[str], str],
        looked_up: Callable[[str], str],
        path: Callable[[str], str],
    ) -> "Question":
        """Return the question with other names.

        ``looked_up`` renames the fields of the asset that it goes through, ``path`` that asset.
        """
        through = self.through
        spoken = looked_up if through else own
        return replace(
            self,
            field=spoken(self.field),
            flag=spoken(self.flag),
            by=tuple(spoken(name) for name in self.by),
            not_null=tuple(own(name) for name in self.not_null),
            aside=tuple(own(name) for name in self.aside),
            when=own(self.when),
            customer=own(self.customer),
            through=through
            and Through(own(through.key), path(through.asset), looked_up(through.match)),
        )


@dataclass(frozen=True, slots=True)
class Customers:
    """Rows and customers that share what decides their region.

    Each of the three texts is a code, "" when the store holds nothing there, "?" when it holds
    something that is no known code. ``period`` counts the steps of the question that creation has
    reached (0: before the first); None when the time of creation is not known.
    """

    country: str
    entity: str
    agreement: str
    period: int | None
    rows: int
    customers: int


@dataclass(frozen=True, slots=True)
class Measure:
    """The answer to a question: counts and dates only (``groups``: at most 1,000 keys).

    ``count`` is the rows that meet the question. ``rows`` is all rows that could (filled as
    ``not_null`` wants), ``undated`` those of them without a time; None where telling would have
    cost a scan that nobody agreed to. ``later`` is rows left out because they are dated after the
    day of the scan.
    """

    asset: str
    question: Question
    count: int | None = None
    oldest: datetime | None = None
    newest: datetime | None = None
    groups: tuple[tuple[str, int], ...] = dataclasses.field(default=(), repr=False)
    exact: bool = True
    rows: int | None = None
    undated: int | None = None
    later: int = 0
    customers: tuple[Customers, ...] = ()
