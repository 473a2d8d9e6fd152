"""A configuration made from places named on the command line: ``ropascan inventory``."""

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from connectors.media import magic_type
from scanner.config import Config, Detection
from scanner.countries import countries
from scanner.errors import ConfigError
from scanner.model import Secret, Source

SETTINGS = ("names", "nations", "languages", "allow_write_grants")

_SQLITE_ENDINGS = (".sqlite", ".sqlite3", ".db", ".db3")


def config(
    places: Sequence[str],
    *,
    names: bool = True,
    nations: Sequence[str] = (),
    languages: Sequence[str] = (),
    allow_write_grants: bool = False,
) -> Config:
    """Return a configuration without record that reads the places.

    URLs go into environment variables of this process and its children, so that the configuration,
    which travels to workers, names them only. Raise ConfigError for a place that does not exist.
    """
    taken: dict[str, int] = {}
    sources: list[Source] = []
    for place in places:
        sources += _sources(place, taken, allow_write_grants)
    detection = Detection(
        languages=tuple(languages) or ("en",), countries=_countries(nations), names=names
    )
    return Config(sources=tuple(sources), detection=detection)


def _countries(given: Sequence[str]) -> tuple[str, ...]:
    known = countries()
    for code in given:
        if not known.knows(code.upper()):
            raise ConfigError(f"--country {known.wrong(code.upper())}")
    return tuple(code.upper() for code in given)


def _sources(place: str, taken: dict[str, int], allow_write_grants: bool) -> Iterator[Source]:
    if re.match(r"[A-Za-z][\w+.-]*://|\$\w+$", place):
        yield _from_url(place, taken, allow_write_grants)
        return
    path = Path(place).absolute()
    if not place.strip() or not path.exists():
        shown = place if place.isprintable() and place.strip() else repr(place)
        raise ConfigError(f"{shown} does not exist; name a database URL, a file or a folder")
    if path.is_file():
        yield Source(_name(_stem(path), taken), path=str(path))
        return
    databases = sorted(file for file in path.rglob("*") if is_sqlite(file))
    for file in databases:
        yield Source(_name(_stem(file), taken), path=str(file))
    if len(databases) < sum(1 for file in path.rglob("*") if file.is_file()) or not databases:
        exclude = tuple(file.relative_to(path).as_posix() for file in databases)
        yield Source(_name(path.name or "folder", taken), path=str(path), exclude=exclude)


def is_sqlite(path: Path) -> bool:
    """Tell whether a file is an SQLite database, by its first bytes."""
    try:
        if not path.is_file() or path.is_symlink():
            return False
        with path.open("rb") as file:
            return magic_type(file.read(64)) == "application/vnd.sqlite3"
    except OSError:
        return False


def _from_url(place: str, taken: dict[str, int], allow_write_grants: bool) -> Source:
    if place.startswith("$"):
        variable = place[1:]
        url = os.environ.get(variable, "")
        if not url:
            raise ConfigError(f"the environment variable {variable} is not set")
        if "://" not in url:
            raise ConfigError(
                f"the environment variable {variable} does not hold the URL of a database"
            )
    else:
        variable = f"ROPASCAN_PLACE_{len(taken) + 1}"
        os.environ[variable] = url = place
    try:
        parts = urlsplit(url)
        database = unquote(parts.path.rstrip("/").rpartition("/")[2])
    except ValueError as error:
        raise ConfigError("a URL on the command line cannot be read; check its brackets") from error
    if "@" in parts.path and not parts.scheme.startswith("sqlite"):
        # Part of a password would become the name of the source.
        raise ConfigError(
            "a URL on the command line cannot be read; in its user name and password, write "
            "%2F for / and %40 for @"
        )
    stem = Path(database).stem if parts.scheme.startswith("sqlite") else database
    name = _name(stem or parts.scheme.partition("+")[0], taken)
    return Source(name, url=Secret(variable), allow_write_grants=allow_write_grants)


def _stem(path: Path) -> str:
    return path.stem if path.suffix.lower() in _SQLITE_ENDINGS else path.name


def _name(wanted: str, taken: dict[str, int]) -> str:
    """Return a source name: lower case, then -2, -3 for the next of the same name."""
    plain = unicodedata.normalize("NFKD", wanted).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9._-]+", "-", plain.lower()).strip("-._") or "source"
    taken[base] = taken.get(base, 0) + 1
    return base if taken[base] == 1 else f"{base}-{taken[base]}"
