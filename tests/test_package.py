"""The wheel: what is inside, and that it runs without the tools of developers."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (built,) = out.glob("ropascan-*.whl")
    return built


def test_the_wheel_holds_the_three_packages_and_their_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "scanner/py.typed", "connectors/py.typed", "reports/py.typed",
        "scanner/taxonomy/categories.toml", "scanner/ropa/data/adequacy.toml",
        "scanner/vocabulary.txt",
        "scanner/countries/countries.toml", "scanner/demo/deviations/xmedius.toml",
    } <= names  # fmt: skip
    assert any(name.startswith("reports/templates/") for name in names)
    tracked = subprocess.run(
        ["git", "ls-files", "scanner", "connectors", "reports"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    assert set(tracked) <= names


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert tops == {"scanner", "connectors", "reports", f"ropascan-{version}.dist-info"}


HEAVY = ("presidio_analyzer", "spacy", "pandas", "pyarrow", "sqlalchemy", "rich", "jinja2", "faker")


@pytest.mark.parametrize(
    "code",
    [
        "import scanner",
        "import scanner.cli",
        "import sys; sys.argv = ['ropascan', '--help']; from scanner import cli; cli._main()",
        "import scanner.rules",
        "import scanner.config, pathlib; scanner.config.load(pathlib.Path('config.toml'))",
    ],
)
def test_nothing_heavy_is_imported_before_it_is_needed(code: str) -> None:
    probe = f"{code}\nimport sys\nprint('HEAVY', [m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "HEAVY []" in done.stdout
