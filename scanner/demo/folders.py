"""Folders of files with the times that they bear: they play object stores and file shares."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Document:
    """One file of a source: its path below the source's folder, its content and its time."""

    source: str
    path: str
    content: bytes
    modified: datetime


def write(documents: Iterable[Document], stores: Path) -> tuple[str, ...]:
    """Write the files below ``stores``; return the names of their sources, each once."""
    names: dict[str, None] = {}
    for document in documents:
        names[document.source] = None
        target = stores / document.source / document.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(document.content)
        seconds = document.modified.timestamp()
        os.utime(target, (seconds, seconds))
    return tuple(names)
