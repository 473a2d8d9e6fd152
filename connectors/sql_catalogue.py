"""Catalogues: what a source holds, from the store's own tables about itself.

The catalogue of each kind of store gives :class:`Relation` values; here they become assets, and
globs and views decide what is left out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from connectors.sql_session import Row, Session
from scanner.errors import StoreError
from scanner.model import (
    Asset,
    Field,
    Gap,
    GapReason,
    Listing,
    Omission,
    Source,
    asset_path,
    encode,
    field_name,
    glob_match,
)


@dataclass(slots=True)
class Relation:
    """A table or view as the catalogue describes it; names are raw."""

    segments: tuple[str, ...]  # schema and name, with the database before them where there is one
    view: bool = False
    fields: list[Field] = field(default_factory=list)
    population: int | None = None
    counted: bool = False
    size: int | None = None
    comment: str = ""
    siblings: int = 1
    writable: bool = False


@dataclass(slots=True)
class Found:
    """What a catalogue gave: relations by an id of the store's, and what could not be listed."""

    relations: dict[Any, Relation] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)
    complete: bool = True
    writers: list[str] = field(default_factory=list)  # why the account can write, for a person


class Catalogue:
    """Runs catalogue queries; one that fails is a gap of the source."""

    def __init__(self, session: Session, source: Source, database: str) -> None:
        self.session = session
        self.source = source
        self.database = database
        self.found = Found()

    def rows(self, statement: sa.Executable, what: str, **parameters: Any) -> Sequence[Row]:
        """Return rows, or none and a gap that names ``what`` is missing from the listing."""
        try:
            return self.session.all(statement, parameters)
        except StoreError as error:
            detail = f"its catalogue gave no {what}: {error}"
            self.gap(GapReason(error.reason), detail)
            return ()

    def gap(self, reason: GapReason, detail: str, asset: str = "", field: str = "") -> None:
        """Note what could not be listed."""
        self.found.gaps.append(Gap(self.source.name, reason, detail, asset, field))


def path_of(source: Source, kind: str, relation: Relation) -> str:
    """The path of a relation's asset."""
    return asset_path(kind, source.name, *relation.segments)


def reference(segments: Sequence[str], name: str) -> str:
    """A reference to a field: ``segment/segment#field``."""
    return "/".join(encode(part) for part in segments) + "#" + field_name(name)


def omission(source: Source, path: str, *, view: bool = False) -> Omission | None:
    """Tell whether and why an asset is left out on purpose."""
    inner = path.split("://", 1)[1].split("/", 1)[1]
    for glob in source.exclude:
        if glob_match(glob, inner):
            return Omission(source.name, path, "excluded", f'exclude = "{glob}"')
    if source.include and not any(glob_match(glob, inner) for glob in source.include):
        return Omission(source.name, path, "excluded", "include")
    if view and not source.views:
        return Omission(source.name, path, "view", "views = false")
    return None


def listing(
    source: Source, kind: str, found: Found, finish: Callable[[Asset], Asset] | None = None
) -> Listing:
    """Turn what was found into a listing, sorted by path. ``finish`` completes a chosen asset."""
    assets, omissions = [], []
    for relation in found.relations.values():
        path = path_of(source, kind, relation)
        left_out = omission(source, path, view=relation.view)
        if left_out is not None:
            omissions.append(left_out)
            continue
        asset = Asset(
            path,
            source.name,
            kind,
            "view" if relation.view else "table",
            tuple(relation.fields),
            relation.population,
            relation.counted,
            relation.size,
            comment=relation.comment,
            siblings=relation.siblings,
        )
        assets.append(finish(asset) if finish else asset)
    left = {item.asset for item in omissions}
    return Listing(
        tuple(sorted(assets, key=lambda asset: asset.path)),
        tuple(gap for gap in found.gaps if gap.asset not in left),
        tuple(sorted(omissions, key=lambda item: item.asset)),
        found.complete,
    )


def mark(relation: Relation, name: str, **changes: Any) -> None:
    """Change the field of this raw name."""
    wanted = field_name(name)
    for at, old in enumerate(relation.fields):
        if old.name == wanted:
            relation.fields[at] = replace(old, **changes)


def mark_key(relation: Relation, names: Sequence[str], kind: str) -> None:
    """Mark the fields of a primary or unique key; its first field can be searched."""
    for name in names:
        old = next((f for f in relation.fields if f.name == field_name(name)), None)
        if old is None or old.key == "primary" or (kind == "unique" and len(names) > 1):
            continue
        mark(relation, name, key=kind)
    if names:
        mark(relation, names[0], indexed=True)
