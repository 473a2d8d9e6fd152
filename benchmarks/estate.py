"""The two estates that accuracy is measured on, and what the command says of them.

A labelled folder holds ``dbs/*.sqlite.gz`` (or ``*.sqlite``), ``labels.csv`` and ``score.py``; the
other estate is generated from the worlds.
"""

import csv
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import worlds
from adapter import Line, Place, Prediction, lines, predictions
from packed import unpacked
from scoring import Scores, by_judge, score
from whom import Subjects, subjects

# The command itself, from the checkout or the installed package, whichever this Python imports.
RUN = (sys.executable, "-c", "from scanner.cli import main; main()")
_ACCEPTED = {0, 1, 3}
Judge = Callable[[Mapping[Place, str], Iterable[Prediction]], Scores]


@dataclass(frozen=True, slots=True)
class Estate:
    """Databases on disk, what their columns hold, and who judges predictions."""

    name: str
    files: Sequence[Path]
    truth: Mapping[Place, str]
    about: Mapping[Place, str]  # whom each field is about, where that is known
    judge: Judge = score
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)  # tag -> databases


@dataclass(frozen=True, slots=True)
class Measured:
    """What the command said of an estate, and what that is worth."""

    estate: Estate
    found: Sequence[Prediction]
    scores: Scores
    subjects: Subjects


def labelled(folder: Path, scratch: Path) -> Estate:
    """Return the estate of a labelled folder, its databases unpacked into ``scratch``."""
    if not (folder / "labels.csv").exists():
        raise SystemExit(f"{folder} has no labels.csv: it is no labelled folder")
    scratch.mkdir()
    files = unpacked(folder / "dbs", scratch)
    here = {file.stem for file in files}
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["db"] in here]
    truth = {(row["db"], row["table"], row["column"]): row["labels"] for row in rows}
    judge = folder / "score.py"
    return Estate(folder.name, files, truth, {}, lambda t, found: by_judge(judge, t, found))


def generated(name: str, chosen: Iterable[Path], scratch: Path, seed: int) -> Estate:
    """Return the estate of worlds, built into ``scratch``."""
    scratch.mkdir()
    chosen, groups = list(chosen), defaultdict(set)
    labels = [label for file in chosen for label in worlds.build(file, scratch, seed)]
    for file in chosen:
        for tag in worlds.read(file).tags:
            groups[tag].add(file.stem)
    truth = {(one.db, one.table, one.column): one.labels for one in labels}
    about = {(one.db, one.table, one.column): one.about for one in labels}
    files = sorted(scratch.glob("*.sqlite"))
    tagged = {tag: frozenset(names) for tag, names in groups.items()}
    return Estate(name, files, truth, about, groups=tagged)


def inventory(files: Sequence[Path], words: Sequence[str] = ()) -> str:
    """Return what ``ropascan inventory --format jsonl`` prints for databases."""
    done = subprocess.run(
        (*RUN, "inventory", *map(str, files), "--format", "jsonl", *words),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode not in _ACCEPTED:
        raise SystemExit(f"inventory ended with exit code {done.returncode}: {done.stderr[-800:]}")
    return done.stdout


def said(estate: Estate, words: Sequence[str] = ()) -> list[Line]:
    """Return the holdings that the command tells of an estate."""
    columns: dict[tuple[str, str], set[str]] = defaultdict(set)
    for db, table, column in estate.truth:
        columns[db, table].add(column)
    return lines(inventory(estate.files, words), columns)


def part(measured: Measured, names: Container[str]) -> Scores:
    """Return the scores of some databases of an estate."""
    estate = measured.estate
    truth = {place: label for place, label in estate.truth.items() if place[0] in names}
    return estate.judge(truth, [one for one in measured.found if one.place[0] in names])


def measure(estate: Estate, words: Sequence[str] = ()) -> Measured:
    """Run the command on an estate and score what it says."""
    told = said(estate, words)
    found = predictions(told)
    scores = estate.judge(estate.truth, found)
    return Measured(estate, found, scores, subjects(estate.about, told))
