"""From a source to what the database driver is given: URL, secrets, TLS.

Environment references are resolved here and nowhere else; what comes out lives in the engine only.
"""

import importlib
import ipaddress
import os
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from connectors import drivers
from scanner.errors import DriverMissingError, StoreError
from scanner.model import Secret, Source

CONNECT_SECONDS = 10
SILENT_SECONDS = 300  # longer than any statement should take without a sign of life

_KINDS = {
    "sqlite": "sqlite",
    "postgresql": "postgresql",
    "postgres": "postgresql",
    "mysql": "mysql",
    "mariadb": "mysql",
}
# Options that change how a server is reached. Everything else could undo the read-only session.
_OPTIONS = {
    "postgresql": {"host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey"},
    "mysql": {"unix_socket", "ssl_ca", "ssl_cert", "ssl_key", "charset"},
}
# The library of the driver may look for certificates where its builder kept them.
_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
)


@dataclass(frozen=True, slots=True)
class Target:
    """What an engine is made from. ``url`` and ``arguments`` may hold the password."""

    kind: str
    url: sa.URL = field(repr=False)
    arguments: dict[str, Any] = field(repr=False)
    file: Path | None = field(default=None, repr=False)
    verified: bool = False  # TLS with a checked certificate and host name is demanded

    @property
    def database(self) -> str:
        """Name of the database; empty when the URL names none."""
        return self.url.database or ""


def resolve(source: Source, application: str) -> Target:
    """Return what reaches a source.

    Raise StoreError for an unset variable, an unknown option or a URL that cannot be read, and
    DriverMissingError when the driver is not installed.
    """
    if not source.url:
        return _sqlite(Path(source.path))
    url = _parse(source)
    kind = _KINDS.get(url.drivername.partition("+")[0])
    if kind is None:
        raise StoreError("this URL is not of an SQL store", "unsupported")
    if kind == "sqlite":
        if not url.database or url.database == ":memory:":
            raise StoreError(
                "an SQLite URL needs a file, as sqlite:////data/crm.sqlite",
                "unsupported",
            )
        return _sqlite(Path(url.database))
    _driver(kind)
    url = _credentials(source, url)
    unknown = sorted(set(url.query) - _OPTIONS[kind])
    if unknown:
        raise StoreError(
            f"the URL has options that are not passed on ({', '.join(unknown)}); remove them",
            "unsupported",
        )
    make = _postgresql if kind == "postgresql" else _mysql
    return make(source, url, application)


def secret(value: str | Secret, what: str) -> str:
    """Return a text or what its environment variable holds. Raise StoreError when it is not set."""
    if isinstance(value, str):
        return value
    found = os.environ.get(value.env)
    if found is None:
        raise StoreError(
            f"the environment variable {value.env} is not set; it should hold the {what}",
            "refused",
        )
    return found


def is_local(host: str | None) -> bool:
    """Tell whether a host is this machine: a socket, ``localhost`` or a loopback address."""
    if not host or host.startswith(("/", "@")) or host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _parse(source: Source) -> sa.URL:
    text = secret(source.url, "URL")
    try:
        return sa.make_url(text)
    except (sa.exc.ArgumentError, ValueError):
        # The library quotes the URL, password included.
        raise StoreError(
            "its URL cannot be read; it should look like postgresql://user@host/database",
            "unsupported",
        ) from None


def _credentials(source: Source, url: sa.URL) -> sa.URL:
    if source.user:
        url = url.set(username=secret(source.user, "user name"))
    if source.password:
        url = url.set(password=secret(source.password, "password"))
    return url


def _driver(kind: str) -> None:
    try:
        importlib.import_module(drivers.module(kind))
    except ImportError as error:
        raise DriverMissingError(drivers.sentence(kind)) from error


def _sqlite(path: Path) -> Target:
    path = path.expanduser().absolute()
    if not path.exists():
        raise StoreError("its SQLite file does not exist; check its path", "unreachable")
    return Target("sqlite", sa.URL.create("sqlite+pysqlite"), {}, path)


def _query(url: sa.URL, name: str) -> str:
    value = url.query.get(name, "")
    return value if isinstance(value, str) else ",".join(value)


def _demanded(source: Source, hosts: list[str]) -> bool:
    """TLS is demanded of every host that is not this machine, and wherever a CA is given."""
    remote = not all(is_local(host) for host in hosts)
    return source.verify_tls and (remote or bool(source.ca_file))


def _postgresql(source: Source, url: sa.URL, application: str) -> Target:
    hosts = [host for host in (url.host, *_query(url, "host").split(",")) if host]
    verified = _demanded(source, hosts)
    arguments: dict[str, Any] = {
        "connect_timeout": CONNECT_SECONDS,
        "application_name": application[:63],
        "client_encoding": "utf8",
        # A network that fails silently must not hold the scan for ever.
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "tcp_user_timeout": SILENT_SECONDS * 1000,
        # Prepared statements do not survive a pooler between us and the server.
        "prepare_threshold": None,
    }
    if verified:
        arguments["sslmode"] = "verify-full"
        arguments["sslrootcert"] = source.ca_file or _query(url, "sslrootcert") or _bundle()
    else:
        arguments["sslmode"] = _query(url, "sslmode") or "prefer"
    kept = {name: value for name, value in url.query.items() if name not in arguments}
    url = url.set(drivername="postgresql+psycopg", query=kept)
    if not url.database:
        url = url.set(database=url.username or "postgres")
    return Target("postgresql", url, arguments, verified=verified)


def _bundle() -> str:
    user = Path("~/.postgresql/root.crt").expanduser()
    found = (str(user), ssl.get_default_verify_paths().cafile, *_BUNDLES)
    return next((name for name in found if name and Path(name).is_file()), "system")


def _mysql(source: Source, url: sa.URL, application: str) -> Target:
    socket = _query(url, "unix_socket")
    verified = _demanded(source, [] if socket else [url.host or ""])
    arguments: dict[str, Any] = {
        "connect_timeout": CONNECT_SECONDS,
        "program_name": application[:128],
        "charset": "utf8mb4",
        "read_timeout": CONNECT_SECONDS,  # of the greeting; the session allows more afterwards
        "local_infile": False,
    }
    if verified:
        arguments["ssl"] = _context(source.ca_file or _query(url, "ssl_ca"), url)
    if socket:
        arguments["unix_socket"] = socket
    url = url.set(drivername="mysql+pymysql", query={})
    return Target("mysql", url, arguments, verified=verified)


def _context(ca_file: str, url: sa.URL) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=ca_file or None)
        if _query(url, "ssl_cert"):
            context.load_cert_chain(_query(url, "ssl_cert"), _query(url, "ssl_key") or None)
    except OSError as error:
        raise StoreError("a certificate file cannot be read; check ca_file", "refused") from error
    return context
