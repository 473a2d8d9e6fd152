"""Paths of assets and fields: ``kind://source/segment/segment#field``, and globs over them."""

import functools
import re
from dataclasses import dataclass

_RESERVED = set("/#*?{}%")


def encode(name: str, *, dots: bool = False) -> str:
    """Percent-encode what would break a path: ``/ # * ? { } %``, control and non-printing signs.

    With ``dots`` a dot is encoded too: field names use the dot for nesting. The empty name is
    ``%``, so that a field without a name is not taken for the asset.
    """
    if not name:
        return "%"
    out = []
    for char in name:
        if char in _RESERVED or (dots and char == ".") or not (char.isprintable()):
            out.append("".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass")))
        else:
            out.append(char)
    return "".join(out)


def decode(text: str) -> str:
    """Undo :func:`encode`."""
    if "%" not in text:
        return text
    if text == "%":
        return ""
    raw = re.sub(
        rb"%([0-9A-F]{2})",
        lambda match: bytes([int(match[1], 16)]),
        text.encode("utf-8", "surrogatepass"),
    )
    return raw.decode("utf-8", "replace")


def field_name(*parts: str) -> str:
    """Return the path name of a field: its parts encoded and joined by dots."""
    return ".".join(part if part == "{}" else encode(part, dots=True) for part in parts)


def asset_path(kind: str, source: str, *segments: str) -> str:
    """Return the path of an asset from raw segments (``{}`` stands for collapsed names)."""
    return f"{kind}://" + "/".join(encode(part) for part in (source, *segments))


@dataclass(frozen=True, slots=True)
class Path:
    """A path taken apart; the parts are still encoded. ``field`` is empty for an asset."""

    kind: str
    source: str
    segments: tuple[str, ...]
    field: str = ""

    @classmethod
    def parse(cls, text: str) -> "Path":
        """Split a path. Raise ValueError when ``text`` has no ``kind://``."""
        kind, sep, rest = text.partition("://")
        if not sep:
            raise ValueError(f"no kind:// in {text!r}")
        place, _, field = rest.partition("#")
        source, *segments = place.split("/")
        return cls(kind, source, tuple(segments), field)

    @property
    def asset(self) -> str:
        """The path without the field."""
        return f"{self.kind}://" + "/".join((self.source, *self.segments))

    def __str__(self) -> str:
        return self.asset + (f"#{self.field}" if self.field else "")


def place(asset: str, field: str = "") -> str:
    """Join an asset's path and a field's name; an empty field gives the asset."""
    return f"{asset}#{field}" if field else asset


_PARTS = re.compile(r"\*\*|\*|\?|\{|\}|,|[^*?{},]+")


@functools.lru_cache(maxsize=8192)
def compile_glob(glob: str) -> re.Pattern[str]:
    """Compile a glob of paths: ``*`` in a segment, ``**`` across, ``?`` one sign, ``{a,b}``.

    ``{}`` (a collapsed name) is literal. Raise ValueError for an unclosed brace.
    """
    out, depth = [], 0
    text = glob.replace("{}", "\0")
    for part in _PARTS.findall(text):
        if part == "**":
            out.append(".*")
        elif part == "*":
            out.append("[^/#]*")
        elif part == "?":
            out.append("[^/#]")
        elif part == "{":
            depth += 1
            out.append("(?:")
        elif part == "}" and depth:
            depth -= 1
            out.append(")")
        elif part == "," and depth:
            out.append("|")
        else:
            out.append(re.escape(part).replace("\\\0", "\0").replace("\0", r"\{\}"))
    if depth:
        raise ValueError(f"a brace is not closed in {glob!r}")
    # "**/x" also matches "x" with nothing before it, as people expect of globs.
    pattern = "".join(out).replace(".*/", "(?:.*/)?")
    return re.compile(pattern, re.S)


def glob_match(glob: str, path: str) -> bool:
    """Tell whether a glob matches a whole path (asset, or asset with field)."""
    return compile_glob(glob).fullmatch(path) is not None


def specificity(glob: str) -> tuple[int, int]:
    """Order globs: longer literal prefix first, then fewer wildcards. Larger is more specific."""
    cut = re.search(r"[*?{]", glob.replace("{}", "__"))
    prefix = cut.start() if cut else len(glob)
    return prefix, -len(re.findall(r"\*\*|\*|\?|\{", glob.replace("{}", "__")))
