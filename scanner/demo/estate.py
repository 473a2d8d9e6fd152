"""Building the demo estate: stores, declared record and configuration in one folder."""

import fnmatch
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

from scanner.demo import folders, logfiles, records, systems, tables, truth
from scanner.demo.cast import World, cast
from scanner.demo.days import AS_OF
from scanner.errors import ConfigError

_LAST_YEAR = 2099
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

    The same seed and day give the same content. Only organisations with a record in force on that
    day have stores. ``without`` leaves deviations out by their ids.
    An estate that an earlier build left there is replaced, other files beside it are kept. Raise
    ConfigError when the folder holds something else, or cannot be written, or when nobody had a
    record on ``day``.
    """
    planted = truth.planted(without, day)
    if not records.organisations(day) or day.year > _LAST_YEAR:
        first = min(record.effective for record in records.RECORDS)
        raise ConfigError(
            f"The demo cannot play on {day}: its first record is in force from {first} on; choose "
            f"a day between {first} and {_LAST_YEAR}-12-31, as in --as-of 2019-06-01."
        )
    try:
        _claim(folder)
        world = cast(seed, day)
        sources = tuple(_write_stores(folder, world, planted))
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


def _write_stores(folder: Path, world: World, planted: frozenset[str]) -> Iterator[DemoSource]:
    """Write every store of the systems that are in use on the day."""
    day = world.now.date()
    for system in systems.in_use(day):
        for database in system.databases(world, planted) if system.databases else ():
            path = f"stores/{database.source}.sqlite"
            tables.write(database, folder / path)
            yield _source(database.source, path, system.note, planted)
        if system.logs:
            for log in system.logs(world, planted):
                logfiles.write(log, folder / "stores" / system.log_source)
            yield _source(
                system.log_source, f"stores/{system.log_source}", system.log_note, planted
            )
        if system.documents:
            names = folders.write(system.documents(world, planted), folder / "stores")
            for name in names:
                yield _source(name, f"stores/{name}", system.file_note, planted)


def _source(name: str, path: str, note: str, planted: frozenset[str]) -> DemoSource:
    staging = name.endswith("-staging")
    return DemoSource(
        name,
        path,
        systems.country(name, planted),
        "staging" if staging else "production",
        "a database that nobody declared" if staging else note,
    )


def _write_texts(
    folder: Path, day: date, planted: frozenset[str], sources: tuple[DemoSource, ...]
) -> None:
    """Fill the templates of the records and of the configuration."""
    records.write_records(folder / "record", day=day, planted=planted)
    template = resources.files(__package__) / "config.toml.j2"
    names = [source.name for source in sources]
    wanted = [
        (record, [glob for glob in record.sources if fnmatch.filter(names, glob)])
        for record in records.configured(day)
    ]
    text = records.render(template, sources=sources, records=wanted, day=day)
    (folder / "config.toml").write_text(text, "utf-8", newline="\n")
