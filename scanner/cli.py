"""The command line: thin over :mod:`scanner.run`. Heavy parts are imported when a command runs."""

import signal
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scanner import streams
from scanner.errors import RopascanError

if TYPE_CHECKING:
    from scanner.config import Config
    from scanner.model import ScanResult

FORMATS = ("terminal", "json", "jsonl", "html")
LEVELS = ("info", "low", "medium", "high", "critical")
CONFIDENCES = ("possible", "probable", "confirmed")

EXIT_CODES = """\b
Exit codes:
  0  no difference, no gap
  1  findings at or above --fail-on and --min-confidence
  2  could not run: configuration, record or command line
  3  ran, and some of what should be read could not be
"""


def _day(_context: click.Context, _option: click.Parameter, value: datetime | None) -> date | None:
    return value.date() if value else None


_as_of = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=_day,
    metavar="YYYY-MM-DD",
    help="Evaluate the record at this day. Default: today.",
)


def _option(*names: str, **settings: Any) -> Callable[[Any], Any]:
    return click.option(*names, **settings)


def _shared(function: Any) -> Any:
    """Options of every command that scans and compares."""
    options = (
        _option("--format", "formats", multiple=True, type=click.Choice(FORMATS),
                help="Repeatable. Default: terminal."),
        _option("--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
                help="Write reports and the history of findings here, readable by you alone."),
        _option("--fail-on", type=click.Choice(LEVELS), help="Least severity for exit code 1."),
        _option("--min-confidence", type=click.Choice(CONFIDENCES),
                help="Least confidence for exit code 1. Possible never fails."),
        _as_of,
        _option("--seed", type=int, help="Seed of the sampling."),
        _option("--jobs", type=click.IntRange(0), help="Worker processes; 0: one per core."),
        _option("--verify", callback=_share, metavar="SHARE",
                help="Read this share of the values (1%, 0.01) once more with plain Presidio, and "
                "report every difference."),
    )  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


_config_option = _option(
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


_rows_option = _option(
    "--rows",
    callback=_rows,
    metavar="N|all",
    help="Rows or lines of each asset to sample; all: read every one, without the bounds of a "
    "sample on bytes and seconds.",
)


@click.group(epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ropascan", prog_name="ropascan")
def cli() -> None:
    """Does what we declared match the personal data we hold?"""


@cli.command(epilog=EXIT_CODES)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), required=False)
@_shared
def demo(folder: Path | None, **options: Any) -> None:
    """Build a synthetic estate in FOLDER (default: ropascan-demo), and scan it.

    The estate deviates from its record on purpose, so the exit code is 1 or 3, as scan's would be.
    """
    from scanner import demo as estate

    place = folder or Path("ropascan-demo")
    seed = options["seed"] or 0
    click.echo(f"Building the demo estate (synthetic data) in {place}", err=True)
    estate.build(place, seed=seed)
    options["out"] = options["out"] or place / "out"
    options["formats"] = options["formats"] or ("terminal", "html", "json")
    options["as_of"] = options["as_of"] or estate.AS_OF
    _scan(place / "config.toml", **options)


@cli.command(epilog=EXIT_CODES)
@_config_option
@_shared
@_option("--dry-run", is_flag=True, help="Print the plan with every statement; read no data.")
@_option("--depth", type=click.Choice(["content", "names"]), default="content",
         help="names: read catalogues only.")  # fmt: skip
@_rows_option
@_option("--rare", is_flag=True,
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

    as_of = options.get("as_of") or today()
    dry = run.dry_run(config, run.Options(as_of, names_only=options.get("depth") == "names"))
    output.print_plan(dry)
    for gap in dry.gaps:
        click.echo(f"gap: {gap.asset or gap.source}: {gap.detail}", err=True)
    click.echo(f"{len(dry.intentions)} asset(s) planned; no data was read.", err=True)
    sys.exit(3 if dry.gaps else 0)


@cli.command()
@click.argument("places", nargs=-1, required=True, metavar="URL_OR_PATH...")
@_option("--format", "formats", multiple=True, type=click.Choice(FORMATS),
         help="Repeatable. Default: terminal.")  # fmt: skip
@_option("--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@_option("--seed", type=int)
@_rows_option
@_option("--jobs", type=click.IntRange(0), help="Worker processes; 0: one per core.")
@_option("--names/--no-names", default=True, help="Look for names with a language model.")
@_option("--country", "nations", multiple=True, metavar="CC",
         help="Look for the identifiers of this country too. Repeatable.")  # fmt: skip
@_option("--language", "languages", multiple=True, metavar="LL",
         help="Language of the names; default: en. Repeatable.")  # fmt: skip
@_option("--rare", is_flag=True,
         help="Report even a single valid card, identifier or secret.")  # fmt: skip
@_option("--allow-write-grants", is_flag=True,
         help="Read although the account could write; the session stays read-only.")  # fmt: skip
def inventory(places: tuple[str, ...], **options: Any) -> None:
    """Tell what personal data is in databases, log files or folders. Needs no record.

    A URL is one of SQLAlchemy's (postgresql://reader@host/db); $NAME stands for the environment
    variable of that name, so that no password needs to stand in your shell's history.
    """
    from scanner import adhoc

    config = adhoc.config(places, **{key: options[key] for key in adhoc.SETTINGS})
    config = _with_options(config, options)
    _run_and_report(config, options, options["formats"] or ("terminal",), options["out"])


@cli.group()
def record() -> None:
    """Work with the declared record."""


@record.command("check", epilog=EXIT_CODES)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE_OR_FOLDER...]")
@_config_option
@_as_of
@_option("--fail-on", type=click.Choice(LEVELS), default="medium", show_default=True)
def record_check(
    paths: tuple[Path, ...], config_file: Path | None, as_of: date | None, fail_on: str
) -> None:
    """Check that the record is well formed and complete; nothing is scanned."""
    from reports.terminal import print_record_check
    from scanner import config as configuration
    from scanner import run
    from scanner.model import Severity

    refs = tuple(configuration.RecordRef(path) for path in paths)
    if not refs:
        refs = configuration.load(configuration.find(config_file)).records
    result = run.check_records(refs, as_of or today(), Severity(fail_on))
    print_record_check(result)
    sys.exit(result.exit_code)


@cli.group("config")
def config_group() -> None:
    """Work with config.toml."""


@config_group.command("check", epilog=EXIT_CODES)
@_config_option
@_option("--connect", is_flag=True, help="Open each source, too.")
def config_check(config_file: Path | None, connect: bool) -> None:
    """Validate the configuration, and tell whether each source is there, without reading data."""
    from scanner import check

    lines, code = check.check(config_file, connect=connect)
    for line in lines:
        click.echo(line)
    sys.exit(code)


@cli.command("rules")
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
