"""Special categories, offences, children, recordings."""

import random
from datetime import date

import pytest
from acceptance.stage import ROWS, People, Stage

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(64)
WAVE = b"RIFF\x24\x08\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00" + bytes(400)


def born(count: int, *others: str) -> list[str]:
    """Birth dates of grown people, and the others among them."""
    days = [f"19{n % 40 + 50}-0{n % 9 + 1}-{n % 28 + 1:02d}" for n in range(count)]
    days[: len(others)] = others
    return days


# ---- children ------------------------------------------------------------------------------------

FAXCOM_AGE = {
    'categories = ["person_name", "phone_number", "email_address", "income", "gender"]': (
        'categories = ["person_name", "phone_number", "email_address", "income", "gender", '
        '"date_of_birth"]'
    ),
    'match = ["sqlite://faxcom/main/registrations"]': (
        'match = ["sqlite://faxcom/main/registrations"]\n[store.subject]\n'
        'birth_column = "date_of_birth"'
    ),
}


@pytest.mark.parametrize(
    ("birth", "said_of"),
    [
        ("2014-06-01", True),  # 11
        ("2011-06-01", False),  # 14
        ("2013-01-15", False),  # 13 today
        ("2013-01-16", True),  # 13 tomorrow
    ],
    ids=["A088_age_11", "A088_age_14", "thirteen_today", "thirteen_tomorrow"],
)
def test_A088_children_below_thirteen(
    stage: Stage, people: People, birth: str, said_of: bool
) -> None:
    stage.demo("faxcom", change=FAXCOM_AGE)
    stage.table(
        "faxcom",
        "registrations",
        {
            "full_name": people.names,
            "email": people.emails,
            "date_of_birth": born(ROWS, birth, birth, birth),
        },
    )
    said = stage.scan()
    if not said_of:
        said.nothing()
        return
    found = said.only("C03", "registrations", said.every()[0].category, severity="high")
    assert "3" in found.title


def test_A088_birth_dates_that_nobody_declared(stage: Stage, people: People) -> None:
    stage.demo("faxcom")
    stage.table(
        "faxcom",
        "registrations",
        {"email": people.emails, "date_of_birth": born(ROWS, "2014-06-01", "2014-07-01")},
    )
    said = stage.scan()
    heads = said.at("sqlite://faxcom/main/registrations#date_of_birth")
    assert {rule for rule, _ in heads} == {"C03"}, said.summary()


@pytest.mark.parametrize("default", ["1900-01-01", "1970-01-01", "2000-01-01"])
def test_near_miss_default_birth_dates_are_no_children(
    stage: Stage, people: People, default: str
) -> None:
    stage.demo("faxcom", change=FAXCOM_AGE)
    days = born(ROWS)
    days[:20] = [default] * 20
    stage.table("faxcom", "registrations", {"email": people.emails, "date_of_birth": days})
    stage.scan().nothing()


def test_A090_a_child_where_minors_are_not_mentioned(stage: Stage, people: People) -> None:
    stage.demo("xmserver")
    stage.table(
        "xmserver",
        "customers",
        {
            "full_name": people.names,
            "email": people.emails,
            "date_of_birth": born(ROWS, "2013-06-01", "2013-07-01"),
        },
    )
    said = stage.scan()
    assert {rule for rule, _, _ in said.headlines()} == {"C03"}, said.summary()
    said.one("C03", "customers", severity="high")


def test_A090_an_age_tells_as_much(stage: Stage, people: People) -> None:
    stage.demo("xmserver")
    ages = [12, 12, *[n % 50 + 25 for n in range(ROWS - 2)]]
    stage.table(
        "xmserver",
        "customers",
        {"full_name": people.names, "email": people.emails, "age": ages},
    )
    said = stage.scan()
    assert {rule for rule, _, _ in said.headlines()} == {"C03"}, said.summary()


def test_A089_near_miss_grown_customers(stage: Stage, people: People) -> None:
    stage.demo("xmserver")
    stage.table(
        "xmserver",
        "customers",
        {"full_name": people.names, "email": people.emails, "date_of_birth": born(ROWS)},
    )
    stage.scan().nothing()


# ---- special categories --------------------------------------------------------------------------


def test_A091_religion_in_the_user_directory(stage: Stage, people: People) -> None:
    stage.demo("xmedius_2020")
    faiths = people.pick("Catholic", "Muslim", "Jewish", "Buddhist", "Protestant", "none")
    stage.table("portal-ie", "users", {"email": people.emails, "religion": faiths})
    said = stage.scan()
    place = "sqlite://portal-ie/main/users#religion"
    assert {rule for rule, _ in said.at(place)} == {"C01"}, said.summary()
    found = said.one("C01", "portal_db", severity="critical")
    assert "I01" in said.also(found)


def test_A091_the_name_of_an_empty_field_is_only_possible(stage: Stage, people: People) -> None:
    stage.demo("xmedius_2020")
    stage.table("portal-ie", "users", {"email": people.emails, "religion": [None] * ROWS})
    found = stage.scan().all("C01", "portal_db")
    assert all(f.confidence == "possible" for f in found)


def test_A092_a_declared_condition_answers(stage: Stage, people: People) -> None:
    stage.record(
        """
format = "1"
[organisation]
id = "parish"
name = "Parish"
country = "FR"
regimes = ["eu_gdpr"]
[[data_group]]
id = "members"
categories = ["email_address", "religious_philosophical_belief"]
[[activity]]
id = "membership"
role = "controller"
data_groups = ["members"]
special_condition = ["A9-2-d"]
[[system]]
id = "register"
activities = ["membership"]
[[store]]
id = "register_db"
system = "register"
kind = "database"
data_groups = ["members"]
[[store.site]]
match = ["sqlite://parish/main/**"]
"""
    )
    faiths = people.pick("Catholic", "Muslim", "Jewish", "Buddhist", "Protestant")
    stage.table("parish", "members", {"email": people.emails, "religion": faiths})
    stage.scan().nothing()


def test_A093_health_words_in_names_of_faxes(stage: Stage) -> None:
    site = 'match = ["sqlite://xmfax-fr/main/fax_documents"]'
    stage.demo("xmedius_2018", change={site: 'match = ["file://xmfax-docs/**"]'})
    words = ("oncology-report", "hiv-test-result", "diabetes-diagnosis", "cover", "invoice")
    for n in range(20):
        stage.file("xmfax-docs", f"inbox/{words[n % 5]}-{n:04d}.pdf", b"%PDF-1.4\n" + bytes(99))
    said = stage.scan()
    assert {(f.rule, f.confidence.value) for f in said.every()} <= {("C01", "possible")}
    assert [f.severity.value for f in said.all("I08", "fax_documents", "health_data")] == ["info"]


def test_A094_call_recordings_in_their_declared_store(stage: Stage) -> None:
    stage.demo("xmserver")
    for n in range(8):
        stage.file(
            "xmserver-files", f"recordings/call-{n:04d}.wav", WAVE, modified=date(2025, 6, 1)
        )
    said = stage.scan()
    said.nothing()
    found = said.all("C05")
    assert [f.severity.value for f in found] == ["info"], said.summary()
    assert {f.store for f in found} == {"call_recordings"}


def test_A095_voice_templates_beside_recordings(stage: Stage) -> None:
    stage.demo("xmserver")
    stage.file("xmserver-files", "recordings/call-1.wav", WAVE)
    draw = random.Random(2)
    stage.table(
        "xmserver",
        "chats",
        {
            "id": range(ROWS),
            "caller_id": range(ROWS),
            "voiceprint": [draw.randbytes(48).hex() for _ in range(ROWS)],
        },
    )
    said = stage.scan()
    assert "C01" in {f.rule for f in said.result.findings}, said.summary()


def test_A096_abuse_notices_that_accuse_a_customer(stage: Stage) -> None:
    stage.demo("xmserver")
    texts = [
        f"I report customer {n}: this server sends phishing mails, commits fraud and was used for "
        "a theft of card data. The owner has a criminal record, please suspend the account."
        for n in range(ROWS)
    ]
    stage.table("xmserver", "abuse_notices", {"id": range(ROWS), "body": texts})
    said = stage.scan()
    found = said.all("C02", "abuse_notices")
    assert [f.confidence.value for f in found] == ["possible"], said.summary()
    assert {f.rule for f in said.every()} <= {"C02"}, said.summary()


def test_near_miss_a_ticket_about_a_failing_server_accuses_nobody(stage: Stage) -> None:
    stage.demo("xmserver")
    stage.table(
        "xmserver",
        "chats",
        {"id": range(ROWS), "body": [f"My server {n} is slow since Monday." for n in range(ROWS)]},
    )
    assert [f for f in stage.scan().all("C02") if f.severity.rank > 0 and f.store == "chats"] == []
