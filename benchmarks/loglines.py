"""How right the detector is on log lines, against a reference and on lines of our own.

``python benchmarks/loglines.py [--eval DIR] [--seed N] [--errors]``

*Reference*: a folder with ``logs/*.log[.gz]``, ``logs.csv`` (lines by entity of each file) and
``logs_reference.py``, whose functions return what a line holds. *Own*: ``logworlds``, lines of
some sixty programs with all notations of addresses and their look-alikes, with exact truth.

A line counts as right for an entity when both say that it holds the entity; a pair is a line and a
value. Names of persons are counted by 1,000 lines that hold none.
"""

import argparse
import csv
import gzip
import importlib.util
import ipaddress
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import logworlds
from verdicts import counted

from scanner import detect
from scanner.config import Detection
from scanner.model import Asset, Confidence, Detector, Field, Kind

SEED = 20_240
_FIELD = Field("message", Kind.MESSAGE)
_ASSET = Asset("log://lines/app.log", "lines", "log", type="log", fields=(_FIELD,))
# Of the reference -> ours.
ENTITIES = {
    "IPV4": "IP_ADDRESS",
    "IPV6": "IP_ADDRESS",
    "MAC_ADDRESS": "MAC_ADDRESS",
    "EMAIL_ADDRESS": "EMAIL_ADDRESS",
    "USERNAME": "USERNAME",
    "HOSTNAME": "HOST_NAME",
}
STRICT = ("IP_ADDRESS", "MAC_ADDRESS", "EMAIL_ADDRESS")
Pairs = Mapping[str, frozenset[str]]  # values of a line by entity


def plain(entity: str, value: str) -> str:
    """Return a value in the one form in which two are compared."""
    if entity == "PHONE_NUMBER":
        return "".join(char for char in value if char.isdigit())
    if entity != "IP_ADDRESS":
        return (
            value.lower().strip("'\"").replace("-", ":")
            if entity == "MAC_ADDRESS"
            else value.lower()
        )
    try:
        address = ipaddress.ip_interface(value.partition("%")[0]).ip
    except ValueError:
        return value
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)


@dataclass(slots=True)
class Score:
    """Counts of one entity, by line and by pair of line and value."""

    lines: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list, repr=False)

    def add(self, want: frozenset[str], got: frozenset[str], line: str) -> None:
        """Count one line."""
        kind = "right" if want and got else "missed" if want else "extra"
        if want or got:
            self.lines[kind] += 1
        self.pairs["right"] += len(want & got)
        self.pairs["missed"] += len(want - got)
        self.pairs["extra"] += len(got - want)
        if want != got:
            self.errors.append(
                f"missed {sorted(want - got)} extra {sorted(got - want)}: {line[:400]}"
            )

    def join(self, other: "Score") -> None:
        """Add what was counted elsewhere."""
        self.lines += other.lines
        self.pairs += other.pairs
        self.errors += other.errors


def _share(counts: Counter[str], other: str) -> str:
    total = counts["right"] + counts[other]
    return f"{counts['right'] / total:.4f}" if total else "-"


def _cells(score: Score) -> str:
    rates = (
        _share(part, kind) for part in (score.lines, score.pairs) for kind in ("extra", "missed")
    )
    return f"{score.lines['right'] + score.lines['missed']:,} | " + " | ".join(rates)


def found(detector: Detector, lines: Sequence[str]) -> dict[str, Pairs]:
    """Return what the detector finds in each distinct line, all of them one field of messages."""
    values = counted(_FIELD, list(lines))
    out: dict[str, dict[str, set[str]]] = {text: {} for text in values.values}
    for hit in detector.detect(values, _ASSET).hits:
        text = values.values[hit.index]
        out[text].setdefault(hit.entity, set()).add(plain(hit.entity, text[hit.start : hit.end]))
    return {text: {e: frozenset(v) for e, v in by.items()} for text, by in out.items()}


def _logs(folder: Path) -> Iterator[tuple[str, list[str]]]:
    for file in sorted((*folder.glob("*.log"), *folder.glob("*.log.gz"))):
        content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        lines = content.decode("utf-8", "replace").split("\n")
        yield file.name.removesuffix(".gz"), [line for line in lines if line.strip()]


def _reference(folder: Path) -> tuple[Mapping[str, Callable[[str], Iterable[str]]], frozenset[str]]:
    """Return the functions by entity, and the files whose user names they know."""
    spec = importlib.util.spec_from_file_location("logs_reference", folder / "logs_reference.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"there is no logs_reference.py in {folder}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.FIND, frozenset(module.USER_FILES)


def against_reference(folder: Path, detector: Detector) -> Iterator[tuple[str, str, Score]]:
    """Yield file, entity and score. Of PERSON the reference knows nothing: all are extra."""
    functions, users = _reference(folder)
    for name, lines in _logs(folder / "logs"):
        ours = found(detector, lines)
        scores: defaultdict[str, Score] = defaultdict(Score)
        for line in lines:
            want: defaultdict[str, set[str]] = defaultdict(set)
            for theirs, entity in ENTITIES.items():
                want[entity].update(plain(entity, value) for value in functions[theirs](line))
            for entity in want:
                if entity != "USERNAME" or name in users:
                    got = ours[line].get(entity, frozenset())
                    scores[entity].add(frozenset(want[entity]), got, line)
            scores["PERSON"].add(frozenset(), ours[line].get("PERSON", frozenset()), line)
        for entity, score in scores.items():
            if score.lines.total():
                yield name, entity, score


def on_our_own(
    seed: int, detector: Detector
) -> tuple[dict[str, Score], Mapping[str, Score], list[int]]:
    """Return the scores of lines of our own by entity and by format (of addresses only), and, of
    the lines without a name of a person, how many there are and in how many one was found."""
    entities: defaultdict[str, Score] = defaultdict(Score)
    formats: defaultdict[str, Score] = defaultdict(Score)
    nameless = [0, 0]
    for log in logworlds.logs(seed):
        ours = found(detector, [line.text for line in log.lines])
        for line in log.lines:
            truth: defaultdict[str, set[str]] = defaultdict(set)
            for entity, value in line.must:
                truth[entity].add(plain(entity, value))
            got = ours[line.text]
            for entity in {*truth, *got} & logworlds.ENTITIES:
                want, mine = frozenset(truth[entity]), got.get(entity, frozenset())
                if entity in line.may:
                    mine &= want
                entities[entity].add(want, mine, f"{log.format}: {line.text}")
                if entity in STRICT:
                    formats[log.format].add(want, mine, line.text)
            if not truth["PERSON"]:
                nameless[0] += 1
                nameless[1] += "PERSON" in got
    return entities, formats, nameless


def inventory(folder: Path) -> list[Mapping[str, object]]:
    """Return the holdings that the command tells of the logs of a folder."""
    with tempfile.TemporaryDirectory() as scratch:
        files = []
        for name, lines in _logs(folder):
            files.append(Path(scratch, name))
            files[-1].write_text("\n".join(lines) + "\n", "utf-8")
        command = [sys.executable, "-m", "scanner", "inventory", *map(str, files)]
        done = subprocess.run(
            [*command, "--format", "jsonl"], capture_output=True, text=True, check=False
        )
    if done.returncode not in (0, 3):
        raise SystemExit(f"inventory ended with exit code {done.returncode}: {done.stderr[-800:]}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def present(folder: Path) -> tuple[Counter[str], list[str]]:
    """Compare which entities each file holds with ``logs.csv``; return counts and what differs."""
    sure = {Confidence.CONFIRMED.value, Confidence.PROBABLE.value}
    ours: defaultdict[str, set[str]] = defaultdict(set)
    for holding in inventory(folder / "logs"):
        if holding["confidence"] in sure:
            ours[str(holding["source"])].add(str(holding["entity"]))
    counts: Counter[str] = Counter()
    differ: list[str] = []
    with (folder / "logs.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["file"] not in ours:
                continue
            for entity in sorted(set(ENTITIES.values())):
                cells = [
                    row[f"{theirs}_lines"] for theirs, mine in ENTITIES.items() if mine == entity
                ]
                if "" in cells:
                    continue  # not counted there
                want, got = any(int(cell) for cell in cells), entity in ours[row["file"]]
                kind = "right" if want and got else "missed" if want else "extra"
                if want or got:
                    counts[kind] += 1
                if want != got:
                    differ.append(f"{row['file']} {entity} {kind}")
    return counts, differ


def _table(head: str, rows: Iterable[tuple[str, Score]]) -> list[str]:
    title = f"| {head} | lines | line precision | line recall | pair precision | pair recall |"
    return [title, "|---|---|---|---|---|---|", *(f"| {name} | {_cells(s)} |" for name, s in rows)]


def report(eval_dir: Path | None, seed: int = SEED, *, errors: bool = False) -> list[str]:
    """Return the lines of Markdown that tell how right the detector is on logs."""
    detector = detect.build(Detection())
    out: list[str] = []
    wrong: list[str] = []
    if eval_dir is not None:
        totals: defaultdict[str, Score] = defaultdict(Score)
        rows = []
        for name, entity, score in against_reference(eval_dir, detector):
            rows.append((f"{name} {entity}", score))
            totals[entity].join(score)
            wrong += [f"{name} {entity} {error}" for error in score.errors]
        out += ["### Every line against the reference", ""]
        out += [*_table("entity", sorted(totals.items())), "", *_table("file and entity", rows)]
        counts, differ = present(eval_dir)
        right, extra, missed = counts["right"], counts["extra"], counts["missed"]
        out += ["", "### Entity present per file", ""]
        f1 = 2 * right / max(2 * right + extra + missed, 1)
        out.append(f"F1 {f1:.4f} ({right} right, {extra} extra, {missed} missed)")
        out += [f"- {item}" for item in differ]
        out.append("")
    entities, formats, nameless = on_our_own(seed, detector)
    wrong += [f"{entity} {error}" for entity in entities for error in entities[entity].errors]
    out += ["### Lines of our own, with exact truth", ""]
    out += [*_table("entity", sorted(entities.items())), ""]
    out += [*_table("format (IP, MAC, e-mail)", formats.items()), ""]
    rate = 1000 * nameless[1] / max(nameless[0], 1)
    of = f"{nameless[1]} of {nameless[0]:,}"
    out.append(f"Names of persons found in lines that hold none: {rate:.1f} per 1,000 ({of}).")
    return [*out, "", *wrong] if errors else out


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eval", type=Path, help="a folder of labelled logs with its reference")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--errors", action="store_true", help="print each line that is not right")
    options = parser.parse_args()
    print("\n".join(report(options.eval, options.seed, errors=options.errors)))


if __name__ == "__main__":
    main()
