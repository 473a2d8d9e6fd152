"""Time the whole ``inventory`` command on one SQLite table of customers, start-up included.

``python benchmarks/onetable.py [--rows 10000] [--plain-cells 4000] [--seed N]``

Plain Presidio's time is its engine's alone, at its best batch size, extrapolated from
``--plain-cells`` cells, spread evenly over the table, to all: no start-up, no reading, no report.
"""

import argparse
import random
import statistics
import tempfile
from pathlib import Path

import machine
import processes
import tables
from plain import Plain

from scanner.config import Detection


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--plain-cells", type=int, default=4000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args()
    print(machine.described(), f"seed {options.seed}", sep="\n")
    rows = list(tables.customers(options.rows, options.seed))
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "shop.sqlite"
        tables.write_sqlite(file, "customers", tables.CUSTOMERS, rows)
        command = ["inventory", str(file), "--rows", str(options.rows), "--names"]
        taken = []
        for number in range(options.runs):
            ran = processes.run(command, every=0.05 if number == options.runs - 1 else 0)
            ran.check()
            taken.append(ran.seconds)
        seconds = statistics.median(taken[: max(1, options.runs - 1)])  # the last is watched
    shown = ", ".join(f"{one:.2f}" for one in taken)
    print(f"ropascan inventory: {shown} s, at most {ran.peak / 1e6:.0f} MB")
    columns = tables.as_columns(rows, tables.CUSTOMERS)
    cells = [cell for column in columns.values() for cell in column]
    plain = Plain(Detection())
    plain.tune(cells)
    timing = plain.analyze(cells, options.plain_cells)
    print(f"plain Presidio: {timing}")
    machine.row(
        "whole `inventory` of an SQLite table, start-up included, against plain Presidio",
        "20x",
        "60x",
        f"{machine.times(timing.seconds, seconds)} ({seconds:.2f} s / {timing.seconds:,.0f} s)",
        f"{options.rows:,} rows x {len(columns)} fields; plain Presidio extrapolated from "
        f"{timing.measured:,} cells, batch size {plain.batch}",
    )


if __name__ == "__main__":
    main()
