"""Secrets are references: written out they are refused, and never quoted."""

from pathlib import Path

import pytest

from scanner.config import Config, load
from scanner.errors import ConfigError
from scanner.model import Secret

HIDDEN = "s3cr3t-Hunter2"


def config(folder: Path, lines: str) -> Config:
    path = folder / "config.toml"
    path.write_text('[[source]]\nname = "crm-eu"\n' + lines + "\n", "utf-8")
    return load(path)


@pytest.mark.parametrize(
    "lines",
    [
        f'path = "x"\npassword = "{HIDDEN}"',
        f'path = "x"\npassword = ["{HIDDEN}"]',
        f'path = "x"\npassword = {{ env = "{HIDDEN}" }}',  # not the name of a variable
        f'path = "x"\npassword = {{ value = "{HIDDEN}" }}',
        f'path = "x"\npassword = {{ env = "A", value = "{HIDDEN}" }}',
        f'url = "postgresql://me:{HIDDEN}@db/crm"',
        f'url = "postgresql://me:{HIDDEN}/x@db/crm"',  # badly encoded
        f'url = "postgresql://me:{HIDDEN}#x@db/crm"',
        f'url = "postgresql://me:a@{HIDDEN}@db/crm"',
        f'url = "postgresql://:{HIDDEN}@db/crm"',
        f'url = "mysql://db/crm?user=me&password={HIDDEN}"',
        f'url = "mysql://[::1]/crm?PWD={HIDDEN}"',
        f'url = "{HIDDEN}"',
        f'url = {{ env = "{HIDDEN}" }}',
        f'path = "x"\nuser = {{ environment = "{HIDDEN}" }}',
        f'path = "x"\npassword = {{ env = "A" }}\npassword = "{HIDDEN}"',  # malformed TOML
    ],
)
def test_a_secret_in_the_file_is_refused_and_not_quoted(lines: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        config(tmp_path, lines)
    error: BaseException | None = caught.value
    while error:
        assert HIDDEN not in str(error)
        error = error.__cause__
    assert "line " in str(caught.value)


def test_the_sentence_shows_the_reference_to_write(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        config(tmp_path, f'url = "postgresql://me:{HIDDEN}@db/crm"')
    assert 'password = { env = "CRM_EU_PASSWORD" }' in str(caught.value)
    assert 'url = { env = "CRM_EU_URL" }' in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://db/crm",
        "postgresql://db:5432/crm",
        "postgresql://me@db:5432/crm",
        "postgresql://me:@db/crm",  # no password
        "postgresql://[::1]:5432/crm",
        "postgresql://db:5432/crm?options=a@b",
        "mysql+pymysql://me@db/crm?charset=utf8mb4",
        "postgresql:///crm?host=/var/run/postgresql",
    ],
)
def test_urls_without_a_secret_pass(url: str, tmp_path: Path) -> None:
    assert config(tmp_path, f'url = "{url}"').sources[0].url == url


def test_references_are_kept_and_not_resolved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRM_PASSWORD", HIDDEN)
    found = config(
        tmp_path,
        'url = { env = "CRM_URL" }\nuser = { env = "CRM_USER" }\n'
        'password = { env = "CRM_PASSWORD" }',
    )
    source = found.sources[0]
    assert (source.url, source.user) == (Secret("CRM_URL"), Secret("CRM_USER"))
    assert source.password == Secret("CRM_PASSWORD")
    assert HIDDEN not in repr(found)
