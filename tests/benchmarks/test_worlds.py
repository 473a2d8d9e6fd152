"""Worlds: what is wrong is named, and what is right is built the same every time."""

import csv
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
Bench = Callable[[str], ModuleType]
WORLD = """
name = "w"
about = "A clinic"
locale = "pl_PL"
tags = ["application"]
[[table]]
name = "people"
rows = 30
subject = "patient"
fields = [
  { name = "id", type = "INTEGER PRIMARY KEY", make = "serial", of = 100, label = "NONE" },
  { name = "imie", make = "first_name", label = "PERSON" },
  { name = "mail", make = "row", of = "{imie:slug}@poczta.pl", unique = true, label = "EMAIL_ADDRESS" },
  { name = "pesel", make = "pesel", unique = true, label = "NATIONAL_ID", comment = "numer" },
  { name = "note", make = "template", of = ["call {phone}", "{{none}}"], null = 0.5, label = "FREE_TEXT_WITH_PII" },
]
[[table]]
name = "visits"
rows = 40
subject = "patient"
fields = [
  { name = "person", type = "INTEGER", refers = "people.id", label = "NONE" },
  { name = "at", type = "INTEGER", make = "epoch", of = ["2020-01-01", "2021-01-01"], unit = "ms", label = "NONE" },
  { name = "clinic_tel", make = "phone", label = "PHONE_NUMBER", subject = "organisation", note = "of the clinic" },
]
"""  # noqa: E501


@pytest.fixture
def worlds(bench: Bench) -> ModuleType:
    return bench("worlds")


def written(folder: Path, text: str = WORLD) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / "w.toml"
    file.write_text(text, "utf-8")
    return file


def cells(file: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(file)) as base:
        return base.execute(sql).fetchall()


def test_every_world_of_the_project_is_right(worlds: ModuleType) -> None:
    assert len([worlds.read(file).name for file in worlds.files()]) >= 10


def test_the_same_seed_makes_the_same_cells(worlds: ModuleType, tmp_path: Path) -> None:
    file, found = written(tmp_path), {}
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        (tmp_path / name).mkdir()
        worlds.build(file, tmp_path / name, seed)
        found[name] = cells(tmp_path / name / "w.sqlite", "select * from people")
    assert found["a"] == found["b"]
    assert found["a"] != found["c"]


def test_a_new_field_changes_no_other(worlds: ModuleType, tmp_path: Path) -> None:
    field = '  { name = "new", make = "city", label = "LOCATION_ADDRESS/city" },\n  { name = "imie"'
    more = WORLD.replace('  { name = "imie"', field)
    for name, text in (("a", WORLD), ("b", more)):
        worlds.build(written(tmp_path / name, text), tmp_path / name, 1)
    query = "select id, imie, mail, pesel, note from people"
    assert cells(tmp_path / "a/w.sqlite", query) == cells(tmp_path / "b/w.sqlite", query)


def test_values_and_labels_are_as_written(worlds: ModuleType, tmp_path: Path) -> None:
    labels = {one.column: one for one in worlds.build(written(tmp_path), tmp_path, 3)}
    base = tmp_path / "w.sqlite"
    rows = cells(base, "select id, imie, mail, note from people")
    assert [row[0] for row in rows] == list(range(100, 130))
    assert len({row[2] for row in rows}) == 30
    assert all(re.fullmatch(r"[a-z-]+\d*@poczta\.pl", row[2]) for row in rows)
    notes = [row[3] for row in rows]
    assert 5 < notes.count(None) < 25
    assert "{none}" in notes
    visits = cells(base, "select person, at from visits")
    assert {row[0] for row in visits} <= set(range(100, 130))
    assert all(1_577_836_800_000 <= row[1] < 1_609_459_200_000 for row in visits)
    (schema,) = cells(base, "select sql from sqlite_master where name = 'visits'")
    assert 'REFERENCES "people"("id")' in schema[0]
    said = {name: (one.labels, one.subject, one.about) for name, one in labels.items()}
    assert said["pesel"] == ("NATIONAL_ID", "person", "patient")
    assert said["id"] == ("NONE", "none", "patient")
    assert said["clinic_tel"] == ("PHONE_NUMBER", "organisation", "organisation")


WRONG = [
    ('make = "first_name"', 'make = "firstname"', "did you mean 'first_name'?"),
    ('label = "PERSON"', 'label = "PERSONS"', "unknown label 'PERSONS'"),
    ('label = "PERSON"', 'label = "PERSON+NONE"', "NONE stands alone"),
    ('label = "PERSON"', 'label = "LOCATION_ADDRESS"', "needs a part"),
    ('label = "PERSON"', 'label = "PERSON/first"', "PERSON has no parts"),
    ("people.id", "people.idd", "people.idd is not there; did you mean 'people.id'?"),
    ("people.id", "visits.at", "stands later"),
    ("rows = 30", "rows = 0", "rows = 0: it is a number from 1 to 2000"),
    ('subject = "patient"', 'subject = "patients"', "subject = 'patients'"),
    ("imie:slug", "imie:slg", "filter 'slg'"),
    ("imie:slug", "imei:slug", "field 'imei' is not there"),
    ("{phone}", "{phon}", "did you mean 'phone'?"),
    ("null = 0.5", "null = 5", "null = 5: it is a share from 0 to 1"),
    ("null = 0.5", "nul = 0.5", "unknown key 'nul'; did you mean 'null'?"),
    ('unit = "ms"', 'unit = "min"', "unit = 'min'"),
    ("2021-01-01", "2021-13-01", "'2021-13-01' is no ISO date"),
    ('name = "at"', 'name = "PERSON"', "field person stands twice"),
    ('name = "w"', 'name = "other"', "the file is called 'w'"),
    ("pl_PL", "pl_XX", "locale 'pl_XX' is none of Faker's"),
    ("[[table]]\n", "[[table]\n", "w.toml: "),
]


@pytest.mark.parametrize(("right", "wrong", "said"), WRONG, ids=[row[2][:30] for row in WRONG])
def test_what_is_wrong_is_named(
    worlds: ModuleType, tmp_path: Path, right: str, wrong: str, said: str
) -> None:
    assert right in WORLD
    file = written(tmp_path, WORLD.replace(right, wrong, 1))
    with pytest.raises(worlds.WorldError) as error:
        worlds.read(file)
    assert said in str(error.value)


def test_too_few_values_for_a_unique_field_are_no_endless_search(
    worlds: ModuleType, tmp_path: Path
) -> None:
    text = WORLD.replace('make = "pesel"', 'make = "choice", of = ["a", "b"]')
    with pytest.raises(worlds.WorldError, match="30 rows want as many different values"):
        worlds.build(written(tmp_path, text), tmp_path, 0)
    assert not (tmp_path / "w.sqlite").exists()


def test_published_numbers_have_the_check_digit_that_we_compute(bench: Bench) -> None:
    simple, national = bench("worlds.simple"), bench("worlds.national")
    assert simple.luhn("49015420323751") == "490154203237518"
    assert simple.luhn("411111111111111") == "4111111111111111"
    assert national.german_check("15070649C10") == 3


SHAPES = {
    "nir": r"[12]\d{14}",
    "siret": r"\d{14}",
    "nie": r"[XYZ]\d{7}[A-Z]",
    "cpf": r"\d{3}\.\d{3}\.\d{3}-\d\d",
    "codice_fiscale": r"[A-Z]{6}\d\d[A-Z]\d\d[A-Z]\d{3}[A-Z]",
    "rodne_cislo": r"\d{6}/\d{4}",
    "steuer_id": r"\d{11}",
    "sv_nummer": r"\d{4} \d{6}",
    "card_2series": r"2[2-7]\d{14}",
    "card_19": r"\d{19}",
    "ipv6": r"2a[01]{2}(:[0-9a-f]{1,4}){7}",
}


@pytest.mark.parametrize("name", SHAPES)
def test_numbers_have_the_shape_of_their_country(bench: Bench, name: str) -> None:
    hand = bench("worlds.base").hand("de_AT")
    hand.seed(name)
    made = [str(bench("worlds.simple").MAKERS[name](hand)) for _ in range(20)]
    assert all(re.fullmatch(SHAPES[name], text) for text in made), made
    assert len(set(made)) > 15


def test_pattern_draws_signs_and_keeps_literal_ones(bench: Bench) -> None:
    makers, base, model = bench("worlds.makers"), bench("worlds.base"), bench("worlds.model")
    column = model.Column("c", "NONE", "pattern", of=r"AB-a9\9*X")
    hand = base.hand("en_GB")
    hand.seed("1")
    text = makers.drawing(column, hand)(0)
    assert re.fullmatch(r"[A-Z]B-[a-z]\d9[A-Z0-9][0-9A-F]", text), text


def test_borrowed_places_are_told(worlds: ModuleType, bench: Bench, tmp_path: Path) -> None:
    text = WORLD.replace("pl_PL", "tr_TR").replace('make = "pesel"', 'make = "address"')
    notes = list(bench("worlds.checking").notes(worlds.read(written(tmp_path, text))))
    assert notes == ["address is made as for en_US: Faker has none of its own for tr_TR"]


def test_the_command_builds_a_labelled_folder(tmp_path: Path) -> None:
    run = (sys.executable, "-m", "benchmarks.worlds")
    file, out = written(tmp_path / "in"), tmp_path / "out"
    done = subprocess.run((*run, "build", out, file), cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.startswith("1 databases, 8 labelled fields"), done.stderr
    with (out / "labels.csv").open(encoding="utf-8", newline="") as rows:
        labels = list(csv.DictReader(rows))
    header = ["db", "table", "column", "type", "labels", "subject", "note"]
    assert list(labels[0]) == header
    assert list(labels[-1].values()) == [
        *("w", "visits", "clinic_tel", "TEXT", "PHONE_NUMBER", "organisation", "of the clinic")
    ]
    subjects = (out / "subjects.csv").read_text("utf-8").splitlines()
    assert subjects[1] == "w,people,id,patient"
    assert subjects[-1] == "w,visits,clinic_tel,organisation"
    assert len(cells(out / "dbs" / "w.sqlite", "select * from visits")) == 40
    file.write_text(WORLD.replace("pesel", "pessel"), "utf-8")
    bad = subprocess.run((*run, "check", file), cwd=ROOT, capture_output=True, text=True)
    assert bad.returncode == 1
    assert "w.toml: table people: field pessel: unknown maker 'pessel'" in bad.stderr
