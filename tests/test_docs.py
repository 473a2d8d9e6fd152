"""Documentation is checked: every command, setting, rule and format is in it, and it is fresh."""

import dataclasses
import re
import tomllib
from pathlib import Path

import click
import pytest

from scanner import cli, config
from scanner.model import Source
from scanner.rules import RULES
from scanner.rules.__main__ import document

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def commands(group: click.Group, prefix: str = "") -> list[str]:
    out = []
    for name, command in sorted(group.commands.items()):
        full = f"{prefix}{name}"
        out += commands(command, full + " ") if isinstance(command, click.Group) else [full]
    return out


@pytest.mark.parametrize("name", commands(cli.cli))
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"`ropascan {name}" in README


@pytest.mark.parametrize("name", cli.FORMATS)
def test_every_format_is_in_the_readme(name: str) -> None:
    assert f"`{name}`" in README or f"--format {name}" in README


def test_every_exit_code_is_in_the_readme() -> None:
    assert re.findall(r"^\| (\d+) \|", README, re.MULTILINE) == ["0", "1", "2", "3", "130"]


PARTS = {
    "source": Source,
    "sampling": config.Sampling,
    "detection": config.Detection,
    "reports": config.Reports,
    "record": config.RecordRef,
}


@pytest.mark.parametrize(
    "key", [f.name for part in PARTS.values() for f in dataclasses.fields(part)]
)
def test_every_setting_is_explained_in_the_example(key: str) -> None:
    text = (ROOT / "config.toml").read_text("utf-8")
    assert re.search(rf"^#?\s*\[*(?:\w+\.)?{key}\b", text, re.MULTILINE), f"{key} is not explained"


def test_the_page_of_rules_is_fresh() -> None:
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == document()


def test_links_of_the_documentation_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *ROOT.glob("docs/*.md"), ROOT / "CONTRIBUTING.md"]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_version_is_in_the_changelog_or_unreleased() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    log = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert "## Unreleased" in log or f"## {project['version']}" in log


def test_every_rule_has_its_sections() -> None:
    for rule in RULES:
        for section in ("What it checks", "Why it matters", "Example", "How to resolve"):
            assert f"## {section}" in (rule.__doc__ or ""), f"{rule.code} lacks {section}"
