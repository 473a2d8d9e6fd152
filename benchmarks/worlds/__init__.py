"""Generated databases whose every field is labelled, and the estate that they make.

A world is one TOML file under ``data/``: tables, fields, how their values are made and what each
field holds. :func:`build` makes a SQLite database of it. README.md tells the format.
"""

from pathlib import Path

from .base import WorldError
from .build import Label, build
from .checking import read
from .model import World

DATA = Path(__file__).parent / "data"

__all__ = ["DATA", "Label", "World", "WorldError", "build", "files", "read"]


def files(folder: Path = DATA) -> list[Path]:
    """Return the worlds of a folder, in the order of their names."""
    return sorted(folder.glob("*.toml"))
