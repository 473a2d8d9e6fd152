"""Adding to a record: the addition is read together with the rest before a file is touched."""

import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from scanner.config import RecordRef
from scanner.errors import OutputError, RecordError
from scanner.ropa import load, load_all
from scanner.ropa.types import Ropa


def in_force(refs: Sequence[RecordRef], day: date) -> list[tuple[RecordRef, Ropa]]:
    """Return the records in force on a day, each with where it stands. Raise RecordError."""
    wanted = load_all(refs, day)
    return [(ref, ropa) for ref in refs if (ropa := load(ref)) in wanted]


def add(ref: RecordRef, text: str, name: str) -> Path:
    """Append blocks to a record and return the file that they went to.

    A record that is a folder gets (or has) a file ``name`` for them; a single file gets them at
    its end. Raise RecordError when the record could not be read with the addition, OutputError when
    the file cannot be written; nothing has changed then.
    """
    target = ref.path / name if ref.path.is_dir() else ref.path
    before = _text(target)
    head = before if not before or before.endswith("\n") else before + "\n"
    after = f"{head}\n{text}" if head else text
    _try(ref, target, after)
    _write(target, after)
    return target


def _text(path: Path) -> str:
    try:
        # Line ends as a person's editor wrote them.
        return path.read_bytes().decode("utf-8-sig") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise RecordError(
            f"{path.name} cannot be read; check that it is a text in UTF-8."
        ) from error


def _try(ref: RecordRef, target: Path, after: str) -> Ropa:
    """Load a copy of the record with the addition in it."""
    with tempfile.TemporaryDirectory(prefix="ropascan-") as scratch:
        copy = Path(scratch) / ref.path.name
        if ref.path.is_dir():
            copy.mkdir()
            for file in sorted(ref.path.glob("*.toml")):
                shutil.copyfile(file, copy / file.name)
            (copy / target.name).write_text(after, "utf-8", newline="")
        else:
            copy.write_text(after, "utf-8", newline="")
        try:
            return load(RecordRef(copy, ref.sources))
        except RecordError as error:
            raise RecordError(
                "Nothing was written, because the record could not be read with the addition: "
                f"{error}"
            ) from error


def _write(target: Path, text: str) -> None:
    """Replace a file in one step, keeping its permissions."""
    scratch = target.with_name(target.name + ".part")
    try:
        scratch.write_text(text, "utf-8", newline="")
        if target.exists():
            shutil.copymode(target, scratch)
        scratch.replace(target)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise OutputError(
            f"cannot write {target}: {error.strerror or 'the system refused'}; "
            "check who may write there"
        ) from error
