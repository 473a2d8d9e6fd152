"""Turn away, in bulk, the values in which a recognizer can find nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scanner.detect.screen.alphabet import UnscreenableError
from scanner.detect.screen.chunks import Chunk, Indices, Mask, chunks, matches
from scanner.detect.screen.counts import KINDS, Vector, least, met
from scanner.detect.screen.relax import forms
from scanner.detect.screen.sources import Source, source_of

# Values, and bytes of them: for fewer, an expression costs more to prepare than it saves.
_FEW, _SMALL = 16, 2000


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """How the values for some recognizers with equal expressions are chosen.

    ``tight`` and ``loose`` are RE2 expressions for ASCII and for other text; None: counts only.
    Plans are compared by identity: their expressions are long.
    """

    vectors: tuple[Vector, ...]
    tight: str | None
    loose: str | None

    def chosen(self, chunk: Chunk) -> Mask:
        """Tell for each value of a chunk whether it is a candidate."""
        possible = chunk.there & (met(chunk.counts, self.vectors) | ~chunk.counted)
        out = chunk.there & chunk.always
        possible &= ~out
        few = np.flatnonzero(possible)
        if len(few) <= _FEW and chunk.sizes[few].sum() <= _SMALL:
            return out | possible
        for expression, here in ((self.tight, chunk.whole), (self.loose, ~chunk.whole)):
            indices = np.flatnonzero(possible & here)
            out[indices] = (
                True if expression is None else matches(chunk.values, indices, expression)
            )
        return out


class Screen:
    """For each recognizer, the values that it must be run on: in all others it finds nothing.

    The screen is derived from the recognizers' own expressions; ``unscreened`` names those that
    cannot be converted, with ``reasons``, and every value is a candidate for them.
    """

    def __init__(self, plans: Mapping[str, Plan], reasons: Mapping[str, str]) -> None:
        self.plans, self.reasons = dict(plans), dict(reasons)
        self._distinct = tuple(dict.fromkeys(self.plans.values()))
        rows = [(vector, at) for at, plan in enumerate(self._distinct) for vector in plan.vectors]
        self._vectors = np.array([vector for vector, _ in rows]).reshape(len(rows), len(KINDS) + 1)
        self._owners = np.array([at for _, at in rows], np.int64)

    @classmethod
    def of(cls, recognizers: Mapping[str, object]) -> "Screen":
        """Derive the screen of recognizers, by keys that the candidates will bear."""
        sources: dict[str, Source] = {}
        reasons: dict[str, str] = {}
        for key, recognizer in recognizers.items():
            try:
                sources[key] = source_of(recognizer)
            except UnscreenableError as error:
                reasons[key] = str(error)
        return cls.by(sources, reasons)

    @classmethod
    def by(cls, sources: Mapping[str, Source], reasons: Mapping[str, str]) -> "Screen":
        """Derive the screen from sources; ``reasons`` say what has none."""
        known: dict[tuple[object, ...], Plan] = {}
        plans: dict[str, Plan] = {}
        for key, source in sources.items():
            plan = plan_of(source)
            plans[key] = known.setdefault((plan.vectors, plan.tight, plan.loose), plan)
        return cls(plans, reasons)

    @property
    def unscreened(self) -> tuple[str, ...]:
        """The keys of the recognizers that are run on every value."""
        return tuple(sorted(self.reasons))

    def candidates(self, values: Any, keys: Iterable[str] | None = None) -> Mapping[str, Indices]:
        """Return by key the sorted indices of the values on which a recognizer must be run.

        ``values`` is an Arrow array or chunked array of strings, best of distinct ones; null is
        never a candidate. ``keys`` are the recognizers to ask for, in order; all without it.
        """
        wanted = tuple((*self.plans, *self.reasons) if keys is None else keys)
        found: dict[str, list[Indices]] = {key: [np.empty(0, np.int64)] for key in wanted}
        for chunk in chunks(values):
            for key, indices in self.chosen(chunk, wanted):
                found[key].append(indices + chunk.start)
        return {key: np.concatenate(parts) for key, parts in found.items()}

    def chosen(self, chunk: Chunk, keys: Iterable[str]) -> Iterator[tuple[str, Indices]]:
        """Yield by key the indices within a chunk of the values that it must be run on."""
        possible = self._possible(chunk)
        always = np.flatnonzero(chunk.always)
        made: dict[Plan, Indices] = {}
        for key in keys:
            plan = self.plans.get(key)
            if plan is None:
                yield key, np.flatnonzero(chunk.there)
            elif plan not in possible:
                yield key, always
            else:
                if plan not in made:
                    made[plan] = np.flatnonzero(plan.chosen(chunk))
                yield key, made[plan]

    def _possible(self, chunk: Chunk) -> set[Plan]:
        """Return the plans that some value may meet: on a small field this saves most."""
        if chunk.top is None:
            return set(self._distinct)
        reached = (self._vectors <= chunk.top).all(axis=1)
        return {self._distinct[at] for at in set(self._owners[reached].tolist())}


def plan_of(source: Source) -> Plan:
    """Derive how the values for a recognizer are chosen."""
    trees = source.trees
    loose = _first(forms(trees, tight=False))
    tight = loose if source.parts else _first(forms(trees, tight=True))
    vectors = {vector for tree in trees for vector in least(tree)}
    return Plan(tuple(sorted(vectors)), tight, loose)


def _first(expressions: Iterator[str]) -> str | None:
    """Return the first expression that RE2 accepts; None when it refuses all for their size."""
    probe = pa.array([""])
    for expression in expressions:
        try:
            pc.match_substring_regex(probe, expression)
        except pa.ArrowInvalid:
            continue
        return expression
    return None
