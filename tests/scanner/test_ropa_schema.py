"""The published schema is current, takes what loading takes, and refuses what it refuses."""

import json
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from scanner.config import RecordRef
from scanner.errors import RecordError
from scanner.ropa import load
from scanner.ropa.schema import schema

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "docs" / "ropa.schema.json"
WORKED = Path(__file__).parent / "records" / "worked_example.toml"
HEAD = 'format = "1"\n[organisation]\nid = "acme"\n'
SYSTEM = '[[system]]\nid = "crm"\n'
STORE = SYSTEM + '[[store]]\nid = "db"\nsystem = "crm"\nkind = "database"\n'
GROUP = '[[data_group]]\nid = "contact"\ncategories = ["email_address"]\n'


def plain(value: Any) -> Any:
    """Return TOML as JSON sees it: dates are texts."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def refused(text: str) -> list[str]:
    checker = Draft202012Validator(json.loads(PUBLISHED.read_text("utf-8")))
    return [error.message for error in checker.iter_errors(plain(tomllib.loads(text)))]


def test_published_schema_is_current() -> None:
    """When not: ropascan record schema > docs/ropa.schema.json"""
    assert json.loads(PUBLISHED.read_text("utf-8")) == schema()


def test_schema_is_well_formed() -> None:
    Draft202012Validator.check_schema(schema())


def test_worked_example_meets_the_schema() -> None:
    assert refused(WORKED.read_text("utf-8")) == []


def test_records_of_the_demo_meet_the_schema(tmp_path: Path) -> None:
    from scanner import demo

    demo.build(tmp_path / "estate", seed=0, day=demo.AS_OF)
    files = sorted((tmp_path / "estate").glob("record/**/*.toml"))
    assert len(files) > 5
    assert {file.name: refused(file.read_text("utf-8")) for file in files} == {
        file.name: [] for file in files
    }


WRONG = {
    "unknown key": HEAD + 'cuontry = "FR"\n',
    "unknown table": HEAD + '[[stores]]\nid = "x"\n',
    "one bracket": HEAD + '[store]\nid = "db"\n',
    "no id": HEAD + '[[system]]\nname = "CRM"\n',
    "odd id": HEAD + '[[system]]\nid = "Our CRM"\n',
    "other format": 'format = "2"\n[organisation]\nid = "x"\n',
    "no role": HEAD + '[[activity]]\nid = "a"\n',
    "unknown role": HEAD + '[[activity]]\nid = "a"\nrole = "procesor"\n',
    "unknown kind of store": HEAD + STORE.replace("database", "data base"),
    "unknown category": HEAD + GROUP.replace("email_address", "email_adress"),
    "no categories": HEAD + '[[data_group]]\nid = "g"\n',
    "unknown country": HEAD + 'country = "Francia"\n',
    "no period": HEAD + '[[retention]]\nid = "r"\ncategories = ["email_address"]\nperiod = "90"\n',
    "no selector": HEAD + '[[retention]]\nid = "r"\nperiod = "P90D"\n',
    "a text for a date": HEAD + '[[party]]\nid = "p"\nended = "soon"\n',
    "a text for a flag": HEAD + GROUP + 'optional = "yes"\n',
    "unknown mechanism": HEAD + '[[transfer]]\nid = "t"\nkind = "storage"\nfrom = ["EU"]\n'
    'to = ["US"]\nmechanism = { EU-US = "trust" }\n',
    "unknown condition": HEAD + '[[activity]]\nid = "a"\nrole = "controller"\n'
    'special_condition = ["A9-2-z"]\n',
    "accept without a reason": HEAD + STORE + '[[accept]]\nfinding = "I03"\nstore = "db"\n'
    'category = "email_address"\nuntil = 2026-12-31\nby = "me"\n',
}  # fmt: skip

RIGHT = {
    "open list without items": HEAD + '[[data_group]]\nid = "g"\nopen_ended = true\n',
    "no items at all, which is a finding": HEAD + '[[data_group]]\nid = "g"\ncategories = []\n',
    "own word for a measure": HEAD + SYSTEM + 'measures = ["four_eyes"]\n',
    "subdivision": HEAD + 'country = "CA-QC"\n',
    "child age by country": HEAD + "[settings]\nchild_age = { FR = 15 }\n",
    "accepted by fingerprint": HEAD + '[[accept]]\nfinding = "0123456789abcdef"\n'
    'until = 2026-12-31\nby = "me"\nreason = "why"\n',
    "approval": HEAD + STORE + '[[approval]]\nstores = ["db"]\nby = "me"\non = 2026-01-01\n',
    "claim with a number": HEAD + GROUP + '[[notice]]\nid = "n"\n[[notice.claim]]\nsays = "s"\n'
    'field = "data_group:contact.optional"\nvalue = false\n',
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_schema_and_loading_refuse_alike(text: str, tmp_path: Path) -> None:
    path = tmp_path / "record.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(RecordError):
        load(RecordRef(path))
    assert refused(text)


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_schema_and_loading_take_alike(text: str, tmp_path: Path) -> None:
    path = tmp_path / "record.toml"
    path.write_text(text, "utf-8")
    load(RecordRef(path))
    assert refused(text) == []
