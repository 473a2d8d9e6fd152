"""What would change a verdict: the piece that carries it, what lacks, what stands in its way."""

from collections.abc import Iterator

from scanner.classify.scale import CONFIRMED, POSSIBLE, PROBABLE, confidence
from scanner.classify.verdict import SET_ASIDE, Piece, Verdict
from scanner.model import Confidence

CUTS = (
    (Confidence.CONFIRMED.value, CONFIRMED),
    (Confidence.PROBABLE.value, PROBABLE),
    (Confidence.POSSIBLE.value, POSSIBLE),
)
"""The cut points: the least score of each confidence, highest first."""

# Kinds of evidence that could add to a score, in the order in which people can look for them.
_COULD_ADD = (
    (("values",), "values that a recognizer matches"),
    (("name", "comment"), "a name or comment of the field that speaks of it"),
    (("look",), "values that look like it"),
    (("asset", "table"), "an asset that is plainly about people"),
    (("neighbours",), "other fields of the asset that tell of people"),
)
_EDGE = 1e-9  # sums of decimal fractions


def changes(verdict: Verdict) -> tuple[str, ...]:
    """Say what would change a verdict, the rest being as it is; a phrase for each way."""
    if verdict.outcome == SET_ASIDE and verdict.confidence:
        return (_beside(verdict),)
    return (*_carrying(verdict), *_against(verdict), *_missing(verdict))


def _would(score: float) -> str:
    """Say what a score would make of a reading."""
    sure = confidence(score)
    return f"be {sure.value} ({score:.2f})" if sure else f"not be held ({score:.2f})"


def total(verdict: Verdict) -> float:
    """Return the sum of all pieces, before the cap."""
    return round(sum(piece.points for piece in verdict.pieces), 4)


def _beside(verdict: Verdict) -> str:
    return (
        f"if {verdict.against} were not the surer reading of the same values, this would "
        f"{_would(verdict.score)}"
    )


def _without(verdict: Verdict, piece: Piece) -> float:
    return round(min(max(total(verdict) - piece.points, 0.0), verdict.cap), 3)


def _carrying(verdict: Verdict) -> Iterator[str]:
    """Name each piece without which the verdict would be lower."""
    if not verdict.confidence:
        return
    found = [
        (left, piece)
        for piece in verdict.pieces
        if piece.points > 0
        and confidence(left := _without(verdict, piece)) is not confidence(verdict.score)
    ]
    for left, piece in sorted(found, key=lambda item: item[0]):
        yield f"without “{piece.text}” it would {_would(left)}"
    if not found:
        yield "no single piece of evidence decides it: without any one of them it would be the same"


def _against(verdict: Verdict) -> Iterator[str]:
    """Name each piece that speaks against, if the verdict would be higher without it."""
    for piece in verdict.pieces:
        left = _without(verdict, piece)
        if piece.points < 0 and confidence(left) is not confidence(verdict.score):
            yield f"if not for “{piece.text}” it would {_would(left)}"


def _missing(verdict: Verdict) -> Iterator[str]:
    """Say how much lacks to the next level, and what could add it or why nothing can."""
    above = [(name, cut) for name, cut in reversed(CUTS) if cut > verdict.score + _EDGE]
    if not above:
        return
    name, cut = above[0]
    if verdict.cap < cut:
        why = f": {verdict.cap_why}" if verdict.cap_why else ""
        bare = min(max(total(verdict), 0.0), 1.0)
        higher = confidence(bare) is not confidence(verdict.score)
        more = f"; by its sum alone it would {_would(bare)}" if higher else ""
        yield f"it cannot be {name}, as its score is capped at {verdict.cap:.2f}{why}{more}"
        return
    kinds = {piece.kind for piece in verdict.pieces if piece.points > 0}
    could = [text for names, text in _COULD_ADD if not kinds.intersection(names)]
    lacks = cut - total(verdict) if total(verdict) < cut else cut - verdict.score
    ways = f"; what could add it: {', '.join(could)}" if could else "; more of the same could"
    yield f"{lacks:.2f} is missing to {name} ({cut:.2f}){ways}"
