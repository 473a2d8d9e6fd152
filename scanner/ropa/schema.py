"""The JSON Schema of the record, made by running the reading code over a table that takes notes.

What the readers ask of a table is what its schema says, so the two cannot drift apart. The schema
knows one file at a time: references, unique ids and globs are checked by loading alone.
"""

# ruff: noqa: ARG002 - the names of the arguments are those of the methods taken over
from collections.abc import Callable, Collection, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from scanner.config import RecordRef
from scanner.countries import countries
from scanner.ropa.entry import Entry, Links
from scanner.ropa.loading import read
from scanner.ropa.vocabulary import FORMAT, MECHANISMS, SPECIAL_CONDITIONS
from scanner.taxonomy import taxonomy
from scanner.tomlcheck import Document, Problems

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_SAID: Schema = {"type": "string", "pattern": r"\S"}
_DAY: Schema = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_PERIOD: Schema = {
    "type": "string",
    "pattern": r"^P(?=\d)(\d{1,4}Y)?(\d{1,5}M)?(\d{1,5}W)?(\d{1,6}D)?$",
    "description": "A period in whole days or more, as in P90D, P6M or P1Y.",
}
_ID: Schema = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


class _Notes(Entry):
    """A table that is not there: it notes what it is asked for, and answers with nothing."""

    def __init__(self) -> None:
        super().__init__(Document("schema", {}, ""), Problems())
        self.links = Links()
        self.schema: Schema = {"type": "object", "additionalProperties": False, "properties": {}}

    def _note(self, key: str, schema: Schema, *, required: bool = False) -> None:
        self.schema["properties"].setdefault(key, schema)
        if required and key not in self.schema.setdefault("required", []):
            self.schema["required"].append(key)

    def has(self, key: str) -> bool:
        return True

    def problem(self, sentence: str, key: str = "") -> None:
        """Take no notice: nothing can be wrong with what is not there."""

    def raw(self, key: str) -> object:
        self._note(key, {})
        return None

    def id(self, table: str) -> str:
        self._note("id", _ID, required=True)
        return ""

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        self._note(key, _SAID if required else _TEXT, required=required)
        return default

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        self._note(key, _list(_TEXT), required=required)
        return ()

    def flag(self, key: str, *, default: bool = False) -> bool:
        self._note(key, {"type": "boolean"})
        return default

    def whole(self, key: str, default: int = 0, *, least: int = 0, most: int = 2**63 - 1) -> int:
        self._note(key, {"type": "integer", "minimum": least})
        return default

    def day(self, key: str, *, required: bool = False) -> date | None:
        self._note(key, _DAY, required=required)
        return None

    def choice(
        self, key: str, options: Collection[str], default: str = "", *, required: bool = False
    ) -> str:
        self._note(key, {"enum": list(options)}, required=required)
        return default

    def choices(self, key: str, options: Collection[str]) -> tuple[str, ...]:
        self._note(key, _list({"enum": list(options)}))
        return ()

    def open_choices(self, key: str, options: Collection[str]) -> tuple[str, ...]:
        self._note(key, _list({"type": "string", "examples": list(options)}))
        return ()

    def check(self, key: str, items: Iterable[str], test: Callable[[str], str]) -> None:
        """Take no notice: there are no items."""

    def link(self, key: str, *tables: str) -> str:
        self._note(key, _TEXT | {"description": f"The id of a {' or '.join(tables)}."})
        return ""

    def links_to(self, key: str, *tables: str) -> tuple[str, ...]:
        self._note(key, _list(_ID | {"description": f"The id of a {' or '.join(tables)}."}))
        return ()

    def categories(
        self, key: str, *, required: bool = False, star: bool = False
    ) -> tuple[str, ...]:
        known = {"$ref": "#/$defs/category_or_group"}
        item = {"anyOf": [known, {"const": "*"}]} if star else known
        self._note(key, _list(item), required=required)
        return ()

    def category(self, key: str) -> str:
        self._note(key, {"$ref": "#/$defs/category"})
        return ""

    def place(self, key: str) -> str:
        self._note(key, {"$ref": "#/$defs/place"})
        return ""

    def places(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        schema = _list({"$ref": "#/$defs/place"})
        self._note(key, schema, required=required)
        return ()

    def period(self, key: str, default: str = "") -> str:
        self._note(key, _PERIOD)
        return default

    def globs(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        self._note(key, _list(_TEXT), required=required)
        return ()

    def glob(self, key: str, *, of_field: bool = False, required: bool = False) -> str:
        self._note(key, _SAID if required else _TEXT, required=required)
        return ""

    def need_one(self, keys: Collection[str], what: str) -> None:
        self.schema["anyOf"] = [{"required": [key]} for key in keys]

    def table(self, key: str) -> "_Notes":
        made = _Notes()
        self._note(key, made.schema)
        return made

    def tables(self, key: str, name_key: str = "id") -> list["_Notes"]:
        made = _Notes()
        self._note(key, _list(made.schema))
        return [made]

    def finish(self) -> None:
        """Take no notice: what is asked for is what is known."""


def schema() -> Schema:
    """Return the JSON Schema (2020-12) of one file of a record."""
    notes = _Notes()
    read([notes], Problems(), RecordRef(Path("record.toml")))
    top = notes.schema
    _refine(top["properties"])
    known = taxonomy()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ropascan record",
        "description": "One file of a declared record of processing activities.",
        **top,
        "$defs": {
            "category": {"enum": sorted(known.categories)},
            "category_or_group": {"enum": sorted({*known.categories, *known.groups})},
            "place": {
                "type": "string",
                "anyOf": [
                    {"enum": sorted({*countries().names, *countries().regions})},
                    {"pattern": "^[A-Z]{2}-[A-Z0-9]{1,3}$"},
                ],
                "description": "A country (IE), a subdivision (CA-QC) or a region (EU).",
            },
        },
    }


def _refine(top: dict[str, Schema]) -> None:
    """Say what the readers settle themselves: values of several types, and what waives a key."""
    top["format"] = {"const": FORMAT}
    place: Schema = {"$ref": "#/$defs/place"}
    age: Schema = {"type": "integer", "minimum": 1}
    top["settings"]["properties"]["child_age"] = {
        "anyOf": [age, {"type": "object", "propertyNames": place, "additionalProperties": age}]
    }
    one: Schema = {"enum": list(MECHANISMS)}
    pairs: Schema = {"type": "object", "additionalProperties": one}
    top["transfer"]["items"]["properties"]["mechanism"] = {"anyOf": [one, pairs]}
    claim = top["notice"]["items"]["properties"]["claim"]["items"]
    claim["properties"]["value"] = {"type": ["string", "boolean", "number"]}
    conditions = [*SPECIAL_CONDITIONS, *(f"eu-gdpr:{item}" for item in SPECIAL_CONDITIONS)]
    activity = top["activity"]["items"]["properties"]
    activity["special_condition"] = _list({"enum": conditions})
    # A list that is left open may name nothing; a fingerprint says where it is.
    group = top["data_group"]["items"]
    open_list = [
        {"properties": {key: {"const": True}}, "required": [key]}
        for key in ("open_ended", "unbounded")
    ]
    group["required"].remove("categories")
    group["anyOf"] = [{"required": ["categories"]}, *open_list]
    accept = top["accept"]["items"]
    accept["required"].remove("store")
    accept.pop("anyOf", None)
