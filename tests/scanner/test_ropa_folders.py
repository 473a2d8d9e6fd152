"""A folder is one record; several records and versions; the one in force is chosen."""

from datetime import date
from pathlib import Path

import pytest

from scanner.config import RecordRef
from scanner.errors import RecordError
from scanner.ropa import load, load_all

HEAD = 'format = "1"\n[organisation]\nid = "acme"\n'


def folder(place: Path, **files: str) -> RecordRef:
    place.mkdir()
    for name, text in files.items():
        (place / f"{name}.toml").write_text(text, "utf-8")
    return RecordRef(place)


def version(place: Path, name: str, dates: str, organisation: str = "acme") -> RecordRef:
    path = place / f"{name}.toml"
    path.write_text(dates + HEAD.replace("acme", organisation), "utf-8")
    return RecordRef(path)


def test_a_folder_is_read_as_one_record(tmp_path: Path) -> None:
    ref = folder(
        tmp_path / "ropa",
        b_stores='[[store]]\nid = "db"\nsystem = "crm"\nkind = "database"\n',
        a_head=HEAD + "[settings]\nus_territories = false\n",
        c_systems='[[system]]\nid = "crm"\n',
    )
    (tmp_path / "ropa" / "notes.txt").write_text("not a record")
    (tmp_path / "ropa" / ".hidden.toml").write_text("not = a [record")
    ropa = load(ref)
    assert ropa.files == ("ropa/a_head.toml", "ropa/b_stores.toml", "ropa/c_systems.toml")
    assert ropa.stores[0].origin.file == "ropa/b_stores.toml"
    assert ropa.settings.us_territories is False


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ('[[system]]\nid = "crm"\n', 'two.toml, line 2: [[system]] crm: the id "crm" is used '
         "twice; the other is in ropa/one.toml."),
        ('[organisation]\nid = "other"\n', "[organisation] stands in ropa/one.toml too"),
        ("[settings]\n", "[settings] stands in ropa/one.toml too"),
        ('format = "2"\n', 'reads format = "1" only'),
        ("until = 2021-01-01\n", "until differs from that in ropa/one.toml"),
    ],
)  # fmt: skip
def test_files_of_one_record_must_agree(second: str, said: str, tmp_path: Path) -> None:
    one = "until = 2020-01-01\n" + HEAD + '[settings]\n[[system]]\nid = "crm"\n'
    ref = folder(tmp_path / "ropa", one=one, two=second)
    with pytest.raises(RecordError) as caught:
        load(ref)
    assert said in str(caught.value)


def test_a_folder_without_a_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"record folder ropa holds no \.toml"):
        load(folder(tmp_path / "ropa"))


@pytest.mark.parametrize(
    ("day", "file"),
    [(date(2018, 1, 1), "one"), (date(2020, 10, 31), "one"), (date(2020, 11, 1), "two"),
     (date(2030, 1, 1), "two")],
)  # fmt: skip
def test_the_version_in_force_is_chosen(day: date, file: str, tmp_path: Path) -> None:
    refs = [
        version(tmp_path, "two", "effective = 2020-11-01\n"),
        version(tmp_path, "one", "until = 2020-10-31\n"),
    ]
    assert [ropa.files for ropa in load_all(refs, day)] == [(f"{file}.toml",)]


def test_each_organisation_has_its_own_record(tmp_path: Path) -> None:
    refs = [version(tmp_path, "a", ""), version(tmp_path, "b", "", "globex")]
    found = load_all(refs, date(2026, 1, 15))
    assert [ropa.organisation.id for ropa in found] == ["acme", "globex"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("", ""), ("until = 2020-11-01\n", "effective = 2020-11-01\n"), ("", "until = 2019-01-01\n")],
)
def test_versions_that_overlap_are_refused(first: str, second: str, tmp_path: Path) -> None:
    refs = [version(tmp_path, "one", first), version(tmp_path, "two", second)]
    with pytest.raises(RecordError) as caught:
        load_all(refs, date(2026, 1, 15))
    assert '"acme"' in str(caught.value)
    assert "one.toml" in str(caught.value)
    assert "two.toml" in str(caught.value)


def test_no_version_in_force_names_the_periods(tmp_path: Path) -> None:
    refs = [version(tmp_path, "old", "until = 2020-10-31\n")]
    with pytest.raises(RecordError) as caught:
        load_all(refs, date(2026, 1, 15))
    assert "2026-01-15" in str(caught.value)
    assert "old.toml (from the beginning to 2020-10-31)" in str(caught.value)


def test_no_record_is_no_record() -> None:
    assert load_all([], date(2026, 1, 15)) == ()


def test_synthetic_is_carried(tmp_path: Path) -> None:
    ref = version(tmp_path, "demo", "synthetic = true\n")
    assert load(ref).synthetic is True
