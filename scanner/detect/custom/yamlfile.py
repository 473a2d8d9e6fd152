"""Strict reading of YAML that people write: every mistake named by file, line and key.

The counterpart of :mod:`scanner.tomlcheck`. The tree of the parser is kept, because it knows the
line of everything; values are made by the safe loader only. No message quotes a value: a list of
words may be a list of names.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from scanner.errors import ConfigError
from scanner.spelling import hint, quoted
from scanner.tomlcheck import Problems

_WORDS: tuple[tuple[type, str], ...] = (
    (bool, "true or false (YAML reads yes, no, on and off so: put quotes around a word)"),
    (str, "a text"),
    (int, "a whole number"),
    (float, "a number"),
    (list, "a list"),
    (dict, "keys with values"),
    (type(None), "nothing"),
)


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file that is being read; ``name`` is for people and never a full path."""

    name: str
    problems: Problems = field(repr=False)
    loader: yaml.SafeLoader = field(repr=False)

    def value(self, node: yaml.Node) -> Any:
        """Return what a node holds as plain Python, None when it cannot be made."""
        try:
            return self.loader.construct_object(node, deep=True)
        except (yaml.YAMLError, ValueError, TypeError, RecursionError):
            self.problem(node, "this kind of value is not read here; write plain text or numbers.")
            return None

    def problem(self, node: yaml.Node, sentence: str) -> None:
        """Report a mistake at the line of a node."""
        line = node.start_mark.line + 1
        self.problems.add(lambda: f"{self.name}, line {line}: {sentence}")


class Entry:
    """Keys with values, read key by key as a :class:`scanner.tomlcheck.Block` is."""

    def __init__(self, doc: Document, node: yaml.MappingNode, label: str = "") -> None:
        self.doc, self.node, self.label = doc, node, label
        self._asked: dict[str, None] = {}
        self._refuse_twice()
        try:
            doc.loader.flatten_mapping(node)  # merges: <<
        except (yaml.YAMLError, RecursionError):
            self.doc.problem(node, f"{self._named()}what << refers to is no set of keys.")
            node.value = [pair for pair in node.value if _name(pair[0]) != "<<"]
        # What is merged comes first, so that what stands here wins.
        self.nodes = {_name(key): value for key, value in node.value}
        self._keys = {_name(key): key for key, _ in node.value}

    def _refuse_twice(self) -> None:
        seen: set[str] = set()
        for key, _ in self.node.value:
            if _name(key) in seen:
                self.doc.problem(key, f"{self._named()}{quoted(_name(key))} stands here twice.")
            seen.add(_name(key))

    @property
    def where(self) -> str:
        """The file and line, for messages made later."""
        return f"{self.doc.name}, line {self.node.start_mark.line + 1}"

    def _named(self) -> str:
        return f"{self.label}: " if self.label else ""

    def problem(self, sentence: str, key: str = "") -> None:
        """Report a mistake at a key of this entry, or at the entry."""
        self.doc.problem(self.nodes.get(key, self.node), f"{self._named()}{sentence}")

    def has(self, key: str) -> bool:
        """Tell whether a key is there and is not empty."""
        return key in self.nodes and self.raw(key) is not None

    def raw(self, key: str) -> Any:
        """Return the value as plain Python, or None; the key counts as known."""
        self._asked[key] = None
        return self.doc.value(self.nodes[key]) if key in self.nodes else None

    def _mistyped(self, key: str, wanted: str, value: object) -> None:
        self.problem(f"{key} must be {wanted}, but is {_word(value)}.", key)

    def text(self, key: str, *, required: bool = False) -> str:
        """Return a text; a required one must say something."""
        value = self.raw(key)
        if value is None or value == "":
            if required:
                self.problem(f"{key} is missing; it must be there.", key)
            return ""
        if not isinstance(value, str):
            self._mistyped(key, "a text", value)
            return ""
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts that say something."""
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self._mistyped(key, "a list", value)
            return ()
        for at, item in enumerate(value):
            if not isinstance(item, str) or not item:
                said = "an empty text" if item == "" else _word(item)
                nodes = self.nodes[key].value
                self.doc.problem(
                    nodes[at] if at < len(nodes) else self.nodes[key],
                    f"{self._named()}{key} must hold only texts, but holds {said}.",
                )
                return ()
        return tuple(value)

    def number(self, key: str, default: float = 0.0, *, required: bool = False) -> float:
        """Return a number between 0 and 1."""
        value = self.raw(key)
        if value is None:
            if required:
                self.problem(f"{key} is missing; it must be there.")
            return default
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self._mistyped(key, "a number between 0 and 1", value)
            return default
        if not 0 <= value <= 1:
            self.problem(f"{key} must lie between 0 and 1.", key)
            return default
        return float(value)

    def whole(self, key: str, default: int) -> int:
        """Return a whole number of 0 or more."""
        value = self.raw(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self._mistyped(key, "a whole number of 0 or more", value)
            return default
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self.raw(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.problem(f"{key} must be true or false, without quotes.", key)
            return default
        return value

    def choice(self, key: str, options: Collection[str]) -> str:
        """Return one word of a closed vocabulary; empty when it is not there."""
        value = self.text(key)
        if not value or value in options:
            return value
        self.problem(f"{key} does not know {quoted(value)}; {hint(value, options)}", key)
        return ""

    def items(self, key: str) -> Iterator[yaml.Node]:
        """Yield the nodes of a list."""
        self._asked[key] = None
        node = self.nodes.get(key)
        if node is None or (isinstance(node, yaml.ScalarNode) and node.value in ("", "null", "~")):
            return
        if not isinstance(node, yaml.SequenceNode):
            self.problem(f"{key} must be a list: a line for each, that starts with a hyphen.", key)
            return
        yield from node.value

    def refuse(self, key: str, sentence: str) -> None:
        """Report a key that Presidio knows and that is said elsewhere here."""
        if key in self.nodes:
            self._asked[key] = None
            self.problem(f"{key} is not read here; {sentence}", key)

    def finish(self) -> None:
        """Report every key that was never asked for."""
        for name, node in self._keys.items():
            if name not in self._asked:
                near = hint(name, self._asked)
                self.doc.problem(node, f"{self._named()}{quoted(name)} is not known here; {near}")


def _name(key: yaml.Node) -> str:
    return str(key.value) if isinstance(key, yaml.ScalarNode) else ""


def _word(value: object) -> str:
    return next((word for kind, word in _WORDS if isinstance(value, kind)), "a date or time")


def read_yaml(path: Path, problems: Problems) -> Entry:
    """Read a file whose top is keys with values.

    Raise ConfigError with one sentence when it cannot be read as YAML at all; mistakes inside are
    collected in ``problems``.
    """
    name = path.name
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(
            f"{name} does not exist; check recognizer_files under [detection]."
        ) from None
    except UnicodeDecodeError:
        raise ConfigError(f"{name} is not UTF-8 text; save it as UTF-8.") from None
    except OSError as problem:
        why = problem.strerror or "unknown reason"
        raise ConfigError(
            f"{name} cannot be read ({why}); check the path and its permissions."
        ) from None
    node, doc = _compose(name, text, problems)
    if not isinstance(node, yaml.MappingNode):
        raise ConfigError(
            f'{name}, line 1: it must begin with "recognizers:" and list recognizers below.'
        )
    return Entry(doc, node)


def _compose(name: str, text: str, problems: Problems) -> tuple[yaml.Node | None, Document]:
    try:
        loader = yaml.SafeLoader(text)
        node: yaml.Node | None = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        why = f": {error.problem}" if error.problem else ""
        raise ConfigError(f"{name}{where}: this is not valid YAML{why}.") from None
    except yaml.YAMLError:
        raise ConfigError(
            f"{name} holds signs that YAML does not allow; save it as plain UTF-8 text."
        ) from None
    except RecursionError:
        raise ConfigError(f"{name} is nested too deeply to be read.") from None
    return node, Document(name, problems, loader)
