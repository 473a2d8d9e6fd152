"""Makers that take arguments (``of`` and others), and the one list of all makers.

A factory gets the field and the hand and returns what draws one value for each row; it raises
:class:`WorldError` with the reason when the arguments make no sense.
"""

import difflib
import json
import math
import re
import string
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from . import national, simple, technical
from .base import Draw, Hand, Made, Simple, WorldError
from .model import Column

Factory = Callable[[Column, Hand], Draw]
_NAME = re.compile(r"\{\{|\}\}|\{(\w+)\}")


def named(name: str) -> Simple:
    """Return the simple maker of a name.

    Raises:
        WorldError: There is none.
    """
    if name in simple.MAKERS:
        return simple.MAKERS[name]
    raise WorldError(f"unknown maker {name!r}{near(name, simple.MAKERS)}")


def near(name: str, known: Any) -> str:
    """Return a hint to the known name that is most like this one."""
    close = difflib.get_close_matches(name, list(known), 1, 0.6)
    return f"; did you mean {close[0]!r}?" if close else ""


def _list(column: Column, least: int = 1) -> list[Any]:
    if not isinstance(column.of, list) or len(column.of) < least:
        raise WorldError(f"make = {column.make!r} needs of = [...] with {least} or more parts")
    return column.of


def _serial(column: Column, _hand: Hand) -> Draw:
    start = 1 if column.of is None else column.of
    if not isinstance(start, int):
        raise WorldError("make = 'serial' takes of = the first number")
    return lambda row: start + row


def _integer(column: Column, hand: Hand) -> Draw:
    low, high = (*_list(column, 2), None)[:2]
    if not isinstance(low, int) or not isinstance(high, int) or low > high:
        raise WorldError("make = 'integer' needs of = [low, high], two whole numbers")
    return lambda _row: hand.rng.randint(low, high)


def _number(column: Column, hand: Hand) -> Draw:
    low, high, places = (*_list(column, 2), 2)[:3]
    if not all(isinstance(n, int | float) for n in (low, high)) or not isinstance(places, int):
        raise WorldError("make = 'number' needs of = [low, high, decimals]")
    return lambda _row: round(hand.rng.uniform(low, high), places)


def _boolean(column: Column, hand: Hand) -> Draw:
    share = 0.5 if column.of is None else column.of
    if not isinstance(share, int | float):
        raise WorldError("make = 'boolean' takes of = the share of 1")
    return lambda _row: int(hand.rng.random() < share)


def _choice(column: Column, hand: Hand) -> Draw:
    values = _list(column)
    weights = column.options.get("weights")
    if weights is not None and len(weights) != len(values):
        raise WorldError(f"{len(weights)} weights for {len(values)} values")
    return lambda _row: hand.rng.choices(values, weights)[0]


def _cycle(column: Column, _hand: Hand) -> Draw:
    values = _list(column)
    return lambda row: values[row % len(values)]


_SIGNS = {
    "A": string.ascii_uppercase,
    "a": string.ascii_lowercase,
    "9": string.digits,
    "X": "0123456789ABCDEF",
    "x": "0123456789abcdef",
    "*": string.ascii_uppercase + string.digits,
}


def _pattern(column: Column, hand: Hand) -> Draw:
    if not isinstance(column.of, str) or not column.of:
        raise WorldError("make = 'pattern' needs of = a pattern such as 'AAA-9999'")
    parts: list[tuple[str, str]] = []  # signs to draw from, or one literal sign
    signs = iter(column.of)
    for sign in signs:
        literal = next(signs, "\\") if sign == "\\" else ""
        parts.append(("", literal) if literal else (_SIGNS.get(sign, ""), sign))
    return lambda _row: "".join(hand.rng.choice(of) if of else literal for of, literal in parts)


def _day(text: object) -> date:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        raise WorldError(f"{text!r} is no ISO date") from None


def _moments(column: Column, hand: Hand) -> Callable[[], datetime]:
    first, last = (_day(text) for text in (*_list(column, 2), None)[:2])
    if first > last:
        raise WorldError(f"{first} is after {last}")
    return lambda: simple.moment(hand, first, last)


def _formatted(usual: str) -> Factory:
    def factory(column: Column, hand: Hand) -> Draw:
        draw, form = _moments(column, hand), column.options.get("format", usual)
        return lambda _row: draw().strftime(form)

    return factory


def _epoch(column: Column, hand: Hand) -> Draw:
    draw, unit = _moments(column, hand), column.options.get("unit", "s")
    scale = {"s": 1, "ms": 1000, "us": 1_000_000}.get(unit)
    if scale is None:
        raise WorldError(f"unit = {unit!r}: it is s, ms or us")

    def make(_row: int) -> int:
        seconds = int(draw().replace(tzinfo=UTC).timestamp())
        return seconds * scale + hand.rng.randrange(scale)

    return make


def _birth_date(column: Column, hand: Hand) -> Draw:
    form = column.options.get("format", "%Y-%m-%d")
    return lambda _row: national.birth(hand).strftime(form)


def filled(text: str, hand: Hand) -> Callable[[], str]:
    """Return what fills the ``{maker}`` of a text; ``{{`` and ``}}`` are literal braces."""
    makers = {name: named(name) for name in _NAME.findall(text) if name}

    def one(match: re.Match[str]) -> str:
        return str(makers[match[1]](hand)) if match[1] else match[0][0]

    return lambda: _NAME.sub(one, text)


def _template(column: Column, hand: Hand) -> Draw:
    texts = [column.of] if isinstance(column.of, str) else _list(column)
    draws = [filled(str(text), hand) for text in texts]
    return lambda _row: hand.rng.choice(draws)()


def _faker(column: Column, hand: Hand) -> Draw:
    method, arguments = (column.of, {}) if isinstance(column.of, str) else (*_list(column), {})[:2]
    found = getattr(hand.fake, str(method), None)
    if found is None:
        raise WorldError(f"Faker has no {method!r} for {hand.locale}{near(method, dir(hand.fake))}")
    return lambda _row: _plain(found(**arguments))


def _plain(value: Any) -> Made:
    """Return a value as SQLite can hold it."""
    if isinstance(value, float) and math.isfinite(value):
        return value
    if isinstance(value, int | None):
        return value
    return ", ".join(str(value).splitlines())


def _hash(column: Column, hand: Hand) -> Draw:
    make = technical.HASHES.get(column.of or "")
    if make is None:
        raise WorldError(f"of = {column.of!r}: it is {', '.join(technical.HASHES)}")
    return lambda _row: make(hand)


def _tree(node: Any, hand: Hand) -> Callable[[], Any]:
    """Return what makes one JSON value: a maker's name, a template or a literal number."""
    if isinstance(node, dict):
        branches = {key: _tree(value, hand) for key, value in node.items()}
        return lambda: {key: make() for key, make in branches.items()}
    if isinstance(node, list):
        items = [_tree(value, hand) for value in node]
        return lambda: [make() for make in items]
    if not isinstance(node, str):
        return lambda: node
    if "{" in node:
        return filled(node, hand)
    make = named(node)
    return lambda: make(hand)


def _json(column: Column, hand: Hand) -> Draw:
    if not isinstance(column.of, dict | list):
        raise WorldError("make = 'json' needs of = {key = 'maker', ...}")
    tree = _tree(column.of, hand)
    return lambda _row: json.dumps(tree(), ensure_ascii=False)


def _joined(column: Column, hand: Hand) -> Draw:
    parts = _list(column, 3)
    makers = [named(part) for part in parts[::2]]

    def make(_row: int) -> str:
        values = [str(make(hand)) for make in makers]
        separators = [*map(str, parts[1::2]), ""]
        return "".join(v + s for v, s in zip(values, separators, strict=False))

    return make


FACTORIES: dict[str, Factory] = {
    "serial": _serial,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "choice": _choice,
    "cycle": _cycle,
    "pattern": _pattern,
    "date": _formatted("%Y-%m-%d"),
    "datetime": _formatted("%Y-%m-%d %H:%M:%S"),
    "epoch": _epoch,
    "birth_date": _birth_date,
    "template": _template,
    "faker": _faker,
    "hash": _hash,
    "json": _json,
    "joined": _joined,
}


def drawing(column: Column, hand: Hand) -> Draw:
    """Return what draws a field's values, one a row.

    Raises:
        WorldError: There is no such maker, or its arguments make no sense.
    """
    make = "uuid4" if column.make == "uuid" else column.make
    plain = column.of is None and "format" not in column.options
    if make in simple.MAKERS and (plain or make not in FACTORIES):
        one = simple.MAKERS[make]
        return lambda _row: one(hand)
    if make in FACTORIES:
        return FACTORIES[make](column, hand)
    raise WorldError(f"unknown maker {make!r}{near(make, {*simple.MAKERS, *FACTORIES, 'row'})}")
