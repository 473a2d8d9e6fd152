"""Count the hits of a field by entity: from hits with positions to detections without values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scanner.classify.distinct import Distinct, alone, hashes
from scanner.model import Detected, Detection, Hit, Values
from scanner.redact import shapes

_EXAMPLES = 3
_KNOWN, _SURE = 0.7, 0.8  # scores
_SHAPES = 2000  # shapes of one entity that are counted; beyond, half of them are kept
_BEFORE, _AFTER = " \t\r\n\"'<>", " \t\r\n\"'<>;,."


def _whole(value: str, start: int, end: int) -> bool:
    """Tell whether a hit is all of its value, blanks and quotes aside."""
    return not value[:start].strip(_BEFORE) and not value[end:].strip(_AFTER)


def _cells(hits: Sequence[Hit], counts: Sequence[int], least: float) -> int:
    """Return the cells that have a hit of such a score at least."""
    return sum([counts[index] for index in {hit.index for hit in hits if hit.score >= least}])


@dataclass(slots=True)
class _Counted:
    """What was counted of one entity."""

    matched: int = 0
    whole: int = 0
    beside: int = 0
    known: int = 0
    sure: int = 0
    score: float = 0.0
    distinct: Distinct = field(default_factory=Distinct)
    by: set[str] = field(default_factory=set)
    marks: dict[str, int] = field(default_factory=dict)
    shapes: dict[str, int] = field(default_factory=dict)
    forgotten: int = 0  # the largest count of a shape that was let go

    def add(self, hits: Sequence[Hit], values: Values, counts: Sequence[int], keys: Any) -> None:
        """Count the hits of one part; a cell with several counts once, by its clearest."""
        texts = values.values
        clear: dict[int, str | None] = {}  # value -> the mark of all its hits, None: several
        whole: set[int] = set()
        masked: set[int] = set()
        hit_texts: list[str] = []
        for hit in hits:
            index, start, end, mark = hit.index, hit.start, hit.end, hit.mark
            text = texts[index]
            hit_texts.append(text[start:end])
            if mark == "masked":
                masked.add(index)
                continue
            # A cell bears a mark only when all its hits do: one real value outweighs a test value.
            clear[index] = mark if clear.get(index, mark) == mark else None
            if end - start == len(text) or _whole(text, start, end):
                whole.add(index)
        self._shapes(zip(shapes(hit_texts), (counts[hit.index] for hit in hits), strict=True))
        self.matched += sum([counts[index] for index in clear])
        self.whole += sum([counts[index] for index in whole])
        self.beside += sum([counts[index] for index in {hit.index for hit in hits if hit.beside}])
        self.known += _cells(hits, counts, _KNOWN)
        self.sure += _cells(hits, counts, _SURE)
        self.distinct.add(keys[list(clear)])
        self.score = max(self.score, max(hit.score for hit in hits))
        self.by.update({hit.by for hit in hits})
        for index, common in clear.items():
            if common:
                self.marks[common] = self.marks.get(common, 0) + counts[index]
        if left := masked.difference(clear):
            total = sum(counts[index] for index in left)
            self.marks["masked"] = self.marks.get("masked", 0) + total

    def merge(self, other: "_Counted") -> None:
        """Add what was counted of the same entity elsewhere."""
        self.matched += other.matched
        self.whole += other.whole
        self.beside += other.beside
        self.known += other.known
        self.sure += other.sure
        self.score = max(self.score, other.score)
        self.distinct.merge(other.distinct)
        self.by |= other.by
        for mark, count in other.marks.items():
            self.marks[mark] = self.marks.get(mark, 0) + count
        self._shapes(other.shapes.items())
        self.forgotten = max(self.forgotten, other.forgotten)

    def _shapes(self, found: Iterable[tuple[str, int]]) -> None:
        """Count shapes. One that was let go may have had as many cells as the largest let go."""
        seen, least = self.shapes, self.forgotten
        for text, count in found:
            seen[text] = seen.get(text, least) + count
        if len(self.shapes) > _SHAPES:
            ranked = _ranked(self.shapes)
            self.shapes = dict(ranked[: _SHAPES // 2])
            self.forgotten = ranked[_SHAPES // 2][1]

    def examples(self) -> tuple[str, ...]:
        """Return the most frequent shapes of what was hit."""
        return tuple(text for text, _ in _ranked(self.shapes)[:_EXAMPLES])


def _ranked(shapes: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(shapes.items(), key=lambda item: (-item[1], item[0]))


@dataclass(slots=True)
class Tally:
    """Adds up the hits of a field that comes in parts.

    Cells are counted exactly; distinct values as :class:`~scanner.classify.distinct.Distinct`
    does; examples are the most frequent shapes, exactly so below 2,000 different ones.
    """

    examined: int = 0
    counted: dict[str, _Counted] = field(default_factory=dict)
    less: dict[str, int] = field(default_factory=dict)  # cells in which it was not looked for
    looked: set[str] = field(default_factory=set)
    candidates: dict[str, int] = field(default_factory=dict)
    floors: dict[str, float] = field(default_factory=dict)  # shares that rounds have settled
    rare: bool = False

    def add(self, values: Values, detected: Detected, keys: Any = None) -> None:
        """Count the hits of one part; ``keys`` are the :func:`hashes` of its values, if at hand."""
        by_entity: dict[str, list[Hit]] = {}
        for hit in detected.hits:
            by_entity.setdefault(hit.entity, []).append(hit)
        self._cells(values.examined, detected, by_entity.keys())
        self._settle(detected.floors, rare=detected.rare)
        if not by_entity:
            return
        keys = hashes(values.values) if keys is None else keys
        counts = values.counts.tolist()
        for entity, hits in by_entity.items():
            drawn = detected.drawn.get(entity)
            cells = counts if drawn is None else drawn.tolist()
            self._of(entity).add(hits, values, cells, keys)

    def _cells(self, examined: int, detected: Detected, hit: Any) -> None:
        """Note in how many cells each entity was looked for, or has its shape."""
        everything = detected.looked_for | hit | self.looked
        for entity in everything:
            here = entity in detected.looked_for or entity in hit
            seen = detected.examined.get(entity, examined) if here else 0
            before = self.less.get(entity, 0 if entity in self.looked else self.examined)
            if before + examined - seen:
                self.less[entity] = before + examined - seen
        self.looked |= everything
        self.examined += examined
        for entity, count in detected.candidates.items():
            self.shaped(entity, count)

    def merge(self, other: "Tally") -> None:
        """Add what was counted elsewhere of the same field."""
        for entity in self.looked | other.looked:
            mine = self.less.get(entity, 0 if entity in self.looked else self.examined)
            theirs = other.less.get(entity, 0 if entity in other.looked else other.examined)
            if mine + theirs:
                self.less[entity] = mine + theirs
        self.looked |= other.looked
        self._settle(other.floors, rare=other.rare)
        self.examined += other.examined
        for entity, count in other.candidates.items():
            self.shaped(entity, count)
        for entity, counted in other.counted.items():
            self._of(entity).merge(counted)

    def _settle(self, floors: Mapping[str, float], *, rare: bool) -> None:
        """Note the shares that rounds have settled; the least of several parts counts."""
        for entity, floor in floors.items():
            self.floors[entity] = min(self.floors.get(entity, floor), floor)
        self.rare = self.rare or rare

    def partly(self) -> dict[str, int]:
        """Return the cells in which an entity was looked for, where fewer than all."""
        return {name: self.examined - less for name, less in self.less.items() if less}

    def forget(self) -> None:
        """Free the memory for what was found; in how many cells it was looked for stays."""
        self.counted = {}

    def shaped(self, entity: str, cells: int) -> None:
        """Add cells that have the shape of an entity, its hits included."""
        self.candidates[entity] = self.candidates.get(entity, 0) + cells

    def _of(self, entity: str) -> _Counted:
        return self.counted.setdefault(entity, _Counted())

    @property
    def counters(self) -> tuple[Distinct, ...]:
        """The counters of distinct values, for whoever bounds their memory."""
        return tuple(counted.distinct for counted in self.counted.values())

    def detections(self, examined: int | None = None) -> tuple[Detection, ...]:
        """Return what was found, sorted by entity.

        ``examined`` cells are said to have been looked at instead of those added.
        """
        return tuple(self._one(entity, examined) for entity in sorted(self.counted))

    def _one(self, entity: str, examined: int | None) -> Detection:
        found = self.counted[entity]
        known = entity in self.candidates
        seen = self.examined if examined is None else examined
        return Detection(
            entity=entity,
            matched=found.matched,
            distinct=min(found.distinct.count(), found.matched),
            whole=found.whole,
            examined=seen - self.less.get(entity, 0),
            candidates=max(self.candidates[entity], found.matched) if known else 0,
            score=round(found.score, 3),
            by=tuple(sorted(found.by)),
            marks=tuple(sorted(found.marks.items())),
            examples=found.examples(),
            floor=self.floors.get(entity),
            beside=found.beside,
            rare=self.rare,
            known=found.known,
            sure=found.sure,
        )


def tally(values: Values, detected: Detected) -> tuple[Detection, ...]:
    """Count cells and distinct values by entity, sorted by entity; examples are shapes."""
    counted = Tally()
    counted.add(values, detected, alone(values.values))
    return counted.detections()
