"""Words for messages: quoting, the nearest right spelling, and the names of types."""

import difflib
import re
from collections.abc import Collection, Iterable
from datetime import date, datetime

_QUOTED = 60

_WORDS: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),
    (str, "a text"),
    (int, "a whole number"),
    (float, "a number"),
    (datetime, "a date with a time"),
    (date, "a date"),
    (list, "a list"),
    (dict, "a table"),
)


def quoted(text: str) -> str:
    """Return a text for a message: in quotes, on one line, cut when long."""
    flat = "".join(char if char.isprintable() else "?" for char in text)
    return f'"{flat[:_QUOTED]}…"' if len(flat) > _QUOTED else f'"{flat}"'


def nearest(
    word: str, options: Iterable[str], cutoff: float = 0.6, *, beginnings: bool = True
) -> tuple[str, ...]:
    """Return the option whose spelling is nearest to a word: none, one, or two that tie.

    Without ``beginnings``, an option that only begins with the word is not near.
    """
    plain = {_plain(option): option for option in sorted(options)}
    wanted = _plain(word)
    found = difflib.get_close_matches(wanted, list(plain), 2, cutoff)
    if not found and beginnings and len(wanted) >= 3:
        found = [option for option in plain if option.startswith(wanted)][:1]
    if len(found) == 2 and _likeness(wanted, found[0]) > _likeness(wanted, found[1]):
        found = found[:1]
    return tuple(plain[option] for option in found)


def _likeness(word: str, option: str) -> float:
    return difflib.SequenceMatcher(None, option, word).ratio()


def _plain(word: str) -> str:
    return re.sub(r"[\s-]+", "_", word.strip().lower())


def hint(word: str, options: Collection[str]) -> str:
    """Return the end of a sentence: the nearest spelling, else a short list of what there is."""
    near = nearest(word, options)
    if near:
        return f"did you mean {' or '.join(map(quoted, near))}?"
    if not options:
        return "there is none."
    names = sorted(options)
    if len(names) == 1:
        return f"there is only {quoted(names[0])}."
    more = f" and {len(names) - 15} more" if len(names) > 15 else ""
    return f"write one of: {', '.join(names[:15])}{more}."


def type_word(value: object) -> str:
    """Name the TOML type of a value for people."""
    return next((word for kind, word in _WORDS if isinstance(value, kind)), "a time")
