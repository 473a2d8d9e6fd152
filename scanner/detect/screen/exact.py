"""Write a tree as an RE2 expression that matches the same text at the same places.

RE2 takes the leftmost match and the first alternative as Python's engines do, so on ASCII text its
matches are theirs, one by one. Look-arounds, for which RE2 has no word, are left out, so that its
matches have to be tried by the original; references and possessive repeats have no such form, and
neither has a tree that can match nothing at all, where the engines
differ in how they go on.
"""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from scanner.detect.screen.counts import least
from scanner.detect.screen.parse import Reading
from scanner.detect.screen.tree import (
    ASCII,
    Alt,
    Chars,
    Edge,
    Look,
    Node,
    Repeat,
    Seq,
    render_class,
)

# A larger bound is opened: on a text no longer than the bound it says nothing.
_OPEN = 100
_LONGEST = 200_000  # characters of an expression


@dataclass(frozen=True, slots=True)
class Exact:
    """An RE2 expression that finds what the original finds in ASCII texts.

    ``sure``: and nothing else. Otherwise it has no look-arounds, which the original has: where the
    original matches it does, maybe with another end, and maybe elsewhere.

    ``most`` is the smallest bound that was opened; in longer texts the same holds where no run of
    the characters in ``opened`` (bit n for ASCII character n) is longer than that.
    """

    expression: str
    sure: bool
    most: int
    opened: int
    used: int  # the characters that some part matches which matches nothing beyond ASCII


def exact_form(reading: Reading, most: int) -> Exact | None:
    """Return the exact form of an expression for texts up to ``most`` bytes, if it has one."""
    if not reading.exact or _may_be_empty(reading.tree):
        return None
    writer = _Writer(most)
    text = writer.write(reading.tree)
    if writer.failed or len(text) > _LONGEST:
        return None
    try:
        pc.match_substring_regex(pa.array([""]), text)
    except pa.ArrowInvalid:
        return None
    return Exact(text, not reading.looks, writer.most, writer.opened, writer.used)


def _may_be_empty(node: Node) -> bool:
    return any(vector[-1] == 0 for vector in least(node))


class _Writer:
    """Writes a tree, and collects what :class:`Exact` tells besides."""

    def __init__(self, most: int) -> None:
        self.most, self.failed = most, False
        self.opened = self.used = 0

    def write(self, node: Node) -> str:
        if isinstance(node, Chars):
            self.used |= 0 if node.beyond else node.mask
            return render_class(node.mask, beyond=False)
        if isinstance(node, Edge):
            return node.text
        if isinstance(node, Seq):
            return "".join(map(self.write, node.parts))
        if isinstance(node, Alt):
            return f"(?:{'|'.join(map(self.write, node.parts))})"
        return self._repeat(node) if isinstance(node, Repeat) else ""

    def _repeat(self, node: Repeat) -> str:
        if isinstance(node.node, Look):
            self.failed = True
        if node.most is None or node.most > 1:
            self.failed |= _may_be_empty(node.node)
        most = node.most
        if most is not None and most >= _OPEN > node.least:
            self.most, most = min(self.most, most), None
            self.opened |= node.node.mask if isinstance(node.node, Chars) else ASCII
        self.failed |= node.least >= _OPEN
        text = self.write(node.node)
        if not isinstance(node.node, (Alt, Chars)):
            text = f"(?:{text})"
        if most is None:
            text += {0: "*", 1: "+"}.get(node.least, f"{{{node.least},}}")
        elif node.least == most:
            return f"{text}{{{most}}}"
        else:
            text += "?" if (node.least, most) == (0, 1) else f"{{{node.least},{most}}}"
        return text + "?" if node.lazy else text
