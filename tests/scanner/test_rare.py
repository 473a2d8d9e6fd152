"""One card, identifier or secret in 10,000 notes: found as it is, and sure in the rare mode."""

import random
import sqlite3

import pytest
from click.testing import CliRunner

from scanner import run
from scanner.cli import cli, today
from scanner.config import Config, Detection, Sampling, load
from scanner.errors import ConfigError
from scanner.model import Confidence, Source

NOTES = 10_000
CARD = "4556737586899855"
NIR = "1 85 05 78 006 084 91"
KEY = "AKIA2E0A8F3B244C9986"


def _notes(planted, *, numbers=False):
    draw = random.Random(7)
    words = (
        "the",
        "parcel",
        "was",
        "sent",
        "back",
        "to",
        "us",
        "and",
        "nobody",
        "called",
        "about",
        "it",
    )
    notes = []
    for number in range(NOTES):
        text = f"{number} " + " ".join(draw.choice(words) for _ in range(12))
        # Numbers with the look of a card that fail its check, as orders have.
        notes.append(f"{text} order {4000_0000_0000_0001 + number * 10}" if numbers else text)
    if numbers:
        notes = [text for text in notes if not _luhn(text.rpartition(" ")[2])]
    notes[len(notes) // 2] += f" {planted}"
    return notes


def _luhn(digits):
    total = 0
    for at, sign in enumerate(reversed(digits)):
        value = int(sign) * (2 if at % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _store(folder, notes):
    path = folder / "notes.db"
    with sqlite3.connect(path) as store:
        store.execute("CREATE TABLE ticket (id INTEGER PRIMARY KEY, body TEXT)")
        store.executemany("INSERT INTO ticket (body) VALUES (?)", [(text,) for text in notes])
    store.close()
    return path


def _scan(path, **detection):
    config = Config(
        sources=(Source("notes", path=str(path)),),
        detection=Detection(names=False, countries=("FR",), **detection),
        sampling=Sampling(rows=NOTES),
        jobs=1,
    )
    result = run.scan(config, run.Options(as_of=today()))
    return {holding.category: holding for holding in result.inventory.holdings}


PLANTED = [
    ("card", f"paid by card {CARD}", "payment_card_number", Confidence.PROBABLE),
    ("bare card", f"see {CARD}", "payment_card_number", Confidence.POSSIBLE),
    ("identifier", f"NIR {NIR}", "social_security_number", Confidence.PROBABLE),
    ("key", f"use {KEY}", "api_key", Confidence.CONFIRMED),
]


@pytest.mark.parametrize(
    ("planted", "category", "sure"), [item[1:] for item in PLANTED], ids=[i[0] for i in PLANTED]
)
@pytest.mark.parametrize("rare", [False, True])
def test_one_value_in_ten_thousand_notes_is_found(tmp_path, planted, category, sure, rare):
    found = _scan(_store(tmp_path, _notes(planted)), rare=rare)
    holding = found[category]
    assert (holding.matched, holding.examined) == (1, NOTES)
    assert holding.confidence is sure


@pytest.mark.parametrize(
    ("planted", "sure"),
    [(f"paid by card {CARD}", Confidence.PROBABLE), (f"see {CARD}", Confidence.POSSIBLE)],
)
def test_among_numbers_of_its_look_one_card_is_told_in_the_rare_mode_only(tmp_path, planted, sure):
    path = _store(tmp_path, _notes(planted, numbers=True))
    assert "payment_card_number" not in _scan(path)
    assert _scan(path, rare=True)["payment_card_number"].confidence is sure


def test_numbers_that_fail_their_check_are_nothing_in_the_rare_mode_either(tmp_path):
    path = _store(tmp_path, _notes("thanks", numbers=True))
    assert "payment_card_number" not in _scan(path, rare=True)


def test_a_test_card_stays_one(tmp_path):
    found = _scan(_store(tmp_path, _notes("card 4111111111111111")), rare=True)
    assert found["payment_card_number"].telling == 0


def test_the_command_has_the_mode(tmp_path):
    path = _store(tmp_path, _notes(f"see {CARD}", numbers=True))
    arguments = ["inventory", str(path), "--format", "jsonl", "--no-names", "--jobs", "1"]
    for extra, told in ((["--rows", "20000"], False), (["--rows", "20000", "--rare"], True)):
        result = CliRunner().invoke(cli, [*arguments, *extra])
        assert ("payment_card_number" in result.output) is told
        assert CARD not in result.output


def test_the_configuration_has_both_modes(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text("[detection]\nrare = true\nthorough = true\n", encoding="utf-8")
    found = load(path).detection
    assert (found.rare, found.thorough) == (True, True)
    path.write_text("[detection]\nrare = 1\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="rare"):
        load(path)


def test_the_result_says_whether_it_stopped_early(tmp_path):
    path = _store(tmp_path, ["nothing here", "nor here"])
    for settings, said in (
        ({}, "below 1 %"),
        ({"thorough": True}, "off"),
        ({"rare": True}, "off;"),
    ):
        config = Config(
            sources=(Source("notes", path=str(path)),),
            detection=Detection(names=False, **settings),
            jobs=1,
        )
        result = run.scan(config, run.Options(as_of=today()))
        assert said in result.settings["early stopping"]
