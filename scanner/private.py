"""Files that only their owner may read: reports and the history of findings."""

import os
from pathlib import Path

from scanner.errors import OutputError


def write_private(path: Path, content: bytes) -> Path:
    """Write a file with mode 0600, replacing an old one in one step. Raise OutputError."""
    scratch = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        scratch.unlink(missing_ok=True)
        handle = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        scratch.replace(path)
    except OSError as error:
        raise OutputError(
            f"cannot write {path}: {error.strerror or 'the system refused'}; "
            "choose another folder with --out"
        ) from error
    return path
