"""Measure how right the verdicts are: on labelled databases, on generated worlds, and on logs.

``python benchmarks/accuracy.py [--eval DIR] [--worlds DIR] [--seed N] [--markdown] [--errors]``

``DIR`` of ``--eval`` holds ``dbs/*.sqlite.gz``, ``labels.csv`` and its own judge ``score.py``,
which is run; for logs ``logs/``, ``logs.csv`` and ``logs_reference.py``. The worlds are built from
``--seed`` and scored by the same rules. What is scored is what ``ropascan inventory --format
jsonl`` prints: confirmed and probable holdings. Targets stand beside the figures, never asserted.
"""

import argparse
import importlib
import importlib.util
import json
import shlex
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import accuracy_tables as tables
import estate
import machine
import worlds
from estate import Estate, Measured


def main() -> None:
    """Print the measurements."""
    options = _options()
    words = ["--jobs", str(options.jobs)] if options.jobs is not None else []
    with tempfile.TemporaryDirectory() as scratch:
        try:
            measured = [estate.measure(one, words) for one in _estates(options, Path(scratch))]
        except worlds.WorldError as error:
            raise SystemExit(str(error)) from None
    if not measured:
        raise SystemExit("nothing to measure: no --eval, and no world that fits")
    if options.json:
        print(json.dumps([tables.data(each) for each in measured], ensure_ascii=False))
        return
    if options.markdown:
        print(f"`python benchmarks/accuracy.py {shlex.join(sys.argv[1:])}`\n")
    print(f"{machine.described()}\n")
    sheets = [sheet for each in measured for sheet in _sheets(each)]
    if options.errors:
        sheets.append(tables.errors(measured))
    print(tables.printed(sheets, markdown=options.markdown))
    for each in measured:
        _rows(each)
    indent = "" if options.markdown else "  "  # all.py collects the lines of its own table
    print("\n".join(f"{indent}{line}" for line in _logs(options)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--eval", type=Path, help="a folder of labelled databases and logs")
    parser.add_argument("--worlds", type=Path, default=worlds.DATA, help="a folder of *.toml")
    parser.add_argument("--tag", help="only worlds with this tag")
    parser.add_argument("--worlds-most", type=int, help="only so many worlds, to see that it works")
    parser.add_argument("--only", choices=("eval", "worlds"), help="only one of the estates")
    parser.add_argument("--no-logs", action="store_true")
    parser.add_argument("--seed", type=int, default=0, help="of the worlds")
    parser.add_argument("--jobs", type=int, help="worker processes of the command")
    parser.add_argument("--markdown", action="store_true", help="tables as Markdown")
    parser.add_argument("--errors", action="store_true", help="every wrong and missed type")
    parser.add_argument("--json", action="store_true", help="the figures as JSON, nothing else")
    return parser.parse_args()


def _estates(options: argparse.Namespace, scratch: Path) -> Iterator[Estate]:
    if options.eval is not None and options.only != "worlds":
        yield estate.labelled(options.eval, scratch / "eval")
    if options.only == "eval":
        return
    chosen = worlds.files(options.worlds)
    if options.tag:
        chosen = [file for file in chosen if options.tag in worlds.read(file).tags]
    chosen = chosen[: options.worlds_most]
    if chosen:
        name = f"worlds ({options.tag})" if options.tag else "worlds"
        yield estate.generated(f"{name}, seed {options.seed}", chosen, scratch / "w", options.seed)


def _sheets(measured: Measured) -> Iterator[tables.Sheet]:
    yield tables.against_targets(measured)
    yield tables.types(measured)
    yield tables.levels(measured)
    if measured.estate.groups:
        yield tables.groups(measured)
    if measured.subjects.pairs:
        yield tables.whom(measured.estate.name, measured.subjects)


def _logs(options: argparse.Namespace) -> list[str]:
    """Return what the log benchmark prints."""
    if options.no_logs or options.only or importlib.util.find_spec("loglines") is None:
        return []
    report: list[str] = importlib.import_module("loglines").report(options.eval)
    return [*report, ""]


def _rows(measured: Measured) -> None:
    """Print the lines for the table of all benchmarks."""
    sheet = tables.against_targets(measured)
    name, databases = measured.estate.name, len(measured.estate.files)
    on = f"{name}: {databases} databases, {measured.scores.columns} columns"
    for measure, floor, goal, got in sheet.rows:
        machine.row(f"{measure} of columns", floor, goal, f"**{got}**", on)


if __name__ == "__main__":
    main()
