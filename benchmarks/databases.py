"""Time the whole ``inventory`` command on a folder of SQLite databases, start-up included.

``python benchmarks/databases.py DIR [--rows 1000] [--plain-cells 15000] [--seed N]``

``DIR`` holds ``*.sqlite`` or ``*.sqlite.gz``. Plain Presidio gets the very cells that the command
samples, read by the same connector with the same seed; its time is its engine's alone, at its best
batch size, extrapolated from ``--plain-cells`` cells, spread evenly over all, to all.
"""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

import machine
import processes
from packed import unpacked
from plain import Plain

import connectors
from scanner.config import Detection
from scanner.model import Budget, Source


def cells(file: Path, budget: Budget) -> Iterator[list[str]]:
    """Yield what is sampled of each field: its cells that hold something."""
    store = connectors.open_store(Source(file.stem, path=str(file)))
    try:
        for asset in store.assets().assets:
            found: dict[str, list[str]] = {}
            for batch in store.read(asset, budget).batches:
                for column in batch:
                    texts = column.values.drop_null().to_pylist()
                    found.setdefault(column.field.name, []).extend(t for t in texts if t.strip())
            yield from found.values()
    finally:
        store.close()


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--plain-cells", type=int, default=15_000)
    parser.add_argument("--seed", type=int, default=0, help="of the sampling")
    options = parser.parse_args()
    print(machine.described(), f"seed {options.seed}", sep="\n")
    with tempfile.TemporaryDirectory() as scratch:
        files = unpacked(options.folder, Path(scratch))
        if not files:
            raise SystemExit(f"no *.sqlite or *.sqlite.gz in {options.folder}")
        command = ["inventory", scratch, "--names", "--rows", str(options.rows)]
        ran = processes.run([*command, "--seed", str(options.seed)])
        ran.check(0, 1, 3)
        fields = [
            field
            for file in files
            for field in cells(file, Budget(rows=options.rows, seed=options.seed))
        ]
    print(f"ropascan inventory: {ran.seconds:.2f} s, exit code {ran.code}")
    every = [cell for field in fields for cell in field]
    plain = Plain(Detection())
    plain.tune(every)
    timing = plain.analyze(every, options.plain_cells)
    print(f"plain Presidio: {timing}")
    machine.row(
        "whole `inventory` of a folder of databases, names on, against plain Presidio",
        "12x",
        "30x",
        f"{machine.times(timing.seconds, ran.seconds)} "
        f"({ran.seconds:.1f} s / {timing.seconds:,.0f} s)",
        f"{len(files)} databases, {len(fields):,} fields, {options.rows:,} rows a table, "
        f"{timing.cells:,} cells; plain Presidio extrapolated from {timing.measured:,} of them, "
        f"batch size {plain.batch}",
    )


if __name__ == "__main__":
    main()
