"""Connectors: the outside world in the words of ropascan.

A connector is a class ``Connector(source, *, application="ropascan")`` with the methods of
:class:`scanner.model.Connector`. Ours are in :data:`BUILTIN`; others come through the entry point
group ``ropascan.connectors`` (name: the URL scheme, value: ``module:Class``) and are opened by the
same :func:`open_store`. A connector imports nothing heavier than this module until it is opened.
"""

import importlib
import os
from pathlib import Path
from typing import Protocol, runtime_checkable

from scanner.errors import DriverMissingError, StoreError
from scanner.model import Connector, Secret, Source

__all__ = ["BUILTIN", "PLUGINS", "TimeLimited", "at_hand", "kind_of", "open_store"]

BUILTIN = {
    "sqlite": "connectors.sql:SqlConnector",
    "postgresql": "connectors.sql:SqlConnector",
    "mysql": "connectors.sql:SqlConnector",
    "log": "connectors.files:FilesConnector",
    "file": "connectors.files:FilesConnector",
}
"""Path kind -> class. Sources without a URL are ``sqlite`` or ``log``, by what the path is."""

PLUGINS = "ropascan.connectors"
"""Entry point group of other people's connectors."""

_BY_PATH = {"log", "file"}  # named by path; there is no URL for them
_ALIASES = {"postgres": "postgresql", "mariadb": "mysql"}
_SQLITE_MAGIC = b"SQLite format 3\x00"
_SQLITE_SUFFIXES = (".sqlite", ".sqlite3", ".db", ".db3")
_SQLITE_ALONE = (".sqlite", ".sqlite3")  # what is named so and is none is damaged or encrypted


@runtime_checkable
class TimeLimited(Protocol):
    """A connector whose own statements (catalogue, questions) can be limited in time."""

    seconds: float


def open_store(
    source: Source, *, application: str = "ropascan", seconds: float = 30.0
) -> Connector:
    """Return the connector of a source; most connect at the first use.

    ``application`` is shown on every session of the store (name and scan id); ``seconds`` limits
    each catalogue query and question. Raise StoreError when no connector fits, the driver is
    missing, or a referenced environment variable is not set.
    """
    kind = kind_of(source)
    target = BUILTIN.get(kind) or _plugins().get(kind)
    if target is None:
        raise StoreError(_unread(kind), "unsupported")
    module, _, name = target.partition(":")
    connector: Connector = getattr(importlib.import_module(module), name)(
        source, application=application
    )
    if isinstance(connector, TimeLimited):
        connector.seconds = seconds
    return connector


def _unread(kind: str) -> str:
    known = ", ".join(sorted({*BUILTIN, *_plugins()} - _BY_PATH))
    return f"no connector reads {kind}:// URLs; known are {known}"


def at_hand(source: Source) -> str:
    """Return the kind of a source for which everything that opening it needs is there.

    Its connector, its driver, its file or folder, its environment variables; nothing is opened and
    no driver is imported. Raise StoreError, as :func:`open_store` would, for what is missing.
    """
    from connectors import drivers

    kind = kind_of(source)
    if kind not in BUILTIN and kind not in _plugins():
        raise StoreError(_unread(kind), "unsupported")
    if source.path and not Path(source.path).expanduser().exists():
        raise StoreError("its file or folder does not exist; check its path", "unreachable")
    for value, what in ((source.user, "user name"), (source.password, "password")):
        if isinstance(value, Secret) and value.env not in os.environ:
            raise StoreError(
                f"the environment variable {value.env} is not set; it should hold the {what}",
                "refused",
            )
    if without := drivers.missing(kind):
        raise DriverMissingError(without)
    return kind


def kind_of(source: Source) -> str:
    """Return the kind of a source: the first part of its assets' paths.

    A folder and a file that is no SQLite database give ``log`` (some of their assets may be
    ``file``); a file named as a database without being one is opened as one, to say so. Raise
    StoreError when the URL's environment variable is not set.
    """
    if source.url:
        url = source.url
        if isinstance(url, Secret):
            variable, url = url.env, os.environ.get(url.env, "")
            if not url:
                raise StoreError(
                    f"the environment variable {variable} is not set; it should hold the URL",
                    "refused",
                )
        scheme = url.partition(":")[0].partition("+")[0].lower()
        if not scheme.replace("-", "").replace(".", "").isalnum():
            scheme = "unknown"  # never repeat a text that may hold a password
        return _ALIASES.get(scheme, scheme)
    return "sqlite" if _is_sqlite(Path(source.path)) else "log"


def _is_sqlite(path: Path) -> bool:
    """Look at the first bytes; a file that is missing or unclear is judged by its name."""
    suffix = path.suffix.lower()
    try:
        with path.open("rb") as file:
            head = file.read(512)
        if head.startswith(_SQLITE_MAGIC):
            return True
        return suffix in _SQLITE_ALONE or (suffix in _SQLITE_SUFFIXES and not _is_text(head))
    except IsADirectoryError:
        return False
    except FileNotFoundError:
        return suffix in _SQLITE_SUFFIXES
    except OSError:
        return False


def _is_text(head: bytes) -> bool:
    return b"\0" not in head and "\ufffd" not in head[:-3].decode("utf-8", "replace")


def _plugins() -> dict[str, str]:
    import importlib.metadata  # slow to import, and rarely needed

    found = importlib.metadata.entry_points(group=PLUGINS)
    return {entry.name: entry.value for entry in found}
