"""Finds hosts and cookies of third parties in the values of fields.

Most values hold none, so they are screened first, all at once: only what holds a known host is
taken apart. What is returned names vendors, fields and counts, and no value.
"""

import functools
import re
from collections.abc import Iterable
from typing import Any

from scanner.model import Asset, Destination, Kind, Values
from scanner.recipients.vendors import vendors

_TEXTUAL = frozenset({Kind.TEXT, Kind.MESSAGE, Kind.OTHER, Kind.JSON})
_MOST = 2000  # values of one part of a field that are taken apart
# Where somebody came from or what he asked for says nothing of where data goes.
_IN_REQUESTS = frozenset(
    {"referer", "referrer", "agent", "useragent", "request", "origin", "email", "mail", "mailbox"}
)
_COOKIES = frozenset({"cookie", "cookies"})
_HOST = r"((?:[a-z0-9_-]{1,63}\.){1,8}[a-z]{2,18})(?![a-z0-9_-]|\.[a-z0-9])"
_IN_URL = re.compile(rf"[a-z][a-z0-9+.-]{{1,20}}://(?:[^\s/@\"'<>]{{0,200}}@)?{_HOST}")
_BARE = re.compile(rf"(?<![a-z0-9.@_/-]){_HOST}")
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_PAIR = re.compile(r"(?:^|[;,\s\"'])([\w.$-]{2,80})(?==|$)")
_PATH = 20  # characters after a host that may name a path


class Destinations:
    """Gathers the destinations of one asset. ``hosts``: further host suffixes and whose they are.

    The suffixes of declared parties come first: what is theirs is no unknown third party.
    """

    def __init__(self, asset: Asset, hosts: Iterable[tuple[str, str]] = ()) -> None:
        self._configured = asset.type in ("settings", "page") or _about_settings(asset)
        self._known = _Known.of(tuple(hosts))
        self._found: dict[tuple[str, str, str, str], int] = {}

    def add(self, values: Values) -> None:
        """Look at one part of a field."""
        field = values.field
        words = _words(field.name)
        if field.kind not in _TEXTUAL or _IN_REQUESTS & words:
            return
        if _COOKIES & words:
            self._cookies(values)
            return
        if not values.values:
            return
        rows = self._known.rows(values)
        for row in rows[:_MOST]:
            text = values.values[row].lower()
            self._hosts(field.name, text, int(values.counts[row]))

    def _hosts(self, field: str, text: str, count: int) -> None:
        told = set()
        for pattern, how in ((_IN_URL, "url"), (_BARE, "host")):
            for match in pattern.finditer(text[:20_000]):
                whose = self._known.whose(match[1], text[match.end() : match.end() + _PATH])
                if whose and whose not in told:
                    told.add(whose)
                    self._put(field, *whose, how, count)

    def _cookies(self, values: Values) -> None:
        """Look for names of cookies: whole values, or the pairs of a header."""
        for row, value in enumerate(values.values[:_MOST]):
            told = set()
            for name in _PAIR.findall(value[:4000]):
                whose = self._known.cookie(name)
                if whose and whose not in told:
                    told.add(whose)
                    self._put(values.field.name, whose, name, "cookie", int(values.counts[row]))

    def _put(self, field: str, party: str, suffix: str, how: str, count: int) -> None:
        if how == "cookie":
            suffix = ""  # a cookie's name may hold an id
        key = (field, party, suffix, how)
        self._found[key] = self._found.get(key, 0) + count

    def found(self) -> tuple[Destination, ...]:
        """Return what was found, sorted by field and party."""
        return tuple(
            Destination(field, party, suffix, how, count, self._configured)
            for (field, party, suffix, how), count in sorted(self._found.items())
        )


def _about_settings(asset: Asset) -> bool:
    """Tell whether the name of an asset says that it keeps settings."""
    last = asset.path.rpartition("/")[2]
    return bool({"settings", "config", "configuration", "options", "webhooks"} & _words(last))


def _words(name: str) -> set[str]:
    return {word.lower() for word in _WORDS.findall(name)}


class _Known:
    """Host suffixes with whose they are, ready for matching."""

    def __init__(self, hosts: tuple[tuple[str, str], ...]) -> None:
        self._suffixes: dict[str, list[tuple[str, str, str]]] = {}
        for suffix, party in hosts:
            self._put(suffix.lower().lstrip("*."), f"party:{party}")
        for one in vendors():
            for suffix in one.hosts:
                self._put(suffix, one.id)
        self._screen = "|".join(sorted({re.escape(host) for host in self._suffixes}))
        self._cookies = {c: one.id for one in vendors() for c in one.cookies if "*" not in c}
        self._patterns = [
            (re.compile(re.escape(c).replace(r"\*", ".*")), one.id)
            for one in vendors()
            for c in one.cookies
            if "*" in c
        ]

    @staticmethod
    @functools.lru_cache(maxsize=8)
    def of(hosts: tuple[tuple[str, str], ...]) -> "_Known":
        """Return the suffixes of vendors and of these; built once for each set."""
        return _Known(hosts)

    def _put(self, suffix: str, party: str) -> None:
        host, slash, path = suffix.partition("/")
        if host:
            self._suffixes.setdefault(host, []).append((slash + path, party, suffix))

    def rows(self, values: Values) -> list[int]:
        """Return the indices of the values that may hold a known host."""
        import pyarrow as pa
        import pyarrow.compute as pc

        array: pa.StringArray | Any = values.array
        if array is None:
            array = pa.array(values.values, pa.string())
        # Every known host has a dot between letters; most values of most fields have none.
        if not pc.any(pc.match_substring(array, ".")).as_py():
            return []
        may = pc.match_substring_regex(array, self._screen, ignore_case=True)
        return [int(row) for row in pc.indices_nonzero(may).to_pylist()]

    def whose(self, host: str, path: str) -> tuple[str, str] | None:
        """Return the party of a host, and the suffix by which it is known: the longest wins."""
        labels = host.split(".")
        vendor = None
        for at in range(len(labels) - 1):
            for wanted, party, suffix in self._suffixes.get(".".join(labels[at:]), ()):
                if path.startswith(wanted):
                    if party.startswith("party:"):  # the record's word counts for all below it
                        return party, suffix
                    vendor = vendor or (party, suffix)
        return vendor

    def cookie(self, name: str) -> str:
        """Return the vendor of a cookie; empty when it is nobody's that is known."""
        if found := self._cookies.get(name):
            return found
        return next((id_ for pattern, id_ in self._patterns if pattern.fullmatch(name)), "")
