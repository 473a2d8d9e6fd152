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
        re.compile(  # not a clock
            r"(?i)(?<![0-9a-f:])(?!\d{1,2}:\d{2}:\d{2}(?![0-9a-f:]))"
            r"[0-9a-f]{0,4}:[0-9a-f:]*:[0-9a-f]{0,4}"
        ),
    ),
}


def candidates(values: Values, hits: Sequence[Hit], finders: Iterable[Finder]) -> dict[str, int]:
    """Return cells by entity, for the entities that were hit and have a shape to compare with."""
    shapes = _shapes(hits, finders)
    return {entity: _cells(values, patterns) for entity, patterns in shapes.items()}


def misses(values: Values, hits: Sequence[Hit], finders: Iterable[Finder]) -> tuple[Hit, ...]:
    """Return what has the shape of a checked entity that was hit, and is no hit itself.

    For messages: there each place of a template is judged by the numbers that stand in it.
    """
    taken = {(hit.index, hit.entity, at) for hit in hits for at in range(hit.start, hit.end)}
    return tuple(
        Hit(index, match.start(), match.end(), entity, 0.0, "shape")
        for entity, patterns in _shapes(hits, finders).items()
        for index, value in enumerate(values.values)
        for pattern in patterns
        for match in pattern.finditer(value[:WINDOW])
        if (index, entity, match.start()) not in taken
    )


def _shapes(hits: Sequence[Hit], finders: Iterable[Finder]) -> dict[str, tuple[Any, ...]]:
    """Return the expressions of each checked entity that was hit."""
    hit = {item.entity for item in hits}
    out: dict[str, tuple[Any, ...]] = {}
    for finder in finders:
        entity = finder.entity
        if entity not in hit or not isinstance(finder, PresidioFinder):
            continue
        if entity in _OWN:
            out[entity] = _OWN[entity]
        elif finder.checked:
            out[entity] = tuple(finder.shapes())
    return out


def _cells(values: Values, shapes: Iterable[Any]) -> int:
    """Count the cells in which one of the expressions matches."""
    patterns = tuple(shapes)
    return sum(
        int(count)
        for value, count in zip(values.values, values.counts, strict=True)
        if any(pattern.search(value[:WINDOW]) for pattern in patterns)
    )
