"""The commands ``record import`` and ``record export``."""

import stat
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scanner.cli import cli
from scanner.errors import ConfigError, OutputError, RecordError, RopascanError

EXAMPLE = Path(__file__).parents[1] / "scanner" / "records" / "worked_example.toml"
TABLE = (
    "N° / RÉF;Nom du traitement;Finalité principale;Catégorie de données\n"
    "1;Paie;Payer;Nom, zorglub\n"
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["record", *map(str, arguments)])


def refused(error: type[RopascanError], *arguments: object) -> str:
    """The sentence of an error, which the program shows with exit code 2."""
    result = run(*arguments)
    assert isinstance(result.exception, error), result.output
    assert "\n" not in str(result.exception)
    return str(result.exception)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "registre.csv"
    file.write_text(TABLE, "utf-8")
    return file


def test_import_writes_a_private_draft_and_lists_what_it_could_not_map(
    tmp_path: Path, table: Path
) -> None:
    out = tmp_path / "draft.toml"
    result = run("import", table, "--out", out)
    assert result.exit_code == 0
    assert "Not mapped, write by hand (1):\n  categories of data: zorglub" in result.output
    assert "1 activity, drafts until approved" in result.output
    if sys.platform != "win32":
        assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert run("check", out, "--fail-on", "critical").exit_code == 0


def test_import_never_replaces_a_file_unless_told_to(tmp_path: Path, table: Path) -> None:
    out = tmp_path / "draft.toml"
    out.write_text("kept", "utf-8")
    assert "--force" in refused(OutputError, "import", table, "--out", out)
    assert out.read_text("utf-8") == "kept"
    assert run("import", table, "--out", out, "--force").exit_code == 0
    assert out.read_text("utf-8").startswith("# Draft record")


def test_nothing_is_written_when_the_file_is_no_register(tmp_path: Path) -> None:
    file, out = tmp_path / "a.xlsx", tmp_path / "draft.toml"
    file.write_bytes(b"PK\x03\x04 broken")
    assert "damaged" in refused(RecordError, "import", file, "--out", out)
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--as", "table"), "--mapping"),
        (("--as", "ico", "--mapping", "map.toml"), "--as table"),
        (("--id", "No Id"), "--id"),
    ],
)
def test_options_that_do_not_fit_are_told(
    tmp_path: Path, table: Path, arguments: tuple[str, ...], said: str
) -> None:
    assert said in refused(ConfigError, "import", table, "--out", tmp_path / "x.toml", *arguments)


def test_control_signs_of_a_cell_do_not_reach_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "registre.csv"
    file.write_text(TABLE.replace("zorglub", "zorg\x1b[2Jlub"), "utf-8")
    result = run("import", file, "--out", tmp_path / "draft.toml")
    assert "\x1b" not in result.output
    assert "zorg" in result.output


@pytest.mark.parametrize("name", ["out.ttl", "out.jsonld", "out.yml", "copy.toml"])
def test_export_guesses_the_format_by_an_ending_that_one_alone_has(
    tmp_path: Path, name: str
) -> None:
    result = run("export", EXAMPLE, "--out", tmp_path / name)
    assert result.exit_code == 0, result.exception
    assert (tmp_path / name).stat().st_size > 1000
    assert ("Not carried" in result.output) is not name.endswith("toml")


def test_export_asks_which_format_where_several_have_the_ending(tmp_path: Path) -> None:
    said = refused(ConfigError, "export", EXAMPLE, "--out", tmp_path / "out.xlsx")
    assert "--as ico or --as cnil" in said
    assert run("export", EXAMPLE, "--as", "ico", "--out", tmp_path / "out.xlsx").exit_code == 0
    assert "--force" in refused(
        OutputError, "export", EXAMPLE, "--as", "ico", "--out", tmp_path / "out.xlsx"
    )


def test_export_without_the_extra_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    said = refused(ConfigError, "export", EXAMPLE, "--out", tmp_path / "out.ttl")
    assert 'pip install "ropascan[dpv]"' in said


def test_two_records_need_a_choice(tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text('format = "1"\n[organisation]\nid = "other"\n', "utf-8")
    both = (EXAMPLE, other, "--out", tmp_path / "out.toml")
    assert "--record" in refused(ConfigError, "export", *both)
    assert run("export", *both, "--record", "other").exit_code == 0
