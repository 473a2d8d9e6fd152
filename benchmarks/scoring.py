"""Score predictions of types at columns against labels.

The rules: a column labelled ``ambiguous`` is left out; ``A+B`` wants both; ``X?`` is neither wanted
nor wrong; passwords, their hashes and secrets are one class, and so are the parts of an address;
FREE_TEXT_WITH_PII is found by any prediction, and is not wrong where something else is wanted.
"""

import importlib.util
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from adapter import Place, Prediction
from worlds import vocabulary

MACRO_LEAST = 5  # columns that a type needs to count in the macro figures


@dataclass(frozen=True, slots=True)
class Counts:
    """Right, wrong and missed."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def support(self) -> int:
        """How many there are to find."""
        return self.tp + self.fn

    @property
    def precision(self) -> float:
        """Share of what was said that is right; NaN where nothing was said."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else math.nan

    @property
    def recall(self) -> float:
        """Share of what is there that was found; NaN where nothing is there."""
        return self.tp / self.support if self.support else math.nan

    @property
    def f1(self) -> float:
        """The harmonic mean of both; NaN where nothing was said and nothing is there."""
        both = 2 * self.tp + self.fp + self.fn
        return 2 * self.tp / both if both else math.nan

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)


@dataclass(frozen=True, slots=True)
class Wrong:
    """One missed (FN) or wrong (FP) type at a column."""

    how: str
    type: str
    place: Place
    label: str
    got: str


@dataclass(frozen=True, slots=True)
class Scores:
    """What the predictions are worth."""

    columns: int
    types: Mapping[str, Counts]
    any: Counts
    wrong: tuple[Wrong, ...] = field(default=(), repr=False)

    @property
    def micro(self) -> Counts:
        """All (column, type) pairs together."""
        return sum(self.types.values(), Counts())

    @property
    def large(self) -> dict[str, Counts]:
        """The types that the macro figures are the mean of."""
        return {name: c for name, c in self.types.items() if c.support >= MACRO_LEAST}

    def macro(self, figure: str) -> float:
        """Return the mean of a figure (precision, recall, f1) over the large types."""
        values = [getattr(counts, figure) for counts in self.large.values()]
        kept = [0.0 if math.isnan(value) else value for value in values]
        return sum(kept) / len(kept) if kept else math.nan


def verdict(kind: str, label: str) -> bool | None:
    """Tell whether one prediction is right at a label; None: neither right nor wrong."""
    if label == vocabulary.AMBIGUOUS:
        return None
    want, allowed = vocabulary.required(label), vocabulary.optional(label)
    folded = vocabulary.folded(kind)
    if folded in want:
        return True
    if folded in allowed or (kind == vocabulary.PROSE and want):
        return None
    return False


def score(truth: Mapping[Place, str], found: Iterable[Prediction]) -> Scores:
    """Score the counted predictions; those at columns without a label are left out."""
    said: dict[Place, set[str]] = defaultdict(set)
    for prediction in found:
        if prediction.counted:
            said[prediction.place].add(vocabulary.folded(prediction.type))
    types: dict[str, Counts] = defaultdict(Counts)
    overall, wrong, columns = Counts(), [], 0
    for place, label in truth.items():
        if label == vocabulary.AMBIGUOUS:
            continue
        columns += 1
        got = said.get(place, set())
        for how, kind in _judged(label, got):
            types[kind] += _ONE[how]
            if how != "TP":
                wrong.append(Wrong(how, kind, place, label, "+".join(sorted(got))))
        overall += _any(label, got)
    return Scores(columns, dict(types), overall, tuple(sorted(wrong, key=_order)))


_ONE = {"TP": Counts(1, 0, 0), "FP": Counts(0, 1, 0), "FN": Counts(0, 0, 1)}


def _judged(label: str, got: set[str]) -> Iterable[tuple[str, str]]:
    """Yield TP, FN or FP with its type, for all that is wanted and all that was said."""
    want, allowed = vocabulary.required(label), vocabulary.optional(label)
    for kind in sorted(want):
        hit = bool(got) if kind == vocabulary.PROSE else kind in got
        yield ("TP" if hit else "FN"), kind
    for kind in sorted(got - want - allowed):
        if not (kind == vocabulary.PROSE and want):
            yield "FP", kind


def _any(label: str, got: set[str]) -> Counts:
    """One yes or no: does the column hold personal data at all?"""
    if vocabulary.required(label):
        return _ONE["TP" if got else "FN"]
    return _ONE["FP"] if got - vocabulary.optional(label) else Counts()


def _order(wrong: Wrong) -> tuple[str, str, Place]:
    return wrong.how, wrong.type, wrong.place


def by_judge(file: Path, truth: Mapping[Place, str], found: Iterable[Prediction]) -> Scores:
    """Score with the ``score`` function of a labelled folder's own score.py, which is run."""
    spec = importlib.util.spec_from_file_location("labelled_folder_score", file)
    if spec is None or spec.loader is None or not file.exists():
        raise SystemExit(f"{file} is not there: the labelled folder brings its own judge")
    judge = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(judge)
    said = [
        dict(zip(("db", "table", "column"), p.place, strict=True), type=p.type)
        for p in found
        if p.counted
    ]
    result = judge.score(dict(truth), said)
    types = {name: _counts(entry) for name, entry in result["types"].items()}
    wrong = (
        Wrong(how, kind, (db, table, column), label, got)
        for how, kind, db, table, column, label, got in result["errors"]
    )
    ordered = tuple(sorted(wrong, key=_order))
    return Scores(result["columns"], types, _counts(result["any"]), ordered)


def _counts(entry: Mapping[str, int]) -> Counts:
    return Counts(entry["tp"], entry["fp"], entry["fn"])
