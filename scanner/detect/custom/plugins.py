"""Recognizers that other packages offer by the entry point group ``ropascan.recognizers``.

An entry point leads to a recognizer of Presidio, to its class, or to a function without arguments
that returns one or several. Only those that the configuration names are loaded: a plug-in is
code, and runs with all that this process may do.
"""

import re
from collections.abc import Iterable, Mapping
from importlib import metadata
from typing import TYPE_CHECKING, Any

from scanner.detect.lean import LeanSteps
from scanner.errors import ConfigError
from scanner.spelling import quoted

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer

GROUP = "ropascan.recognizers"
"""Entry point group of other people's recognizers."""

_ENTITY = re.compile(r"[A-Z][A-Z0-9_]*")


def installed() -> Mapping[str, tuple[metadata.EntryPoint, ...]]:
    """Return the entry points by name, unloaded; more than one where packages share a name."""
    found: dict[str, tuple[metadata.EntryPoint, ...]] = {}
    for entry in metadata.entry_points(group=GROUP):
        if entry not in found.get(entry.name, ()):
            found[entry.name] = (*found.get(entry.name, ()), entry)
    return found


def the_one(name: str) -> metadata.EntryPoint:
    """Return the entry point of a name that is installed. Raise ConfigError when two share it."""
    entries = installed()[name]
    if len(entries) > 1:
        raise ConfigError(
            f"two installed packages offer a recognizer {quoted(name)}; remove one of them"
        )
    return entries[0]


def load(name: str) -> "tuple[EntityRecognizer, ...]":
    """Load an entry point and return its recognizers.

    Raise ConfigError when it cannot be imported, fails, or returns anything else.
    """
    entry = the_one(name)
    told = f"the recognizer {quoted(name)} ({entry.value}{_package(entry)})"
    try:
        made = entry.load()
        if isinstance(made, type) or not _is_recognizer(made):
            made = made()
        several = tuple(made) if isinstance(made, Iterable) else (made,)
    except Exception as error:  # noqa: BLE001 - code of others: its text could hold anything
        raise ConfigError(f"{told} cannot be loaded: {_why(error)}") from None
    if not several:
        raise ConfigError(f"{told} returns no recognizer; ask its makers")
    for item in several:
        if not _is_recognizer(item):
            raise ConfigError(
                f"{told} gives {_kind(item)}, which is no recognizer; it must give an "
                "EntityRecognizer of presidio_analyzer, its class, or a function that returns them"
            )
        _check(told, item)
    return several


def _is_recognizer(item: object) -> bool:
    from presidio_analyzer import EntityRecognizer

    return isinstance(item, EntityRecognizer)


def _kind(item: object) -> str:
    return f"a value of type {type(item).__name__}"


def _check(told: str, item: Any) -> None:
    """Refuse a recognizer whose attributes would fail later, in the middle of a scan."""
    entities = getattr(item, "supported_entities", None)
    listed = entities if isinstance(entities, (list, tuple)) else ()
    if not listed or not all(isinstance(e, str) and _ENTITY.fullmatch(e) for e in listed):
        raise ConfigError(
            f"{told}: its supported_entities must be texts in capitals, as in EMPLOYEE_NUMBER"
        )
    if not isinstance(getattr(item, "name", None), str) or not item.name.strip():
        raise ConfigError(f"{told} has no name; ask its makers")
    try:
        steps = LeanSteps.of(item)
        for expression, _ in steps.patterns if steps else ():
            expression.prepare()
    except Exception:  # noqa: BLE001 - whatever their expressions are, they cannot be compiled
        raise ConfigError(f"{told}: its expressions cannot be read; ask its makers") from None
    rests = getattr(item, "screened_by", None)
    if rests is not None and not (
        isinstance(rests, (list, tuple))
        and rests
        and all(isinstance(part, re.Pattern) and isinstance(part.pattern, str) for part in rests)
    ):
        raise ConfigError(
            f"{told}: its screened_by must list compiled expressions of the module re for texts"
        )


def _package(entry: metadata.EntryPoint) -> str:
    return f" of {entry.dist.name}" if entry.dist is not None else ""


def _why(error: Exception) -> str:
    """Describe a failure by what is surely no value: types and names of modules."""
    if isinstance(error, ModuleNotFoundError) and error.name:
        return f"the module {error.name} is not installed; install it, or take the name out"
    if isinstance(error, ImportError):
        return "it cannot be imported; install its package again, or take the name out"
    return f"it fails with {type(error).__name__}; ask its makers, or take the name out"
