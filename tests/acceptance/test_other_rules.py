"""A case for each rule that the list of cases leaves out, with near misses."""

import random
from datetime import date

import pytest
from acceptance.stage import AS_OF, ROWS, People, Stage
from acceptance.values import bcrypts, pem_keys, readable

SHOP = """
format = "1"
[organisation]
id = "shop"
name = "Shop SARL"
country = "FR"
email = "dpo@shop.example"
regimes = ["eu_gdpr"]
[[data_group]]
id = "people"
categories = {categories}
{group}
[[activity]]
id = "sales"
name = "Sales"
role = "controller"
purposes = ["Sell"]
legal_basis = ["contract"]
data_subjects = ["subscriber"]
data_groups = ["people"]
{activity}
[[system]]
id = "crm"
activities = ["sales"]
{system}
[[store]]
id = "crm_db"
system = "crm"
kind = "database"
data_groups = ["people"]
{store}
[[store.site]]
match = ["sqlite://crm/main/**"]
{more}
"""


def shop(stage: Stage, *categories: str, **parts: str) -> None:
    """Write a small record of one store."""
    told = {"group": "", "activity": "", "system": "", "store": "", "more": "", **parts}
    stage.record(SHOP.format(categories=str(list(categories)).replace("'", '"'), **told))


# ---- I04, I06 ------------------------------------------------------------------------------------


def test_I04_applicants_that_no_activity_names(stage: Stage, people: People) -> None:
    shop(stage, "email_address", "phone_number")
    stage.table("crm", "job_applicants", {"email": people.emails, "phone": people.phones})
    said = stage.scan()
    assert {rule for rule, _, _ in said.headlines()} == {"I04"}, said.summary()


def test_I04_near_miss_customers_are_named(stage: Stage, people: People) -> None:
    shop(stage, "email_address", "phone_number")
    stage.table("crm", "subscribers", {"email": people.emails, "phone": people.phones})
    stage.scan().nothing()


def test_I06_declared_looked_for_and_not_found(stage: Stage, people: People) -> None:
    shop(stage, "email_address", "ip_address")
    stage.table("crm", "subscribers", {"email": people.emails})
    said = stage.scan()
    said.nothing()
    assert [f.severity.value for f in said.all("I06", "crm_db", "ip_address")] == ["info"]
    assert said.all("I06", "crm_db", "email_address") == []


# ---- P01 -----------------------------------------------------------------------------------------

NO_IPS = """
[[prohibit]]
id = "no_addresses"
categories = ["ip_address"]
in = { stores = ["crm_db"] }
severity = "high"
reason = "Not needed"
"""


def test_P01_what_a_rule_of_the_record_forbids(stage: Stage, people: People) -> None:
    shop(stage, "email_address", "ip_address", more=NO_IPS)
    stage.table("crm", "subscribers", {"email": people.emails, "last_ip": people.addresses})
    found = stage.scan().only("P01", "crm_db", "ip_address", severity="high")
    assert "no_addresses" in found.declared + found.title + found.qualifier


def test_P01_near_miss_the_rule_is_of_another_category(stage: Stage, people: People) -> None:
    shop(stage, "email_address", "ip_address", more=NO_IPS.replace("ip_address", "gender"))
    stage.table("crm", "subscribers", {"email": people.emails, "last_ip": people.addresses})
    stage.scan().nothing()


# ---- R03, R04 ------------------------------------------------------------------------------------

LIMIT = """
[[retention]]
id = "one_year"
stores = ["crm_db"]
period = "P1Y"
starts = "record_creation"
{excludes}
[retention.proof]
column = "sqlite://{{source}}/main/subscribers#{column}"
"""


def dated(stage: Stage, people: People, days: list[str | None]) -> None:
    stage.table("crm", "subscribers", {"email": people.emails, "created_at": days})


def test_R03_the_proof_names_a_field_that_is_not_there(stage: Stage, people: People) -> None:
    shop(stage, "email_address", more=LIMIT.format(excludes="", column="opened_on"))
    dated(stage, people, ["2025-10-01"] * ROWS)
    stage.scan().only("R03", "crm_db", severity="low")


def test_R03_the_field_of_the_proof_is_mostly_empty(stage: Stage, people: People) -> None:
    shop(stage, "email_address", more=LIMIT.format(excludes="", column="created_at"))
    dated(stage, people, [None if n % 10 else "2025-10-01" for n in range(ROWS)])
    stage.scan().only("R03", "crm_db", severity="low")


def test_R03_near_miss_every_row_has_its_day(stage: Stage, people: People) -> None:
    shop(stage, "email_address", more=LIMIT.format(excludes="", column="created_at"))
    dated(stage, people, ["2025-10-01"] * ROWS)
    stage.scan().nothing()


def test_R04_a_category_that_the_limit_leaves_out(stage: Stage, people: People) -> None:
    rule = LIMIT.format(excludes='excludes = ["phone_number"]', column="created_at")
    shop(stage, "email_address", "phone_number", more=rule)
    stage.table(
        "crm",
        "subscribers",
        {"email": people.emails, "phone": people.phones, "created_at": ["2025-10-01"] * ROWS},
    )
    said = stage.scan()
    found = said.one("R04", "crm_db", confidence="", severity="high")
    assert found.records, said.summary()
    assert {f.rule for f in said.every()} == {"R04"}, said.summary()


def test_R04_near_miss_it_has_a_rule_of_its_own(stage: Stage, people: People) -> None:
    rule = LIMIT.format(excludes='excludes = ["phone_number"]', column="created_at")
    own = rule.replace('"one_year"', '"phones"').replace(
        'excludes = ["phone_number"]', 'categories = ["phone_number"]'
    )
    shop(stage, "email_address", "phone_number", more=rule + own)
    stage.table(
        "crm",
        "subscribers",
        {"email": people.emails, "phone": people.phones, "created_at": ["2025-10-01"] * ROWS},
    )
    stage.scan().never("R04")


# ---- S05, S06, S07 -------------------------------------------------------------------------------


def test_S05_a_readable_key_beside_what_it_protects(stage: Stage) -> None:
    people = People(20)
    at_rest = 'measures = ["encryption_at_rest"]'
    shop(stage, "email_address", "cryptographic_key", system=at_rest)
    stage.table(
        "crm", "subscribers", {"id": range(20), "email": people.emails, "private_key": pem_keys(20)}
    )
    said = stage.scan()
    assert {f.rule for f in said.every()} == {"S05"}, said.summary()
    said.one("S05", "crm_db", confidence="possible")


def test_S05_near_miss_the_field_holds_public_keys(stage: Stage) -> None:
    people = People(20)
    at_rest = 'measures = ["encryption_at_rest"]'
    shop(stage, "email_address", "cryptographic_key", system=at_rest)
    stage.table(
        "crm",
        "subscribers",
        {
            "id": range(20),
            "email": people.emails,
            "public_key": [f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{h}" for h in people.hexes(43)],
        },
    )
    stage.scan().never("S05", "S01")


MASKED = """
[[store.field]]
match = "**/subscribers#phone"
protected_by = "{measure}"
"""


def test_S06_readable_values_where_masking_is_declared(stage: Stage, people: People) -> None:
    shop(stage, "email_address", "phone_number", more=MASKED.format(measure="masking"))
    stage.table("crm", "subscribers", {"email": people.emails, "phone": people.phones})
    stage.scan().only("S06", "crm_db", "phone_number", severity="high", confidence="")


def test_S06_near_miss_masked_values(stage: Stage, people: People) -> None:
    shop(stage, "email_address", "phone_number", more=MASKED.format(measure="masking"))
    masked = [f"+33 6 ** ** ** {text[-2:]}" for text in people.phones]
    stage.table("crm", "subscribers", {"email": people.emails, "phone": masked})
    stage.scan().never("S06")


def test_S06_near_miss_encryption_at_rest_is_not_seen_in_values(
    stage: Stage, people: People
) -> None:
    shop(stage, "email_address", "phone_number", more=MASKED.format(measure="encryption_at_rest"))
    stage.table("crm", "subscribers", {"email": people.emails, "phone": people.phones})
    stage.scan().never("S06")


def sessions(stage: Stage, day: str) -> None:
    draw = random.Random(4)
    tokens = [draw.randbytes(32).hex() for _ in range(ROWS)]
    stage.table(
        "crm",
        "sessions",
        {"id": range(ROWS), "session_token": tokens, "expires_at": [day] * ROWS},
    )


def test_S07_tokens_that_are_still_there_after_their_end(stage: Stage) -> None:
    shop(stage, "session_token", "email_address")
    sessions(stage, "2025-06-01")
    said = stage.scan()
    assert {f.rule for f in said.every()} == {"S07"}, said.summary()


def test_S07_near_miss_tokens_that_still_hold(stage: Stage) -> None:
    shop(stage, "session_token", "email_address")
    sessions(stage, "2026-06-01")
    stage.scan().nothing()


# ---- C04 -----------------------------------------------------------------------------------------


def nirs(count: int) -> list[str]:
    out = []
    for n in range(count):
        body = f"{1 + n % 2}{60 + n % 39:02d}{1 + n % 12:02d}75{100 + n:03d}{1 + n * 7 % 990:03d}"
        out.append(f"{body}{97 - int(body) % 97:02d}")
    return out


NATIONAL = "social_security_number"


def national(stage: Stage, people: People, basis: str) -> None:
    shop(stage, "email_address", NATIONAL)
    path = stage.records[0].path
    text = path.read_text("utf-8").replace('legal_basis = ["contract"]', basis)
    path.write_text(text, "utf-8")
    stage.table("crm", "subscribers", {"email": people.emails, "nir": nirs(ROWS)})
    stage.source("crm", country="FR")


def test_C04_national_numbers_without_a_legal_basis(stage: Stage, people: People) -> None:
    national(stage, people, "")
    stage.scan().only("C04", "crm_db", NATIONAL, severity="high")


def test_C04_near_miss_national_numbers_that_the_law_asks_for(stage: Stage, people: People) -> None:
    national(stage, people, 'legal_basis = ["legal_obligation"]')
    stage.scan().nothing()


# ---- H03, H06, H07, Q06 --------------------------------------------------------------------------


def test_H03_ten_times_as_many_rows(stage: Stage) -> None:
    shop(stage, "email_address")
    few, many = People(60), People(900)
    stage.table("crm", "subscribers", {"email": few.emails})
    stage.scan(as_of=date(2026, 1, 8), history=True)
    (stage.folder / "stores" / "crm.sqlite").unlink()
    stage.table("crm", "subscribers", {"email": many.emails})
    said = stage.scan(history=True)
    said.nothing()
    assert [f.severity.value for f in said.all("H03")] == ["info"], said.summary()


def test_H03_near_miss_a_few_rows_more(stage: Stage) -> None:
    shop(stage, "email_address")
    stage.table("crm", "subscribers", {"email": People(60).emails})
    stage.scan(as_of=date(2026, 1, 8), history=True)
    (stage.folder / "stores" / "crm.sqlite").unlink()
    stage.table("crm", "subscribers", {"email": People(63).emails})
    assert stage.scan(history=True).all("H03") == []


def test_H06_other_detectors_are_not_compared(stage: Stage, people: People) -> None:
    shop(stage, "email_address")
    stage.table("crm", "subscribers", {"email": people.emails})
    stage.scan(as_of=date(2026, 1, 8), history=True)
    stage.countries = ("FR", "DE")
    said = stage.scan(history=True)
    assert [f.severity.value for f in said.all("H06")] == ["info"], said.summary()


def test_H06_near_miss_the_same_detectors(stage: Stage, people: People) -> None:
    shop(stage, "email_address")
    stage.table("crm", "subscribers", {"email": people.emails})
    stage.scan(as_of=date(2026, 1, 8), history=True)
    assert stage.scan(history=True).all("H06") == []


def test_H07_content_that_is_declared_as_not_looked_at(stage: Stage, people: People) -> None:
    shop(stage, "email_address", store='sample = "metadata"')
    stage.table("crm", "subscribers", {"email": people.emails, "phone": people.phones})
    said = stage.scan()
    assert [f.severity.value for f in said.all("H07")] == ["info"], said.summary()
    assert all(h.matched == 0 for h in said.result.inventory.holdings)


def test_H07_near_miss_content_may_be_looked_at(stage: Stage, people: People) -> None:
    shop(stage, "email_address")
    stage.table("crm", "subscribers", {"email": people.emails})
    assert stage.scan().all("H07") == []


PROCESSOR = """
[[party]]
id = "host"
name = "Host GmbH"
kind = "processor"
country = "DE"
{contract}
"""


@pytest.mark.parametrize(("contract", "told"), [("", 1), ('contract = "DPA-7"', 0)])
def test_Q06_a_processor_without_a_contract(stage: Stage, contract: str, told: int) -> None:
    shop(
        stage,
        "email_address",
        activity='recipients = ["host"]',
        more=PROCESSOR.format(contract=contract),
    )
    assert [f.severity.value for f in stage.check().all("Q06")] == ["medium"] * told


NOTICE = """
[[notice]]
id = "policy"
title = "Policy"
version = 2025-01-01
activities = ["sales"]
[[notice.claim]]
says = "we keep it for one year"
field = "retention:one_year.period"
value = "{value}"
"""


@pytest.mark.parametrize(("value", "told"), [("P2Y", 1), ("P1Y", 0)])
def test_Q05_a_notice_that_says_something_else(stage: Stage, value: str, told: int) -> None:
    rule = LIMIT.format(excludes="", column="created_at")
    shop(stage, "email_address", more=rule + NOTICE.format(value=value))
    assert [f.severity.value for f in stage.check().all("Q05")] == ["high"] * told


# ---- what the record may say to a finding --------------------------------------------------------

ACCEPT = """
[[accept]]
finding = "undeclared-category"
category = "phone_number"
store = "crm_db"
until = {until}
by = "DPO"
reason = "Removal planned"
up_to = {up_to}
"""


@pytest.mark.parametrize(
    ("until", "up_to", "speaks"),
    [("2026-06-30", 100, False), ("2026-01-14", 100, True), ("2026-06-30", 10, True)],
    ids=["accepted", "ended_yesterday", "more_than_accepted"],
)
def test_an_accepted_finding_is_silent_while_it_lasts(
    stage: Stage, people: People, until: str, up_to: int, speaks: bool
) -> None:
    shop(stage, "email_address", more=ACCEPT.format(until=until, up_to=up_to))
    stage.table("crm", "subscribers", {"email": people.emails, "phone": people.phones})
    said = stage.scan()
    states = {f.state.value for f in said.all("I01")}
    assert ("accepted" not in states) == speaks, said.summary()


def test_a_draft_store_silences_nothing(stage: Stage, people: People) -> None:
    shop(stage, "email_address", store='status = "draft"')
    stage.table("crm", "subscribers", {"email": people.emails})
    said = stage.scan()
    assert {f.rule for f in said.every()} & {"I01", "I02", "I03"}, said.summary()


def test_hashes_of_passwords_are_declared_and_clear_ones_are_not(
    stage: Stage, people: People
) -> None:
    shop(stage, "email_address", "password_hash")
    mixed = [*bcrypts(ROWS - 6), *readable(6)]
    stage.table("crm", "subscribers", {"email": people.emails, "password": mixed})
    said = stage.scan(AS_OF)
    assert {f.rule for f in said.every()} == {"S01"}, said.summary()
