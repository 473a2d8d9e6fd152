"""``record import`` and ``record export``: registers of other tools and authorities, in and out."""

from datetime import UTC, date, datetime
from pathlib import Path

import click

from scanner.errors import ConfigError, OutputError
from scanner.exchange import EXPORTS, IMPORTS
from scanner.options import as_of as as_of_option
from scanner.options import config_option

_SHOWN = 40  # words without a meaning that are printed; the file holds all of them


def register(group: click.Group) -> None:
    """Add both commands to the ``record`` group."""
    group.add_command(import_command)
    group.add_command(export_command)


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--as", "kind", type=click.Choice(list(IMPORTS)), help="Default: guessed.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.toml",
    help="Where to write the draft record. Default: the name of FILE, in this folder.",
)
@click.option(
    "--mapping",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.toml",
    help="What the headers of a table of your own mean; for --as table.",
)
@click.option(
    "--id",
    "organisation",
    metavar="ID",
    default="",
    help="Id of the organisation, when the register does not name it.",
)
@click.option("--force", is_flag=True, help="Replace the file that --out names.")
@as_of_option
def import_command(
    path: Path,
    kind: str | None,
    out: Path | None,
    mapping: Path | None,
    organisation: str,
    force: bool,
    as_of: date | None,
) -> None:
    """Make a draft record from a register that you have.

    Reads the workbooks of the ICO and the CNIL (xlsx, ods, csv), manifests of Fides (YAML), and
    any table through a mapping file. Every block is a draft: it silences no finding until a
    person approves it. Words without a meaning here are listed, and stay in the notes.
    """
    from scanner import exchange
    from scanner.private import write_private

    if organisation and not _is_id(organisation):
        raise ConfigError(
            "--id takes small letters, digits and underscores, as in --id my_company."
        )
    target = out or Path(f"{_stem(path)}.toml")
    _check_free(target, force=force)
    draft = exchange.read(
        path, kind or "", as_of=as_of or _today(), mapping=mapping, organisation=organisation
    )
    write_private(target, draft.text.encode("utf-8"))
    noun = "activity" if draft.activities == 1 else "activities"
    click.echo(f"Wrote {target}: {draft.activities} {noun}, drafts until approved.", err=True)
    _list("Not mapped, write by hand", [f"{what}: {_line(text)}" for what, text in draft.unmapped])
    _list("Assumed", [_line(text) for text in draft.assumed])
    _list("Not read", [_line(text) for text in draft.remarks])
    click.echo(f"Next: ropascan record check {target}", err=True)


@click.command("export", short_help="Write the register in another format.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE_OR_FOLDER...]")
@click.option(
    "--as",
    "kind",
    type=click.Choice(list(EXPORTS)),
    help="Default: by the ending of --out, where one format alone has it.",
)
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE"
)
@click.option(
    "--authority",
    is_flag=True,
    help="The register as the authority asks for it: no drafts, notes or exceptions.",
)
@click.option("--base", default="", metavar="IRI", help="For dpv: what the entries hang under.")
@click.option(
    "--record", "wanted", default="", metavar="ID", help="Which organisation, of several."
)
@click.option("--force", is_flag=True, help="Replace the file that --out names.")
@config_option
@as_of_option
def export_command(
    paths: tuple[Path, ...],
    kind: str | None,
    out: Path,
    authority: bool,
    base: str,
    wanted: str,
    force: bool,
    config_file: Path | None,
    as_of: date | None,
) -> None:
    """Write the declared record in the format of another tool or authority.

    The record is that of the configuration, or the files named here. Findings are never in it.
    What the format cannot carry is listed.
    """
    from scanner import config as configuration
    from scanner import exchange
    from scanner.private import write_private
    from scanner.ropa import load_all

    chosen, ending = _format(kind, out)
    _check_free(out, force=force)
    refs = tuple(configuration.RecordRef(path) for path in paths)
    if not refs:
        refs = configuration.load(configuration.find(config_file)).records
    records = [
        ropa
        for ropa in load_all(refs, as_of or _today())
        if not wanted or ropa.organisation.id == wanted
    ]
    if len(records) != 1:
        raise ConfigError(
            f"{len(records)} records are in question; name the file of one, or its organisation "
            "with --record ID."
        )
    done = exchange.write(records[0], chosen, ending, authority=authority, base=base)
    write_private(out, done.content)
    click.echo(f"Wrote {out}", err=True)
    _list("Also", list(done.remarks))
    _list(f"Not carried by {chosen}", list(done.left_out))


def _format(kind: str | None, out: Path) -> tuple[str, str]:
    ending = out.suffix.lower().removeprefix(".")
    if kind:
        return kind, ending
    fitting = [name for name, endings in EXPORTS.items() if ending in endings]
    if len(fitting) == 1:
        return fitting[0], ending
    raise ConfigError(f"say which format to write: --as {' or --as '.join(fitting or EXPORTS)}.")


def _check_free(path: Path, *, force: bool) -> None:
    if path.exists() and not force:
        raise OutputError(
            f"{path} exists already; choose another --out, or replace it with --force."
        )


def _stem(path: Path) -> str:
    from scanner.exchange import words

    return words.snake(path.stem, "record")


def _is_id(text: str) -> bool:
    from scanner.exchange import words

    return bool(text) and words.snake(text) == text


def _list(title: str, items: list[str]) -> None:
    if not items:
        return
    click.echo(f"{title} ({len(items)}):", err=True)
    for item in items[:_SHOWN]:
        click.echo(f"  {item}", err=True)
    if len(items) > _SHOWN:
        click.echo(f"  and {len(items) - _SHOWN} more; the file lists all of them.", err=True)


def _line(text: str) -> str:
    # A cell may hold control signs that would steer the terminal.
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:200]


def _today() -> date:
    return datetime.now(UTC).date()
