"""Log lines of our own, with the exact truth of each: what is personal data in it.

``lines.toml`` has lines as programs write them, ``kinds.py`` what stands in their places.
"""

import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from columns import words

from logworlds.kinds import OTHER, PERSONAL, Filled

_PLACE = re.compile(r"%\{(\w+)(?::(\w+))?\}")
ENTITIES = frozenset(
    words(
        """IP_ADDRESS MAC_ADDRESS EMAIL_ADDRESS USERNAME HOST_NAME PERSON PHONE_NUMBER CREDIT_CARD
    JWT SESSION_TOKEN API_KEY PASSWORD OTP"""
    )
)
_FILE = Path(__file__).with_name("lines.toml")


@dataclass(frozen=True, slots=True)
class Line:
    """A line, the (entity, value) that must be found in it, and entities that may be."""

    text: str
    must: frozenset[tuple[str, str]] = field(repr=False)
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class Log:
    """The lines of one format; ``names``: some hold names of persons."""

    format: str
    lines: tuple[Line, ...]
    names: bool


def logs(seed: int, of_each: int = 8) -> Iterator[Log]:
    """Make the logs of all formats: each template ``of_each`` times, in an order of chance."""
    table = tomllib.loads(_FILE.read_text("utf-8"))
    given, family = table["given"]["names"].split(), table["family"]["names"].split()
    for item in table["format"]:
        source = random.Random(f"{seed} {item['name']}")
        templates = item["lines"] * of_each
        source.shuffle(templates)
        made = tuple(_line(template, source, given, family) for template in templates)
        yield Log(item["name"], made, item.get("names", False))


def _line(template: str, source: random.Random, given: list[str], family: list[str]) -> Line:
    must: set[tuple[str, str]] = set()
    may: set[str] = set()
    known: dict[str, Filled] = {}

    def fill(match: re.Match[str]) -> str:
        kind, number = match.groups()
        filled = known.get(match[0])
        if filled is None:
            if kind == "person":
                name = f"{source.choice(given)} {source.choice(family)}"
                filled = Filled(name, (("PERSON", name),))
            else:
                filled = (PERSONAL.get(kind) or OTHER[kind])(source)
            if number:
                known[match[0]] = filled
        must.update(filled.must)
        may.update(filled.may)
        return filled.text

    text = _PLACE.sub(fill, template)
    return Line(text, frozenset(must), frozenset(may))
