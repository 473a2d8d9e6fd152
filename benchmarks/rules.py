"""Rules on 100,000 holdings and a record of 500 stores; reading a record of 5,000 tables.

    python benchmarks/rules.py [--holdings N] [--stores N]

The record and the inventory are generated: each store has a data group, a site and a retention
rule; nine of ten holdings are declared where they are, one is not. Times are of one process.
"""

import argparse
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from machine import described, row

from scanner.config import RecordRef
from scanner.model import (
    Asset,
    AssetResult,
    Confidence,
    Coverage,
    Depth,
    Field,
    Holding,
    Inventory,
    Method,
    SourceStatus,
)
from scanner.ropa import load
from scanner.rules import check_record, compare

DAY = date(2026, 1, 15)
DECLARED = ("email_address", "person_name", "phone_number", "ip_address", "username")
FOUND = (*DECLARED, *DECLARED, "approximate_location")
TABLES_A_STORE = 10


def main() -> None:
    """Generate, read, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--holdings", type=int, default=100_000)
    parser.add_argument("--stores", type=int, default=500)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.toml"
        path.write_text(record(args.stores), "utf-8")
        started = time.perf_counter()
        ropa = load(RecordRef(path))
        reading = time.perf_counter() - started
    started = time.perf_counter()
    alone = check_record([ropa], DAY)
    checking = time.perf_counter() - started
    things = inventory(args.holdings, args.stores)
    before = _megabytes()
    started = time.perf_counter()
    compared = compare(things, [ropa], DAY)
    comparing = time.perf_counter() - started
    print(described())
    print(f"record alone: {len(alone.findings)} findings; with the inventory: "
          f"{len(compared.findings)}; before comparing {before:.0f} MB")  # fmt: skip
    tables = args.stores * TABLES_A_STORE
    row(f"reading a record of {tables:,} tables", "", "3 s", f"{reading:.2f} s", "")
    row("its own points (record check)", "", "", f"{checking:.2f} s", "")
    what = f"rules, {args.holdings:,} holdings, {args.stores} stores"
    row(what, "", "10 s, 500 MB", f"{comparing:.2f} s, {_megabytes():.0f} MB", "")


def record(stores: int) -> str:
    """Return a record with ten tables for each store."""
    parts = [
        'format = "1"\n[organisation]\nid = "acme"\nname = "Acme"\ncountry = "FR"\n'
        'email = "privacy@acme.example"\n'
    ]
    parts.extend(map(_store, range(stores)))
    return "".join(parts)


def _store(n: int) -> str:
    listed = ", ".join(f'"{id_}"' for id_ in DECLARED)
    return f"""
[[party]]
id = "host{n}"
kind = "processor"
country = "FR"
contract = "DPA-{n}"
[[activity]]
id = "activity{n}"
role = "controller"
purposes = ["Sell goods of kind {n}"]
legal_basis = ["contract"]
data_subjects = ["customer_user"]
data_groups = ["group{n}"]
recipients = ["host{n}"]
reviewed = 2025-06-30
[[data_group]]
id = "group{n}"
categories = [{listed}]
[[system]]
id = "system{n}"
operator = "host{n}"
activities = ["activity{n}"]
measures = ["mfa"]
[[store]]
id = "store{n}"
system = "system{n}"
kind = "database"
data_groups = ["group{n}"]
[[store.site]]
country = "FR"
match = ["postgresql://pg{n % 20}/app/s{n}/*"]
[[store.field]]
match = "**/t0#note"
is_not = ["person_name"]
[[retention]]
id = "limit{n}"
stores = ["store{n}"]
period = "P1Y"
bound = "at_most"
starts = "record_creation"
[[prohibit]]
id = "prohibit{n}"
categories = ["payment_card_number"]
in = {{ stores = ["store{n}"] }}
[[hold]]
id = "hold{n}"
reason = "A dispute"
by = "Counsel"
stores = ["store{n}"]
categories = ["username"]
"""


def inventory(holdings: int, stores: int) -> Inventory:
    """Return an inventory whose assets hold 20 fields each."""
    fields = 20
    results = []
    for number in range(holdings // fields):
        source = f"pg{number % stores % 20}"
        path = f"postgresql://{source}/app/s{number % stores}/t{number // stores}"
        held = tuple(_holding(source, path, n, number) for n in range(fields))
        named = tuple(Field(item.field) for item in held)
        coverage = Coverage(Depth.CONTENT, "default", method=Method.RANDOM, rows=10_000)
        results.append(AssetResult(Asset(path, source, "postgresql", fields=named), coverage, held))
    sources = (f"pg{n}" for n in range(min(20, stores)))
    met = tuple(SourceStatus(n, "postgresql", reached=True, complete=True) for n in sources)
    return Inventory(met, tuple(sorted(results, key=lambda item: item.asset.path)))


def _holding(source: str, path: str, field: int, asset: int) -> Holding:
    category = FOUND[(field + asset) % len(FOUND)]
    return Holding(
        source=source,
        kind="postgresql",
        asset=path,
        field=f"f{field}",
        category=category,
        entity="SOME_ENTITY",
        subject="unknown",
        confidence=Confidence.CONFIRMED,
        score=0.9,
        matched=900,
        examined=1000,
        population=None,
        method=Method.RANDOM,
        by=(),
        examples=("aaaa",),
    )


def _megabytes() -> float:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1024 / 1024


if __name__ == "__main__":
    main()
