"""The command line: thin over :mod:`scanner.run`. Heavy parts are imported when a command runs."""

import signal
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scanner import cli_exchange, cli_keeping, cli_record, streams
from scanner.errors import RopascanError
from scanner.options import (
    FORMATS,
    adhoc_options,
    as_of,
    config_option,
    option,
    rows_option,
    shared,
    verify_option,
)

if TYPE_CHECKING:
    from scanner.config import Config
    from scanner.model import ScanResult

EXIT_CODES = """\b
Exit codes:
  0  no difference, no gap
  1  findings at or above --fail-on and --min-confidence
  2  could not run: configuration, record or command line
  3  ran, and some of what should be read could not be
"""


@click.group(epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ropascan", prog_name="ropascan")
def cli() -> None:
    """Does what we declared match the personal data we hold?"""


@cli.command(epilog=EXIT_CODES, short_help="Build a synthetic estate, and scan it.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), required=False)
@shared
def demo(folder: Path | None, **options: Any) -> None:
    """Build a synthetic estate in FOLDER (default: ropascan-demo), and scan it.

    With --as-of DAY the estate is that of another day, from 2009-10-30 on; 2015-10-07, 2019-06-01
    and 2026-01-15 (the default) are documented.

    The estate deviates from its record on purpose, so the exit code is 1 or 3, as scan's would be.
    """
    from scanner import demo as estate

    place = folder or Path("ropascan-demo")
    seed = options["seed"] or 0
    click.echo(f"Building the demo estate (synthetic data) in {place}", err=True)
    options["as_of"] = options["as_of"] or estate.AS_OF
    estate.build(place, seed=seed, day=options["as_of"])
    options["out"] = options["out"] or place / "out"
    options["formats"] = options["formats"] or ("terminal", "html", "json")
    _scan(place / "config.toml", **options)


@cli.command(epilog=EXIT_CODES, short_help="Compare sources with the declared record.")
@config_option
@shared
@option("--dry-run", is_flag=True, help="Print the plan with every statement; read no data.")
@option("--depth", type=click.Choice(["content", "names"]), default="content",
         help="names: read catalogues only.")  # fmt: skip
@rows_option
@option("--rare", is_flag=True,
         help="Report even a single valid card, identifier or secret.")  # fmt: skip
def scan(config_file: Path | None, **options: Any) -> None:
    """Scan the configured sources and compare them with the declared record."""
    _scan(config_file, **options)


def _scan(config_file: Path | None, *, dry_run: bool = False, **options: Any) -> None:
    from scanner import config as configuration

    config = _with_options(configuration.load(configuration.find(config_file)), options)
    if dry_run:
        _print_plan(config, options)
        return
    out = options["out"] or config.reports.out
    _run_and_report(config, options, options["formats"] or config.reports.formats, out)


def _with_options(config: "Config", options: dict[str, Any]) -> "Config":
    from dataclasses import replace

    sampling = config.sampling
    if options.get("seed") is not None:
        sampling = replace(sampling, seed=options["seed"])
    if options.get("rows"):
        rows = None if options["rows"] == "all" else options["rows"]
        sampling = replace(sampling, rows=rows)
    jobs = config.jobs if options.get("jobs") is None else options["jobs"]
    detection = config.detection
    if options.get("rare"):
        detection = replace(detection, rare=True)
    if options.get("verify"):
        detection = replace(detection, verify=options["verify"])
    return replace(config, sampling=sampling, detection=detection, jobs=jobs)


def _run_and_report(
    config: "Config", options: dict[str, Any], formats: tuple[str, ...], out: Path | None
) -> None:
    from scanner import output

    output.prepare(formats, out)
    result = _run(config, options, out / "history.json" if out and config.records else None)
    for path in output.deliver(result, formats, out):
        click.echo(f"Wrote {path}", err=True)
    sys.exit(result.exit_code)


def _run(config: "Config", options: dict[str, Any], history: Path | None) -> "ScanResult":
    from reports.terminal import progress
    from scanner import run
    from scanner.model import Confidence, Severity

    with progress() as watch:
        return run.scan(
            config,
            run.Options(
                as_of=options.get("as_of") or today(),
                names_only=options.get("depth") == "names",
                fail_on=Severity(options.get("fail_on") or config.reports.fail_on),
                min_confidence=Confidence(
                    options.get("min_confidence") or config.reports.min_confidence
                ),
                history=history,
                watch=watch,
            ),
        )


def today() -> date:
    """Return the day in UTC: the default of ``--as-of``."""
    return datetime.now(UTC).date()


def _print_plan(config: "Config", options: dict[str, Any]) -> None:
    from scanner import output, run

    day = options.get("as_of") or today()
    dry = run.dry_run(config, run.Options(day, names_only=options.get("depth") == "names"))
    output.print_plan(dry)
    for gap in dry.gaps:
        click.echo(f"gap: {gap.asset or gap.source}: {gap.detail}", err=True)
    click.echo(f"{len(dry.intentions)} asset(s) planned; no data was read.", err=True)
    sys.exit(3 if dry.gaps else 0)


@cli.command(short_help="What personal data is in here?")
@click.argument("places", nargs=-1, required=True, metavar="URL_OR_PATH...")
@option("--format", "formats", multiple=True, type=click.Choice(FORMATS),
         help="Repeatable. Default: terminal.")  # fmt: skip
@option("--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@option("--seed", type=int)
@rows_option
@verify_option
@option("--jobs", type=click.IntRange(0), help="Worker processes; 0: one per core.")
@adhoc_options
@option("--rare", is_flag=True,
         help="Report even a single valid card, identifier or secret.")  # fmt: skip
def inventory(places: tuple[str, ...], **options: Any) -> None:
    """Tell what personal data is in databases, log files or folders. Needs no record.

    A URL is one of SQLAlchemy's (postgresql://reader@host/db); $NAME stands for the environment
    variable of that name, so that no password needs to stand in your shell's history.
    """
    from scanner import adhoc

    config = adhoc.config(places, **{key: options[key] for key in adhoc.SETTINGS})
    config = _with_options(config, options)
    _run_and_report(config, options, options["formats"] or ("terminal",), options["out"])


@cli.command(short_help="Why a field is held to be what it is.")
@click.argument("place", metavar="PATH#FIELD")
@config_option
@option("--source", "places", multiple=True, metavar="URL_OR_PATH",
         help="Instead of the sources of config.toml, as in inventory. Repeatable.")  # fmt: skip
@option("--format", "format_", type=click.Choice(["terminal", "json"]), default="terminal")
@as_of
@option("--seed", type=int, help="Seed of the sampling.")
@rows_option
@option("--rare", is_flag=True,
         help="Report even a single valid card, identifier or secret.")  # fmt: skip
@adhoc_options
def explain(place: str, config_file: Path | None, places: tuple[str, ...], **options: Any) -> None:
    """Tell why a field is held to be what it is, and what would change that.

    PATH#FIELD is a path as in reports: sqlite://crm/main/users#email. Without #FIELD: one line for
    each field of the asset. Only this asset is read, as a scan would read it.
    """
    from scanner import adhoc, explanations, output, run
    from scanner import config as configuration

    if places:
        config = adhoc.config(places, **{key: options[key] for key in adhoc.SETTINGS})
    else:
        config = configuration.load(configuration.find(config_file))
    settings = run.Options(as_of=options["as_of"] or today())
    found = explanations.explain(_with_options(config, options), settings, place)
    output.print_explanation(found, options["format_"])
    sys.exit(3 if found.gaps else 0)


@cli.group()
def record() -> None:
    """Work with the declared record."""


cli_record.register(record)
cli_keeping.register(cli, record)
cli_exchange.register(record)


@cli.group("config")
def config_group() -> None:
    """Work with config.toml."""


@config_group.command("check", epilog=EXIT_CODES)
@config_option
@option("--connect", is_flag=True, help="Open each source, too.")
def config_check(config_file: Path | None, connect: bool) -> None:
    """Validate the configuration, and tell whether each source is there, without reading data."""
    from scanner import check

    lines, code = check.check(config_file, connect=connect)
    for line in lines:
        click.echo(line)
    sys.exit(code)


@cli.command("rules", short_help="What each rule checks, and why.")
@click.argument("rule", required=False)
def rules_command(rule: str | None) -> None:
    """List the rules, or print what one checks, why, and how to resolve it."""
    from scanner import rules

    if rule is None:
        for item in rules.RULES:
            click.echo(f"{item.code}  {item.name:32} {rules.summary(item)}")
        return
    click.echo(rules.page(rules.find(rule)))


def main() -> None:
    """Run the command; a known error is one sentence and exit code 2, an unknown one its place."""
    streams.prepare()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends the processes of the pool too
    sys.exit(_main())


def _main() -> int:
    try:
        cli(standalone_mode=False)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # one is enough
        click.echo("ropascan: interrupted; nothing was written", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except RopascanError as error:
        click.echo(f"ropascan: {error}", err=True)
        return 2
    except Exception as error:  # noqa: BLE001 - the text of an unforeseen error could quote a value
        from scanner.worker import crash

        click.echo(f"ropascan: {crash(error)}", err=True)
        return 2
    return 0
