"""Accounts that can write: what shows it, and the sentence that refuses them."""

import re
from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from connectors.sql_catalogue import Catalogue
from scanner.errors import StoreError
from scanner.model import Asset, Path, decode

_WRITES = frozenset(
    {
        "ALL",
        "ALL PRIVILEGES",
        "ALTER",
        "ALTER ROUTINE",
        "CREATE",
        "CREATE ROUTINE",
        "CREATE TABLESPACE",
        "CREATE USER",
        "CREATE VIEW",
        "DELETE",
        "DELETE HISTORY",
        "DROP",
        "EVENT",
        "FILE",
        "INDEX",
        "INSERT",
        "SUPER",
        "TRIGGER",
        "UPDATE",
    }
)
_QUOTED = re.compile(r"`(?:[^`]|``)*`|\"(?:[^\"]|\"\")*\"|'(?:[^'\\]|''|\\.)*'")
_GRANT = re.compile(r"GRANT (?P<what>.+?) ON (?:TABLE )?(?P<on>\S+) TO ", re.S)
_ROLE = re.compile(r"GRANT (?P<roles>[^ ]+(?:, ?[^ ]+)*) TO ")


def writing_grants(catalogue: Catalogue) -> list[str]:
    """Return why an account of MariaDB or MySQL can write to what is listed, for a person."""
    lines = [str(row[0]) for row in catalogue.rows(sa.text("SHOW GRANTS"), "grants")]
    if not getattr(catalogue.session.dialect, "is_mariadb", False):
        lines += _by_roles(catalogue, lines)  # MariaDB shows them unasked
    tables = set(catalogue.found.relations)
    found = dict.fromkeys(writes for line in lines for writes in writes_in(line, tables))
    return [f"it has {privilege} on {place}" for privilege, place in found]


def _by_roles(catalogue: Catalogue, lines: Sequence[str]) -> list[str]:
    """MySQL: the grants of the roles of the account, which may be active at any time."""
    roles = []
    for line in lines:
        masked, names = _mask(line)
        if " ON " not in masked and (match := _ROLE.match(masked)):
            used = [names[int(at)] for at in re.findall(r"\x00(\d+)\x00", match["roles"])]
            roles += list(zip(used[::2], used[1::2], strict=False))
    if not roles:
        return []
    marks = ", ".join(f":role{at}@:host{at}" for at in range(len(roles)))
    parameters = {f"role{at}": role for at, (role, _) in enumerate(roles)}
    parameters |= {f"host{at}": host for at, (_, host) in enumerate(roles)}
    statement = sa.text(f"SHOW GRANTS FOR CURRENT_USER() USING {marks}")
    return [str(row[0]) for row in catalogue.rows(statement, "grants of roles", **parameters)]


def writes_in(line: str, tables: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield privilege and place of what one line of SHOW GRANTS allows to change."""
    masked, names = _mask(line)
    match = _GRANT.match(masked)
    if match is None:
        return
    place = re.sub(r"\x00(\d+)\x00", lambda name: names[int(name[1])], match["on"])
    if not _concerns(match["on"], names, tables):
        return
    for privilege in re.sub(r"\([^)]*\)", "", match["what"]).split(","):
        if privilege.strip().upper() in _WRITES:
            yield privilege.strip().upper(), place


def _mask(line: str) -> tuple[str, list[str]]:
    """Put numbers for quoted names, which may hold any sign; return the names too."""
    names: list[str] = []

    def keep(match: re.Match[str]) -> str:
        quote = match[0][0]
        names.append(match[0][1:-1].replace(quote * 2, quote))
        return f"\x00{len(names) - 1}\x00"

    return _QUOTED.sub(keep, line), names


def _concerns(on: str, names: Sequence[str], tables: set[tuple[str, str]]) -> bool:
    schema, _, table = on.partition(".")
    if schema == "*":
        return True
    at = re.fullmatch(r"\x00(\d+)\x00", schema)
    if at is None:
        return False
    pattern = _like(names[int(at[1])])
    name = re.fullmatch(r"\x00(\d+)\x00", table)
    return any(
        pattern.fullmatch(known_schema) and (name is None or names[int(name[1])] == known)
        for known_schema, known in tables
    )


def _like(pattern: str) -> re.Pattern[str]:
    r"""A database in a grant may hold ``%`` and ``_``, which a backslash makes literal."""
    wild = {"%": ".*", "_": "."}
    parts = re.findall(r"\\.|.", pattern, re.S)
    return re.compile("".join(wild.get(p, re.escape(p[-1])) for p in parts), re.S | re.I)


def refuse_writer(
    dialect: sa.Dialect, assets: Sequence[Asset], database: str, why: Sequence[str]
) -> None:
    """Raise StoreError with the statements that would make an account that can only read."""
    quote = dialect.identifier_preparer.quote
    paths = [Path.parse(asset.path).segments for asset in assets]
    if dialect.name == "postgresql":
        schemas = ", ".join(sorted({quote(decode(path[-2])) for path in paths})) or "public"
        statements = [
            "CREATE ROLE ropascan LOGIN PASSWORD '…'",
            f"GRANT CONNECT ON DATABASE {quote(database)} TO ropascan",
            f"GRANT USAGE ON SCHEMA {schemas} TO ropascan",
            f"GRANT SELECT ON ALL TABLES IN SCHEMA {schemas} TO ropascan",
        ]
        open_schemas = [line for line in why if line.startswith("it may create in schema ")]
        for line in open_schemas:
            name = quote(line.removeprefix("it may create in schema "))
            statements.append(f"REVOKE CREATE ON SCHEMA {name} FROM PUBLIC")
    else:
        schemas_ = sorted({quote(decode(path[-2])) for path in paths}) or [quote(database or "…")]
        statements = ["CREATE USER 'ropascan'@'%' IDENTIFIED BY '…'"]
        statements += [
            f"GRANT SELECT, SHOW VIEW ON {schema}.* TO 'ropascan'@'%'" for schema in schemas_
        ]
    raise StoreError(
        f"the account can write ({'; '.join(why)}); use one that can only read, made by: "
        f"{'; '.join(statements)}; or set allow_write_grants = true for this source",
        "can_write",
    )
