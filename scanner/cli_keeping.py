"""Commands that start and amend the record: init, record draft, assign, accept, fix, approve."""

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scanner.options import as_of, config_option, option, rows_option

if TYPE_CHECKING:
    from scanner.config import Config, RecordRef
    from scanner.keeping.answering import Answer

_PATH = click.Path(path_type=Path)


def register(cli: click.Group, record: click.Group) -> None:
    """Add the commands to their groups."""
    cli.add_command(init)
    for command in (draft, assign, accept, fix, approve):
        record.add_command(command)


def today() -> date:
    """Return the day in UTC."""
    return datetime.now(UTC).date()


@click.command(short_help="Start: try sources, draft a record.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
@option("--source", "places", multiple=True, metavar="URL_OR_PATH",
        help="Database URL, $VARIABLE with one, file or folder. Repeatable.")  # fmt: skip
@option("--source-country", "countries", multiple=True, metavar="CC",
        help="Where it lies, in the order of --source; one alone goes for all.")  # fmt: skip
@option("--organisation", metavar="NAME", help="Whose record it is.")
@option("--country", metavar="CC", help="Its country, as in FR.")
@option("--draft/--no-draft", "drafting", default=True, help="Scan and draft a record.")
def init(folder: Path, **options: Any) -> None:
    """Start in FOLDER: ask a few questions, try the sources, write config.toml and a draft record.

    Nothing is asked when --source and --organisation are given.
    """
    from scanner.keeping import starting

    starting.refuse_existing(folder)
    asked = not options["places"] or not options["organisation"]
    setup = starting.Setup(
        folder,
        options["organisation"] or click.prompt("Name of the organisation"),
        (options["country"] or (_ask("Its country (as in FR)") if asked else "")).upper(),
        options["places"] or _ask_places(),
        tuple(code.upper() for code in options["countries"]),
    )
    tried = starting.try_sources(setup)
    for line in tried.lines:
        click.echo(line)
    if not tried.reached and asked and not click.confirm("Go on without these?"):
        raise click.Abort
    click.echo(f"Wrote {starting.write_config(setup, tried.config)}", err=True)
    for variable in tried.exports:
        click.echo(
            f"A password is not written: set {variable} to that URL before a scan.", err=True
        )
    if options["drafting"] and tried.reached:
        _draft(tried.config, setup.organisation, setup.country, folder / starting.RECORD)
    else:
        click.echo("Next: ropascan record draft, when the sources answer.", err=True)
    sys.exit(0 if tried.reached else 3)


def _ask(text: str) -> str:
    return str(click.prompt(text, default="", show_default=False))


def _ask_places() -> tuple[str, ...]:
    places: list[str] = []
    while True:
        more = (
            "Another source (empty: no more)"
            if places
            else "A source (URL, $VARIABLE, file or folder)"
        )
        place = _ask(more)
        if not place and places:
            return tuple(places)
        if place:
            places.append(place)


def _draft(config: "Config", organisation: str, country: str, target: Path) -> None:
    from reports.terminal import progress
    from scanner.keeping import starting

    with progress() as watch:
        text, found = starting.draft(config, organisation, country, today(), watch)
    path = starting.write_record(target, text)
    click.echo(f"Wrote {path}", err=True)
    stores, left = text.count("[[store]]"), len(found.all_gaps)
    click.echo(f"Drafted {stores} store(s); {left} gap(s). Nothing counts before it is approved:")
    click.echo("read it, correct it, then ropascan record approve ID... --by NAME")


@click.command(short_help="Draft a first record from a scan.")
@config_option
@option("--organisation", metavar="NAME", help="Whose record it is.")
@option("--country", default="", metavar="CC", help="Its country, as in FR.")
@option("--out", type=_PATH, default=Path("record"), show_default=True, metavar="FOLDER")
@rows_option
def draft(config_file: Path | None, out: Path, **options: Any) -> None:
    """Draft a first record from a scan of the configured sources. Every guess is a draft."""
    from dataclasses import replace

    from scanner import config as configuration

    config = configuration.load(configuration.find(config_file))
    if options["rows"]:
        rows = None if options["rows"] == "all" else options["rows"]
        config = replace(config, sampling=replace(config.sampling, rows=rows))
    organisation = options["organisation"] or click.prompt("Name of the organisation")
    _draft(config, organisation, options["country"].upper(), out)


@click.command(short_help="Assign undeclared places in a spreadsheet.")
@config_option
@option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.xlsx",
        help="Scan, and write a sheet: a row for each undeclared family.")  # fmt: skip
@option("--apply", "filled", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.xlsx",
        help="Turn a filled sheet into blocks of the record.")  # fmt: skip
@option("--by", metavar="NAME", help="Who decided; needed with --apply.")
@as_of
def assign(config_file: Path | None, out: Path | None, filled: Path | None, **options: Any) -> None:
    """Assign undeclared places to activities in a spreadsheet; nobody has to type a glob."""
    from scanner import config as configuration

    if (out is None) == (filled is None):
        raise click.UsageError("give either --out FILE.xlsx or --apply FILE.xlsx")
    config = configuration.load(configuration.find(config_file))
    day = options["as_of"] or today()
    if out is not None:
        _write_sheet(config, out, day)
    elif filled is not None:
        _apply_sheet(config, filled, options["by"], day)


def _write_sheet(config: "Config", out: Path, day: date) -> None:
    from reports.terminal import progress
    from scanner import run
    from scanner.keeping import assigning

    if out.exists():
        raise click.UsageError(f"{out} is there already; name another file")
    with progress() as watch:
        result = run.scan(config, run.Options(as_of=day, watch=watch))
    count = assigning.write_sheet(out, result.inventory, config.records, day)
    click.echo(f"Wrote {out}: {count} place(s) wait for a decision", err=True)
    sys.exit(3 if result.inventory.all_gaps else 0)


def _apply_sheet(config: "Config", filled: Path, by: str | None, day: date) -> None:
    from scanner.keeping import assigning

    if not by:
        raise click.UsageError("say who decided, with --by NAME")
    path, assigned = assigning.apply_sheet(filled, config.records, by, day)
    for note in assigned.notes:
        click.echo(note)
    where = f" to {path}" if path else ""
    click.echo(f"Wrote {assigned.written} place(s){where}", err=True)


def _finding_options(function: Any) -> Any:
    options = (
        click.argument("finding"),
        config_option,
        option("--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
               help="Where the last scan wrote; default: as configured, else out."),
        option("--by", required=True, metavar="NAME", help="Who answers for it."),
        option("--reason", required=True, metavar="TEXT", help="Why."),
        as_of,
    )  # fmt: skip
    for one in reversed(options):
        function = one(function)
    return function


@click.command(short_help="Accept a finding for a time.")
@_finding_options
@option("--until", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD",
        help="Default and most: a year, 90 days for a critical finding.")  # fmt: skip
@option("--up-to", type=click.IntRange(0), metavar="RECORDS",
        help="Above it the finding speaks again; default: what it counts now.")  # fmt: skip
def accept(finding: str, until: datetime | None, up_to: int | None, **options: Any) -> None:
    """Accept FINDING (its fingerprint) for a time: append an [[accept]] block to the record."""
    from scanner.keeping import answering

    ref, entry, day = _answered(finding, options)
    end = until.date() if until else None
    _told(
        answering.accept(
            ref, entry, by=options["by"], reason=options["reason"], day=day, until=end, up_to=up_to
        )
    )


@click.command(short_help="Declare what a finding found.")
@_finding_options
def fix(finding: str, **options: Any) -> None:
    """Declare what FINDING (its fingerprint) found: append the amendment to the record."""
    from scanner.keeping import answering

    ref, entry, day = _answered(finding, options)
    _told(answering.fix(ref, entry, by=options["by"], reason=options["reason"], day=day))


def _answered(finding: str, options: dict[str, Any]) -> "tuple[RecordRef, Any, date]":
    from scanner import config as configuration
    from scanner.keeping import answering

    config = configuration.load(configuration.find(options["config_file"]))
    day = options["as_of"] or today()
    folder = options["out"] or config.reports.out or Path("out")
    entry = answering.find(folder / "history.json", finding)
    return answering.record_of(config.records, entry, day), entry, day


@click.command(short_help="Stand by drafts.")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@config_option
@option("--by", required=True, metavar="NAME", help="Who stands by them.")
@option("--note", default="", metavar="TEXT")
@as_of
def approve(ids: tuple[str, ...], config_file: Path | None, **options: Any) -> None:
    """Approve drafts: stores and activities by their ids. Appends an [[approval]] block."""
    from scanner import config as configuration
    from scanner.keeping import answering

    config = configuration.load(configuration.find(config_file))
    day = options["as_of"] or today()
    ref = answering.record_with(config.records, ids, day)
    _told(answering.approve(ref, ids, by=options["by"], day=day, note=options["note"]))


def _told(answer: "Answer") -> None:
    click.echo(answer.text, nl=False)
    click.echo(f"Appended to {os.path.relpath(answer.path)}", err=True)
