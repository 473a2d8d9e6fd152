"""Recognizers of one's own, from the file to the holding; slow ones, failing ones, huge values."""

import sqlite3
import tracemalloc
from datetime import date

import numpy as np
import pytest
from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer, RecognizerResult

from scanner import config, detect, run
from scanner.config import Detection
from scanner.detect.custom import plugins
from scanner.detect.custom.added import wrapped
from scanner.model import Asset, Confidence, Field, GapReason, Kind, Values

FILE = r"""
recognizers:
  - name: Badges
    supported_entity: EMPLOYEE_NUMBER
    patterns:
      - {name: badge, regex: 'EMP-\d{6}', score: 0.9}
  - name: Lockers
    supported_entity: LOCKER
    patterns:
      - {name: locker, regex: '\b[A-F]\d{3}\b', score: 0.2}
    context: [locker, "changing room"]
  - name: Matricules
    supported_entity: MATRICULE
    patterns:
      - {name: seven, regex: '\b77\d{5}\b', score: 0.8}
"""
CONFIG = """
[[source]]
name = "crm"
path = "crm.sqlite"

[detection]
names = false
recognizer_files = ["own.yaml"]

[detection.categories]
EMPLOYEE_NUMBER = "employment_record"
"""
ASSET = Asset("sqlite://s/main/staff", "s", "sqlite")


@pytest.fixture
def place(tmp_path):
    (tmp_path / "own.yaml").write_text(FILE, "utf-8")
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    with sqlite3.connect(tmp_path / "crm.sqlite") as database:
        database.execute(
            "CREATE TABLE staff (badge TEXT, locker TEXT, code TEXT, notes TEXT, nr INT)"
        )
        rows = [
            (f"EMP-{n:06d}", f"B{n}", f"B{n}", "nothing to report here", 7700000 + n)
            for n in range(100, 300)
        ]
        database.executemany("INSERT INTO staff VALUES (?, ?, ?, ?, ?)", rows)
        database.execute(
            "UPDATE staff SET notes = 'the badge ' || badge || ' opens no door' WHERE nr % 10 = 0"
        )
    return tmp_path


def _scan(place):
    return run.scan(config.load(place / "config.toml"), run.Options(as_of=date(2026, 1, 1)))


def test_what_a_file_names_becomes_a_holding_of_its_category(place):
    result = _scan(place)
    held = {(h.field, h.entity): h for h in result.inventory.holdings if h.entity}
    for field in ("badge", "notes"):
        holding = held[field, "EMPLOYEE_NUMBER"]
        assert holding.category == "employment_record"
        assert holding.confidence is not Confidence.POSSIBLE
        assert holding.by == ("Badges",)
    assert held["nr", "MATRICULE"].category == "unclassified_personal_data"
    assert not [gap for gap in result.inventory.all_gaps if gap.reason is GapReason.CRASHED]
    assert "Badges" in result.detectors["recognizers"]
    assert "EMPLOYEE_NUMBER" in result.inventory.results[0].coverage.looked_for


def test_context_words_count_as_for_all_others(place):
    held = {(h.field, h.entity) for h in _scan(place).inventory.holdings}
    assert ("locker", "LOCKER") in held  # 0.2 and the name of the field
    assert ("code", "LOCKER") not in held


def _values(*texts, name="notes"):
    return Values(Field(name, Kind.TEXT), texts, np.ones(len(texts), "int64"), len(texts))


def _detector(monkeypatch, *recognizers, **settings):
    """Return a detector that runs recognizers as if an entry point had brought them."""
    monkeypatch.setattr(plugins, "installed", lambda: {"mine": ()})
    monkeypatch.setattr(plugins, "the_one", lambda _: None)
    monkeypatch.setattr(plugins, "load", lambda _: recognizers)
    return detect.build(Detection(names=False, recognizers=("mine",), **settings))


def test_phrases_of_context_need_all_their_words(place):
    detector = detect.build(Detection(names=False, recognizer_files=(place / "own.yaml",)))
    for name, there in (("changing_room", True), ("room", False), ("changing", False)):
        hits = detector.detect(_values("B123", name=name), ASSET).hits
        assert any(hit.entity == "LOCKER" for hit in hits) is there, name


def test_a_pathological_expression_is_a_gap_and_the_rest_is_found(monkeypatch):
    # What RE2 can decide is never slow; it knows no look-ahead.
    pattern = Pattern("slow", r"(?:a|aa)+(?![a!])", 0.9)
    slow = PatternRecognizer("SLOW", name="Slow", patterns=[pattern])
    detector = _detector(monkeypatch, slow, seconds=0.5)
    found = detector.detect(_values(*("a" * n + "! marie@acme.fr" for n in range(50, 80))), ASSET)
    assert sum(hit.entity == "EMAIL_ADDRESS" for hit in found.hits) == 30
    (gap,) = found.gaps
    assert (gap.reason, gap.asset, gap.field) == (GapReason.BUDGET, ASSET.path, "notes")
    assert '"Slow"' in gap.detail
    assert "SLOW" not in found.looked_for
    assert "EMAIL_ADDRESS" in found.looked_for


class Recording(EntityRecognizer):
    """Remembers how long the texts were that it was given."""

    def __init__(self, answer=None):
        self.sizes, self.answer = [], answer
        super().__init__(["RECORDED"], name="Recording")

    def load(self):
        pass

    def analyze(self, text, entities, nlp_artifacts=None):
        self.sizes.append(len(text))
        if self.answer is not None:
            raise self.answer
        return [RecognizerResult("RECORDED", 0, 1, 0.9)] if text else []


def test_a_plug_in_that_fails_is_a_gap_of_its_field(monkeypatch):
    recorder = Recording(answer=KeyError("marie@acme.fr"))
    detector = _detector(monkeypatch, recorder)
    found = detector.detect(_values("one", "two@acme.fr"), ASSET)
    assert len(recorder.sizes) == 1
    (gap,) = found.gaps
    assert gap.reason is GapReason.CRASHED
    assert "marie" not in gap.detail
    assert [hit.entity for hit in found.hits] == ["EMAIL_ADDRESS"]


def test_a_million_characters_are_read_in_pieces_and_little_memory(monkeypatch):
    recorder = Recording()
    detector = _detector(monkeypatch, recorder)
    detector.detect(_values("warm@acme.fr"), ASSET)
    recorder.sizes.clear()
    text = "lorem ipsum 4111 1111 1111 1111 dolor " * 2_000
    text += "x" * (1_000_000 - len(text)) + " marie@acme.fr"
    tracemalloc.start()
    found = detector.detect(_values(text), ASSET)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert max(recorder.sizes) <= 5_000
    assert len(recorder.sizes) <= 251
    assert peak < 60 * 2**20
    assert any(hit.entity == "EMAIL_ADDRESS" and hit.end == len(text) for hit in found.hits)


def test_several_languages_and_entities_do_not_double_hits(monkeypatch):
    both = PatternRecognizer("ONE", name="One", patterns=[Pattern("p", "x{3}", 0.9)])
    assert len(wrapped(both)) == 1
    found = _detector(monkeypatch, both).detect(_values("xxx"), ASSET)
    assert [(hit.entity, hit.start, hit.end) for hit in found.hits] == [("ONE", 0, 3)]
