"""All recognizers of patterns over one field: run together, then settled with each other."""

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from scanner.detect.byfield import MaskedCards
from scanner.detect.context import Context
from scanner.detect.engine import Engine
from scanner.detect.finder import Finder
from scanner.detect.numbers import ENTITY as NUMBER
from scanner.detect.numbers import Read, read_all, read_in_rounds
from scanner.detect.patience import Patience, Watch
from scanner.detect.phone import PhoneFinder
from scanner.detect.scan import Hits, Running, StrictRuns
from scanner.detect.verify import Verifier
from scanner.model import Hit, Values, Verified

# Keys of what runs after the others, or is only asked where it can be.
_PHONE, _STRICT, _MASKED = "phone", "strict", "masked"


@dataclass(frozen=True, slots=True)
class Seen:
    """The hits in a field, what was looked for, and the values that can hold a masked card."""

    hits: list[Hit] = field(repr=False)
    looked_for: set[str]
    masked: Sequence[int]
    watch: Watch = field(repr=False)  # knows which recognizers were stopped
    read: Read  # in how many cells telephone numbers were looked for
    verified: Verified


class Patterns:
    """The finders of a process; ``threshold`` says from which score on an entity counts.

    ``seconds`` is what one finder may spend on one field; ``thorough`` reads every value, without
    rounds; ``verifier`` reads some once more.
    """

    def __init__(
        self,
        finders: Sequence[Finder],
        threshold: Callable[[str], float],
        seconds: float,
        *,
        thorough: bool = False,
        verifier: Verifier | None = None,
    ) -> None:
        self._patience, self._verifier, self._thorough = Patience(seconds), verifier, thorough
        self.finders = {
            _PHONE if isinstance(finder, PhoneFinder) else str(place): finder
            for place, finder in enumerate(finders)
        }
        self._threshold = threshold

    @functools.cached_property
    def engine(self) -> Engine:
        """What runs all finders but that of telephone numbers; made at the first values."""
        others: dict[str, object] = {_MASKED: MaskedCards(), _STRICT: StrictRuns()}
        if _PHONE in self.finders:
            others[_PHONE] = self.finders[_PHONE]
        return Engine({k: one for k, one in self.finders.items() if k != _PHONE}, others)

    @property
    def unscreened(self) -> tuple[str, ...]:
        """The names of the recognizers that are run on every value, sorted."""
        return tuple(sorted({self.finders[key].name for key in self.engine.screen.unscreened}))

    def run(self, values: Values, array: Any, context: Context) -> Seen:
        """Run on a field what can find something in it. ``array`` holds the same texts.

        What an earlier part of the field has settled is not looked for again.
        """
        texts, running = values.values, dict(self._running(context))
        if NUMBER in values.settled:
            running.pop(_PHONE, None)
        phone = _STRICT if context.message else _PHONE
        asked = [_MASKED, phone] if _PHONE in running else [_MASKED]
        keys = [key for key in running if key != _PHONE]
        watch = self._patience.field()
        ran = self.engine.run(array, texts, keys, asked, watch)
        found = Hits()
        for key, matches in ran.found.items():
            found.add(running[key].hits(texts, matches))
        read = Read()
        if _PHONE in running:
            item, rows = running[_PHONE], ran.candidates[phone].tolist()
            if context.message or self._thorough:
                read = read_all(found, item, texts, rows, strict=context.message)
            else:
                read = read_in_rounds(found, item, texts, values.counts, rows)
        looked = watch.looked_for(item.finder for item in running.values())
        verified = Verified()
        if self._verifier is not None:
            ended = {key: one.finder for key, one in running.items() if watch.ended(one.finder)}
            verified = self._verifier.verify(ended, ran, texts, values.field.name)
        masked = ran.candidates[_MASKED].tolist()
        return Seen(found.settled(), looked, masked, watch, read, verified)

    def _running(self, context: Context) -> Iterator[tuple[str, Running]]:
        """Yield what runs on a field, with what its context makes of it."""
        for key, finder in self.finders.items():
            if context.runs(finder.entity):
                threshold = self._threshold(finder.entity)
                yield key, Running(finder, context.boost(finder), threshold)
