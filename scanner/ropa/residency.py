"""The small language of residency branches: ``country in EU and order_entity == acme``."""

import re
from dataclasses import dataclass

_CONDITION = re.compile(r"(country)\s+in\s+(.+)|(order_entity)\s*==\s*(\S+)")


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a branch: ``subject`` is ``country`` or ``order_entity``."""

    subject: str
    values: tuple[str, ...]  # country and region codes, or one id of a party or organisation


def conditions(when: str) -> tuple[Condition, ...]:
    """Read the conditions of a branch, all of which must hold.

    Raise ValueError, with a sentence for a person, for anything else.
    """
    out = []
    for part in re.split(r"\s+and\s+", when.strip()):
        match = _CONDITION.fullmatch(part.strip())
        values = _values((match[2] or match[4]) if match else "")
        if match is None or not values:
            raise ValueError(
                'a condition is written "country in EU", "country in US, MX" or '
                '"order_entity == id", joined by "and"'
            )
        out.append(Condition(match[1] or match[3], values))
    return tuple(out)


def _values(text: str) -> tuple[str, ...]:
    inner = text.strip().strip("[](){}")
    return tuple(part for raw in inner.split(",") if (part := raw.strip().strip("\"'")))
