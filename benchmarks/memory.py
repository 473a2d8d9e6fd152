"""Measure the peak memory of a full scan: every row of two large tables, two workers.

``python benchmarks/memory.py [--count 10000000] [--without-names-only] [--scratch DIR] [--seed N]``

Memory is the largest sum of PSS over all processes, looked at every 50 ms.
"""

import argparse
import random
import tempfile
from pathlib import Path

import machine
import processes
import tables

_TABLES = 2


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000_000, help="rows of all tables")
    parser.add_argument("--without-names-only", action="store_true", help="one run")
    parser.add_argument("--scratch", type=Path, help="folder for the database (100 bytes a row)")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args()
    print(machine.described(), f"seed {options.seed}", sep="\n")
    said = {}
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        file = Path(scratch) / "large.sqlite"
        tables.write_large(file, _TABLES, options.count // _TABLES, options.seed)
        print(f"{options.count:,} rows in {_TABLES} tables, {file.stat().st_size / 1e6:,.0f} MB")
        for names in ("--no-names",) if options.without_names_only else ("--no-names", "--names"):
            command = ["inventory", str(file), "--rows", "all", "--jobs", "2", names]
            ran = processes.run(command, every=0.05)
            ran.check()
            cells = options.count * len(tables.PEOPLE)
            said[names] = f"{ran.peak / 1e6:.0f} MB ({ran.seconds:,.0f} s)"
            print(f"{names}: {said[names]}, {cells / ran.seconds:,.0f} cells/s")
    machine.row(
        "peak memory of a full scan, two workers, names off (with names beside it)",
        "600 MB",
        "300 MB",
        f"**{said['--no-names']}**; with names {said.get('--names', 'not measured')}",
        f"{options.count:,} rows x {len(tables.PEOPLE)} fields in {_TABLES} SQLite tables",
    )


if __name__ == "__main__":
    main()
