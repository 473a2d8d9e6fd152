"""What only talks about settings and rules starts at once: no library of a scan is imported."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("presidio_analyzer", "spacy", "thinc", "pandas", "pyarrow", "sqlalchemy", "numpy", "faker",
         "psycopg", "pymysql", "phonenumbers", "tldextract")  # fmt: skip
CONFIG = """
[[source]]
name = "files"
path = "."

[[source]]
name = "crm"
path = "crm.sqlite"

[[source]]
name = "server"
url = "postgresql://reader@127.0.0.1:1/crm"

[detection]
languages = ["en", "de"]
countries = ["FR", "DE"]
recognizers = ["UsSsnRecognizer"]
exclude_recognizers = ["UrlRecognizer", "Words"]
recognizer_files = ["recognizers.yaml"]

[detection.categories]
EMPLOYEE_NUMBER = "employment_record"

[detection.thresholds]
FR_NIR = 0.5
JWT = 0.5
"""
RECOGNIZERS = """
recognizers:
  - name: Staff
    supported_entity: EMPLOYEE_NUMBER
    patterns: [{name: number, regex: 'EMP-[0-9]{6}', score: 0.9}]
  - {name: Words, supported_entity: WORD, deny_list: [alpha]}
"""
RUN = """
import json, sys
from scanner import cli
names = json.loads(sys.argv[2])
sys.argv = ["ropascan", *json.loads(sys.argv[1])]
try:
    cli.main()
finally:
    print("HEAVY", json.dumps([name for name in names if name in sys.modules]), file=sys.stderr)
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    (tmp_path / "recognizers.yaml").write_text(RECOGNIZERS, "utf-8")
    (tmp_path / "crm.sqlite").write_bytes(b"SQLite format 3\x00")
    return tmp_path


def _run(place: Path, *arguments: str) -> tuple[int, str, str, list[str]]:
    """Run a command in its own process; return exit code, output, errors and heavy modules."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps(arguments), json.dumps(HEAVY)],
        cwd=place, capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )  # fmt: skip
    said, _, heavy = done.stderr.rpartition("HEAVY ")
    return done.returncode, done.stdout, said, json.loads(heavy)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("--version",),
        ("scan", "--help"),
        ("explain", "--help"),
        ("rules",),
        ("rules", "I01"),
    ],
    ids=" ".join,
)
def test_help_and_rules_import_no_heavy_library(place: Path, arguments: tuple[str, ...]) -> None:
    code, out, _, heavy = _run(place, *arguments)
    assert (code, heavy) == (0, [])
    assert out


def test_the_check_of_a_configuration_imports_no_heavy_library(place: Path) -> None:
    code, out, _, heavy = _run(place, "config", "check")
    assert heavy == []
    assert code == 3  # there is no model for German
    assert "source crm: sqlite, its file or folder is there" in out
    assert "source server: postgresql" in out
    assert "'de'" in out


def test_the_check_that_connects_tries_the_sources(place: Path) -> None:
    code, out, _, heavy = _run(place, "config", "check", "--connect")
    assert "sqlalchemy" in heavy
    assert code == 3
    assert "source server: " in out
    assert "its driver is installed" not in out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"UsSsnRecognizer"', '"UsSnRecognizer"', "UsSsnRecognizer"),
        ('"UrlRecognizer"', '"UrlRecogniser"', "UrlRecognizer"),
        ('"Words"', '"Wodrs"', "Words"),
        ("FR_NIR = ", "FR_NIS = ", "FR_NIS is not looked for"),
        ("EMPLOYEE_NUMBER = ", "EMPLOYEE_NO = ", "EMPLOYEE_NO is not looked for"),
        ('"employment_record"', '"employment"', "there is no category"),
        ('"recognizers.yaml"', '"recognisers.yaml"', "recognisers.yaml does not exist"),
    ],
)
def test_the_check_tells_mistakes_without_a_heavy_library(
    place: Path, old: str, new: str, said: str
) -> None:
    (place / "config.toml").write_text(CONFIG.replace(old, new, 1), "utf-8")
    code, _, told, heavy = _run(place, "config", "check")
    assert (code, heavy) == (2, [])
    assert said in told


def test_a_mistake_in_a_file_names_its_line(place: Path) -> None:
    (place / "recognizers.yaml").write_text(RECOGNIZERS.replace("0.9", "9"), "utf-8")
    code, _, said, heavy = _run(place, "config", "check")
    assert (code, heavy) == (2, [])
    assert "recognizers.yaml, line 5" in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("postgresql://reader@", "oracle://reader@"), "no connector reads oracle://"),
        (('"crm.sqlite"', '"absent.sqlite"'), "does not exist"),
        (
            ('url = "postgresql://reader@127.0.0.1:1/crm"', 'url = { env = "NOT_SET_ANYWHERE" }'),
            "NOT_SET_ANYWHERE is not set",
        ),
        (
            ("[detection]\n", 'password = { env = "NOT_SET_EITHER" }\n\n[detection]\n'),
            "NOT_SET_EITHER is not set; it should hold the password",
        ),
    ],
)
def test_a_source_that_cannot_be_opened_is_told_without_opening_it(
    place: Path, change: tuple[str, str], said: str
) -> None:
    (place / "config.toml").write_text(CONFIG.replace(*change, 1), "utf-8")
    code, out, _, heavy = _run(place, "config", "check")
    assert (code, heavy) == (3, [])
    assert said in out


def test_a_scan_does_without_pandas_and_leaves_it_usable() -> None:
    code = """
import sys
from scanner.lightly import without_pandas
without_pandas()
import pyarrow as pa, pyarrow.compute as pc
pc.equal(pa.array(["a", None]), "a").to_numpy(zero_copy_only=False)
assert "pandas" not in sys.modules
import pandas as pd
frame = pd.DataFrame({"a": ["x", "y", "x"], "n": [1, 2, 3]})
assert frame.pivot_table(index="a", values="n", aggfunc="sum")["n"].to_list() == [4, 2]
assert pa.table({"a": ["x"]}).to_pandas()["a"].to_list() == ["x"]
without_pandas()
assert sys.meta_path and all(type(one).__name__ != "_Absent" for one in sys.meta_path)
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_scan_gives_freed_memory_back_to_the_system() -> None:
    code = """
from scanner.config import Config
from scanner.worker import Worker
Worker(Config(), "test", ()).detector
import pyarrow as pa
assert pa.default_memory_pool().backend_name == "system"
"""
    subprocess.run([sys.executable, "-c", code], check=True)
