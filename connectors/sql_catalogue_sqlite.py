"""The catalogue of SQLite: ``sqlite_master`` and the pragma functions, names as parameters."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from connectors.sampling import SMALL, bounded, count
from connectors.sampling_keys import row_key
from connectors.sql_catalogue import (
    Catalogue,
    Relation,
    listing,
    mark,
    mark_key,
    omission,
    path_of,
    reference,
)
from connectors.sql_session import Session
from connectors.sql_target import Target, target_of
from connectors.sql_types import kind_of_type
from scanner.errors import StoreError
from scanner.model import Asset, Field, Gap, GapReason, Listing, Source, decode, field_name

COUNTED = 1_000_000  # row ids up to here are counted

_TABLES = sa.text(
    "SELECT name, type FROM main.sqlite_master WHERE type IN ('table', 'view') "
    "AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name"
)
_FIELDS = sa.text(
    'SELECT name, type, "notnull", pk FROM pragma_table_xinfo(:name) WHERE hidden <> 1 ORDER BY cid'
)
_INDEXES = sa.text(
    'SELECT l.name, l."unique", i.name FROM pragma_index_list(:name) AS l '
    "JOIN pragma_index_info(l.name) AS i WHERE NOT l.partial ORDER BY l.seq, i.seqno"
)
_REFERENCES = sa.text('SELECT "from", "table", "to" FROM pragma_foreign_key_list(:name)')


def list_sqlite(session: Session, source: Source) -> Listing:
    """List an SQLite file. Raise StoreError when it cannot be read at all."""
    catalogue = Catalogue(session, source, "")
    found = catalogue.found
    for name, type_ in session.all(_TABLES):
        relation = Relation(("main", name), view=type_ == "view")
        found.relations[name] = relation
        path = path_of(source, "sqlite", relation)
        if omission(source, path, view=relation.view) is not None:
            continue
        try:
            _describe(session, name, relation)
        except StoreError as error:
            # A view over something that is gone, a virtual table whose module is not here.
            found.gaps.append(Gap(source.name, GapReason(error.reason), str(error), path))
    _refer(catalogue)
    return listing(source, "sqlite", found, lambda asset: _counted(session, asset))


def _describe(session: Session, name: str, relation: Relation) -> None:
    parameters = {"name": name}
    keys: list[tuple[int, str]] = []
    for field, declared, notnull, pk in session.all(_FIELDS, parameters):
        kind = kind_of_type("sqlite", declared)
        relation.fields.append(
            Field(field_name(field), kind, declared.lower(), nullable=not notnull)
        )
        if pk:
            keys.append((pk, field))
    mark_key(relation, [field for _, field in sorted(keys)], "primary")
    if relation.view:
        return
    indexes: dict[str, tuple[bool, list[Any]]] = {}
    for index, unique, field in session.all(_INDEXES, parameters):
        indexes.setdefault(index, (bool(unique), []))[1].append(field)
    for unique, fields in indexes.values():
        if fields[0] is None:  # an expression, or the row id
            continue
        if unique and None not in fields:
            mark_key(relation, fields, "unique")
        mark(relation, fields[0], indexed=True)


def _refer(catalogue: Catalogue) -> None:
    """Fill references; without a field named they point to the other table's key."""
    relations = catalogue.found.relations
    for name, relation in relations.items():
        if relation.view or not relation.fields:
            continue
        for field, table, to in catalogue.rows(_REFERENCES, "references", name=name):
            other = next((r for n, r in relations.items() if n.lower() == table.lower()), None)
            segments = other.segments if other else ("main", table)
            if to is not None:
                mark(relation, field, references=reference(segments, to))
                continue
            keys = [f.name for f in other.fields if f.key == "primary"] if other else []
            if len(keys) == 1:
                mark(relation, field, references=reference(segments, decode(keys[0])))


def _counted(session: Session, asset: Asset) -> Asset:
    """Count rows where that is cheap; SQLite keeps no number of them."""
    if asset.type == "view" or not asset.fields:
        return asset
    target = target_of(asset, "sqlite")
    try:
        limit = _limit(session, target)
        found = count(session, bounded(target, limit + 1)) if limit else 0
    except StoreError:
        return asset  # reading it will say why
    if not limit or found > limit:
        return asset
    return replace(asset, population=found, counted=True)


def _limit(session: Session, target: Target) -> int:
    """How far to count; 0 for a table that its highest row id shows to be too large."""
    key = row_key(target)
    if key is None:
        return SMALL
    try:
        highest = session.all(sa.select(sa.func.max(key)).select_from(target.table))[0][0]
    except StoreError as error:
        if error.reason != GapReason.UNREADABLE.value:
            raise
        return SMALL  # a table without row ids
    return COUNTED if highest is None or abs(int(highest)) <= COUNTED else 0
