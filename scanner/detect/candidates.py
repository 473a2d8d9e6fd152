"""Count the cells that have the shape of a checked entity, valid or not.

One in ten numbers passes a check digit by chance; so what counts is the share of the numbers of
that shape that pass.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from scanner.detect.finder import Finder, PresidioFinder
from scanner.detect.scan import WINDOW
from scanner.model import Hit, Values

_OWN: dict[str, tuple[re.Pattern[str], ...]] = {
    "CREDIT_CARD": (re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)"),),
    # "5.0.0.808" beside "5.0.0.41": a column of versions.
    "IP_ADDRESS": (
        re.compile(r"(?<![\d.])\d+(?:\.\d+){3}(?![\d.])"),
        re.compile(r"(?i)[0-9a-f]{0,4}:[0-9a-f:]*:[0-9a-f]{0,4}"),
    ),
}


def candidates(values: Values, hits: Sequence[Hit], finders: Iterable[Finder]) -> dict[str, int]:
    """Return cells by entity, for the entities that were hit and have a shape to compare with."""
    hit = {item.entity for item in hits}
    out: dict[str, int] = {}
    for finder in finders:
        entity = finder.entity
        if entity not in hit or not isinstance(finder, PresidioFinder):
            continue
        if entity in _OWN:
            out[entity] = _cells(values, _OWN[entity])
        elif finder.checked:
            out[entity] = _cells(values, finder.shapes())
    return out


def _cells(values: Values, shapes: Iterable[Any]) -> int:
    """Count the cells in which one of the expressions matches."""
    patterns = tuple(shapes)
    return sum(
        int(count)
        for value, count in zip(values.values, values.counts, strict=True)
        if any(pattern.search(value[:WINDOW]) for pattern in patterns)
    )
