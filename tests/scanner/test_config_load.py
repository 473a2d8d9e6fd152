"""config.toml is read strictly; relative paths start at its folder; nothing is opened."""

import math
from pathlib import Path

import pytest

from scanner.config import Config, Detection, Reports, Sampling, find, load
from scanner.errors import ConfigError
from scanner.model import Secret, Source

SOURCE = '[[source]]\nname = "crm"\npath = "crm.sqlite"\n'


def config(folder: Path, text: str) -> Config:
    path = folder / "config.toml"
    path.write_text(text, "utf-8")
    return load(path)


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        config(folder, text)
    return str(caught.value)


def test_defaults_are_those_of_the_types(tmp_path: Path) -> None:
    found = config(tmp_path, "")
    assert (found.sampling, found.detection, found.reports) == (Sampling(), Detection(), Reports())
    assert (found.sources, found.records, found.jobs) == ((), (), 0)
    assert (found.base, found.file) == (tmp_path, "config.toml")


def test_all_parts_are_read(tmp_path: Path) -> None:
    found = config(
        tmp_path,
        """
        jobs = 3
        [[record]]
        path = "ropa"
        sources = ["crm*"]
        [[source]]
        name = "crm-eu"
        url = "postgresql://ropascan@db:5432/crm"
        password = { env = "CRM_PASSWORD" }
        country = "IE"
        region = "eu-west-1"
        environment = "staging"
        include = ["core/*"]
        exclude = ["core/tmp_*"]
        views = true
        shared = true
        allow_write_grants = true
        verify_tls = false
        ca_file = "ca.pem"
        full_scan = true
        timezone = "Europe/Paris"
        [sampling]
        rows = 50
        asset_seconds = 2
        [detection]
        languages = ["en", "fr"]
        countries = ["FR"]
        names = false
        [detection.models]
        fr = "models/fr"
        [detection.thresholds]
        PHONE_NUMBER = 0.4
        [reports]
        formats = ["json"]
        out = "out"
        fail_on = "critical"
        min_confidence = "confirmed"
        """,
    )
    assert found.sources == (
        Source(
            name="crm-eu", url="postgresql://ropascan@db:5432/crm", password=Secret("CRM_PASSWORD"),
            country="IE", region="eu-west-1", environment="staging", include=("core/*",),
            exclude=("core/tmp_*",), views=True, shared=True, allow_write_grants=True,
            verify_tls=False, ca_file=str(tmp_path / "ca.pem"), full_scan=True,
            timezone="Europe/Paris",
        ),
    )  # fmt: skip
    assert found.records[0].path == tmp_path / "ropa"
    assert found.records[0].sources == ("crm*",)
    assert found.sampling == Sampling(rows=50, asset_seconds=2.0)
    assert found.detection.models == {"fr": "models/fr"}
    assert found.detection.thresholds == {"PHONE_NUMBER": 0.4}
    assert found.reports == Reports(("json",), tmp_path / "out", "critical", "confirmed")


@pytest.mark.parametrize(
    ("given", "expected"),
    [("data/crm.sqlite", "data/crm.sqlite"), ("./x/../crm.sqlite", "crm.sqlite")],
)
def test_relative_paths_start_at_the_file(given: str, expected: str, tmp_path: Path) -> None:
    found = config(tmp_path, f'[[source]]\nname = "a"\npath = "{given}"\n')
    assert found.sources[0].path == str(tmp_path / expected)


@pytest.mark.parametrize("form", ["sqlite:///crm.db", "sqlite+pysqlite:///crm.db?timeout=3"])
def test_a_relative_sqlite_url_starts_at_the_file(form: str, tmp_path: Path) -> None:
    found = config(tmp_path, f'[[source]]\nname = "a"\nurl = "{form}"\n')
    start, _, end = form.partition("crm.db")
    assert found.sources[0].url == f"{start}{(tmp_path / 'crm.db').as_posix()}{end}"


def test_an_absolute_sqlite_url_stays(tmp_path: Path) -> None:
    url = f"sqlite:///{(tmp_path / 'x.db').as_posix()}"
    assert config(tmp_path, f'[[source]]\nname = "a"\nurl = "{url}"\n').sources[0].url == url


WRONG = {
    "unknown key": ("job = 2\n", ["config.toml, line 1", '"job"', '"jobs"']),
    "unknown table": ("[samplings]\nrows = 1\n", ['"sampling"']),
    "unknown key of a source": (
        SOURCE + 'enviroment = "test"\n', ["[[source]] crm", '"environment"']
    ),
    "one bracket": ('[source]\nname = "a"\npath = "x"\n', ["[[source]]"]),
    "two brackets": ("[[sampling]]\nrows = 1\n", ["[sampling]"]),
    "text for a number": ('[sampling]\nrows = "1000"\n', ["rows must be a whole number"]),
    "true for a number": ("[sampling]\nrows = true\n", ["rows must be a whole number"]),
    "another word for rows": ('[sampling]\nrows = "every"\n', ["rows must be", '"all"']),
    "no rows": ("[sampling]\nrows = 0\n", ["rows must be 1 or more"]),
    "seconds that are none": ("[sampling]\nasset_seconds = nan\n", ["asset_seconds must be"]),
    "fewer than no workers": ("jobs = -1\n", ["jobs must be 0 or more"]),
    "no name": ('[[source]]\npath = "x"\n', ["[[source]] no. 1", "name is missing"]),
    "odd name": ('[[source]]\nname = "CRM 2"\npath = "x"\n', ['"CRM 2"', "lower-case"]),
    "same name twice": (SOURCE + SOURCE, ['two sources are named "crm"']),
    "neither url nor path": ('[[source]]\nname = "a"\n', ["either url", "path"]),
    "both url and path": (SOURCE + 'url = "mysql://h/d"\n', ["not both"]),
    "url without a scheme": ('[[source]]\nname = "a"\nurl = "host/db"\n', ["postgresql://"]),
    "unknown country": (SOURCE + 'country = "EL"\n', ["mean GR"]),
    "unknown environment": (SOURCE + 'environment = "prod"\n', ['"production"']),
    "unknown time zone": (SOURCE + 'timezone = "Europe/Pari"\n', ["Europe/Paris"]),
    "glob with an open brace": (SOURCE + 'exclude = ["{a"]\n', ["brace"]),
    "glob with a kind": (SOURCE + 'include = ["sqlite://crm/**"]\n', ["leave out"]),
    "record without a path": ("[[record]]\n", ["path is missing"]),
    "record for no source": (
        '[[record]]\npath = "r"\nsources = ["crn"]\n' + SOURCE, ['"crn"', '"crm"']
    ),
    "language by name": ('[detection]\nlanguages = ["english"]\n', ["en or fr"]),
    "unknown country to look for": ('[detection]\ncountries = ["UK"]\n', ["GB"]),
    "threshold beyond one": ("[detection.thresholds]\nPERSON = 40\n", ["between 0 and 1"]),
    "threshold of no entity": ("[detection.thresholds]\nperson = 0.4\n", ["PHONE_NUMBER"]),
    "misspelt format": ('[reports]\nformats = ["jsonn"]\n', ['"json"']),
    "unknown severity": ('[reports]\nfail_on = "severe"\n', ["critical"]),
    "unknown confidence": ('[reports]\nmin_confidence = "certain"\n', ["confirmed"]),
    "malformed": ('[[source]\nname = "a"\n', ["config.toml, line 1"]),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_mistakes_are_named_in_one_sentence(case: str, tmp_path: Path) -> None:
    text, wanted = WRONG[case]
    said = refusal(tmp_path, text)
    assert len(said.splitlines()) == 1, said
    for words in wanted:
        assert words in said


def test_a_format_of_a_plug_in_passes(tmp_path: Path) -> None:
    assert config(tmp_path, '[reports]\nformats = ["sarif"]\n').reports.formats == ("sarif",)


def test_the_folder_is_searched_for_config_toml(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match="ropascan demo"):
        find()
    (tmp_path / "config.toml").write_text("")
    assert find() == Path("config.toml")
    assert find(tmp_path) == tmp_path / "config.toml"


def test_a_config_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.toml does not exist.*--config"):
        find(tmp_path / "nowhere.toml")


def test_all_rows_lift_the_bounds_of_a_sample_but_not_those_that_are_set(tmp_path: Path) -> None:
    place = tmp_path / "config.toml"
    place.write_text("[sampling]\nrows = 10\n")
    few = load(place).sampling
    assert (few.most_bytes, few.most_asset_seconds, few.most_source_seconds) == (
        64 * 1024 * 1024,
        30.0,
        3600.0,
    )
    place.write_text('[sampling]\nrows = "all"\n')
    free = load(place).sampling
    assert (free.rows, free.most_bytes) == (None, None)
    assert free.most_asset_seconds == free.most_source_seconds == math.inf
    place.write_text('[sampling]\nrows = "all"\nasset_bytes = 5\nsource_seconds = 60.0\n')
    some = load(place).sampling
    assert (some.most_bytes, some.most_asset_seconds, some.most_source_seconds) == (
        5,
        math.inf,
        60.0,
    )
