"""Settings that nest: JSON, TOML, YAML and simple XML, read without executing or resolving.

Nothing that a file refers to is opened; an alias of YAML stands for what it names, a document
type or an entity of XML is refused, and what is larger than the bounds is cut there.
"""

import tomllib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from connectors.flatten import NOT_JSON, digits
from connectors.flatten import parse as parse_json

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DEPTH = 12  # levels; what is deeper is left out
LEAVES = 5000  # values of one file
YAML_BYTES = 128 * 1024  # its parser is slow

_KEYED = ("key", "name")  # <add key="..." value="..."/>


def read_json(text: str) -> dict[str, Any] | None:
    """Return a JSON object; None for anything else."""
    found = parse_json(text)
    return found if found is not NOT_JSON and isinstance(found, dict) else None


def read_toml(text: str) -> dict[str, Any] | None:
    """Return a TOML document; None for what is none."""
    try:
        return _object(tomllib.loads(text))
    except (ValueError, RecursionError):
        return None


def read_yaml(text: str) -> dict[str, Any] | None:
    """Return a YAML mapping; None for anything else, several documents among it."""
    import yaml

    class Loader(yaml.SafeLoader):
        """Keeps what is merged (``<<``) where it stands: merging may grow without bound."""

        def flatten_mapping(self, node: yaml.MappingNode) -> None:
            for key, _ in node.value:
                if key.tag == "tag:yaml.org,2002:merge":
                    key.tag = "tag:yaml.org,2002:str"

    loader = None
    try:
        loader = Loader(text)
        return _object(loader.get_single_data())
    except (yaml.YAMLError, ValueError, RecursionError, TypeError, AttributeError, OverflowError):
        return None
    finally:
        if loader is not None:
            loader.dispose()


def read_xml(text: str) -> dict[str, Any] | None:
    """Return the elements and attributes of an XML document; None for one with running text."""
    from xml.etree import ElementTree

    if "<!doctype" in text.lower() or "<!entity" in text.lower():
        return None
    try:
        root = ElementTree.fromstring(text)  # noqa: S314
    except (ElementTree.ParseError, ValueError, RecursionError):
        return None
    if any((child.tail or "").strip() for child in root.iter() if child is not root):
        return None
    found = _element(root, 0)
    return _object(found) if isinstance(found, dict) else None


def _object(value: object) -> dict[str, Any] | None:
    """Return a mapping in the words of JSON; None for anything else."""
    found = _Bounded().plain(value, 0)
    return found if isinstance(found, dict) else None


class _Bounded:
    """Turns values into those of JSON, up to a number of them."""

    def __init__(self) -> None:
        self._left = LEAVES

    def plain(self, value: object, depth: int) -> Any:
        """Return a value as JSON would have it; None for what lies too deep or comes too late."""
        if depth > DEPTH or self._left <= 0:
            return None
        self._left -= 1
        if isinstance(value, dict):
            return dict(self._items(value, depth + 1))
        if isinstance(value, list | tuple | set):
            return [self.plain(item, depth + 1) for item in list(value)[: self._left]]
        if value is None or isinstance(value, bool | str):
            return value
        return digits(value) if isinstance(value, int | float) else str(value)

    def _items(self, value: dict[Any, Any], depth: int) -> Iterator[tuple[str, Any]]:
        for key, item in value.items():
            if self._left <= 0:
                return
            yield str(key), self.plain(item, depth)


def _element(element: "Element", depth: int) -> Any:
    """Return an element as a mapping of attributes and children, or as its text."""
    if depth > DEPTH:
        return None
    text = (element.text or "").strip()
    if not len(element) and not element.attrib:
        return text
    found: dict[str, Any] = {}
    for name, value in _attributes(element):
        _add(found, name, value)
    if text:
        _add(found, "text", text)
    for child in element:
        _add(found, _tag(child), _element(child, depth + 1))
    return found


def _attributes(element: "Element") -> Iterator[tuple[str, str]]:
    """Yield the attributes; those of ``<add key="k" value="v"/>`` as one of the name ``k``."""
    said = {name.rpartition("}")[2]: value for name, value in element.attrib.items()}
    key = next((said[name] for name in _KEYED if name in said), "")
    value = said.get("value", (element.text or "").strip() if not len(element) else "")
    if key and value:
        yield key, value
        said = {n: v for n, v in said.items() if n not in (*_KEYED, "value")}
    yield from said.items()


def _tag(element: "Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _add(found: dict[str, Any], name: str, value: Any) -> None:
    if name not in found:
        found[name] = value
    elif isinstance(found[name], list):
        found[name].append(value)
    else:
        found[name] = [found[name], value]
