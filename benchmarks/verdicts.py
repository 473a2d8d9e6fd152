"""Compare what is said of each field with what plain Presidio's hits on every cell would say.

``python benchmarks/verdicts.py [--rows 10000] [--plain-cells N] [--seed N]``

*Ours*: the detector of the default settings on the distinct values of each field, then counts,
profiles and ``classify``, as a scan does with a sample. *Plain*: the hits of
``BatchAnalyzerEngine`` on all cells through the same thresholds, gates, counts and ``classify``.
The time of plain Presidio is the engine's alone. A verdict is (field, category, confidence).
``--plain-cells`` measures plain Presidio on so many cells of each table; verdicts are then not
compared.
"""

import argparse
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import machine
import numpy as np
import tables
from plain import Plain, Timing
from policy import PlainDetector

from scanner import detect
from scanner.classify import FieldEvidence, classify, profile, tally
from scanner.config import Detection
from scanner.model import Asset, Detected, Field, Kind, Method, Values

Columns = Mapping[str, list[str]]
Verdicts = set[tuple[str, str, str]]
_KINDS = {"id": Kind.INTEGER, "amount": Kind.NUMBER}
_LARGER = 100  # the sample is of a table so many times as large


@dataclass(frozen=True, slots=True)
class Judge:
    """One detector, and what it makes of a table."""

    detector: detect.PresidioDetector

    def verdicts(self, name: str, columns: Columns) -> Verdicts:
        """Return (field, category, confidence) of every holding."""
        fields = tuple(Field(field, _KINDS.get(field, Kind.TEXT)) for field in columns)
        asset = Asset(f"sqlite://bench/main/{name}", "bench", "sqlite", fields=fields)
        evidence = []
        for field in fields:
            values = counted(field, columns[field.name])
            found: Detected = self.detector.detect(values, asset)
            evidence.append(FieldEvidence(field, profile(values), tally(values, found)))
        rows = len(next(iter(columns.values()))) * _LARGER
        holdings = classify(asset, evidence, Method.RANDOM, rows).holdings
        return {(item.field, item.category, item.confidence.value) for item in holdings}


def counted(field: Field, cells: Sequence[str]) -> Values:
    """Return the distinct cells with their counts, as sampling gives them."""
    counts: dict[str, int] = {}
    for cell in cells:
        counts[cell] = counts.get(cell, 0) + 1
    values = tuple(sorted(counts))
    numbers = np.fromiter((counts[value] for value in values), np.int64, len(values))
    return Values(field, values, numbers, examined=len(cells))


@dataclass(frozen=True, slots=True)
class Compared:
    """What one table gave."""

    seconds: float
    plain: Timing
    verdicts: int
    differences: int | None

    def __str__(self) -> str:
        said = "not compared" if self.differences is None else f"{self.differences} differ"
        return (
            f"{machine.times(self.plain.seconds, self.seconds)} ({self.verdicts} verdicts, {said})"
        )


def compare(
    name: str, columns: Columns, ours: Judge, plain: Plain, theirs: Judge, most: int | None
) -> Compared:
    """Measure one table and print every difference."""
    begun = time.perf_counter()
    mine = ours.verdicts(name, columns)
    seconds = time.perf_counter() - begun
    timing = plain.analyze([cell for cells in columns.values() for cell in cells], most)
    print(f"{name}, {len(columns)} fields: ours {seconds:.2f} s; plain Presidio {timing}")
    differences = None
    if most is None:
        other = theirs.verdicts(name, columns)
        differences = len(mine ^ other)
        for field, category, confidence in sorted(mine ^ other):
            side = "ours" if (field, category, confidence) in mine else "plain"
            print(f"    {side} only: {field} {category} {confidence}")
    return Compared(seconds, timing, len(mine), differences)


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--plain-cells", type=int, default=None)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args()
    print(machine.described(), f"seed {options.seed}", sep="\n")
    settings = Detection()
    detector, plain = detect.build(settings), Plain(settings)
    ours, theirs = Judge(detector), Judge(PlainDetector(plain, settings))
    rows = tables.customers(options.rows, options.seed)
    customers = tables.as_columns(rows, tables.CUSTOMERS)
    kinds = tables.kinds(options.rows, options.seed)
    few = tables.as_columns(tables.customers(200, options.seed + 1), tables.CUSTOMERS)
    ours.verdicts("warm", few)
    plain.tune([cell for cells in few.values() for cell in cells])
    most = options.plain_cells
    one = compare("customers", customers, ours, plain, theirs, most)
    two = compare("kinds", kinds, ours, plain, theirs, most)
    three = compare("kinds without telling names", tables.unnamed(kinds), ours, plain, theirs, most)
    machine.row(
        "field verdicts, all recognizers and names, against `BatchAnalyzerEngine` on every cell",
        "50x",
        "200x",
        f"customers {one}; 20 kinds {two}; the same under names that say nothing {three}",
        f"{options.rows:,} rows, batch size {plain.batch}",
    )


if __name__ == "__main__":
    main()
