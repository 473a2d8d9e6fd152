"""The walk of docs/start.md, from an empty folder to a clean result, executed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parent.parent / "docs" / "start.md"
_BLOCK = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", re.M | re.S)
_EXITS = re.compile(r"^(.*?)\s*# exits with (\d)$", re.M)


@pytest.mark.skipif(sys.platform == "win32", reason="the walk is written for a POSIX shell")
def test_walk_ends_with_a_clean_result(tmp_path: Path) -> None:
    # The commands of this environment, whether it is activated or not.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "NO_COLOR": "1"}
    steps = _BLOCK.findall(PAGE.read_text("utf-8"))
    assert {kind for kind, _, _ in steps} == {"python", "sh", "toml"}
    for kind, name, text in steps:
        if kind == "toml":
            (tmp_path / name).write_text(text, "utf-8")
            continue
        words = (
            [sys.executable, "-c", text] if kind == "python" else ["bash", "-ec", _checked(text)]
        )
        done = subprocess.run(
            words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{text}\n{done.stdout[-6000:]}\n{done.stderr[-3000:]}"


def _checked(text: str) -> str:
    """Turn ``command   # exits with 1`` into a check of that code."""
    return _EXITS.sub(r'code=0; \1 || code=$?; test "$code" = \2', text)
