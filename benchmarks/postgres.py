"""Time a whole scan of PostgreSQL tables against reading the same sample with the same driver.

``python benchmarks/postgres.py [--tables 20] [--count 100000] [--rows N] [--seed N]``

The server is one of its own, started as the tests start it (``TEST_POSTGRES_URL`` names another).
The scan is the command with default settings, start-up included; reading is the connector drained
in one process: the same statements, driver and texts, and nothing detected.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import machine
import processes
import psycopg
import pytest
import tables

import connectors
from scanner.config import Sampling
from scanner.model import Budget, Secret, Source

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
import servers  # after the path

_TYPES = {"id": "bigint", "birth_date": "date", "created_at": "timestamp", "amount": "numeric"}
_VARIABLE = "ROPASCAN_BENCHMARK_URL"


def fill(server: servers.Server, count: int, number: int, seed: int) -> None:
    """Make the tables: one is drawn and copied in, the others hold its rows in another order."""
    server.execute("create database bench")
    fields = ", ".join(f"{name} {_TYPES.get(name, 'text')}" for name in tables.CUSTOMERS)
    url = server.named("bench").replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(url, autocommit=True) as base:
        base.execute(f"create table customers_1 ({fields})".encode())
        with base.cursor() as cursor, cursor.copy("copy customers_1 from stdin") as copy:
            for row in tables.customers(count, seed):
                copy.write_row(row)
        rest = ", ".join(name for name in tables.CUSTOMERS if name not in ("id", "email"))
        for place in range(2, number + 1):
            base.execute(
                f"create table customers_{place} as select id + {place * count} as id, "  # noqa: S608
                f"'{place}.' || email as email, {rest} from customers_1 "
                f"order by md5(id || '-{place}')".encode()
            )
        base.execute("analyze")
        base.execute("create role bench_reader login password 'bench-pw'")
        base.execute("grant select on all tables in schema public to bench_reader")
        base.execute("revoke create on schema public from public")


def read(rows: int, seed: int) -> tuple[float, float, int]:
    """Return the seconds of connecting and listing, of reading all samples, and the cells."""
    begun = time.perf_counter()
    store = connectors.open_store(Source("bench", url=Secret(_VARIABLE)))
    try:
        assets = store.assets().assets
        listed, cells = time.perf_counter(), 0
        for asset in assets:
            for batch in store.read(asset, Budget(rows=rows, seed=seed)).batches:
                cells += sum(len(column.values) for column in batch)
        return listed - begun, time.perf_counter() - listed, cells
    finally:
        store.close()


@contextmanager
def server() -> Iterator[servers.Server]:
    """Start a server, or end with the reason why there is none."""
    try:
        with servers.postgres() as made:
            yield made
    except pytest.skip.Exception as absent:
        raise SystemExit(f"not measured: {absent.msg}") from None


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=20)
    parser.add_argument("--count", type=int, default=100_000, help="rows of each table")
    parser.add_argument("--rows", type=int, default=Sampling().rows, help="of each sample")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args()
    print(machine.described(), f"seed {options.seed}", sep="\n")
    with server() as made:
        fill(made, options.count, options.tables, options.seed)
        os.environ[_VARIABLE] = made.named("bench", "bench_reader", "bench-pw")
        read(options.rows, Sampling().seed)  # warm
        listing, reading, cells = read(options.rows, Sampling().seed)
        command = ["inventory", f"${_VARIABLE}", "--rows", str(options.rows)]
        ran = processes.run(command)
        ran.check()
    print(
        f"connecting and listing {listing:.2f} s, reading {reading:.2f} s ({cells:,} cells), "
        f"whole scan {ran.seconds:.2f} s"
    )
    machine.row(
        "whole scan of PostgreSQL tables, default settings, against reading the same sample",
        "20x the reading",
        "3x the reading",
        f"**{ran.seconds / reading:.1f}x** the reading ({ran.seconds:.1f} s / {reading:.2f} s); "
        f"{ran.seconds / (listing + reading):.1f}x with connecting and listing",
        f"{options.tables} tables x {options.count:,} rows, samples of {options.rows:,}, "
        f"{cells:,} cells",
    )


if __name__ == "__main__":
    main()
