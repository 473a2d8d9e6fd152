"""Messages reduced to what templates are built from, each form once, however many messages it has.

A skeleton is a message cut and masked (:mod:`scanner.templates.words`). It counts its distinct
messages, for templates to be decided on, and its cells. The number of skeletons is bounded by
:meth:`Skeletons.relieve`, for logs that come in parts.
"""

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scanner.templates.groups import LEAST, OPEN, frequent
from scanner.templates.places import personal_words
from scanner.templates.words import ANY, Cut, Span, cut_texts, is_mask, outside
from scanner.vocabulary import sayable

MOST = 5000  # skeletons held from one part to the next
_WORDS = 100_000  # detected words that are no words of messages; what is beyond is not counted
DROPPED = -1  # in the place of a skeleton that is not held any more

_Form = tuple[tuple[str, ...], tuple[str, ...]]  # words, signs


@dataclass(slots=True)
class Skeleton:
    """One form of message. ``lines`` counts distinct ones; above 20, repeats in other parts too."""

    piece: Cut = dataclasses.field(repr=False)
    lines: int = 0
    cells: int = 0
    known: set[int] = dataclasses.field(default_factory=set, repr=False)  # hashes of messages

    def add(self, line: str, count: int) -> None:
        """Count a message, which no other of the same part equals."""
        self.cells += count
        if self.lines < LEAST:
            key = hash(line)
            if key in self.known:
                return
            self.known.add(key)
        self.lines += 1

    def join(self, other: "Skeleton") -> None:
        """Add what another counted."""
        both = self.known | other.known
        exact = max(self.lines, other.lines) < LEAST
        self.lines = len(both) if exact else self.lines + other.lines
        self.cells += other.cells
        self.known = both if self.lines < LEAST else set()


class Skeletons:
    """All skeletons of a field's messages, numbered, and the words that were detected in them."""

    def __init__(self, most: int = MOST) -> None:
        self.items: list[Skeleton] = []
        self.detected: Counter[str] = Counter()  # words in hits -> messages; in lower case
        self.dropped = 0  # cells of skeletons not held any more
        self.opened: dict[tuple[tuple[str, ...], int], set[int]] = {}  # rare words of a place
        self._most = most
        self._numbers: dict[_Form, int] = {}
        self._cut: dict[tuple[str, ...], tuple[int, tuple[int, ...]]] = {}

    def add(
        self, line: str, alike: str, spans: Sequence[Span], count: int
    ) -> tuple[int, Sequence[int]]:
        """Count a message; return its skeleton's number and the place of each span.

        ``alike`` is :func:`same_digits` of the line.
        """
        texts, which = outside(alike, spans)
        known = self._cut.get(texts)
        if known is None:
            piece = cut_texts(texts)
            known = self._cut[texts] = self._number(piece), piece.places
        number, places = known
        self.items[number].add(line, count)
        if not spans:
            return number, ()
        words = personal_words(line, spans)
        self._detect(words)
        return number, [places[at] for at in which]

    def _detect(self, words: set[str]) -> None:
        for word in words:
            if word in self.detected or len(self.detected) < _WORDS or sayable(word):
                self.detected[word] += 1

    def _number(self, piece: Cut) -> int:
        form = piece.words, piece.signs
        number = self._numbers.get(form)
        if number is None:
            number = self._numbers[form] = len(self.items)
            self.items.append(Skeleton(piece))
        return number

    def relieve(self) -> Sequence[int] | None:
        """Bound what is held; call it between parts.

        Return the new number of each skeleton, or None where nothing changed. First, words that are
        rare at their place become masks: templates never show them. Then the skeletons of fewest
        messages are let go; their cells are counted in ``dropped``.
        """
        self._cut = {}
        if len(self.items) <= self._most:
            return None
        old, self.items, self._numbers = self.items, [], {}
        numbers = [0] * len(old)
        for at, piece in self._without_rare(old):
            numbers[at] = self._number(piece)
            self.items[numbers[at]].join(old[at])
        if len(self.items) > self._most:
            kept = self._kept()
            numbers = [kept[number] for number in numbers]
        signs = {item.piece.signs for item in self.items}
        self.opened = {place: rare for place, rare in self.opened.items() if place[0] in signs}
        return numbers

    def _without_rare(self, old: Sequence[Skeleton]) -> Iterator[tuple[int, Cut]]:
        """Yield each skeleton with a mask for its rare words; remember where three of them were."""
        structures: dict[tuple[str, ...], list[int]] = {}
        for at, item in enumerate(old):
            structures.setdefault(item.piece.signs, []).append(at)
        for signs, members in structures.items():
            usual = frequent([old[at].piece for at in members], [old[at].lines for at in members])
            for at in members:
                words = list(old[at].piece.words)
                for place, word in enumerate(words):
                    if not is_mask(word) and (place, word) not in usual:
                        words[place] = ANY
                        rare = self.opened.setdefault((signs, place), set())
                        if len(rare) < OPEN:
                            rare.add(hash(word))
                yield at, Cut(tuple(words), signs)

    def _kept(self) -> list[int]:
        """Let the rarest skeletons go; return the new number of each."""
        order = sorted(
            range(len(self.items)),
            key=lambda n: (-self.items[n].lines, self.items[n].piece.words),
        )
        kept, gone = order[: self._most // 2], order[self._most // 2 :]
        self.dropped += sum(self.items[n].cells for n in gone)
        numbers = [DROPPED] * len(self.items)
        for number, n in enumerate(kept):
            numbers[n] = number
        self.items = [self.items[n] for n in kept]
        self._numbers = {
            (item.piece.words, item.piece.signs): n for n, item in enumerate(self.items)
        }
        return numbers


def same_digits(lines: Sequence[str]) -> list[str]:
    """Return the lines with each digit beside another replaced by ``1``.

    Such digits are always inside a mask or what was detected, so the cut is the same; and lines
    that differ in them only need to be cut once. A digit alone stays: it may belong to a word.
    """
    import numpy as np
    import pyarrow as pa

    if not lines:
        return []
    array = pa.array(lines, pa.large_string())
    _, offsets, data = array.buffers()
    signs = np.frombuffer(data, dtype=np.uint8).copy() if data else np.zeros(0, dtype=np.uint8)
    digit = (signs >= 48) & (signs <= 57)
    near = np.zeros(len(signs) + 1, dtype=bool)  # near[i]: signs i - 1 and i are digits of a line
    near[1:-1] = digit[1:] & digit[:-1]
    ends = np.frombuffer(offsets, dtype=np.int64)[: len(array) + 1]
    near[ends] = False
    signs[near[:-1] | near[1:]] = ord("1")
    made = pa.LargeStringArray.from_buffers(len(array), offsets, pa.py_buffer(signs.tobytes()))
    return list(made.to_pylist())
