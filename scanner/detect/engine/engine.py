"""All recognizers of a process over the values of a field."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scanner.detect.engine.found import Found, joined
from scanner.detect.engine.iban import IbanSteps, iban_steps
from scanner.detect.engine.steps import Steps, steps_of
from scanner.detect.engine.view import View
from scanner.detect.engine.windows import windowed
from scanner.detect.finder import Finder, PresidioFinder
from scanner.detect.patience import Patience, Turn, Watch
from scanner.detect.screen import Screen, UnscreenableError
from scanner.detect.screen.chunks import WHOLE, Indices, chunks
from scanner.detect.screen.sources import Source, source_of


@dataclass(frozen=True, slots=True)
class Ran:
    """What finders found, by key and in the order asked for; and the candidates of others."""

    found: Mapping[str, Found]
    candidates: Mapping[str, Indices]


class Engine:
    """Finds what every finder finds, in bulk; ``screen`` says which of them run on everything.

    ``others`` are what only candidates are asked of; see :meth:`run`.
    """

    def __init__(
        self, finders: Mapping[str, Finder], others: Mapping[str, object] | None = None
    ) -> None:
        self._finders = dict(finders)
        self._sources: dict[str, Source] = {}
        reasons: dict[str, str] = {}
        for key, item in {**finders, **(others or {})}.items():
            try:
                self._sources[key] = source_of(item)
            except UnscreenableError as error:
                reasons[key] = str(error)
        self.screen = Screen.by(self._sources, reasons)
        self._steps: dict[str, Steps | IbanSteps | None] = {}  # filled when first needed

    def run(
        self,
        values: Any,
        texts: Sequence[str],
        keys: Iterable[str],
        asked: Iterable[str] = (),
        watch: Watch | None = None,
    ) -> Ran:
        """Run finders; ``asked`` are keys of which only the candidates are wanted.

        ``values`` and ``texts`` are the same values, as an Arrow array and as Python's. ``watch``
        sees to it that none takes too long; without it, nothing is stopped but single texts.
        """
        turn = (watch or Patience(math.inf).field()).turn
        wanted, only = tuple(keys), tuple(asked)
        found: dict[str, list[Found]] = {key: [] for key in wanted}
        rows_of: dict[str, list[Indices]] = {key: [np.empty(0, np.int64)] for key in only}
        for chunk in chunks(values):
            view = View.of(chunk, texts)
            for key, rows in self.screen.chosen(chunk, (*wanted, *only)):
                if key in rows_of:
                    rows_of[key].append(rows + chunk.start)
                elif len(rows):
                    part = self._one(key, view, rows, turn(self._finders[key]))
                    found[key].append(part.shifted(chunk.start))
        return Ran(
            {key: everything for key in wanted if len(everything := joined(found[key]))},
            {key: np.concatenate(parts) for key, parts in rows_of.items()},
        )

    def _one(self, key: str, view: View, rows: Indices, turn: Turn) -> Found:
        """Run one finder on its candidates; the turn catches the failures of a plug-in."""
        parts: list[Found] = []
        with turn:
            if turn.open:
                parts += self._parts(key, view, rows, turn)
        return joined(parts)

    def _parts(self, key: str, view: View, rows: Indices, turn: Turn) -> Iterator[Found]:
        steps = self.steps(key)
        if steps is not None:
            short = view.chunk.sizes[rows] <= steps.most
            yield steps.run(view, rows[short], turn)
            rows = rows[~short]
        # The finder itself is called on each value.
        again = isinstance(self._finders[key], PresidioFinder)  # its expressions know a time limit
        yield Found.of(
            [
                (row, *span)
                for row in rows.tolist()
                for span in windowed(turn.find, view.text(row), again=again)
            ]
        )

    def steps(self, key: str) -> Steps | IbanSteps | None:
        """Return a finder taken apart; None when it must be called as a whole."""
        if key not in self._steps:
            finder, source = self._finders[key], self._sources.get(key)
            known = None
            if isinstance(finder, PresidioFinder):
                known = iban_steps(finder.recognizer, WHOLE)
            if known is None and source is not None:
                self._steps[key] = steps_of(finder, source)
            else:
                self._steps[key] = known
        return self._steps[key]
