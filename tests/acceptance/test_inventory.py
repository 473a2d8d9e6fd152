"""Inventory against the record: what is kept, and where it is declared."""

import json
from collections.abc import Mapping, Sequence

from acceptance.stage import ROWS, People, Stage

from scanner.config import RecordRef

STAMPS = [f"2025-12-{n % 28 + 1:02d} 0{n % 9}:{n % 60:02d}:{n % 50:02d}" for n in range(300)]


def fax_log(stage: Stage, **cells: Sequence[object]) -> None:
    """Write the log index of the fax servers in France, a JSON object a line."""
    _json_log(stage, "fax-logs", "fr/fax.jsonl", cells)


def cloud_log(stage: Stage, **cells: Sequence[object]) -> None:
    """Write the delivery log of the public cloud in Ireland, a JSON object a line."""
    _json_log(stage, "cloud-logs", "ie/delivery.jsonl", cells)


def _json_log(stage: Stage, source: str, path: str, cells: Mapping[str, Sequence[object]]) -> None:
    rows = [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]
    lines = [
        json.dumps({"ts": at.replace(" ", "T") + "Z", "level": "INFO", **row})
        for at, row in zip(STAMPS, rows, strict=False)
    ]
    stage.log(source, path, lines)


# ---- logs ----------------------------------------------------------------------------------------


def test_A001_gender_in_the_fax_log_is_misplaced(stage: Stage) -> None:
    people = People(200)
    stage.demo("xmedius_2018")
    fax_log(stage, client_ip=people.addresses, gender=people.genders)
    found = stage.scan().only("I03", "fax_logs", "gender", severity="medium")
    assert "fax_phonebook" in found.title or "fax_db" in found.title


def test_near_miss_a_gender_switch_in_the_fax_log_is_no_gender(stage: Stage) -> None:
    people = People(200)
    stage.demo("xmedius_2018")
    flags = people.pick("true", "false")
    fax_log(stage, client_ip=people.addresses, gender_neutral_notices=flags)
    stage.scan().nothing()


def test_near_miss_gender_in_the_phonebook_is_declared(stage: Stage, people: People) -> None:
    stage.demo("xmedius_2018")
    stage.table(
        "xmfax-fr",
        "phonebook_contacts",
        {"full_name": people.names, "email": people.emails, "gender": people.genders},
    )
    stage.scan().nothing()


def test_near_miss_a_modem_letter_in_the_fax_log_is_no_gender(stage: Stage) -> None:
    people = People(200)
    stage.demo("xmedius_2018")
    fax_log(stage, client_ip=people.addresses, duplex=people.pick("F", "H"))
    stage.scan().nothing()


def test_A003_recipients_in_the_cloud_log_are_misplaced(stage: Stage) -> None:
    people = People(200)
    stage.demo("xmedius_2020")
    mail = people.emails
    rcpt = [text if n % 10 < 4 else f"box-{n}" for n, text in enumerate(mail)]
    cloud_log(stage, rcpt=rcpt, client_ip=people.addresses)
    stage.scan().only("I03", "cloud_logs", "email_address", severity="high")


def test_A004_the_audit_trail_is_declared_as_it_is(stage: Stage) -> None:
    people = People(ROWS)
    stage.demo("xmedius_2020")
    stage.table(
        "secure-ie",
        "audit_events",
        {
            "id": range(ROWS),
            "actor_name": people.names,
            "actor_email": people.emails,
            "file_name": [f"contract-2025-{n:03d}.pdf" for n in range(ROWS)],
            "ip_address": people.addresses,
            "at": STAMPS[:ROWS],
        },
    )
    stage.scan().nothing()


def test_near_miss_participants_with_birth_dates_are_not(stage: Stage, people: People) -> None:
    stage.demo("xmedius_2020")
    born = [f"19{n % 40 + 50}-0{n % 9 + 1}-{n % 28 + 1:02d}" for n in range(ROWS)]
    stage.table("secure-ie", "participants", {"email": people.emails, "birth_date": born})
    found = stage.scan().one("I01", "secure_db", "date_of_birth")
    assert found.severity.rank >= 2


def test_A006_the_city_of_a_user_may_stand_in_the_log_since_2020(stage: Stage) -> None:
    people = People(200)
    stage.demo("xmedius_2020")
    cities = people.pick("Lyon", "Galway", "Utrecht", "Antwerp", "Porto", "Dresden")
    cloud_log(stage, city=cities, client_ip=people.addresses)
    stage.scan().nothing()


def test_the_city_of_a_user_was_not_declared_for_the_log_in_2018(stage: Stage) -> None:
    people = People(200)
    stage.demo("xmedius_2018")
    cities = people.pick("Lyon", "Galway", "Utrecht", "Antwerp", "Porto", "Dresden")
    cloud_log(stage, city=cities, client_ip=people.addresses)
    said = stage.scan()
    assert {(store, rule[0]) for rule, store, _ in said.headlines()} == {("cloud_logs", "I")}


def test_A007_call_durations_were_not_declared_for_the_fax_log(stage: Stage) -> None:
    people = People(200)
    stage.demo("xmedius_2018")
    seconds = [n * 7 % 300 for n in range(200)]
    fax_log(stage, caller=people.phones, callee=people.phones, call_duration=seconds)
    stage.scan().only(
        "I03", "fax_logs", "call_detail_record", severity="high", confidence="probable"
    )


def test_call_durations_are_declared_for_the_fax_log_since_2020(stage: Stage) -> None:
    people = People(200)
    stage.demo("xmedius_2020")
    seconds = [n * 7 % 300 for n in range(200)]
    fax_log(stage, caller=people.phones, callee=people.phones, call_duration=seconds)
    stage.scan().nothing()


def test_near_miss_the_duration_of_a_query_is_no_call(stage: Stage) -> None:
    people = People(200)
    stage.demo("xmedius_2018")
    seconds = [n * 7 % 300 for n in range(200)]
    fax_log(stage, client_ip=people.addresses, query_duration_ms=seconds)
    stage.scan().nothing()


# ---- databases -----------------------------------------------------------------------------------


def test_A009_transcripts_are_declared_nowhere(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    words = ("please call me back", "the meeting moved", "I will be late today", "thank you again")
    texts = [
        f"Hello it is about order {n}, {words[n % 4]}, {words[(n + 1) % 4]}." for n in range(ROWS)
    ]
    stage.table(
        "connect-us",
        "transcripts",
        {"id": range(ROWS), "voicemail_id": range(500, 500 + ROWS), "transcript": texts},
    )
    stage.scan().one(
        "I01", "connect_db", "speech_transcript", severity="high", confidence="probable"
    )


def test_near_miss_an_academic_transcript_flag_is_no_speech(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    stage.table(
        "connect-us",
        "voicemail_settings",
        {"id": range(ROWS), "transcript_enabled": [n % 2 for n in range(ROWS)]},
    )
    stage.scan().nothing()


def test_A010_a_product_that_nobody_described_is_an_undeclared_store(
    stage: Stage, people: People
) -> None:
    stage.demo("xmedius_2020")
    stage.records[0] = RecordRef(stage.records[0].path)  # it answers for every source
    stage.table(
        "hospitality",
        "guests",
        {
            "guest_name": people.names,
            "email": people.emails,
            "date_of_birth": [f"19{n % 40 + 50}-0{n % 9 + 1}-{n % 28 + 1:02d}" for n in range(60)],
            "room": people.pick("101", "202"),
        },
    )
    said = stage.scan()
    assert {rule for rule, _, _ in said.headlines()} == {"I02"}
    found = said.one("I02", severity="high")
    assert {"email_address", "date_of_birth"} <= {item.category for item in found.evidence}
    assert found.children == ("sqlite://hospitality/main/guests",)


def test_near_miss_a_product_without_people_is_no_undeclared_store(stage: Stage) -> None:
    stage.demo("xmedius_2020")
    stage.records[0] = RecordRef(stage.records[0].path)
    stage.table(
        "hospitality",
        "rooms",
        {"number": range(ROWS), "floor": [n % 9 for n in range(ROWS)], "beds": [2] * ROWS},
    )
    stage.scan().nothing()


def test_A012_the_licence_server_is_vague_and_not_undeclared(stage: Stage, people: People) -> None:
    stage.demo("xmedius_2020")
    stage.table(
        "license-ca",
        "activations",
        {
            "id": range(ROWS),
            "contact_email": people.emails,
            "host_name": [f"srv-{n:03d}.polderwerk-mail.nl" for n in range(ROWS)],
        },
    )
    said = stage.scan()
    said.nothing()
    (found,) = [f for f in said.all("Q02") if "licence_data" in f.prefix]
    told = " ".join((found.title, found.advice, *(item.category for item in found.evidence)))
    assert "email_address" in told or "E-mail" in told, told


def test_A013_an_open_list_may_hold_more(stage: Stage, people: People) -> None:
    stage.demo("xmedius_2020")
    stage.table(
        "billing",
        "customers",
        {
            "id": range(ROWS),
            "contact_email": people.emails,
            "company_name": people.of("company"),
            "closed_on": [None] * ROWS,
        },
    )
    said = stage.scan()
    said.nothing()
    assert said.one("I08", "billing", severity="info", confidence="").category


def test_near_miss_an_open_list_does_not_hold_identifiers(stage: Stage, people: People) -> None:
    stage.demo("xmedius_2020")
    stage.countries = ("US",)
    stage.table("billing", "customers", {"id": range(ROWS), "ssn": people.of("ssn")})
    said = stage.scan()
    assert {(rule, store) for rule, store, _ in said.headlines()} == {("I01", "billing")}


# ---- second factor -------------------------------------------------------------------------------

SMS = """
[[system]]
id = "sms"
name = "Code messages"
operator = "sms_voice_provider"
activities = ["secure_exchange"]
[[store]]
id = "sms_outbox"
system = "sms"
kind = "database"
data_groups = ["second_factor"]
scan_authorised_by = "customers"
[[store.site]]
match = ["sqlite://portal-sms/main/**"]
[[store]]
id = "sms_log"
system = "sms"
kind = "log"
data_groups = ["second_factor"]
scan_authorised_by = "customers"
[[store.site]]
match = ["log://portal-smslog/**"]
"""


def test_A015_a_code_message_without_a_person_is_as_declared(stage: Stage, people: People) -> None:
    stage.demo("xmedius_2018", add=SMS)
    stage.table(
        "portal-sms",
        "sms_messages",
        {"id": range(ROWS), "recipient_number": people.phones, "code": people.digits(6)},
    )
    said = stage.scan()
    assert not [f for f in said.every() if f.category == "phone_number"], said.summary()
    said.never("S03")


def test_A015_a_code_in_a_log_is_a_secret_in_a_log(stage: Stage) -> None:
    people = People(200)
    stage.demo("xmedius_2018", add=SMS)
    cells = {"to": people.phones, "otp_code": people.digits(6)}
    _json_log(stage, "portal-smslog", "sms.jsonl", cells)
    said = stage.scan()
    assert not [f for f in said.every() if f.category == "phone_number"], said.summary()
    said.one("S03", "sms_log", "one_time_code", severity="critical", confidence="probable")


def test_A016_a_name_in_a_code_message_is_against_the_claim(stage: Stage) -> None:
    people = People(200)
    stage.names = True
    stage.demo("xmedius_2018", add=SMS)
    codes = zip(people.names, people.digits(6), strict=True)
    texts = [f"Dear {name}, your code is {code}." for name, code in codes]
    stage.table(
        "portal-sms",
        "sms_messages",
        {"id": range(200), "recipient_number": people.phones, "message": texts},
    )
    said = stage.scan()
    found = said.one("I07", "sms_outbox", "person_name", severity="high", confidence="")
    assert found.confidence.rank >= 1


def test_near_miss_a_code_message_without_a_name_is_not_against_it(stage: Stage) -> None:
    people = People(200)
    stage.names = True
    stage.demo("xmedius_2018", add=SMS)
    texts = [f"Your SendSecure code is {code}. Do not share it." for code in people.digits(6)]
    stage.table(
        "portal-sms",
        "sms_messages",
        {"id": range(200), "recipient_number": people.phones, "message": texts},
    )
    stage.scan().never("I07", "I01")


# ---- Fax.com, ixanet, xmserver.fr ----------------------------------------------------------------


def test_A018_income_and_gender_may_be_asked_for(stage: Stage, people: People) -> None:
    stage.demo("faxcom")
    stage.table(
        "faxcom",
        "registrations",
        {
            "full_name": people.names,
            "email": people.emails,
            "income_level": people.pick("under 25k", "25k-50k", "50k-100k", "over 100k"),
            "gender": people.genders,
        },
    )
    stage.scan().nothing()


def test_A019_social_security_numbers_are_not_registration_items(
    stage: Stage, people: People
) -> None:
    stage.demo("faxcom")
    stage.countries = ("US",)
    stage.table("faxcom", "registrations", {"email": people.emails, "ssn": people.of("ssn")})
    stage.scan().only("I01", "registrations", "social_security_number", severity="critical")


def test_A019_their_format_is_enough_under_another_name(stage: Stage, people: People) -> None:
    stage.demo("faxcom")
    stage.countries = ("US",)
    stage.table("faxcom", "registrations", {"email": people.emails, "ref": people.of("ssn")})
    stage.scan().only(
        "I01", "registrations", "social_security_number", severity="critical", confidence=""
    )


def test_near_miss_order_numbers_of_nine_digits_are_no_social_security_numbers(
    stage: Stage, people: People
) -> None:
    stage.demo("faxcom")
    stage.countries = ("US",)
    stage.table("faxcom", "registrations", {"email": people.emails, "order_no": people.digits(9)})
    stage.scan().nothing()


def site_log(stage: Stage, source: str, path: str, users: list[str]) -> None:
    people = People(200)
    lines = [
        f"{ip} - {user} [{n % 28 + 1:02d}/Dec/2025:10:{n % 60:02d}:00 +0000] "
        f'"GET /pricing/{n % 9}.html HTTP/1.1" 200 {n + 900} "-" "Mozilla/5.0 (X11; rv:140.0)"'
        for n, (ip, user) in enumerate(zip(people.addresses, users, strict=True))
    ]
    stage.log(source, path, lines)


def test_A021_a_log_for_each_user_is_no_aggregate(stage: Stage) -> None:
    people = People(200)
    stage.demo("faxcom")
    names = zip(people.first, people.last, strict=True)
    users = [f"{a[0]}{b}{n % 10}".lower() for n, (a, b) in enumerate(names)]
    site_log(stage, "faxcom-logs", "site/access.log", users)
    said = stage.scan()
    assert {rule for rule, _, _ in said.headlines()} == {"I07"}, said.summary()
    assert {f.severity.value for f in said.every()} <= {"medium", "high"}


def test_A021_a_json_log_with_user_ids_is_no_aggregate(stage: Stage) -> None:
    people = People(200)
    stage.demo("faxcom")
    ids = [f"{n % 70 + 100200}" for n in range(200)]
    cells = {"user_id": ids, "page": people.pick("/home", "/pricing", "/signup")}
    _json_log(stage, "faxcom-logs", "site/movements.jsonl", cells)
    said = stage.scan()
    assert {rule for rule, _, _ in said.headlines()} == {"I07"}, said.summary()


def test_near_miss_counts_for_each_page_are_an_aggregate(stage: Stage) -> None:
    people = People(200)
    stage.demo("faxcom")
    visits = range(200)
    cells: dict[str, Sequence[object]] = {"page": people.pick("/home", "/a"), "visits": visits}
    _json_log(stage, "faxcom-logs", "site/daily.jsonl", cells)
    stage.scan().nothing()


def test_A022_a_row_for_each_address_and_page_is_no_aggregate(stage: Stage) -> None:
    people = People(200)
    stage.demo("ixanet")
    stage.table(
        "ixanet",
        "visit_statistics",
        {"ip": people.addresses, "page": people.pick("/a.html", "/b.html"), "at": STAMPS[:200]},
    )
    said = stage.scan()
    assert {rule for rule, _, _ in said.headlines()} == {"I07"}, said.summary()


def test_A022_near_miss_counts_by_city_are_an_aggregate(stage: Stage) -> None:
    stage.demo("ixanet")
    stage.table(
        "ixanet",
        "visit_statistics",
        {"page": ["/a", "/b"] * 30, "day": [s[:10] for s in STAMPS[:60]], "visits": range(60)},
    )
    stage.scan().nothing()


BUSINESS = """
format = "1"
[organisation]
id = "ixanet"
name = "ixanet"
country = "CA"
regimes = ["pipeda"]
[[data_group]]
id = "orders"
categories = ["purchase_history"]
[[activity]]
id = "sales"
name = "Sales"
role = "controller"
data_groups = ["orders"]
[[system]]
id = "shop"
activities = ["sales"]
[[store]]
id = "shop_db"
system = "shop"
kind = "database"
data_groups = ["orders"]
[[store.site]]
match = ["sqlite://shop/main/**"]
"""


def business(people: People) -> dict[str, list[str]]:
    """Contacts at companies, each at a mailbox of the company."""
    firms = [f"{b.lower()}-works{n % 9}" for n, b in enumerate(people.last)]
    mail = [f"{a}@{firm}.ca".lower() for a, firm in zip(people.first, firms, strict=True)]
    return {
        "company": [firm.title() + " Inc." for firm in firms],
        "contact_name": people.names,
        "job_title": people.pick("Buyer", "Office manager", "Chief engineer"),
        "work_email": mail,
        "work_phone": [f"+1 514 4{n:02d} 7{n:03d}" for n in range(people.count)],
    }


def test_A024_business_contacts_are_excluded_by_the_canadian_act(
    stage: Stage, people: People
) -> None:
    stage.record(BUSINESS)
    stage.table("shop", "business_contacts", business(people))
    said = stage.scan()
    said.never("I01", "I02", "I03")
    told = (f.title for f in said.result.findings if f.severity.rank == 0)
    noted = " ".join((*said.result.notes, *told))
    assert "business contact" in noted.lower(), noted


def test_A024_near_miss_private_mailboxes_are_no_business_contacts(
    stage: Stage, people: People
) -> None:
    stage.record(BUSINESS)
    mail = [text.split("@")[0] + "@gmail.com" for text in people.emails]
    stage.table("shop", "contacts", {"contact_name": people.names, "email": mail})
    stage.scan().one("I01", "shop_db", "email_address")


def test_A024_near_miss_another_regime_excludes_no_business_contacts(
    stage: Stage, people: People
) -> None:
    stage.record(BUSINESS.replace('"pipeda"', '"eu_gdpr"'))
    stage.table("shop", "business_contacts", business(people))
    stage.scan().one("I01", "shop_db", "email_address")


def test_A025_age_gender_and_birth_date_are_optional_data(stage: Stage, people: People) -> None:
    stage.demo("xmserver")
    stage.table(
        "xmserver",
        "customers",
        {
            "full_name": people.names,
            "email": people.emails,
            "date_of_birth": [f"19{n % 40 + 50}-0{n % 9 + 1}-{n % 28 + 1:02d}" for n in range(60)],
            "gender": people.genders,
            "age": [n % 50 + 25 for n in range(60)],
        },
    )
    stage.scan().nothing()


def page(*hosts: str) -> str:
    """Write a page of the web site with scripts of vendors."""
    scripts = "".join(f'<script async src="https://{host}/a.js"></script>' for host in hosts)
    return f"<!doctype html><html><head>{scripts}</head><body><p>Servers</p></body></html>"


def test_A027_a_script_of_a_vendor_that_is_not_listed(stage: Stage) -> None:
    stage.demo("xmserver")
    stage.file("xmserver-web", "index.html", page("static.hotjar.com", "bat.bing.com"))
    said = stage.scan()
    assert {rule for rule, _, _ in said.headlines()} == {"I05"}, said.summary()
    found = said.one("I05", severity="medium", confidence="")
    assert "hotjar" in found.title.lower()
    assert found.confidence.rank >= 1


def test_near_miss_scripts_of_listed_vendors_are_declared(stage: Stage) -> None:
    stage.demo("xmserver")
    stage.file(
        "xmserver-web",
        "index.html",
        page("www.google-analytics.com", "connect.facebook.net", "cdn.onesignal.com"),
    )
    stage.scan().nothing()


def test_near_miss_scripts_of_the_site_itself_go_nowhere(stage: Stage) -> None:
    stage.demo("xmserver")
    stage.file("xmserver-web", "index.html", '<script src="/js/hotjar-free.js"></script><p>Hi</p>')
    stage.scan().nothing()
