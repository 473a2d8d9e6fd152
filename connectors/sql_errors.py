"""From the errors of SQLAlchemy and the drivers to ours: by code, never by quoting their text.

The drivers' texts hold statements, parameters, host names and sometimes values. They are looked at
only where a driver gives no code (a failed connection), and never repeated.
"""

import ssl
from typing import Any

import sqlalchemy as sa

from scanner.errors import StoreError
from scanner.model import GapReason

# What the drivers raise past SQLAlchemy: text that is not in the encoding it claims to be in.
FOREIGN = (sa.exc.SQLAlchemyError, UnicodeError)

_Verdict = tuple[GapReason, str]

_LOGIN: _Verdict = (
    GapReason.REFUSED,
    "the server refused the user name or password; check the account and the variable that "
    "holds its password",
)
_DATABASE: _Verdict = (GapReason.REFUSED, "the server has no such database; check the URL")
_PERMISSION: _Verdict = (
    GapReason.PERMISSION,
    "the account has no permission to read it; grant SELECT on it, or exclude it",
)
_TIME: _Verdict = (
    GapReason.BUDGET,
    "it took longer than the time allowed; allow more under [sampling], or exclude it",
)
_LOCKED: _Verdict = (
    GapReason.BUDGET,
    "another session holds a lock on it; scan again at a quieter time",
)
_GONE: _Verdict = (
    GapReason.UNREADABLE,
    "it or one of its fields is not there any more, or a view over it is broken; scan again",
)
_LOST: _Verdict = (
    GapReason.UNREACHABLE,
    "the connection was lost; check that the server is up, and scan again",
)
_FULL: _Verdict = (
    GapReason.UNREACHABLE,
    "the server has no free connection for this account; scan again later",
)
_DOWN: _Verdict = (
    GapReason.UNREACHABLE,
    "the server could not be reached; check that it is up, and the host and port of the URL",
)
_TLS: _Verdict = (
    GapReason.REFUSED,
    "the server's certificate could not be verified, or it offers no TLS; set ca_file to the "
    "authority that signed it, or verify_tls = false if you accept the risk",
)
_ENCODING: _Verdict = (
    GapReason.UNREADABLE,
    "it holds text that is not in the encoding the store declares",
)
_BROKEN: _Verdict = (GapReason.UNREADABLE, "the store reported an error while it was read")
_NOT_SQLITE: _Verdict = (
    GapReason.UNREADABLE,
    "the file is no SQLite database, or it is encrypted",
)
_DAMAGED: _Verdict = (
    GapReason.UNREADABLE,
    "the database file is damaged; restore it, or check it with PRAGMA integrity_check",
)
_FILE: _Verdict = (
    GapReason.PERMISSION,
    "the database file cannot be opened; check that the account may read it and its folder",
)
_WORDS: _Verdict = (
    GapReason.UNSUPPORTED,
    "the store lacks something that reading it needs: a module, a function or a collation",
)

_SQLSTATES = {
    "28P01": _LOGIN,
    "28000": _LOGIN,
    "3D000": _DATABASE,
    "42501": _PERMISSION,
    "57014": _TIME,
    "25P03": _TIME,
    "55P03": _LOCKED,
    "42P01": _GONE,
    "42703": _GONE,
    "3F000": _GONE,
    "42883": _WORDS,
    "53300": _FULL,
    "22021": _ENCODING,
    "22P05": _ENCODING,
}
_MYSQL_CODES = {
    1045: _LOGIN,
    1698: _LOGIN,
    1049: _DATABASE,
    1044: _PERMISSION,
    1142: _PERMISSION,
    1143: _PERMISSION,
    1227: _PERMISSION,
    1370: _PERMISSION,
    1345: _PERMISSION,
    1969: _TIME,
    3024: _TIME,
    1317: _TIME,
    1205: _LOCKED,
    1146: _GONE,
    1054: _GONE,
    1356: _GONE,
    1040: _FULL,
    1203: _FULL,
    1226: _FULL,
    2003: _DOWN,
    2002: _DOWN,
    2005: _DOWN,
    2006: _LOST,
    2013: _LOST,
    2014: _LOST,
    2055: _LOST,
    2026: _TLS,
}
_SQLITE_NAMES = {
    "SQLITE_INTERRUPT": _TIME,
    "SQLITE_BUSY": _LOCKED,
    "SQLITE_LOCKED": _LOCKED,
    "SQLITE_NOTADB": _NOT_SQLITE,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_CANTOPEN": _FILE,
    "SQLITE_PERM": _FILE,
    "SQLITE_READONLY": _FILE,
    "SQLITE_AUTH": _FILE,
    "SQLITE_IOERR": _DAMAGED,
}
# A failed connection of libpq has no code. English only: other languages fall to _DOWN.
_PHRASES = (
    ("certificate", _TLS),
    ("ssl", _TLS),
    ("password authentication failed", _LOGIN),
    ("no password supplied", _LOGIN),
    ("authentication failed", _LOGIN),
    ("pg_hba.conf", _LOGIN),
    ('role "', _LOGIN),
    ('database "', _DATABASE),
    ("permission denied", _PERMISSION),
    ("too many", _FULL),
    ("remaining connection slots", _FULL),
)
# ADBC passes none of SQLite's codes on.
_SQLITE_PHRASES = (
    ("database is locked", _LOCKED),
    ("interrupted", _TIME),
    ("malformed", _DAMAGED),
    ("disk i/o error", _DAMAGED),
    ("not a database", _NOT_SQLITE),
    ("readonly database", _FILE),
    ("no such table", _GONE),
    ("no such column", _GONE),
    ("no such ", _WORDS),
)


def store_error(error: Exception, *, connecting: bool = False) -> StoreError:
    """Return our error for one of a driver's; raise it ``from None``.

    The sentence does not name the source or asset: the gap it becomes does. ``connecting``: there
    was no connection yet that could have been lost.
    """
    verdict = _verdict(error)
    reason, sentence = _DOWN if connecting and verdict is _LOST else verdict
    return StoreError(sentence, reason.value)


def arrow_error(
    error: Exception, kind: str, *, connecting: bool = False, late: bool = False
) -> StoreError:
    """Return our error for one of ADBC's or Arrow's; raise it ``from None``.

    ``late`` says that the time allowed was over: in the midst of a stream there is no code.
    """
    state = getattr(error, "sqlstate", None)
    text = str(error).lower()
    if kind == "sqlite":
        verdict = next((found for phrase, found in _SQLITE_PHRASES if phrase in text), _BROKEN)
        verdict = _FILE if connecting else verdict
    elif state:
        verdict = _of_state(state)
    elif connecting:
        verdict = next((found for phrase, found in _PHRASES if phrase in text), _DOWN)
    else:
        verdict = _TIME if late else _LOST
    reason, sentence = verdict
    return StoreError(sentence, reason.value)


def encoding_error() -> StoreError:
    """Return the error for text that is not what the store declares."""
    reason, sentence = _ENCODING
    return StoreError(sentence, reason.value)


def connection_lost(error: Exception) -> bool:
    """Tell whether the connection is of no use any more."""
    if isinstance(error, sa.exc.DBAPIError) and error.connection_invalidated:
        return True
    return _verdict(error) in (_LOST, _DOWN)


def _verdict(error: Exception) -> _Verdict:
    if isinstance(error, UnicodeError):
        return _ENCODING
    original: Any = getattr(error, "orig", None)
    if original is None:
        return _BROKEN
    module = type(original).__module__.partition(".")[0]
    if module == "psycopg":
        return _postgresql(original)
    if module == "pymysql":
        return _mysql(original)
    if module == "sqlite3":
        return _sqlite(original)
    return _BROKEN


def _postgresql(original: Any) -> _Verdict:
    if original.sqlstate is not None:
        return _of_state(original.sqlstate)
    if type(original).__name__ == "ConnectionTimeout":
        return _DOWN
    if type(original).__name__ not in ("OperationalError", "InterfaceError"):
        return _BROKEN
    text = str(original).lower()
    if "connection failed" not in text and "connection to server" not in text:
        return _LOST
    return next((verdict for phrase, verdict in _PHRASES if phrase in text), _DOWN)


def _of_state(state: str) -> _Verdict:
    if state in _SQLSTATES:
        return _SQLSTATES[state]
    return _LOST if state[:2] in ("08", "57") else _BROKEN


def _mysql(original: Any) -> _Verdict:
    # PyMySQL wraps what the socket raised.
    if isinstance(getattr(original, "original_exception", None), ssl.SSLError):
        return _TLS
    code = original.args[0] if original.args else None
    if code == 0 and type(original).__name__ == "InterfaceError":
        return _LOST
    return _MYSQL_CODES.get(code, _BROKEN) if isinstance(code, int) else _BROKEN


def _sqlite(original: Any) -> _Verdict:
    name: str = getattr(original, "sqlite_errorname", "")
    for known, verdict in _SQLITE_NAMES.items():
        if name == known or name.startswith(known + "_"):
            return verdict
    text = str(original)
    if text.startswith(("no such table", "no such column")):
        return _GONE
    return _WORDS if text.startswith("no such ") else _BROKEN
