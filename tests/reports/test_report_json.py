"""The machine formats keep to their documentation, key by key and type by type."""

import json
import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
import sample

from reports import json as report
from reports import jsonl
from scanner.model import Confidence, Evidence, GapReason, Method, ScanResult, Severity, State

DOC = Path(__file__).parents[2] / "docs" / "report-format.md"
CONTRACT = [
    "schema", "source", "kind", "asset", "field", "category", "entity", "subject", "confidence",
    "score", "matched", "examined", "population", "method", "by", "text",
]  # fmt: skip


def documented() -> dict[str, dict[str, str]]:
    """Read the tables of the documentation: object -> key -> type."""
    out: dict[str, dict[str, str]] = {}
    name = ""
    for line in DOC.read_text("utf-8").splitlines():
        if line.startswith("### "):
            name = line.removeprefix("### ").strip()
            out[name] = {}
        elif (row := re.fullmatch(r"\| (\w+) \| ([^|]+) \| [^|]+ \|", line)) and row[2] != "type":
            out[name][row[1]] = row[2].strip()
    return out


SCHEMA = documented()


def problems(value: object, kind: str, at: str) -> list[str]:
    """Say where a value is not of the documented type."""
    kind, maybe, _ = kind.partition(" or null")
    kind = kind.rstrip(",")
    if maybe and value is None:
        return []
    if kind.startswith("list of pair of"):
        first, second = kind.removeprefix("list of pair of ").split(", ")
        return [
            problem
            for item in value  # type: ignore[attr-defined]
            for problem in problems(item[0], first, at) + problems(item[1], second, at)
        ]
    if kind.startswith("list of "):
        if not isinstance(value, list):
            return [f"{at}: not a list"]
        inner = kind.removeprefix("list of ")
        return [p for n, item in enumerate(value) for p in problems(item, inner, f"{at}[{n}]")]
    if kind.startswith("`"):
        return object_problems(value, kind.strip("`"), at)
    if kind.startswith("string: "):
        allowed = kind.removeprefix("string: ").split(", ")
        return [] if value in allowed else [f"{at}: {value!r} is not one of {allowed}"]
    return [] if plain(value, kind) else [f"{at}: {value!r} is no {kind}"]


def plain(value: object, kind: str) -> bool:
    if kind == "date":
        return isinstance(value, str) and bool(date.fromisoformat(value)) and len(value) == 10
    if kind == "time":
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    if kind == "map":
        return isinstance(value, dict) and all(isinstance(v, str) for v in value.values())
    if kind == "number":
        return isinstance(value, float | int) and not isinstance(value, bool)
    types = {"string": str, "integer": int, "boolean": bool}
    return type(value) is types[kind]


def object_problems(value: object, name: str, at: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{at}: no object"]
    if list(value) != list(SCHEMA[name]):
        return [f"{at}: keys {list(value)}, documented {list(SCHEMA[name])}"]
    return [
        p for key, kind in SCHEMA[name].items() for p in problems(value[key], kind, f"{at}.{key}")
    ]


@pytest.mark.parametrize(
    "result", [sample.result(), sample.quiet(), sample.bare()], ids=["scan", "quiet", "inventory"]
)
def test_json_is_as_documented(result: ScanResult) -> None:
    assert object_problems(json.loads(report.render(result)), "result", "result") == []


@pytest.mark.parametrize(
    ("kind", "name", "key"),
    [
        (Severity, "finding", "severity"),
        (Confidence, "finding", "confidence"),
        (State, "finding", "state"),
        (Method, "holding_line", "method"),
        (GapReason, "gap", "reason"),
    ],
)
def test_documented_words_are_all_words(kind: type[Severity], name: str, key: str) -> None:
    assert SCHEMA[name][key] == "string: " + ", ".join(item.value for item in kind)


def test_every_documented_object_is_used() -> None:
    text = DOC.read_text("utf-8")
    own = {"result", "finding_line", "holding_line"}
    used = set(re.findall(r"`(\w+)`(?: or null)? \|", text))
    assert set(SCHEMA) - own <= used


def test_the_same_result_gives_the_same_bytes() -> None:
    assert report.render(sample.result()) == report.render(sample.result())


def test_what_is_not_a_number_is_null() -> None:
    odd = replace(sample.findings()[0], evidence=(Evidence("a://b/c#d", score=float("nan")),))
    shown = json.loads(report.render(sample.result(findings=(odd,))))
    assert shown["findings"][0]["evidence"][0]["score"] is None


def test_values_of_a_store_are_not_written() -> None:
    for render in (report.render, jsonl.render):
        assert b"Atlantis" not in render(sample.result())
        assert str(sample.DIGEST).encode() not in render(sample.result())
    assert sample.inventory().results[0].digests
    assert "groups" not in SCHEMA["measure"]
    assert "digests" not in SCHEMA["asset_result"]


def test_names_cannot_break_the_encoding_or_a_line() -> None:
    name = 'a\u2028b\x85c\udc80d"e'
    odd = replace(sample.findings()[0], title=name)
    result = sample.result(findings=(odd, odd))
    assert len(jsonl.render(result).decode("utf-8").splitlines()) == 2
    assert json.loads(report.render(result))["findings"][0]["title"] == name


def test_json_says_synthetic_only_when_it_is() -> None:
    assert json.loads(report.render(sample.result()))["banner"] == "SYNTHETIC DATA"
    assert json.loads(report.render(sample.quiet()))["banner"] == ""


def test_inventory_lines_keep_the_contract() -> None:
    lines = [json.loads(line) for line in jsonl.render(sample.bare()).splitlines()]
    assert list(SCHEMA["holding_line"]) == CONTRACT
    assert len(lines) == len(sample.inventory().holdings)
    assert [p for line in lines for p in object_problems(line, "holding_line", "line")] == []
    assert lines[0]["by"] == ["EmailRecognizer", "field name"]
    by_name = next(line for line in lines if line["field"] == "profile.born")
    assert (by_name["entity"], by_name["matched"], by_name["method"]) == (None, 0, "none")
    assert next(line for line in lines if line["category"] == "audit_trail")["field"] == ""


def test_scan_lines_are_findings_with_what_they_belong_to() -> None:
    lines = [json.loads(line) for line in jsonl.render(sample.result()).splitlines()]
    head = {
        "schema": "1",
        "banner": "SYNTHETIC DATA",
        "scan_id": "8f3a2c1d9e7b",
        "as_of": "2026-01-15",
    }
    assert len(lines) == len(sample.findings())
    for line in lines:
        own = {key: line.pop(key) for key in list(line)[: len(SCHEMA["finding_line"])]}
        assert own == head
        assert list(own) == list(SCHEMA["finding_line"])
        assert object_problems(line, "finding", "line") == []


def test_nothing_found_is_no_line() -> None:
    assert jsonl.render(sample.quiet()) == b""
