"""``record check``, ``record show`` and ``record schema`` as commands."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scanner.cli import cli

RECORD = """
format = "1"
[organisation]
id = "acme"
name = "Acme"
country = "FR"
email = "privacy@acme.example"
[[party]]
id = "host"
name = "Host"
kind = "processor"
country = "FR"
contract = "DPA-1"
[[activity]]
id = "sales"
name = "Sales"
role = "controller"
purposes = ["Sell goods"]
legal_basis = ["contract"]
data_subjects = ["customer_user"]
data_groups = ["contact"]
recipients = ["host"]
[[data_group]]
id = "contact"
categories = ["email_address"]
[[system]]
id = "shop"
activities = ["sales"]
measures = ["mfa"]
[[store]]
id = "crm"
system = "shop"
kind = "database"
data_groups = ["contact"]
[[store.site]]
country = "FR"
match = ["sqlite://crm/**"]
[[retention]]
id = "three_years"
stores = ["crm"]
period = "P3Y"
bound = "at_most"
starts = "record_creation"
"""


def run(folder: Path, text: str, command: str, *options: str) -> Result:
    path = folder / "record.toml"
    path.write_text(text, "utf-8")
    return CliRunner().invoke(cli, ["record", command, str(path), *options])


def test_a_whole_record_passes_its_check(tmp_path: Path) -> None:
    done = run(tmp_path, RECORD, "check", "--as-of", "2026-01-15")
    assert done.exit_code == 0, done.output
    assert "8 of 8 points of Art. 30 are filled in" in done.output


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('["Sell goods"]', '["Sell goods, etc."]', "Q02"),
        ('contract = "DPA-1"\n', "", "Q06"),
        ('["contract"]\ndata_s', '["contract", "consent"]\ndata_s', "Q07"),
        ('period = "P3Y"', 'criteria = "as long as necessary"', "R02"),
        ('name = "Host"\nkind = "processor"\ncountry = "FR"',
         'name = "Host"\nkind = "processor"\ncountry = "US"', "T03"),
    ],
)  # fmt: skip
def test_what_the_record_lacks_fails_its_check(
    old: str, new: str, rule: str, tmp_path: Path
) -> None:
    assert old in RECORD
    done = run(tmp_path, RECORD.replace(old, new), "check", "--as-of", "2026-01-15")
    assert done.exit_code == 1, done.output
    assert rule in done.output


def test_register_is_shown_as_text_and_markdown(tmp_path: Path) -> None:
    shown = run(tmp_path, RECORD, "show", "--at", "2026-01-15")
    assert shown.exit_code == 0
    assert "Register of Acme on 2026-01-15" in shown.output
    assert "at most 3 years after record creation" in shown.output
    marked = run(tmp_path, RECORD, "show", "--format", "markdown", "--system", "shop")
    assert "### Store crm" in marked.output


def test_schema_is_printed_as_json() -> None:
    done = CliRunner().invoke(cli, ["record", "schema"])
    assert json.loads(done.output)["title"] == "ropascan record"
