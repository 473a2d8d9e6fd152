"""What an expression is made of, as far as a screen needs to know."""

import functools
from dataclasses import dataclass
from typing import TypeAlias

ASCII = (1 << 128) - 1


@dataclass(frozen=True, slots=True)
class Chars:
    """One character: bit n of ``mask`` for ASCII character n; ``beyond`` for any other."""

    mask: int
    beyond: bool


@dataclass(frozen=True, slots=True)
class Seq:
    """One after the other."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Alt:
    """One of several."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """At least ``least`` and at most ``most`` times; None is without end. ``lazy``: few first."""

    node: "Node"
    least: int
    most: int | None
    lazy: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """A look-around: what must, or must not, stand after (``ahead``) or before."""

    node: "Node"
    ahead: bool
    positive: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """A place between characters, written as RE2 writes it for ASCII text."""

    text: str


Node: TypeAlias = Chars | Seq | Alt | Repeat | Look | Edge
EMPTY = Seq(())


def seq(parts: list[Node]) -> Node:
    """Join parts, sequences within them dissolved."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Seq) else (part,))
    return flat[0] if len(flat) == 1 else Seq(tuple(flat))


def alt(parts: list[Node]) -> Node:
    """Choose between parts, equal ones once."""
    distinct = tuple(dict.fromkeys(parts))
    return distinct[0] if len(distinct) == 1 else Alt(distinct)


def outward(node: Node) -> Node:
    """Take the look-arounds at the two ends as text that is matched with the rest.

    Whether an expression matches somewhere does not change by that; where it matches does.
    """
    if isinstance(node, Alt):
        return alt([outward(part) for part in node.parts])
    parts: list[Node] = list(node.parts) if isinstance(node, Seq) else [node]
    if parts:
        parts[0] = _outward(parts[0], ahead=False)
        parts[-1] = _outward(parts[-1], ahead=True)
    return seq(parts)


def _outward(node: Node, *, ahead: bool) -> Node:
    """Turn a look-around that points outward into what it looks at."""
    if not isinstance(node, Look) or node.ahead is not ahead:
        return node
    if node.positive:
        return node.node
    if isinstance(node.node, Chars):
        rest = render_class(ASCII & ~node.node.mask, beyond=False)
        return Edge(f"(?:{rest}|\\z)" if ahead else f"(?:\\A|{rest})")
    return EMPTY


@functools.lru_cache(maxsize=4096)
def render_class(mask: int, *, beyond: bool) -> str:
    """Write a set of characters for RE2; an empty set matches nothing."""
    if mask.bit_count() == 1 and not beyond:
        return _char(mask.bit_length() - 1)
    ranges: list[str] = []
    code = 0
    while code < 128:
        if not mask >> code & 1:
            code += 1
            continue
        first = code
        while code < 128 and mask >> code & 1:
            code += 1
        ranges.append(_range(first, code - 1))
    if beyond:
        ranges.append(r"\x{80}-\x{10FFFF}")
    if not ranges:
        return r"[^\x00-\x{10FFFF}]"
    return f"[{''.join(ranges)}]"


def _range(first: int, last: int) -> str:
    start, end = _char(first), _char(last)
    return start if first == last else start + end if last == first + 1 else f"{start}-{end}"


def _char(code: int) -> str:
    char = chr(code)
    return char if char.isalnum() else f"\\x{code:02x}"
