"""Categories of personal data, read once from ``categories.toml``."""

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources
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
    categories = {row["id"]: _category(row) for row in data["category"]}
    return Taxonomy(categories, {row["id"]: row["name"] for row in data["group"]})


def _category(row: Mapping[str, Any]) -> Category:
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
        words={language: tuple(words) for language, words in row.get("words", {}).items()},
    )
