"""What is decided of one category in one field: the evidence, its weights, the outcome."""

from dataclasses import dataclass

from scanner.model import Confidence

HELD, BELOW, SET_ASIDE = "held", "below", "set aside"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence and what it weighs.

    ``kind`` is ``values``, ``name``, ``comment``, ``asset``, ``look``, ``keys``, ``neighbours`` or
    ``table``; ``points`` are on the scale of scores and may be negative.
    """

    kind: str
    points: float
    text: str


@dataclass(frozen=True, slots=True)
class Cap:
    """The score that a reading reaches at most, and why."""

    limit: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided of one category in one field, with everything that decided it.

    ``score`` is the sum of the pieces within 0 and ``cap``. ``outcome`` is ``held``, ``below`` (the
    lowest cut) or ``set aside``: then ``against`` names the category that is the surer reading of
    the same values, and ``reason`` says why.
    """

    field: str
    category: str
    entity: str | None
    pieces: tuple[Piece, ...]
    cap: float
    cap_why: str
    score: float
    confidence: Confidence | None
    outcome: str
    against: str = ""
    reason: str = ""
    subject: str = "unknown"
    subject_why: tuple[str, ...] = ()
