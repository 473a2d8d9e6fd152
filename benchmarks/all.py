"""Run every benchmark, one after the other, and write the table of docs/benchmarks.md.

``python benchmarks/all.py --out FILE [--databases DIR] [--logs DIR] [--eval DIR] [--small]``

``--small`` runs each at a size that takes seconds: to see that it works, not to be believed.
A measure whose script ends with an error is named in the file.
"""

import argparse
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import machine

_HERE = Path(__file__).parent
_SMALL = {
    "patterns": ("--n", "300", "--cells", "5", "--columns", "50"),
    "verdicts": ("--rows", "20"),
    "onetable": ("--rows", "100", "--plain-cells", "50", "--runs", "1"),
    "databases": ("--rows", "20", "--plain-cells", "50"),
    "logs": ("--lines", "50", "--plain-lines", "20"),
    "postgres": ("--tables", "2", "--count", "500"),
    "accuracy": ("--worlds-most", "2"),
    "memory": ("--count", "2000", "--without-names-only"),
    "rules": ("--holdings", "2000", "--stores", "20"),
}
_FULL = {"patterns": ("--n", "200000")}


def commands(options: argparse.Namespace) -> Iterator[tuple[str, list[str]]]:
    """Yield each script's name and its command line."""
    for name in _SMALL:
        words = list((_SMALL if options.small else _FULL).get(name, ()))
        if name == "databases":
            if options.databases is None:
                continue
            words.insert(0, str(options.databases))
        elif name != "rules":  # nothing is drawn there
            words += ["--seed", str(options.seed)]
        if name == "patterns" and options.databases is not None:
            words += ["--databases", str(options.databases)]
        if name == "accuracy" and options.eval is not None:
            words += ["--eval", str(options.eval)]
        if name == "logs" and options.logs is not None:
            words += ["--logs", str(options.logs)]
        yield name, [sys.executable, str(_HERE / f"{name}.py"), *words]


def main() -> None:
    """Run the scripts and write what they say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--databases", type=Path, help="a folder of *.sqlite or *.sqlite.gz")
    parser.add_argument("--logs", type=Path, help="a folder of *.log or *.log.gz")
    parser.add_argument("--eval", type=Path, help="a folder of labelled databases and logs")
    parser.add_argument("--only", action="append", choices=sorted(_SMALL), help="repeatable")
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args()
    rows: list[str] = []
    printed: list[str] = []
    for name, command in commands(options):
        if options.only and name not in options.only:
            continue
        print(f"{name} ...", flush=True)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        rows += machine.rows(done.stdout)
        known = {*rows, *machine.described().splitlines()}
        said = [line for line in done.stdout.splitlines() if line not in known]
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            said.append(f"ended with exit code {done.returncode}: {last}")
        printed += [f"### {name}", "", "```", *said, "```", ""]
    head = [f"{datetime.now(UTC):%Y-%m-%d}, seed {options.seed}.", "", machine.described(), ""]
    text = "\n".join(
        [*head, machine.HEADER, *rows, "", "## What the scripts printed", "", *printed]
    )
    options.out.write_text(text, "utf-8")
    print(f"Wrote {options.out}")


if __name__ == "__main__":
    main()
