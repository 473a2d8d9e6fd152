"""The config.toml at the repository's root is the documentation: complete, and true to the demo."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from scanner.config import Config, Detection, RecordRef, Reports, Sampling, load
from scanner.model import Source

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "config.toml"
TYPES = {Config: "", RecordRef: "record", Sampling: "sampling", Detection: "detection",
         Reports: "reports", Source: "source"}  # fmt: skip
NOT_WRITTEN = {"base", "file"}
TABLES = {"sources": "source", "records": "record"}


@pytest.mark.parametrize(
    ("kind", "key"), [(kind, field.name) for kind in TYPES for field in fields(kind)]
)
def test_every_key_is_explained(kind: type, key: str) -> None:
    if key in NOT_WRITTEN and kind is Config:
        return
    text = EXAMPLE.read_text("utf-8")
    if TYPES[kind]:
        text = text[text.index(f"[{TYPES[kind]}]") :]
    name = TABLES.get(key, key) if kind is Config else key
    # A key may be explained in a comment where it cannot stand beside another (url and path).
    assert re.search(rf"(?m)^#?\s*{name} = |^\[+(\w+\.)?{name}\]|\s{name} = ", text), key


def test_the_example_loads_and_writes_the_defaults() -> None:
    config = load(EXAMPLE)
    assert config.sampling == Sampling()
    assert config.jobs == Config().jobs
    first, plain = config.sources[0], Source(name="")
    for field in fields(Source):
        if field.name not in ("name", "path", "country", "environment"):
            assert getattr(first, field.name) == getattr(plain, field.name), field.name


def test_the_example_scans_the_estate_that_demo_builds(tmp_path: Path) -> None:
    demo = pytest.importorskip("scanner.demo")
    built = load(demo.build(tmp_path / "ropascan-demo").config)
    ours = load(EXAMPLE)
    place = str(tmp_path / "ropascan-demo")
    assert {
        (s.name, s.path.replace(place, str(ROOT / "ropascan-demo")), s.country, s.environment)
        for s in built.sources
    } == {(s.name, s.path, s.country, s.environment) for s in ours.sources}
    assert ours.detection.languages == built.detection.languages
    assert [(record.path.name, record.sources) for record in ours.records] == [
        (record.path.name, record.sources) for record in built.records
    ]
    assert {record.path.parent for record in ours.records} == {ROOT / "ropascan-demo" / "record"}
