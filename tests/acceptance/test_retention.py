"""How long data is kept: to the day, in databases, logs, backups and across scans."""

import json
import sqlite3
from datetime import date

import pytest
from acceptance.stage import AS_OF, People, Said, Stage
from acceptance.values import card

from scanner.model import Ask, Finding

EUROPE = "xmedius_europe"


def portal(
    stage: Stage, ended: str | None, *, count: int = 12, emails: bool = True, **more: object
) -> None:
    """Write accounts that ended on a day, with users, into the portal in Ireland."""
    people = People(count * 2)
    stage.table(
        "portal-ie",
        "accounts",
        {
            "id": range(count),
            "main_country": ["IE"] * count,
            "order_entity": [EUROPE] * count,
            "created_at": ["2021-05-01"] * count,
            "terminated_at": [ended] * count,
            **{name: [value] * count for name, value in more.items()},
        },
    )
    stage.table(
        "portal-ie",
        "users",
        {
            "id": range(count * 2),
            "account_id": [n % count for n in range(count * 2)],
            "email": people.emails if emails else [None] * (count * 2),
        },
    )


def secure(stage: Stage, ended: str | None, closed: int = 0, *, count: int = 12) -> None:
    """Write tenants of XM SendSecure that ended on a day, with participants."""
    people = People(count * 3)
    stage.table(
        "secure-ie",
        "tenants",
        {
            "id": range(count),
            "main_country": ["IE"] * count,
            "order_entity": [EUROPE] * count,
            "created_at": ["2021-05-01"] * count,
            "terminated_at": [ended] * count,
            "closed": [closed] * count,
        },
    )
    stage.table(
        "secure-ie",
        "participants",
        {
            "id": range(count * 3),
            "tenant_id": [n % count for n in range(count * 3)],
            "full_name": people.names,
            "email": people.emails,
        },
    )


def overdue(said: Said, store: str) -> list[Finding]:
    """Return what is past a limit in a store, and nothing else may be said of the stores."""
    assert {rule for rule, _, _ in said.headlines()} <= {"R01", "R05"}, said.summary()
    assert {name for _, name, _ in said.headlines()} <= {store}, said.summary()
    return list(said.every())


# ---- application data ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ended", "late"),
    [("2025-10-16", True), ("2025-10-17", False), (None, False), ("2026-03-01", False)],
    ids=["A066_limit_yesterday", "A067_limit_today", "open_account", "ends_in_march"],
)
def test_A066_A067_ninety_days_after_the_account_ended(
    stage: Stage, ended: str | None, late: bool
) -> None:
    stage.demo("xmedius_2020")
    secure(stage, ended)
    said = stage.scan()
    found = overdue(said, "secure_db")
    assert bool(found) == late, said.summary()
    if late:
        (first,) = {f.rule for f in found}
        assert first == "R01"
        assert {f.confidence.value for f in found} == {"confirmed"}
        assert found[0].records > 0


@pytest.mark.parametrize(
    ("ended", "late"), [("2025-10-09", True), ("2025-10-10", False)], ids=["after", "within"]
)
def test_A068_days_of_grace_are_waited_for(stage: Stage, ended: str, late: bool) -> None:
    old = 'id = "secure_90d"\n'
    stage.demo("xmedius_2020", change={old: old + 'grace = "P7D"\n'})
    secure(stage, ended)
    assert bool(overdue(stage.scan(), "secure_db")) == late


def test_near_miss_emptied_rows_meet_anonymise(stage: Stage) -> None:
    stage.demo("xmedius_2020", change={'then = "delete"': 'then = "anonymise"'})
    portal(stage, "2024-01-01", emails=False)
    stage.scan().nothing()


def test_rows_that_were_not_emptied_are_past_the_limit_of_anonymise(stage: Stage) -> None:
    stage.demo("xmedius_2020", change={'then = "delete"': 'then = "anonymise"'})
    portal(stage, "2024-01-01")
    assert [f.rule for f in overdue(stage.scan(), "portal_db")] == ["R01"]


def test_rows_that_keep_only_the_link_to_their_customer_are_not_counted(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    secure(stage, "2024-01-01")
    with sqlite3.connect(stage.sources["secure-ie"].path) as connection:
        connection.execute("update participants set full_name = null, email = null where id >= 10")
    connection.close()
    counted = {
        measure.count
        for result in stage.scan().result.inventory.results
        for measure in result.measures
        if measure.asset.endswith("/participants") and measure.question.ask is Ask.COUNT_BEFORE
    }
    assert counted - {0} == {10}


def test_a_hold_keeps_what_it_names(stage: Stage) -> None:
    hold = """
[[hold]]
id = "dispute"
reason = "A dispute with former customers"
by = "Head of legal"
review = 2026-06-01
stores = ["secure_db"]
"""
    stage.demo("xmedius_2020", add=hold)
    secure(stage, "2025-08-01")
    said = stage.scan()
    said.nothing()
    assert [f.severity.value for f in said.all("R01")] == ["info"], said.summary()


# ---- gone too early ------------------------------------------------------------------------------

LAW = {'id = "secure_90d"\n': 'id = "secure_90d"\nlegal_reason = "assumed"\n'}


def gone(stage: Stage, version: str, first: date, second: date) -> Said:
    stage.demo(version, day=second, change=LAW)
    secure(stage, first.isoformat(), count=40)
    stage.scan(as_of=first, history=True)
    (stage.folder / "stores" / "secure-ie.sqlite").unlink()
    secure(stage, None, count=0)
    return stage.scan(as_of=second, history=True)


def test_A069_rows_of_a_fixed_term_that_are_gone_before_it_was_over(stage: Stage) -> None:
    said = gone(stage, "xmedius_2018", date(2025, 12, 1), AS_OF)
    found = [f for f in said.every() if f.rule == "R06"]
    assert found, said.summary()
    assert {f.store for f in found} == {"secure_db"}
    assert {f.severity.value for f in found} == {"medium"}


def test_A070_rows_below_a_ceiling_may_be_gone(stage: Stage) -> None:
    said = gone(stage, "xmedius_2020", date(2025, 12, 1), AS_OF)
    said.never("R06")


def test_near_miss_rows_of_a_fixed_term_that_was_over_may_be_gone(stage: Stage) -> None:
    stage.demo("xmedius_2018", day=AS_OF, change=LAW)
    secure(stage, "2025-10-01", count=40)
    stage.scan(as_of=date(2025, 12, 1), history=True)
    (stage.folder / "stores" / "secure-ie.sqlite").unlink()
    secure(stage, None, count=0)
    stage.scan(as_of=AS_OF, history=True).never("R06")


# ---- two limits ----------------------------------------------------------------------------------


def test_A072_two_limits_of_which_nobody_said_which_applies(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    portal(stage, "2025-11-01")  # 75 days
    said = stage.scan()
    conflicts = [f for f in said.all("R08") if "portal_db" in f.title]
    assert len(conflicts) == 1
    assert {f.rule for f in said.every()} <= {"R01"}, said.summary()
    assert {f.confidence.value for f in said.all("R01")} == {"possible"}, said.summary()


def test_A071_past_both_limits_is_probable(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    portal(stage, "2025-10-01")  # 106 days
    said = stage.scan()
    assert {f.confidence.value for f in said.all("R01")} == {"probable"}, said.summary()


def test_near_miss_within_both_limits(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    portal(stage, "2025-12-01")  # 45 days
    stage.scan().nothing()


# ---- logs and backups ----------------------------------------------------------------------------


def log(stage: Stage, source: str, path: str, days: list[str]) -> None:
    people = People(len(days))
    stage.log(
        source,
        path,
        (
            json.dumps({"ts": f"{day}T10:00:00Z", "level": "INFO", "client_ip": ip})
            for day, ip in zip(days, people.addresses, strict=True)
        ),
    )


@pytest.mark.parametrize(
    ("oldest", "late"), [("2025-01-14", True), ("2025-01-15", False)], ids=["366_days", "one_year"]
)
@pytest.mark.parametrize("version", ["xmedius_2018", "xmedius_2020"])
def test_A073_lines_of_a_log_are_kept_for_one_year(
    stage: Stage, oldest: str, late: bool, version: str
) -> None:
    stage.demo(version)
    days = [oldest, *[f"2025-{n % 9 + 4:02d}-11" for n in range(60)]]
    log(stage, "fax-logs", "us/fax.jsonl", days)
    said = stage.scan()
    found = overdue(said, "fax_logs")
    assert [f.rule for f in found] == ["R01"] * late, said.summary()
    assert all(f.records == 1 for f in found), [f.title for f in found]


@pytest.mark.parametrize(
    ("oldest", "late"), [("2025-01-13", True), ("2025-01-16", False)], ids=["late", "within"]
)
def test_A074_lines_of_a_cloud_log(stage: Stage, oldest: str, late: bool) -> None:
    stage.demo("xmedius_2020")
    log(stage, "cloud-logs", "ie/d.jsonl", [oldest, *["2025-11-11"] * 60])
    assert bool(overdue(stage.scan(), "cloud_logs")) == late


def test_A075_logs_without_a_period_are_not_past_it(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    log(stage, "connect-logs", "us/connect.jsonl", [f"2022-0{n % 9 + 1}-11" for n in range(60)])
    said = stage.scan()
    said.nothing()
    assert [f.store for f in said.all("R02") if f.store == "connect_logs"] == ["connect_logs"]
    assert said.all("R01") == []


@pytest.mark.parametrize(
    ("day", "late"),
    [
        (date(2024, 12, 20), True),
        (date(2025, 1, 14), True),
        (date(2025, 1, 15), False),
        (date(2025, 12, 20), False),
    ],
    ids=str,
)
def test_A081_backups_are_kept_for_one_year(stage: Stage, day: date, late: bool) -> None:
    stage.demo("xmedius_2018")
    stage.file("backup-eu", "portal/full.dump", b"\x1f\x8b" + bytes(200), modified=day)
    stage.file("backup-eu", "portal/new.dump", b"\x1f\x8b" + bytes(200), modified=date(2026, 1, 2))
    said = stage.scan()
    assert [rule for rule, _, _ in said.headlines()] == ["R07"] * late, said.summary()
    if late:
        said.one("R07", "backup_files", severity="medium", confidence="probable")


def test_A083_backups_of_the_second_policy(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    stage.file("backup-eu", "a.dump", b"\x1f\x8b" + bytes(99), modified=date(2024, 12, 20))
    stage.scan().only("R07", "backup_files", severity="medium", confidence="probable")


@pytest.mark.parametrize("version", ["xmedius_2018", "xmedius_2020"])
def test_A082_backups_outlive_the_promise_and_it_is_said_once(stage: Stage, version: str) -> None:
    stage.demo(version)
    said = stage.check()
    found = [f for f in said.all("Q04") if f.severity.rank > 0]
    assert len(found) == 1, said.summary()
    assert "90 days" in found[0].title
    assert "1 year" in found[0].title


def test_near_miss_backups_that_last_no_longer_than_what_they_copy(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    path = stage.folder / "record" / "xmedius_2020" / "55-licences-backups.toml"
    text = path.read_text("utf-8")
    path.write_text(
        "\n".join(line for line in text.splitlines() if not line.startswith("backup_of")), "utf-8"
    )
    assert stage.check().all("Q04") == []


# ---- tickets and billing -------------------------------------------------------------------------


def tickets(stage: Stage, until: str | None) -> None:
    people = People(20)
    stage.table(
        "helpdesk",
        "tickets",
        {
            "id": range(20),
            "requester_email": people.emails,
            "maintenance_until": [until] * 20,
        },
    )


@pytest.mark.parametrize(
    ("until", "late"),
    [("2024-01-10", True), ("2024-01-14", True), ("2024-01-15", False), (None, False)],
    ids=str,
)
def test_A076_tickets_two_years_after_the_maintenance_ended(
    stage: Stage, until: str | None, late: bool
) -> None:
    stage.demo("xmedius_2020")
    tickets(stage, until)
    said = stage.scan()
    assert [f.rule for f in said.every() if f.rule == "R01"] == ["R01"] * late, said.summary()
    assert {f.rule for f in said.every()} <= {"R01", "R03"}


def billing(stage: Stage, closed: str | None, invoice_day: str) -> None:
    people = People(20)
    stage.table(
        "billing",
        "customers",
        {
            "id": range(20),
            "contact_email": people.emails,
            "country": ["US"] * 20,
            "closed_on": [closed] * 20,
        },
    )
    stage.table(
        "billing",
        "invoices",
        {
            "id": range(20),
            "customer_id": range(20),
            "invoice_number": [f"INV-2010-{n:05d}" for n in range(20)],
            "issued_on": [invoice_day] * 20,
            "contact_email": people.emails,
        },
    )


@pytest.mark.parametrize(
    ("closed", "late"),
    [("2018-12-31", True), ("2019-01-14", True), ("2019-01-15", False)],
    ids=str,
)
def test_A078_billing_data_seven_years_after_the_account_ended(
    stage: Stage, closed: str, late: bool
) -> None:
    stage.demo("xmedius_2020")
    billing(stage, closed, "2018-11-01")
    found = overdue(stage.scan(), "billing")
    assert bool(found) == late


def test_A078_an_invoice_that_no_hold_keeps(stage: Stage) -> None:
    stage.demo("xmedius_2020", change={'categories = ["invoice_data"]': 'categories = ["gender"]'})
    billing(stage, "2018-12-31", "2018-11-01")
    said = stage.scan()
    found = overdue(said, "billing")
    places = {item.place for f in found for item in f.evidence}
    assert any("invoices" in place for place in places), said.summary()


def test_A079_an_old_invoice_of_an_open_account(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    billing(stage, None, "2010-05-05")
    stage.scan().nothing()


def test_A077_cards_have_no_period(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    billing(stage, "2025-06-01", "2025-05-05")
    stage.table(
        "billing",
        "payment_methods",
        {
            "id": range(20),
            "customer_id": range(20),
            "card_number": [card("4539", n) for n in range(20)],
        },
    )
    said = stage.scan()
    told = {
        (rule, f.severity.value)
        for f in said.every()
        for rule in (f.rule, *(other.rule for other in f.also))
    }
    assert "R04" in {rule for rule, _ in told}, said.summary()


# ---- closed accounts -----------------------------------------------------------------------------

FLAG = {
    'column = "sqlite://{source}/main/accounts#terminated_at"': (
        'column = "sqlite://{source}/main/accounts#terminated_at"\n'
        'flag_column = "sqlite://{source}/main/accounts#closed"'
    )
}


def test_A084_closed_for_120_days_and_still_there(stage: Stage) -> None:
    stage.demo("xmedius_2020", change=FLAG)
    portal(stage, "2025-09-17", closed=1)
    said = stage.scan()
    heads = {f.rule for f in said.every()}
    assert "R05" in heads, said.summary()
    found = [f for f in said.every() if f.rule == "R05"]
    assert {f.severity.value for f in found} == {"high"}
    place = "sqlite://portal-ie/main/users#email"
    assert len([rule for rule, _ in said.at(place)]) <= 1, said.at(place)


def test_A084_the_same_in_a_store_with_one_limit_is_confirmed(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    secure(stage, "2025-09-17", closed=1)
    said = stage.scan()
    assert {f.rule for f in said.every()} == {"R05"}, said.summary()
    assert {(f.severity.value, f.confidence.value) for f in said.every()} == {("high", "confirmed")}


@pytest.mark.parametrize(("ended", "closed"), [("2025-12-01", 1), (None, 0)])
def test_near_miss_closed_within_the_limit(stage: Stage, ended: str | None, closed: int) -> None:
    stage.demo("xmedius_2020")
    secure(stage, ended, closed)
    stage.scan().nothing()


# ---- records without a period --------------------------------------------------------------------


def test_A085_fax_com_has_no_period_for_any_store(stage: Stage, people: People) -> None:
    stage.demo("faxcom")
    stage.table("faxcom", "registrations", {"full_name": people.names, "email": people.emails})
    said = stage.scan()
    told = {f.store for f in said.all("R02")}
    stores = {store.id for record in said.result.records for store in record.stores}
    out_of_reach = {"browser_cookies", "welcome_mails"}  # nothing is kept there
    assert told == stores - out_of_reach
    said.nothing()


def test_A087_ixanet_keeps_contacts_as_long_as_needed(stage: Stage, people: People) -> None:
    stage.demo("ixanet")
    stage.table("ixanet", "clients", {"name": people.names, "email": people.emails})
    said = stage.scan()
    assert [f.severity.value for f in said.all("R02", "contacts_db")] == ["medium"]
    assert [
        f.title for f in said.all("Q02") if "as_required" in f.prefix or "Everything" in f.title
    ]
    said.nothing()


def test_A086_near_miss_a_period_with_criteria_is_a_period(stage: Stage) -> None:
    old = 'criteria = "as long as required; after'
    stage.demo("ixanet", change={old: 'period = "P3Y"\nstarts = "record_creation"\n' + old})
    said = stage.check()
    assert said.all("R02", "contacts_db") == []
    assert [f.title for f in said.all("Q02") if "Everything" in f.title] == []
