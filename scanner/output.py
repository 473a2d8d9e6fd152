"""Where reports go: standard output, or files that their owner alone can read."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import reports
from scanner.errors import OutputError
from scanner.model import Explanation, ScanResult
from scanner.private import write_private
from scanner.run import DryRun

DEFAULT = Path("out")
"""Where files go when several formats are asked for and no folder is named."""


def prepare(formats: Sequence[str], out: Path | None) -> None:
    """Raise ConfigError or OutputError now for what would fail after a long scan."""
    for name in formats:
        reports.load(name)
    files = len(formats) > 1 and any(name != "terminal" for name in formats)
    if out is not None or files:
        _try_to_write(out or DEFAULT)


def _try_to_write(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise OutputError(
            f"cannot write to {folder}: {error.strerror or 'the system refused'}; "
            "choose another folder with --out"
        ) from error


def deliver(result: ScanResult, formats: Sequence[str], out: Path | None) -> list[Path]:
    """Print or write each format; one machine format without ``out`` goes to standard output.

    Return the files. Raise OutputError.
    """
    written: list[Path] = []
    for name in dict.fromkeys(formats):
        report = reports.load(name)
        if name == "terminal":
            from reports.terminal import show

            with to_stdout():
                show(result)
        elif out is None and len(formats) == 1:
            content = report.render(result)
            with to_stdout():
                sys.stdout.buffer.write(content)
        else:
            place = (out or DEFAULT) / report.FILENAME
            written.append(write_private(place, report.render(result)))
    return written


def print_plan(plan: DryRun) -> None:
    """Print what a scan would do, asset by asset, with every statement."""
    with to_stdout():
        for item in plan.intentions:
            unit = item.unit
            said = ", ".join(part for part in (unit.why, unit.by) if part)
            why = "" if unit.why == "default" else f" ({said})"
            print(f"{unit.asset.path}: {unit.depth.value}{why}")
            for statement in item.statements:
                print("    " + statement.replace("\n", "\n    "))


def print_explanation(found: Explanation, name: str) -> None:
    """Print an explanation in a format: ``terminal`` or ``json``."""
    from reports import explanation
    from reports.terminal import print_explanation as show

    with to_stdout():
        if name == "json":
            sys.stdout.buffer.write(explanation.render_json(found))
        else:
            show(found)


@contextlib.contextmanager
def to_stdout() -> Iterator[None]:
    """Let a reader such as ``head`` leave early: the exit code stays the scan's."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered would fail again when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise OutputError(
            f"cannot write to standard output: {error.strerror or 'the system refused'}"
        ) from error
