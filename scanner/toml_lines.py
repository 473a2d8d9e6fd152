"""Find the line of a table or key in the text of a TOML file, for messages.

The parser of the standard library keeps no positions. Messages need them only when something is
wrong, so the text is then searched once more.
"""

import functools
import re

Place = tuple[tuple[str, int], ...]
"""A way to a table: names with the number among its like, or -1 for a single table."""

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w\-.\"' ]+?)\s*\]\]?\s*(?:#.*)?$")


def line_of(text: str, place: Place, key: str = "") -> int:
    """Return the line (from 1) of a key, else of its table's header, else of the table around.

    0 when nothing is found, as for inline tables of the first level.
    """
    if not text:
        return 0
    headers = _headers(text)
    own = headers.get((*place, (key, 0))) or headers.get((*place, (key, -1)))
    if own:
        return own
    for depth in range(len(place), -1, -1):
        start = headers.get(place[:depth])
        if start is None:
            continue
        wanted = key if depth == len(place) else place[depth][0]
        return _key_line(text, start, wanted) or start
    return 0


def _key_line(text: str, start: int, key: str) -> int:
    if not key:
        return 0
    pattern = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]")
    for number, line in enumerate(text.split("\n")[start:], start + 1):
        if _HEADER.match(line):
            named = re.match(rf"\s*\[\[?\s*(?:[^\]]*\.)?{re.escape(key)}\s*\]", line)
            return number if named else 0
        if pattern.match(line):
            return number
    return 0


@functools.lru_cache(maxsize=4)
def _headers(text: str) -> dict[Place, int]:
    found: dict[Place, int] = {(): 0}
    counts: dict[tuple[Place, str], int] = {}
    quote = ""
    for number, line in enumerate(text.split("\n"), 1):
        inside = bool(quote)
        quote = _open_quote(line, quote)
        match = None if inside else _HEADER.match(line)
        if not match:
            continue
        *parents, last = (part.strip().strip("\"'") for part in match[2].split("."))
        at: Place = ()
        for name in parents:
            at = (*at, (name, counts.get((at, name), 0) - 1))
        if match[1] == "[[":
            counts[at, last] = counts.get((at, last), 0) + 1
            found[*at, (last, counts[at, last] - 1)] = number
        else:
            found[*at, (last, -1)] = number
    return found


def _open_quote(line: str, quote: str) -> str:
    for mark in re.findall(r'"""|\'\'\'', line):
        if not quote:
            quote = mark
        elif mark == quote:
            quote = ""
    return quote
