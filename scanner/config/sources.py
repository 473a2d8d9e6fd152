"""One ``[[source]]`` of config.toml: where it lies, and references to its secrets."""

import os
import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from scanner.countries import countries
from scanner.model import Secret, Source, compile_glob
from scanner.spelling import quoted
from scanner.tomlcheck import Block

ENVIRONMENTS = ("production", "staging", "test", "development")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SECRET_WORDS = frozenset({"password", "passwd", "pwd", "pass", "sslpassword", "secret", "token"})


def source(block: Block, base: Path) -> Source:
    """Read one ``[[source]]``."""
    name = block.text("name", required=True)
    if name and not _NAME.fullmatch(name):
        block.problem(
            f"name {quoted(name)} must be lower-case letters, digits, dots, hyphens and "
            "underscores, and start with a letter or digit.",
            "name",
        )
    url, path = _url(block, base), block.text("path")
    if block.has("url") == block.has("path"):
        word = "not both" if block.has("url") else "one of them is needed"
        block.problem(f"write either url (a database) or path (a file or folder): {word}.")
    source = Source(
        name=name,
        url=url,
        path=str(absolute(base, path)) if path else "",
        user=_text_or_secret(block, "user"),
        password=_password(block, name),
        country=_country(block, "country"),
        region=block.text("region"),
        environment=block.choice("environment", ENVIRONMENTS),
        include=_globs(block, "include"),
        exclude=_globs(block, "exclude"),
        views=block.flag("views"),
        shared=block.flag("shared"),
        allow_write_grants=block.flag("allow_write_grants"),
        verify_tls=block.flag("verify_tls", default=True),
        ca_file=str(absolute(base, ca)) if (ca := block.text("ca_file")) else "",
        full_scan=block.flag("full_scan"),
        timezone=_timezone(block),
    )
    block.finish()
    return source


def absolute(base: Path, text: str) -> Path:
    """Return a path of the configuration, which starts at the folder of its file."""
    return Path(os.path.normpath(base / Path(text).expanduser()))


def bad_glob(block: Block, key: str, glob: str) -> bool:
    """Report a glob that cannot be read, and tell whether it was one."""
    try:
        compile_glob(glob)
    except ValueError:
        block.problem(f"{key}: a brace is not closed in {quoted(glob)}.", key)
        return True
    return False


def _globs(block: Block, key: str) -> tuple[str, ...]:
    globs = block.texts(key)
    for glob in globs:
        bad_glob(block, key, glob)
        if "://" in glob:
            block.problem(
                f"{key}: leave out what stands before the asset (kind://source/) in "
                f"{quoted(glob)}.",
                key,
            )
    return globs


def _country(block: Block, key: str) -> str:
    code = block.text(key)
    wrong = countries().wrong(code) if code else ""
    if wrong:
        block.problem(f"{key}: {wrong}", key)
    return code


def _timezone(block: Block) -> str:
    zone = block.text("timezone", "UTC")
    if zone == "UTC":
        return zone
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        block.problem(
            f"timezone does not know {quoted(zone)}; write a name such as Europe/Paris.", "timezone"
        )
    return zone


def _text_or_secret(block: Block, key: str) -> str | Secret:
    value = block.raw(key)
    if isinstance(value, dict):
        return _reference(block, key, value) or ""
    return block.text(key)


def _reference(block: Block, key: str, value: dict[str, object]) -> Secret | None:
    """Read ``{ env = "NAME" }``. Never quotes the value: it may be the secret itself."""
    name = value.get("env")
    if set(value) == {"env"} and isinstance(name, str) and _VARIABLE.fullmatch(name):
        return Secret(name)
    block.problem(
        f"{key} must name an environment variable and nothing else, "
        f'as in {key} = {{ env = "NAME" }}.',
        key,
    )
    return None


def _password(block: Block, name: str) -> Secret | None:
    value = block.raw("password")
    if value is None:
        return None
    if isinstance(value, dict):
        return _reference(block, "password", value)
    variable = _variable(name, "PASSWORD")
    block.problem(
        "a password must not stand in this file; write "
        f'password = {{ env = "{variable}" }} and set that environment variable.',
        "password",
    )
    return None


def _variable(name: str, what: str) -> str:
    return (re.sub(r"[^A-Z0-9]+", "_", name.upper()).strip("_") or "SOURCE") + "_" + what


def _url(block: Block, base: Path) -> str | Secret:
    url = _text_or_secret(block, "url")
    if isinstance(url, Secret) or not url:
        return url
    scheme, sep, rest = url.partition("://")
    if not sep or not re.fullmatch(r"[a-z][a-z0-9+.-]*", scheme):
        block.problem(
            "url must look like postgresql://host/database; for a file or folder write path.", "url"
        )
        return ""
    if holds_secret(rest):
        variable = _variable(block.text("name"), "URL")
        block.problem(
            "a password must not stand in the url; keep the url without it and write "
            f'password = {{ env = "{_variable(block.text("name"), "PASSWORD")}" }}, or put the '
            f'whole url into a variable: url = {{ env = "{variable}" }}.',
            "url",
        )
        return ""
    return _local_database(url, scheme, rest, base)


def holds_secret(rest: str) -> bool:
    """Tell whether the part after ``://`` holds a password, even a badly encoded one."""
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if "@" in authority:
        return bool(authority.rpartition("@")[0].partition(":")[2])
    port = authority.rpartition(":")[2] if ":" in authority else ""
    if "@" in rest and port and not port.isdigit() and not authority.endswith("]"):
        return True  # a password with a slash in it
    query = urlsplit("x:" + rest.replace("[", "").replace("]", "")).query
    return any(key.lower() in _SECRET_WORDS and value for key, value in parse_qsl(query))


def _local_database(url: str, scheme: str, rest: str, base: Path) -> str:
    """Make the relative file of a ``sqlite:///`` URL absolute: it starts at config.toml."""
    if scheme.partition("+")[0] != "sqlite" or not rest.startswith("/"):
        return url
    path, mark, query = rest[1:].partition("?")
    if not path or path.startswith("file:") or path == ":memory:":
        return url
    return f"{scheme}:///{absolute(base, path).as_posix()}{mark}{query}"
