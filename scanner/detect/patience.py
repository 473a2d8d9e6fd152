"""How long a recognizer may look at one field before the scan goes on without it.

An expression can take minutes for one value ("catastrophic backtracking"), and a plug-in may do
anything. Nobody can tell beforehand, so time is measured: an expression is cut off after
:data:`PER_TEXT` seconds on one text, and a recognizer that has used up its seconds on a field is
not run on the rest of it. What it found until then is kept, what it missed is named as a gap, and
its entity does not count as looked for. A plug-in that fails is treated in the same way.

Code that never returns cannot be interrupted from within its process; only expressions can.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from scanner.detect.custom.added import is_added
from scanner.detect.expression import Span
from scanner.detect.finder import Finder, PresidioFinder
from scanner.detect.lean import PER_TEXT
from scanner.model import Asset, Gap, GapReason
from scanner.spelling import quoted

_FIELDS = 3  # fields on which a recognizer was stopped; then it is not begun again
Clock = Callable[[], float]


class Patience:
    """The memory of one process: which recognizers were stopped, and how often.

    ``seconds`` is what one recognizer may spend on one field (``[detection] seconds``).
    """

    def __init__(self, seconds: float, clock: Clock = time.perf_counter) -> None:
        self.seconds, self.clock = seconds, clock
        self._stops: dict[str, int] = {}

    def field(self) -> "Watch":
        """Return the watch over all recognizers on one field, or on one part of it."""
        return Watch(self)

    def stopped(self, name: str) -> None:
        """Remember that a recognizer had to be stopped."""
        self._stops[name] = self._stops.get(name, 0) + 1

    def gave_up(self, name: str) -> bool:
        """Tell whether a recognizer was stopped too often to be begun again."""
        return self._stops.get(name, 0) >= _FIELDS


@dataclass(slots=True)
class Turn:
    """One recognizer's work on one field: a context that measures it and catches its failures.

    Inside, ask :meth:`find` for each text; or, in loops of one's own, :meth:`over` before each,
    ``limit`` as the time-out of an expression, and :meth:`late` when it was cut off. A loop that is
    left before its last text because :meth:`over` says so needs to do nothing more.
    """

    finder: Finder = field(repr=False)
    patience: Patience = field(repr=False)
    limit: float = PER_TEXT  # seconds for one expression on one text
    cut: int = 0  # texts on which an expression was cut off
    stopped: bool = False  # the seconds were used up, and texts were left
    failed: str = ""  # type of an error
    refused: bool = False  # not begun, as it was stopped on fields before
    _spent: float = 0.0  # in contexts before this one
    _begun: float | None = None
    _until: float = 0.0  # of the clock

    def __enter__(self) -> Self:
        self._begun = self.patience.clock()
        self._until = self._begun + self.patience.seconds - self._spent
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if self._begun is not None:
            self._spent += self.patience.clock() - self._begun
            self._begun = None
        if kind is None or not issubclass(kind, Exception) or not is_added(self.finder):
            return False
        self._fail(kind)
        return True

    def _fail(self, kind: type[BaseException]) -> None:
        if not self.failed:
            self.failed = kind.__name__  # the text of the error could quote a value
            self.patience.stopped(self.finder.name)

    @property
    def open(self) -> bool:
        """Whether the recognizer may be run at all on what comes."""
        return not (self.refused or self.stopped or self.failed)

    @property
    def finished(self) -> bool:
        """Whether it ran to the end on every text that it was given."""
        return self.open and not self.cut

    def over(self) -> bool:
        """Tell whether its seconds are used up; then the texts that are left are not its own."""
        if self.stopped:
            return True
        if self._begun is None:
            if self._spent < self.patience.seconds:
                return False
        elif self.patience.clock() < self._until:
            return False
        self.stopped = True
        self.patience.stopped(self.finder.name)
        return True

    def late(self) -> None:
        """Note that an expression was cut off on a text."""
        self.cut += 1

    def find(self, text: str) -> Sequence[Span]:
        """Return what the recognizer finds in a text, as far as its time and its code allow."""
        if self._begun is None:
            with self:
                return self.find(text)
        if not self.open or self.over():
            return ()
        finder = self.finder
        steps = finder.steps if isinstance(finder, PresidioFinder) else None
        try:
            if steps is None:
                return tuple(finder.find(text))
            found, complete = steps.search(text, self.limit)
        except Exception as error:  # only code of others is forgiven
            if not is_added(finder):
                raise
            self._fail(type(error))
            return ()
        if not complete:
            self.late()
        return found

    def sentence(self) -> str:
        """Say what was not done; empty when all was."""
        name, seconds = quoted(self.finder.name), self.patience.seconds
        simpler = "make its expression simpler, or leave it out with exclude_recognizers"
        if self.refused:
            return (
                f"the recognizer {name} was not run on this field: it was stopped on {_FIELDS} "
                f"fields before; {simpler}"
            )
        if self.failed:
            return (
                f"the recognizer {name} failed with {self.failed} on a value of this field and was "
                "not run on the rest; ask its makers"
            )
        if self.stopped:
            return (
                f"the recognizer {name} was stopped after {seconds:g} s on this field and was not "
                f"run on the rest of it; {simpler}, or raise seconds under [detection]"
            )
        if self.cut:
            noun = "value" if self.cut == 1 else "values"
            return (
                f"the recognizer {name} was cut off after {self.limit:g} s on {self.cut} {noun} of "
                f"this field; {simpler}"
            )
        return ""


class Watch:
    """All recognizers on one field: hands out their turns, and says what came of them."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._turns: dict[int, Turn] = {}  # by identity: a finder is costly to hash

    def turn(self, finder: Finder) -> Turn:
        """Return the turn of a finder on this field: the same one however often it is asked for."""
        turn = self._turns.get(id(finder))
        if turn is None:
            limit = min(PER_TEXT, self._patience.seconds)
            refused = self._patience.gave_up(finder.name)
            turn = Turn(finder, self._patience, limit, refused=refused)
            self._turns[id(finder)] = turn
        return turn

    def looked_for(self, finders: Iterable[Finder]) -> set[str]:
        """Return the entities that were looked for to the end by at least one of the finders."""
        return {finder.entity for finder in finders if self.ended(finder)}

    def ended(self, finder: Finder) -> bool:
        """Tell whether a finder ran to the end."""
        turn = self._turns.get(id(finder))
        return turn is None or turn.finished  # without a turn there was nothing to look at

    def gaps(self, asset: Asset, field_name: str) -> tuple[Gap, ...]:
        """Return a gap for each recognizer that was not run to the end, by its name."""
        told: dict[str, Gap] = {}
        for turn in self._turns.values():
            sentence = turn.sentence()
            if sentence and turn.finder.name not in told:
                reason = GapReason.CRASHED if turn.failed else GapReason.BUDGET
                told[turn.finder.name] = Gap(asset.source, reason, sentence, asset.path, field_name)
        return tuple(told[name] for name in sorted(told))
