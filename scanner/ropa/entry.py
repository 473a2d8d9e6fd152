"""A table of the record: a strict block that also knows categories, places and references."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from scanner.countries import countries
from scanner.model import compile_glob
from scanner.ropa.periods import parse_period
from scanner.ropa.types import Origin
from scanner.ropa.vocabulary import MISTAKEN_KINDS
from scanner.spelling import hint, nearest, quoted
from scanner.taxonomy import taxonomy
from scanner.tomlcheck import Block

_ID = re.compile(r"[a-z][a-z0-9_]*")
_KIND = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://(.*)", re.S)


@dataclass(slots=True)
class Links:
    """References that are checked when every file has been read, and the ids they point to."""

    ids: dict[str, dict[str, str]] = field(default_factory=dict)  # table -> id -> where
    pending: list[tuple["Entry", str, str, tuple[str, ...]]] = field(default_factory=list)

    def check(self) -> None:
        """Report every reference to an id that no table has."""
        for entry, key, wanted, tables in self.pending:
            if not any(wanted in self.ids.get(table, ()) for table in tables):
                known = [id_ for table in tables for id_ in self.ids.get(table, ())]
                words = " or ".join(f"[[{table}]]" for table in tables)
                words = words.replace("[[organisation]]", "[organisation]")
                entry.problem(
                    f"{key}: no {words} has the id {quoted(wanted)}; {hint(wanted, known)}", key
                )


class Entry(Block):
    """A table of the record. ``links`` is shared by all tables of all files of one record."""

    links: Links

    def _child(self, data: dict[str, object], key: str, label: str, number: int) -> "Entry":
        child = super()._child(data, key, label, number)
        child.links = self.links
        return child

    def id(self, table: str) -> str:
        """Return the id, which must be well-formed and unique among the tables of this name."""
        id_ = self.text("id", required=True)
        if not id_.strip():
            return ""
        if not _ID.fullmatch(id_):
            near = re.sub(r"[^a-z0-9]+", "_", id_.lower()).strip("_")
            tip = f"; write {quoted(near)}" if _ID.fullmatch(near) else ""
            self.problem(
                f"id {quoted(id_)} must be small letters, digits and underscores, "
                f"and start with a letter{tip}.",
                "id",
            )
        known = self.links.ids.setdefault(table, {})
        if id_ in known:
            self.problem(f"the id {quoted(id_)} is used twice; the other is in {known[id_]}.", "id")
        known.setdefault(id_, self.doc.name)
        return id_

    def origin(self, table: str, id_: str) -> Origin:
        """Return where this table stands."""
        return Origin(self.doc.name, table, id_)

    def link(self, key: str, *tables: str) -> str:
        """Return an id that must belong to one of these tables."""
        id_ = self.text(key)
        if id_:
            self.later(key, id_, *tables)
        return id_

    def links_to(self, key: str, *tables: str) -> tuple[str, ...]:
        """Return ids that must belong to these tables."""
        ids = self.texts(key)
        for id_ in ids:
            self.later(key, id_, *tables)
        return ids

    def later(self, key: str, id_: str, *tables: str) -> None:
        """Check an id when all files have been read."""
        self.links.pending.append((self, key, id_, tables))

    def categories(
        self, key: str, *, required: bool = False, star: bool = False
    ) -> tuple[str, ...]:
        """Return ids of categories or groups of the taxonomy (``*`` where allowed)."""
        ids = self.texts(key, required=required)
        self.check(key, [id_ for id_ in ids if not (star and id_ == "*")], self._no_category)
        return ids

    def category(self, key: str) -> str:
        """Return the id of one category."""
        id_ = self.text(key)
        if id_ and id_ not in taxonomy().categories:
            near = hint(id_, taxonomy().categories)
            self.problem(f"{key}: there is no category {quoted(id_)}; {near}", key)
        return id_

    @staticmethod
    def _no_category(id_: str) -> str:
        if taxonomy().knows(id_):
            return ""
        known = (*taxonomy().categories, *taxonomy().groups)
        return f"there is no category or group {quoted(id_)}; {hint(id_, known)}"

    def place(self, key: str) -> str:
        """Return a country, subdivision or region."""
        code = self.text(key)
        if code:
            self.check(key, (code,), countries().wrong)
        return code

    def places(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return countries, subdivisions and regions."""
        codes = self.texts(key, required=required)
        self.check(key, codes, countries().wrong)
        return codes

    def period(self, key: str, default: str = "") -> str:
        """Return an ISO 8601 duration, as written."""
        text = self.text(key, default)
        if text:
            try:
                parse_period(text)
            except ValueError as error:
                self.problem(f"{key}: {quoted(text)} is no period; {error}.", key)
        return text

    def globs(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return globs of assets."""
        return tuple(self._glob(key, glob, False) for glob in self.texts(key, required=required))

    def glob(self, key: str, *, of_field: bool = False, required: bool = False) -> str:
        """Return one glob of assets or fields."""
        glob = self.text(key, required=required)
        return self._glob(key, glob, of_field) if glob else ""

    def _glob(self, key: str, glob: str, of_field: bool) -> str:
        wrong = _wrong_glob(glob, of_field)
        if wrong:
            self.problem(f"{key}: {wrong}", key)
            return glob
        match = _KIND.fullmatch(glob)
        return f"{match[1].lower()}://{match[2]}" if match else glob

    def need_one(self, keys: Collection[str], what: str) -> None:
        """Report that all of these keys are absent or empty, unless one is merely misspelt."""
        misspelt = any(key not in keys and nearest(key, keys, 0.8) for key in self.data)
        if not misspelt and not any(self.data.get(key) for key in keys):
            self.problem(f"{what}: write at least one of {', '.join(keys)}.")


def _wrong_glob(glob: str, of_field: bool) -> str:
    shown = quoted(glob)
    match = _KIND.fullmatch(glob)
    if not match and not glob.startswith(("*", "{", "?")):
        return f"{shown} must start with kind://source/ (as in sqlite://crm/**) or with **."
    if match and match[1].lower() in MISTAKEN_KINDS:
        right = MISTAKEN_KINDS[match[1].lower()]
        tip = f"the kind is {right}" if right else "write the kind and the name of the source"
        return f"{shown} starts with {match[1]}://, but {tip}, as in {right or 'sqlite'}://source/."
    if match and "@" in match[2].partition("/")[0]:
        return f"{shown} names a user; after :// stands the name of the source in config.toml."
    if match and not match[2].strip("/"):
        return f"{shown} names no source; write kind://source/**."
    if of_field and "#" not in glob:
        return f"{shown} names no field; write the field after #, as in **/users#email."
    if not of_field and "#" in glob:
        return f"{shown} names a field; here whole assets are meant (fields: [[store.field]])."
    if glob.count("#") > 1:
        return f"{shown} has two #; write a # inside a name as %23."
    try:
        compile_glob(glob)
    except ValueError:
        return f"a brace is not closed in {shown}."
    return ""
