"""Does a holding say whom its table is about? Against the subjects that worlds declare."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from adapter import COUNTED, Line, Place

NOBODY = "none"


@dataclass(frozen=True, slots=True)
class Subjects:
    """What was said of the holdings at fields whose subject is known: (true, said) -> holdings."""

    pairs: Mapping[tuple[str, str], int]

    @property
    def true(self) -> list[str]:
        """The subjects that are to be found, the most frequent first."""
        counts: Counter[str] = Counter()
        for (true, _), count in self.pairs.items():
            counts[true] += count
        return [name for name, _ in counts.most_common()]

    def right(self, true: str) -> int:
        """Return how many holdings of a subject say it."""
        return self.pairs.get((true, true), 0)

    def all(self, true: str) -> int:
        """Return how many holdings of a subject there are."""
        return sum(count for (name, _), count in self.pairs.items() if name == true)

    def others(self, true: str) -> list[tuple[str, int]]:
        """Return what else was said of a subject, the most frequent first."""
        said = {said: n for (name, said), n in self.pairs.items() if name == true != said}
        return sorted(said.items(), key=lambda pair: (-pair[1], pair[0]))


def subjects(true: Mapping[Place, str], found: Iterable[Line]) -> Subjects:
    """Compare the confirmed and probable holdings at fields of tables that are about somebody."""
    pairs: Counter[tuple[str, str]] = Counter()
    for line in found:
        about = true.get(line.place, NOBODY)
        if line.confidence in COUNTED and about != NOBODY:
            pairs[about, line.subject] += 1
    return Subjects(pairs)
