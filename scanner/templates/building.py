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

Everything is counted before anything is decided and ties are broken by the words themselves, so
neither the order of the messages matters nor the parts in which they come. The id is a hash of the
constant words; the number of a place is how many constant words stand before it. So both are the
same in every sample that shows the same constants. Messages of no template share ``t0``, where a
hit's place is named for its entity.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from scanner.templates.groups import OPEN, grouped
from scanner.templates.places import Places
from scanner.templates.skeletons import DROPPED, Skeletons, same_digits
from scanner.templates.words import ANY, Cut, Span, is_mask

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
    forms = Skeletons()
    alike = same_digits(lines)
    added = [forms.add(*one) for one in zip(lines, alike, spans, counts, strict=True)]
    settled = settle(forms)
    return Templates(
        tuple(settled.ids[number] for number, _ in added),
        tuple(
            tuple(
                settled.field(number, place, span[2])
                for place, span in zip(places, found, strict=True)
            )
            for (number, places), found in zip(added, spans, strict=True)
        ),
        settled.templates,
    )


@dataclass(frozen=True, slots=True)
class Settled:
    """The templates of a field's messages; ``ids`` are in the order of the skeletons."""

    ids: tuple[str, ...]
    templates: tuple[Template, ...]  # the most frequent first
    _kept: tuple[tuple[int, ...], ...] = field(repr=False)

    def template(self, skeleton: int) -> str:
        """Return the id of a skeleton's template."""
        return NO_TEMPLATE if skeleton == DROPPED else self.ids[skeleton]

    def field(self, skeleton: int, place: int, entity: str) -> str:
        """Name the field of a hit at a place of a skeleton."""
        id_ = self.template(skeleton)
        if id_ == NO_TEMPLATE:
            return f"{id_}.{entity.lower()}"
        return f"{id_}.{sum(1 for constant in self._kept[skeleton] if constant < place)}"


def settle(forms: Skeletons) -> Settled:
    """Decide the templates from all skeletons."""
    cuts = [item.piece for item in forms.items]
    lines = [item.lines for item in forms.items]
    places = Places.learn(cuts, lines, forms.detected)
    opened = {place for place, rare in forms.opened.items() if len(rare) >= OPEN}
    constants: list[_Constants] = [()] * len(cuts)
    kept: list[tuple[int, ...]] = [()] * len(cuts)  # indexes of the constant words of a cut
    for members, fixed in grouped(cuts, lines, places, opened):
        if len(fixed) >= _CONSTANTS:
            for index in members:
                kept[index] = fixed
                constants[index] = tuple(cuts[index].words[at] for at in fixed)
    _adopt(cuts, constants, kept)
    _swallow(cuts, constants, kept)
    return _result(forms, constants, kept)


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
    forms: Skeletons, constants: Sequence[_Constants], kept: Sequence[tuple[int, ...]]
) -> Settled:
    known = {words: _id(words) for words in set(constants)}
    ids = [known[words] for words in constants]
    weights: Counter[str] = Counter()
    texts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for id_, item, fixed in zip(ids, forms.items, kept, strict=True):
        weights[id_] += item.cells
        texts[id_][_text(item.piece, fixed)] += item.cells
    if forms.dropped:
        weights[NO_TEMPLATE] += forms.dropped
        texts[NO_TEMPLATE] = Counter([f"{ANY} ({forms.dropped} entries of rare forms)"])
    templates = [
        Template(id_, min(texts[id_].items(), key=lambda t: (-t[1], t[0]))[0], weights[id_])
        for id_ in weights
    ]
    templates.sort(key=lambda template: (-template.lines, template.id))
    return Settled(tuple(ids), tuple(templates), tuple(kept))


def _id(constants: _Constants) -> str:
    if not constants:
        return NO_TEMPLATE
    return "t" + hashlib.sha256("\x1f".join(constants).encode("utf-8", "replace")).hexdigest()[:8]


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
