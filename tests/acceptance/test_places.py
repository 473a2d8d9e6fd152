"""Where rows of customers lie, who reaches them from where, and what carries a transfer."""

import re
import sqlite3
from datetime import date

import pytest
from acceptance.stage import AS_OF, People, Said, Stage

from scanner.model import Finding

SOLUTIONS, EUROPE = "xmedius_solutions", "xmedius_europe"
SITES = {"IE": "portal-ie", "US": "portal-us", "CA": "portal-ca", "FR": "xmfax-fr"}


def customers(
    stage: Stage,
    site: str,
    country: str,
    *,
    created: str = "2021-05-01",
    entity: str | None = EUROPE,
    count: int = 9,
    **more: object,
) -> None:
    """Write accounts of one kind and their users into the database of a site."""
    people = People(count * 3)
    source = SITES[site]
    key = "tenant_id" if source.startswith("xmfax") else "account_id"
    accounts, users = (
        ("tenants", "phonebook_contacts") if key == "tenant_id" else ("accounts", "users")
    )
    stage.table(
        source,
        accounts,
        {
            "id": range(count),
            "main_country": [country] * count,
            "order_entity": [entity] * count,
            "created_at": [created] * count,
            "terminated_at": [None] * count,
            **{name: [value] * count for name, value in more.items()},
        },
    )
    stage.table(
        source,
        users,
        {
            "id": range(count * 3),
            key: [n % count for n in range(count * 3)],
            "full_name": people.names,
            "email": people.emails,
        },
    )
    stage.source(source, country=site)


def region(said: Said, required: str, actual: str) -> Finding:
    """Assert that T01 is all that is said, for a required and an actual region."""
    assert {rule for rule, _, _ in said.headlines()} == {"T01"}, said.summary()
    (found,) = said.every()
    assert (found.severity, found.confidence) == ("high", "confirmed"), said.summary()
    assert {required, actual} <= set(re.findall("[A-Z]{2}", found.qualifier)), found.qualifier
    return found


# ---- residency -----------------------------------------------------------------------------------


def test_A043_a_customer_of_the_usa_in_ireland(stage: Stage) -> None:
    stage.demo("xmedius_2018")
    customers(stage, "IE", "US", created="2019-03-01")
    found = region(stage.scan(), "US", "EU")
    assert found.records


def test_A044_a_customer_of_the_usa_in_the_usa(stage: Stage) -> None:
    stage.demo("xmedius_2018")
    customers(stage, "US", "US", created="2019-03-01")
    stage.scan().nothing()


def test_A045_a_customer_of_germany_in_the_usa(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    customers(stage, "US", "DE")
    region(stage.scan(), "EU", "US")


def test_A046_a_customer_of_canada_in_canada(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    customers(stage, "CA", "CA", entity=SOLUTIONS)
    stage.scan().nothing()


def test_A047_a_customer_of_canada_in_the_usa(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    customers(stage, "US", "CA", entity=SOLUTIONS)
    region(stage.scan(), "CA", "US")


def test_A048_a_customer_of_brazil_by_the_european_entity_in_ireland(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    customers(stage, "IE", "BR")
    stage.scan().nothing()


def test_A049_a_customer_of_brazil_in_canada_in_2019(stage: Stage) -> None:
    stage.demo("xmedius_2018", day=date(2019, 6, 1))
    customers(stage, "CA", "BR", created="2019-02-01", entity=SOLUTIONS)
    stage.scan(as_of=date(2019, 6, 1)).nothing()


def test_A050_a_customer_of_brazil_by_the_canadian_entity_in_ireland(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    customers(stage, "IE", "BR", entity=SOLUTIONS)
    region(stage.scan(), "US", "EU")


@pytest.mark.parametrize("entity", [None, ""])
def test_A051_a_customer_of_brazil_of_whom_nobody_knows_who_sold(
    stage: Stage, entity: str | None
) -> None:
    stage.demo("xmedius_2020")
    customers(stage, "IE", "BR", entity=entity)
    stage.scan().only("T06", "portal_db", severity="low")


def test_near_miss_the_entity_does_not_matter_to_a_customer_of_france(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    customers(stage, "IE", "FR", entity=None)
    stage.scan().nothing()


def test_A052_a_customer_of_the_united_kingdom_in_the_usa(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    customers(stage, "US", "GB")
    region(stage.scan(), "EU", "US")


def test_A053_a_customer_of_the_united_kingdom_by_the_canadian_entity(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    customers(stage, "IE", "GB", entity=SOLUTIONS)
    region(stage.scan(), "US", "EU")


def test_A054_reunion_is_territory_of_the_union(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    customers(stage, "FR", "RE")
    stage.scan().nothing()


def test_A054_new_caledonia_is_not(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    customers(stage, "FR", "NC", entity=SOLUTIONS)
    region(stage.scan(), "US", "EU")


def test_A055_norway_is_not_in_the_union(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    customers(stage, "IE", "NO", entity=SOLUTIONS)
    region(stage.scan(), "US", "EU")


def test_near_miss_norway_by_the_european_entity(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    customers(stage, "IE", "NO")
    stage.scan().nothing()


def test_A056_the_united_kingdom_was_in_the_union_in_2019(stage: Stage) -> None:
    day = date(2019, 6, 1)
    stage.demo("xmedius_2018", day=day)
    customers(stage, "IE", "GB", created="2019-02-01")
    stage.scan(as_of=day).nothing()


def test_the_united_kingdom_in_the_usa_in_2019(stage: Stage) -> None:
    day = date(2019, 6, 1)
    stage.demo("xmedius_2018", day=day)
    customers(stage, "US", "GB", created="2019-02-01")
    region(stage.scan(as_of=day), "EU", "US")


def test_a_customer_of_the_old_rule_is_possible(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    customers(stage, "CA", "BR", created="2019-02-01")
    said = stage.scan()
    found = said.one("T01", "portal_db", confidence="possible")
    assert found.records


def test_a_customer_of_the_old_rule_may_stay_where_the_record_says_so(stage: Stage) -> None:
    stage.demo(
        "xmedius_2020",
        change={'id = "storage_region"\nname': 'id = "storage_region"\ngrandfather = true\nname'},
    )
    customers(stage, "CA", "BR", created="2019-02-01")
    stage.scan().never("T01")


def test_a_written_agreement_goes_before_the_rule(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    customers(stage, "US", "DE", region_agreement="US")
    stage.scan().nothing()


def test_customers_without_rows_are_no_finding(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    customers(stage, "IE", "DE")
    path = stage.sources["portal-ie"].path
    with sqlite3.connect(path) as connection:
        connection.execute(
            "insert into accounts (id, main_country, order_entity, created_at)"
            " values (900, 'US', 'xmedius_europe', '2021-01-01')"
        )
    connection.close()
    said = stage.scan()
    rows = [f for f in said.all("T01") if any("users" in item.place for item in f.evidence)]
    assert rows == []


# ---- transfers -----------------------------------------------------------------------------------

CONNECT = 'transfers = ["connect_in_us", "voicemail_in_us"]'


def connect(stage: Stage, country: str) -> None:
    people = People(30)
    stage.table(
        "connect-us",
        "tenants",
        {
            "id": range(9),
            "main_country": [country] * 9,
            "order_entity": [EUROPE] * 9,
            "created_at": ["2021-05-01"] * 9,
            "terminated_at": [None] * 9,
        },
    )
    stage.table(
        "connect-us",
        "phonebook",
        {"tenant_id": [n % 9 for n in range(30)], "name": people.names, "email": people.emails},
    )
    stage.source("connect-us", country="US")


def without(stage: Stage, *ids: str, version: str = "xmedius_2020") -> None:
    """Take the record without a mechanism for transfers."""
    stage.demo(version)
    path = stage.folder / "record" / version / "70-places.toml"
    blocks = path.read_text("utf-8").split("\n[[transfer]]")
    for number, block in enumerate(blocks):
        if any(f'id = "{id_}"' in block for id_ in ids):
            kept = [
                line
                for line in block.splitlines()
                if not line.startswith(("mechanism", "reference"))
            ]
            blocks[number] = "\n".join(kept) + "\n"
    path.write_text("\n[[transfer]]".join(blocks), "utf-8")


def test_A057_german_customers_in_the_usa_without_a_mechanism(stage: Stage) -> None:
    without(stage, "connect_in_us")
    connect(stage, "DE")
    said = stage.scan()
    said.never("T01", "T06")
    found = [f for f in said.every(alone=True) if f.rule == "T03"]
    assert found, said.summary()
    assert all(f.severity == "high" for f in found), said.summary()
    assert {f.confidence.value for f in found} == {"confirmed"}, said.summary()
    assert {f.rule for f in said.every(alone=True)} == {"T03"}, said.summary()


def test_A057_near_miss_standard_clauses_carry_it(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    connect(stage, "DE")
    said = stage.scan()
    said.never("T01", "T03", "T06")


def support(stage: Stage) -> None:
    people = People(30)
    stage.table(
        "helpdesk", "requesters", {"id": range(30), "name": people.names, "email": people.emails}
    )
    stage.source("helpdesk", country="US")


@pytest.mark.parametrize("version", ["xmedius_2018", "xmedius_2020"])
@pytest.mark.parametrize("transfer", ["helpdesk_in_us", "billing_in_us"])
def test_A058_hosted_applications_in_the_usa_without_a_mechanism(
    stage: Stage, version: str, transfer: str
) -> None:
    without(stage, transfer, version=version)
    support(stage)
    said = stage.scan()
    found = [f for f in said.every(alone=True) if f.rule == "T03"]
    assert {f.severity.value for f in found} == {"high"}, said.summary()
    assert all(f.confidence == "confirmed" for f in found), said.summary()
    said.never("T01", "T06")


def test_A059_hosted_applications_in_the_usa_with_a_mechanism(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    support(stage)
    stage.scan().never("T03", "T04")


FRAMEWORK = """
format = "1"
[organisation]
id = "shop"
name = "Shop SARL"
country = "FR"
email = "dpo@shop.example"
regimes = ["eu_gdpr"]
[[party]]
id = "host"
name = "Host Inc."
kind = "processor"
country = "US"
contract = "DPA-1"
[[data_group]]
id = "people"
categories = ["email_address"]
[[system]]
id = "crm"
countries = ["FR"]
[[transfer]]
id = "hosting"
kind = "storage"
from = ["{origin}"]
to = ["{target}"]
exporter = "shop"
importer = "host"
data_groups = ["people"]
{mechanism}
"""


@pytest.mark.parametrize(
    ("target", "mechanism", "day", "expected"),
    [
        ("US", "", date(2026, 1, 15), {"T03"}),
        ("US", 'mechanism = "scc"', date(2026, 1, 15), set()),
        ("US", 'mechanism = "safe_harbor"', date(2015, 10, 5), set()),
        ("US", 'mechanism = "safe_harbor"', date(2015, 10, 7), {"T04"}),
        ("US", 'mechanism = "privacy_shield"', date(2020, 7, 15), set()),
        ("US", 'mechanism = "privacy_shield"', date(2020, 7, 17), {"T04"}),
        ("IE", "", date(2026, 1, 15), set()),  # inside the Union
        ("NO", "", date(2026, 1, 15), set()),  # free flow inside the EEA
        ("JP", 'mechanism = "adequacy"', date(2026, 1, 15), set()),
        ("IN", 'mechanism = "adequacy"', date(2026, 1, 15), {"T03", "T04"}),
        ("GB", 'mechanism = "adequacy"', date(2022, 1, 15), set()),
    ],
)
def test_what_carries_a_transfer_depends_on_the_day(
    stage: Stage, target: str, mechanism: str, day: date, expected: set[str]
) -> None:
    stage.record(FRAMEWORK.format(origin="FR", target=target, mechanism=mechanism))
    said = stage.check(day)
    found = {f.rule for f in said.result.findings if f.rule[0] == "T" and f.severity.rank > 0}
    assert found <= expected, said.summary()
    assert bool(found) == bool(expected), said.summary()


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2015, 6, 7), set()), (date(2015, 10, 7), {"T04"})]
)
def test_A063_safe_harbor_carries_until_it_is_void(
    stage: Stage, day: date, expected: set[str]
) -> None:
    stage.demo("faxcom", day=day)
    said = stage.check(day)
    found = [f for f in said.result.findings if f.rule in ("T03", "T04") and f.severity.rank > 0]
    assert {f.rule for f in found} == expected, said.summary()
    assert all((f.severity, f.confidence) == ("high", "confirmed") for f in found)


# ---- access --------------------------------------------------------------------------------------


def access(stage: Stage, *visits: tuple[str, str]) -> None:
    """Write the access log of the portal in Ireland: day and country of each visit."""
    customers(stage, "IE", "DE", created="2018-06-01")
    stage.table(
        "portal-ie",
        "access_log",
        {
            "id": range(len(visits)),
            "account_id": [n % 9 for n in range(len(visits))],
            "staff_login": [f"eng{n % 4:02d}" for n in range(len(visits))],
            "staff_country": [country for _, country in visits],
            "accessed_at": [f"{day} 10:{n % 60:02d}:00" for n, (day, _) in enumerate(visits)],
        },
    )


def test_A060_an_engineer_in_the_usa_in_2019(stage: Stage) -> None:
    day = date(2019, 6, 1)
    stage.demo("xmedius_2018", day=day)
    access(stage, ("2019-03-01", "US"), *[("2019-03-02", "CA"), ("2019-03-03", "FR")] * 10)
    found = stage.scan(as_of=day).only("T05", "portal_db", severity="medium")
    assert "US" in found.qualifier or "United States" in found.title, found


def test_A061_an_engineer_in_the_usa_in_2021(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    access(stage, ("2021-03-01", "US"), *[("2021-03-02", "CA"), ("2021-03-03", "FR")] * 10)
    stage.scan().never("T05")


def test_A060_the_same_scan_tells_both_years_apart(stage: Stage) -> None:
    stage.demo("xmedius_2018", "xmedius_2020")
    access(stage, ("2019-03-01", "US"), ("2021-03-01", "US"), *[("2021-03-02", "CA")] * 10)
    found = stage.scan().all("T05")
    assert all(f.records <= 1 for f in found), [f.title for f in found]


def test_A062_access_from_a_country_of_no_version(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    access(stage, ("2025-12-01", "IN"), ("2025-12-02", "IN"), *[("2025-12-03", "CA")] * 10)
    said = stage.scan()
    found = said.one("T05", "portal_db", severity="medium")
    assert found.records == 2


def test_near_miss_access_from_the_united_kingdom_is_not_from_the_union(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    access(stage, ("2025-12-01", "GB"), *[("2025-12-03", "IE")] * 10)
    stage.scan().one("T05", "portal_db", severity="medium")


# ---- where a store lies --------------------------------------------------------------------------


def clients(stage: Stage, country: str) -> None:
    people = People(30)
    stage.table("ixanet", "clients", {"name": people.names, "email": people.emails})
    stage.source("ixanet", country=country)


@pytest.mark.parametrize("regimes", ['["pipeda", "qc_law25"]', '["qc_law25"]'])
def test_A064_a_store_in_the_usa_that_is_principally_in_canada(stage: Stage, regimes: str) -> None:
    stage.demo("ixanet", change={'["pipeda"]  ': regimes})
    clients(stage, "US")
    said = stage.scan()
    found = said.one("T02", "contacts_db", severity="high")
    told = " ".join((found.title, found.advice, *found.articles))
    assert "17" in told, told
    assert "assess" in told.lower(), told
    assert {rule for rule, _, _ in said.headlines()} == {"T02"}, said.summary()


def test_A065_near_miss_a_store_in_canada(stage: Stage) -> None:
    stage.demo("ixanet", change={'["pipeda"]  ': '["pipeda", "qc_law25"]'})
    clients(stage, "CA")
    stage.scan().nothing()


def test_another_country_of_the_same_region_is_medium(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    customers(stage, "IE", "DE")
    stage.source("portal-ie", country="NL")
    stage.scan().only("T02", "portal_db", severity="medium")


def test_the_day_of_the_scan_is_that_of_the_tables(stage: Stage) -> None:
    stage.demo("ixanet")
    clients(stage, "CA")
    said = stage.scan(as_of=AS_OF.replace(year=2028))
    assert any("table" in note for note in said.result.notes), said.result.notes
