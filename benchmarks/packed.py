"""Folders of SQLite databases, packed or not."""

import gzip
import shutil
from pathlib import Path


def unpacked(folder: Path, into: Path) -> list[Path]:
    """Put all databases of a folder into another one, unpacked."""
    for file in sorted(folder.glob("*.sqlite")):
        shutil.copyfile(file, into / file.name)
    for file in sorted(folder.glob("*.sqlite.gz")):
        target = into / file.stem
        if not target.exists():
            with gzip.open(file) as packed, target.open("wb") as plain:
                shutil.copyfileobj(packed, plain)
    return sorted(into.iterdir())
