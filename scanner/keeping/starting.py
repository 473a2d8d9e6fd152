"""The first hour: a configuration for sources that answer, and a drafted record."""

import os
import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from scanner import adhoc, run
from scanner import config as configuration
from scanner.check import reach
from scanner.config import Config
from scanner.config.sources import holds_secret
from scanner.errors import ConfigError
from scanner.keeping.blocks import Value, block
from scanner.keeping.drafting import record
from scanner.keeping.families import families
from scanner.model import Inventory, Secret, Source
from scanner.private import write_private
from scanner.run import Watch

RECORD = "record"
_FIRST = "record.toml"


@dataclass(frozen=True, slots=True)
class Setup:
    """What init was told."""

    folder: Path
    organisation: str  # its name, for people
    country: str
    places: tuple[str, ...]  # URLs, $VARIABLES, files, folders
    countries: tuple[str, ...] = ()  # of the places, in their order; "" or missing: not said


@dataclass(frozen=True, slots=True)
class Tried:
    """Sources with a name each, and how each answered. ``exports``: variables to set, by name."""

    config: Config
    lines: tuple[str, ...]
    reached: bool
    exports: tuple[str, ...]


def try_sources(setup: Setup) -> Tried:
    """Name the sources and open each, reading nothing. Raise ConfigError for a wrong place."""
    refuse_existing(setup.folder)
    config = adhoc.config(setup.places, allow_write_grants=False)
    sources, exports = [], []
    for source in config.sources:
        kept = _kept(source)
        if isinstance(kept.url, Secret) and kept.url != source.url:
            exports.append(kept.url.env)
        sources.append(replace(kept, country=_country(setup, source, config)))
    answers = [reach(source) for source in sources]
    return Tried(
        replace(config, sources=tuple(sources)),
        tuple(line for line, _ in answers),
        all(reached for _, reached in answers),
        tuple(exports),
    )


def refuse_existing(folder: Path) -> None:
    """Raise ConfigError when something is there that init would write."""
    for name in ("config.toml", RECORD):
        if (folder / name).exists():
            raise ConfigError(
                f"{folder / name} is there already, so nothing was written; work in another "
                "folder, or go on with `ropascan scan`"
            )


def _country(setup: Setup, source: Source, config: Config) -> str:
    """Return the country told for a source; one that is told alone goes for all."""
    if len(setup.countries) == 1:
        return setup.countries[0]
    if len(config.sources) != len(setup.countries):
        return ""
    return setup.countries[config.sources.index(source)]


def _kept(source: Source) -> Source:
    """Return a source as the configuration may keep it: without a password."""
    if not isinstance(source.url, Secret):
        return source
    url = os.environ[source.url.env]
    if not source.url.env.startswith("ROPASCAN_PLACE_"):
        return source  # the user's own variable
    if not holds_secret(url.partition("://")[2]):
        return replace(source, url=url)
    variable = re.sub(r"[^A-Z0-9]+", "_", source.name.upper()).strip("_") + "_URL"
    os.environ[variable] = url  # for this process: it reads the configuration that it writes
    return replace(source, url=Secret(variable))


def write_config(setup: Setup, config: Config) -> Path:
    """Write config.toml. Raise OutputError."""
    parts = [
        "# Written by `ropascan init`; the example configuration explains every key.\n",
        block("record", {"path": RECORD}),
        "[reports]\n"
        'formats = ["terminal", "html", "json"]\n'
        'out = "out"                          # reports, and what the next scan compares with\n',
        *(_source(source, setup.folder) for source in config.sources),
    ]
    path = setup.folder / "config.toml"
    write_private(path, "\n".join(parts).encode())
    configuration.load(path)  # what is written must be readable
    return path


def _source(source: Source, folder: Path) -> str:
    fields: dict[str, Value | None] = {
        "name": source.name,
        "path": _relative(source.path, folder) if source.path else "",
        "url": source.url if isinstance(source.url, str) else "",
        "country": source.country,
        "exclude": source.exclude,
    }
    text = block("source", fields)
    if isinstance(source.url, Secret):
        text += f'url = {{ env = "{source.url.env}" }}\n'
    if not source.country:
        text += (
            '# country = "IE"   # where it lies; decides whose national numbers are looked for\n'
        )
    return text


def _relative(path: str, folder: Path) -> str:
    try:
        return Path(os.path.relpath(path, folder.absolute())).as_posix()
    except ValueError:  # another drive
        return Path(path).as_posix()


def draft(
    config: Config, organisation: str, country: str, day: date, watch: Watch | None = None
) -> tuple[str, Inventory]:
    """Scan the sources without a record and return the text of a first one, with what was found.

    Raise ConfigError.
    """
    options = run.Options(as_of=day, watch=watch or run.Unwatched())
    found = run.scan(replace(config, records=()), options).inventory
    places, parts = families(found, (), day, whole=True), families(found, (), day)
    id_ = re.sub(r"[^a-z0-9]+", "_", organisation.lower()).strip("_") or "organisation"
    id_ = id_ if id_[0].isalpha() else f"o_{id_}"
    return record(id_, organisation, country, places, parts), found


def write_record(folder: Path, text: str) -> Path:
    """Write the first file of a record folder. Raise ConfigError, OutputError."""
    target = folder / _FIRST
    if target.exists():
        raise ConfigError(f"{target} is there already, so nothing was written")
    return write_private(target, text.encode())
