"""Opening an SQLite file for reading only: it is never made, and nothing is put beside it."""

import sqlite3
from pathlib import Path

from scanner.errors import StoreError


def open_file(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """Open a file read-only and look into it once.

    A write-ahead log needs a folder that can be written to. Where it cannot, and nothing is
    pending in the log, the file is opened as one that does not change. Raise sqlite3.Error, or
    StoreError when something is pending.
    """
    try:
        return _open(path, busy_seconds, immutable=False)
    except sqlite3.OperationalError:
        if not _is_wal(path):
            raise
    wal = path.with_name(path.name + "-wal")
    if wal.exists() and wal.stat().st_size:
        raise StoreError(
            "the SQLite file has unfinished changes beside it (-wal) that cannot be read from a "
            "folder without write permission; scan a copy of it",
            "unreadable",
        )
    return _open(path, busy_seconds, immutable=True)


def _open(path: Path, busy_seconds: float, *, immutable: bool) -> sqlite3.Connection:
    uri = path.as_uri() + "?mode=ro" + ("&immutable=1" if immutable else "")
    connection = sqlite3.connect(uri, uri=True, timeout=busy_seconds)
    connection.text_factory = _text
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _is_wal(path: Path) -> bool:
    """Read bytes 18 and 19 of the header: 2 means write-ahead log."""
    try:
        with path.open("rb") as file:
            return file.read(20)[18:20] == b"\x02\x02"
    except OSError:
        return False
