"""Categories of personal data, read once from ``categories.toml`` and ``words/``."""

import functools
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from scanner.model import Severity

# Declaring one of these groups covers none of its categories: each must be named.
STRICT_GROUPS = frozenset({"account", "financial", "government_id", "special", "children"})


@dataclass(frozen=True, slots=True)
class Category:
    """A leaf of the taxonomy."""

    id: str
    group: str
    name: str
    weight: Severity
    seen: str  # "C", "N", "C+N", "D"
    dpv: tuple[str, ...] = ()
    dpv_relation: str = ""
    fides: str = ""
    entities: tuple[str, ...] = ()  # recognizer entities, Presidio's and ours
    own: tuple[str, ...] = ()  # other ways of seeing it: by field name, composite, media type
    flags: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by language

    @property
    def secret(self) -> bool:
        """Passwords, keys, tokens and codes."""
        return "secret" in self.flags or self.id in SECRETS

    @property
    def untouchable(self) -> bool:
        """Never absorbed by open or unbounded declarations: ids, cards, secrets, Art. 9 and 10."""
        return (
            self.group in ("government_id", "special")
            or self.secret
            or any(flag.startswith("pci") for flag in self.flags)
        )


SECRETS = frozenset(
    {
        "password_plaintext",
        "password_hash",
        "knowledge_secret",
        "one_time_code",
        "session_token",
        "api_key",
        "cryptographic_key",
    }
)


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All categories and groups, in the order of the data file."""

    categories: Mapping[str, Category]
    groups: Mapping[str, str]  # id -> name

    def leaves(self, ids: Iterable[str]) -> frozenset[str]:
        """Return the categories that declaring these ids (leaves or groups) covers."""
        out: set[str] = set()
        for id_ in ids:
            if id_ in self.groups and id_ not in STRICT_GROUPS:
                out |= {c.id for c in self.categories.values() if c.group == id_}
            elif id_ in self.categories:
                out.add(id_)
        return frozenset(out)

    def knows(self, id_: str) -> bool:
        """Tell whether an id is a category or a group."""
        return id_ in self.categories or id_ in self.groups


@functools.cache
def taxonomy() -> Taxonomy:
    """Read the data file that ships with the package."""
    text = resources.files(__name__).joinpath("categories.toml").read_text("utf-8")
    data = tomllib.loads(text)
    words = _words()
    categories = {row["id"]: _category(row, words.get(row["id"], {})) for row in data["category"]}
    return Taxonomy(categories, {row["id"]: row["name"] for row in data["group"]})


_Words = Mapping[str, tuple[str, ...]]  # by language


def _words() -> Mapping[str, _Words]:
    """Read the words of field names, one file a language: category -> language -> phrases.

    Lines of their own: reading twenty thousand phrases as TOML would take a tenth of a second.
    """
    out: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for file in sorted(resources.files(__name__).joinpath("words").iterdir(), key=_name):
        language = file.name.removesuffix(".txt")
        if language == file.name:
            continue
        for category, words in _entries(file.read_text("utf-8")):
            out[category][language] = words
    return out


def _name(file: Traversable) -> str:
    return file.name


def _entries(text: str) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield (category, phrases) of ``category: phrase, weak phrase?``; indented lines go on."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    for entry in "\n".join(lines).replace("\n    ", " ").split("\n"):
        category, _, phrases = entry.partition(": ")
        yield category, tuple(phrases.split(", "))


def _category(row: Mapping[str, Any], words: _Words) -> Category:
    return Category(
        id=row["id"],
        group=row["group"],
        name=row["name"],
        weight=Severity(row["weight"]),
        seen=row["seen"],
        dpv=tuple(row.get("dpv", ())),
        dpv_relation=row.get("dpv_relation", ""),
        fides=row.get("fides", ""),
        entities=tuple(row.get("entities", ())),
        own=tuple(row.get("own", ())),
        flags=tuple(row.get("flags", ())),
        words=words,
    )
