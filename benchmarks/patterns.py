"""How fast recognizers of patterns run on 20 kinds of column, and whether the hits are the same.

    python benchmarks/patterns.py [--n 200000] [--cells 400] [--databases DIR] [--seed N]

Plain Presidio is ``AnalyzerEngine.analyze``, cell by cell, with the 17 recognizers that it enables
for English and no language model; ours are the same recognizer objects in the engine that the scan
uses. Both are measured with telephone numbers (8 regions, Presidio's default) and without. Columns
hold what ``columns.py`` makes; every cell is decided, none is left out for being a repeat.

``--n`` values, mixed and fuzzed with a fresh seed, then go through every pattern recognizer that
Presidio and we have, and through the telephone recognizer: a difference is a value and recognizer
whose spans and scores are not those of the recognizer's own ``analyze``.
"""

import argparse
import gc
import inspect
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import machine
from columns import KINDS, mixed, words
from databases import cells, unpacked
from presidio_analyzer import AnalyzerEngine, PatternRecognizer, RecognizerRegistry
from presidio_analyzer import predefined_recognizers as predefined
from presidio_analyzer.nlp_engine import NoOpNlpEngine

from scanner.detect.engine import Engine
from scanner.detect.finder import PresidioFinder
from scanner.detect.phone import SCORE
from scanner.detect.phones import SharedPhones
from scanner.detect.registry import _classes
from scanner.detect.screen import arrow
from scanner.detect.silence import silence
from scanner.model import Budget

DEFAULT = words(
    """CreditCard Crypto Date Email Iban Ip MacAddress Url Uuid UsBank UsLicense UsItin
    UsPassport UsSsn MedicalLicense Nhs"""
)
Hit = tuple[int, str, int, int, float]


def plain(engine: AnalyzerEngine, values: Sequence[str]) -> set[Hit]:
    """Return the hits of plain Presidio."""
    return {
        (index, hit.entity_type, hit.start, hit.end, hit.score)
        for index, value in enumerate(values)
        for hit in engine.analyze(value, "en")
    }


class Ours:
    """The same recognizers in the engine, telephone numbers apart."""

    def __init__(self, recognizers: dict[str, PatternRecognizer], regions: Sequence[str]) -> None:
        self.finders = {key: PresidioFinder.of(one, key) for key, one in recognizers.items()}
        self.engine = Engine(self.finders)
        self.phones = SharedPhones(tuple(regions))

    def patterns(self, values: Sequence[str]) -> set[Hit]:
        """Return the hits of all but telephone numbers."""
        ran = self.engine.run(arrow(values), values, self.finders)
        return {
            (index, self.finders[key].entity, start, end, score)
            for key, found in ran.found.items()
            for index, start, end, score in found
        }

    def numbers(self, values: Sequence[str]) -> set[Hit]:
        """Return the telephone numbers."""
        return {
            (index, "PHONE_NUMBER", start, end, SCORE)
            for index in self.phones.candidates(arrow(values)).tolist()
            for start, end in self.phones.find(values[index])
        }


def _clock(work: Callable[[], set[Hit]]) -> tuple[float, set[Hit]]:
    gc.collect()  # what was measured before leaves nothing to clear away here
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


class Bench:
    """Measures columns: plain Presidio on some cells spread over them, ours on all."""

    def __init__(
        self, ours: Ours, whole: AnalyzerEngine, without: AnalyzerEngine, cells: int
    ) -> None:
        self.ours, self.whole, self.without, self.cells = ours, whole, without, cells

    def measure(self, columns: Sequence[Sequence[str]]) -> tuple[list[float], int]:
        """Return seconds a cell (plain, ours, plain and ours without phone), and differences."""
        flat = [value for values in columns for value in values]
        drawn = range(0, len(flat), max(1, -(-len(flat) // self.cells)))
        few = [flat[place] for place in drawn]
        self.ours.patterns(flat[:64]), self.ours.numbers(flat[:64]), plain(self.whole, few[:5])
        all_of, expected = _clock(lambda: plain(self.whole, few))
        no_phone, _ = _clock(lambda: plain(self.without, few))
        pattern, found = _clock(lambda: _over(columns, self.ours.patterns))
        number, more = _clock(lambda: _over(columns, self.ours.numbers))
        places = {place: at for at, place in enumerate(drawn)}
        mine = {(places[hit[0]], *hit[1:]) for hit in found | more if hit[0] in places}
        times = [all_of / len(few), (pattern + number) / len(flat)]
        return [*times, no_phone / len(few), pattern / len(flat)], len(expected ^ mine)


def _over(columns: Sequence[Sequence[str]], work: Callable[[Sequence[str]], set[Hit]]) -> set[Hit]:
    """Run a work on each column; the hits bear the places of their cells among all."""
    if len(columns) == 1:
        return work(columns[0])
    out: set[Hit] = set()
    start = 0
    for values in columns:
        found = work(values)
        out |= found if not start else {(hit[0] + start, *hit[1:]) for hit in found}
        start += len(values)
    return out


def speed(options: argparse.Namespace, recognizers: dict[str, PatternRecognizer]) -> int:
    """Print cells a second by kind of column, plain and ours; return the differences."""
    phone = predefined.PhoneRecognizer()
    start = time.perf_counter()
    ours = Ours(recognizers, phone.supported_regions)
    print(f"engine of {len(recognizers) + 1} recognizers: {time.perf_counter() - start:.2f} s")
    without, whole = (
        AnalyzerEngine(
            RecognizerRegistry(recognizers=[*recognizers.values(), *more]),
            NoOpNlpEngine(models=[{"lang_code": "en", "model_name": "none"}]),
        )
        for more in ((), (phone,))
    )
    bench = Bench(ours, whole, without, options.cells)
    rng, totals, differences = random.Random(options.seed), [0.0] * 4, 0
    head = "".join(
        f"{word:>12}" for word in ("plain", "ours", "ratio", "no phone", "ours", "ratio")
    )
    print(f"{'cells/s':12}{head}  differ")
    for name, make in KINDS.items():
        times, differ = bench.measure([[make(rng) for _ in range(options.columns)]])
        totals = [one + two for one, two in zip(totals, times, strict=True)]
        differences += differ
        print(_line(name, times, differ))
    print(_line("all, equal", [total / len(KINDS) for total in totals], differences))
    on = f"20 kinds in equal parts, {options.columns:,} cells of each; plain on {options.cells}"
    said = f", {differences} differences"
    for name, floor, goal, slow, fast in (
        ("phone on", "12x", "30x", totals[0], totals[1]),
        ("without phone", "45x", "100x", totals[2], totals[3]),
    ):
        measure = f"pattern cells/s against plain Presidio, every cell decided, {name}"
        machine.row(measure, floor, goal, machine.times(slow, fast) + said, on)
    return differences + (real(options.databases, bench) if options.databases else 0)


def real(folder: Path, bench: Bench) -> int:
    """Print the same for real columns: the fields of databases, 1,000 rows a table."""
    totals, count, differences = [0.0] * 4, 0, 0
    with tempfile.TemporaryDirectory() as scratch:
        for file in unpacked(folder, Path(scratch)):
            columns = [texts for texts in cells(file, Budget(1000)) if texts]
            times, differ = bench.measure(columns)
            size = sum(map(len, columns))
            totals = [one + two * size for one, two in zip(totals, times, strict=True)]
            count, differences = count + size, differences + differ
    print(_line("real columns", [total / count for total in totals], differences))
    machine.row(
        "pattern cells/s against plain Presidio, real columns, phone on; without",
        "",
        "",
        f"{machine.times(totals[0], totals[1])}; {machine.times(totals[2], totals[3])}, "
        f"{differences} differences",
        f"{count:,} cells of a folder of databases, each cell decided; plain on "
        f"{bench.cells} spread over each database",
    )
    return differences


def _line(name: str, times: Sequence[float], differ: int) -> str:
    plain_all, ours_all, plain_few, ours_few = times
    rates = f"{1 / plain_all:12,.0f}{1 / ours_all:12,.0f}{plain_all / ours_all:11.1f}x"
    rates += f"{1 / plain_few:12,.0f}{1 / ours_few:12,.0f}{plain_few / ours_few:11.1f}x"
    return f"{name:12}{rates}  {differ}"


def exactness(options: argparse.Namespace) -> int:
    """Print how many answers differ from the recognizers' own, by recognizer; return the number."""
    every: dict[str, Any] = {
        name: item()
        for name, item in vars(predefined).items()
        if inspect.isclass(item) and issubclass(item, PatternRecognizer)
    }
    for name, item in _classes().items():
        if item.__module__.startswith("scanner."):
            every[f"{name} (ours)"] = item()
    expressions = [pattern.regex for one in every.values() for pattern in one.patterns]
    values = list(dict.fromkeys(mixed(expressions, options.n, random.Random(options.seed))))
    ours = Ours(every, predefined.PhoneRecognizer().supported_regions)
    ran = ours.engine.run(arrow(values), values, ours.finders)
    every["PhoneRecognizer"] = predefined.PhoneRecognizer()
    numbers = {hit[:1] + hit[2:] for hit in ours.numbers(values)}
    hits = differences = failed = 0
    for name, recognizer in every.items():
        mine = numbers if name == "PhoneRecognizer" else set(ran.found.get(name, ()))
        true: set[tuple[int, int, int, float]] = set()
        for index, value in enumerate(values):
            try:
                found = recognizer.analyze(value, recognizer.supported_entities, None)
            except (LookupError, ValueError):  # two of its checks fail on digits of other scripts
                failed += 1
                mine = {hit for hit in mine if hit[0] != index}
                continue
            true.update((index, hit.start, hit.end, hit.score) for hit in found)
        hits += len(true)
        if wrong := sorted(true ^ mine):
            differences += len(wrong)
            print(f"    {name}: {len(wrong)} differ, as in {values[wrong[0][0]][:80]!r}")
    beyond = sum(not value.isascii() for value in values)
    print(
        f"{len(values):,} values ({beyond:,} beyond ASCII), {len(every)} recognizers, unscreened: "
        f"{', '.join(ours.engine.screen.unscreened) or 'none'}; {hits:,} hits, "
        f"{differences} differences, Presidio failed on {failed} (seed {options.seed})"
    )
    machine.row(
        "exactness: differences, every recognizer of every country",
        "0",
        "0",
        f"**{differences}**",
        f"{len(values):,} mixed and fuzzed values, {len(every)} recognizers, {hits:,} hits",
    )
    return differences


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=20_000, help="values of the exactness run")
    parser.add_argument("--cells", type=int, default=400, help="cells a column for plain Presidio")
    parser.add_argument("--columns", type=int, default=4000, help="cells a column for ours")
    parser.add_argument("--databases", type=Path, help="a folder of *.sqlite or *.sqlite.gz")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args()
    silence()
    print(f"{machine.described()}; seed {options.seed}")
    wrong = speed(options, {name: getattr(predefined, f"{name}Recognizer")() for name in DEFAULT})
    raise SystemExit(bool(wrong + exactness(options)))


if __name__ == "__main__":
    main()
