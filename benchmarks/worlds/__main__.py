"""Check world files, or build their databases.

``python -m benchmarks.worlds check [FILE|FOLDER ...]``
``python -m benchmarks.worlds build OUT [FILE|FOLDER ...] [--seed N]``

``build`` writes ``OUT/dbs/*.sqlite``, ``OUT/labels.csv`` (db, table, column, type, labels, subject,
note) and ``OUT/subjects.csv`` (db, table, column, subject). Without files: the project's worlds.
"""

import argparse
import csv
import sys
from collections.abc import Iterable
from pathlib import Path

from . import DATA, Label, WorldError, build, files, read
from .checking import notes

_COLUMNS = ("db", "table", "column", "type", "labels", "subject", "note")


def _chosen(given: list[Path]) -> list[Path]:
    return [file for one in given or [DATA] for file in (files(one) if one.is_dir() else [one])]


def check(chosen: list[Path]) -> int:
    """Say of every world what is wrong with it; return how many are wrong."""
    wrong = 0
    for file in chosen:
        try:
            world = read(file)
        except WorldError as error:
            print(error, file=sys.stderr)
            wrong += 1
            continue
        fields = sum(len(table.fields) for table in world.tables)
        print(f"{file.name}: {len(world.tables)} tables, {fields} fields")
        for note in notes(world):
            print(f"  {note}")
    return wrong


def write(labels: Iterable[Label], folder: Path) -> None:
    """Write labels.csv and subjects.csv."""
    labels = list(labels)
    with (folder / "labels.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(_COLUMNS)
        rows.writerows([getattr(label, name) for name in _COLUMNS] for label in labels)
    with (folder / "subjects.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("db", "table", "column", "subject"))
        rows.writerows((one.db, one.table, one.column, one.about) for one in labels)


def main() -> None:
    """Run one of the two commands."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.worlds", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    commands = parser.add_subparsers(dest="command", required=True)
    checked = commands.add_parser("check")
    built = commands.add_parser("build")
    built.add_argument("out", type=Path)
    built.add_argument("--seed", type=int, default=0)
    for each in (checked, built):
        each.add_argument("files", type=Path, nargs="*")
    options = parser.parse_args([w.lower() if n == 0 else w for n, w in enumerate(sys.argv[1:])])
    chosen = _chosen(options.files)
    if not chosen:
        raise SystemExit("no *.toml there")
    if options.command == "check":
        raise SystemExit(1 if check(chosen) else 0)
    dbs = options.out / "dbs"
    dbs.mkdir(parents=True, exist_ok=True)
    try:
        labels = [label for file in chosen for label in build(file, dbs, options.seed)]
    except WorldError as error:
        raise SystemExit(str(error)) from None
    write(labels, options.out)
    print(f"{len(chosen)} databases, {len(labels)} labelled fields in {options.out}")


if __name__ == "__main__":
    main()
