"""Read a regular expression of Python's ``re`` or of ``regex`` into a tree.

Only what both engines read alike, and what is surely understood, is accepted; everything else
(fuzzy matching, recursion, conditions, set operations) is refused, so that a recognizer with it
is run on every value instead of being screened wrongly.
"""

import re
from dataclasses import dataclass

from scanner.detect.screen.alphabet import ENGINES, UnscreenableError, ascii_mask
from scanner.detect.screen.tree import EMPTY, Chars, Edge, Look, Node, Repeat, alt, seq

_I, _M, _S, _U, _V0 = 2, 8, 16, 32, 0x2000  # the same numbers in both engines
_KNOWN = {"re": _I | _M | _S | _U, "regex": _I | _M | _S | _U | _V0}
_LETTERS = {"i": _I, "m": _M, "s": _S, "u": _U}
_DEPTH = 60  # groups within groups; deeper ones are refused rather than recursed into
_QUANTIFIER = re.compile(r"\{(?:(\d{1,5})(?:(,)(\d{1,5})?)?|,(\d{1,5}))\}", re.ASCII)
_INLINE = re.compile(r"\?([imsu]+)\)")
_SCOPED = re.compile(r"\?([imsu]*)(?:-([ims]+))?:")
_NAMED = re.compile(r"\?P?<([A-Za-z_]\w*)>")
_LOOKS = {"?=": (True, True), "?!": (True, False), "?<=": (False, True), "?<!": (False, False)}
_CODE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[pP]\{\^?[\w ]+\})")
# Escapes of a set that add nothing beyond ASCII but decimal digits.
_PLAIN = re.compile(r"\[(?!\^)(?:[^\\\x80-\U0010ffff]|\\[dtnrfv !-/:-@\[-`{-~])*\]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression says; ``exact``: the tree says all of it, nothing was left out.

    ``looks``: it has look-arounds. ``beyond`` has the sources and flags of the atoms that can match
    a character beyond ASCII.
    """

    tree: Node
    exact: bool
    looks: bool = False
    beyond: frozenset[tuple[str, int]] = frozenset()


def parse(source: str, flags: int, engine: str) -> Node:
    """Return the tree of an expression; see :func:`read`."""
    return read(source, flags, engine).tree


def read(source: str, flags: int, engine: str) -> Reading:
    """Read an expression that ``engine`` (``re`` or ``regex``) runs with ``flags``.

    Raise UnscreenableError, with what was met, when it cannot be read surely.
    """
    if flags & ~_KNOWN[engine]:
        raise UnscreenableError("flags beyond ignore case, multiline and dot-all")
    if engine == "regex" and ENGINES[engine].DEFAULT_VERSION != _V0 and not flags & _V0:
        raise UnscreenableError("another default version of regex")
    while True:
        parser = _Parser(source, flags & (_I | _M | _S), engine)
        tree = parser.whole()
        more = parser.inline & ~flags
        if not more:
            found = Reading(tree, parser.exact, parser.looks, frozenset(parser.beyond))
            return found if found.exact else _of_variants(source, flags, engine) or found
        flags |= more  # a flag inside counts for all: read again with it


# "[0-9]{2}([:-])...\\1": signs and counts of one width, then a group of a few signs.
_CHOICE = re.compile(r"((?:\\[bdw]|\[[^\]\\]+\]|\{\d+\})*)\(\[([^\]\\\w^]{2,4})\]\)(.*\\1.*)", re.S)


def _of_variants(source: str, flags: int, engine: str) -> Reading | None:
    """Read an expression with a reference to a choice of signs as one expression for each sign.

    The sign stands at one distance from the start, so no two of them match at the same place.
    """
    found = _CHOICE.fullmatch(source)
    if found is None or "|" in re.sub(r"\[[^\]]*\]|\([^()]*\)", "", source):
        return None
    signs = found[2].strip("-") + "-" * ("-" in found[2])
    if "-" in found[2].strip("-"):
        return None  # a range
    readings = [read(f"{found[1]}({re.escape(sign)}){found[3]}", flags, engine) for sign in signs]
    if not all(reading.exact for reading in readings):
        return None
    return Reading(
        alt([reading.tree for reading in readings]),
        exact=True,
        looks=any(reading.looks for reading in readings),
        beyond=frozenset().union(*(reading.beyond for reading in readings)),
    )


class _Parser:
    """A position in an expression, and the groups met so far."""

    def __init__(self, source: str, flags: int, engine: str) -> None:
        self.source, self.flags, self.engine = source, flags, engine
        self.at = self.depth = self.inline = 0
        self.exact, self.looks = True, False
        self.beyond: set[tuple[str, int]] = set()
        self.groups: list[Node | None] = []
        self.names: dict[str, int] = {}

    def whole(self) -> Node:
        tree = self.choice(self.flags)
        if self.at < len(self.source):
            raise UnscreenableError("a closing bracket without an opening one")
        return tree

    def take(self, text: str) -> bool:
        """Step over a text if it stands here."""
        if not self.source.startswith(text, self.at):
            return False
        self.at += len(text)
        return True

    def choice(self, flags: int) -> Node:
        branches = [self.branch(flags)]
        while self.take("|"):
            branches.append(self.branch(flags))
        return alt(branches)

    def branch(self, flags: int) -> Node:
        parts: list[Node] = []
        while self.at < len(self.source) and self.source[self.at] not in "|)":
            parts.append(self.quantified(self.atom(flags)))
        return seq(parts)

    def quantified(self, node: Node) -> Node:
        """Read what follows an atom: how often; lazy and possessive match no other texts."""
        counts = self.counts()
        if counts is None:
            return node
        lazy = self.take("?")
        if not lazy and self.take("+"):
            self.exact = False  # possessive
        if self.counts() is not None:
            raise UnscreenableError("a repeat of a repeat")
        least, most = counts
        if most is not None and most < least:
            raise UnscreenableError("a repeat that ends before it begins")
        if isinstance(node, Edge):
            self.exact = False
            return EMPTY
        return Repeat(node, least, most, lazy)

    def counts(self) -> tuple[int, int | None] | None:
        for sign, counts in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self.take(sign):
                return counts
        if not self.source.startswith("{", self.at):
            return None
        found = _QUANTIFIER.match(self.source, self.at)
        if not found:
            raise UnscreenableError("a brace that is no repeat")
        self.at = found.end()
        low, comma, high, only = found.groups()
        least = int(low or 0)
        return least, int(only or high) if only or high else None if comma else least

    def atom(self, flags: int) -> Node:
        char = self.source[self.at]
        if char == "(":
            self.at += 1
            return self.group(flags)
        if char == "[":
            return self.set(flags)
        if char == "\\":
            return self.escape(flags)
        self.at += 1
        if char == "^":
            return Edge("(?m:^)" if flags & _M else r"\A")
        if char == "$":
            self.exact &= bool(flags & _M)  # else also before a last line break
            return Edge("(?m:$)")
        if char in "*+?{":
            raise UnscreenableError("a repeat of nothing")
        if char == ".":
            return self.chars(".", flags, beyond=True)
        return self.chars(re.escape(char), flags, beyond=not char.isascii())

    def chars(self, source: str, flags: int, *, beyond: bool) -> Chars:
        if beyond:
            self.beyond.add((source, flags))
        return Chars(ascii_mask(source, flags, self.engine), beyond)

    def group(self, flags: int) -> Node:
        """Read a group, its opening bracket passed."""
        for text, (ahead, positive) in _LOOKS.items():
            if self.take(text):
                self.looks = True
                return Look(self.inner(flags), ahead, positive)
        if inline := _INLINE.match(self.source, self.at):
            self.at = inline.end()
            self.inline |= sum(_LETTERS[letter] for letter in set(inline[1]))
            return EMPTY
        if scoped := _SCOPED.match(self.source, self.at):
            self.at = scoped.end()
            flags |= sum(_LETTERS[letter] for letter in set(scoped[1]))
            flags &= ~sum(_LETTERS[letter] for letter in set(scoped[2] or ""))
            return self.inner(flags & ~_U)
        if self.take("?>"):
            self.exact = False
            return self.inner(flags)
        if self.take("?P="):
            name, _, _ = self.source[self.at :].partition(")")
            self.at += len(name) + 1
            return self.again(self.names.get(name, 0))
        return self.capture(flags)

    def capture(self, flags: int) -> Node:
        name = _NAMED.match(self.source, self.at)
        if name:
            self.at = name.end()
            if name[1] in self.names:
                raise UnscreenableError("two groups of one name")
            self.names[name[1]] = len(self.groups) + 1
        elif self.source.startswith(("?", "*"), self.at):
            raise UnscreenableError("a group of an unknown kind")
        self.groups.append(None)
        number = len(self.groups)
        node = self.inner(flags)
        self.groups[number - 1] = node
        return node

    def inner(self, flags: int) -> Node:
        self.depth += 1
        if self.depth > _DEPTH:
            raise UnscreenableError(f"groups more than {_DEPTH} deep")
        node = self.choice(flags)
        if not self.take(")"):
            raise UnscreenableError("a group that is not closed")
        self.depth -= 1
        return node

    def again(self, number: int) -> Node:
        """Return what a back-reference can repeat: anything that its group can match."""
        node = self.groups[number - 1] if 0 < number <= len(self.groups) else None
        if node is None:
            raise UnscreenableError("a reference to a group that is not closed yet")
        # A group of one sign matches nothing else the second time.
        self.exact &= isinstance(node, Chars) and not node.beyond and node.mask.bit_count() == 1
        return node

    def escape(self, flags: int) -> Node:
        rest = self.source[self.at : self.at + 2]
        letter = rest[1:]
        if code := _CODE.match(self.source, self.at):
            self.at = code.end()
            return self.chars(code[0], flags, beyond=True)
        self.at += 2
        if letter in ("b", "B", "A", "Z", "z"):
            self.exact &= letter in ("b", "A")
            return {"b": Edge(r"\b"), "A": Edge(r"\A")}.get(letter, EMPTY)
        if letter in tuple("dtnrfv"):
            return self.chars(rest, flags, beyond=False)
        if letter in tuple("DwWsS"):
            return self.chars(rest, flags, beyond=True)
        if letter in tuple("123456789"):
            if self.source[self.at : self.at + 1].isdigit():
                raise UnscreenableError("a reference of two digits")
            return self.again(int(letter))
        if not letter or letter.isalnum():
            raise UnscreenableError("an escape of an unknown kind")
        return self.chars(rest, flags, beyond=not letter.isascii())

    def set(self, flags: int) -> Node:
        """Read a set in square brackets; what it holds is asked of the engine."""
        start = self.at
        self.at += 2 if self.source.startswith("[^", start) else 1
        self.take("]")  # first in a set it stands for itself
        while self.at < len(self.source) and self.source[self.at] != "]":
            if self.source.startswith(("[:", "[.", "[="), self.at):
                raise UnscreenableError("a named class in a set")
            self.at += 2 if self.source[self.at] == "\\" else 1
        self.at += 1
        text = self.source[start : self.at]
        if not text.endswith("]"):
            raise UnscreenableError("a set that is not closed")
        return self.chars(text, flags, beyond=not _PLAIN.fullmatch(text))
