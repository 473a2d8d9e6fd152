"""Names of persons and places: the name book first, the language model where it can help.

A language model sees names in status words, log tokens and product names; so it is asked only
about values that are written like names or like sentences, and in sentences it must agree with the
name book. The book reads every value. The model, which is a thousand times slower, is asked in
rounds, and not at all where the book has settled what the field holds.
"""

import dataclasses
import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from scanner.detect import reading
from scanner.detect.asking import Models
from scanner.detect.models import Model
from scanner.detect.reading import BOOK, Names
from scanner.detect.rounds import Cut, Settled, cut, settle
from scanner.detect.scan import EXPLAINS
from scanner.detect.written import like_name
from scanner.model import Gap, Hit, Kind, Values

# What the model is asked about at most: short values, texts, lines of a log.
_MOST, _MOST_TEXTS, _MOST_LINES = 3000, 1000, 300
_PERSON = frozenset({"PERSON"})
_BOTH = frozenset({"PERSON", "LOCATION"})
# The shares that classification turns on. Names in fewer short values than the first may be missed.
_SEEN, _NAMED, _UNNAMED = 0.02, (0.1, 0.3), (0.3, 0.5)
_PLACES = 0.500_001  # more than half
_TEXTS, _FEW_TEXTS = 0.005, 5  # texts with a name: their share, and how many at least


@dataclass(frozen=True, slots=True)
class People:
    """What was found, and what was looked for.

    ``drawn`` has the cells drawn of each value (int64) for an entity that was looked for in rounds,
    and ``floors`` the share that its field is settled to reach. ``settled``: further parts of the
    field need not be looked at.
    """

    hits: tuple[Hit, ...] = dataclasses.field(default=(), repr=False)
    looked_for: frozenset[str] = _PERSON
    drawn: Mapping[str, Any] = dataclasses.field(default_factory=dict, repr=False)
    floors: Mapping[str, float] = dataclasses.field(default_factory=dict)
    settled: frozenset[str] = frozenset()
    gaps: tuple[Gap, ...] = ()
    asked: int = 0  # values that the model was asked about

    @property
    def examined(self) -> dict[str, int]:
        """Cells in which each entity was looked for, where fewer than all."""
        return {entity: int(drawn.sum()) for entity, drawn in self.drawn.items()}


class PeopleFinder:
    """Finds PERSON and LOCATION in the values of a field.

    ``thorough`` asks the model about every value that it could help with.
    """

    def __init__(self, models: Sequence[Model], *, thorough: bool = False) -> None:
        self._models = Models(models)
        self._thorough = thorough

    def find(self, values: Values, hits: Sequence[Hit], hinted: Set[str]) -> People:
        """Look for names where text can hold them.

        ``hits`` are those of all other recognizers, ``hinted`` the entities that the field's name
        speaks of. What an earlier part of the field has settled is not looked for again.
        """
        if values.field.kind is Kind.MESSAGE:
            return self.lines(values)
        if "PERSON" in values.settled:
            return People(looked_for=frozenset())
        explaining = [hit for hit in hits if hit.entity in EXPLAINS]
        if reading.longer(values.values):
            return self.prose(values, explaining)
        explained = {hit.index for hit in explaining}
        if len(explained) * 2 > len(values.values):
            return People()
        places = "LOCATION" in hinted
        return self.structured(values, named="PERSON" in hinted, places=places, skip=explained)

    def structured(
        self, values: Values, *, named: bool, places: bool = True, skip: Set[int] = frozenset()
    ) -> People:
        """Look at short values as wholes: the name book at all, the model at what that leaves open.

        ``named``: the field's name speaks of persons, so that one word may be a name. ``places``:
        it speaks of places. ``skip``: values that are something else.
        """
        texts, scores = values.values, reading.scores(values.values, skip, named=named)
        unsure: list[int] = []
        if self._models and len(scores) * 2 <= len(texts):
            # One word is no person to the model, and where the field's name says so it is one.
            lone = places and not named
            unsure = [
                index
                for index, text in enumerate(texts)
                if index not in scores
                and index not in skip
                and (lone or " " in text)
                and like_name(text)
                and (lone or " " in text.strip())
            ]
        persons = any(" " in texts[index].strip() for index in unsure)
        by = dict.fromkeys(scores, BOOK)

        def ask(indexes: Sequence[int]) -> list[str]:
            model, labels = self._models.wholes([texts[index] for index in indexes])
            by.update(dict.fromkeys(indexes, model))
            return labels

        found = settle(
            values.counts,
            {"PERSON": _mask(scores, len(texts)), "LOCATION": _mask((), len(texts))},
            _mask(unsure, len(texts)),
            ask,
            _short_cuts(int(values.counts.sum()), named=named, persons=persons, places=places),
            most=None if self._thorough else _MOST,
        )
        hits = [
            reading.whole_hit(index, texts[index], entity, scores.get(index, 0.6), by[index])
            for entity, mask in found.hits.items()
            for index in mask.nonzero()[0].tolist()
        ]
        return self._people(hits, found, _BOTH if places and unsure else _PERSON, values.counts)

    def prose(self, values: Values, beside: Sequence[Hit] = ()) -> People:
        """Look into sentences: a name needs the name book, and the model where that is unsure.

        What overlaps one of the hits ``beside`` is no name.
        """
        import numpy as np

        texts, read = values.values, reading.read(values.values, beside)
        hits = reading.sure_hits(read)
        unsure = [index for index in read if not hits[index]] if self._models else []
        # A verdict on texts counts texts, not cells: each is drawn with the same chance.
        found = settle(
            np.ones(len(texts), dtype=np.int64),
            {"PERSON": _mask([index for index in read if hits[index]], len(texts))},
            _mask(unsure, len(texts)),
            lambda indexes: self._confirm(texts, indexes, read, hits),
            {"PERSON": _text_cuts(len(texts), int(values.counts.sum()))},
            most=None if self._thorough else _MOST_TEXTS,
        )
        if found.drawn is not None:  # a text that was drawn counts with all its cells
            found = dataclasses.replace(found, drawn=found.drawn * values.counts)
        made = [hit for index in sorted(hits) for hit in hits[index]]
        return self._people(made, found, _PERSON, values.counts)

    def lines(self, values: Values) -> People:
        """Look into the lines of a log, whose templates are judged one by one: no verdict here.

        Every line is read by the name book; the model is asked about a bounded number of lines,
        spread over all, of the first parts of the field only.
        """
        texts, read = values.values, reading.read(values.values, ())
        hits = reading.sure_hits(read)
        done = "PERSON" in values.settled or not self._models
        unsure = [] if done else [index for index in read if not hits[index]]
        asked = _spread(unsure, len(unsure) if self._thorough else _MOST_LINES)
        self._confirm(texts, asked, read, hits)
        made = tuple(hit for index in sorted(hits) for hit in hits[index])
        settled = _PERSON if done or len(asked) < len(unsure) else frozenset()
        return People(made, settled=settled, gaps=self._models.gaps, asked=len(asked))

    def _confirm(
        self,
        texts: Sequence[str],
        indexes: Sequence[int],
        read: Mapping[int, Names],
        hits: dict[int, list[Hit]],
    ) -> list[str]:
        """Add to ``hits`` the names of the name book that the model also sees as persons."""
        answers = self._models.persons([texts[index] for index in indexes])
        for index, (model, spans) in zip(indexes, answers, strict=True):
            hits[index] = [
                reading.person(index, start, end, 0.85, model)
                for start, end, _ in read[index]
                if any(begin < end and start < stop for begin, stop in spans)
            ]
        return ["PERSON" if hits[index] else "" for index in indexes]

    def _people(
        self, hits: Sequence[Hit], found: Settled, looked: frozenset[str], counts: Any
    ) -> People:
        """Keep the hits in what was drawn, so that their share is that of the field."""
        drawn = {}
        if found.drawn is not None:
            for entity, mask in found.hits.items():
                # What only the book knows may be so rare that none of it was drawn.
                rare = mask.any() and not found.drawn[mask].any()
                drawn[entity] = counts * found.decided if rare else found.drawn
        kept = [hit for hit in hits if hit.entity not in drawn or drawn[hit.entity][hit.index]]
        rest = not found.decided.all()
        return People(
            tuple(kept),
            looked,
            drawn,
            dict(found.floors or {}),
            frozenset(found.hits) if rest else frozenset(),
            self._models.gaps,
            found.asked,
        )


def _mask(indexes: Sequence[int] | Mapping[int, float], size: int) -> Any:
    """Return an array of booleans that is true at some indexes."""
    import numpy as np

    out = np.zeros(size, dtype=bool)
    out[list(indexes)] = True
    return out


def _short_cuts(
    cells: int, *, named: bool, persons: bool, places: bool
) -> dict[str, tuple[Cut, ...]]:
    """Return the cuts that classification makes for short values, by what is not known yet."""
    out: dict[str, tuple[Cut, ...]] = {}
    if persons:
        shares = _NAMED if named else _UNNAMED
        distinct = {} if named else {shares[-1]: 10}
        above = (cut(share, cells, distinct=distinct.get(share, 0)) for share in shares)
        out["PERSON"] = (cut(_SEEN, cells, first=True), *above)
    if places:
        out["LOCATION"] = (cut(_SEEN, cells, distinct=5), cut(_PLACES, cells, distinct=5))
    return out


def _text_cuts(texts: int, cells: int) -> tuple[Cut, ...]:
    """Return the cut that classification makes for texts: names in 5 of 1,000, 5 at least."""
    least = max(math.ceil(_TEXTS * cells - 1e-9), _FEW_TEXTS)
    seen = max(math.ceil(_TEXTS * texts), 1)
    return Cut(_TEXTS, least, least, _FEW_TEXTS), Cut(_TEXTS, seen, seen, first=True)


def _spread(items: Sequence[int], most: int) -> list[int]:
    """Return at most ``most`` items spread evenly over all."""
    if len(items) <= most:
        return list(items)
    return [items[at * len(items) // most] for at in range(most)]
