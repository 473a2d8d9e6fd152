"""Hits inside log messages become fields of their templates: ``t<id>.<place>``.

Detection comes first and templates are built on masked messages, so no template can show what a
detector found.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from scanner.classify import FieldEvidence, profile, tally
from scanner.model import Detected, Hit, Kind, Values
from scanner.templates import Templates, build


@dataclass(slots=True)
class _Place:
    """What stands at one place of one template."""

    template: str
    counts: dict[str, int] = field(default_factory=dict, repr=False)
    hits: dict[str, list[Hit]] = field(default_factory=dict, repr=False)
    misses: dict[str, int] = field(default_factory=dict)  # same shape, failed the check; by entity


@dataclass(frozen=True, slots=True)
class Messages:
    """Evidence by place, and the masked text of each template by its id."""

    evidence: tuple[FieldEvidence, ...]
    templates: tuple[tuple[str, str], ...]


def message_evidence(values: Values, detected: Detected, prefix: str = "") -> Messages:
    """Group messages by template and count the hits of each place.

    ``prefix`` goes before each field and template: an asset may have several fields of messages.
    """
    by_line: list[list[Hit]] = [[] for _ in values.values]
    for hit in (*detected.hits, *detected.misses):
        by_line[hit.index].append(hit)
    misses = set(map(id, detected.misses))
    spans = [
        [(hit.start, hit.end, "NUM" if id(hit) in misses else hit.entity) for hit in hits]
        for hits in by_line
    ]
    built = build(values.values, spans, values.counts.tolist())
    places = _places(values, by_line, misses, built)
    lines = {template.id: template.lines for template in built.templates}
    texts = {template.id: template.text for template in built.templates}
    evidence = tuple(
        _evidence(prefix + name, place, values, lines[place.template], texts[place.template])
        for name, place in sorted(places.items())
        if place.hits
    )
    shown = {place.template for place in places.values() if place.hits}
    return Messages(evidence, tuple(sorted((prefix + id_, texts[id_]) for id_ in shown)))


def _places(
    values: Values, by_line: Sequence[Sequence[Hit]], misses: set[int], built: Templates
) -> dict[str, _Place]:
    places: dict[str, _Place] = {}
    for line, hits in enumerate(by_line):
        for hit, name in zip(hits, built.fields[line], strict=True):
            if id(hit) in misses and name.endswith(".num"):  # no template: named for the entity
                name = name.removesuffix("num") + hit.entity.lower()
            place = places.setdefault(name, _Place(built.ids[line]))
            count = int(values.counts[line])
            if id(hit) in misses:
                place.misses[hit.entity] = place.misses.get(hit.entity, 0) + count
                continue
            text = values.values[line][hit.start : hit.end]
            place.counts[text] = place.counts.get(text, 0) + count
            place.hits.setdefault(text, []).append(hit)
    return places


def _evidence(name: str, place: _Place, values: Values, lines: int, text: str) -> FieldEvidence:
    """Count one place as if it were a field that holds the hits and nothing else."""
    import numpy as np

    found = tuple(sorted(place.counts))
    counts = np.array([place.counts[value] for value in found], dtype=np.int64)
    examined = max(lines, int(counts.sum()))
    at_place = Values(
        replace(values.field, name=name, kind=Kind.MESSAGE), found, counts, examined=examined
    )
    hits = tuple(
        replace(hit, index=index, start=0, end=len(value))
        for index, value in enumerate(found)
        for hit in _one_each(place.hits[value])
    )
    return FieldEvidence(
        at_place.field,
        profile(at_place),
        tally(at_place, Detected(hits, candidates=_candidates(place))),
        template=text,
    )


def _one_each(hits: Sequence[Hit]) -> list[Hit]:
    """Keep one hit of each entity, recognizer and mark: the value is the same."""
    return list({(hit.entity, hit.by, hit.mark): hit for hit in hits}.values())


def _candidates(place: _Place) -> dict[str, int]:
    passed: dict[str, int] = defaultdict(int)
    for text, hits in place.hits.items():
        for entity in {hit.entity for hit in hits}:
            passed[entity] += place.counts[text]
    return {entity: passed[entity] + missed for entity, missed in place.misses.items()}
