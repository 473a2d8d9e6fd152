"""Write a tree as an RE2 expression that matches wherever the original does, and maybe elsewhere.

Two forms. *Tight* is for ASCII text looked at as a whole: word boundaries, anchors and what may
not stand beside a match are kept. *Loose* is for all other text, and for recognizers that look at
parts of a text: it knows no edges, so what matches in a part matches in the whole.
"""

from collections.abc import Iterator

from scanner.detect.screen.tree import (
    Alt,
    Chars,
    Edge,
    Look,
    Node,
    Repeat,
    Seq,
    alt,
    render_class,
    seq,
)

# The largest count that is kept; the next is tried when RE2 refuses the size. Larger ones cost more
# than they save: "[13][0-9a-z]{25}" on hexadecimal text drives RE2 through a new state a byte.
_LIMITS = (12, 4, 1)
_PATTERNS = 60  # branches that are compared with each other; a deny list has thousands
_LONGEST = 200_000  # characters of an expression


def forms(trees: tuple[Node, ...], *, tight: bool) -> Iterator[str]:
    """Yield RE2 expressions for "one of the trees matches", the most exact first.

    When all are too long there is none: then counts must do.
    """
    whole = alt(list(trees))
    if not tight:
        whole = _without_edges(whole)
    whole = _fewer(_trim(_trim(whole, first=True), first=False))
    for limit in _LIMITS:
        text = _write(whole, limit, tight)
        if len(text) <= _LONGEST:
            yield text


def _without_edges(node: Node) -> Node:
    """Drop every place between characters and every look-around."""
    if isinstance(node, (Edge, Look)):
        return Seq(())
    if isinstance(node, Seq):
        return seq([_without_edges(part) for part in node.parts])
    if isinstance(node, Alt):
        return alt([_without_edges(part) for part in node.parts])
    if isinstance(node, Repeat):
        return Repeat(_without_edges(node.node), node.least, node.most)
    return node


def _trim(node: Node, *, first: bool) -> Node:
    """Shorten a repeat at an end to its least: whether there is a match does not depend on more.

    An edge at that end stops it: beyond an edge the number of repeats matters.
    """
    if isinstance(node, Alt):
        return alt([_trim(part, first=first) for part in node.parts])
    if isinstance(node, Repeat):
        if node.least > 1:
            return Repeat(node.node, node.least, node.least)
        return _trim(node.node, first=first) if node.least else Seq(())
    if not isinstance(node, Seq):
        return Seq(()) if isinstance(node, Look) else node
    parts = list(node.parts)
    while parts:
        end = 0 if first else len(parts) - 1
        shorter = _trim(parts[end], first=first)
        if shorter != Seq(()):
            parts[end] = shorter
            break
        del parts[end]
    return seq(parts)


def _fewer(node: Node) -> Node:
    """Drop branches that cannot match where no other branch does."""
    if not isinstance(node, Alt) or len(node.parts) > _PATTERNS:
        return node
    kept = list(node.parts)
    for part in node.parts:
        if any(other is not part and _covers(other, part) for other in kept):
            kept.remove(part)
    return alt(kept)


def _covers(one: Node, two: Node) -> bool:
    """Tell whether each match of ``two`` surely contains a match of ``one``."""
    short = one.parts if isinstance(one, Seq) else (one,)
    long = two.parts if isinstance(two, Seq) else (two,)
    return any(
        all(
            part == mine or (place in (0, len(short) - 1) and _ends_with(part, mine))
            for place, (part, mine) in enumerate(zip(long[start:], short, strict=False))
        )
        for start in range(len(long) - len(short) + 1)
    )


def _ends_with(part: Node, mine: Node) -> bool:
    """Tell whether ``part``, a repeat, begins and ends with ``mine``."""
    if not isinstance(part, Repeat):
        return False
    if isinstance(mine, Repeat):
        return mine.node == part.node and mine.least == mine.most and mine.least <= part.least
    return part.least > 0 and part.node == mine


def _write(node: Node, limit: int, tight: bool) -> str:
    if isinstance(node, Chars):
        return render_class(node.mask, beyond=node.beyond and not tight)
    if isinstance(node, Edge):
        return node.text
    if isinstance(node, Seq):
        return "".join(_write(part, limit, tight) for part in node.parts)
    if isinstance(node, Alt):
        return f"(?:{'|'.join(_write(part, limit, tight) for part in node.parts)})"
    if isinstance(node, Look):
        return ""
    return _repeat(node, limit, tight)


def _repeat(node: Repeat, limit: int, tight: bool) -> str:
    text = _write(node.node, limit, tight)
    if not text:
        return ""
    if node.least == node.most == 1:
        return text
    if not isinstance(node.node, (Alt, Chars)):
        text = f"(?:{text})"
    least, most = min(node.least, limit), node.most
    if most is None or most > limit:
        return text + {0: "*", 1: "+"}.get(least, f"{{{least},}}")
    if (least, most) == (0, 1):
        return text + "?"
    return f"{text}{{{least}}}" if least == most else f"{text}{{{least},{most}}}"
