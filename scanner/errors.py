"""Every error that ropascan raises on purpose.

::

    RopascanError                 base; its text is one sentence for a person
    ├── ConfigError               stop: config.toml or the command line is wrong (exit 2)
    ├── RecordError               stop: the declared record's structure is wrong (exit 2)
    ├── OutputError               stop: a report cannot be written (exit 2)
    └── StoreError                note a gap and go on; carries the gap's reason
        └── DriverMissingError    the database driver is not installed

A type says what to do. The text says what, where, and what to try, and never quotes a value read
from a store, a password or a URL.
"""


class RopascanError(Exception):
    """Base of all: ``str(error)`` is one sentence for a person."""


class ConfigError(RopascanError):
    """The configuration or the command line cannot be used: nothing was scanned."""


class RecordError(RopascanError):
    """The structure of a declared record is wrong: nothing was scanned."""


class OutputError(RopascanError):
    """A report could not be written."""


class StoreError(RopascanError):
    """A store, or a part of it, could not be read.

    ``reason`` is the value of a :class:`scanner.model.GapReason`; the flow turns the error into a
    gap with that reason and goes on.
    """

    def __init__(self, sentence: str, reason: str = "unreadable") -> None:
        super().__init__(sentence)
        self.reason = reason


class DriverMissingError(StoreError):
    """The driver for a store is not installed; the text holds the exact install line."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, "driver_missing")
