"""Look into a spreadsheet's zip directory, and stream its XML, before anything can do harm.

A workbook is a zip of XML: both can be made to grow without bound. Sizes are checked in the
directory and again while reading (a directory may lie), nested archives and document types are
refused, and nothing is ever unpacked to disk.
"""

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from xml.parsers import expat

from scanner.errors import RecordError

MOST_FILE: Final = 32 * 1024 * 1024
"""Bytes of a file that is imported."""
MOST_UNPACKED: Final = 256 * 1024 * 1024
MOST_PARTS: Final = 2_000
MOST_RATIO: Final = 200  # XML of sheets packs 10 to 60 times; a bomb a thousand times
_SMALL = 4 * 1024 * 1024  # below this a high ratio is harmless (an empty sheet's repeated rows)
_CHUNK = 1 << 16
_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # OLE: an old .xls, or an encrypted .xlsx


class Stop(Exception):  # noqa: N818 - no error: the reader has enough
    """Raised by a handler that has read enough."""


def checked_bytes(path: Path) -> bytes:
    """Return the content of a file that is small enough. Raise RecordError."""
    try:
        if not path.is_file():
            what = "is a folder" if path.is_dir() else "does not exist"
            raise RecordError(f"{path.name} {what}; name a file to import.")
        size = path.stat().st_size
        if size > MOST_FILE:
            raise RecordError(
                f"{path.name} has {size // 2**20} MiB; a register of more than "
                f"{MOST_FILE // 2**20} MiB is not read. Keep the sheets of the register only."
            )
        content = path.read_bytes()
    except OSError as error:
        why = error.strerror or "unknown reason"
        raise RecordError(f"{path.name} cannot be read ({why}); check the path.") from None
    if not content.strip():
        raise RecordError(f"{path.name} is empty; there is nothing to import.")
    return content


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a workbook whose directory was found harmless. Raise RecordError."""
    with path.open("rb") as file:
        start = file.read(8)
    if start == _ENCRYPTED:
        raise RecordError(
            f"{path.name} is encrypted or in the old .xls format; open it, remove the password, "
            "and save it as .xlsx, .ods or .csv."
        )
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive, path.name)
            yield archive
    except (zipfile.BadZipFile, EOFError, OSError, zipfile.LargeZipFile, NotImplementedError):
        raise damaged(path.name) from None


def damaged(name: str) -> RecordError:
    """Return the error about a workbook that is no readable workbook."""
    return RecordError(
        f"{name} is damaged or is no workbook; open it and save it again as .xlsx, .ods or .csv."
    )


def _check(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise _bomb(name, f"holds {len(parts)} parts")
    if any(part.flag_bits & 1 for part in parts):
        raise encrypted(name)
    total = sum(part.file_size for part in parts)
    if total > MOST_UNPACKED:
        raise _bomb(name, f"unpacks to {total // 2**20} MiB")
    for part in parts:
        packed = max(part.compress_size, 1)
        if part.file_size > _SMALL and part.file_size / packed > MOST_RATIO:
            raise _bomb(name, f"has a part that unpacks {part.file_size // packed} times")
        if part.filename.lower().endswith((".zip", ".xlsx", ".ods", ".xlsm", ".gz", ".jar")):
            raise _bomb(name, "holds an archive inside the archive")


def encrypted(name: str) -> RecordError:
    """Return the error about a workbook behind a password."""
    return RecordError(f"{name} is encrypted; remove the password and save it again.")


def _bomb(name: str, what: str) -> RecordError:
    return RecordError(
        f"{name} {what}, which no register does: it was not opened. "
        "Copy the sheets of the register into a new workbook."
    )


def parts_named(archive: zipfile.ZipFile) -> frozenset[str]:
    """Return the names of the parts."""
    return frozenset(archive.namelist())


def stream(
    archive: zipfile.ZipFile,
    part: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None] = lambda _: None,
) -> None:
    """Feed one XML part to handlers; names are local (no namespace). ``Stop`` ends it early.

    Raise RecordError for what is no XML, holds a document type, or unpacks to more than its
    directory entry says.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    name = Path(archive.filename or "the file").name

    def refuse(*_: object) -> None:
        raise RecordError(
            f"{name} declares a document type in its XML, which no workbook does: not opened."
        )

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda tag, attributes: start(
        _local(tag), {_local(key): value for key, value in attributes.items()}
    )
    parser.EndElementHandler = lambda tag: end(_local(tag))
    parser.CharacterDataHandler = text
    left = archive.getinfo(part).file_size
    try:
        with archive.open(part) as file:
            while chunk := file.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise _bomb(name, "holds more than its directory says")
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except Stop:
        return
    except (expat.ExpatError, zipfile.BadZipFile, EOFError, KeyError, LookupError, ValueError):
        raise damaged(name) from None


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
