"""Measure the first command of the README: time, memory, start-up, and the demo's ground truth.

``python benchmarks/demo.py [--seeds 5]`` prints what it measured; it asserts nothing. Memory is the
largest sum over all processes of the proportional set size (PSS on Linux, else RSS), sampled every
0.2 seconds.
"""

import argparse
import json
import statistics
import tempfile
from pathlib import Path

import machine
import processes


def truth(folder: Path) -> tuple[int, int, list[str], list[str]]:
    """Compare one demo run with the list of deviations: expected, found, missing, surplus.

    What is said of the records themselves has a list of its own (`recorded`).
    """
    from scanner import demo

    result = json.loads((folder / "out" / "ropascan.json").read_text("utf-8"))
    expected = [item for item in demo.expected() if not item.about_record]
    wanted = {(item.rule, item.place, item.category) for item in expected}
    seen = {
        (item["rule"], item["store"] or item["prefix"], item["category"])
        for item in result["findings"]
        if not about_record(item["rule"])
        and (
            item["severity"] != "info"
            or (item["rule"], item["store"] or item["prefix"], item["category"]) in wanted
        )
    }
    missing = sorted(map(str, wanted - seen))
    surplus = sorted(map(str, seen - wanted))
    return len(wanted), len(wanted & seen), missing, surplus


def about_record(rule: str) -> bool:
    """Tell whether a rule speaks of the record itself, in a section of its own."""
    return rule[0] == "Q" or rule in ("R02", "R08")


def recorded(folder: Path) -> tuple[int, list[str]]:
    """Compare one demo run with what must be said of its records: expected, missing."""
    from scanner import demo

    result = json.loads((folder / "out" / "ropascan.json").read_text("utf-8"))
    told = {(item["rule"], item["store"] or item["prefix"]) for item in result["findings"]}
    must = {(item.rule, place) for item in demo.recorded() for place in item.places}
    return len(must), sorted(map(str, must - told))


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    options = parser.parse_args()
    print(machine.described())
    starts = [processes.run(["--help"]).seconds for _ in range(7)]
    print(f"ropascan --help: median {statistics.median(starts):.2f} s of {len(starts)} runs")
    for seed in range(options.seeds):
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / "demo"
            ran = processes.run(["demo", str(folder), "--seed", str(seed)], every=0.2)
            wanted, found, missing, surplus = truth(folder)
            points, unsaid = recorded(folder)
        print(
            f"demo, seed {seed}: {ran.seconds:.1f} s, {ran.peak / 1e6:.0f} MB, exit {ran.code}; "
            f"{found} of {wanted} deviations found, {len(surplus)} beside them; "
            f"{points - len(unsaid)} of {points} points of the records said"
        )
        for name, items in (("missing", missing), ("surplus", surplus), ("unsaid", unsaid)):
            for item in items:
                print(f"    {name}: {item}")


if __name__ == "__main__":
    main()
