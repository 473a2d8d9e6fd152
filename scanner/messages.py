"""Hits inside log messages become fields of their templates: ``t<id>.<place>``.

Detection comes first and templates are built on masked messages, so no template can show what a
detector found. Messages may come in parts: what is kept from one to the next are forms of message
and counts, and no value that was hit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from scanner.classify import FieldEvidence, Profiler, Tally, bound
from scanner.model import Detected, Detection, Field, Hit, Kind, Values
from scanner.templates import DROPPED, Settled, Skeletons, Template, same_digits, settle

_LEAST = 256  # hashes of distinct values for one place
_Key = tuple[int, int, str]  # skeleton, place, entity
_Say = tuple[str, str, bool]  # what hits of one text may differ in: by, mark, beside
_K = TypeVar("_K")


@dataclass(slots=True)
class _Found:
    """Hits of one entity at one place of one form of message."""

    counts: dict[str, int] = field(default_factory=dict, repr=False)  # of this part
    hits: dict[str, dict[_Say, Hit]] = field(default_factory=dict, repr=False)
    cells: int = 0
    missed: int = 0  # cells of the same shape that failed the check
    tally: Tally = field(default_factory=Tally)
    profiler: Profiler = field(default_factory=Profiler)

    def take(self, hit: Hit, text: str, count: int, *, again: bool) -> None:
        """Note a hit; ``again``: another recognizer has counted the same stretch of text."""
        _surest(self.hits.setdefault(text, {}), hit)
        if not again:
            self.counts[text] = self.counts.get(text, 0) + count
            self.cells += count

    def fold(self, of: Field) -> None:
        """Count what this part found, and forget it."""
        if not self.counts:
            return
        values = _values(self.counts, of)
        hits = tuple(
            hit._replace(index=index, start=0, end=len(text))
            for index, text in enumerate(values.values)
            for hit in self.hits[text].values()
        )
        self.tally.add(values, Detected(hits))
        self.profiler.add(values)
        self.counts, self.hits = {}, {}

    def join(self, other: "_Found") -> None:
        """Add what was found at the same place elsewhere."""
        for text, count in other.counts.items():
            self.counts[text] = self.counts.get(text, 0) + count
            known = self.hits.setdefault(text, {})
            for hit in other.hits[text].values():
                _surest(known, hit)
        self.cells += other.cells
        self.missed += other.missed
        self.tally.merge(other.tally)
        self.profiler.merge(other.profiler)


def _surest(known: dict[_Say, Hit], hit: Hit) -> None:
    """Keep the surest of the hits that say the same: the value is the same too."""
    old = known.get((hit.by, hit.mark, hit.beside))
    if old is None or hit.score > old.score:
        known[hit.by, hit.mark, hit.beside] = hit


def _values(counts: dict[str, int], of: Field) -> Values:
    import numpy as np

    texts = tuple(sorted(counts))
    cells = np.array([counts[text] for text in texts], dtype=np.int64)
    return Values(of, texts, cells, int(cells.sum()))


@dataclass(frozen=True, slots=True)
class Messages:
    """Evidence by place, and the masked text of each template by its id."""

    evidence: tuple[FieldEvidence, ...]
    templates: tuple[tuple[str, str], ...]


class MessageField:
    """Gathers the messages of one field, in one part or many."""

    def __init__(self, of: Field) -> None:
        self._field = replace(of, kind=Kind.MESSAGE)
        self._forms = Skeletons()
        self._found: dict[_Key, _Found] = {}
        self._parts = 0

    def add(self, values: Values, detected: Detected) -> None:
        """Add a part: its hits are counted by form of message and place."""
        if self._parts:
            self._relieve()
        self._parts += 1
        by_line: dict[int, list[Hit]] = {}
        for hit in (*detected.hits, *detected.misses):
            by_line.setdefault(hit.index, []).append(hit)
        misses = set(map(id, detected.misses))
        drawn = {entity: cells.tolist() for entity, cells in detected.drawn.items()}
        lines = zip(values.values, same_digits(values.values), values.counts.tolist(), strict=True)
        for index, (line, alike, count) in enumerate(lines):
            hits = by_line.get(index)
            if hits is None:
                self._forms.add(line, alike, (), count)
            else:
                cells = {entity: counts[index] for entity, counts in drawn.items()}
                self._line(line, alike, count, hits, misses, cells)

    def _line(
        self,
        line: str,
        alike: str,
        count: int,
        hits: Sequence[Hit],
        misses: set[int],
        drawn: Mapping[str, int],
    ) -> None:
        """Count a message with hits; ``drawn`` has the cells of entities not looked for in all."""
        spans = [(hit.start, hit.end, "NUM" if id(hit) in misses else hit.entity) for hit in hits]
        skeleton, places = self._forms.add(line, alike, spans, count)
        seen: set[tuple[int, int, str]] = set()
        for hit, place in zip(hits, places, strict=True):
            key = skeleton, place, hit.entity
            found = self._found.get(key)
            if found is None:
                found = self._found[key] = _Found()
            if id(hit) in misses:
                found.missed += count
                continue
            span = hit.start, hit.end, hit.entity
            cells = drawn.get(hit.entity, count)
            found.take(hit, line[hit.start : hit.end], cells, again=span in seen)
            seen.add(span)

    def _relieve(self) -> None:
        """Forget the values of the part before, and bound what is held."""
        for found in self._found.values():
            found.fold(self._field)
        numbers = self._forms.relieve()
        if numbers is not None:
            moved: dict[_Key, _Found] = {}
            for (skeleton, place, entity), found in self._found.items():
                number = numbers[skeleton]
                key = number, place if number != DROPPED else 0, entity
                _join(moved, key, found)
            self._found = moved
        bound(((found.profiler, found.tally) for found in self._found.values()), _LEAST)

    def finish(self, whole: Tally, prefix: str = "") -> Messages:
        """Group the messages by template and count the hits of each place.

        ``whole`` says of the field as a whole in how many cells each entity was looked for.
        ``prefix`` goes before each field and template: an asset may have several fields of
        messages.
        """
        settled = settle(self._forms)
        templates = {template.id: template for template in settled.templates}
        places = self._places(settled)
        evidence = []
        shown = set()
        for name, found in sorted(places.items()):
            if not any(one.cells for one in found.values()):
                continue
            template = templates[name.partition(".")[0]]
            shown.add(template.id)
            evidence.append(self._evidence(prefix + name, found, template, whole))
        texts = tuple(sorted((prefix + id_, templates[id_].text) for id_ in shown))
        return Messages(tuple(evidence), texts)

    def _places(self, settled: Settled) -> dict[str, dict[str, _Found]]:
        """Join what was found in all forms of one template, by place and entity."""
        places: dict[str, dict[str, _Found]] = {}
        for (skeleton, place, entity), found in self._found.items():
            if self._parts > 1:
                found.fold(self._field)
            name = settled.field(skeleton, place, entity)
            _join(places.setdefault(name, {}), entity, found)
        self._found = {}
        return places

    def _evidence(
        self, name: str, found: dict[str, _Found], template: Template, whole: Tally
    ) -> FieldEvidence:
        """Count one place as if it were a field that holds the hits and nothing else."""
        examined = max(template.lines, *(one.cells for one in found.values()))
        partly = whole.partly()
        profiler = Profiler()
        detections: list[Detection] = []
        for entity in sorted(found):
            one = found[entity]
            one.fold(self._field)
            profiler.merge(one.profiler)
            one.tally.rare = whole.rare
            if one.missed:
                one.tally.shaped(entity, one.cells + one.missed)
            cells = examined
            if entity in partly:  # cells were drawn from all templates alike
                cells = max(examined * partly[entity] // whole.examined, one.cells)
            detections += one.tally.detections(cells)
        return FieldEvidence(
            replace(self._field, name=name),
            profiler.profile(examined),
            tuple(detections),
            template=template.text,
        )


def _join(into: dict[_K, _Found], key: _K, found: _Found) -> None:
    known = into.get(key)
    if known is None:
        into[key] = found
    else:
        known.join(found)
