"""The words of the reports: numbers, dates, methods and reasons as people read them."""

import dataclasses
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar

from scanner.model import Evidence, Finding, GapReason, Method, State
from scanner.taxonomy import taxonomy

BANNER = "SYNTHETIC DATA"

ACTIVE = (State.FIRST, State.NEW, State.KNOWN, State.GROWN)

STATES = {
    State.FIRST: "",
    State.NEW: "new",
    State.KNOWN: "still open",
    State.GROWN: "grown tenfold",
    State.RESOLVED: "resolved",
    State.NOT_SEEN: "not seen this time",
    State.ACCEPTED: "accepted",
}

# What happened, and what to try.
REASONS = {
    GapReason.UNREACHABLE: (
        "could not be reached",
        "Check the address, the network and that the store runs; then scan again.",
    ),
    GapReason.REFUSED: (
        "refused the connection",
        "Check the user, the reference to the password and the TLS settings.",
    ),
    GapReason.PERMISSION: (
        "no permission to read",
        "Let the scan account read it, or exclude it in the configuration.",
    ),
    GapReason.CAN_WRITE: (
        "the account may write",
        "Use a read-only account, or set allow_write_grants = true for this source.",
    ),
    GapReason.DRIVER_MISSING: ("driver not installed", "Install it with the line named here."),
    GapReason.MODEL_MISSING: (
        "language model not installed",
        "Install it with the line named here; names were not looked for.",
    ),
    GapReason.UNREADABLE: (
        "could not be read",
        "Ask its owner whether it is intact; exclude it if it is not needed.",
    ),
    GapReason.TRUNCATED: (
        "broke off half-way",
        "Check the file or the connection; then scan again.",
    ),
    GapReason.BUDGET: (
        "stopped by the budget",
        "Raise the budget under [sampling] to read more.",
    ),
    GapReason.NOT_MEASURED: (
        "not measured",
        "An index on the field would make it cheap, or allow it with full_scan = true.",
    ),
    GapReason.UNSUPPORTED: (
        "format not supported",
        "Look at it by hand, or exclude it in the configuration.",
    ),
    GapReason.DIFFERS: (
        "plain Presidio found something else",
        "Report it as a defect, with the version and the name of the recognizer.",
    ),
    GapReason.CRASHED: (
        "the reader stopped",
        "Scan this source alone; if it happens again, report it with the message.",
    ),
}

OMISSIONS = {
    "excluded": "excluded by the configuration",
    "declared_metadata": "names and sizes only, as the record declares",
    "declared_none": "not read, as the record declares",
    "processor": "names and sizes only: held for others, no authorisation to read is declared",
    "media": "media: name, size and type only",
    "special": "a link, or no file: not followed",
    "correspondence": "names and sizes only: mail, whose content the record does not ask for",
    "view": "a view or foreign table, not asked for",
    "depth": "names only were asked for",
    "default": "not read",
}


def number(value: int) -> str:
    """Return 12,345 for 12345."""
    return f"{value:,}"


def plural(count: int, one: str, many: str = "") -> str:
    """Return ``1 asset``, ``2 assets``."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def percent(part: int, whole: int) -> str:
    """Return a share in words that never rounds something to nothing, nor nearly all to all."""
    if not whole:
        return "0%"
    share = 100 * part / whole
    if 0 < share < 0.1:
        return "under 0.1%"
    if 99.9 < share < 100:
        return "over 99.9%"
    return f"{share:.1f}%" if share < 10 and round(share, 1) != round(share) else f"{share:.0f}%"


def day(value: date | None) -> str:
    """Return an ISO date, or nothing."""
    return value.strftime("%Y-%m-%d") if value else ""


def moment(value: datetime) -> str:
    """Return an ISO date and time to the minute."""
    zone = value.strftime("%Z")
    return f"{value:%Y-%m-%d %H:%M}" + (f" {zone}" if zone else "")


def category(id_: str) -> str:
    """Return the name of a category for people."""
    known = taxonomy().categories.get(id_)
    return known.name if known else id_


def articles(cited: Iterable[str]) -> str:
    """Return ``GDPR Art. 32, 5(1)(f)``: a law is named once for the articles that follow it."""
    out, law = [], ""
    for text in cited:
        found = re.match(r"(.*\b(?:Art|s)\. )(.+)", text)
        named = found[1] if found else ""
        out.append(found[2] if found and named == law else text)
        law = named
    return ", ".join(out)


def brief(id_: str) -> str:
    """Return the name of a category without what stands in brackets."""
    return category(id_).partition(" (")[0]


def listed(items: Iterable[str], last: str = "and") -> str:
    """Return ``a, b and c``."""
    *head, tail = list(items) or [""]
    return f"{', '.join(head)} {last} {tail}" if head else tail


def sentence(text: str) -> str:
    """End a text with a full stop, unless it ends a sentence already."""
    return text if not text or text[-1] in ".!?" else text + "."


def method(how: Method, population: int | None, *, exact: bool) -> str:
    """Say how a sample was taken, and of how much."""
    if how is Method.NONE:
        return "no value was read"
    about = "" if exact else "about "
    rows = f"{about}{number(population or 0)} rows"
    known = population is not None
    return {
        Method.WHOLE: "read whole",
        Method.RANDOM: f"random sample from {rows}" if known else "random sample",
        Method.SPREAD: f"sample spread over {rows if known else 'the whole'}",
        Method.FIRST: f"only the first of {rows}" if known else "only the first rows",
    }[how]


def counted(matched: int, examined: int, how: Method, cells: int = 0) -> str:
    """Say how many values matched of how many; ``cells`` were read, of which some settled it."""
    if how is Method.NONE or (not examined and not matched):
        return plural(matched, "value") if matched else "by its name only"
    if not matched:
        return f"by its name; {plural(examined, 'value')} examined"
    said = f"{number(matched)} of {plural(examined, 'value')} ({percent(matched, examined)})"
    return said if cells <= examined else f"{said}, enough to tell; {number(cells)} were read"


def marks(found: Iterable[tuple[str, int]]) -> str:
    """Say how many of the values that match bear a mark, and how many masked ones come on top."""
    names = {
        "test": "reserved for tests",
        "harmless": "harmless (loopback, documentation)",
        "role": "of a role, not a person",
        "freemail": "at a provider of private mailboxes",
        "weak": "hashes by a fast method",
        "bare": "plain digests, without salt by their look",
    }
    counts = dict(found)
    masked = counts.pop("masked", 0)
    of_these = [f"{number(n)} {names.get(name, name)}" for name, n in counts.items() if n]
    told = [f"of these {', '.join(of_these)}"] if of_these else []
    return "; ".join([*told, f"besides, {number(masked)} masked"] if masked else told)


def best_first(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings: heaviest, surest, largest first; ties by rule and place."""
    return sorted(
        findings,
        key=lambda f: (
            -f.severity.rank,
            -f.confidence.rank,
            f.rule,
            -f.records,
            f.store or f.prefix,
            f.category,
            f.qualifier,
        ),
    )


def strongest_first(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Sort evidence: surest, most matches first; ties by place."""
    return sorted(evidence, key=lambda e: (-e.confidence.rank, -e.matched, e.place, e.category))


_UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)

T = TypeVar("T")


def clean(item: T) -> T:
    """Replace, everywhere in a view, signs that could steer a terminal or reorder a line.

    Names come from stores and may hold anything: escape sequences, right-to-left overrides.
    A line break stays, as ready TOML needs it.
    """
    if isinstance(item, str):
        return _UNSAFE.sub("\ufffd", item)  # type: ignore[return-value]
    if isinstance(item, tuple):
        return tuple(clean(part) for part in item)  # type: ignore[return-value]
    if dataclasses.is_dataclass(item) and not isinstance(item, type):
        parts = {f.name: clean(getattr(item, f.name)) for f in dataclasses.fields(item)}
        return dataclasses.replace(item, **parts)
    return item
