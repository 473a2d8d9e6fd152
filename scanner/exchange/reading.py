"""Which reader a file is for, and reading it."""

from collections.abc import Mapping
from pathlib import Path

from scanner.errors import ConfigError, RecordError
from scanner.exchange import archive, cnil, columns, fides_in, ico, mappingfile, sheets
from scanner.exchange.grid import Book
from scanner.exchange.line import Register

_Values = Mapping[str, Mapping[str, str]]
_YAML = (".yml", ".yaml")


def register(path: Path, kind: str, mapping: Path | None) -> tuple[Register, _Values, str]:
    """Return the register of a file, own words of the mapping file, and the format used.

    Raise RecordError or ConfigError.
    """
    if mapping is not None and kind in ("", "table"):
        how = mappingfile.load(mapping)
        return _checked(mappingfile.read(sheets.read(path), how), path), how.values, "table"
    if mapping is not None:
        raise ConfigError(f"--mapping goes with --as table, not with --as {kind}.")
    if kind == "table":
        raise ConfigError("--as table needs --mapping FILE; the documentation shows one.")
    if kind == "fides" or (not kind and path.suffix.lower() in _YAML):
        return _checked(fides_in.read(archive.checked_bytes(path), path.name), path), {}, "fides"
    book = sheets.read(path)
    kind = kind or guess(book)
    return _checked(ico.read(book) if kind == "ico" else cnil.read(book), path), {}, kind


def guess(book: Book) -> str:
    """Tell the workbook of the ICO from a register of the CNIL. Raise RecordError."""
    for sheet in book.sheets:
        if columns.find(sheet, ico.headers(), least=5):
            return "ico"
    if cnil.knows(book):
        return "cnil"
    raise RecordError(
        f"{book.name}: neither the headers of the ICO's workbook nor those of the CNIL's register "
        "were found; name the format with --as, or use --as table --mapping FILE."
    )


def _checked(found: Register, path: Path) -> Register:
    if not found.lines and not found.stores:
        raise RecordError(f"{path.name} holds no processing activity: its table has no rows.")
    return found
