"""Reports: a result goes in, bytes come out. Nothing here prints or writes a file.

A report is a module (or an object) with ``FILENAME`` and ``render(result) -> bytes``. Ours are
named in :data:`BUILTIN`; other packages add theirs with an entry point of the group
``ropascan.reports`` whose name is the format::

    [project.entry-points."ropascan.reports"]
    markdown = "my_package.markdown_report"
"""

import difflib
import importlib
from importlib import metadata
from typing import Protocol

from scanner.errors import ConfigError
from scanner.model import ScanResult

BUILTIN = {
    "terminal": "reports.terminal",
    "html": "reports.html",
    "json": "reports.json",
    "jsonl": "reports.jsonl",
}

GROUP = "ropascan.reports"


class Report(Protocol):
    """A format of report."""

    FILENAME: str

    def render(self, result: ScanResult, /) -> bytes:
        """Return the whole report; text is UTF-8."""
        ...


def names() -> tuple[str, ...]:
    """Return every format that :func:`load` knows: ours first, then those of plug-ins."""
    plugins = {entry.name for entry in metadata.entry_points(group=GROUP)}
    return (*BUILTIN, *sorted(plugins - set(BUILTIN)))


def load(name: str) -> Report:
    """Return the report of a format. Raise ConfigError for a format that nobody provides."""
    if name in BUILTIN:
        report: Report = importlib.import_module(BUILTIN[name])
        return report
    for entry in metadata.entry_points(group=GROUP):
        if entry.name == name:
            return _plugin(entry)
    raise ConfigError(_unknown(name))


def filename(name: str) -> str:
    """Return the name of the file for a format. Raise ConfigError as :func:`load`."""
    return load(name).FILENAME


def _plugin(entry: metadata.EntryPoint) -> Report:
    try:
        report = entry.load()
    except (ImportError, AttributeError) as error:
        raise ConfigError(
            f"the report format {entry.name!r} is announced by another package but "
            f"{entry.value!r} cannot be imported; install that package again or remove it"
        ) from error
    if not (callable(getattr(report, "render", None)) and hasattr(report, "FILENAME")):
        raise ConfigError(
            f"the report format {entry.name!r} ({entry.value}) has no FILENAME or no "
            "render(result); ask the makers of that package"
        )
    loaded: Report = report
    return loaded


def _unknown(name: str) -> str:
    known = names()
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"there is no report format {name!r}; {hint}the formats are: {', '.join(known)}"
