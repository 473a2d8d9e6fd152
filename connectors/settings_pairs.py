"""Lines of keys and values: .ini, .conf, .properties, .env, and such text without an ending.

Written by hand rather than with configparser: of a key that stands there twice both values count,
and lines that are neither comment nor pair are no error as long as they are few.
"""

import re
from collections.abc import Iterator

Tree = dict[str, object]

_SECTION = re.compile(r"\[\s*([^\[\]]{1,200})\s*\]")
_PAIR = re.compile(
    r"(?:export\s+|set\s+)?([\w.@$/-][\w.@$/ -]{0,119}?)\s*(?:=|:(?!//))\s*(.*)", re.S
)
_STRICT = re.compile(r"(?:export\s+)?[A-Za-z_][\w.-]{0,119}\s*=(?!=)\s*(.*)")
_DIRECTIVE = re.compile(r"([A-Za-z_][\w.-]{1,119})\s+((?:\S+\s+){0,4}\S*[^\s.]);?")
_REMARK = re.compile(r"\s+[#;]\s.*")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\([:=\\#! ])")
_MOST = 5000  # pairs; what follows is left out
_LEAST = 0.6  # of the lines that mean something are pairs, sections or brackets


def read_pairs(text: str, ending: str) -> Tree | None:
    """Return sections and keys, or None for a text that is mostly something else.

    A key that comes again has a list of values. ``ending``: of the file's name.
    """
    tree: Tree = {}
    here, pairs, other = tree, 0, 0
    for line in _lines(text):
        if pairs >= _MOST:
            break
        if section := _SECTION.fullmatch(line):
            here = _section(tree, section[1].strip())
        elif found := _pair(line, directives=ending in ("conf", "cfg", "cnf")):
            pairs += 1
            _put(here, found[0], _value(found[1], escapes=ending == "properties"))
        elif not line.endswith(("{", "(")) and line.strip("{}() ;,"):
            other += 1
    return tree if pairs and pairs >= _LEAST * (pairs + other) else None


def are_pairs(text: str) -> bool:
    """Tell whether nearly every line is ``key = value``, with two different keys at least."""
    lines = [line for line in _lines(text) if not _SECTION.fullmatch(line)]
    found = [line for line in lines if _STRICT.fullmatch(line)]
    keys = {line.partition("=")[0].strip() for line in found}
    return len(keys) > 1 and len(found) >= 0.8 * len(lines) and len(keys) >= 0.5 * len(found)


def _lines(text: str) -> Iterator[str]:
    """Yield what is neither blank nor a remark; a line that ends in a backslash goes on."""
    begun = ""
    for raw in text.splitlines():
        line = begun + raw.strip()
        begun = ""
        if line.endswith("\\") and len(line) < 10_000:
            begun = line[:-1]
        elif line and not line.startswith(("#", ";", "!", "//", "<!--", "@echo", "rem ", "REM ")):
            yield line
    if begun:
        yield begun


def _pair(line: str, *, directives: bool) -> tuple[str, str] | None:
    if match := _PAIR.fullmatch(line):
        return match[1], match[2]
    if line.endswith("{"):  # a block opens: what stands in it follows
        return None
    if directives and (match := _DIRECTIVE.fullmatch(line)):
        return match[1], match[2]
    return None


def _section(tree: Tree, name: str) -> Tree:
    found = tree.setdefault(name, {})
    if isinstance(found, dict):
        return found
    inner: Tree = {}
    tree[name] = [found, inner]  # a key of the same name came before
    return inner


def _put(here: Tree, key: str, value: str) -> None:
    if key not in here:
        here[key] = value
        return
    known = here[key]
    if isinstance(known, list):
        known.append(value)
    else:
        here[key] = [known, value]


def _value(text: str, *, escapes: bool) -> str:
    """Return a value without quotes; a remark after it goes, unless it is quoted."""
    bare = text.strip().rstrip(",") if text.strip().startswith(('"', "'")) else text.strip()
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'":
        return bare[1:-1]
    bare = _REMARK.sub("", bare, count=1).removesuffix(";")
    return _ESCAPED.sub(_unescaped, bare) if escapes else bare


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else match[2]
