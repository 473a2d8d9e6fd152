"""Compare log lines a second with plain Presidio's, in four formats, and the counts by entity.

``python benchmarks/logs.py [--lines 20000] [--plain-lines 1000] [--logs DIR] [--seed N]``

*Ours*: lines of a message field through the detector of the default settings, from cells to hits.
*Plain*: ``BatchAnalyzerEngine`` on the same lines, its time extrapolated from ``--plain-lines`` of
each format; its hits go through the same gates. The counts by entity are those of the lines that
both saw. ``--logs`` adds the files of a folder, ``*.log`` or ``*.log.gz``.
"""

import argparse
import gzip
import random
import time
from collections import Counter
from pathlib import Path

import machine
import tables
from plain import Plain, Timing
from policy import PlainDetector
from verdicts import counted

from scanner import detect
from scanner.config import Detection
from scanner.model import Asset, Detected, Field, Kind, Values

_FIELD = Field("message", Kind.MESSAGE)
_ASSET = Asset("log://bench/app.log", "bench", "log", type="log", fields=(_FIELD,))


def entities(values: Values, detected: Detected) -> Counter[str]:
    """Count the hits by entity, each as often as its line occurs."""
    found: Counter[str] = Counter()
    for hit in detected.hits:
        found[hit.entity] += int(values.counts[hit.index])
    return found


def compare(
    name: str, lines: list[str], few: int, ours: detect.PresidioDetector, plain: Plain
) -> tuple[float, Timing, int]:
    """Measure one format; return our seconds, plain Presidio's, and how many counts differ."""
    begun = time.perf_counter()
    ours.detect(counted(_FIELD, lines), _ASSET)
    seconds = time.perf_counter() - begun
    timing = plain.analyze(lines, few)
    both = tables.spread(list(dict.fromkeys(lines)), few)
    values = counted(_FIELD, both)
    mine = entities(values, ours.detect(values, _ASSET))
    other = entities(values, PlainDetector(plain, Detection()).detect(values, _ASSET))
    differ = sorted(entity for entity in {*mine, *other} if mine[entity] != other[entity])
    rate, theirs = len(lines) / seconds, timing.cells / timing.seconds
    counts = ", ".join(f"{entity} {count}" for entity, count in sorted(mine.items()))
    print(
        f"{name:14}{rate:10,.0f} lines/s; plain {theirs:6,.0f}; {rate / theirs:6.1f}x; "
        f"in {len(both):,} lines: {counts or 'no hits'}"
    )
    for entity in differ:
        print(f"    differs: {entity}: ours {mine[entity]}, plain {other[entity]}")
    return seconds, timing, len(differ)


def files(folder: Path) -> dict[str, list[str]]:
    """Return the lines of each log file of a folder."""
    found = {}
    for file in sorted((*folder.glob("*.log"), *folder.glob("*.log.gz"))):
        content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        lines = content.decode("utf-8", "replace").splitlines()
        found[file.name.partition(".")[0]] = [line for line in lines if line.strip()]
    return found


def measure(
    kind: str,
    found: dict[str, list[str]],
    few: int,
    ours: detect.PresidioDetector,
    plain: Plain,
) -> None:
    """Print the measurements of some files and their row of the table."""
    plain.tune([line for lines in found.values() for line in tables.spread(lines, 50)])
    seconds, timing, differ = 0.0, Timing(), 0
    for name, lines in found.items():
        one, two, more = compare(name, lines, few, ours, plain)
        seconds, differ = seconds + one, differ + more
        timing.add(two)
    machine.row(
        f"log lines/s, {kind}, against plain Presidio; same counts by entity",
        "20x",
        "100x",
        f"{machine.times(timing.seconds, seconds)} ({timing.cells / seconds:,.0f} lines/s), "
        f"{differ} counts differ",
        f"{timing.cells:,} lines in {len(found)} files; plain Presidio extrapolated from "
        f"{timing.measured:,}, batch size {plain.batch}",
    )


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=20_000, help="of each generated format")
    parser.add_argument("--plain-lines", type=int, default=1000, help="of each file")
    parser.add_argument("--logs", type=Path, help="a folder of real logs")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args()
    print(machine.described(), f"seed {options.seed}", sep="\n")
    settings = Detection()
    ours, plain = detect.build(settings), Plain(settings)
    warm = [line for made in tables.lines(30, options.seed + 1).values() for line in made]
    ours.detect(counted(_FIELD, warm), _ASSET)
    generated = tables.lines(options.lines, options.seed)
    measure("four generated formats", generated, options.plain_lines, ours, plain)
    if options.logs:
        measure("real logs", files(options.logs), options.plain_lines, ours, plain)


if __name__ == "__main__":
    main()
