"""Count the hits of a field by entity: from hits with positions to detections without values."""

from collections import defaultdict
from collections.abc import Iterable

from scanner.model import Detected, Detection, Hit, Values
from scanner.redact import shape

_EXAMPLES = 3


def _whole(hit: Hit, value: str) -> bool:
    """Tell whether a hit is all of its value, blanks and quotes aside."""
    before, after = (
        value[: hit.start].strip(" \t\r\n\"'<>"),
        value[hit.end :].strip(" \t\r\n\"'<>;,."),
    )
    return not before and not after


def _examples(values: Values, hits: Iterable[Hit]) -> tuple[str, ...]:
    """Return the most frequent shapes of what was hit."""
    seen: dict[str, int] = defaultdict(int)
    for hit in hits:
        seen[shape(values.values[hit.index][hit.start : hit.end])] += int(values.counts[hit.index])
    ranked = sorted(seen.items(), key=lambda item: (-item[1], item[0]))
    return tuple(text for text, _ in ranked[:_EXAMPLES])


def _one(entity: str, hits: list[Hit], values: Values, detected: Detected) -> Detection:
    """Count one entity; a cell with several hits counts once, by its clearest."""
    clear: dict[int, list[Hit]] = defaultdict(list)
    masked: set[int] = set()
    for hit in hits:
        if hit.mark == "masked":
            masked.add(hit.index)
        else:
            clear[hit.index].append(hit)
    masked -= set(clear)
    marks: dict[str, int] = defaultdict(int)
    matched = whole = 0
    for index, found in clear.items():
        count = int(values.counts[index])
        matched += count
        whole += count if any(_whole(hit, values.values[index]) for hit in found) else 0
        # A cell bears a mark only when all its hits do: one real value outweighs a test value.
        common = {hit.mark for hit in found}
        if len(common) == 1 and (mark := common.pop()):
            marks[mark] += count
    if masked:
        marks["masked"] = sum(int(values.counts[index]) for index in masked)
    return Detection(
        entity=entity,
        matched=matched,
        distinct=len(clear),
        whole=whole,
        examined=detected.examined.get(entity, values.examined),
        candidates=max(detected.candidates.get(entity, 0), matched)
        if entity in detected.candidates
        else 0,
        score=round(max(hit.score for hit in hits), 3),
        by=tuple(sorted({hit.by for hit in hits})),
        marks=tuple(sorted(marks.items())),
        examples=_examples(values, hits),
    )


def tally(values: Values, detected: Detected) -> tuple[Detection, ...]:
    """Count cells and distinct values by entity, sorted by entity; examples are shapes."""
    by_entity: dict[str, list[Hit]] = defaultdict(list)
    for hit in detected.hits:
        by_entity[hit.entity].append(hit)
    return tuple(_one(entity, by_entity[entity], values, detected) for entity in sorted(by_entity))
