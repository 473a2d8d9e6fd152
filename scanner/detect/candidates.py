"""Count the cells that have the shape of a checked entity, valid or not.

One in ten numbers passes a check digit by chance; so what counts is the share of the numbers of
that shape that pass.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any

from scanner.detect.engine.located import Shape
from scanner.detect.engine.windows import WINDOW
from scanner.detect.finder import Finder, PresidioFinder
from scanner.detect.screen import Screen
from scanner.model import Hit, Values

_OWN: dict[str, tuple[Shape, ...]] = {
    "CREDIT_CARD": (
        Shape(re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)"), r"[0-9](?:[ -]?[0-9]){12,}"),
    ),
    # "5.0.0.808" beside "5.0.0.41": a column of versions.
    "IP_ADDRESS": (
        Shape(
            re.compile(r"(?<![\d.])\d+(?:\.\d+){3}(?![\d.])"),
            r"[0-9]+(?:\.[0-9]+){3}[0-9.]*",
            alone=True,
        ),
        Shape(
            re.compile(  # not a clock
                r"(?i)(?<![0-9a-f:])(?!\d{1,2}:\d{2}:\d{2}(?![0-9a-f:]))"
                r"[0-9a-f]{0,4}:[0-9a-f:]*:[0-9a-f]{0,4}"
            ),
            r"[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]*:[0-9A-Fa-f]{0,4}",
            alone=True,
        ),
    ),
}


class Shapes:
    """Knows the shapes of the checked entities that some finders find."""

    def __init__(self, finders: Iterable[Finder]) -> None:
        checked = [item for item in finders if isinstance(item, PresidioFinder) and item.checked]
        self._own = {item.entity for item in finders if item.entity in _OWN}
        self._shapes = {item.entity: tuple(item.shapes()) for item in checked}
        self._screen = Screen.of({item.entity: item for item in checked})

    def candidates(
        self, values: Values, array: Any, hits: Sequence[Hit], looked_for: Iterable[str]
    ) -> dict[str, int]:
        """Return cells by entity, for the entities that were hit and have a shape.

        ``array`` is the Arrow array of the values. A cell with a hit has the shape. Of a field in
        several parts, all that was looked for is counted: another part may have the hits.
        """
        found: dict[str, set[int]] = {}
        if values.partial:
            shaped = self._own | set(self._shapes)
            found = {entity: set() for entity in looked_for if entity in shaped}
        for hit in hits:
            if hit.entity in self._own or hit.entity in self._shapes:
                found.setdefault(hit.entity, set()).add(hit.index)
        for entity, mine in found.items():
            if len(mine) < len(values.values):
                mine.update(index for index, *_ in self._spans(entity, values, array, mine))
        counts = values.counts
        return {entity: int(counts[sorted(rows)].sum()) for entity, rows in found.items()}

    def misses(self, values: Values, array: Any, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """Return what has the shape of a checked entity that was hit, and is no hit itself.

        For messages: there each place of a template is judged by the numbers that stand in it.
        """
        taken: dict[tuple[int, str], list[tuple[int, int]]] = {}
        for hit in hits:
            if hit.entity in self._own or hit.entity in self._shapes:
                taken.setdefault((hit.index, hit.entity), []).append((hit.start, hit.end))
        return tuple(
            Hit(index, start, end, entity, 0.0, "shape")
            for entity in dict.fromkeys(entity for _, entity in taken)
            for index, start, end in self._spans(entity, values, array)
            if not any(a <= start < b for a, b in taken.get((index, entity), ()))
        )

    def _spans(
        self, entity: str, values: Values, array: Any, known: Container[int] = ()
    ) -> Iterator[tuple[int, int, int]]:
        """Yield index, start and end of an entity's shapes, maybe without ``known`` values."""
        if entity in self._own:
            for shape in _OWN[entity]:
                for index, start, end, _ in shape.find(array, values.values):
                    yield index, start, end
            return
        for index in self._screen.candidates(array, [entity])[entity].tolist():
            if index in known:
                continue
            text = values.values[index][:WINDOW]
            for compiled in self._shapes[entity]:
                for match in compiled.finditer(text):
                    yield index, *match.span()
