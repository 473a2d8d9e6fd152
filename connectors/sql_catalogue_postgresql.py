"""The catalogue of PostgreSQL.

``pg_catalog`` and not ``information_schema``: the latter hides keys from accounts that may only
read. Partitions are not assets of their own; their parent is read.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from connectors.sql_catalogue import (
    Catalogue,
    Found,
    Relation,
    mark,
    mark_key,
    omission,
    path_of,
    reference,
)
from connectors.sql_session import Session
from connectors.sql_types import kind_of_type
from scanner.model import Field, GapReason, Kind, Source, field_name

# The prefix pg_ is the system's own; nobody else may make such a schema.
_OURS = "left(n.nspname, 3) <> 'pg_' AND n.nspname <> 'information_schema'"

_SCHEMAS = sa.text(
    f"""SELECT n.nspname, has_schema_privilege(n.oid, 'USAGE'),
      has_schema_privilege(n.oid, 'CREATE'),
      EXISTS (SELECT 1 FROM pg_catalog.pg_class AS c
        WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f'))
    FROM pg_catalog.pg_namespace AS n WHERE {_OURS} ORDER BY n.nspname"""  # noqa: S608 - constant
)
_RELATIONS = sa.text(
    f"""SELECT c.oid, n.nspname, c.relname, CAST(c.relkind AS text), c.reltuples,
      CASE WHEN c.relkind IN ('r', 'm') THEN pg_relation_size(c.oid) END,
      obj_description(c.oid, 'pg_class'),
      has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
        OR has_any_column_privilege(c.oid, 'INSERT, UPDATE'),
      p.leaves, p.tuples, p.bytes
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    LEFT JOIN LATERAL (
      SELECT count(*) AS leaves, sum(pg_relation_size(l.oid)) AS bytes,
        CASE WHEN bool_and(l.reltuples >= 0) THEN sum(l.reltuples) END AS tuples
      FROM pg_partition_tree(c.oid) AS t JOIN pg_catalog.pg_class AS l ON l.oid = t.relid
      WHERE t.isleaf) AS p ON c.relkind = 'p'
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
      AND {_OURS} AND has_schema_privilege(n.oid, 'USAGE')
    ORDER BY n.nspname, c.relname"""  # noqa: S608 - constant
)
_FIELDS = sa.text(
    f"""SELECT a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod),
      coalesce(b.typname, t.typname), CAST(coalesce(b.typtype, t.typtype) AS text),
      a.attnotnull, col_description(a.attrelid, a.attnum),
      has_column_privilege(a.attrelid, a.attnum, 'SELECT')
    FROM pg_catalog.pg_attribute AS a
    JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
    LEFT JOIN pg_catalog.pg_type AS b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype
      WHEN t.typcategory = 'A' THEN t.typelem END
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
      AND a.attnum > 0 AND NOT a.attisdropped AND {_OURS}
    ORDER BY a.attrelid, a.attnum"""  # noqa: S608 - constant
)
_KEYS = sa.text(
    "SELECT conrelid, CAST(contype AS text), conkey, confrelid, confkey "
    "FROM pg_catalog.pg_constraint WHERE contype IN ('p', 'u', 'f') ORDER BY conrelid, conname"
)
_INDEXES = sa.text(
    """SELECT i.indrelid, i.indkey[0], i.indisunique AND i.indnkeyatts = 1
    FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid
    JOIN pg_catalog.pg_am AS m ON m.oid = x.relam
    WHERE i.indisvalid AND i.indpred IS NULL AND m.amname = 'btree' ORDER BY i.indexrelid"""
)
_SUPERUSER = sa.text("SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user")


def find_postgresql(session: Session, source: Source, database: str) -> Found:
    """Read the catalogue of one database. Raise StoreError when it cannot be read at all."""
    catalogue = Catalogue(session, source, database)
    found = catalogue.found
    creatable = _schemas(catalogue)
    for row in session.all(_RELATIONS):
        found.relations[row[0]] = _relation(database, row)
    names = _fields(catalogue)
    _keys(catalogue, names)
    for oid, number, unique in catalogue.rows(_INDEXES, "indexes"):
        relation, name = found.relations.get(oid), names.get((oid, number))
        if relation is not None and name is not None:
            if unique:
                mark_key(relation, [name], "unique")
            mark(relation, name, indexed=True)
    _writers(catalogue, creatable)
    return found


def _schemas(catalogue: Catalogue) -> set[str]:
    """Note the schemas that cannot be used; return those in which the account can create."""
    creatable = set()
    for name, usable, create, filled in catalogue.rows(_SCHEMAS, "schemas"):
        if create:
            creatable.add(name)
        path = path_of(catalogue.source, "postgresql", Relation((catalogue.database, name)))
        if filled and not usable and not _all_excluded(catalogue.source, path):
            catalogue.found.complete = False
            detail = (
                f"the account cannot use this schema; GRANT USAGE ON SCHEMA {name}, or exclude it"
            )
            catalogue.gap(GapReason.PERMISSION, detail, path)
    return creatable


def _all_excluded(source: Source, schema: str) -> bool:
    """A schema is left out on purpose when any name in it would be."""
    return omission(source, f"{schema}/any") is not None


def _relation(database: str, row: Sequence[Any]) -> Relation:
    _, schema, name, kind, tuples, size, comment, writable, leaves, parts, bytes_ = row
    if kind == "p":
        tuples, size = parts, bytes_
    estimate = None if tuples is None or tuples < 0 or kind in ("v", "f") else int(tuples)
    return Relation(
        (database, schema, name),
        view=kind in ("v", "m", "f"),
        population=estimate,
        size=None if size is None else int(size),
        comment=comment or "",
        siblings=max(int(leaves or 1), 1),
        writable=bool(writable),
    )


def _fields(catalogue: Catalogue) -> dict[tuple[int, int], str]:
    """Fill the fields; return their raw names by relation and number."""
    names: dict[tuple[int, int], str] = {}
    hidden: list[tuple[int, str]] = []
    for (
        oid,
        number,
        name,
        declared,
        base,
        type_,
        notnull,
        comment,
        readable,
    ) in catalogue.session.all(_FIELDS):
        relation = catalogue.found.relations.get(oid)
        if relation is None:
            continue
        names[oid, number] = name
        if not readable:
            hidden.append((oid, name))
        kind = Kind.TEXT if type_ in ("e", "c") else kind_of_type("postgresql", base)
        relation.fields.append(
            Field(field_name(name), kind, declared, not notnull, comment=comment or "")
        )
    _hide(catalogue, hidden)
    return names


def _hide(catalogue: Catalogue, hidden: list[tuple[int, str]]) -> None:
    """Leave fields without permission out, unless that is all fields: reading then says so."""
    by_relation: dict[int, list[str]] = {}
    for oid, name in hidden:
        by_relation.setdefault(oid, []).append(name)
    for oid, names in by_relation.items():
        relation = catalogue.found.relations[oid]
        if len(names) == len(relation.fields):
            continue
        path = path_of(catalogue.source, "postgresql", relation)
        for name in names:
            field = field_name(name)
            relation.fields = [old for old in relation.fields if old.name != field]
            detail = "the account may not read this field; grant SELECT on it"
            catalogue.gap(GapReason.PERMISSION, detail, path, field)


def _keys(catalogue: Catalogue, names: dict[tuple[int, int], str]) -> None:
    relations = catalogue.found.relations
    for oid, type_, numbers, other, others in catalogue.rows(_KEYS, "keys"):
        relation = relations.get(oid)
        if relation is None:
            continue
        fields = [names[oid, number] for number in numbers if (oid, number) in names]
        if type_ in ("p", "u"):
            mark_key(relation, fields, "primary" if type_ == "p" else "unique")
        elif other in relations:
            for number, target in zip(numbers, others, strict=True):
                if (oid, number) in names and (other, target) in names:
                    to = reference(relations[other].segments, names[other, target])
                    mark(relation, names[oid, number], references=to)


def _writers(catalogue: Catalogue, creatable: set[str]) -> None:
    """Note why the account can write to what is listed."""
    found, source = catalogue.found, catalogue.source
    if any(row[0] for row in catalogue.rows(_SUPERUSER, "role")):
        found.writers.append("it is a superuser")
        return
    chosen = [
        relation
        for relation in found.relations.values()
        if omission(source, path_of(source, "postgresql", relation), view=relation.view) is None
    ]
    tables = sorted("/".join(relation.segments[1:]) for relation in chosen if relation.writable)
    if tables:
        more = f" and {len(tables) - 1} more" if len(tables) > 1 else ""
        found.writers.append(f"it may change {tables[0]}{more}")
    schemas = sorted(creatable & {relation.segments[1] for relation in chosen})
    found.writers += [f"it may create in schema {name}" for name in schemas]
