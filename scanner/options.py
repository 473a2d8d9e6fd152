"""The options that several commands share."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

FORMATS = ("terminal", "json", "jsonl", "html")
LEVELS = ("info", "low", "medium", "high", "critical")
CONFIDENCES = ("possible", "probable", "confirmed")


def _day(_context: click.Context, _option: click.Parameter, value: datetime | None) -> date | None:
    return value.date() if value else None


as_of = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=_day,
    metavar="YYYY-MM-DD",
    help="Evaluate the record at this day. Default: today.",
)


def option(*names: str, **settings: Any) -> Callable[[Any], Any]:
    """Return an option of click."""
    return click.option(*names, **settings)


def _share(context: click.Context, option: click.Parameter, value: str | None) -> float | None:
    """Read a share: a percentage, or a number up to 1."""
    if value is None:
        return None
    try:
        share = float(value.removesuffix("%")) / (100 if value.endswith("%") else 1)
    except ValueError:
        share = 0.0
    if 0 < share <= 1:
        return share
    raise click.BadParameter("write a share such as 1% or 0.01, up to 100%", context, option)


verify_option = option(
    "--verify",
    callback=_share,
    metavar="SHARE",
    help="Read this share of the values (1%, 0.01) once more with plain Presidio, and report every "
    "difference.",
)


def shared(function: Any) -> Any:
    """Options of every command that scans and compares."""
    options = (
        option("--format", "formats", multiple=True, type=click.Choice(FORMATS),
                help="Repeatable. Default: terminal."),
        option("--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
                help="Write reports and the history of findings here, readable by you alone."),
        option("--fail-on", type=click.Choice(LEVELS), help="Least severity for exit code 1."),
        option("--min-confidence", type=click.Choice(CONFIDENCES),
                help="Least confidence for exit code 1. Possible never fails."),
        as_of,
        option("--seed", type=int, help="Seed of the sampling."),
        option("--jobs", type=click.IntRange(0), help="Worker processes; 0: one per core."),
        verify_option,
    )  # fmt: skip
    for one in reversed(options):
        function = one(function)
    return function


def adhoc_options(function: Any) -> Any:
    """Options of places named on the command line instead of in config.toml."""
    options = (
        option("--names/--no-names", default=True, help="Look for names with a language model."),
        option("--country", "nations", multiple=True, metavar="CC",
                help="Look for the identifiers of this country too. Repeatable."),
        option("--language", "languages", multiple=True, metavar="LL",
                help="Language of the names; default: en. Repeatable."),
        option("--allow-write-grants", is_flag=True,
                help="Read although the account could write; the session stays read-only."),
    )  # fmt: skip
    for one in reversed(options):
        function = one(function)
    return function


config_option = option(
    "--config",
    "config_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Default: config.toml here.",
)


def _rows(context: click.Context, option: click.Parameter, value: str | None) -> int | str | None:
    if value is None or value.lower() == "all":
        return value and "all"
    if value.isascii() and value.isdigit() and int(value):
        return int(value)
    raise click.BadParameter("write a number from 1 on, or all", context, option)


rows_option = option(
    "--rows",
    callback=_rows,
    metavar="N|all",
    help="Rows or lines of each asset to sample; all: read every one, without the bounds of a "
    "sample on bytes and seconds.",
)
