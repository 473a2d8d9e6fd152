"""The page docs/explain.md: its commands are run on the demo estate, their outputs stand below.

``python tests/explain_page.py`` writes the outputs again; the prose stays as it is.
"""

import io
import re
import shlex
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "explain.md"
BLOCK = re.compile(r"```console\n\$ (ropascan explain [^\n]+)\n(.*?)```", re.S)
DEMO = "ropascan-demo"


def commands(text: str) -> list[tuple[str, str]]:
    """Return the commands of the page with the outputs that stand below them."""
    return BLOCK.findall(text)


def output(command: str, folder: Path) -> str:
    """Run a command of the page in this process, on the demo estate in a folder."""
    from reports.terminal import print_explanation
    from scanner import config, demo, explanations, run

    _, _, path, option, file = shlex.split(command)
    assert option == "--config", command
    loaded = config.load(folder / file)
    found = explanations.explain(loaded, run.Options(as_of=demo.AS_OF), path)
    target = io.TextIOWrapper(io.BytesIO(), "utf-8")
    print_explanation(found, target)
    text = target.buffer.getvalue().decode()
    # The version of the day is no matter of the page.
    return re.sub(r" ropascan \S+$", "", text.rstrip()) + "\n"


def refreshed(text: str, folder: Path) -> str:
    """Return the page with fresh outputs."""

    def block(found: re.Match[str]) -> str:
        return f"```console\n$ {found[1]}\n{output(found[1], folder)}```"

    return BLOCK.sub(block, text)


def build(folder: Path) -> None:
    """Build the demo estate where the commands of the page expect it."""
    from scanner import demo

    demo.build(folder / DEMO)


def main() -> None:
    """Write the outputs of the page again."""
    with tempfile.TemporaryDirectory() as name:
        build(Path(name))
        PAGE.write_text(refreshed(PAGE.read_text("utf-8"), Path(name)), "utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
