"""Compare the screened pattern recognizers with plain Presidio: speed, and every difference.

``python benchmarks/patterns.py [--n 200000] [--cells 400] [--columns 4000] [--seed N]``

*Plain* is Presidio's ``AnalyzerEngine`` without a model, one call a cell. *Ours* is the screen,
then the same recognizers on its candidates, as the scan runs them (expressions and validators
without explanation objects); both run the same recognizers, without the one
for telephone numbers, which has no expression to derive a screen from. Columns hold what
``columns.py`` makes; every cell is decided, none is left out for being a repeat.

``--n`` values, mixed and fuzzed with a fresh seed, then go through every pattern recognizer that
Presidio and we have: a difference is a value that the screen turned away and in which an
expression of the recognizer matches, or, for the plain set, hits that are not the same.
"""

import argparse
import importlib.metadata
import inspect
import itertools
import platform
import random
import time
from collections.abc import Sequence

import pyarrow as pa
import regex
from columns import KINDS, mixed, words
from presidio_analyzer import AnalyzerEngine, PatternRecognizer, RecognizerRegistry
from presidio_analyzer import predefined_recognizers as predefined
from presidio_analyzer.nlp_engine import NoOpNlpEngine

from scanner.detect.finder import PresidioFinder
from scanner.detect.registry import _classes
from scanner.detect.screen import Screen, arrow
from scanner.detect.silence import silence

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


def screened(
    screen: Screen, recognizers: dict[str, PatternRecognizer], values: Sequence[str]
) -> set[Hit]:
    """Return the hits of the same recognizers, each run on its candidates as the scan runs it."""
    keys = list(recognizers)
    finders = [PresidioFinder.of(recognizers[key], key) for key in keys]
    return {
        (index, finder.entity, start, end, score)
        for index, places in screen.work(values, keys)
        for finder in (finders[place] for place in places)
        for start, end, score in finder.find(values[index])
    }


def speed(options: argparse.Namespace, recognizers: dict[str, PatternRecognizer]) -> None:
    """Print cells a second by kind of column, plain and screened, and the ratio."""
    registry = RecognizerRegistry(recognizers=list(recognizers.values()))
    engine = AnalyzerEngine(
        registry, NoOpNlpEngine(models=[{"lang_code": "en", "model_name": "none"}])
    )
    start = time.perf_counter()
    screen = Screen.of(recognizers)
    print(f"screen of {len(recognizers)} recognizers: {time.perf_counter() - start:.2f} s")
    rng, slow, fast, only = random.Random(options.seed), 0.0, 0.0, 0.0
    differences = 0
    print(f"{'column':12}{'plain c/s':>12}{'ours c/s':>12}{'screen c/s':>12}{'ratio':>8}  differ")
    for name, make in KINDS.items():
        values = [make(rng) for _ in range(options.columns)]
        few = values[: options.cells]
        plain(engine, few[:5])
        screened(screen, recognizers, few[:5])
        times = [time.perf_counter()]
        expected = plain(engine, few)
        times.append(time.perf_counter())
        found = screened(screen, recognizers, values)
        times.append(time.perf_counter())
        screen.candidates(arrow(values))
        times.append(time.perf_counter())
        one, two, three = (later - sooner for sooner, later in itertools.pairwise(times))
        one, two, three = one / len(few), two / len(values), three / len(values)
        slow, fast, only = slow + one, fast + two, only + three
        differ = len(expected ^ {hit for hit in found if hit[0] < len(few)})
        differences += differ
        print(
            f"{name:12}{1 / one:12,.0f}{1 / two:12,.0f}{1 / three:12,.0f}"
            f"{one / two:7.0f}x  {differ}"
        )
    kinds = len(KINDS)
    print(
        f"{'all, equal':12}{kinds / slow:12,.0f}{kinds / fast:12,.0f}{kinds / only:12,.0f}"
        f"{slow / fast:7.1f}x  {differences}"
    )


def exactness(options: argparse.Namespace) -> int:
    """Print how many values were wrongly turned away, by which recognizer; return the number."""
    every = {
        name: item()
        for name, item in vars(predefined).items()
        if inspect.isclass(item) and issubclass(item, PatternRecognizer)
    }
    for name, item in _classes().items():
        if item.__module__.startswith("scanner."):
            every[f"{name} (ours)"] = item()
    expressions = [pattern.regex for one in every.values() for pattern in one.patterns]
    values = list(dict.fromkeys(mixed(expressions, options.n, random.Random(options.seed))))
    screen = Screen.of(every)
    found, hits, lost, chosen = screen.candidates(pa.array(values)), 0, 0, 0
    for name, recognizer in every.items():
        mine = set(found[name].tolist())
        flags = recognizer.global_regex_flags
        compiled = [regex.compile(pattern.regex, flags) for pattern in recognizer.patterns]
        true = {i for i, value in enumerate(values) if any(c.search(value) for c in compiled)}
        hits, chosen = hits + len(true), chosen + len(mine)
        if wrong := true - mine:
            lost += len(wrong)
            print(f"    {name}: {len(wrong)} values lost, such as {values[min(wrong)][:80]!r}")
    beyond = sum(not value.isascii() for value in values)
    print(
        f"{len(values):,} values ({beyond:,} beyond ASCII), {len(every)} recognizers, unscreened: "
        f"{', '.join(screen.unscreened) or 'none'}; {hits:,} matches, {chosen:,} candidates, "
        f"{lost} lost (seed {options.seed})"
    )
    return lost


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=20_000, help="values of the exactness run")
    parser.add_argument("--cells", type=int, default=400, help="cells a column for plain Presidio")
    parser.add_argument("--columns", type=int, default=4000, help="cells a column for ours")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args()
    silence()
    libraries = ("presidio-analyzer", "pyarrow", "numpy", "regex")
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in libraries)
    print(f"{platform.platform()}, {platform.machine()}, Python {platform.python_version()}")
    print(f"{versions}; seed {options.seed}")
    speed(options, {name: getattr(predefined, f"{name}Recognizer")() for name in DEFAULT})
    raise SystemExit(bool(exactness(options)))


if __name__ == "__main__":
    main()
