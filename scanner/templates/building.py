"""Groups the messages of a log by template, without ever showing a rare or a mixed word.

A template is what messages of one event have in common: constant words and, between them, places.
Messages are cut and masked first (:mod:`scanner.templates.words`) and grouped by what they agree in
(:mod:`scanner.templates.groups`). A word of a group is constant only when

- it stands at that place in at least 20 distinct messages, and nothing else does in the group: a
  frequent user name among rare ones is a mixed place;
- it is a known word of messages (:mod:`scanner.vocabulary`): the only user of a log stands
  in every line too;
- fewer than three different rare words stand there in messages of the same shape outside it;
- it is not the value of a key (``user=``) that has several values, not what follows a word such as
  ``user`` or ``login``, and no detector takes it for personal data elsewhere
  (:mod:`scanner.templates.places`).

Everything is counted before anything is decided and ties are broken by the words themselves, so the
order of the messages does not matter. The id is a hash of the constant words; the number of a place
is how many constant words stand before it. So both are the same in every sample that shows the same
constants. Messages of no template share ``t0``, where a hit's place is named for its entity.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from scanner.templates.groups import grouped
from scanner.templates.places import Places
from scanner.templates.words import ANY, Cut, Span, cut, is_mask

NO_TEMPLATE = "t0"
_CONSTANTS = 2  # fewer say nothing, and could be a name beside a number
_SWALLOWED = 3  # words that a place of another template may stand for
_LABELS = 3  # of one place, in the text for people

_Constants = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """One event of a log. ``text`` holds constants, ``<ENTITY>``, ``<NUM>`` and ``<*>`` only."""

    id: str
    text: str
    lines: int  # weighted by the counts given


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates of a field's messages, and where each hit stands.

    ``ids`` and ``fields`` are in the order of the messages given; ``fields[i]`` names a field
    (``t3f2a1b0c.2``, or ``t0.email_address``) for each span of message ``i``.
    """

    ids: tuple[str, ...]
    fields: tuple[tuple[str, ...], ...]
    templates: tuple[Template, ...]  # the most frequent first


def build(
    lines: Sequence[str], spans: Sequence[Sequence[Span]], counts: Sequence[int]
) -> Templates:
    """Group distinct messages. ``spans`` and ``counts`` have one entry for each message.

    A span is (start, end, entity) of a hit; a count is how often the message occurs.
    """
    cuts = [cut(line, found) for line, found in zip(lines, spans, strict=True)]
    places = Places.learn(lines, spans, cuts)
    constants: list[_Constants] = [()] * len(cuts)
    kept: list[tuple[int, ...]] = [()] * len(cuts)  # indexes of the constant words of a message
    for members, fixed in grouped(cuts, places):
        if len(fixed) >= _CONSTANTS:
            for index in members:
                kept[index] = fixed
                constants[index] = tuple(cuts[index].words[at] for at in fixed)
    _adopt(cuts, constants, kept)
    _swallow(cuts, constants, kept)
    return _result(cuts, spans, counts, constants, kept)


def _adopt(cuts: Sequence[Cut], constants: list[_Constants], kept: list[tuple[int, ...]]) -> None:
    """Give messages of a rare structure the template whose constants they hold in its order."""
    known = set(constants) - {()}
    vocabulary = {word for words in known for word in words}
    for index, piece in enumerate(cuts):
        if not constants[index]:
            at = tuple(n for n, word in enumerate(piece.words) if word in vocabulary)
            words = tuple(piece.words[n] for n in at)
            if words in known:
                constants[index], kept[index] = words, at


def _swallow(cuts: Sequence[Cut], constants: list[_Constants], kept: list[tuple[int, ...]]) -> None:
    """Join a template to one that has a place where it has a few more constants.

    So "marie dupont logged in" is seen to be "<*> logged in" although its name has two words.
    """
    places: defaultdict[_Constants, set[int]] = defaultdict(set)
    for index, words in enumerate(constants):
        if words:
            places[words] |= _filled(cuts[index], kept[index])
    gone: dict[_Constants, tuple[int, int]] = {}
    for words in places:
        target = _shorter(words, places)
        if target is not None:
            gone[words] = target
    for index in range(len(cuts)):
        while constants[index] in gone:
            at, many = gone[constants[index]]
            constants[index] = constants[index][:at] + constants[index][at + many :]
            kept[index] = kept[index][:at] + kept[index][at + many :]


def _filled(piece: Cut, kept: Sequence[int]) -> set[int]:
    """Return the places (constants before them) where a message holds more than numbers."""
    return {
        sum(1 for constant in kept if constant < at)
        for at, word in enumerate(piece.words)
        if at not in kept and word != "<NUM>"
    }


def _shorter(words: _Constants, places: dict[_Constants, set[int]]) -> tuple[int, int] | None:
    for many in range(1, min(_SWALLOWED, len(words) - _CONSTANTS) + 1):
        for at in range(len(words) - many + 1):
            shorter = words[:at] + words[at + many :]
            if at in places.get(shorter, ()):
                return at, many
    return None


def _result(
    cuts: Sequence[Cut],
    spans: Sequence[Sequence[Span]],
    counts: Sequence[int],
    constants: Sequence[_Constants],
    kept: Sequence[tuple[int, ...]],
) -> Templates:
    ids, fields = [], []
    weights: Counter[str] = Counter()
    texts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for index, piece in enumerate(cuts):
        id_ = _id(constants[index])
        ids.append(id_)
        weights[id_] += counts[index]
        texts[id_][_text(piece, kept[index])] += counts[index]
        fields.append(
            tuple(
                _field(id_, kept[index], place, span[2])
                for place, span in zip(piece.places, spans[index], strict=True)
            )
        )
    templates = [
        Template(id_, min(texts[id_].items(), key=lambda t: (-t[1], t[0]))[0], weights[id_])
        for id_ in weights
    ]
    templates.sort(key=lambda template: (-template.lines, template.id))
    return Templates(tuple(ids), tuple(fields), tuple(templates))


def _id(constants: _Constants) -> str:
    if not constants:
        return NO_TEMPLATE
    return "t" + hashlib.sha256("\x1f".join(constants).encode("utf-8", "replace")).hexdigest()[:8]


def _field(id_: str, kept: Sequence[int], place: int, entity: str) -> str:
    if id_ == NO_TEMPLATE:
        return f"{id_}.{entity.lower()}"
    return f"{id_}.{sum(1 for constant in kept if constant < place)}"


def _text(piece: Cut, kept: Sequence[int]) -> str:
    """Write a message with its constants and, for each run of other words, what they are."""
    if not kept:
        return ANY
    out: list[str] = []
    run: list[str] = []
    for at, word in enumerate(piece.words):
        if at in kept:
            out += [_run(run), piece.signs[at], word]
            run = []
            continue
        if not run:
            out.append(piece.signs[at])
        run.append(word if is_mask(word) else ANY)
    return "".join([*out, _run(run), piece.signs[-1]]).strip()


def _run(run: Sequence[str]) -> str:
    labels = list(dict.fromkeys(run))
    return " ".join(labels if len(labels) <= _LABELS else [ANY])
