"""``ropascan explain``: the same verdicts as a scan, shown line by line, and no value with them."""

import gzip
import json
import re
import sqlite3
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest

from scanner import adhoc, cli, explanations, run
from scanner.config import Config, RecordRef
from scanner.model import Explanation, Holding, Outcome

RECORD = """
format = "1"
[organisation]
id = "acme"
[[system]]
id = "crm"
[[data_group]]
id = "people"
categories = ["email_address", "name_part"]
[[store]]
id = "crm_db"
system = "crm"
kind = "database"
data_groups = ["people"]
[[store.site]]
match = ["sqlite://crm/main/*"]
"""
DAY = date(2026, 1, 15)
USERS = "sqlite://crm/main/users"
FIRST = ("Anouk", "Bastien", "Corinne", "Didier", "Elodie", "Fabrice", "Gaelle", "Hugues")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explain")
    with sqlite3.connect(folder / "crm.sqlite") as connection:
        connection.execute(
            "create table users (id integer primary key, email text, first_name text, born text, "
            "password text, status text, number integer, note text)"
        )
        connection.executemany(
            "insert into users (email, first_name, born, password, status, number, note) "
            "values (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    f"person{n}@polderwerk-mail.nl" if n % 10 else None,
                    FIRST[n % 8],
                    f"19{50 + n % 50}-0{n % 9 + 1}-1{n % 9}",
                    f"Tr0mb0ne-Zeppelin-{n}",
                    ("open", "closed")[n % 2],
                    1_700_000_000_000_000 + 7_919 * n,
                    f"Please call {FIRST[n % 8]} back about the order of last week, thank you.",
                )
                for n in range(200)
            ],
        )
    connection.close()
    lines = [
        f"2026-01-{n % 28 + 1:02d}T10:00:{n % 60:02d}Z INFO mail for person{n}@polderwerk-mail.nl "
        f"accepted in {n} ms"
        for n in range(80)
    ]
    (folder / "app.log").write_text("\n".join(lines), "utf-8")
    (folder / "record.toml").write_text(RECORD, "utf-8")
    (folder / "config.toml").write_text(
        '[[record]]\npath = "record.toml"\n[[source]]\nname = "crm"\npath = "crm.sqlite"\n'
        '[[source]]\nname = "app"\npath = "app.log"\n',
        "utf-8",
    )
    return folder


def config(place: Path, *, record: str = "record.toml") -> Config:
    made = adhoc.config([str(place / "crm.sqlite"), str(place / "app.log")])
    records = (RecordRef(place / record),) if record else ()
    return Config(sources=made.sources, records=records, detection=made.detection, jobs=1)


def explain(place: Path, path: str, *, record: str = "record.toml") -> Explanation:
    return explanations.explain(config(place, record=record), run.Options(as_of=DAY), path)


@pytest.fixture(scope="module")
def scanned(place: Path) -> tuple[Holding, ...]:
    return run.scan(config(place), run.Options(as_of=DAY)).inventory.holdings


@pytest.fixture(scope="module")
def log(scanned: tuple[Holding, ...]) -> str:
    """The path of the log with the place of its addresses."""
    return next(f"{h.asset}#{h.field}" for h in scanned if h.kind == "log")


def test_the_verdicts_are_those_of_the_scan(place: Path, scanned: tuple[Holding, ...]) -> None:
    told = {
        (item.field, one.category): (one.confidence, one.score)
        for item in explain(place, USERS).fields
        for one in item.readings
        if one.outcome == "held"
    }
    held = {
        (h.field, h.category): (h.confidence, h.score)
        for h in scanned
        if h.asset == USERS and h.field
    }
    assert told == held
    assert ("email", "email_address") in told


def test_the_pieces_add_up_to_the_score(place: Path) -> None:
    readings = [one for item in explain(place, USERS).fields for one in item.readings]
    assert readings
    for one in readings:
        assert one.total == pytest.approx(sum(step.points for step in one.steps))
        assert one.score == pytest.approx(min(max(one.total, 0.0), one.cap), abs=0.001)
        assert one.changes


def test_a_field_tells_how_it_was_read(place: Path) -> None:
    (field,) = explain(place, f"{USERS}#email").fields
    assert (field.examined, field.nulls, field.distinct) == (180, 20, 180)
    assert sum(count for _, count in field.shapes) <= 180
    assert all(not re.search("person|polder", shape) for shape, _ in field.shapes)
    missed = {item.entity: item for item in field.missed}
    assert "EMAIL_ADDRESS" not in missed
    assert missed["IP_ADDRESS"].examined == 180
    assert missed["IP_ADDRESS"].bound == 0  # read whole


def test_a_sample_bounds_what_may_be_there_all_the_same(place: Path) -> None:
    from dataclasses import replace

    small = config(place)
    small = replace(small, sampling=replace(small.sampling, rows=100))
    found = explanations.explain(small, run.Options(as_of=DAY), f"{USERS}#first_name")
    (field,) = found.fields
    (missed,) = [item for item in field.missed if item.entity == "IP_ADDRESS"]
    assert found.rows == 100
    assert missed.bound == pytest.approx(3 / 100)


def test_what_has_a_shape_and_is_none_is_counted(place: Path) -> None:
    (field,) = explain(place, f"{USERS}#number").fields
    missed = {item.entity: item.shaped for item in field.missed}
    assert missed["CREDIT_CARD"] == 200
    assert field.best is None


def test_a_place_of_a_log_template_can_be_explained(place: Path, log: str) -> None:
    found = explain(place, log)
    (field,) = found.fields
    assert field.best is not None
    assert field.best.category == "email_address"
    assert "<EMAIL_ADDRESS> accepted in" in field.template
    message = explain(place, log.partition("#")[0] + "#message").fields[0]
    assert field.field in message.places
    assert message.readings == ()


def test_the_record_says_where_a_category_is_declared(place: Path) -> None:
    said = {item.category: item for item in explain(place, f"{USERS}#email").statements}
    assert said[""].said == "store crm_db covers the asset"
    assert said["email_address"].said == "declared here: data group people"
    born = {item.category: item for item in explain(place, f"{USERS}#born").statements}
    assert born["date_of_birth"].said == "not declared in this record"


def test_without_a_record_nothing_is_said_of_one(place: Path) -> None:
    found = explain(place, f"{USERS}#email", record="")
    assert (found.statements, found.corrections, found.records) == ((), (), False)
    assert "[[store]] that covers it" in found.toml


def blocks(text: str) -> list[str]:
    """Each ``[[store.field]]`` of what may be pasted."""
    return ["[[store.field]]" + part for part in text.split("[[store.field]]")[1:]]


def test_the_correction_can_be_pasted_and_works(place: Path) -> None:
    found = explain(place, f"{USERS}#born")
    first = blocks(found.toml)[0]
    assert tomllib.loads(first)["store"]["field"][0]["is_not"] == ["date_of_birth"]
    pasted = place / "pasted.toml"
    pasted.write_text(RECORD + first, "utf-8")
    after = explain(place, f"{USERS}#born", record="pasted.toml")
    assert [made.outcome for made in after.corrections] == [Outcome.REMOVED]
    assert after.fields[0].best is not None  # the explanation shows it as found
    result = run.scan(config(place, record="pasted.toml"), run.Options(as_of=DAY))
    assert [made.place for made in result.corrections] == [f"{USERS}#born"]
    assert not [f for f in result.findings if f.category == "date_of_birth"]


def ropascan(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], *args: str
) -> tuple[int, str, str]:
    monkeypatch.chdir(place)
    monkeypatch.setattr(sys, "argv", ["ropascan", *args])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    said = capfd.readouterr()
    return int(stop.value.code or 0), said.out, said.err


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("users#email", "is no path; write it as reports do: kind://source/asset#field"),
        ("sqlite://cmr/main/users#email", 'no source has the name "cmr"; did you mean "crm"?'),
        ("sqlite://crm/main/usres#email", f'no such asset; did you mean "{USERS}"?'),
        (f"{USERS}#emial", f'{USERS} has no such field; did you mean "email"?'),
    ],
)
def test_a_path_that_leads_nowhere_is_one_sentence_with_the_nearest(
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    path: str,
    said: str,
) -> None:
    code, out, err = ropascan(place, monkeypatch, capfd, "explain", path)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_a_place_named_on_the_command_line_needs_no_configuration(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    arguments = ["explain", f"{USERS}#email", "--source", "crm.sqlite", "--no-names"]
    code, out, _ = ropascan(place, monkeypatch, capfd, *arguments)
    assert code == 0
    assert "E-mail address (email_address): confirmed" in out
    assert "What the record says" not in out


def test_the_terminal_shows_every_part(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = ropascan(place, monkeypatch, capfd, "explain", f"{USERS}#email")
    for part in (
        "180 values, 180 distinct",
        "180 of 180 values match EMAIL_ADDRESS",
        "without “180 of 180 values match EMAIL_ADDRESS” it would",
        "Looked for and not found",
        "0 of all 180",
        "What the record says",
        "declared here: data group people",
        'is_not = ["email_address"]',
        "confirmed from 0.85; probable from 0.60; possible from 0.30",
    ):
        assert part in out


def test_without_a_field_each_field_has_a_line(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = ropascan(place, monkeypatch, capfd, "explain", USERS)
    names = [line.split()[0] for line in out.splitlines() if line and not line[0].isspace()]
    for field in ("id", "email", "first_name", "born", "password", "status", "number", "note"):
        assert field in names


def test_json_holds_the_same(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = ropascan(place, monkeypatch, capfd, "explain", f"{USERS}#email", "--format", "json")
    told = json.loads(out)
    assert list(told)[:4] == ["schema", "banner", "path", "field"]
    (field,) = told["fields"]
    assert field["readings"][0]["category"] == "email_address"
    assert field["readings"][0]["steps"][0]["points"] > 0


def test_no_explanation_shows_a_value(
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    log: str,
) -> None:
    fields = ("email", "password", "note")
    for path in (USERS, log, log.partition("#")[0], *(f"{USERS}#{name}" for name in fields)):
        for form in ("terminal", "json"):
            _, out, err = ropascan(place, monkeypatch, capfd, "explain", path, "--format", form)
            text = (out + err).lower()
            for needle in ("polderwerk", "person1", "zeppelin", "anouk", "170000", "1957-"):
                assert needle not in text, (path, form)
        found = repr(explain(place, path)).lower()
        assert "polderwerk" not in found
        assert "zeppelin" not in found


def test_what_the_record_keeps_from_being_read_is_not_read(place: Path) -> None:
    text = RECORD.replace('kind = "database"', 'kind = "database"\nsample = "metadata"')
    (place / "closed.toml").write_text(text, "utf-8")
    found = explain(place, f"{USERS}#email", record="closed.toml")
    assert (found.depth.value, found.why, found.rows) == ("metadata", "declared_metadata", 0)
    (field,) = found.fields
    assert (field.examined, field.shapes) == (0, ())
    assert field.best is not None  # by its name
    assert field.best.cap < 0.85


def test_an_asset_whose_name_is_masked_is_found_by_the_path_of_the_reports(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    lines = [
        f"2026-01-05T10:00:{n % 60:02d}Z INFO login from 81.207.44.{n % 250}" for n in range(80)
    ]
    (folder / "zoe.martin@polderwerk-mail.nl.log").write_text("\n".join(lines), "utf-8")
    made = adhoc.config([str(folder)])
    (result,) = run.scan(made, run.Options(as_of=DAY)).inventory.results
    assert "zoe" not in result.asset.path
    found = explanations.explain(made, run.Options(as_of=DAY), result.asset.path)
    assert [item.category for field in found.fields for item in field.readings] == ["ip_address"]
    assert "polderwerk" not in repr(found)


def test_an_asset_that_broke_off_is_told_with_the_exit_code_of_gaps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    lines = [f"2026-01-05T10:00:{n % 60:02d}Z INFO job {n} done" for n in range(4000)]
    whole = gzip.compress("\n".join(lines).encode())
    (tmp_path / "job.log.gz").write_bytes(whole[: len(whole) // 2])
    made = adhoc.config([str(tmp_path / "job.log.gz")])
    (result,) = run.scan(made, run.Options(as_of=DAY)).inventory.results
    arguments = ["explain", result.asset.path, "--source", "job.log.gz"]
    code, out, _ = ropascan(tmp_path, monkeypatch, capfd, *arguments)
    assert code == 3
    assert "Gap" in out


def test_a_field_whose_name_is_masked_is_named_in_no_sentence(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "crm.sqlite") as connection:
        secret = '"zoe.martin@polderwerk-mail.nl"'
        connection.execute(f"create table users (id integer, {secret} text, email text, city text)")
        rows = [(n, "yes", f"person{n}@polderwerk-mail.nl", "Lyon") for n in range(60)]
        connection.executemany("insert into users values (?, ?, ?, ?)", rows)
    connection.close()
    made = adhoc.config([str(tmp_path / "crm.sqlite")])
    found = explanations.explain(made, run.Options(as_of=DAY), USERS)
    assert len(found.fields) == 4
    assert "zoe" not in repr(found)
