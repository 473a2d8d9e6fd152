"""Throw-away servers for the tests: the store's own binary on a free loopback port.

``TEST_POSTGRES_URL`` or ``TEST_MARIADB_URL`` (an administrator's URL) is used when set. A store
named in ``REQUIRE_STORES`` (comma-separated) fails where it would be skipped.
"""

import contextlib
import datetime
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pytest
import sqlalchemy as sa

INSTALL = {
    "postgres": "apt-get install -y --no-install-recommends postgresql",
    "mariadb": "apt-get install -y --no-install-recommends mariadb-server",
    "libreoffice": "apt-get install -y --no-install-recommends libreoffice-calc",
}
_START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Server:
    """A server that tests may write to as its administrator."""

    url: str
    ca_file: str = ""  # certificate that the server shows, when it speaks TLS

    def execute(self, *statements: str, database: str = "") -> None:
        """Run statements as the administrator, each in its own transaction."""
        engine = sa.create_engine(self.named(database), poolclass=sa.NullPool)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for statement in statements:
                connection.exec_driver_sql(statement.replace("%", "%%"))
        engine.dispose()

    def named(self, database: str = "", user: str = "", password: str = "") -> str:
        """The URL with another database or account."""
        url = sa.make_url(self.url)
        if database:
            url = url.set(database=database)
        if user:
            url = url.set(username=user, password=password or None)
        return url.render_as_string(hide_password=False)

    @property
    def port(self) -> int:
        """Where it listens."""
        return sa.make_url(self.url).port or 0


def missing(store: str, reason: str) -> NoReturn:
    """Skip with the install line, or fail when the store is required."""
    text = f"{store}: {reason}; install it with: {INSTALL[store]}"
    if store in os.environ.get("REQUIRE_STORES", "").replace(" ", "").split(","):
        pytest.fail(text, pytrace=False)
    pytest.skip(text)


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _program(name: str, *folders: Path) -> Path | None:
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    found = shutil.which(name)
    return Path(found).resolve() if found else None


@contextlib.contextmanager
def _folder(account: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """A short-named folder (sockets have short paths), and how to run as who owns it."""
    folder = Path(tempfile.mkdtemp(prefix="rs-"))
    run: dict[str, Any] = {
        "cwd": folder,
        "env": {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(folder)},
    }
    if os.name == "posix" and os.geteuid() == 0:
        import pwd

        try:
            entry = pwd.getpwnam(account)
        except KeyError:
            entry = pwd.getpwnam("nobody")
        os.chown(folder, entry.pw_uid, entry.pw_gid)
        run |= {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    try:
        yield folder, run
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _running(command: list[str], run: dict[str, Any], stop: int) -> Iterator[subprocess.Popen[Any]]:
    """A server of our own, ended by its own process id; Ctrl-C does not reach it first."""
    with (Path(run["cwd"]) / "server.log").open("wb") as log:
        process = subprocess.Popen(
            command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True, **run
        )
        try:
            yield process
        finally:
            process.send_signal(stop)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _await(url: str, process: subprocess.Popen[Any], store: str) -> None:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    until = time.monotonic() + _START_SECONDS
    while True:
        try:
            engine.connect().close()
        except sa.exc.OperationalError:
            if process.poll() is not None or time.monotonic() > until:
                missing(store, "the throw-away server did not start")
            time.sleep(0.05)
        else:
            engine.dispose()
            return


@contextlib.contextmanager
def postgres() -> Iterator[Server]:
    """PostgreSQL of this machine; as root it runs under another account."""
    if given := os.environ.get("TEST_POSTGRES_URL"):
        yield Server(given)
        return
    pytest.importorskip("psycopg")
    own = [Path(os.environ["PG_BIN"])] if "PG_BIN" in os.environ else []
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True
    )
    initdb = _program("initdb", *own, *installed)
    if initdb is None:
        missing("postgres", "no initdb found")
    server, port = initdb.with_name("postgres"), free_port()
    with _folder("postgres") as (folder, run):
        data = folder / "data"
        subprocess.run(
            [initdb, "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync"],
            check=True,
            capture_output=True,
            **run,
        )
        hba = "local all all trust\nhost all guarded 127.0.0.1/32 scram-sha-256\n"
        (data / "pg_hba.conf").write_text(hba + "host all all 127.0.0.1/32 trust\n")
        command = [str(server), "-D", str(data), "-p", str(port), "-k", str(folder)]
        command += ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
        certificate = _certificate(folder, run)
        if certificate:
            command += ["-c", "ssl=on", "-c", f"ssl_cert_file={certificate}"]
            command += ["-c", f"ssl_key_file={folder / 'key.pem'}"]
        url = f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
        with _running(command, run, signal.SIGINT) as process:
            _await(url, process, "postgres")
            yield Server(url, certificate)


@contextlib.contextmanager
def mariadb() -> Iterator[Server]:
    """MariaDB of this machine."""
    if given := os.environ.get("TEST_MARIADB_URL"):
        yield Server(given)
        return
    pytest.importorskip("pymysql")
    places = (Path("/usr/sbin"), Path("/usr/bin"), Path("/usr/libexec"))
    server, install = _program("mariadbd", *places), _program("mariadb-install-db", *places)
    if server is None or install is None:
        missing("mariadb", "no mariadbd found")
    port = free_port()
    with _folder("mysql") as (folder, run):
        data = folder / "data"
        subprocess.run(
            [
                install,
                "--no-defaults",
                f"--datadir={data}",
                "--skip-test-db",
                "--auth-root-authentication-method=normal",
            ],
            check=True,
            capture_output=True,
            **run,
        )
        command = [str(server), "--no-defaults", f"--datadir={data}", f"--port={port}"]
        command += ["--bind-address=127.0.0.1", f"--socket={folder / 's.sock'}", "--skip-log-bin"]
        command += [f"--pid-file={folder / 'pid'}", "--innodb-flush-log-at-trx-commit=0"]
        certificate = _certificate(folder, run)
        if certificate:
            command += [f"--ssl-cert={certificate}", f"--ssl-key={folder / 'key.pem'}"]
        url = f"mysql+pymysql://root@127.0.0.1:{port}/mysql"
        with _running(command, run, signal.SIGTERM) as process:
            _await(url, process, "mariadb")
            yield Server(url, certificate)


def _certificate(folder: Path, run: dict[str, Any]) -> str:
    """A certificate of its own authority for this machine; empty without the library for it."""
    try:
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec
    except ImportError:
        return ""
    import ipaddress

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(identifier, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    secret = key.private_bytes(pem, serialization.PrivateFormat.TraditionalOpenSSL, plain)
    for file, content in (("cert.pem", certificate.public_bytes(pem)), ("key.pem", secret)):
        path = folder / file
        path.write_bytes(content)
        path.chmod(0o600)
        if "user" in run:
            os.chown(path, run["user"], run["group"])
    return str(folder / "cert.pem")
