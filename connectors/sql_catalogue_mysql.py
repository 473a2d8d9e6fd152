"""The catalogue of MariaDB and MySQL: ``information_schema``, which shows what may be read."""

import sqlalchemy as sa

from connectors.sql_catalogue import Catalogue, Found, Relation, mark, mark_key, reference
from connectors.sql_grants import writing_grants
from connectors.sql_session import Session
from connectors.sql_types import kind_of_type
from scanner.model import Field, GapReason, Source, field_name

_SYSTEM = ("information_schema", "mysql", "performance_schema", "sys")


def _query(fields: str, table: str, more: str) -> sa.TextClause:
    """Complete a constant query of information_schema."""
    statement = (
        f"SELECT {fields} FROM information_schema.{table} AS t "  # noqa: S608 - constants only
        "WHERE t.TABLE_SCHEMA NOT IN :system "
        f"AND (:database = '' OR t.TABLE_SCHEMA = :database) {more}"
    )
    return sa.text(statement).bindparams(sa.bindparam("system", expanding=True))


_TABLES = _query(
    "t.TABLE_SCHEMA, t.TABLE_NAME, t.TABLE_TYPE, t.TABLE_ROWS, t.DATA_LENGTH, t.TABLE_COMMENT",
    "TABLES",
    "AND t.TABLE_TYPE <> 'SEQUENCE' ORDER BY t.TABLE_SCHEMA, t.TABLE_NAME",
)
_FIELDS = _query(
    "t.TABLE_SCHEMA, t.TABLE_NAME, t.COLUMN_NAME, t.DATA_TYPE, t.COLUMN_TYPE, t.IS_NULLABLE, "
    "t.COLUMN_COMMENT",
    "COLUMNS",
    "ORDER BY t.TABLE_SCHEMA, t.TABLE_NAME, t.ORDINAL_POSITION",
)
_INDEXES = _query(
    "t.TABLE_SCHEMA, t.TABLE_NAME, t.INDEX_NAME, t.NON_UNIQUE, t.COLUMN_NAME",
    "STATISTICS",
    "AND t.INDEX_TYPE = 'BTREE' "
    "ORDER BY t.TABLE_SCHEMA, t.TABLE_NAME, t.INDEX_NAME, t.SEQ_IN_INDEX",
)
_REFERENCES = _query(
    "t.TABLE_SCHEMA, t.TABLE_NAME, t.COLUMN_NAME, t.REFERENCED_TABLE_SCHEMA, "
    "t.REFERENCED_TABLE_NAME, t.REFERENCED_COLUMN_NAME",
    "KEY_COLUMN_USAGE",
    "AND t.REFERENCED_TABLE_NAME IS NOT NULL",
)


def find_mysql(session: Session, source: Source, database: str) -> Found:
    """Read the catalogue of one database, or of all that the account sees without one.

    Raise StoreError when it cannot be read at all.
    """
    catalogue = Catalogue(session, source, database)
    found = catalogue.found
    parameters: dict[str, object] = {"system": list(_SYSTEM), "database": database}
    for schema, name, type_, rows, size, comment in session.all(_TABLES, parameters):
        view = type_ in ("VIEW", "SYSTEM VIEW")
        found.relations[schema, name] = Relation(
            (schema, name),
            view=view,
            population=None if rows is None or view else int(rows),
            size=None if size is None or view else int(size),
            comment="" if view else comment or "",  # of a view: VIEW, or an error's text
        )
    for schema, name, field, data_type, declared, null, comment in session.all(_FIELDS, parameters):
        relation = found.relations.get((schema, name))
        if relation is not None:
            kind = kind_of_type("mysql", str(data_type))
            relation.fields.append(
                Field(field_name(field), kind, str(declared), null == "YES", comment=comment or "")
            )
    _keys(catalogue, parameters)
    if not found.relations:
        found.complete = False
        catalogue.gap(
            GapReason.PERMISSION,
            "the account sees no table here; grant SELECT, or check the database in the URL",
        )
    found.writers = writing_grants(catalogue)
    return found


def _keys(catalogue: Catalogue, parameters: dict[str, object]) -> None:
    relations = catalogue.found.relations
    indexes: dict[tuple[str, str, str], tuple[bool, list[str | None]]] = {}
    for schema, name, index, loose, field in catalogue.rows(_INDEXES, "indexes", **parameters):
        indexes.setdefault((schema, name, index), (not int(loose), []))[1].append(field)
    for (schema, name, index), (unique, fields) in indexes.items():
        relation = relations.get((schema, name))
        if relation is None or fields[0] is None:  # an index over an expression
            continue
        known = [field for field in fields if field is not None]
        if unique and len(known) == len(fields):
            mark_key(relation, known, "primary" if index == "PRIMARY" else "unique")
        mark(relation, fields[0], indexed=True)
    for schema, name, field, *to in catalogue.rows(_REFERENCES, "references", **parameters):
        if (schema, name) in relations:
            mark(relations[schema, name], field, references=reference(to[:2], to[2]))
