"""First contact: a record that names the organisation alone, over databases of people."""

import pytest
from acceptance.stage import ROWS, People, Stage

EMPTY = 'format = "1"\n[organisation]\nid = "shop"\nname = "Shop"\ncountry = "FR"\n'


@pytest.fixture
def three(stage: Stage) -> Stage:
    people = People(ROWS)
    stage.record(EMPTY)
    for source in ("crm", "shop", "hr"):
        stage.table(
            source,
            "people",
            {"id": range(ROWS), "full_name": people.names, "email": people.emails},
        )
        stage.table(
            source,
            "visits",
            {"id": range(ROWS), "person_id": range(ROWS), "last_ip": people.addresses},
        )
        stage.table(
            source,
            "children",
            {"id": range(ROWS), "date_of_birth": ["2015-05-05"] * ROWS, "phone": people.phones},
        )
        stage.table(source, "colours", {"id": range(3), "name": ["red", "blue", "green"]})
    return stage


def test_first_contact_gives_one_finding_for_each_database(three: Stage) -> None:
    said = three.scan()
    assert sorted(f.prefix for f in said.every()) == [
        "sqlite://crm", "sqlite://hr", "sqlite://shop",
    ], said.summary()  # fmt: skip
    assert {f.rule for f in said.every()} == {"I02"}


def test_first_contact_names_assets_and_categories(three: Stage) -> None:
    for found in three.scan().every():
        assert {path.rpartition("/")[2] for path in found.children} == {
            "children", "people", "visits",
        }  # fmt: skip
        categories = {item.category for item in found.evidence}
        assert {"email_address", "ip_address", "phone_number"} <= categories
        assert found.fix


def test_first_contact_with_logs_and_folders(stage: Stage) -> None:
    people = People(200)
    stage.record(EMPTY)
    stage.log(
        "weblogs",
        "a/access.log",
        (f"2025-12-0{n % 9 + 1} 10:00:00 INFO from {ip}" for n, ip in enumerate(people.addresses)),
    )
    for n in range(9):
        stage.file("scans", f"kyc/passport-{n}.pdf", b"%PDF-1.4\n")
    said = stage.scan()
    assert {f.rule for f in said.every()} <= {"I02"}, said.summary()
    assert len(said.every()) <= 2


def test_first_contact_with_many_schemas_alike_is_one_finding(stage: Stage) -> None:
    people = People(ROWS)
    stage.record(EMPTY)
    for n in range(12):
        stage.table("saas", f"tenant_{n:03d}_users", {"id": range(ROWS), "email": people.emails})
    said = stage.scan()
    assert len(said.every()) == 1, said.summary()


def test_without_people_there_is_nothing_to_declare(stage: Stage) -> None:
    stage.record(EMPTY)
    stage.table("plant", "sensors", {"id": range(ROWS), "celsius": [n % 40 for n in range(ROWS)]})
    stage.scan().nothing()
