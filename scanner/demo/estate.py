"""Building the demo estate: stores, declared record and configuration in one folder."""

import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from pathlib import Path

from scanner.demo import (
    billing,
    cloudlogs,
    faxlogs,
    helpdesk,
    logfiles,
    portal,
    secure,
    tables,
    truth,
    xmfax,
)
from scanner.demo.cast import World, cast
from scanner.errors import ConfigError

AS_OF = date(2026, 1, 15)
"""The day on which the demo plays: scan it as of this day."""

MARKER = ".ropascan-demo"
_OWN = ("config.toml", "record", "stores")  # what a build replaces


@dataclass(frozen=True, slots=True)
class DemoSource:
    """One source of the demo, as its configuration names it."""

    name: str
    path: str  # relative to the folder of the configuration
    country: str
    environment: str
    note: str


@dataclass(frozen=True, slots=True)
class Estate:
    """What was built, and where."""

    folder: Path
    config: Path
    sources: tuple[DemoSource, ...]
    planted: frozenset[str]


def build(
    folder: Path, *, seed: int = 0, without: Collection[str] = (), day: date = AS_OF
) -> Estate:
    """Write the demo estate into ``folder``, playing on ``day``.

    The same seed and day give the same content. ``without`` leaves deviations out by their ids.
    An estate that an earlier build left there is replaced, other files beside it are kept. Raise
    ConfigError when the folder holds something else, or cannot be written.
    """
    planted = truth.planted(without)
    try:
        _claim(folder)
        world = cast(seed, day)
        sources = (*_write_databases(folder, world, planted), *_write_logs(folder, world, planted))
        _write_texts(folder, day, planted, sources)
    except OSError as error:
        raise ConfigError(
            f"The demo cannot be written to {folder}: {error.strerror}; "
            "choose another folder, as in `ropascan demo FOLDER`."
        ) from error
    return Estate(folder, folder / "config.toml", sources, planted)


def _claim(folder: Path) -> None:
    """Make the folder ours, or refuse."""
    if folder.exists() and not folder.is_dir():
        raise ConfigError(f"{folder} is a file; give `ropascan demo` a folder that may be written.")
    marker = folder / MARKER
    if folder.exists() and not marker.exists() and any(folder.iterdir()):
        raise ConfigError(
            f"{folder} is not empty and was not made by `ropascan demo`, so nothing was written; "
            "name an empty or new folder."
        )
    folder.mkdir(parents=True, exist_ok=True)
    marker.write_text("Written by ropascan demo: synthetic data, may be deleted.\n", "utf-8")
    for name in _OWN:
        if (folder / name).is_dir():
            shutil.rmtree(folder / name)
        else:
            (folder / name).unlink(missing_ok=True)
    (folder / "stores").mkdir()
    (folder / "record").mkdir()


_NOTES = {
    "xmfax": "X1: XM Fax",
    "portal": "X3: account management",
    "secure": "X4: XM SendSecure",
    "helpdesk": "X9: export of the hosted help desk",
    "billing": "X10: export of the hosted billing platform",
}


def _write_databases(folder: Path, world: World, planted: frozenset[str]) -> Iterator[DemoSource]:
    for system in (xmfax, portal, secure, helpdesk, billing):
        for database in system.databases(world, planted):
            path = f"stores/{database.source}.sqlite"
            tables.write(database, folder / path)
            yield _database_source(database.source, path)


def _database_source(name: str, path: str) -> DemoSource:
    stem, _, site = name.partition("-")
    staging = site == "staging"
    country = "US" if staging or not site else site.upper()
    environment = "staging" if staging else "production"
    note = "a database that nobody declared" if staging else _NOTES[stem]
    return DemoSource(name, path, country, environment, note)


def _write_logs(folder: Path, world: World, planted: frozenset[str]) -> Iterator[DemoSource]:
    for system, note in (
        (faxlogs, "X2: system logs of XM Fax, a folder for each data centre"),
        (cloudlogs, "X5: system logs of the public cloud, a folder for each region"),
    ):
        path = f"stores/{system.SOURCE}"
        for log in system.logs(world, planted):
            logfiles.write(log, folder / path)
        yield DemoSource(system.SOURCE, path, "", "production", note)


def _write_texts(
    folder: Path, day: date, planted: frozenset[str], sources: tuple[DemoSource, ...]
) -> None:
    """Fill the templates of the record and of the configuration."""
    from jinja2 import Environment, StrictUndefined

    # The templates are TOML of this package, not pages: nothing has to be escaped.
    environment = Environment(  # noqa: S701
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    package = resources.files(__package__)
    targets = [(package / "config.toml.j2", folder / "config.toml")]
    targets += [
        (item, folder / "record" / item.name.removesuffix(".j2"))
        for item in (package / "record").iterdir()
        if item.name.endswith(".j2")
    ]
    for template, target in targets:
        text = environment.from_string(template.read_text("utf-8")).render(
            planted=planted.__contains__,
            day=lambda days: (day + timedelta(days=days)).isoformat(),
            sources=sources,
        )
        target.write_text(text, "utf-8", newline="\n")
