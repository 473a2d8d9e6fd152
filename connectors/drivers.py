"""Which driver each kind of database needs, told without importing one."""

import importlib.util

_DRIVERS = {"postgresql": ("psycopg", "postgres"), "mysql": ("pymysql", "mysql")}
_NAMES = {"postgresql": "PostgreSQL", "mysql": "MariaDB or MySQL"}


def module(kind: str) -> str:
    """Return the module of the driver for a kind of database; empty when it needs none."""
    return _DRIVERS.get(kind, ("", ""))[0]


def sentence(kind: str) -> str:
    """Say that the driver for a kind of database is missing, with the line that installs it."""
    return (
        f"the driver for {_NAMES[kind]} is not installed; "
        f'install it with: pip install "ropascan[{_DRIVERS[kind][1]}]"'
    )


def missing(kind: str) -> str:
    """Return :func:`sentence` when the driver cannot be found, else an empty text."""
    name = module(kind)
    return sentence(kind) if name and importlib.util.find_spec(name) is None else ""
