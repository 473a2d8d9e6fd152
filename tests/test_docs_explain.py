"""The explanations in the documentation are what the command prints today."""

from pathlib import Path

import pytest
from explain_page import PAGE, build, commands, output

COMMANDS = commands(PAGE.read_text("utf-8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("demo")
    build(place)
    return place


def test_the_page_explains_ten_fields() -> None:
    assert len({command for command, _ in COMMANDS}) == 10


@pytest.mark.parametrize(("command", "shown"), COMMANDS, ids=[c.split()[2] for c, _ in COMMANDS])
def test_the_page_shows_what_the_command_prints(folder: Path, command: str, shown: str) -> None:
    assert shown == output(command, folder), "write it again: python tests/explain_page.py"
