"""Commands that read the record: check, show and schema."""

import json
import shutil
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.options import LEVELS, as_of, config_option, option

if TYPE_CHECKING:
    from scanner.config import RecordRef

EXIT_CODES = """\b
Exit codes:
  0  the record is well formed, and lacks nothing at or above --fail-on
  1  it lacks something at or above --fail-on
  2  it cannot be read
"""
_PATHS = click.argument(
    "paths", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE_OR_FOLDER...]"
)


def register(record: click.Group) -> None:
    """Add the commands to the ``record`` group."""
    for command in (check, show, schema):
        record.add_command(command)


def _refs(paths: tuple[Path, ...], config_file: Path | None) -> "tuple[RecordRef, ...]":
    from scanner import config as configuration

    if paths:
        return tuple(configuration.RecordRef(path) for path in paths)
    return configuration.load(configuration.find(config_file)).records


def _today() -> date:
    return datetime.now(UTC).date()


def _width() -> int:
    return max(min(shutil.get_terminal_size().columns, 120), 60)


@click.command(epilog=EXIT_CODES, short_help="Is the record well formed and complete?")
@_PATHS
@config_option
@as_of
@option("--fail-on", type=click.Choice(LEVELS), default="medium", show_default=True)
def check(
    paths: tuple[Path, ...], config_file: Path | None, as_of: date | None, fail_on: str
) -> None:
    """Check that the record is well formed and complete; nothing is scanned."""
    from reports import register as pages
    from reports.terminal import print_record_check
    from scanner import run, showing
    from scanner.model import Severity

    refs, day = _refs(paths, config_file), as_of or _today()
    result = run.check_records(refs, day, Severity(fail_on))
    print_record_check(result)
    further = pages.others(result.findings, _width())
    complete = pages.completeness(showing.complete(refs, day), _width())
    for part in filter(None, (further, complete)):
        click.echo(f"\n{part}", nl=False)
    sys.exit(result.exit_code)


@click.command(short_help="Show the register as a person reads it.")
@_PATHS
@config_option
@option("--at", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD",
        help="Show the version in force on that day; default: today.")  # fmt: skip
@option("--system", default="", metavar="ID", help="Only this system, and what belongs to it.")
@option("--store", default="", metavar="ID", help="Only this store, and what belongs to it.")
@option("--format", "format_", type=click.Choice(["text", "markdown"]), default="text")
def show(
    paths: tuple[Path, ...],
    config_file: Path | None,
    at: datetime | None,
    system: str,
    store: str,
    format_: str,
) -> None:
    """Show the register as a person reads it: activities, systems, transfers, open points."""
    from reports import register as pages
    from scanner import showing

    day = at.date() if at else _today()
    found = showing.show(_refs(paths, config_file), day, system=system, store=store)
    click.echo(pages.markdown(found) if format_ == "markdown" else pages.text(found, _width()))


@click.command(short_help="Print the JSON Schema of the record.")
def schema() -> None:
    """Print the JSON Schema of the record, for editors (`#:schema` of taplo) and checks."""
    from scanner.ropa.schema import schema as made

    click.echo(json.dumps(made(), indent=2))
