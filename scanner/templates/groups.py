"""Puts messages of the same structure that are alike into groups, and finds their constant places.

What is grouped are forms of message (cuts), each with the number of distinct messages that have it.
Messages have the same structure when the signs between their words are the same; they are alike
when a third of their words agree. The most frequent patterns are the centres of groups, so neither
the order of the messages nor chance has a part in it.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from scanner.templates.places import Places
from scanner.templates.words import Cut, is_mask
from scanner.vocabulary import sayable

LEAST = 20  # distinct messages in which a constant stands
_ALIKE = 3  # one in three words must agree
OPEN = 3  # different rare words that make a place open
_LEADERS = 500  # groups of one structure; what is beyond has no template


_Place = tuple[tuple[str, ...], int]  # the signs of a structure, and a place in it


def grouped(
    cuts: Sequence[Cut], lines: Sequence[int], places: Places, opened: Container[_Place] = ()
) -> Iterator[tuple[list[int], tuple[int, ...]]]:
    """Yield each group of at least 20 messages: indexes of its cuts, and its constant places.

    ``opened`` are places known to be open from messages that are not among the cuts any more.
    """
    for members in _by_structure(cuts):
        for group in _groups(cuts, lines, members):
            if sum(lines[index] for index in group.members) >= LEAST and group.fixed:
                constant = _constant_places(cuts, lines, members, group, places)
                signs = cuts[members[0]].signs
                yield group.members, tuple(at for at in constant if (signs, at) not in opened)


@dataclass(slots=True)
class _Group:
    """Messages of one structure that are alike."""

    members: list[int] = field(default_factory=list)
    fixed: dict[int, str] = field(default_factory=dict)  # place -> the only word there


def _by_structure(cuts: Sequence[Cut]) -> Iterable[list[int]]:
    buckets: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, piece in enumerate(cuts):
        buckets[piece.signs].append(index)
    return buckets.values()


def _groups(cuts: Sequence[Cut], lines: Sequence[int], members: Sequence[int]) -> list[_Group]:
    """Put the messages of one structure into groups around the most frequent patterns."""
    usual = frequent([cuts[index] for index in members], [lines[index] for index in members])
    patterns: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for index in members:
        words = cuts[index].words
        patterns[
            tuple(
                word if is_mask(word) or (at, word) in usual else ""
                for at, word in enumerate(words)
            )
        ].append(index)
    groups: list[_Group] = []
    leaders: list[tuple[str, ...]] = []
    by_word: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    weights = {pattern: sum(lines[n] for n in found) for pattern, found in patterns.items()}
    for pattern in sorted(patterns, key=lambda pattern: (-weights[pattern], pattern)):
        said = [(at, word) for at, word in enumerate(pattern) if word and not is_mask(word)]
        number = _nearest(pattern, said, leaders, by_word)
        if number is None:
            if not said or len(leaders) == _LEADERS:
                continue
            number = len(leaders)
            leaders.append(pattern)
            groups.append(_Group(fixed=dict(said)))
            for pair in said:
                by_word[pair].append(number)
        groups[number].members += patterns[pattern]
        fixed = groups[number].fixed
        groups[number].fixed = {at: w for at, w in fixed.items() if pattern[at] == w}
    return groups


def frequent(cuts: Iterable[Cut], lines: Iterable[int]) -> set[tuple[int, str]]:
    """Return the words of one structure that stand at their place in at least 20 messages."""
    counts: Counter[tuple[int, str]] = Counter()
    for piece, count in zip(cuts, lines, strict=True):
        for pair in enumerate(piece.words):
            counts[pair] += count
    return {pair for pair, count in counts.items() if count >= LEAST and not is_mask(pair[1])}


def _nearest(
    pattern: tuple[str, ...],
    said: Sequence[tuple[int, str]],
    leaders: Sequence[tuple[str, ...]],
    by_word: dict[tuple[int, str], list[int]],
) -> int | None:
    """Return the leader with the largest agreeing part of its words, if that is large enough."""
    agreeing: Counter[int] = Counter()
    for pair in said:
        agreeing.update(by_word.get(pair, ()))
    best: tuple[float, int] | None = None
    for number, count in agreeing.items():
        leader = leaders[number]
        of = sum(1 for a, b in zip(pattern, leader, strict=True) if not (is_mask(a) and is_mask(b)))
        if count * _ALIKE >= of and (best is None or (count / of, -number) > best):
            best = count / of, -number
    return None if best is None else -best[1]


def _constant_places(
    cuts: Sequence[Cut],
    lines: Sequence[int],
    members: Sequence[int],
    group: _Group,
    places: Places,
) -> tuple[int, ...]:
    """Return the places of a group whose only word may be shown."""
    open_ = _open_places(cuts, lines, members, group)
    sample = min((cuts[index] for index in group.members), key=lambda piece: piece.words)
    return tuple(
        at
        for at, word in sorted(group.fixed.items())
        if at not in open_ and sayable(word) and not places.variable(sample, at)
    )


def _open_places(
    cuts: Sequence[Cut], lines: Sequence[int], members: Sequence[int], group: _Group
) -> set[int]:
    """Places where messages of the same shape hold three or more different rare words."""
    shapes = {_shape(cuts[index]) for index in group.members}
    words: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for index in members:
        if _shape(cuts[index]) in shapes:
            for at, word in enumerate(cuts[index].words):
                words[at][word] += lines[index]
    return {
        at
        for at, counts in words.items()
        if sum(1 for word, n in counts.items() if n < LEAST and not is_mask(word)) >= OPEN
    }


def _shape(piece: Cut) -> tuple[bool, ...]:
    return tuple(map(is_mask, piece.words))
