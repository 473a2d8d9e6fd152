"""Explanations as text and as JSON: nothing is cut off, nothing steers a terminal."""

import io
import json
import re
from dataclasses import fields, replace
from pathlib import Path

import pytest
import sample

from reports import explanation, terminal
from scanner.model import (
    Confidence,
    Correction,
    Depth,
    ExplainedField,
    Explanation,
    Gap,
    GapReason,
    Kind,
    Method,
    Missed,
    Outcome,
    Reading,
    Statement,
    Step,
)

PAGE = (Path(__file__).parents[2] / "docs" / "explain.md").read_text("utf-8")
HELD = Reading(
    category="email_address",
    entity="EMAIL_ADDRESS",
    steps=(
        Step("values", 0.88, "20 of 20 values match EMAIL_ADDRESS"),
        Step("name", 0.35, f'the name of the field says "{sample.HOSTILE}"'),
        Step("table", 0.0, "a piece that weighs nothing"),
    ),
    total=1.23,
    cap=1.0,
    cap_why="",
    score=1.0,
    confidence=Confidence.CONFIRMED,
    outcome="held",
    subject="job_applicant",
    subject_why=("the asset is about applicants",),
    examined=20,
    changes=("without it it would be possible (0.35)",),
)
CAPPED = replace(
    HELD, category="person_name", total=0.9, cap=0.5, cap_why="few values", score=0.5,
    confidence=Confidence.POSSIBLE, subject="unknown", examined=100,
)  # fmt: skip
ASIDE = replace(
    HELD, category="username", score=0.65, total=0.65, confidence=Confidence.PROBABLE,
    outcome="set aside", against="email_address", reason="the name says so", changes=(),
)  # fmt: skip
BELOW = replace(
    HELD, category="age", score=0.0, total=-0.25, confidence=None, outcome="below", changes=()
)
FIELD = ExplainedField(
    "mail", Kind.TEXT, examined=100, nulls=3, distinct=99, shortest=7, longest=40,
    shapes=(("a+@a+.a+", 98), ("9999", 2)),
    readings=(HELD, CAPPED, ASIDE, BELOW),
    missed=(
        Missed("IBAN_CODE", 100, 0.03, 7), Missed("IP_ADDRESS", 100, 0.03), Missed("JWT", 100, 0.0),
    ),
)  # fmt: skip
LINE = "crm.toml, line 12"
GLOB = "**/users#mail"


CORRECTIONS = (
    *(
        Correction(
            "acme", "crm_db", "must_be", outcome, "**/users#mail", "email_address", "username",
            LINE, GLOB, detail="because",
        )
        for outcome in (Outcome.CHANGED, Outcome.KEPT, Outcome.IDLE)
    ),
    Correction(
        "acme", "crm_db", "is_not", Outcome.REMOVED, "x", "person_name", "", LINE, GLOB, "a note",
    ),
)  # fmt: skip


def made(**more: object) -> Explanation:
    values: dict[str, object] = {
        "path": f"{sample.USERS}#mail",
        "field": "mail",
        "depth": Depth.CONTENT,
        "why": "default",
        "by": "",
        "method": Method.RANDOM,
        "rows": 103,
        "population": 5000,
        "counted": False,
        "cuts": (("confirmed", 0.85), ("probable", 0.6), ("possible", 0.3)),
        "fields": (FIELD,),
        "statements": (
            Statement("acme", "", "store crm_db covers the asset"),
            Statement("acme", "email_address", "declared here: data group people", "crm.toml"),
        ),
        "corrections": CORRECTIONS,
        "toml": '[[store.field]]\nmatch = "x#mail"\nis_not = ["email_address"]\n',
        "gaps": (Gap("crm", GapReason.TRUNCATED, "It broke off", sample.USERS),),
        "records": True,
        "synthetic": True,
        "version": "1.2",
        **more,
    }  # fmt: skip
    return Explanation(**values)  # type: ignore[arg-type]


def shown(item: Explanation) -> str:
    target = io.TextIOWrapper(io.BytesIO(), "utf-8")
    terminal.print_explanation(item, target)
    return target.buffer.getvalue().decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "part",
    [
        "SYNTHETIC DATA",
        "random sample from about 5,000 rows; 103 rows",
        "100 values, 99 distinct, 7 to 40 characters, 3 empty, kind text",
        "a+@a+.a+ (98%)",
        "It broke off.",
        "E-mail address (email_address): confirmed, 1.00",
        "+0.88 20 of 20 values match EMAIL_ADDRESS",
        "=1.00 the sum is 1.23; no score is above 1",
        "job applicant: the asset is about applicants",
        "20 of 100 values, drawn at random: enough to tell",
        "• without it it would be possible (0.35)",
        "=0.50 the sum is 0.90, capped at 0.50: few values",
        "set aside, because E-mail address is the surer reading: the name says so",
        "=0.00 the sum is -0.25; no score is below 0",
        "not held: below the lowest cut point",
        "0 of 100: under 3 %  IBAN_CODE (7 of its shape, none of them one), IP_ADDRESS",
        "0 of all 100         JWT",
        "declared here: data group people (crm.toml)",
        "must_be: E-mail address counts as",
        "must_be: E-mail address stays; because",
        "is_not: Full name is set aside in a scan",
        "note: a note",
        'is_not = ["email_address"]',
        "confirmed from 0.85; probable from 0.60; possible from 0.30. ropascan 1.2",
    ],
)
def test_the_text_shows(part: str) -> None:
    text = shown(made())
    assert part in text or part in " ".join(text.split())


def test_a_name_cannot_steer_the_terminal() -> None:
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", shown(made()))


def test_an_asset_shows_every_field_however_many() -> None:
    many = tuple(replace(FIELD, field=f"field_{n:03}") for n in range(60))
    whole = (replace(HELD, category="audit_trail", steps=(Step("table", 0.0, "3 of 3 parts"),)),)
    text = shown(made(path=sample.USERS, field="", fields=many, whole=whole, toml=""))
    assert all(f"field_{n:03}" in text for n in range(60))
    assert "3 of 3 parts" in text
    assert "Looked for" not in text


def test_nothing_considered_is_said() -> None:
    bare = replace(FIELD, readings=())
    assert "No evidence speaks for any category" in shown(made(fields=(bare,)))


def test_what_was_not_read_says_why() -> None:
    item = made(depth=Depth.METADATA, why="declared_metadata", by="crm.toml [[store]] crm_db")
    text = " ".join(shown(item).split())
    assert "names and sizes only, as the record declares (crm.toml [[store]] crm_db)" in text
    assert "Values 100 values" not in text


@pytest.mark.parametrize(
    ("title", "kind", "first"),
    [
        ("explanation", Explanation, ["schema", "banner"]),
        ("explained_field", ExplainedField, []),
        ("reading", Reading, []),
        ("step", Step, []),
        ("missed", Missed, []),
        ("statement", Statement, []),
    ],
)
def test_the_json_is_documented_key_by_key(title: str, kind: type, first: list[str]) -> None:
    section = PAGE.split(f"### {title}\n", 1)[1].split("\n### ", 1)[0]
    documented = re.findall(r"^\| (\w+) \| (?!type)", section, re.MULTILINE)
    keys = [field.name for field in fields(kind) if field.name != "schema"]  # type: ignore[arg-type]
    assert documented == first + keys


def test_the_json_has_these_keys() -> None:
    told = json.loads(explanation.render_json(made()))
    assert list(told) == ["schema", "banner"] + [
        field.name for field in fields(Explanation) if field.name != "schema"
    ]
    assert told["banner"] == "SYNTHETIC DATA"
    assert told["fields"][0]["readings"][0]["confidence"] == "confirmed"
